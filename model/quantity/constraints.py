"""Comparisons with a number inside a text: 不少于10家, 增长5%以上, 不少于三次 (domain.md §5.3, `constraint`)."""

from __future__ import annotations

import re
from itertools import islice

from model.quantity.numerals import NUMBER, NUMERAL, number_at
from model.quantity.value import Comparator, Constraint
from model.values.units import ONE, UnitExpression, UnitTable

SIGNS = {
    ">=": Comparator.GE,
    "≥": Comparator.GE,
    "<=": Comparator.LE,
    "≤": Comparator.LE,
    ">": Comparator.GT,
    "<": Comparator.LT,
    "=": Comparator.EQ,
}

_GREATER = ("大于", "超过", "高于", "多于", "超出", "突破", "超")
_LESS = ("少于", "低于", "小于")
_NEGATED = {Comparator.GT: Comparator.LE, Comparator.LT: Comparator.GE}
_OR_EQUAL = {Comparator.GT: Comparator.GE, Comparator.LT: Comparator.LE}

_WORD = (
    r"(?P<sign>>=|<=|[≥≤<>=])"
    r"|(?P<at_least>至少|最少|(?<![未不])达(?:到了?)?)"
    r"|(?P<at_most>至多|最多|控制在)"
    r"|(?P<equal>等于)"
    rf"|(?P<negation>不(?:得|能|应|可|会|宜)?|未)?(?P<relation>{'|'.join(_GREATER + _LESS)})(?P<or_equal>或?等于)?"
)
_PASSAGE = re.compile(
    rf"(?:{_WORD}"
    # A number without a word before it counts when a word follows; never a part of 7*24, 1-2, A4 or 3.5.2.
    r"|(?<![0-9.*×/~—–\-A-Za-z])(?=[0-9])"
    r"|(?<![零〇一二两三四五六七八九十百千万亿第每])(?=[一二两三四五六七八九十]))"
    rf"\s{{0,4}}(?P<number>{NUMBER}|{NUMERAL})"
)
WORD_BEFORE = re.compile(_WORD)
"""A sign or word that compares, before a number."""
_PART_OF_MORE = re.compile(r"[-~—–*×:/][0-9]")
_ROUGH = re.compile("[余多来]")
_ROUGHLY = re.compile("左右|上下")
_INCLUDED = r"(?:\((?P<{}>不?含)[^()]{{0,12}}\))?"
_ENDING = re.compile(
    _INCLUDED.format("before") + r"[及或]?(?P<word>以上|以内|以下|之内|范围内|内)" + _INCLUDED.format("after")
)
_ENDING_COMPARATOR = {"以上": Comparator.GE}
_STRICT = {Comparator.GE: Comparator.GT, Comparator.LE: Comparator.LT}
# What may follow a comparison: ≥1e5, ≥90%% and ≥5(3个) hold none.
_AFTER = re.compile(r"$|\([^\W\d]|[^\w(/%‰+*×~—–-]|[^\W\d_A-Za-z]")
_PERIODS = ("time", "worktime", "month")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LONGEST_UNIT = 24
MOST = 200
"""How many figures of one text are read: a value has a few, and more cost time on every keystroke."""


def find_constraints(text: str, units: UnitTable) -> tuple[Constraint, ...]:
    """Every comparison in a cleaned text, in reading order, :data:`MOST` at most. A year is no quantity."""
    found = []
    for match in islice(_PASSAGE.finditer(text), MOST):
        constraint = _constraint(text, match, units)
        if constraint is not None:
            found.append(constraint)
    return tuple(found)


def _constraint(text: str, match: re.Match[str], units: UnitTable) -> Constraint | None:
    number = number_at(text, match.start("number"))
    if number is None or _PART_OF_MORE.match(text, number.end):
        return None
    end = number.end
    is_rough = _ROUGH.match(text, end) is not None
    if is_rough:
        end += 1  # 不少于10余家
    window = text[end : end + _LONGEST_UNIT]
    if window.startswith("年") and _YEAR.fullmatch(match["number"]):
        return None
    unit_raw, expression = _unit(window, number.unit, units)
    if expression.unit is None and not match["number"][0].isascii():
        return None  # 三以上 may be the end of a word
    if not number.unit:
        end += len(unit_raw)
    if not is_rough and _ROUGH.match(text, end):
        is_rough, end = True, end + 1  # ≥3万余人
        more = units.leading(text[end : end + _LONGEST_UNIT]) if expression.unit is None else None
        if more is not None and not more[1].magnitude_text:
            unit_raw += more[0]
            expression = UnitExpression(expression.magnitude, expression.magnitude_text, more[1].unit)
            end += len(more[0])
    ending = _ENDING.match(text, end)
    if ending is not None and ending["word"] == "内" and not _is_period(expression):
        ending = None
    if ending is not None:
        end = ending.end()
    comparator = _comparator(match, ending)
    if comparator is None or not _AFTER.match(text, end):
        return None
    if ending is not None and "不含" in (ending["before"], ending["after"]):
        comparator = _STRICT.get(comparator, comparator)
    return Constraint(
        comparator=comparator,
        number=number.value,
        magnitude=expression.magnitude,
        magnitude_text=expression.magnitude_text,
        unit_raw=unit_raw,
        unit=expression.unit,
        text=text[match.start() : end],
        is_rough=is_rough or _ROUGHLY.match(text, end) is not None,
    )


def _unit(window: str, of_the_number: str, units: UnitTable) -> tuple[str, UnitExpression]:
    if of_the_number:
        return of_the_number, UnitExpression(ONE, "", units.find(of_the_number))
    return units.leading(window) or ("", UnitExpression(ONE, "", None))


def _comparator(match: re.Match[str], ending: re.Match[str] | None) -> Comparator | None:
    return compared_by(match) or (None if ending is None else _ENDING_COMPARATOR.get(ending["word"], Comparator.LE))


def compared_by(match: re.Match[str]) -> Comparator | None:
    """The comparator a match of :data:`WORD_BEFORE` means, None when it holds no such word."""
    if match["sign"]:
        return SIGNS[match["sign"]]
    if match["at_least"]:
        return Comparator.GE
    if match["at_most"]:
        return Comparator.LE
    if match["equal"]:
        return Comparator.EQ
    if match["relation"]:
        plain = Comparator.GT if match["relation"] in _GREATER else Comparator.LT
        if match["negation"]:
            return _NEGATED[plain]
        return _OR_EQUAL[plain] if match["or_equal"] else plain
    return None


def _is_period(expression: UnitExpression) -> bool:
    return expression.unit is not None and expression.unit.dimension in _PERIODS
