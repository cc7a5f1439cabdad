"""truth.md §1: what targets and actual values of other units and regions score, and what has to be asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from model.records import Evaluation, Indicator
from model.scoring import LineScore, format_total, grade, score_execution, score_line
from model.settings import ExecutionRule, GradeScheme, NegativeRule, ScoringProfile, Thresholds
from model.units import STANDARD
from tests.model.field_cases import cases

PAIRS = cases("scored_pairs")
LINES = cases("scoring")
ASKS = "asks"


def scored(target: str, actual: str, points: str = "5", year: int = 2025, **cells: Any) -> LineScore:
    profile = cells.pop("profile", ScoringProfile())
    line = Indicator("a", name="指标", target_text=target, actual_text=actual, points=points, **cells)
    return score_line(line, profile, Thresholds(), STANDARD, year)


@pytest.mark.parametrize("case", PAIRS, ids=[f"{case['target']} {case['actual']}" for case in PAIRS])
def test_that_a_pair_from_the_field_scores_as_it_should_or_asks(case: dict[str, Any]) -> None:
    line = scored(case["target"], case["actual"], case["points"], case.get("year", 2025), level2=case.get("level2", ""))
    found = ASKS if line.score is None else format_total(line.score)
    assert found in case["expected"], line.explanation
    if found == ASKS:
        assert line.question, "what is asked says what to answer"
        assert line.question in line.explanation
    else:
        assert not line.question


def test_that_all_pairs_are_there() -> None:
    assert len(PAIRS) == 67


def test_that_338_of_the_340_lines_score_as_they_are_written() -> None:
    wrong = [case for case in LINES if not _is_scored_as_written(case)]
    assert len(LINES) == 340
    # Two targets of nineteen decimals are refused, which is fine (README of the cases).
    assert all(len(case["target"].partition(".")[2]) > 18 for case in wrong)
    assert len(wrong) == 2


def _is_scored_as_written(case: dict[str, Any]) -> bool:
    opts = case["opts"]
    profile = ScoringProfile(negative=NegativeRule(opts.get("negative", "N1")))
    line = scored(
        case["target"],
        case["actual"],
        case["points"],
        profile=profile,
        achievement=opts.get("achievement", ""),
        score=opts.get("typed", ""),
    )
    counted = "" if line.score is None else format_total(line.score)
    noticed = {notice.rule for notice in line.notices}
    is_noticed = opts.get("notice") is None or opts["notice"] in noticed
    return (counted, line.status.value) == (case["score"] or "", case["status"]) and is_noticed


@pytest.mark.parametrize("case", cases("execution"), ids=lambda case: f"{case['budget']} {case['executed']}")
def test_that_the_execution_of_a_budget_scores_as_it_is_written(case: dict[str, Any]) -> None:
    form = Evaluation(adjusted_total=case["budget"], executed_total=case["executed"], execution_points="10")
    linear = score_execution(form, ScoringProfile(), Thresholds())
    stepped = score_execution(form, ScoringProfile(execution=ExecutionRule.STEPPED), Thresholds())
    shown = [None if score.score is None else format_total(score.score) for score in (linear, stepped)]
    assert shown == [case["score"], case["stepped"]]


@pytest.mark.parametrize("case", cases("grades"), ids=lambda case: case["total"])
def test_that_a_total_has_the_grade_it_is_written_with(case: dict[str, str]) -> None:
    total = Decimal(case["total"])
    assert grade(total, GradeScheme.MOF) == case["mof"]
    assert grade(total, GradeScheme.PROVINCIAL) == case["provincial"]
    assert grade(total, GradeScheme.SHANGHAI) == case["shanghai_open"].replace("中", "合格")
