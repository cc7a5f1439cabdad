"""The seven published self-evaluations of 2022, computed anew (domain.md §3.3 and §6.10)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from model.records import Achievement, Evaluation
from model.scoring import Status, parse_points, score_evaluation
from model.settings import RateRounding, ScoringProfile, Settings
from tests.model.published import published_evaluations

PUBLISHED = published_evaluations()
EVALUATIONS = [pytest.param(evaluation, id=name) for name, evaluation in PUBLISHED]
DESCRIBED = "长效管理制度建设"


def without_scores(evaluation: Evaluation) -> Evaluation:
    lines = tuple(replace(line, score="") for line in evaluation.indicators)
    return replace(evaluation, indicators=lines, execution_score="", execution_rate="", total_score="")


def test_that_the_seven_forms_hold_ninety_five_lines() -> None:
    assert len(PUBLISHED) == 7
    assert sum(len(evaluation.indicators) for _name, evaluation in PUBLISHED) == 95


@pytest.mark.parametrize("evaluation", EVALUATIONS)
def test_that_every_line_computes_to_its_published_score_or_asks_for_a_level(evaluation: Evaluation) -> None:
    result = score_evaluation(without_scores(evaluation), Settings(), 2022)
    for line, score in zip(evaluation.indicators, result.lines, strict=True):
        if line.target_text == "完善" and line.actual_text != "完善":
            assert (score.status, score.computed) == (Status.JUDGE, None)
            assert [notice.rule for notice in score.notices] == ["EVL-037"]
        else:
            assert score.computed == parse_points(line.score), f"{line.name}: {score.explanation}"


def test_that_only_three_lines_of_the_seven_forms_need_a_person() -> None:
    asked = [
        line.name
        for _name, evaluation in PUBLISHED
        for line, score in zip(
            evaluation.indicators, score_evaluation(without_scores(evaluation), Settings(), 2022).lines, strict=True
        )
        if score.status is Status.JUDGE
    ]
    assert asked == [DESCRIBED] * 3


@pytest.mark.parametrize("evaluation", EVALUATIONS)
def test_that_the_totals_are_reproduced_once_those_lines_are_judged_as_achieved(evaluation: Evaluation) -> None:
    lines = tuple(
        replace(line, achievement=Achievement.ACHIEVED) if line.name == DESCRIBED else line
        for line in without_scores(evaluation).indicators
    )
    result = score_evaluation(replace(without_scores(evaluation), indicators=lines), Settings(), 2022)
    assert result.total_text == evaluation.total_score == "100.00"
    assert result.grade == "优"
    assert [score.computed for score in result.lines] == [parse_points(line.score) for line in evaluation.indicators]


@pytest.mark.parametrize("evaluation", EVALUATIONS)
def test_that_published_scores_kept_as_manual_ones_make_the_published_total(evaluation: Evaluation) -> None:
    result = score_evaluation(evaluation, Settings(), 2022)
    assert result.total == Decimal("100.00")
    assert result.total_points == 100
    assert result.open_lines == 0
    assert all(line.is_manual for line in result.lines)
    judged = [line for line in result.lines if line.status is Status.JUDGE]
    assert all("EVL-037" in [notice.rule for notice in line.notices] for line in judged)


@pytest.mark.parametrize("evaluation", EVALUATIONS)
def test_that_the_execution_line_is_reproduced_with_its_printed_rate(evaluation: Evaluation) -> None:
    execution = score_evaluation(without_scores(evaluation), Settings(), 2022).execution
    assert execution.rate_text == evaluation.execution_rate
    assert execution.computed == parse_points(evaluation.execution_score)


def test_that_one_printed_rate_is_missed_when_rates_are_rounded_half_up() -> None:
    settings = Settings(default_profile=ScoringProfile(rate_rounding=RateRounding.HALF_UP))
    missed = [
        (evaluation.execution_rate, execution.rate_text)
        for _name, evaluation in PUBLISHED
        for execution in [score_evaluation(evaluation, settings, 2022).execution]
        if execution.rate_text != evaluation.execution_rate
    ]
    assert missed == [("99.97%", "99.96%")]


def test_that_the_forms_hit_each_rule_of_scoring_as_often_as_they_should() -> None:
    counts: dict[str, int] = {}
    for _name, evaluation in PUBLISHED:
        for line in score_evaluation(evaluation, Settings(), 2022).lines:
            for notice in line.notices:
                counts[notice.rule] = counts.get(notice.rule, 0) + 1
    assert counts == {"EVL-027": 4, "EVL-029": 1, "EVL-034": 6, "EVL-035": 11, "EVL-037": 3, "EVL-038": 14}


@pytest.mark.parametrize("evaluation", EVALUATIONS)
def test_that_first_levels_add_up_to_fifty_thirty_and_ten(evaluation: Evaluation) -> None:
    result = score_evaluation(evaluation, Settings(), 2022)
    first = {level.level1: (level.points, level.score) for level in result.levels if level.level2 is None}
    assert first == {"产出指标": (50, 50), "效益指标": (30, 30), "满意度指标": (10, 10)}
    for level1, (points, _score) in first.items():
        second = [level for level in result.levels if level.level1 == level1 and level.level2 is not None]
        assert sum(level.points for level in second) == points
