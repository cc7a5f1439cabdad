"""What the rules say of lines that do not apply (EVL-055)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from model.records import Evaluation, Omission
from tests.model.projects import evaluation_of
from tests.model.rules.builders import (
    EVALUATED_LINES,
    NO_CONTEXT,
    evaluated,
    evaluated_line,
    finding,
    findings,
    fixed,
    rules_of,
)

NO_BUDGET: dict[str, Any] = {"adjusted_total": "0", "executed_total": "0"}


@pytest.mark.parametrize(("number", "omission"), [*enumerate(Omission)])
def test_that_both_choices_are_offered_and_a_score_in_words_gives_way_to_them(number: int, omission: Omission) -> None:
    project = evaluated_line("b", actual_text="", score="不适用", deviation_reason="本年度没有开展")
    found = finding(project, "EVL-055")
    assert found.place.field == "score"
    after, _ = fixed(project, NO_CONTEXT, found.fixes[number])
    assert after.of(Evaluation) is not None
    chosen = next(one for one in evaluation_of(after).indicators if one.id == "b")
    assert (chosen.achievement, chosen.score) == (omission, "")
    assert rules_of(after) == []


def test_that_a_score_beside_the_choice_can_be_taken_out() -> None:
    project = evaluated_line("b", achievement="left_out", score="3", deviation_reason="本年度没有开展")
    after, _ = fixed(project, NO_CONTEXT, finding(project, "EVL-055").fixes[0])
    assert rules_of(after) == []


def test_that_a_choice_without_a_reason_points_at_the_reason() -> None:
    found = finding(evaluated_line("b", achievement="rescaled"), "EVL-055")
    assert (found.place.field, found.fixes, found.blocks_export) == ("deviation_reason", (), False)


def test_that_a_printed_score_of_an_execution_line_that_does_not_apply_is_told() -> None:
    project = evaluated(execution_choice="left_out", execution_score="8", **NO_BUDGET)
    found = finding(project, "EVL-055")
    assert (found.place.field, found.message) == (
        "execution_score",
        "“预算执行率”已选“不适用”，填写的得分8不计入总分，请核对。",
    )
    after, _ = fixed(project, NO_CONTEXT, found.fixes[0])
    assert findings(after, "EVL-055") == []


def test_that_a_form_of_which_nothing_applies_cannot_be_exported() -> None:
    lines = tuple(replace(one, achievement="left_out") for one in EVALUATED_LINES)
    project = evaluated(lines=lines, execution_choice="left_out", **NO_BUDGET)
    assert any(found.blocks_export and not found.place.field for found in findings(project, "EVL-055"))
