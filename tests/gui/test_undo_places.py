"""Undo and redo bring the place of a gesture back: its project, its form, and the cell with the cursor."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from gui.document.project_list import Group
from gui.main_window import MainWindow
from model import edits
from model.changes import AddProject, Part
from model.findings import Severity
from model.records import Declaration, Evaluation, Form, Indicator, Project, forms_of
from storage.store.sqlite import Store
from tests.gui.hands import evaluated_line
from tests.gui.window import shown_window


def both(project_id: str) -> Project:
    """A project with both of its forms."""
    forms = forms_of(
        Declaration(indicators=(Indicator(f"{project_id}-d", "产出指标", "数量指标", "巡检次数", "≥3.00(次)"),)),
        Evaluation(indicators=(evaluated_line(f"{project_id}-e", name="巡检次数", target_text="≥3.00(次)"),)),
    )
    return Project(project_id, 2026, f"项目{project_id}", "科委", "中心", forms=forms)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    path = tmp_path / "a.jixiao"
    with Store.create(path) as store:
        store.apply("导入", tuple(AddProject(both(name)) for name in "pqrs"))
    window = shown_window(qtbot, tmp_path, path, (1366, 689))
    window.document.select_project("p")
    return window


def put(document: Document, part: Part | Form, field: str) -> None:
    assert document.write_text("修改", part, "p", field, "2027" if field == "year" else "别的")


def remove_form(document: Document) -> None:
    project = document.saved_project
    assert project is not None
    document.push("删除目标申报", edits.remove_form(project, Form.DECLARATION))


def explain(document: Document) -> None:
    project = document.saved_project
    assert project is not None
    keys = (
        one.key for one in document.findings if one.severity is Severity.WARNING and one.place.field == "actual_text"
    )
    document.push(
        "填写出错说明",
        edits.explain(project, next(keys, "EVL-028@evaluation:p-e:actual_text"), "据实", document.settings),
    )


def replace(document: Document) -> None:
    assert document.store is not None
    changes = [
        edits.set_cell(document.store.project(name), Part.INDICATOR, f"{name}-e", "name", "次数", document.settings)
        for name in "qp"
    ]
    document.push("替换“巡检次数”", tuple(chain.from_iterable(changes)))


def here(window: MainWindow) -> tuple[str, Form, str]:
    """The project on screen, its form, and the field or the cell that has the keyboard."""
    document, page = window.document, window.page.page
    project = document.saved_project
    assert project is not None
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.isAncestorOf(focus)
    table = page.table
    cell = f"{table.current_id()}:{table.rows.field(table.currentIndex())}" if focus is table else ""
    return project.id, document.form, page.panel.focused_field() or cell


def away(window: MainWindow, form: Form) -> None:
    window.document.select_project("s")
    window.document.set_form(form)


GESTURES: dict[str, tuple[Callable[[Document], None], Form, str]] = {
    "a name above the table": (lambda one: put(one, Part.PROJECT, "project_name"), Form.EVALUATION, "project_name"),
    "a year": (lambda one: put(one, Part.PROJECT, "year"), Form.EVALUATION, "year"),
    "a goal": (lambda one: put(one, Form.DECLARATION, "annual_goal"), Form.DECLARATION, "annual_goal"),
    "an explanation": (explain, Form.EVALUATION, "p-e:actual_text"),
}


@pytest.mark.parametrize("gesture", GESTURES)
def test_that_undo_and_redo_lead_to_the_field_or_the_cell_from_another_project(
    window: MainWindow, gesture: str
) -> None:
    act, form, place = GESTURES[gesture]
    document = window.document
    document.set_form(Form.EVALUATION)
    act(document)
    for command in ("undo", "redo"):
        away(window, Form.EVALUATION)
        window.commands[command].trigger()
        assert here(window) == ("p", form, place)


def test_that_a_form_that_went_and_came_back_is_the_one_on_screen(window: MainWindow) -> None:
    document = window.document
    document.set_form(Form.DECLARATION)
    remove_form(document)
    for command, is_there in (("undo", True), ("redo", False)):
        away(window, Form.EVALUATION)
        window.commands[command].trigger()
        project = document.saved_project
        assert project is not None
        assert (project.id, document.form) == ("p", Form.DECLARATION)
        assert (project.of(Declaration) is not None) == is_there
        assert window.page.page.isAncestorOf(QApplication.focusWidget() or window)


def test_that_of_several_projects_the_first_is_shown_unless_one_is_on_screen(window: MainWindow) -> None:
    document = window.document
    replace(document)
    away(window, Form.DECLARATION)
    window.commands["undo"].trigger()
    assert here(window) == ("q", Form.EVALUATION, "q-e:name")
    document.select_project("p")
    window.commands["redo"].trigger()
    assert here(window) == ("p", Form.EVALUATION, "p-e:name")


def test_that_what_was_replaced_in_both_forms_comes_back_in_the_one_on_screen(window: MainWindow) -> None:
    document = window.document
    project = document.saved_project
    assert project is not None
    changes = [
        edits.set_cell(project, part, record, field, "次数", document.settings)
        for part, record, field in (
            (Form.DECLARATION, "p", "annual_goal"),
            (Part.INDICATOR, "p-d", "name"),
            (Part.INDICATOR, "p-e", "name"),
        )
    ]
    document.push("替换“巡检次数”", tuple(chain.from_iterable(changes)))
    for form, place in ((Form.EVALUATION, "p-e:name"), (Form.DECLARATION, "annual_goal")):
        for command in ("undo", "redo"):
            document.set_form(form)
            window.commands[command].trigger()
            assert here(window) == ("p", form, place)


def test_that_undo_of_a_new_project_leads_back_to_the_one_before_it(window: MainWindow) -> None:
    document = window.document
    document.push("新建项目", (AddProject(both("z")),))
    document.select_project("z")
    window.commands["undo"].trigger()
    assert document.saved_project is not None
    assert document.saved_project.id == "p"
    window.commands["redo"].trigger()
    assert document.saved_project.id == "z"


def test_that_of_several_deleted_projects_one_is_on_screen_again(window: MainWindow) -> None:
    document = window.document
    document.choose(("p", "q"))
    window.commands["remove_project"].trigger()
    assert document.saved_project is not None
    assert document.saved_project.id in "rs"
    window.commands["undo"].trigger()
    assert document.saved_project.id == "p"


@pytest.mark.parametrize("count", [1, 2])
def test_that_a_list_of_projects_stays_when_what_was_deleted_in_it_comes_back(window: MainWindow, count: int) -> None:
    document = window.document
    document.select_group(Group(2026))
    document.choose("pq"[:count])
    window.commands["remove_project"].trigger()
    assert len(document.summaries()) == 4 - count
    window.commands["undo"].trigger()
    assert len(document.summaries()) == 4
    assert document.group == Group(2026)
    assert window.overview.isVisible()


def test_that_what_comes_back_into_another_year_than_the_one_that_is_listed_is_gone_to(window: MainWindow) -> None:
    document = window.document
    put(document, Part.PROJECT, "year")
    window.commands["remove_project"].trigger()
    document.select_group(Group(2026))
    window.commands["undo"].trigger()
    assert document.saved_project is not None
    assert document.saved_project.id == "p"
