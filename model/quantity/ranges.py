"""Two bounds and numbers set against each other: 10-15天, 85%-95%, 5%±1%, 1:3 (domain.md §5.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from model.quantity.constraints import WORD_BEFORE, compared_by, find_constraints
from model.quantity.measures import Measured, measure
from model.quantity.numerals import NUMBER, number_at
from model.quantity.value import Comparator
from model.values.units import MAGNITUDES, ONE, UnitExpression, UnitTable, exact_factor, exact_product

_LEAD = re.compile(r"(?:已|应|须)?(?:控制在|控制|保持在|稳定在|维持在|介于|范围为?|在)|已|应|须")
_TO = re.compile(r"[-~—–―〜]{1,2}|至|到")
_AND = re.compile(r"[和与]")
_LONGEST_BETWEEN = 12
_BETWEEN_AT_END = re.compile(r"(?:以内|之间|之内|范围之?内|内|范围)$")
_RATIO = re.compile(
    rf"(?P<first>{NUMBER})(?P<rest>(?::{NUMBER}){{1,3}}|比{NUMBER}|/{NUMBER}(?P<magnitude>[万亿]?))(?P<tail>.*)"
)
_CLOCK = re.compile(r"[0-9]{1,2}:[0-5][0-9](?!\.)")
_RATIO_NUMBER = re.compile(NUMBER)
_RATIO_TAIL = re.compile(r"(?:[及或]?(?P<word>以上|以下|以内))?(?:\([^()]*\))*")
_LOWER = (Comparator.GE, Comparator.GT)
_JOINED = re.compile(r"[\s,，;；、和且并及]{0,3}(?:同时)?")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a range says: its bounds in one unit, and the words set aside round it."""

    low: Decimal
    high: Decimal
    unit_raw: str
    expression: UnitExpression
    after: str = ""


@dataclass(frozen=True, slots=True)
class Proportion:
    """What a ratio says: its numbers, and how it is to be compared."""

    comparator: Comparator | None
    numbers: tuple[Decimal, ...]


def read_bounds(text: str, units: UnitTable) -> Bounds | None:
    """The range a cleaned text is, or None."""
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    if "±" in text:
        return _tolerance(text, start, units)
    return _span(text, start, units, lead[0] if lead else "") or _two_sided(text, units)


def read_proportion(text: str) -> Proportion | None:
    """The ratio a cleaned text is, or None. ``9:30`` is a time of day, ``1/100万`` one in a million."""
    word = WORD_BEFORE.match(text)
    match = _RATIO.fullmatch(text, word.end() if word else 0)
    if match is None or (word is None and _CLOCK.fullmatch(text)):
        return None
    tail = _RATIO_TAIL.fullmatch(match["tail"])
    if tail is None:
        return None
    comparator = compared_by(word) if word else None
    if comparator is None and tail["word"]:
        comparator = Comparator.GE if tail["word"] == "以上" else Comparator.LE
    numbers = [
        Decimal(found.replace(",", "")) for found in _RATIO_NUMBER.findall(text[match.start() : match.end("rest")])
    ]
    if match["magnitude"]:
        numbers[-1] = exact_product(numbers[-1], MAGNITUDES[match["magnitude"]])
    return Proportion(comparator, tuple(numbers)) if all(numbers[1:]) else None


def _span(text: str, start: int, units: UnitTable, lead: str) -> Bounds | None:
    """``10-15天``, ``85%-95%``, ``3至5次``, ``介于80%与90%之间``."""
    low = number_at(text, start)
    if low is None:
        return None
    window = text[low.end : low.end + _LONGEST_BETWEEN]
    to = _TO.search(window) or (_AND.search(window) if lead.endswith("介于") or "之间" in text else None)
    if to is None:
        return None
    unit_of_low = low.unit or window[: to.start()].strip()
    high = number_at(text, low.end + to.end())
    if high is None:
        return None
    behind = high.unit + text[high.end :]
    measured = _measured(behind, units)
    if measured is None:
        return None
    low_value = low.value
    if unit_of_low:
        of_low = units.resolve(unit_of_low)
        if of_low is None and unit_of_low == measured.unit_raw:
            of_low = measured.expression
        factor = None if of_low is None else _factor(of_low, measured.expression)
        if factor is None:
            return None
        low_value = exact_product(low_value, factor)
    elif low_value > high.value and _scale(measured.expression) > 1:
        low_value = exact_product(low_value, Decimal(1) / _scale(measured.expression))  # 5000-1万元
    return _in_order(low_value, high.value, measured)


