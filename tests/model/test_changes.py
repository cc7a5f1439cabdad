"""Changes fit the snapshot they were made for, and each has an exact inverse."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.changes import (
    AddForm,
    AddProject,
    Altered,
    Change,
    DeleteIndicator,
    InsertIndicator,
    MoveIndicator,
    Part,
    ProjectChange,
    RemoveForm,
    RemoveProject,
    SetField,
    SetLibraryRow,
    SetSetting,
    apply,
    apply_all,
    changes_of_project,
    invert,
    invert_all,
    with_indicators,
)
from model.library import LibraryRow, entry_of
from model.records import Declaration, Evaluation, Form, Indicator, Project, forms_of
from tests.model.projects import contents, declared, evaluated, evaluated_line, fitting_changes, line, projects, texts


def _own(changes: tuple[Change, ...]) -> tuple[ProjectChange, ...]:
    """Changes inside a project, as those of one are."""
    return cast("tuple[ProjectChange, ...]", changes)


@given(st.data())
def test_that_undoing_a_random_gesture_gives_the_very_same_project_back(data: st.DataObject) -> None:
    start = project = data.draw(projects())
    gesture: list[ProjectChange] = []
    for number in range(data.draw(st.integers(1, 8))):
        change = data.draw(fitting_changes(project, f"n{number}-"))
        project = apply(project, change)
        gesture.append(change)
    assert apply_all(start, tuple(gesture)) == project
    undo = invert_all(tuple(gesture))
    assert apply_all(project, _own(undo)) == start
    assert apply_all(start, _own(invert_all(undo))) == project


@given(st.data())
def test_that_the_inverse_of_an_inverse_is_the_change_itself(data: st.DataObject) -> None:
    project = data.draw(projects())
    kept = SetLibraryRow(None, LibraryRow(entry_of("数量指标", "次数", "≥1次")))
    own = st.sampled_from([AddProject(project), RemoveProject(project), SetSetting("unit_name", "", '"甲"'), kept])
    changes: st.SearchStrategy[Change] = st.one_of(own, fitting_changes(project, "n"))
    change = data.draw(changes)
    assert invert(invert(change)) == change


def test_that_whole_projects_and_settings_are_taken_back_too() -> None:
    project = declared(line("a"))
    assert invert(AddProject(project)) == RemoveProject(project)
    assert invert(SetSetting("unit_name", "", '"甲"')) == SetSetting("unit_name", '"甲"', "")
    assert (AddProject(project).project_id, RemoveProject(project).project_id) == ("p", "p")
    assert SetSetting("unit_name", "", '"甲"').project_id == ""
    row = LibraryRow(entry_of("数量指标", "次数", "≥1次"))
    assert invert(SetLibraryRow(None, row)) == SetLibraryRow(row, None)
    assert SetLibraryRow(None, row).project_id == ""
    assert changes_of_project((SetLibraryRow(None, row),), "") == ()


@given(texts, texts, texts)
def test_that_a_cell_is_only_written_when_it_holds_what_the_change_expects(now: str, before: str, after: str) -> None:
    project = declared(annual_goal=now)
    change = SetField("p", Form.DECLARATION, "p", "annual_goal", before, after)
    if before == now:
        changed = apply(project, change)
        assert changed.of(Declaration) == replace(Declaration(), annual_goal=after)
    else:
        with pytest.raises(ValueError, match="not what it was"):
            apply(project, change)


LINE = line("a", ">=1次")
BOTH = Project("p", 2026, forms=forms_of(Declaration(indicators=(LINE,)), Evaluation()))


@pytest.mark.parametrize(
    "change",
    [
        InsertIndicator("p", Form.DECLARATION, 2, line("b")),
        InsertIndicator("p", Form.DECLARATION, -1, line("b")),
        DeleteIndicator("p", Form.DECLARATION, 0, line("b")),
        DeleteIndicator("p", Form.DECLARATION, 1, LINE),
        DeleteIndicator("p", Form.DECLARATION, -1, LINE),
        DeleteIndicator("p", Form.EVALUATION, 0, LINE),
        InsertIndicator("p", Form.DECLARATION, 0, evaluated_line("b")),
        InsertIndicator("p", Form.EVALUATION, 0, line("b")),
        MoveIndicator("p", Form.DECLARATION, 0, 1),
        MoveIndicator("p", Form.DECLARATION, 0, -1),
        MoveIndicator("p", Form.DECLARATION, 1, 0),
        MoveIndicator("p", Form.DECLARATION, -1, 0),
        MoveIndicator("p", Form.EVALUATION, 0, 0),
        AddForm("p", Form.DECLARATION, Declaration()),
        RemoveForm("p", Form.DECLARATION, Declaration()),
        SetField("p", Part.INDICATOR, "gone", "name", "", "新"),
        SetField("p", Part.INDICATOR, "a", "id", "a", "b"),
        SetField("p", Part.INDICATOR, "a", "colour", "", "红"),
        SetField("p", Part.INDICATOR, "a", "actual_text", "", "1次"),
        SetField("p", Part.PROJECT, "p", "declaration", "", ""),
        SetField("p", Part.PROJECT, "p", "id", "p", "q"),
        SetField("p", Part.PROJECT, "p", "forms", "", "全部"),
        SetField("p", Part.PROJECT, "p", "explanations", "", "说明"),
        SetField("p", Form.DECLARATION, "p", "indicators", "", "一条"),
        SetField("p", Part.EXPLANATION, "p", "VAL-001@x", "从前", "现在"),
    ],
    ids=lambda change: f"{type(change).__name__}-{getattr(change, 'field', '')}",
)
def test_that_a_change_that_does_not_fit_is_refused(change: ProjectChange) -> None:
    with pytest.raises(ValueError, match=r".+"):
        apply(BOTH, change)


@pytest.mark.parametrize("form", [Form.DECLARATION, Form.EVALUATION])
def test_that_a_cell_of_a_form_that_was_not_started_is_refused(form: Form) -> None:
    with pytest.raises(ValueError, match="not been started"):
        apply(Project("p", 2026), SetField("p", form, "p", "annual_goal", "", "目标"))
    with pytest.raises(ValueError, match="has no"):
        apply(Project("p", 2026), InsertIndicator("p", form, 0, Indicator("a")))
    with pytest.raises(ValueError, match="has no"):
        with_indicators(Project("p", 2026), form, ())


@pytest.mark.parametrize("count", [20, 40])
def test_that_a_gesture_of_many_lines_makes_them_a_form_once(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    monkeypatch.setattr(Declaration, "__post_init__", lambda form: made.append(len(form.indicators)))
    added = [InsertIndicator("p", Form.DECLARATION, at, line(f"n{at}")) for at in range(count)]
    named = [SetField("p", Part.INDICATOR, f"n{at}", "name", f"指标n{at}", "甲") for at in range(count)]
    project = apply_all(BOTH, (*added, *named, MoveIndicator("p", Form.DECLARATION, 0, count)))
    assert [one.name for one in project.indicators(Form.DECLARATION)] == [*["甲"] * (count - 1), LINE.name, "甲"]
    assert [lines for lines in made if lines > 1] == [count + 1]


def test_that_changes_that_are_refused_leave_the_project_as_it_is() -> None:
    altered = Altered(BOTH)
    altered.apply(SetField("p", Part.INDICATOR, "a", "target_text", ">=1次", "2次"))
    for change in (
        InsertIndicator("p", Form.DECLARATION, 0, evaluated_line("b")),
        MoveIndicator("p", Form.DECLARATION, 0, 1),
        SetField("p", Part.INDICATOR, "a", "name", "别的", "乙"),
    ):
        with pytest.raises(ValueError, match=r".+"):
            altered.apply(change)
    assert altered.project.indicators(Form.DECLARATION) == (replace(LINE, target_text="2次"),)


def test_that_moving_a_line_puts_it_at_its_target_and_keeps_the_others_in_order() -> None:
    project = evaluated(*(evaluated_line(name) for name in "abcd"))
    moved = apply(project, MoveIndicator("p", Form.EVALUATION, 0, 2))
    assert [indicator.id for indicator in moved.indicators(Form.EVALUATION)] == ["b", "c", "a", "d"]


def test_that_an_empty_explanation_is_removed_from_the_project() -> None:
    written = apply(BOTH, SetField("p", Part.EXPLANATION, "p", "VAL-003@x", "", "单位为万"))
    assert dict(written.explanations) == {"VAL-003@x": "单位为万"}
    taken_back = apply(written, SetField("p", Part.EXPLANATION, "p", "VAL-003@x", "单位为万", ""))
    assert taken_back == BOTH


@given(contents(Evaluation, "e"))
def test_that_removing_and_adding_a_form_brings_back_every_cell(content: Declaration | Evaluation) -> None:
    assert isinstance(content, Evaluation)
    project = Project("p", 2022, forms=forms_of(content))
    removal = RemoveForm("p", Form.EVALUATION, content)
    removed = apply(project, removal)
    assert removed.of(Evaluation) is None
    restored = apply_all(removed, (AddForm("p", Form.EVALUATION, content),))
    assert restored == project
