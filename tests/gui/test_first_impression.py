"""What a clerk sees of a form before a key was pressed: what to do, and nothing in red."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDialog, QLabel
from pytestqt.qtbot import QtBot

from gui.desk.signs import Sign
from gui.findings.rows import AWAITED
from gui.main_window import MainWindow
from gui.navigator.marks import Mark
from gui.navigator.model import NavigatorRole
from gui.table.columns import column_of
from gui.views.form_panel import FormPanel
from model import edits
from model.changes import AddProject
from model.findings import Severity
from model.records import Form, Project
from model.settings import Settings
from storage.files.ids import new_id
from storage.store.sqlite import Store
from tests.gui.dialogs import press
from tests.gui.found import children
from tests.gui.hands import declared, line
from tests.gui.window import shown_window

(NEW,) = edits.new_project(
    Project("p", 2026, "社区科普活动", "科委", "中心"), [Form.DECLARATION], iter(new_id, ""), Settings()
)


def window_on(qtbot: QtBot, folder: Path, project: Project) -> MainWindow:
    path = folder / "a.jixiao"
    with Store.create(path) as store:
        store.apply("新建项目", (AddProject(project),))
    window = shown_window(qtbot, folder, path, (1366, 689))
    window.document.select_project(project.id)
    window.page.go_to_first_empty()
    return window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return window_on(qtbot, tmp_path, NEW.project)


def panel(window: MainWindow) -> FormPanel:
    return window.page.page.panel


def reds(window: MainWindow) -> list[str]:
    """The fields that are marked as wrong."""
    fields = (field for section in panel(window).sections for field in section.fields.items())
    return [name for name, field in fields if field.widget.property("mark") or field.message.isVisible()]


ARROW = 35
"""Pixels of a field of choices that are behind its text and sign."""


def mark(window: MainWindow) -> object:
    return window.navigator.rows.index_of("p").data(NavigatorRole.MARK)


def count(window: MainWindow, group: str) -> int:
    return window.findings_panel.model.counts[group]


def test_that_a_new_form_says_what_is_to_be_filled_in_and_nothing_in_red(window: MainWindow) -> None:
    assert reds(window) == []
    assert panel(window).sections[0].fields["project_nature"].editor.placeholderText() == "待选择"
    assert panel(window).sections[2].fields["annual_goal"].editor.placeholderText() == "待填"
    lines = [fold.line for fold in panel(window).folds]
    assert [one.awaited.text() for one in lines] == ["待填 2", "待填 1", "待填 1"]
    assert not any(one.errors.isVisible() for one in lines)
    tab = window.page.header.tabs[Form.DECLARATION]
    assert tab.text() == "目标申报"
    assert "待填" in tab.accessibleName()
    assert mark(window) is Mark.NOT_STARTED
    assert (count(window, "error"), count(window, AWAITED) > 0) == (0, True)
    assert not window.findings_panel.property("tone")
    assert window.findings_panel.here.glyph.sign is Sign.EMPTY


def test_that_the_field_that_is_left_blank_is_told_and_what_is_wrong_once_one_pauses(
    qtbot: QtBot, window: MainWindow
) -> None:
    assert panel(window).focused_field() == "project_nature"
    press(qtbot, Qt.Key.Key_Tab)
    assert reds(window) == ["project_nature"]
    press(qtbot, Qt.Key.Key_Tab)
    qtbot.keyClicks(panel(window).sections[0].fields["start_date"].widget, "x")
    assert reds(window) == ["project_nature", "project_category"]
    qtbot.waitUntil(lambda: reds(window) == ["project_nature", "project_category", "start_date"])


def test_that_opening_the_choices_of_a_blank_field_does_not_leave_it(qtbot: QtBot, window: MainWindow) -> None:
    field = panel(window).sections[0].fields["project_nature"].widget
    assert isinstance(field, QComboBox)
    press(qtbot, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(field.view().hasFocus)
    assert (reds(window), count(window, "error")) == ([], 0)
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(field.hasFocus)
    assert (reds(window), count(window, "error")) == ([], 0)
    press(qtbot, Qt.Key.Key_Tab)
    assert reds(window) == ["project_nature"]


def test_that_a_blank_field_asks_within_itself_and_moves_nothing_below_it(qtbot: QtBot, window: MainWindow) -> None:
    basic, _, goals = panel(window).sections
    nature, goal = basic.fields["project_nature"], goals.fields["annual_goal"]
    below = basic.fields["end_date"]
    before = [below.mapTo(window, QPoint()), window.page.table.mapTo(window, QPoint())]
    qtbot.mouseClick(below.widget, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert nature.widget.property("mark") == "error"
    assert [below.mapTo(window, QPoint()), window.page.table.mapTo(window, QPoint())] == before
    window.document.tell_all()
    QApplication.processEvents()
    for field, asked in ((nature, "选择项目性质"), (goal, "填写年度总体目标")):
        assert not field.message.isVisible()
        assert (field.editor.placeholderText(), field.glyph.sign) == (asked, Sign.ERROR)
        assert field.glyph.isVisible()
        assert field.rect().contains(field.glyph.geometry())
        assert field.widget.geometry().right() - field.glyph.geometry().right() <= ARROW
        assert field.widget.accessibleDescription() == field.widget.toolTip() == f"请{asked}。"


def test_that_a_field_that_holds_a_space_says_below_it_what_its_grey_words_cannot(
    qtbot: QtBot, window: MainWindow
) -> None:
    basic, _, goals = panel(window).sections
    for field, asked in (
        (basic.fields["department"], "填写主管部门"),
        (goals.fields["annual_goal"], "填写年度总体目标"),
    ):
        field.widget.setFocus()
        press(qtbot, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        press(qtbot, Qt.Key.Key_Space)
        basic.fields["unit"].widget.setFocus()  # what is typed is judged when it is left
        window.document.tell_all()
        assert (field.message.isVisible(), field.message.text()) == (True, f"请{asked}。")
        assert not field.glyph.isVisible()


def test_that_the_amount_to_type_says_what_its_total_waits_for_and_the_total_nobody_types_does_not(
    window: MainWindow,
) -> None:
    fields = panel(window).funding.fields
    said = {name: one.editor.placeholderText() for name, one in fields.items()}
    assert [name for name, text in said.items() if text == "待填"] == ["fiscal_current"]
    assert fields["fiscal_current"].widget.accessibleDescription().startswith("待填：请填写当年财政拨款")


def test_that_a_total_nobody_filled_asks_within_itself_for_the_amount_to_type(window: MainWindow) -> None:
    window.document.tell_all()
    funding = panel(window).funding
    total, part = funding.fields["total_requested"], funding.fields["fiscal_current"]
    assert (total.editor.placeholderText(), total.message.isVisible()) == ("填写当年财政拨款", False)
    assert "不能为0" in total.widget.toolTip()
    assert total.glyph.isVisible()
    assert window.document.write_text("填", Form.DECLARATION, "p", "fiscal_current", "若干")
    assert not total.glyph.isVisible()
    assert (total.editor.placeholderText(), part.message.isVisible()) == ("无法计算", True)
    assert part.message.text() == part.widget.accessibleDescription()
    assert not part.glyph.isVisible()


def test_that_f8_goes_to_what_is_not_there_yet_and_a_check_tells_all_of_it(window: MainWindow) -> None:
    before = count(window, AWAITED)
    window.commands["next_finding"].trigger()
    assert (count(window, "error"), count(window, AWAITED)) == (0, before)
    window.document.tell_all()
    errors = [one for one in window.document.findings if one.severity is Severity.ERROR]
    assert count(window, "error") == len(errors) > 0
    assert count(window, AWAITED) == 0
    assert set(reds(window)) >= {"project_nature", "total_requested", "annual_goal"}


@pytest.mark.parametrize("command", ["export", "check_projects"])
def test_that_an_export_and_a_check_count_errors_as_they_are(window: MainWindow, command: str) -> None:
    window.commands[command].trigger()
    assert (count(window, "error") > 0, count(window, AWAITED)) == (True, 0)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    texts = [one.text() for one in children(dialog, QLabel)] + [one.text() for one in children(dialog, QCheckBox)]
    assert f"{count(window, 'error')} 个" in " ".join(texts)
    dialog.close()


def test_that_a_self_evaluation_that_was_just_started_is_half_and_not_wrong(qtbot: QtBot, tmp_path: Path) -> None:
    window = window_on(qtbot, tmp_path, declared(line("a", target_text="≥1次"), line("b", target_text="≥2次")))
    document = window.document
    document.set_form(Form.EVALUATION)
    window.commands["start_form"].trigger()
    tab = window.page.header.tabs[Form.EVALUATION]
    assert tab.text() == "绩效自评"
    grid = window.page.table.rows
    column = column_of(Form.EVALUATION, "actual_text")
    cells = [grid.cell(row, column) for row in range(grid.rowCount())]
    shown = [(cell.mark, cell.sign) for cell in cells if cell is not None]
    assert shown == [(None, Sign.EMPTY), (None, Sign.EMPTY)]
