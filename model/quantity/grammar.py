"""From a typed text to its meaning: the grammar of domain.md §5.3 over a pre-normalised text."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from model.quantity.constraints import NUMBER, SIGNS, find_constraints
from model.quantity.deadlines import find_deadline
from model.quantity.normalisation import clean, percent_signs
from model.quantity.rendering import written_style
from model.quantity.value import Constraint, Kind, Style, Value, base_of
from model.units import ONE, STANDARD, UnitExpression, UnitTable, unknown_unit

_LONGEST_CACHED = 400
_LONGEST_QUANTITY = 80
_LONGEST_RANK = 7

_MISSING = re.compile(r"[-–—―]{0,3}|/|无数据")
_QUANTITY = re.compile(rf"(?P<sign>>=|<=|[≥≤<>=])?(?P<number>{NUMBER})(?P<unit>[^.,][^\n]*)?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年")
_RANK = re.compile(r"(?:全国|全市|全区|全省|全球|本市|同类|行业)?(?P<word>[前第])\s*(?P<limit>[0-9]{1,5})[名位]?")
_BEGINS_LIKE_A_QUANTITY = re.compile(r"[≥≤<>=]|-?[0-9]")
# How a text may well begin: a clause number (1. 2、), a month, 7*24, a year, a name such as 5G网络.
_BEGINS_A_TEXT = re.compile(
    r"[0-9]{1,2}[.、)](?![0-9.])"
    r"|[0-9]{1,2}月(?!$)"
    r"|[0-9]{1,3}[*×xX][0-9]"
    r"|(?:19|20)[0-9]{2}年(?![0-9])"
    r"|[0-9]{1,2}[A-Za-z]{1,2}[^\W0-9_a-zA-Z]"
)

_UNIT_JOINT = re.compile(r"[/·]")
_NOT_IN_A_UNIT = re.compile(r"[多余几约不至内前后]|以上|以下|左右|超过|大于|小于")
_LATIN = re.compile(r"[A-Za-z]")
_LONGEST_UNIT = 12
_LONGEST_UNIT_WITHOUT_SIGN = 4


def parse(text: str, units: UnitTable = STANDARD) -> Value:
    """The meaning of a value as typed. Total: any text has a meaning, no text raises, and ``raw`` is the text."""
    return _parse_cached(text, units) if len(text) <= _LONGEST_CACHED else _parse(text, units)


def parse_actual(text: str, units: UnitTable = STANDARD) -> Value:
    """The meaning of a value on the actual side: a comparator there is noted but does not count (§5.3, 6)."""
    value = parse(text, units)
    return replace(value, comparator=None) if value.has_comparator else value


@lru_cache(maxsize=8192)
def _parse_cached(text: str, units: UnitTable) -> Value:
    return _parse(text, units)


def _parse(text: str, units: UnitTable) -> Value:
    cleaned = clean(text)
    if _MISSING.fullmatch(cleaned):
        return Value(Kind.MISSING, text)
    return _quantity(text, cleaned, units) or _rank(text, cleaned) or _textual(text, cleaned, units)


def _quantity(raw: str, cleaned: str, units: UnitTable) -> Value | None:
    if len(cleaned) > _LONGEST_QUANTITY or _YEAR.match(cleaned):
        return None
    match = _QUANTITY.fullmatch(cleaned)
    if match is None:
        return None
    comparator = SIGNS.get(match["sign"] or "")
    part = _unit_part(match["unit"] or "", units, compared=comparator is not None)
    if part is None:
        return None
    unit_raw, expression = part
    number = Decimal(match["number"].replace(",", ""))
    value = Value(
        kind=Kind.QUANT,
        raw=raw,
        comparator=comparator,
        has_comparator=comparator is not None,
        number=number,
        magnitude=expression.magnitude,
        magnitude_text=expression.magnitude_text,
        unit_raw=unit_raw,
        unit=expression.unit,
        base=base_of(number, expression.magnitude, expression.unit),
    )
    return replace(value, style=written_style(value))


def _unit_part(text: str, units: UnitTable, *, compared: bool) -> tuple[str, UnitExpression] | None:
    """The unit behind a number as typed and as read, or None when this is no unit at all but running text."""
    bracketed = text.startswith("(") and text.endswith(")")
    spelling = text[1:-1] if bracketed else text
    if not spelling:
        return "", UnitExpression(ONE, "", None)
    expression = units.resolve(spelling)
    if expression is not None:
        return spelling, expression
    if not _may_be_unit(spelling, certain=bracketed or compared):
        return None
    return spelling, UnitExpression(ONE, "", unknown_unit(spelling))


def _may_be_unit(spelling: str, *, certain: bool) -> bool:
    """Whether a spelling that is in no table can be a unit at all. Brackets or a comparator make it certain that a
    unit is meant; otherwise it must be short, and no name such as the rest of 5G基站."""
    if len(spelling) > (_LONGEST_UNIT if certain else _LONGEST_UNIT_WITHOUT_SIGN):
        return False
    # isalpha() and not a pattern, whose letters include ², ½ and ①.
    if not all(word.isalpha() for word in _UNIT_JOINT.split(spelling)) or _NOT_IN_A_UNIT.search(spelling):
        return False
    return certain or spelling.isascii() or not _LATIN.search(spelling)


def _rank(raw: str, cleaned: str) -> Value | None:
    match = _RANK.fullmatch(cleaned) if len(cleaned) <= _LONGEST_RANK else None
    if match is None:
        return None
    return Value(
        Kind.RANK, raw, text=raw.strip(), rank_limit=int(match["limit"]), rank_is_ordinal=match["word"] == "第"
    )


def _spelt_out(raw: str, constraint: Constraint) -> Value:
    """A text that is one comparison and nothing else (不少于3万个) is that quantity, in words (ux.md)."""
    return Value(
        kind=Kind.QUANT,
        raw=raw,
        comparator=constraint.comparator,
        has_comparator=True,
        number=constraint.number,
        magnitude=constraint.magnitude,
        magnitude_text=constraint.magnitude_text,
        unit_raw=constraint.unit_raw,
        unit=constraint.unit,
        base=base_of(constraint.number, constraint.magnitude, constraint.unit),
        constraints=(constraint,),
        style=Style.TYPED,
    )


def _textual(raw: str, cleaned: str, units: UnitTable) -> Value:
    text = raw.strip()
    plain = percent_signs(cleaned)
    constraints = find_constraints(plain, units)
    if len(constraints) == 1 and constraints[0].text == plain:
        return _spelt_out(raw, constraints[0])
    due = find_deadline(cleaned)
    if due is not None:
        return Value(Kind.DEADLINE, raw, text=text, due_date=due, constraints=constraints)
    if constraints:
        return Value(Kind.QUAL_NUM, raw, text=text, constraints=constraints)
    malformed = bool(_BEGINS_LIKE_A_QUANTITY.match(cleaned)) and not _BEGINS_A_TEXT.match(cleaned)
    return Value(Kind.QUAL, raw, text=text, malformed=malformed)
