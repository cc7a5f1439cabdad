"""Suggested reductions for over-achievement (domain.md §6.7): offered on a button, never taken automatically."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from model.scoring.figures import q2
from model.settings import ReductionRule, Thresholds

_SMALLEST_SHARE_R3 = Fraction(6, 10)
_LARGEST_CUT_R2 = Fraction(2, 10)


def suggested_reduction(
    points: Decimal, over: Decimal | Fraction, rule: ReductionRule, thresholds: Thresholds
) -> Decimal | None:
    """The score suggested for a line exceeded by ``over`` (1 = by 100 %), or None within the tolerance."""
    excess = Fraction(over)
    tolerance = Fraction(thresholds.over_achievement_percent) / 100
    if excess <= tolerance:
        return None
    match rule:
        case ReductionRule.R1:
            share = 1 - _tier(excess)
        case ReductionRule.R2:
            share = 1 - min(_LARGEST_CUT_R2, (excess - tolerance) / 10)
        case ReductionRule.R3:
            share = max(_SMALLEST_SHARE_R3, (1 + tolerance) / (1 + excess))
        case _:
            assert_never(rule)
    return q2(Fraction(points) * share)


def _tier(excess: Fraction) -> Fraction:
    """The cut of R1: 5 % below 100 % excess, 10 % below 200 %, 15 % up to 500 %, 20 % above."""
    if excess < 1:
        return Fraction(5, 100)
    if excess < 2:
        return Fraction(10, 100)
    if excess <= 5:
        return Fraction(15, 100)
    return Fraction(20, 100)
