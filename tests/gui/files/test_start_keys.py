"""The buttons of the window by Enter: the tiles of the start page, 开始绩效自评, and all others."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QStyle, QStyleOptionButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.notify import Tone
from gui.main_window import MainWindow
from model.records import Evaluation, Form
from tests.gui.dialogs import CONTROL, focus, press
from tests.gui.found import children
from tests.gui.window import open_form, shown_window

ENTERS = pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])


def window_with_keyboard(qtbot: QtBot, folder: Path, store: Path | None = None) -> MainWindow:
    """A window that keys go to."""
    window = shown_window(qtbot, folder, store)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def dialogs(window: QWidget) -> list[str]:
    """The titles of the dialogs on screen."""
    return [one.windowTitle() for one in children(window, QDialog) if one.isVisible()]


def close_dialogs(window: QWidget) -> None:
    for one in children(window, QDialog):
        one.close()


@ENTERS
@pytest.mark.parametrize(("tile", "title"), [(0, "新建数据文件"), (1, "打开数据文件")])
def test_that_enter_presses_a_tile_of_the_start_page(
    qtbot: QtBot, tmp_path: Path, key: Qt.Key, tile: int, title: str
) -> None:
    window = window_with_keyboard(qtbot, tmp_path)
    (window.start_page.new, window.start_page.open)[tile].setFocus()
    press(qtbot, key)
    assert dialogs(window) == [title]
    close_dialogs(window)


@ENTERS
def test_that_enter_on_the_example_tile_opens_the_example(
    qtbot: QtBot, tmp_path: Path, given_store: Path, key: Qt.Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.files.verbs.EXAMPLE", given_store)
    window = window_with_keyboard(qtbot, tmp_path)
    window.start_page.example.setFocus()
    press(qtbot, key)
    qtbot.waitUntil(lambda: window.document.project is not None)
    assert window.document.store is not None
    assert window.document.store.path == window.files.example_path


@ENTERS
def test_that_enter_starts_the_self_evaluation(qtbot: QtBot, tmp_path: Path, given_store: Path, key: Qt.Key) -> None:
    window = window_with_keyboard(qtbot, tmp_path, given_store)
    open_form(window.document, Form.DECLARATION)
    press(qtbot, Qt.Key.Key_2, CONTROL)
    window.page.page.start.button.setFocus()
    press(qtbot, key)
    assert window.document.saved_project is not None
    assert window.document.saved_project.of(Evaluation) is not None


def test_that_enter_presses_the_buttons_of_a_file_without_projects(qtbot: QtBot, tmp_path: Path) -> None:
    window = window_with_keyboard(qtbot, tmp_path)
    window.files.create(tmp_path / "新.jixiao")
    window.empty_page.buttons[0].setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert dialogs(window) == ["新建项目"]
    close_dialogs(window)


def test_that_enter_closes_a_message_at_its_cross(qtbot: QtBot, tmp_path: Path, given_store: Path) -> None:
    window = window_with_keyboard(qtbot, tmp_path, given_store)
    window.tell(Tone.FAILED, "磁盘已满。")
    cross = next(one for one in children(window.page.message, QToolButton) if one.accessibleName() == "关闭提示")
    cross.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert not window.page.message.isVisible()


def test_that_a_held_enter_presses_once(qtbot: QtBot, tmp_path: Path) -> None:
    window = window_with_keyboard(qtbot, tmp_path)
    pressed: list[bool] = []
    window.start_page.new_wanted.disconnect(window.files.new_store)
    window.start_page.new_wanted.connect(lambda: pressed.append(True))
    window.start_page.new.setFocus()
    nothing = Qt.KeyboardModifier.NoModifier
    for is_repeated in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, nothing, "\r", autorep=is_repeated)
        QApplication.sendEvent(focus(), event)
    assert pressed == [True]


def test_that_the_file_that_was_closed_has_the_keyboard_and_enter_opens_it_again(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = window_with_keyboard(qtbot, tmp_path, given_store)
    window.page.table.setFocus()
    press(qtbot, Qt.Key.Key_W, CONTROL)
    assert focus() is window.start_page.recent
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.document.store is not None)


def test_that_the_first_tile_has_the_keyboard_when_the_program_starts(qtbot: QtBot, tmp_path: Path) -> None:
    window = window_with_keyboard(qtbot, tmp_path)
    assert focus() is window.start_page.new


def test_that_the_way_to_a_backup_ends_where_the_tiles_above_it_end(qtbot: QtBot, tmp_path: Path) -> None:
    page = shown_window(qtbot, tmp_path).start_page
    link, tile = page.restore, page.example
    option = QStyleOptionButton()
    link.initStyleOption(option)
    inside = link.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, link)
    assert abs(link.mapTo(page, inside.bottomRight()).x() - tile.mapTo(page, tile.rect().bottomRight()).x()) <= 1
