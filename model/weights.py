"""Points per first level under a weight profile, and 平均分配 of points to lines (domain.md §6.9)."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from model.records import Evaluation
from model.settings import ScoringProfile, WeightProfile
from model.values.taxonomy import BENEFIT, COST, OUTPUT, SATISFACTION, canonical_level1

EXECUTION = "预算执行率"

_ORDER = (COST, OUTPUT, BENEFIT, SATISFACTION, EXECUTION)
_WEIGHTS = {
    WeightProfile.A: (0, 50, 30, 10, 10),
    WeightProfile.B: (20, 40, 20, 10, 10),
    WeightProfile.A_PRIME: (0, 50, 40, 0, 10),
    WeightProfile.B_PRIME: (20, 40, 30, 0, 10),
}
_ONE = Decimal(1)
_CENT = Decimal("0.01")


def profile_in_force(profile: ScoringProfile, level1_present: Collection[str]) -> WeightProfile:
    """The weight profile that counts: AUTO takes A, B, A′ or B′ by the first levels a form has (A while empty)."""
    if profile.weights is not WeightProfile.AUTO:
        return profile.weights
    if COST in level1_present:
        return WeightProfile.B if SATISFACTION in level1_present else WeightProfile.B_PRIME
    return WeightProfile.A if SATISFACTION in level1_present or not level1_present else WeightProfile.A_PRIME


def expected_weights(profile: ScoringProfile, level1_present: Collection[str]) -> dict[str, Decimal]:
    """Points of each first level and of 预算执行率 in printed order; 0 where the profile has no such level."""
    in_force = profile_in_force(profile, level1_present)
    if in_force is WeightProfile.CUSTOM:
        return dict(zip(_ORDER, profile.custom_weights, strict=False))
    return dict(zip(_ORDER, map(Decimal, _WEIGHTS[in_force]), strict=True))


def distribute(total: Decimal, n: int) -> tuple[Decimal, ...]:
    """平均分配: ``total`` points on ``n`` lines in whole points, one more for each of the first lines.

    What is left below a whole point goes to the first line. When there are more lines than points the step is
    0.01, so that no line is left without points. The parts always add up to ``total``.
    """
    if n <= 0:
        return ()
    step = _ONE if total >= n else _CENT
    steps = int(total / step)
    base, extra = divmod(steps, n)
    parts = [(base + (position < extra)) * step for position in range(n)]
    parts[0] += total - steps * step
    return tuple(parts)


def distribute_evaluation(evaluation: Evaluation, profile: ScoringProfile) -> dict[str, Decimal]:
    """平均分配 for a whole form: indicator id → points, every first level on its own.

    Lines of an unknown first level, and of one the profile gives no points, are left out.
    """
    by_level1: dict[str, list[str]] = {}
    for indicator in evaluation.indicators:
        level1 = canonical_level1(indicator.level1)
        if level1 is not None:
            by_level1.setdefault(level1, []).append(indicator.id)
    weights = expected_weights(profile, by_level1.keys())
    points: dict[str, Decimal] = {}
    for level1, ids in by_level1.items():
        weight = weights.get(level1, Decimal(0))
        if weight > 0:
            points.update(zip(ids, distribute(weight, len(ids)), strict=True))
    return points
