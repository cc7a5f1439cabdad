from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu
from pytestqt.qtbot import QtBot

from gui.desk.menu_place import at_mouse, place_in_hand
from gui.document.project_list import Group
from gui.main_window import MainWindow
from tests.gui.window import shown_window


def _projects(window: MainWindow) -> QAbstractItemView:
    return window.navigator.tree


def _page(window: MainWindow) -> QAbstractItemView:
    window.document.select_group(Group.of(window.document.summaries()[0]))
    return window.overview.table


def _problems(window: MainWindow) -> QAbstractItemView:
    window.findings_panel.set_folded(is_folded=False)
    return window.findings_panel.table


def _grid(window: MainWindow) -> QAbstractItemView:
    return window.page.table


def _ask(view: QAbstractItemView, mouse: QPoint | None = None) -> QMenu:
    """The menu that the menu key opens in a list, or a right click at a place of it."""
    place = mouse if mouse is not None else view.rect().center()
    reason = QContextMenuEvent.Reason.Keyboard if mouse is None else QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(reason, place, view.viewport().mapToGlobal(place)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


@pytest.fixture(params=[(find, steps) for find in (_projects, _page, _problems, _grid) for steps in (0, 7)])
def desk(
    request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path, given_store: Path
) -> tuple[MainWindow, QAbstractItemView]:
    """Every list with the keyboard, on its first row and further down."""
    find, steps = request.param
    window = shown_window(qtbot, tmp_path, given_store)
    found = find(window)
    found.setFocus()
    for _ in range(steps):
        qtbot.keyClick(found, Qt.Key.Key_Down)
    return window, found


def test_that_a_menu_asked_for_by_key_covers_nothing_of_what_it_speaks_of(
    desk: tuple[MainWindow, QAbstractItemView],
) -> None:
    _window, view = desk
    menu = _ask(view)
    place = place_in_hand(view)
    assert place.height() > 10
    assert menu.geometry().intersected(place).height() <= 1  # the menu's edge on that of the frame
    menu.close()


def test_that_a_menu_asked_for_by_mouse_opens_beside_what_it_speaks_of(
    desk: tuple[MainWindow, QAbstractItemView],
) -> None:
    _window, view = desk
    mouse = view.visualRect(view.currentIndex()).center()
    menu = _ask(view, mouse)
    assert menu.geometry().intersected(place_in_hand(view)).height() <= 1
    assert menu.geometry().left() <= view.viewport().mapToGlobal(mouse).x() <= menu.geometry().right()
    menu.close()


def test_that_a_menu_of_what_is_higher_than_near_opens_at_the_mouse() -> None:
    thing, mouse = QRect(10, 10, 200, 300), QPoint(50, 40)
    assert at_mouse(thing, mouse) == QRect(mouse, mouse)
    assert at_mouse(thing, QPoint(50, 300)) == QRect(50, 10, 1, 300)
    assert at_mouse(QRect(), mouse) == QRect(mouse, mouse)


def test_that_the_menu_of_a_recent_file_covers_nothing_of_it(qtbot: QtBot, tmp_path: Path, given_store: Path) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    window.files.close_store()
    view = window.start_page.findChild(QAbstractItemView)
    assert view is not None
    view.setFocus()
    menu = _ask(view)
    assert menu.geometry().intersected(place_in_hand(view)).height() <= 1
    menu.close()


def test_that_the_menu_of_several_rows_covers_none_of_them(qtbot: QtBot, tmp_path: Path, given_store: Path) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    tree = window.navigator.tree
    tree.setFocus()
    for _ in range(18):
        qtbot.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    rows = [tree.visualRect(index) for index in tree.selectionModel().selectedRows()]
    assert len(rows) == 19
    menu = _ask(tree)
    origin = tree.viewport().mapToGlobal(QPoint())
    for row in rows:
        common = menu.geometry().intersected(row.translated(origin).intersected(_on_screen(tree)))
        assert min(common.width(), common.height()) <= 1
    menu.close()


def _on_screen(view: QAbstractItemView) -> QRect:
    return QRect(view.viewport().mapToGlobal(QPoint()), view.viewport().size())
