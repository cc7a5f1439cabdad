"""Weight profiles and 平均分配 (domain.md §6.9)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.records import Evaluation
from model.settings import ScoringProfile, WeightProfile
from model.values.taxonomy import BENEFIT, COST, OUTPUT, SATISFACTION
from model.weights import EXECUTION, distribute, distribute_evaluation, expected_weights
from tests.model.projects import evaluated_line

ALL = {COST, OUTPUT, BENEFIT, SATISFACTION}


def weights(profile: ScoringProfile, present: set[str]) -> list[int]:
    expected = expected_weights(profile, present)
    assert list(expected) == [COST, OUTPUT, BENEFIT, SATISFACTION, EXECUTION]
    return [int(points) for points in expected.values()]


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        (ALL - {COST}, [0, 50, 30, 10, 10]),
        (ALL, [20, 40, 20, 10, 10]),
        (ALL - {COST, SATISFACTION}, [0, 50, 40, 0, 10]),
        (ALL - {SATISFACTION}, [20, 40, 30, 0, 10]),
        (set(), [0, 50, 30, 10, 10]),
    ],
)
def test_that_the_automatic_profile_follows_the_levels_a_form_has(present: set[str], expected: list[int]) -> None:
    assert weights(ScoringProfile(), present) == expected


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (WeightProfile.A, [0, 50, 30, 10, 10]),
        (WeightProfile.B, [20, 40, 20, 10, 10]),
        (WeightProfile.A_PRIME, [0, 50, 40, 0, 10]),
        (WeightProfile.B_PRIME, [20, 40, 30, 0, 10]),
    ],
)
def test_that_a_chosen_profile_counts_whatever_levels_a_form_has(profile: WeightProfile, expected: list[int]) -> None:
    assert weights(ScoringProfile(weights=profile), ALL) == expected
    assert sum(expected) == 100


def test_that_a_unit_may_set_weights_of_its_own() -> None:
    custom = tuple(Decimal(points) for points in (0, 40, 30, 10, 20))
    profile = ScoringProfile(weights=WeightProfile.CUSTOM, custom_weights=custom)
    assert weights(profile, ALL) == [0, 40, 30, 10, 20]


@pytest.mark.parametrize(
    ("total", "n", "expected"),
    [
        ("50", 10, ["5"] * 10),
        ("50", 13, ["4"] * 11 + ["3"] * 2),
        ("30", 4, ["8", "8", "7", "7"]),
        ("10", 1, ["10"]),
        ("12.5", 3, ["4.5", "4", "4"]),
        ("10", 18, ["0.56"] * 10 + ["0.55"] * 8),
        ("10", 0, []),
    ],
)
def test_that_points_are_shared_out_whole_with_the_remainder_on_the_first_lines(
    total: str, n: int, expected: list[str]
) -> None:
    assert list(distribute(Decimal(total), n)) == [Decimal(points) for points in expected]


@given(st.decimals("0.5", 100, places=2), st.integers(1, 40))
def test_that_shared_out_points_add_up_and_leave_no_line_without(total: Decimal, n: int) -> None:
    parts = distribute(total, n)
    assert sum(parts) == total
    assert all(part > 0 for part in parts)
    assert all(part == part.quantize(Decimal("0.01")) for part in parts)
    assert max(parts) - min(parts) < 2


def test_that_every_first_level_of_a_form_is_shared_out_on_its_own() -> None:
    lines = (
        evaluated_line("a", level1=OUTPUT),
        evaluated_line("b", level1=BENEFIT),
        evaluated_line("c", level1=OUTPUT),
        evaluated_line("d", level1="满意度"),
        evaluated_line("e", level1="杂项"),
    )
    points = distribute_evaluation(Evaluation(indicators=lines), ScoringProfile())
    assert points == {"a": 25, "c": 25, "b": 30, "d": 10}


def test_that_a_level_the_profile_gives_no_points_is_left_alone() -> None:
    lines = (evaluated_line("a", level1=COST), evaluated_line("b", level1=OUTPUT))
    profile = ScoringProfile(weights=WeightProfile.A)
    assert distribute_evaluation(Evaluation(indicators=lines), profile) == {"b": 50}
