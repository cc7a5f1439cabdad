"""Targets of two bounds and of proportions: 10-15天, 1:3 (domain.md §5.7).

Inside the bounds, and equal to the proportion, is met. Anything else asks: ten to fifteen days done in eight is no
loss, and 1:12 is better than 不高于1:18 or worse, as the numbers are meant.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from model.quantity import Kind, Value
from model.scoring.comparison import Comparison, Incomparable, compare, unit_text
from model.scoring.figures import plain_number
from model.scoring.notices import notice
from model.scoring.outcome import Case, Outcome
from model.scoring.qualitative import ACHIEVEMENT_LABELS, asked_to_judge, level_of_share
from model.scoring.results import Status
from model.values.units import UnitTable

_RANGE_TEXT = "区间指标：在区间以内得满分；在区间以外由人工判断"
_RATIO_TEXT = "比例指标：与指标值相同得满分；不同时由人工判断"


def score_range(case: Case, target: Value, actual: Value, units: UnitTable) -> Outcome:
    """A target of two bounds, compared in the unit of the target."""
    low, high = Fraction(target.low or 0), Fraction(target.high or 0)
    bounds = f"{plain_number(low)}–{plain_number(high)}{unit_text(target)}"
    done = _amounts(target, actual, units)
    if isinstance(done, Incomparable):
        facts = f"{done.reason}，无法计分" + (f"；{done.question}" if done.question else "")
        return Outcome(Status.ERROR, None, facts, _RANGE_TEXT, notices=done.notices, question=done.question)
    if not done:
        missing = notice("EVL-025", name=case.name)
        return Outcome(Status.ERROR, None, "区间指标的实际完成值应为数值，无法计分", _RANGE_TEXT, notices=(missing,))
    shown = "–".join(dict.fromkeys(part.actual_text for part in done))
    notices = done[0].notices
    if all(low <= part.actual <= high for part in done):
        facts = f"{shown}，在{bounds}以内，达标"
        return Outcome(Status.MET, Fraction(1), facts, _RANGE_TEXT, notices=notices)
    suggested = level_of_share(min(_closeness(part.actual, low, high) for part in done), case.profile)
    question = f"请判断{shown}好于还是差于{bounds}，选择达成等级（建议{ACHIEVEMENT_LABELS[suggested]}）"
    return asked_to_judge(case, f"{shown}，在{bounds}以外", _RANGE_TEXT, question, suggested, notices)


def score_ratio(case: Case, target: Value, actual: Value) -> Outcome:
    """A target that sets numbers against each other; 2:6 is 1:3."""
    shown, wanted = " ".join(actual.raw.split()), " ".join(target.raw.split())
    if actual.kind is Kind.RATIO and _same_ratio(target.ratio, actual.ratio):
        return Outcome(Status.MET, Fraction(1), f"“{shown}”与指标值“{wanted}”相同，达标", _RATIO_TEXT)
    question = f"请判断“{shown}”是否达到“{wanted}”，选择达成等级"
    return asked_to_judge(case, f"“{shown}”与指标值“{wanted}”不同", _RATIO_TEXT, question)


def _amounts(target: Value, actual: Value, units: UnitTable) -> tuple[Comparison, ...] | Incomparable:
    """The actual value, or both its bounds, in the unit of the target."""
    bound = replace(target, kind=Kind.QUANT, number=target.high)
    numbers: tuple[Decimal | None, ...] = (actual.number,)
    if actual.kind is Kind.RANGE:
        numbers = (actual.low, actual.high)
    elif actual.kind is not Kind.QUANT:
        return ()
    found = []
    for number in numbers:
        compared = compare(bound, replace(actual, kind=Kind.QUANT, number=number), units)
        if isinstance(compared, Incomparable):
            return compared
        found.append(compared)
    return tuple(found)


def _closeness(done: Fraction, low: Fraction, high: Fraction) -> Fraction:
    """How near an amount outside the bounds comes to them, as a share of the points: 1 inside, 0 far away."""
    if low <= done <= high:
        return Fraction(1)
    if done <= 0 or low <= 0:
        return Fraction(0)
    return done / low if done < low else high / done


def _same_ratio(one: tuple[Decimal, ...], other: tuple[Decimal, ...]) -> bool:
    if len(one) != len(other):
        return False
    first, second = Fraction(one[0]), Fraction(other[0])
    return all(first * Fraction(b) == second * Fraction(a) for a, b in zip(one, other, strict=True))
