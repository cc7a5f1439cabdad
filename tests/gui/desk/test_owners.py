"""Whose child PySide takes a widget for: it holds what is below a widget that goes for gone too."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, dump, getCppPointer, isValid

from gui import plain_window
from gui.main_window import MainWindow
from gui.plain_window import neighbour, proxy_of, set_proxy
from gui.projects.copy_year import CopyYearDialog
from tests.gui.dialogs import focus, press
from tests.gui.hands import compose
from tests.gui.window import shown_window

SHIFT = Qt.KeyboardModifier.ShiftModifier
OWNER = re.compile(r"parent\.+ .*?\((0x[0-9a-f]+)")
"""The address of the parent in what PySide tells of a wrapper."""


def held_elsewhere(top: QWidget) -> list[str]:
    """What of a window PySide takes for a child of something it is not in; a label and its field go together."""
    there = {hex(getCppPointer(one)[0]): one for one in QApplication.allWidgets()}  # asking one for its own moves them
    told = [(one, OWNER.search(dump(one))) for one in there.values()]
    pairs = [(one, there[said.group(1)]) for one, said in told if said is not None and said.group(1) in there]
    return [
        f"{one!r} below {owner!r}"
        for one, owner in pairs
        if _is_in(one, top) and not isinstance(owner, QLabel) and not _is_in(one, owner)
    ]


def _is_in(one: QWidget, owner: QWidget) -> bool:
    above = one.parent()
    while above is not None and above is not owner:
        above = above.parent()
    return above is owner


@pytest.mark.parametrize(
    "ask",
    [
        lambda asked, _table: neighbour(asked),
        lambda asked, _table: neighbour(asked, back=True),
        set_proxy,
        lambda asked, table: (asked.setFocusProxy(table), proxy_of(asked)),
    ],
    ids=["after", "before", "set proxy", "proxy"],
)
def test_that_what_is_asked_of_a_widget_holds_no_other(qtbot: QtBot, ask: Callable[[QWidget, QWidget], object]) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    table, asked, other = QTableView(top), QWidget(top), QTableView(top)
    QWidget.setTabOrder(table, asked)
    QWidget.setTabOrder(asked, other)
    kept = (table.horizontalHeader(), other.horizontalHeader())
    ask(asked, table)
    assert held_elsewhere(top) == []
    delete(asked)
    assert [isValid(one) for one in kept] == [True, True]


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, given_store: Path) -> MainWindow:
    return shown_window(qtbot, tmp_path, given_store)


def test_that_every_widget_is_held_by_what_it_is_in(qtbot: QtBot, window: MainWindow) -> None:
    stops = len(window._panes()) + 1
    press(qtbot, Qt.Key.Key_F6, times=stops)
    press(qtbot, Qt.Key.Key_F6, SHIFT, times=stops)
    window.navigator.setFocus()
    press(qtbot, Qt.Key.Key_Tab, times=30)
    press(qtbot, Qt.Key.Key_Backtab, times=5)
    window.commands["copy_year"].trigger()
    dialog = window.findChild(CopyYearDialog)
    assert dialog is not None
    press(qtbot, Qt.Key.Key_Tab, times=3)
    dialog.reject()
    assert held_elsewhere(window) == []


def test_that_a_heading_that_was_kept_is_there_after_an_input_method_and_another_theme(
    qtbot: QtBot, window: MainWindow
) -> None:
    grid = window.page.table
    kept = (grid.horizontalHeader(), grid.viewport(), grid.verticalScrollBar(), window.page.page.sheet.viewport())
    grid.setFocus()
    compose(grid, "ce")
    compose(grid, "", "测")
    assert focus() is not grid
    press(qtbot, Qt.Key.Key_Escape, times=2)
    assert not grid.is_editing
    grid.set_theme(grid.painting.theme)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    assert [isValid(one) for one in kept] == [True] * len(kept)


def test_that_only_one_place_asks_qt_for_what_it_would_hold_wrongly() -> None:
    root = Path(plain_window.__file__).parent
    asks = re.compile(r"\.(nextInFocusChain|previousInFocusChain|focusProxy|buddy)\(")
    found = [path for path in root.rglob("*.py") if asks.search(path.read_text("utf-8"))]
    assert found == [Path(plain_window.__file__)]
