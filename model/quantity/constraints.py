"""Comparisons with a number inside a text: 不少于10家, 增长5%以上 (domain.md §5.3, `constraint`)."""

from __future__ import annotations

import re
from decimal import Decimal

from model.quantity.value import Comparator, Constraint
from model.units import ONE, UnitExpression, UnitTable

NUMBER = r"-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,20})(?:\.[0-9]{1,10})?(?!\.?[0-9])"
SIGNS = {
    ">=": Comparator.GE,
    "≥": Comparator.GE,
    "<=": Comparator.LE,
    "≤": Comparator.LE,
    ">": Comparator.GT,
    "<": Comparator.LT,
    "=": Comparator.EQ,
}

_GREATER = ("大于", "超过", "高于", "多于", "超出")
_LESS = ("少于", "低于", "小于")
_NEGATED = {Comparator.GT: Comparator.LE, Comparator.LT: Comparator.GE}
_OR_EQUAL = {Comparator.GT: Comparator.GE, Comparator.LT: Comparator.LE}

_PASSAGE = re.compile(
    r"(?:(?P<sign>>=|<=|[≥≤<>=])"
    r"|(?P<at_least>至少|最少|(?<![未不])达到了?)"
    r"|(?P<at_most>至多|最多)"
    rf"|(?P<negation>不(?:得|能|应|可|会|宜)?|未)?(?P<relation>{'|'.join(_GREATER + _LESS)})(?P<or_equal>或?等于)?"
    # A number without a word before it counts when a word follows; never a part of 7*24, 1-2, A4 or 3.5.2.
    r"|(?<![0-9.*×/~—–\-A-Za-z])(?=[0-9]))"
    rf"\s{{0,4}}(?P<number>{NUMBER})(?![-~—–*×][0-9])"
)
_ENDING = re.compile(r"(?:\(含\))?[及或]?(?P<word>以上|以内|以下|之内|内)")
_ENDING_COMPARATOR = {"以上": Comparator.GE}
# What may follow a comparison: ≥1e5, ≥90%% and ≥5(3个) hold none.
_AFTER = re.compile(r"$|\(含|[^\w(/%‰+*×~—–-]|[^\W\d_A-Za-z]")
_PERIODS = ("time", "worktime", "month")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def find_constraints(text: str, units: UnitTable) -> tuple[Constraint, ...]:
    """Every comparison in a cleaned text, in reading order. A year is no quantity."""
    found = []
    for match in _PASSAGE.finditer(text):
        constraint = _constraint(text, match, units)
        if constraint is not None:
            found.append(constraint)
    return tuple(found)


def _constraint(text: str, match: re.Match[str], units: UnitTable) -> Constraint | None:
    number, end = match["number"], match.end()
    if text[end : end + 1] in ("余", "多"):
        end += 1  # 不少于10余家
    window = text[end : end + 16]
    if window.startswith("年") and _YEAR.fullmatch(number):
        return None
    unit_raw, expression = units.leading(window) or ("", UnitExpression(ONE, "", None))
    end += len(unit_raw)
    ending = _ENDING.match(text, end)
    if ending is not None and ending["word"] == "内" and not _is_period(expression):
        ending = None
    if ending is not None:
        end = ending.end()
    comparator = _comparator(match, ending)
    if comparator is None or not _AFTER.match(text, end):
        return None
    return Constraint(
        comparator=comparator,
        number=Decimal(number.replace(",", "")),
        magnitude=expression.magnitude,
        magnitude_text=expression.magnitude_text,
        unit_raw=unit_raw,
        unit=expression.unit,
        text=text[match.start() : end],
    )


def _comparator(match: re.Match[str], ending: re.Match[str] | None) -> Comparator | None:
    if match["sign"]:
        return SIGNS[match["sign"]]
    if match["at_least"]:
        return Comparator.GE
    if match["at_most"]:
        return Comparator.LE
    if match["relation"]:
        plain = Comparator.GT if match["relation"] in _GREATER else Comparator.LT
        if match["negation"]:
            return _NEGATED[plain]
        return _OR_EQUAL[plain] if match["or_equal"] else plain
    if ending is not None:
        return _ENDING_COMPARATOR.get(ending["word"], Comparator.LE)
    return None


def _is_period(expression: UnitExpression) -> bool:
    return expression.unit is not None and expression.unit.dimension in _PERIODS
