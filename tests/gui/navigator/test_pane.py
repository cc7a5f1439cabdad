"""The projects' pane by hand: two-line names, chips, and what keys and the right button do with a project."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from gui.desk.notify import MessageStrip
from gui.main_window import MainWindow
from gui.navigator.model import Kind
from gui.navigator.rows import _name_lines
from model.changes import Part
from model.edits import set_cell
from tests.gui.found import child, children, visible
from tests.gui.window import shown_window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, given_store: Path) -> MainWindow:
    return shown_window(qtbot, tmp_path, given_store)


def press_delete(qtbot: QtBot, window: MainWindow) -> None:
    window.navigator.tree.setFocus()
    qtbot.keyClick(window.navigator.tree, Qt.Key.Key_Delete)


def strip_of(window: MainWindow) -> MessageStrip:
    return next(visible(window, MessageStrip))


def test_that_delete_removes_the_project_at_once_and_the_strip_takes_it_back(qtbot: QtBot, window: MainWindow) -> None:
    assert window.document.saved_project is not None
    name = window.document.saved_project.project_name
    press_delete(qtbot, window)
    assert len(window.document.summaries()) == 24
    strip = strip_of(window)
    assert f"已删除项目“{name}”" in strip.text
    assert "目标申报" in strip.text
    button = next(button for button in children(strip, QPushButton) if button.text() == "撤销")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert len(window.document.summaries()) == 25


def test_that_the_strip_never_takes_back_a_later_gesture(qtbot: QtBot, window: MainWindow) -> None:
    press_delete(qtbot, window)
    button = next(one for one in children(strip_of(window), QPushButton) if one.text() == "撤销")
    document = window.document
    document.select_project(document.summaries()[0].id)
    project = document.saved_project
    assert project is not None
    document.push("改名", set_cell(project, Part.PROJECT, project.id, "project_name", "新名", document.settings))
    button.click()
    assert len(document.summaries()) == 24
    assert document.saved_project is not None
    assert document.saved_project.project_name == "新名"
    assert "Ctrl+Z" in strip_of(window).text


def test_that_f2_goes_to_the_name_of_the_project(qtbot: QtBot, window: MainWindow) -> None:
    window.navigator.tree.setFocus()
    qtbot.keyClick(window.navigator.tree, Qt.Key.Key_F2)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.document.project is not None
    assert window.document.project.project_name in (focused.property("text") or focused.property("plainText") or "")


@pytest.mark.parametrize("reason", [QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard])
def test_that_the_menu_of_a_project_acts_on_that_project(
    qtbot: QtBot, window: MainWindow, reason: QContextMenuEvent.Reason
) -> None:
    tree = window.navigator.tree
    other = window.document.summaries()[1]
    index = window.navigator.rows.index_of(other.id)
    tree.scrollTo(index)
    if reason is QContextMenuEvent.Reason.Keyboard:
        tree.setCurrentIndex(index)
    event = QContextMenuEvent(reason, tree.visualRect(index).center(), QPoint(5, 5))
    tree.contextMenuEvent(event)
    assert window.document.saved_project is not None
    assert window.document.saved_project.id == other.id
    menu = child(window.navigator, QMenu)
    assert [entry.text() for entry in menu.actions() if not entry.isSeparator()] == [
        window.commands[name].text() for name in ("rename_project", "copy_year", "export", "remove_project")
    ]
    menu.close()


def test_that_a_year_or_unit_has_no_menu_and_is_not_removed(qtbot: QtBot, window: MainWindow) -> None:
    tree = window.navigator.tree
    tree.setCurrentIndex(window.navigator.rows.index(0, 0))
    qtbot.keyClick(tree, Qt.Key.Key_Delete)
    qtbot.keyClick(tree, Qt.Key.Key_F2)
    tree.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    assert not children(window.navigator, QMenu)
    assert len(window.document.summaries()) == 25


def test_that_a_chip_lists_what_has_errors_by_key(qtbot: QtBot, window: MainWindow) -> None:
    chip = next(one for one in window.navigator.kinds.buttons() if one.text() == Kind.WITH_ERRORS.value)
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    rows = window.navigator.rows
    assert {one.id for one in window.document.summaries() if rows.index_of(one.id).isValid()} == {
        one.id for one in window.document.summaries() if one.errors
    }


def test_that_an_empty_list_says_how_to_see_everything(window: MainWindow) -> None:
    window.navigator.filter.setText("没有这样的项目")
    hint = child(window.navigator, QLabel)
    assert hint.isVisible()
    assert "没有符合的项目" in hint.text()
    window.navigator.filter.clear()
    assert not hint.isVisible()


def test_that_a_long_name_takes_two_lines_and_ends_in_an_ellipsis(window: MainWindow) -> None:
    font = window.navigator.tree.font()
    assert _name_lines("短名", font, 150) == ("短名",)
    two = _name_lines("上海市大型科学仪器开放共享平台", font, 150)
    assert "".join(two) == "上海市大型科学仪器开放共享平台"
    assert len(two) == 2
    cut = _name_lines("研发平台" * 20, font, 150)
    assert len(cut) == 2
    assert cut[1].endswith("…")
    assert _name_lines("", font, 150) == ("",)
