"""From a typed text to its meaning: the grammar of domain.md §5.3 and §5.7 over a pre-normalised text."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from model.quantity.constraints import SIGNS, find_constraints
from model.quantity.days import WrittenDay
from model.quantity.deadlines import find_deadline, may_hold_a_day, whole_deadline
from model.quantity.measures import NO_UNIT, Measured, measure, says_nothing
from model.quantity.normalisation import clean, percent_signs
from model.quantity.numerals import NUMERAL, number_at
from model.quantity.ranges import read_bounds, read_proportion
from model.quantity.rendering import written_style
from model.quantity.value import Comparator, Constraint, Kind, Style, Value, base_of
from model.values.units import STANDARD, UnitExpression, UnitTable

_LONGEST_CACHED = 400
_LONGEST_QUANTITY = 80
_LONGEST_RANK = 9
_LONGEST_NOTHING = 20

# What most cells hold, ≥90.00(%) and 12场: nothing in it is normalised away, and everything else is read as a text.
_PLAIN_UNIT = r"[%/A-Za-z\u4e00-\u9fff]{1,10}"
_PLAIN = re.compile(
    r"(?P<sign>>=|<=|[≥≤<>=])?(?P<number>(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?)"
    rf"(?:\((?P<bracketed>{_PLAIN_UNIT})\)|(?!成)(?P<bare>{_PLAIN_UNIT}))?"
)
_MISSING = re.compile(r"[-–—―]{0,3}|/|无数据")
_SIGN = re.compile(r">=|<=|[≥≤<>=]")
_TWO_SIGNS = re.compile(r"(?:>=|<=|[≥≤<>=])[≥≤<>=]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年")
_RANK = re.compile(
    r"(?:全国|全市|全区|全省|全球|本市|同类|行业)?(?P<word>[前第])\s*"
    rf"(?P<limit>[0-9]{{1,5}}|{NUMERAL})(?:(?P<share>%)|[名位])?"
)
_BEGINS_LIKE_A_QUANTITY = re.compile(r"[≥≤<>=]|-?[0-9]")
# How a text may well begin: a clause number (1. 2、), a month, 7*24, a year, a name such as 5G网络.
_BEGINS_A_TEXT = re.compile(
    r"[0-9]{1,2}[.、)](?![0-9.])"
    r"|[0-9]{1,2}月(?!$)"
    r"|[0-9]{1,3}[*×xX][0-9]"
    r"|(?:19|20)[0-9]{2}年(?![0-9])"
    r"|[0-9]{1,2}[A-Za-z]{1,2}[^\W0-9_a-zA-Z]"
    r"|[0-9]{1,2}:[0-5][0-9](?!\.)"
)
_GOES_ON_IN_WORDS = re.compile(r"[\u4e00-\u9fff，、；：]|/[0-9]")
# Words before a number that neither compare nor limit.
_NEUTRAL = re.compile(
    r"(?:实际|全部|全年|年度|本年度?|当年|总计|共计|合计|累计|总共|预计|计划|力争|确保|完成|实现|已|均|都|应|须|需|要|共|总|为|:)"
    r"{1,4}"
)
_EVERY = re.compile(r"每(?:个|一)?(?=[^\W\d_])")


def parse(text: str, units: UnitTable = STANDARD, year: int | None = None, *, timely: bool = False) -> Value:
    """The meaning of a value as typed. Total: any text has a meaning, no text raises, and ``raw`` is the text.

    ``year`` is the form's, for dates written without one (12月底); ``timely`` says that the line is a 时效指标, on
    which digits may be a date (20231231) and 分 is a minute.
    """
    value = _parse_cached(text, units, timely) if len(text) <= _LONGEST_CACHED else _parse(text, units, timely)
    if timely and value.unit is not None and value.unit.name == "分":
        value = in_minutes(value, units)
    if value.day is not None and value.due_date is None and year is not None:
        return replace(value, due_date=value.day.due(year))
    return value


def parse_actual(text: str, units: UnitTable = STANDARD, year: int | None = None, *, timely: bool = False) -> Value:
    """The meaning of a value on the actual side: a comparator there is noted but does not count (§5.3, 6)."""
    value = parse(text, units, year, timely=timely)
    return replace(value, comparator=None) if value.has_comparator else value


def in_minutes(value: Value, units: UnitTable) -> Value:
    """A value in 分 read as minutes, where the line or the other side says that a time is meant."""
    minutes = units.find("分钟")
    if value.number is None:
        return replace(value, unit=minutes)
    return replace(value, unit=minutes, base=base_of(value.number, value.magnitude, minutes))


@lru_cache(maxsize=8192)
def _parse_cached(text: str, units: UnitTable, timely: bool) -> Value:
    return _parse(text, units, timely)


def _parse(text: str, units: UnitTable, timely: bool) -> Value:
    plain = None if timely else _plain(text, units)
    if plain is not None:
        return plain
    cleaned = clean(text)
    if _MISSING.fullmatch(cleaned):
        return Value(Kind.MISSING, text)
    if len(cleaned) > _LONGEST_QUANTITY:
        return _textual(text, cleaned, units)
    if timely or may_hold_a_day(cleaned):
        day = whole_deadline(cleaned, timely=timely)
        if day is not None:
            return _deadline(text, day)
    return (
        _quantity(text, cleaned, units)
        or _each(text, cleaned, units)
        or _rank(text, cleaned)
        or _two_numbers(text, cleaned, units)
        or _textual(text, cleaned, units)
    )


def _plain(text: str, units: UnitTable) -> Value | None:
    """A quantity in digits with a listed unit and nothing round it, read at once; None for any other text."""
    match = _PLAIN.fullmatch(text)
    if match is None or may_hold_a_day(text):
        return None
    spelling = match["bracketed"] or match["bare"] or ""
    expression = units.resolve(spelling) if spelling else NO_UNIT.expression
    if expression is None:
        return None
    comparator = SIGNS[match["sign"]] if match["sign"] else None
    return _measured_value(text, Decimal(match["number"]), comparator, Measured(spelling, expression))


def _quantity(raw: str, cleaned: str, units: UnitTable) -> Value | None:
    """A number with its sign and unit, in digits or words, and nothing else but what can be set aside."""
    if _YEAR.match(cleaned):
        return None
    sign = _SIGN.match(cleaned)
    comparator = SIGNS[sign[0]] if sign else None
    start = sign.end() if sign else 0
    before = ""
    if not start:
        neutral = _NEUTRAL.match(cleaned)
        if neutral is not None:
            start, before = neutral.end(), neutral[0]
    number = number_at(cleaned, start)
    if number is None:
        return None
    behind = (number.unit + cleaned[number.end :]).strip()
    in_digits = cleaned[start] == "-" or cleaned[start].isdigit()
    measured = measure(behind, units, compared=comparator is not None, is_zero=not number.value)
    if measured is None or (behind and behind[0] in ".,"):
        return None
    if not in_digits and not _may_be_in_words(number.value, measured):
        return None
    return _measured_value(raw, number.value, comparator, measured, before)


def _may_be_in_words(number: Decimal, measured: Measured) -> bool:
    """Whether number words are a number: 三次 and 零 are, 一流 and 一次性 are not."""
    unit = measured.expression.unit
    if unit is None:
        return number == 0 and not measured.expression.magnitude_text
    return unit.known and (not measured.after or measured.after[0] == "(")


def _measured_value(
    raw: str, number: Decimal, comparator: Comparator | None, measured: Measured, before: str = ""
) -> Value:
    expression = measured.expression
    return Value(
        kind=Kind.QUANT,
        raw=raw,
        comparator=comparator,
        has_comparator=comparator is not None,
        number=number,
        magnitude=expression.magnitude,
        magnitude_text=expression.magnitude_text,
        unit_raw=measured.unit_raw,
        unit=expression.unit,
        base=base_of(number, expression.magnitude, expression.unit),
        before=before,
        after=measured.after,
        style=written_style(raw, comparator, number, measured),
    )


def _each(raw: str, cleaned: str, units: UnitTable) -> Value | None:
    """``每月1次``, ``每人每天不超过500元``: a rate, with the words before the number as its divisors."""
    divisors, position = [], 0
    while every := _EVERY.match(cleaned, position):
        found = units.leading(cleaned[every.end() : every.end() + _LONGEST_RANK].partition("每")[0])
        if found is None or found[1].magnitude_text or found[1].unit is None or "/" in found[1].unit.name:
            return None
        divisors.append(found[1].unit)
        position = every.end() + len(found[0])
    if not divisors or position == len(cleaned):
        return None
    rest = _parse(cleaned[position:].lstrip(":"), units, timely=False)
    if rest.kind is not Kind.QUANT or rest.before or rest.unit is None or rest.number is None:
        return None
    per = "·".join("月" if unit.name == "个月" else unit.name for unit in divisors)
    spelling = f"{rest.unit.name}{'·' if '/' in rest.unit.name else '/'}{per}"
    expression = units.resolve(spelling) or units.unlisted(spelling)
    whole = UnitExpression(rest.magnitude, rest.magnitude_text, expression.unit)
    if expression.magnitude_text:
        return None
    measured = Measured(rest.magnitude_text + spelling, whole, rest.after)
    return _measured_value(raw, rest.number, rest.comparator, measured)


def _rank(raw: str, cleaned: str) -> Value | None:
    match = _RANK.fullmatch(cleaned) if len(cleaned) <= _LONGEST_RANK else None
    number = number_at(match["limit"], 0) if match else None
    if match is None or number is None or number.end != len(match["limit"]) or number.value % 1:
        return None
    return Value(
        Kind.RANK,
        raw,
        text=raw.strip(),
        rank_limit=int(number.value),
        rank_is_ordinal=match["word"] == "第",
        rank_percent=match["share"] is not None,
    )


def _two_numbers(raw: str, cleaned: str, units: UnitTable) -> Value | None:
    text = raw.strip()
    proportion = read_proportion(cleaned)
    if proportion is not None:
        comparator = proportion.comparator
        return Value(
            Kind.RATIO,
            raw,
            comparator=comparator,
            has_comparator=comparator is not None,
            ratio=proportion.numbers,
            text=text,
        )
    bounds = read_bounds(percent_signs(cleaned), units)
    if bounds is None:
        return None
    expression = bounds.expression
    return Value(
        Kind.RANGE,
        raw,
        low=bounds.low,
        high=bounds.high,
        magnitude=expression.magnitude,
        magnitude_text=expression.magnitude_text,
        unit_raw=bounds.unit_raw,
        unit=expression.unit,
        text=text,
        after=bounds.after,
    )


def _deadline(raw: str, day: WrittenDay, constraints: tuple[Constraint, ...] = ()) -> Value:
    return Value(Kind.DEADLINE, raw, text=raw.strip(), day=day, due_date=day.due(None), constraints=constraints)


def _spelt_out(raw: str, constraint: Constraint, before: str, after: str) -> Value:
    """A text that is one comparison and little else (应不少于3万个) is that quantity, in words (ux.md §3)."""
    value = _measured_value(
        raw,
        constraint.number,
        constraint.comparator,
        Measured(
            constraint.unit_raw,
            UnitExpression(constraint.magnitude, constraint.magnitude_text, constraint.unit),
            after,
        ),
    )
    return replace(value, constraints=(constraint,), style=Style.TYPED, before=before)


def _textual(raw: str, cleaned: str, units: UnitTable) -> Value:
    text = raw.strip()
    if _TWO_SIGNS.match(cleaned):
        return Value(Kind.QUAL, raw, text=text, malformed=True)
    plain = percent_signs(cleaned)
    constraints = find_constraints(plain, units)
    if len(constraints) == 1 and not constraints[0].is_rough and len(plain) <= _LONGEST_QUANTITY:
        before, _, after = plain.partition(constraints[0].text)
        if (not before or _NEUTRAL.fullmatch(before)) and (not after or _is_remark(after, units)):
            return _spelt_out(raw, constraints[0], before, after)
    day = find_deadline(cleaned) if may_hold_a_day(cleaned) else None
    if day is not None:
        return _deadline(raw, day, constraints)
    if constraints:
        return Value(Kind.QUAL_NUM, raw, text=text, constraints=constraints)
    is_nothing = len(plain) <= _LONGEST_NOTHING and says_nothing(plain)
    return Value(Kind.QUAL, raw, text=text, malformed=_is_malformed(cleaned, units), is_nothing=is_nothing)


def _is_remark(text: str, units: UnitTable) -> bool:
    measured = measure(f"个{text}", units, compared=False)
    return measured is not None and measured.after == text and text[0] == "("


def _is_malformed(cleaned: str, units: UnitTable) -> bool:
    """Whether a text begins like a quantity and is nothing that a reader would understand (VAL-002)."""
    if not _BEGINS_LIKE_A_QUANTITY.match(cleaned) or _BEGINS_A_TEXT.match(cleaned):
        return False
    number = number_at(cleaned, 0)
    if number is None:
        return True
    rest = number.unit + cleaned[number.end :]
    leading = units.leading(rest[:_LONGEST_QUANTITY])
    if leading is not None:
        rest = rest[len(leading[0]) :]
    return not rest or _GOES_ON_IN_WORDS.match(rest) is None