def _factor(unit: UnitExpression, other: UnitExpression) -> Decimal | None:
    """How many of ``other`` one of ``unit`` is, or None when they do not convert or not to a finite decimal."""
    of_unit = Fraction(unit.unit.factor) if unit.unit else Fraction(1)
    of_other = Fraction(other.unit.factor) if other.unit else Fraction(1)
    if unit.unit is not None and (other.unit is None or unit.unit.dimension != other.unit.dimension):
        return None
    if unit.unit is None and (other.unit is None or other.unit.dimension != "money"):
        of_other = Fraction(1)  # 10万-15万平方米: the unit is left out; in 10万-15万元 only the word 元
    factor = exact_factor(Fraction(unit.magnitude) * of_unit / (Fraction(other.magnitude) * of_other))
    return factor if isinstance(factor, Decimal) else None


def _scale(expression: UnitExpression) -> Decimal:
    """What the magnitude before a unit is worth; 万元 carries its own."""
    is_money = expression.unit is not None and expression.unit.dimension == "money"
    factor = expression.unit.factor if expression.unit is not None and is_money else ONE
    return exact_product(expression.magnitude, factor) if isinstance(factor, Decimal) else ONE


def _tolerance(text: str, start: int, units: UnitTable) -> Bounds | None:
    """``5%±1%``, ``37±1℃`` and ``±5%``, which is from -5 % to 5 %."""
    mark = text.index("±")
    middle = number_at(text, start) if start < mark else None
    around = number_at(text, mark + 1)
    if around is None or around.value < 0 or (middle is None and start != mark):
        return None
    measured = _measured(around.unit + text[around.end :], units)
    if measured is None:
        return None
    centre = Decimal(0)
    if middle is not None:
        centre = middle.value
        own_unit = middle.unit or text[middle.end : mark].strip()
        if own_unit:
            of_centre = units.resolve(own_unit)
            factor = None if of_centre is None else _factor(of_centre, measured.expression)
            if factor is None:
                return None
            centre = exact_product(centre, factor)
    with localcontext(prec=80):
        return _in_order(centre - around.value, centre + around.value, measured)


def _two_sided(text: str, units: UnitTable) -> Bounds | None:
    """``≥90%,≤100%``: a lower and an upper bound in one unit, and nothing else."""
    constraints = find_constraints(text, units)
    if len(constraints) != len(("low", "high")):
        return None
    first, second = constraints
    rest = text.replace(first.text, "", 1).replace(second.text, "", 1)
    is_low_first = first.comparator in _LOWER
    if is_low_first == (second.comparator in _LOWER) or not _JOINED.fullmatch(rest):
        return None
    if Comparator.EQ in (first.comparator, second.comparator) or first.is_rough or second.is_rough:
        return None
    low, high = (first, second) if is_low_first else (second, first)
    unit = UnitExpression(high.magnitude, high.magnitude_text, high.unit)
    factor = _factor(UnitExpression(low.magnitude, low.magnitude_text, low.unit), unit)
    if factor is None:
        return None
    return _in_order(exact_product(low.number, factor), high.number, Measured(high.unit_raw, unit))


def _measured(text: str, units: UnitTable) -> Measured | None:
    """The unit behind the upper bound; 之间, 以内 and 范围 add nothing to a range."""
    between = _BETWEEN_AT_END.search(text)
    return measure(text[: between.start()] if between else text, units, compared=True)


def _in_order(low: Decimal, high: Decimal, measured: Measured) -> Bounds:
    return Bounds(min(low, high), max(low, high), measured.unit_raw, measured.expression, measured.after)
