"""So often a month, a quarter, a year against a plain amount (domain.md §5.7, "each period").

In a form of one year 次/年 is 次. What is wanted each month and reached twelve times over is met; below that a person
is asked, because the project may have begun in July.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from model.quantity import Comparator, Value
from model.scoring.figures import plain_number
from model.values.units import Unit, UnitTable


@dataclass(frozen=True, slots=True)
class PerPeriod:
    """Target and actual as amounts of one year in the unit of the plain amount, and whether that is sure.

    ``target_text`` is the target as an explanation shows it, ``text`` says what was done with the period.
    """

    target: Fraction
    actual: Fraction
    is_sure: bool
    target_text: str
    text: str


def per_period(target: Value, actual: Value, units: UnitTable) -> PerPeriod | None:
    """Compare a rate of a period with a plain amount of the same thing, or None when they are nothing of the kind."""
    is_target = _periods(target) > 0
    rate, amount = (target, actual) if is_target else (actual, target)
    if not _periods(rate) or _periods(amount) or rate.unit is None or amount.unit is None:
        return None
    counted = rate.unit.per_period_of
    if counted is not None and counted.dimension != amount.dimension and not units.aliased(counted, amount.unit):
        return None
    times, name = _periods(rate), amount.magnitude_text + amount.unit.name
    # What is counted may be left out (620万/月): then only the 万 of 万元 counts.
    converts = counted is not None or amount.dimension == "money"
    unit = Fraction(amount.magnitude) * (_factor(amount.unit) if converts else 1)
    once = Fraction(rate.number or 0) * Fraction(rate.magnitude) * _factor(counted) / unit
    all_year, typed = once * times, Fraction(amount.number or 0)
    total = f"{plain_number(all_year)}{name}"
    text = f"{plain_number(Fraction(rate.number or 0))}{rate.unit_raw} × {times} = {total}"
    if times == 1:
        text = f"本表为一个年度，“{rate.unit.name}”按“{amount.unit.name}”计"
    if not is_target:
        return PerPeriod(typed, all_year, times == 1, plain_number(typed) + name, text)
    is_sure = times == 1 or _reached(target.comparator, typed, once, all_year)
    yearly = f"{plain_number(once)}{rate.unit.name}（本年度即{total}）"
    return PerPeriod(all_year, typed, is_sure, yearly if times == 1 else text, text)


def _reached(comparator: Comparator | None, done: Fraction, once: Fraction, all_year: Fraction) -> bool:
    """Whether a year's amount meets the rate however many periods the project lasted."""
    return done <= once if comparator is not None and comparator.is_negative else done >= all_year


def _periods(value: Value) -> int:
    return value.unit.periods_a_year if value.unit is not None else 0


def _factor(unit: Unit | None) -> Fraction:
    return Fraction(unit.factor) if unit is not None else Fraction(1)
