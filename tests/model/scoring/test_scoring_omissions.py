"""Lines and an execution line that do not apply: what becomes of their points (domain.md §6.9, §5.7)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import edits
from model.changes import Part
from model.records import Achievement, EvaluatedIndicator, Evaluation, Omission
from model.scoring import (
    OMISSION_PRINTED,
    EvaluationScore,
    Status,
    is_total_note,
    omission_printed,
    score_evaluation,
)
from model.settings import Settings
from tests.model.lines import messages, rules, scored
from tests.model.projects import after, evaluated, evaluated_line, evaluation_of

LEFT_OUT, RESCALED = Omission.LEFT_OUT, Omission.RESCALED
NO_BUDGET = {"adjusted_total": "0", "executed_total": "0"}


def scored_form(*lines: EvaluatedIndicator, **cells: str) -> EvaluationScore:
    return score_evaluation(Evaluation(indicators=lines, **cells), Settings(), 2026)


def test_that_left_out_execution_makes_the_total_one_of_90_and_says_so_beside_the_grade() -> None:
    result = scored_form(evaluated_line("a", "≥10场", "9场", "90"), execution_choice=LEFT_OUT, **NO_BUDGET)
    assert (result.total_text, result.full_points, result.total_points) == ("81.00", 90, 100)
    assert result.graded == "优（满分90分）"
    assert result.note == "不适用的10分不计入总分，满分90分，折合90分评定等次"
    assert result.execution.explanation == "全年预算数为0，不适用：分值10不计入总分，满分相应减少"


def test_that_the_grade_of_what_is_left_is_not_rounded_across_its_bound() -> None:
    result = scored_form(
        evaluated_line("a", "≥9000场", "8999场", "90", score="80.99"), execution_choice=LEFT_OUT, **NO_BUDGET
    )
    assert result.graded == "良（满分90分）"


def test_that_rescaled_execution_makes_a_total_of_100() -> None:
    result = scored_form(evaluated_line("a", "≥10场", "9场", "90"), execution_choice=RESCALED, **NO_BUDGET)
    assert (result.total_text, result.graded, result.full_points) == ("90.00", "优", 100)
    assert result.note == "不适用的10分由其余得分折算（81.00 × 100 ÷ 90）"
    assert (result.short_note, is_total_note(result.short_note)) == ("已按比例折算", True)


def test_that_points_left_out_and_others_rescaled_are_told_as_two() -> None:
    lines = (
        evaluated_line("a", "≥10场", "9场", "80"),
        evaluated_line("b", "≥1场", "", "5", achievement=LEFT_OUT),
        evaluated_line("c", "≥1场", "", "5", achievement=RESCALED),
    )
    note = scored_form(*lines, adjusted_total="1", executed_total="1").note
    assert note.split("；") == [
        "不适用的5分不计入总分，满分95分，折合91.12分评定等次",
        "另有不适用的5分由其余得分折算（82.00 × 95 ÷ 90）",
    ]


def test_that_stores_of_earlier_versions_keep_their_total_and_grade_and_say_how() -> None:
    result = scored_form(evaluated_line("a", "≥10场", "9场", "90"), execution_choice="not_applicable", **NO_BUDGET)
    assert (result.total_text, result.graded, result.short_note) == ("81.00", "良", "")
    assert result.note == "预算执行率10分不适用，没有计分，等次仍按满分100分评定"


def test_that_a_choice_of_an_earlier_version_is_not_spoken_of_beside_a_score() -> None:
    typed = scored_form(
        evaluated_line("a", "≥10场", "9场", "90"), execution_choice="not_applicable", execution_score="8", **NO_BUDGET
    )
    assert (typed.execution.score, typed.note) == (8, "")


def test_that_a_line_may_not_apply_like_the_execution_line() -> None:
    lines = (evaluated_line("a", "≥10场", "9场", "70"), evaluated_line("b", "≥1场", "", "20", achievement=LEFT_OUT))
    result = scored_form(*lines, adjusted_total="1", executed_total="1")
    assert (result.total_text, result.graded, result.open_lines) == ("73.00", "优（满分80分）", 0)
    assert (result.levels[0].points, result.levels[0].score) == (70, 63)
    assert result.lines[1].status is Status.OMITTED


def test_that_points_left_out_and_points_made_good_may_stand_in_one_form() -> None:
    lines = (
        evaluated_line("a", "≥10场", "9场", "60"),
        evaluated_line("b", "≥1场", "", "20", achievement=LEFT_OUT),
        evaluated_line("c", "≥1场", "", "10", achievement=RESCALED),
    )
    result = scored_form(*lines, adjusted_total="1", executed_total="1")
    assert (result.total_text, result.full_points, result.short_note) == ("73.14", 80, "满分80分，已按比例折算")
    assert is_total_note(result.short_note)


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 10), st.sampled_from(["", *Omission])), min_size=1))
def test_that_a_total_never_exceeds_what_it_is_out_of(parts: list[tuple[int, int, str]]) -> None:
    lines = [
        evaluated_line(str(number), "≥10场", f"{done}场", str(points), achievement=choice)
        for number, (points, done, choice) in enumerate(parts)
    ]
    result = scored_form(*lines, adjusted_total="1", executed_total="1")
    assert result.total is not None
    assert 0 <= result.total <= min(Decimal(100), result.full_points)
    if all(done == 10 for _, done, choice in parts if not choice):
        assert result.total == min(Decimal(100), result.full_points)


def test_that_a_form_of_which_nothing_applies_has_no_total_but_an_error_of_its_own() -> None:
    omitted = evaluated_line("a", "≥10场", "", "90", achievement=LEFT_OUT)
    result = scored_form(omitted, execution_choice=RESCALED, **NO_BUDGET)
    assert (result.total, result.grade, result.total_text) == (None, None, "—（全部不适用）")


@pytest.mark.parametrize("actual", ["不适用", " 不 适用 。", "不适用."])
def test_that_a_line_written_as_not_applicable_asks_what_becomes_of_its_points(actual: str) -> None:
    result = scored("≥10场", actual)
    assert (result.status, result.score, rules(result)) == (Status.ERROR, None, ["EVL-055"])
    assert result.question.startswith("请选择分值不计入总分")


def test_that_a_score_written_as_not_applicable_asks_the_same() -> None:
    assert rules(scored("≥10场", "", score="不适用")) == ["EVL-055"]


def test_that_a_level_that_was_chosen_before_stays_and_two_equal_cells_are_only_warned_of() -> None:
    assert scored("明显", "不适用", achievement=Achievement.PARTLY).score == Decimal("3.50")
    same = scored("不适用", "不适用")
    assert (same.score, "EVL-055" in rules(same)) == (Decimal("5.00"), True)


def test_that_a_choice_wants_a_reason_and_no_score_beside_it() -> None:
    assert rules(scored("≥10场", "不适用", achievement=LEFT_OUT, deviation_reason="活动取消")) == []
    assert messages(scored("≥10场", "", achievement=LEFT_OUT))["EVL-055"].endswith("请在偏差原因中说明。")
    assert "填写的得分4不计入总分" in messages(scored("≥10场", "", achievement=LEFT_OUT, score="4"))["EVL-055"]


def test_that_the_choice_releases_a_printed_score_that_was_the_computed_one_and_undo_brings_both_back() -> None:
    project = evaluated(evaluated_line("a", "≥10场", "10场", "90", score="90"), adjusted_total="1", executed_total="1")
    changes = edits.set_cell(project, Part.INDICATOR, "a", "achievement", LEFT_OUT.value, Settings())
    changed = after(project, changes)
    assert changed.of(Evaluation) is not None
    assert (evaluation_of(changed).indicators[0].score, evaluation_of(changed).indicators[0].achievement) == (
        "",
        LEFT_OUT,
    )


@pytest.mark.parametrize("omission", Omission)
def test_that_what_is_printed_as_score_is_read_as_the_choice(omission: Omission) -> None:
    words = OMISSION_PRINTED[omission]
    assert omission_printed(words.replace("（", " (").replace("）", ")\n")) is omission
    assert omission_printed("不适用") is None
