"""Edits of cells and lines: what was typed stays, and what follows from it comes along."""

from __future__ import annotations

import pytest
from hypothesis import given

from model import edits
from model.changes import (
    CellOwner,
    MoveIndicator,
    Part,
    RemoveForm,
    SetField,
)
from model.edits.gesture import Gesture
from model.records import Declaration, EvaluatedIndicator, Evaluation, Form, Project, forms_of
from model.settings import ExecutionRule, ScoringProfile, Settings
from model.values.characters import printable
from tests.model.projects import (
    after,
    declaration_of,
    declared,
    evaluated,
    evaluated_line,
    evaluation_of,
    line,
    names,
    texts,
)

SETTINGS = Settings()


def set_amount(project: Project, part: CellOwner, field: str, text: str) -> Project:
    return after(project, edits.set_cell(project, part, project.id, field, text, SETTINGS))


# --- one cell ---------------------------------------------------------------------------------------------------


@given(texts)
def test_that_a_cell_keeps_the_text_exactly_as_typed(text: str) -> None:
    project = declared(line("a", "≥1.00(次)"))
    changed = after(project, edits.set_cell(project, Part.INDICATOR, "a", "target_text", text, SETTINGS))
    assert changed.indicators(Form.DECLARATION)[0].target_text == printable(text)


def test_that_typing_what_stands_there_changes_nothing() -> None:
    project = declared(line("a", "≥1.00(次)"), annual_goal="目标")
    assert edits.set_cell(project, Part.INDICATOR, "a", "target_text", "≥1.00(次)", SETTINGS) == ()
    assert edits.set_cell(project, Form.DECLARATION, "p", "annual_goal", "目标", SETTINGS) == ()


@pytest.mark.parametrize(
    ("part", "record_id", "field"),
    [
        (Part.INDICATOR, "gone", "name"),
        (Part.INDICATOR, "a", "colour"),
        (Form.DECLARATION, "p", "indicators"),
        (Form.EVALUATION, "p", "expected_goal"),
    ],
)
def test_that_a_cell_that_does_not_exist_is_refused(part: Part, record_id: str, field: str) -> None:
    with pytest.raises(ValueError, match="no "):
        edits.set_cell(declared(line("a")), part, record_id, field, "文字", SETTINGS)


@pytest.mark.parametrize(
    ("text", "year"), [("2027", 2027), ("２０２７年度", 2027), ("1026", 2026), ("明年", 2026), ("", 2026)]
)
def test_that_a_budget_year_is_taken_only_when_it_is_one(text: str, year: int) -> None:
    project = declared()
    assert after(project, edits.set_cell(project, Part.PROJECT, "p", "year", text, SETTINGS)).year == year


def test_that_an_explanation_is_written_and_taken_back() -> None:
    project = declared()
    key = "IND-003@declaration::"
    explained = after(project, edits.explain(project, key, "无服务对象", SETTINGS))
    assert dict(explained.explanations) == {key: "无服务对象"}
    assert edits.explain(explained, key, "无服务对象", SETTINGS) == ()
    assert after(explained, edits.explain(explained, key, "  ", SETTINGS)) == project


# --- computed totals --------------------------------------------------------------------------------------------


def test_that_an_amount_brings_its_total_along_in_the_same_gesture() -> None:
    project = set_amount(declared(), Form.DECLARATION, "fiscal_current", "3,857,934")
    assert declaration_of(project).fiscal_current == "3,857,934"
    assert declaration_of(project).total_requested == "3857934.00"
    project = set_amount(project, Form.DECLARATION, "other", "0.66元")
    assert declaration_of(project).total_requested == "3857934.66"
    project = set_amount(project, Form.DECLARATION, "project_other", "5")
    assert declaration_of(project).project_total == "5.00"


@pytest.mark.parametrize(("column", "total"), [("initial", "1200.50"), ("adjusted", "1200.50"), ("executed", "1200.5")])
def test_that_each_column_of_the_evaluation_adds_up(column: str, total: str) -> None:
    project = set_amount(evaluated(), Form.EVALUATION, f"{column}_fiscal_current", "1000")
    project = set_amount(project, Form.EVALUATION, f"{column}_carried_over", "200.5")
    assert getattr(evaluation_of(project), f"{column}_total") == total


def test_that_a_total_keeps_its_text_while_it_is_right() -> None:
    project = declared(fiscal_current="1000", other="0", total_requested="1,000.00")
    changed = set_amount(project, Form.DECLARATION, "other", "0.00")
    assert declaration_of(changed).total_requested == "1,000.00"


def test_that_a_total_is_blank_while_a_part_is_no_amount() -> None:
    """What it came to before would be read as the sum of what stands beside it."""
    project = declared(fiscal_current="1000", total_requested="1000.00")
    changed = set_amount(project, Form.DECLARATION, "other", "若干")
    assert declaration_of(changed).total_requested == ""
    assert declaration_of(set_amount(changed, Form.DECLARATION, "other", "5")).total_requested == "1005.00"


