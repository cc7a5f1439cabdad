"""The execution line beyond its vectors, and what a whole form adds up to (domain.md §6.8, §6.9)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.records import Achievement, Evaluation
from model.scoring import (
    ExecutionScore,
    band_range,
    format_points,
    format_rate,
    format_total,
    parse_points,
    plain_number,
    q2,
    score_evaluation,
    score_execution,
)
from model.settings import (
    ExecutionRule,
    GradeScheme,
    NegativeRule,
    RateRounding,
    ScoringProfile,
    Settings,
    Thresholds,
)
from tests.model.lines import scored
from tests.model.projects import evaluated_line


def executed(budget: str, amount: str, profile: ScoringProfile | None = None, **cells: Any) -> ExecutionScore:
    evaluation = Evaluation(adjusted_total=budget, executed_total=amount, **cells)
    return score_execution(evaluation, profile or ScoringProfile(), Thresholds())


EXPLANATIONS = [
    ("4122000", "4,120,500", "4120500 ÷ 4122000 = 99.97%（向上进位取两位小数）；得分 = 10 × 4120500 ÷ 4122000 = 10.00"),
    ("296272.00", "296272", "296272 ÷ 296272 = 100.00%；得分 = 分值 10 → 10.00"),
    (
        "5000000",
        "5945315.18",
        "5945315.18 ÷ 5000000 = 118.91%（向上进位取两位小数）；得分 = 分值 10 → 10.00（超过100%按满分计）",
    ),
    ("", "", "待填全年预算数"),
    ("0", "", "全年预算数为0，请选择“得0分”或“不适用”"),
    ("", "5", "待填全年预算数"),
    ("0", "5", "全年预算数为0但有执行数，执行率无法计算"),
    ("100", "", "待填全年执行数"),
    ("一百", "5", "全年预算数或全年执行数不是有效金额，执行率无法计算"),
    ("100", "-5", "全年预算数或全年执行数不是有效金额，执行率无法计算"),
]


@pytest.mark.parametrize(("budget", "amount", "expected"), EXPLANATIONS)
def test_that_the_execution_line_explains_its_rate_and_score(budget: str, amount: str, expected: str) -> None:
    assert executed(budget, amount).explanation == expected


def test_that_the_stepped_profile_names_its_step() -> None:
    result = executed("10000", "8000", ScoringProfile(execution=ExecutionRule.STEPPED))
    assert result.explanation == "8000 ÷ 10000 = 80.00%；得分 = 10 × 0.7 = 7.00（分档计分）"


def test_that_the_messages_of_the_execution_line_show_the_printed_rate() -> None:
    assert executed("5000000", "5945315.18").notices[0].message == (
        "全年执行数超过全年预算数（118.91%），请核对资金来源与预算调整。"
    )
    assert executed("250000", "215457.6").notices[0].message == "预算执行率86.19%，请说明原因及改进措施。"


def test_that_the_rate_that_asks_for_a_reason_is_a_setting() -> None:
    evaluation = Evaluation(adjusted_total="100", executed_total="85")
    lenient = Thresholds(execution_rate_percent=Decimal(80))
    assert score_execution(evaluation, ScoringProfile(), lenient).notices == ()
    assert len(score_execution(evaluation, ScoringProfile(), Thresholds()).notices) == 1


@pytest.mark.parametrize(
    ("choice", "score", "is_open"), [("zero", Decimal(0), False), ("not_applicable", None, False), ("", None, True)]
)
def test_that_no_budget_at_all_is_for_the_clerk_to_decide(choice: str, score: Decimal | None, is_open: bool) -> None:
    result = executed("0", "0", execution_choice=choice)
    assert (result.score, result.is_open, result.rate_text) == (score, is_open, "—")
    assert bool(result.notices) is is_open


def test_that_money_spent_without_a_budget_cannot_be_chosen_away() -> None:
    result = executed("0", "5", execution_choice="zero")
    assert (result.score, [notice.rule for notice in result.notices]) == (None, ["EVL-013"])


def test_that_a_printed_execution_score_counts_within_its_points() -> None:
    printed = executed("100", "95", execution_score="9")
    assert (printed.computed, printed.score) == (Decimal("9.50"), 9)
    assert printed.explanation.endswith("采用已填得分 9.00")
    assert executed("100", "95", execution_score="11").score == Decimal("9.50")
    assert executed("100", "95", execution_score="十").score == Decimal("9.50")


def test_that_the_execution_line_may_have_other_points_than_ten() -> None:
    assert executed("100", "95", execution_points="20").score == 19
    without = executed("100", "95", execution_points="")
    assert (without.score, without.is_open, without.rate_text) == (None, True, "95.00%")


@given(st.integers(1, 10**12), st.integers(0, 10**12))
def test_that_a_rate_rounded_up_is_never_below_nor_a_step_above_the_half_up_one(budget: int, amount: int) -> None:
    result = executed(str(budget), str(amount))
    assert result.rate is not None
    up, half_up = (Decimal(format_rate(result.rate, rounding).removesuffix("%")) for rounding in RateRounding)
    assert Decimal(0) <= up - half_up <= Decimal("0.01")
    assert up >= result.rate * 100


COMPLETE = Evaluation(
    adjusted_total="100",
    executed_total="97.37",
    indicators=(
        evaluated_line("a", ">=2场", "2场", "50"),
        evaluated_line("b", "≤10(天)", "20天", "30", level2="时效指标"),
        evaluated_line("c", "≥90%", "95%", "10", level1="满意度指标", level2="服务对象满意度指标"),
    ),
)


def test_that_the_total_is_the_sum_of_the_rounded_scores() -> None:
    result = score_evaluation(COMPLETE, Settings(), 2026)
    assert [line.score for line in result.lines] == [50, 15, 10]
    assert result.execution.score == Decimal("9.74")
    assert (result.total, result.total_text) == (Decimal("84.74"), "84.74")
    assert (result.open_lines, result.total_points, result.grade) == (0, 100, "良")


def test_that_levels_are_subtotalled_in_the_order_of_the_form() -> None:
    levels = score_evaluation(COMPLETE, Settings(), 2026).levels
    assert [(level.level1, level.level2, level.points, level.score) for level in levels] == [
        ("产出指标", None, 80, 65),
        ("产出指标", "数量指标", 50, 50),
        ("产出指标", "时效指标", 30, 15),
        ("满意度指标", None, 10, 10),
        ("满意度指标", "服务对象满意度指标", 10, 10),
    ]


@pytest.mark.parametrize(
    ("points", "printed", "score"),
    [("9.996", "9.9955", "9.99"), ("0.005", "0.005", "0.00"), ("10", "9.996", "10.00"), ("9.994", "9.994", "9.99")],
)
def test_that_rounding_never_lifts_a_given_score_over_its_points(points: str, printed: str, score: str) -> None:
    """Points of more than two decimals are an error (EVL-008), but a score is not above them meanwhile."""
    execution = executed("100", "95", execution_points=points, execution_score=printed)
    given = scored(">=1次", "1次", points, score=printed)
    assert [str(execution.score), str(given.score)] == [score, score]


@given(st.decimals(0, 100, places=4), st.decimals(0, 100, places=4))
def test_that_an_execution_score_lies_between_nothing_and_its_points(points: Decimal, printed: Decimal) -> None:
    execution = executed("100", "95", execution_points=f"{points:f}", execution_score=f"{printed:f}")
    for score in (execution.computed, execution.score):
        assert score is None or 0 <= score <= points


@given(st.decimals(0, 100, places=4), st.sampled_from(Achievement))
def test_that_no_band_reaches_over_the_points(points: Decimal, level: Achievement) -> None:
    band = band_range(points, level, ScoringProfile())
    assert 0 <= band.low <= band.high <= points


def test_that_the_total_waits_for_every_open_line() -> None:
    evaluation = Evaluation(
        indicators=(
            evaluated_line("a", ">=2场", "", "50"),
            evaluated_line("b", "完善", "有手册", "30"),
            evaluated_line("c", "≥1场", "1场", "10"),
        )
    )
    result = score_evaluation(evaluation, Settings(), 2026)
    assert (result.total, result.grade, result.open_lines) == (None, None, 3)
    assert result.total_text == "—（3项待填）"
    assert [level.score for level in result.levels] == [None, None]


def test_that_what_the_levels_come_to_so_far_adds_up_to_the_total_so_far() -> None:
    evaluation = Evaluation(
        indicators=(
            evaluated_line("a", ">=2场", "2场", "50"),
            evaluated_line("b", "完善", "有手册", "30"),
            replace(evaluated_line("c", "≥1场", "", "10"), level1="效益指标", level2="社会效益指标"),
        )
    )
    result = score_evaluation(evaluation, Settings(), 2026)
    first = [level for level in result.levels if level.level2 is None]
    assert [(level.score, level.so_far) for level in first] == [(None, 50), (None, None)]
    assert result.so_far == 50


def test_that_a_total_above_a_hundred_is_cut() -> None:
    evaluation = Evaluation(
        adjusted_total="1", executed_total="1", indicators=(evaluated_line("a", ">=1场", "1场", "95"),)
    )
    result = score_evaluation(evaluation, Settings(), 2026)
    assert (result.total_text, result.total_points) == ("100.00", 105)


def test_that_a_line_not_applicable_leaves_the_rest_to_count() -> None:
    evaluation = Evaluation(execution_choice="not_applicable", indicators=(evaluated_line("a", ">=1场", "1场", "90"),))
    assert score_evaluation(evaluation, Settings(), 2026).total == 90


def test_that_every_year_is_scored_by_its_own_profile() -> None:
    strict = ScoringProfile(negative=NegativeRule.N3, grades=GradeScheme.SHANGHAI)
    settings = Settings(profiles=MappingProxyType({2025: strict}))
    assert score_evaluation(COMPLETE, settings, 2025).total == Decimal("69.74")
    assert score_evaluation(COMPLETE, settings, 2025).grade == "合格"
    assert score_evaluation(COMPLETE, settings, 2026).total == Decimal("84.74")


def test_that_a_unit_of_ones_own_is_compared_like_any_other() -> None:
    evaluation = Evaluation(indicators=(evaluated_line("a", "≥4.00(万盏灯)", "50000盏灯", "10"),))
    known = score_evaluation(evaluation, Settings(own_units=("盏灯",)), 2026)
    assert known.lines[0].explanation == "50000盏灯 = 5万盏灯 > 4万盏灯，达标；得分 = 分值 10 → 10.00"


def test_that_a_line_is_found_by_its_id() -> None:
    result = score_evaluation(COMPLETE, Settings(), 2026)
    found = result.line("b")
    assert found is not None
    assert found.score == 15
    assert result.line("x") is None


@pytest.mark.parametrize(
    ("value", "points", "total"), [("5", "5", "5.00"), ("8.620", "8.62", "8.62"), ("100", "100", "100.00")]
)
def test_that_points_and_totals_print_as_the_form_does(value: str, points: str, total: str) -> None:
    assert format_points(Decimal(value)) == points
    assert format_total(Decimal(value)) == total


def test_that_scores_are_rounded_half_up_and_away_from_zero() -> None:
    assert [str(q2(Decimal(value))) for value in ("4.165", "4.1649", "-4.165", "0")] == [
        "4.17",
        "4.16",
        "-4.17",
        "0.00",
    ]


@pytest.mark.parametrize(
    ("text", "expected"), [("５.５ ", "5.5"), ("9。5", "9.5"), ("", None), ("5,0", None), ("1e3", None), ("1²", None)]
)
def test_that_points_are_read_as_typed(text: str, expected: str | None) -> None:
    assert parse_points(text) == (None if expected is None else Decimal(expected))


def test_that_numbers_are_shown_in_plain_digits() -> None:
    shown = [plain_number(Decimal(value)) for value in ("2000.00", "1E+6", "0.0210", "-0.5", "0.0000001")]
    assert shown == ["2000", "1000000", "0.021", "-0.5", "0"]
