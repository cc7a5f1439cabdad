"""The page holds still: what a command moves is what it has to, and everything is there again after a restart."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.notify import Tone
from gui.main_window import MainWindow
from model import edits
from model.changes import Part
from model.findings import Place
from model.records import Form
from storage.store.drafts import Draft
from tests.gui.window import open_form, shown_window

WIDTH, HEIGHT = 1366, 768
ROOMS = ((1366, 689), (911, 459), (1024, 700), (1280, 633), (1920, 1000), (960, 459))
"""Where clerks see the window (docs/ux.md §5)."""
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, given_store: Path) -> MainWindow:
    window = shown_window(qtbot, tmp_path, given_store, (WIDTH, HEIGHT))
    open_form(window.document, Form.EVALUATION)
    return window


def settle() -> None:
    """Let layouts and what waits for them come to rest."""
    for _ in range(4):
        QApplication.processEvents()


def top_in(window: MainWindow, widget: QWidget, y: int = 0) -> int:
    return widget.mapTo(window, QPoint(0, y)).y()


def shape(window: MainWindow) -> dict[str, object]:
    """What a person sees stand somewhere: rows, sections and panels."""
    page = window.page.page
    table = page.table
    rows = {
        row.key: top_in(window, table.viewport(), table.rowViewportPosition(n)) for n, row in enumerate(table.rows.rows)
    }
    return {
        "rows": rows,
        "sections": page.open_sections,
        "panels": {name: dock.geometry().getRect() for name, dock in window.panels.docks.items()},
    }


def moved_by(window: MainWindow, act: Callable[[], object]) -> set[str]:
    """The names of what does not stand where it stood before."""
    settle()
    before = shape(window)
    act()
    settle()
    after = shape(window)
    return {name for name in before if before[name] != after[name]}


def test_that_a_command_moves_only_what_it_has_to(qtbot: QtBot, window: MainWindow) -> None:
    page, document = window.page.page, window.document
    project = document.saved_project
    assert project is not None
    lines = project.indicators(Form.EVALUATION)
    first, last = (Place(Form.EVALUATION, "points", line.id) for line in (lines[0], lines[-1]))
    page.panel.folds[1].set_open(is_open=True)
    settle()
    assert moved_by(window, lambda: window.go_to(first)) == set()
    assert moved_by(window, lambda: window.go_to(last)) == {"rows"}, "it was out of sight: scrolled to, nothing folded"
    assert moved_by(window, lambda: window.go_to(first)) <= {"rows"}
    written = edits.set_cell(project, Part.INDICATOR, lines[0].id, "points", "6", document.settings)
    assert moved_by(window, lambda: document.push("修改分值", written)) == set()
    assert moved_by(window, window.commands["undo"].trigger) == set()
    assert moved_by(window, window.commands["redo"].trigger) == set()
    assert moved_by(window, lambda: window.go_to(Place(Form.EVALUATION, "unit"))) <= {"rows", "sections"}
    assert moved_by(window, lambda: qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F8)) <= {"rows"}


def scroll_to(window: MainWindow, size: tuple[int, int], where: str) -> None:
    """A window of a size with its sheet scrolled to a place, and the keyboard in the list of projects."""
    window.resize(*size)
    window.navigator.tree.setFocus()
    settle()
    bar = window.page.page.sheet.verticalScrollBar()
    bar.setValue({"top": 0, "within": bar.maximum() // 2, "end": bar.maximum()}[where])


@pytest.mark.parametrize("size", ROOMS)
@pytest.mark.parametrize("where", ["top", "within", "end"])
def test_that_a_message_moves_no_row_when_it_comes_and_when_it_goes(
    window: MainWindow, size: tuple[int, int], where: str
) -> None:
    scroll_to(window, size, where)
    for tone, text in ((Tone.DONE, "已粘贴 6 行，Ctrl+Z 退回。"), (Tone.FAILED, "磁盘已满，刚才的修改没有保存。" * 3)):
        tell = partial(window.tell, tone, text, "重试", settle, also=("另存一份…", settle))
        assert moved_by(window, tell) == set()
        assert window.page.message.room > 0
        assert window.height() == size[1]
        assert moved_by(window, window.page.message.hide) == set()


@pytest.mark.parametrize("size", ROOMS)
@pytest.mark.parametrize("where", ["top", "within", "end"])
def test_that_the_offer_of_a_draft_moves_no_row_when_it_comes_and_when_it_goes(
    window: MainWindow, size: tuple[int, int], where: str
) -> None:
    scroll_to(window, size, where)
    project = window.document.saved_project
    assert project is not None
    typed = edits.set_cell(project, Part.PROJECT, project.id, "department", "科技" * 40, window.document.settings)

    def offer(*drafts: Draft) -> None:
        window.drafts._offered = drafts
        window.drafts.offer_changed.emit()

    assert moved_by(window, lambda: offer(*[Draft(project.id, typed)] * 3)) == set()
    assert window.draft_offer.isVisible()
    assert moved_by(window, offer) == set()
    assert not window.draft_offer.isVisible()


def test_that_a_message_that_leaves_the_sheet_too_little_room_moves_nothing_sideways(window: MainWindow) -> None:
    sheet, table = window.page.page.sheet, window.page.table
    window.navigator.tree.setFocus()
    found = 0
    for height in range(840, 1000, 20):
        window.resize(1920, height)
        settle()
        if sheet.verticalScrollBar().maximum():
            continue
        before = [table.columnViewportPosition(n) for n in range(table.model().columnCount())]
        window.tell(Tone.DONE, "已粘贴 6 行，Ctrl+Z 退回。")
        settle()
        found += sheet.verticalScrollBar().maximum() > 0
        assert [table.columnViewportPosition(n) for n in range(table.model().columnCount())] == before, height
        window.page.message.hide()
        settle()
    assert found


def test_that_a_message_does_not_go_while_rows_would_go_from_under_the_mouse(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet, strip = window.page.page.sheet, window.page.message
    window.resize(1366, 560)
    window.tell(Tone.DONE, "已粘贴 6 行，Ctrl+Z 退回。")
    settle()
    sheet.verticalScrollBar().setValue(sheet.verticalScrollBar().maximum())
    monkeypatch.setattr(sheet, "underMouse", lambda: True)
    strip._expire()
    assert strip.isVisible()
    sheet.scroll_to_top()
    strip._expire()
    assert not strip.isVisible()


@pytest.mark.parametrize("has_dialog", [False, True])
def test_that_the_row_with_the_keyboard_stays_in_sight_above_a_message(
    qtbot: QtBot, window: MainWindow, has_dialog: bool
) -> None:
    window.resize(1366, 560)
    table = window.page.table
    table.setFocus()
    settle()
    seen = [n for n in range(table.rows.rowCount()) if table.visualRect(table.rows.index(n, 2)).isValid()]
    last = max(n for n in seen if table.rowViewportPosition(n) + table.rowHeight(n) <= table.viewport().height())
    table.setCurrentIndex(table.rows.index(last, table.currentIndex().column()))
    settle()
    if has_dialog:  # it gives the keyboard back to the row when it is done
        dialog = QDialog(window)
        field = QLineEdit(dialog)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(field.hasFocus)
    window.tell(Tone.FAILED, "磁盘已满，刚才的修改没有保存。")
    settle()
    assert table.visualRect(table.currentIndex()).bottom() <= table.viewport().height()


def extent(dock: QWidget) -> int:
    return dock.width() + dock.height()


def test_that_a_key_makes_the_panel_it_is_in_larger_and_smaller_and_says_so(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(window.announcer, "say", said.append)
    for pane, name in (
        (window.navigator.tree, "show_navigator"),
        (window.findings_panel.table, "show_findings"),
    ):
        dock = window.panels.docks[name]
        pane.setFocus()
        before = extent(dock)
        qtbot.keyClick(pane, Qt.Key.Key_Equal, ALT)
        settle()
        assert extent(dock) > before
        assert said[-1].startswith(f"“{dock.windowTitle()}”")
        qtbot.keyClick(pane, Qt.Key.Key_Minus, ALT)
        settle()
        assert extent(dock) == before
    for _ in range(20):
        qtbot.keyClick(window.findings_panel.table, Qt.Key.Key_Minus, ALT)
    assert "不能再小" in window.page.message.text
    window.page.table.setFocus()
    qtbot.keyClick(window.page.table, Qt.Key.Key_Equal, ALT)
    assert "先按 F6" in window.page.message.text


def test_that_everything_a_person_arranged_is_there_after_a_restart(
    qtbot: QtBot, tmp_path: Path, given_store: Path, window: MainWindow
) -> None:
    page, navigator = window.page.page, window.panels.docks["show_navigator"]
    line = page.table.rows.line_ids()[4]
    window.go_to(Place(Form.EVALUATION, "name", line))
    page.table.set_zoom(125)
    page.panel.folds[2].line.click()
    window.findings_panel.chips["info"].click()
    window.commands["all_levels"].trigger()
    window.navigator.filter.setText("运维")
    window.navigator.tree.setFocus()
    qtbot.keyClick(window.navigator.tree, Qt.Key.Key_Equal, ALT)
    width, height = navigator.width(), window.findings_panel.height()
    window.commands["fold_findings"].trigger()
    window.close()
    again = shown_window(qtbot, tmp_path, given_store, (WIDTH, HEIGHT))
    again.document.set_form(Form.EVALUATION)
    restored = again.page.page
    assert restored.table.current_id() == line
    assert restored.table.zoom == 125
    assert restored.open_sections == ["goals", "indicators"]
    assert not again.findings_panel.chips["info"].isChecked()
    assert again.commands["all_levels"].isChecked()
    assert restored.table.rows.all_levels_shown
    assert again.navigator.filter.text() == "运维"
    assert again.findings_panel.is_folded
    qtbot.waitUntil(lambda: again.panels.docks["show_navigator"].width() == width)
    again.commands["fold_findings"].trigger()
    qtbot.waitUntil(lambda: again.findings_panel.height() == height)
