"""Files let go over the window: wherever it is, whatever is being typed, and not while a dialog asks something."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.file_choice import FORMS_FILTER
from gui.files.import_preview import ImportDialog
from gui.main_window import MainWindow
from gui.projects.new_project import NewProjectDialog
from model.findings import Place
from model.records import Form
from tests.gui.dialogs import escape, focus, wait_for_job
from tests.gui.found import children
from tests.gui.window import open_form, shown_window

SUFFIXES = [part.strip("*)") for part in FORMS_FILTER.split("(")[1].split()]
HOW = (Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, given_store: Path) -> MainWindow:
    window = shown_window(qtbot, tmp_path, given_store)
    open_form(window.document, Form.DECLARATION)
    return window


def of_files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(widget: QWidget, data: QMimeData) -> bool:
    """Let something go over a widget as Qt does: what does not take it leaves it to what it stands in."""
    taker: QWidget | None = widget
    while taker is not None:
        entering = QDragEnterEvent(QPoint(5, 5), HOW[0], data, *HOW[1:])
        entering.ignore()
        if taker.acceptDrops():
            QApplication.sendEvent(taker, entering)
        if entering.isAccepted():
            QApplication.sendEvent(taker, QDropEvent(QPointF(5, 5), HOW[0], data, *HOW[1:]))
            return True
        taker = None if taker.isWindow() else taker.parentWidget()
    return False


def the_preview(qtbot: QtBot) -> ImportDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ImportDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    wait_for_job(qtbot, dialog)
    return dialog


def test_that_no_field_takes_a_file_for_a_text(window: MainWindow) -> None:
    window.page.page.toggle_fields()
    table = window.page.table
    for column in range(table.rows.columnCount()):
        table.edit(table.rows.index(1, column))
    takers = [one for one in children(window, QWidget) if one.acceptDrops()]
    assert [type(one).__name__ for one in takers] == []


def test_that_what_was_being_typed_is_written_before_dropped_files_are_previewed(
    qtbot: QtBot, window: MainWindow, given_files: tuple[Path, ...]
) -> None:
    line = window.page.table.rows.line_ids()[0]
    window.go_to(Place(Form.DECLARATION, "name", line))
    qtbot.keyClicks(window.page.table, "2")
    assert window.document.has_draft
    assert drop(focus(), of_files(given_files[0]))
    dialog = the_preview(qtbot)
    assert dialog.table.topLevelItemCount() > 0
    assert not window.document.has_draft
    project = window.document.saved_project
    assert project is not None
    assert next(one for one in project.indicators(Form.DECLARATION) if one.id == line).name == "2"
    escape(qtbot)


def test_that_a_file_that_is_dragged_to_be_moved_is_copied_and_stays_where_it_is(
    qtbot: QtBot, window: MainWindow, given_files: tuple[Path, ...]
) -> None:
    copy, move = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction
    data = of_files(given_files[0])
    entering = QDragEnterEvent(QPoint(5, 5), move, data, *HOW[1:])
    entering.ignore()
    window.dragEnterEvent(entering)
    assert not entering.isAccepted()
    entering, dropped = (
        QDragEnterEvent(QPoint(5, 5), copy | move, data, *HOW[1:]),
        QDropEvent(QPointF(5, 5), copy | move, data, *HOW[1:]),
    )
    entering.setDropAction(move)
    window.dragEnterEvent(entering)
    dropped.setDropAction(move)
    window.dropEvent(dropped)
    assert (entering.dropAction(), dropped.dropAction()) == (copy, copy)
    the_preview(qtbot)
    escape(qtbot)


def test_that_nothing_can_be_dropped_behind_a_dialog(
    qtbot: QtBot, window: MainWindow, given_files: tuple[Path, ...]
) -> None:
    window.commands["new_project"].trigger()
    qtbot.waitUntil(lambda: isinstance(focus().window(), NewProjectDialog))
    assert not drop(window.page.table, of_files(given_files[0]))
    escape(qtbot)
    assert drop(window.page.table, of_files(given_files[0]))
    the_preview(qtbot)
    escape(qtbot)


def test_that_of_files_that_hold_no_form_the_first_is_named_and_nothing_comes(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    paths = [tmp_path / f"坏的{suffix}" for suffix in SUFFIXES]
    for path in paths:
        path.write_bytes(b"\x00\x01none")
    before = window.document.saved_project
    assert drop(window.navigator.tree, of_files(*paths))
    dialog = the_preview(qtbot)
    assert any(path.name in dialog.message.text for path in paths)
    assert not dialog.accept_button.isEnabled()
    escape(qtbot)
    assert window.document.saved_project == before


def test_that_a_text_or_an_address_that_is_dropped_is_left_to_where_it_comes_from(window: MainWindow) -> None:
    text, address = QMimeData(), QMimeData()
    text.setText("绩效目标")
    address.setUrls([QUrl("https://example.org/a.xlsx")])
    assert not drop(window.page.table, text)
    assert not drop(window.page.table, address)
