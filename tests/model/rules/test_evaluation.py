"""The self-evaluation as a whole: where the EVL rules of form and funding stop and what their fixes do."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest

from model.records import Declaration, Evaluation, Form, Project
from model.rules import Context
from model.scoring import score_evaluation
from model.settings import ExecutionRule, RateRounding, ScoringProfile, Settings, WeightProfile
from tests.model.projects import evaluation_of
from tests.model.rules.builders import (
    DECLARED_LINES,
    EVALUATED_LINES,
    GOAL,
    NO_CONTEXT,
    declared,
    done,
    evaluated,
    evaluated_line,
    finding,
    findings,
    fixed,
    line,
    rules_of,
)


def _points(project: Project) -> dict[str, str]:
    return {indicator.id: indicator.points for indicator in evaluation_of(project).indicators}


def _after(project: Project, rule: str, number: int = 0, context: Context = NO_CONTEXT) -> Project:
    return fixed(project, context, finding(project, rule, context).fixes[number])[0]


def test_that_a_new_self_evaluation_asks_for_what_is_missing_and_not_for_reasons() -> None:
    lines = tuple(replace(one, actual_text="", points="", deviation_reason="") for one in EVALUATED_LINES)
    cells: dict[str, Any] = {
        "adjusted_total": "",
        "adjusted_fiscal_current": "",
        "executed_total": "",
        "executed_fiscal_current": "",
    }
    rules = rules_of(evaluated(lines=lines, actual_completion="", **cells))
    assert rules == ["EVL-001", "EVL-001", "EVL-004", "EVL-005", *["EVL-008"] * 6, *["EVL-024"] * 6]


def test_that_the_expected_goal_comes_from_the_declaration() -> None:
    project = evaluated(expected_goal="").with_form(Form.DECLARATION, declared().of(Declaration))
    found = finding(project, "EVL-003")
    after = fixed(project, NO_CONTEXT, found.fixes[0])[0]
    assert after.of(Evaluation) is not None
    assert evaluation_of(after).expected_goal == GOAL


def test_that_points_are_shared_out_by_the_profile() -> None:
    assert _points(_after(evaluated_line("n", points="60"), "EVL-005")) == {
        "n": "17",
        "q": "17",
        "t": "16",
        "b": "15",
        "r": "15",
        "s": "10",
    }


def test_that_the_difference_goes_to_the_heaviest_line() -> None:
    after = _after(evaluated_line("q", points="10.5"), "EVL-005", 1)
    assert _points(after)["n"] == "24.5"
    assert "EVL-005" not in rules_of(after)


def test_that_no_points_are_offered_that_would_not_add_up() -> None:
    """With an unknown first level, or a difference no line can bear, only what works is offered."""
    project = evaluated(lines=(*EVALUATED_LINES, done("x", "", "未归类", ">=1个", actual_text="1个", points="80")))
    assert [fix.label for fix in finding(project, "EVL-005").fixes] == []
    heavy = evaluated_line("q", points="200")
    assert [fix.label for fix in finding(heavy, "EVL-005").fixes] == [
        "按权重方案平均分配分值",
        "将“培训合格率”分值改为 15",
    ]


def test_that_printed_scores_and_totals_follow_new_points() -> None:
    lines = tuple(replace(one, score=one.points if one.id != "s" else "9.78") for one in EVALUATED_LINES)
    lines = (replace(lines[0], points="15", score="15"), *lines[1:])
    project = evaluated(lines=lines, total_points="95", total_score="94.58")
    assert "EVL-042" not in rules_of(project)
    for number in range(2):
        after = _after(project, "EVL-005", number)
        assert {"EVL-005", "EVL-040", "EVL-041", "EVL-042"}.isdisjoint(rules_of(after))
        assert after.of(Evaluation) is not None
        assert (evaluation_of(after).total_points, evaluation_of(after).total_score) == ("", "")


def test_that_the_execution_gets_its_points_back_with_its_score() -> None:
    project = evaluated(execution_points="20", execution_score="19.6")
    after = _after(project, "EVL-007")
    assert after.of(Evaluation) is not None
    assert (evaluation_of(after).execution_points, evaluation_of(after).execution_score) == ("10", "")
    assert rules_of(after) == []


def test_that_a_cost_line_calls_for_the_profile_with_cost() -> None:
    cost = done("c", "经济成本指标", "人均成本", "<=500元/人次", actual_text="480元/人次", points="20")
    points = {"n": "15", "q": "15", "t": "10", "b": "10", "r": "10", "s": "10"}
    lines = (cost, *(replace(one, points=points[one.id]) for one in EVALUATED_LINES))
    assert rules_of(evaluated(lines=lines)) == []
    assert "EVL-006" in rules_of(evaluated(lines=(replace(cost, points="10"), *EVALUATED_LINES)))


def test_that_the_points_of_a_level_are_not_judged_while_one_of_its_lines_has_none() -> None:
    assert rules_of(evaluated_line("n", points="")) == ["EVL-005", "EVL-008"]


@pytest.mark.parametrize("points", ["0", "-5", "5.555", "", "五"])
def test_that_points_no_line_can_carry_are_errors(points: str) -> None:
    assert "EVL-008" in rules_of(evaluated_line("n", points=points))


@pytest.mark.parametrize("points", ["20", "20.00", " ２０ "])
def test_that_points_may_be_spelled_in_any_way(points: str) -> None:
    assert rules_of(evaluated_line("n", points=points)) == []


def test_that_a_column_with_blank_sources_counts_them_as_zero() -> None:
    assert rules_of(evaluated(initial_fiscal_current="60000", initial_other="40000")) == []
    assert rules_of(evaluated(initial_fiscal_current="60000")) == ["EVL-010"]


def test_that_a_column_total_without_sources_is_reported_but_not_overwritten() -> None:
    assert finding(evaluated(initial_fiscal_current=""), "EVL-010").fixes == ()


def test_that_a_corrected_column_takes_the_printed_rate_along() -> None:
    project = evaluated(executed_total="98500", execution_rate="98.50%", execution_score="9.85")
    after = _after(project, "EVL-010")
    assert after.of(Evaluation) is not None
    assert (evaluation_of(after).executed_total, evaluation_of(after).execution_rate) == ("98000", "")


@pytest.mark.parametrize("rate", ["33.34%", "33.33%", "33.34", " 33.34 ％", "33.340%"])
def test_that_a_printed_rate_may_be_rounded_either_way(rate: str) -> None:
    money: dict[str, Any] = {"executed_total": "33333.50", "executed_fiscal_current": "33333.50"}
    assert rules_of(evaluated(execution_rate=rate, **money)) == ["EVL-016"]


def test_that_a_printed_rate_that_is_neither_rounding_is_wrong_even_if_it_is_no_number() -> None:
    assert rules_of(evaluated(execution_rate="约98%")) == ["EVL-011"]
    assert rules_of(evaluated(execution_rate="98.01%")) == ["EVL-011"]


def test_that_the_stepped_profile_makes_other_scores_right() -> None:
    stepped = Settings(default_profile=ScoringProfile(execution=ExecutionRule.STEPPED))
    assert "EVL-011" in rules_of(evaluated(execution_score="9.8"), Context(stepped))
    assert "EVL-011" not in rules_of(evaluated(execution_score="7"), Context(stepped))


def test_that_wrong_rate_and_score_are_released_together() -> None:
    project = evaluated(execution_rate="99.00%", execution_score="9.9", total_score="99.68")
    after = _after(project, "EVL-011")
    assert after.of(Evaluation) is not None
    assert (
        evaluation_of(after).execution_rate
        == evaluation_of(after).execution_score
        == evaluation_of(after).total_score
        == ""
    )
    assert rules_of(after) == []


def test_that_a_choice_settles_a_year_without_budget() -> None:
    zero: dict[str, Any] = dict.fromkeys(("initial_total", "adjusted_total", "executed_total"), "0")
    sources: dict[str, Any] = dict.fromkeys(
        ("initial_fiscal_current", "adjusted_fiscal_current", "executed_fiscal_current"), ""
    )
    project = evaluated(**zero, **sources)
    for number, (choice, total) in enumerate((("zero", "89.78"), ("left_out", "89.78"), ("rescaled", "99.76"))):
        after = _after(project, "EVL-014", number)
        assert after.of(Evaluation) is not None
        assert evaluation_of(after).execution_choice == choice
        assert score_evaluation(evaluation_of(after), Settings(), 2022).total == Decimal(total)


def test_that_an_unfilled_budget_is_asked_for_instead_of_being_called_zero() -> None:
    cells: dict[str, Any] = {"adjusted_total": "", "adjusted_fiscal_current": ""}
    assert rules_of(evaluated(**cells)) == ["EVL-001", "EVL-018"]


@pytest.mark.parametrize(("adjusted", "expected"), [("80000", []), ("79999", ["EVL-015"]), ("120001", ["EVL-015"])])
def test_that_a_budget_may_change_by_a_fifth(adjusted: str, expected: list[str]) -> None:
    cells: dict[str, Any] = {"adjusted_total": adjusted, "adjusted_fiscal_current": adjusted}
    cells |= {"executed_total": adjusted, "executed_fiscal_current": adjusted}
    assert rules_of(evaluated(**cells)) == expected


def test_that_the_low_rate_is_judged_unrounded() -> None:
    money: dict[str, Any] = {"executed_total": "89999.90", "executed_fiscal_current": "89999.90"}
    assert finding(evaluated(**money), "EVL-016").message == "预算执行率90.00%，请说明原因及改进措施。"
    assert "EVL-016" not in rules_of(evaluated(executed_total="90000", executed_fiscal_current="90000"))


def test_that_every_amount_that_cannot_be_read_is_named() -> None:
    project = evaluated(initial_other="-1", adjusted_other="0.001", executed_other="三百")
    assert [(found.place.field, found.message) for found in findings(project, "EVL-017")] == [
        ("initial_other", "金额不得为负且最多两位小数。"),
        ("adjusted_other", "金额不得为负且最多两位小数。"),
        ("executed_other", "金额“三百”无法识别，请填写数字（单位：元）。"),
    ]


@pytest.mark.parametrize("total", ["99.58", "99.580", " ９９.58"])
def test_that_a_printed_total_may_be_spelled_in_any_way(total: str) -> None:
    assert rules_of(evaluated(total_score=total, total_points="100.0")) == []


def test_that_a_printed_total_is_not_judged_while_a_line_is_open() -> None:
    lines = tuple(replace(one, actual_text="" if one.id == "b" else one.actual_text) for one in EVALUATED_LINES)
    assert rules_of(evaluated(lines=lines, total_score="100")) == ["EVL-024"]


def test_that_one_line_below_full_is_enough_not_to_be_suspicious() -> None:
    full = tuple(replace(one, actual_text=one.actual_text.replace("88", "91")) for one in EVALUATED_LINES)
    assert "EVL-043" not in rules_of(evaluated(lines=full))  # the execution is at 98 %
    money: dict[str, Any] = {"executed_total": "100000", "executed_fiscal_current": "100000"}
    assert rules_of(evaluated(lines=full, **money)) == ["EVL-043"]
    assert "EVL-043" not in rules_of(evaluated(lines=(), **money))


def test_that_a_custom_profile_decides_what_is_expected() -> None:
    weights = tuple(map(Decimal, (0, 50, 30, 10, 10)))
    profile = ScoringProfile(weights=WeightProfile.CUSTOM, custom_weights=weights, rate_rounding=RateRounding.HALF_UP)
    context = Context(Settings(profiles=MappingProxyType({2022: profile})))
    assert rules_of(evaluated(), context) == []
    heavier = replace(profile, custom_weights=tuple(map(Decimal, (0, 40, 30, 10, 20))))
    rules = rules_of(evaluated(), Context(Settings(profiles=MappingProxyType({2022: heavier}))))
    assert rules == ["EVL-006", "EVL-007"]


def test_that_both_forms_of_a_project_are_checked_side_by_side() -> None:
    lines = (*DECLARED_LINES[1:5], line("r", "社会效益指标", "媒体报道数量", "≥50.00(篇)"), *DECLARED_LINES[5:])
    both = replace(evaluated().with_form(Form.DECLARATION, declared(lines=lines).of(Declaration)), year=2026)
    assert rules_of(both) == ["IND-004"]