def test_that_a_total_of_nothing_is_blank_and_not_zero() -> None:
    project = declared(project_fiscal="5", project_total="5.00")
    assert declaration_of(set_amount(project, Form.DECLARATION, "project_fiscal", "")).project_total == ""
    worded = declared(project_fiscal="5", project_total="约五万")
    assert declaration_of(set_amount(worded, Form.DECLARATION, "project_fiscal", "")).project_total == ""


def test_that_a_total_may_be_typed_over() -> None:
    project = declared(fiscal_current="1000", total_requested="1000.00")
    assert declaration_of(set_amount(project, Form.DECLARATION, "total_requested", "999")).total_requested == "999"


# --- printed figures that followed a formula --------------------------------------------------------------------


def scored_project() -> Project:
    return evaluated(
        evaluated_line("a", ">=10篇", "12篇", "50", score="50"),
        evaluated_line("b", "完善", "有手册", "40", score="40"),
        adjusted_total="1000",
        executed_total="1000",
        execution_rate="100.00%",
        execution_score="10",
        total_points="100",
        total_score="100.00",
    )


def test_that_a_printed_score_gives_way_when_the_computed_one_changes() -> None:
    project = scored_project()
    changed = after(project, edits.set_cell(project, Part.INDICATOR, "a", "actual_text", "5篇", SETTINGS))
    assert evaluation_of(changed).indicators[0].score == ""
    assert evaluation_of(changed).total_score == ""
    assert evaluation_of(changed).total_points == "100"
    assert evaluation_of(changed).execution_score == "10"


def test_that_a_printed_score_stays_when_the_computed_one_does() -> None:
    project = scored_project()
    changes = edits.set_cell(project, Part.INDICATOR, "a", "actual_text", "11篇", SETTINGS)
    assert [change.field for change in changes if isinstance(change, SetField)] == ["actual_text"]


def test_that_a_score_of_ones_own_is_never_released() -> None:
    project = scored_project()
    own = after(project, edits.set_cell(project, Part.INDICATOR, "a", "score", "48", SETTINGS))
    assert evaluation_of(own).total_score == ""
    changed = after(own, edits.set_cell(own, Part.INDICATOR, "a", "actual_text", "5篇", SETTINGS))
    assert evaluation_of(changed).indicators[0].score == "48"


def test_that_a_line_a_person_judged_keeps_the_printed_score() -> None:
    project = scored_project()
    changed = after(project, edits.set_cell(project, Part.INDICATOR, "b", "actual_text", "有制度", SETTINGS))
    assert evaluation_of(changed).indicators[1].score == "40"
    assert evaluation_of(changed).total_score == "100.00"


def test_that_the_printed_execution_figures_give_way_to_new_amounts() -> None:
    project = scored_project()
    changed = set_amount(project, Form.EVALUATION, "executed_total", "900")
    evaluation = evaluation_of(changed)
    assert (evaluation.execution_rate, evaluation.execution_score, evaluation.total_score) == ("", "", "")
    above = set_amount(project, Form.EVALUATION, "executed_total", "1100")
    assert (evaluation_of(above).execution_rate, evaluation_of(above).execution_score) == ("", "10")


def test_that_a_printed_rate_that_was_wrong_stays_for_the_rules_to_report() -> None:
    project = evaluated(adjusted_total="1000", executed_total="500", execution_rate="51.00%", execution_score="6")
    changed = set_amount(project, Form.EVALUATION, "executed_total", "400")
    assert (evaluation_of(changed).execution_rate, evaluation_of(changed).execution_score) == ("51.00%", "6")


def test_that_printed_totals_give_way_to_a_new_or_a_missing_line() -> None:
    project = scored_project()
    more = after(project, edits.insert_line(project, Form.EVALUATION, 9, evaluated_line("c", points="5"), SETTINGS))
    fewer = after(project, edits.delete_lines(project, ["a"], SETTINGS))
    for changed in (more, fewer):
        assert (evaluation_of(changed).total_points, evaluation_of(changed).total_score) == ("", "")


def test_that_figures_written_in_the_gesture_that_alters_the_computed_ones_stay() -> None:
    written = {
        "total_points": "99",
        "total_score": "88",
        "executed_total": "900",
        "execution_rate": "91%",
        "execution_score": "9",
    }
    gesture = Gesture(scored_project())
    gesture.set_line("a", "points", "40")
    gesture.set_line("a", "score", "30")
    for field, text in written.items():
        gesture.set(Form.EVALUATION, "p", field, text)
    changed = evaluation_of(after(scored_project(), gesture.finish(SETTINGS)))
    assert {field: getattr(changed, field) for field in written} == written
    assert changed.indicators[0].score == "30"


# --- lines ------------------------------------------------------------------------------------------------------


def test_that_a_line_is_inserted_where_it_was_asked_for() -> None:
    project = evaluated(evaluated_line("a"), evaluated_line("b"))
    for position, expected in ((1, ["a", "x", "b"]), (99, ["a", "b", "x"])):
        changes = edits.insert_line(project, Form.EVALUATION, position, evaluated_line("x"), SETTINGS)
        assert names(after(project, changes)) == expected
    assert edits.insert_line(project, Form.DECLARATION, 0, line("x"), SETTINGS) == ()


