"""Who has the keyboard when a dialog or a popup is gone: whoever had it before, in the cell where it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.actions import MENUS
from gui.document.project_list import Group
from gui.main_window import MainWindow
from gui.table.grid import Grid
from gui.views.line_editor import LineEditor
from model.records import Form
from tests.gui.found import visible
from tests.gui.hands import at, press, press_on, where
from tests.gui.window import open_form, shown_window

CHOOSES_FILES = {"new_store", "open_store", "import", "import_library", "export_library"}
"""Their dialogs are the system's own."""
LEAST = 11
"""Dialogs and popups that open from a cell, the menus of the grid and the search among them."""


def on_top(window: MainWindow) -> QWidget | None:
    """The dialog, menu or window that has the keyboard instead of the main window; the search box too."""
    active = QApplication.activeWindow()
    other = active if active is not None and active is not window else None
    found = window.search if window.search.hasFocus() else None
    return QApplication.activePopupWidget() or QApplication.activeModalWidget() or other or found


def context_menu(table: Grid) -> None:
    """The menu key."""
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(table.viewport(), QContextMenuEvent(reason, QPoint(9, 9), QPoint(9, 9)))


def test_that_every_dialog_and_popup_gives_the_keyboard_back_to_the_cell_it_was_in(
    qtbot: QtBot, tmp_path: Path, given_store: Path, message_boxes: list[Any]
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    open_form(window.document, Form.EVALUATION)
    table = window.page.table
    cell = (table.rows.line_ids()[1], "actual_text")
    openers: dict[str, Callable[[], object]] = {
        "F4": lambda: press(table, Qt.Key.Key_F4),
        "menu": lambda: context_menu(table),
        "find": window.commands["find"].trigger,
    }
    for spec in (spec for _, specs in MENUS for spec in specs if spec is not None and spec.text.endswith("…")):
        if spec.name not in CHOOSES_FILES and window.commands[spec.name].isEnabled():
            openers[spec.name] = window.commands[spec.name].trigger
    opened, lost = [], []
    for name, open_it in openers.items():
        at(table, *cell)
        if name not in {"F4", "menu"}:
            press(table, Qt.Key.Key_F2)  # it closes as the dialog opens
        open_it()
        top = on_top(window)
        if top is None:
            continue
        opened.append(name)
        press_on(QApplication.focusWidget() or top, Qt.Key.Key_Escape)
        if top.isVisible() and top is not window.search:
            top.close()
        qtbot.waitUntil(lambda: on_top(window) is None)
        if not (table.hasFocus() and where(table) == cell):
            lost.append(name)
    assert lost == []
    assert len(opened) >= LEAST, opened


def test_that_a_dialog_gives_the_keyboard_back_to_the_list_the_field_or_the_page_it_was_in(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    qtbot.waitUntil(window.isActiveWindow)
    open_form(window.document, Form.EVALUATION)
    window.page.page.panel.set_open(is_open=True)
    QApplication.processEvents()
    lost = []

    def try_from(*origins: QWidget) -> None:
        for origin in origins:
            origin.setFocus()
            before = window.focusWidget()
            window.commands["about"].trigger()
            dialog = QApplication.activeModalWidget()
            assert dialog is not None
            qtbot.waitUntil(dialog.isActiveWindow)
            press_on(dialog.focusWidget(), Qt.Key.Key_Escape)
            qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
            if window.focusWidget() is not before:  # which has it whenever its window is in front
                lost.append(origin)

    field = next(visible(window, LineEditor))
    try_from(window.navigator.tree, window.findings_panel, window.search, window.score_panel, field)
    window.document.select_group(Group(2026))
    try_from(window.overview.table)
    window.files.close_store()
    try_from(window.start_page.recent, window.start_page.restore)
    assert lost == []


def test_that_going_back_out_of_a_cell_that_is_open_leaves_the_keyboard_in_the_table(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    for _ in range(2):
        open_form(window.document, Form.EVALUATION, 1)
        open_form(window.document, Form.EVALUATION)
        table = window.page.table
        at(table, table.rows.line_ids()[1], "actual_text")
        table.setFocus()
        press(table, Qt.Key.Key_F2)
        window.commands["go_back"].trigger()
        QApplication.processEvents()
        qtbot.wait(20)
        assert table.hasFocus()
