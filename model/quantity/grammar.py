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
from model.quantity.value import Kind, Value, base_of
from model.units import ONE, STANDARD, UnitExpression, UnitTable, unknown_unit

_LONGEST_CACHED = 400
_LONGEST_QUANTITY = 80
_LONGEST_RANK = 7

_MISSING = re.compile(r"[-–—―]{0,3}|/|无数据")
_QUANTITY = re.compile(rf"(?P<sign>>=|<=|[≥≤<>=])?(?P<number>{NUMBER})(?P<unit>[^.,][^\n]*)?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年")
_RANK = re.compile(r"(?:全国|全市|全区|全省|全球|本市|同类|行业)?(?P<word>[前第])\s*(?P<limit>[0-9]{1,5})[名位]?")
_BEGINS_LIKE_A_QUANTITY = re.compile(r"[≥≤<>=]|-?[0-9]")
# Clause numbers (1. 2、), 7*24 and months are how a text may well begin.
_BEGINS_A_TEXT = re.compile(r"[0-9]{1,2}(?:[.、)](?![0-9])|月(?!$))|[0-9]{1,3}[*×xX][0-9]|(?:19|20)[0-9]{2}年(?![0-9])")

_NOT_IN_A_UNIT = re.compile(r"[≥≤<>=()多余几约不至]|以上|以下|以内|之内|左右|超过|大于|小于")
_LONGEST_UNIT = {"bracketed": 12, "compared": 8, "bare": 4}


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
    longest = _LONGEST_UNIT["bracketed" if bracketed else "compared" if compared else "bare"]
    if len(spelling) > longest or _NOT_IN_A_UNIT.search(spelling) or not _is_word(spelling, bracketed=bracketed):
        return None
    return spelling, UnitExpression(ONE, "", unknown_unit(spelling))


def _is_word(spelling: str, *, bracketed: bool) -> bool:
    """Whether a spelling no table knows can be a unit at all: letters, in brackets also signs, but never digits."""
    if bracketed:
        return all(letter.isalpha() or not letter.isnumeric() for letter in spelling)
    return all(part.isalpha() for part in spelling.split("/", 1))


def _rank(raw: str, cleaned: str) -> Value | None:
    match = _RANK.fullmatch(cleaned) if len(cleaned) <= _LONGEST_RANK else None
    if match is None:
        return None
    return Value(
        Kind.RANK, raw, text=raw.strip(), rank_limit=int(match["limit"]), rank_is_ordinal=match["word"] == "第"
    )


def _textual(raw: str, cleaned: str, units: UnitTable) -> Value:
    text = raw.strip()
    constraints = find_constraints(percent_signs(cleaned), units)
    due = find_deadline(cleaned)
    if due is not None:
        return Value(Kind.DEADLINE, raw, text=text, due_date=due, constraints=constraints)
    if constraints:
        return Value(Kind.QUAL_NUM, raw, text=text, constraints=constraints)
    malformed = bool(_BEGINS_LIKE_A_QUANTITY.match(cleaned)) and not _BEGINS_A_TEXT.match(cleaned)
    return Value(Kind.QUAL, raw, text=text, malformed=malformed)