def test_that_lines_of_both_forms_can_be_deleted_at_once() -> None:
    project = Project(
        "p",
        2026,
        forms=forms_of(Declaration(indicators=(line("a"), line("b"))), Evaluation(indicators=(evaluated_line("c"),))),
    )
    changed = after(project, edits.delete_lines(project, ["c", "a", "gone", "a"], SETTINGS))
    assert (names(changed, Form.DECLARATION), names(changed)) == (["b"], [])
    assert edits.delete_lines(project, [], SETTINGS) == ()


@pytest.mark.parametrize(("delta", "expected"), [(1, "bac"), (2, "bca"), (99, "bca"), (-1, "abc"), (0, "abc")])
def test_that_a_line_moves_as_far_as_its_form_goes(delta: int, expected: str) -> None:
    project = evaluated(*(evaluated_line(name) for name in "abc"))
    assert "".join(names(after(project, edits.move_line(project, "a", delta, SETTINGS)))) == expected


def test_that_a_line_that_is_not_there_does_not_move() -> None:
    assert edits.move_line(evaluated(evaluated_line("a")), "gone", 1, SETTINGS) == ()


def test_that_lines_are_sorted_into_the_order_of_the_taxonomy() -> None:
    levels = {
        "a": ("满意度指标", "服务对象满意度指标"),
        "b": ("产出指标", "质量指标"),
        "c": ("其他", "其他"),
        "d": ("产出指标", "数量指标"),
        "e": ("成本指标", "经济成本指标"),
        "f": ("产出指标", "数量指标"),
    }
    project = evaluated(*(EvaluatedIndicator(name, *both) for name, both in levels.items()))
    changes = edits.sort_indicators(project, Form.EVALUATION, SETTINGS)
    changed = after(project, changes)
    assert "".join(names(changed)) == "edfbac"
    assert all(isinstance(change, MoveIndicator) for change in changes)
    assert edits.sort_indicators(changed, Form.EVALUATION, SETTINGS) == ()


@pytest.mark.parametrize("edit", ["insert_line", "add_under", "add_beside", "delete_lines"])
def test_that_a_line_comes_and_goes_under_the_profile_of_its_year(edit: str) -> None:
    """Half the budget spent is 5 points by proportion and 0 in steps: only so the printed total agrees."""
    stepped = Settings(default_profile=ScoringProfile(execution=ExecutionRule.STEPPED))
    spent = {"adjusted_total": "200", "executed_total": "100", "execution_points": "10"}
    project = evaluated(evaluated_line("a", ">=1次", "1次", "5"), total_score="5.00", **spent)
    changes = {
        "insert_line": lambda: edits.insert_line(project, Form.EVALUATION, 0, evaluated_line("x"), stepped),
        "add_under": lambda: edits.add_under(project, Form.EVALUATION, evaluated_line("x"), stepped),
        "add_beside": lambda: edits.add_beside(project, "a", evaluated_line("x"), stepped, above=False),
        "delete_lines": lambda: edits.delete_lines(project, ["a"], stepped),
    }[edit]()
    assert evaluation_of(after(project, changes)).total_score == ""


# 全部按得分推定


def test_that_printed_scores_say_the_levels_of_all_lines_that_wait_for_one_in_one_gesture() -> None:
    project = evaluated(
        evaluated_line("a", "完善", "已制定", "10", score="10"),
        evaluated_line("b", "完善", "制定了一部分", "10", score="7.9"),
        evaluated_line("c", "完善", "没有制定", "10", score="0"),
        evaluated_line("d", "完善", "已制定", "10"),
        evaluated_line("e", "完善", "未达成预期指标且效果较差", "10", score="10"),
        evaluated_line("f", "完善", "已制定", "10", score="9", achievement="partly"),
        evaluated_line("g", "≥10场", "12场", "10", score="10"),
        evaluated_line("h", "完善", "已制定", "10", score="11"),
    )
    changed = after(project, edits.infer_achievements(project, Settings()))
    found = {one.id: (one.achievement, one.score) for one in evaluation_of(changed).indicators}
    assert found == {
        "a": ("achieved", "10"),
        "b": ("partly", "7.9"),
        "c": ("not_achieved", "0"),
        "d": ("", ""),
        "e": ("", "10"),
        "f": ("partly", "9"),
        "g": ("", "10"),
        "h": ("", "11"),
    }


def test_that_there_is_nothing_to_infer_without_a_self_evaluation() -> None:
    assert edits.infer_achievements(declared(line("a")), Settings()) == ()


def test_that_a_gesture_that_takes_a_form_away_computes_nothing_in_it() -> None:
    project = declared(line("a"), total_requested="1", fiscal_current="2")
    gesture = Gesture(project)
    content = project.form(Form.DECLARATION)
    assert content is not None
    gesture.add(RemoveForm(project.id, Form.DECLARATION, content))
    assert gesture.finish(Settings()) == (RemoveForm(project.id, Form.DECLARATION, content),)
