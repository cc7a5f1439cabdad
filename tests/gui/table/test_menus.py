"""The menus of the grid under the right button: on a level, on a line, and what they select."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gui.desk.theme import LEGIBLE
from gui.document.document import Document
from gui.table.grid import Grid
from gui.table.keys import Gesture
from gui.table.menus import levels_menu
from model.edits import Block
from model.records import Form
from tests.gui.hands import SOCIAL, at, declared, document_of, line, press, shown_table, where
from tests.gui.walk import drawn_contrast

Desk = tuple[Document, Grid]

MOST = 10
WITHOUT_ENTRY = {Gesture.SELECT_ALL, Gesture.EDIT_EMPTIED, Gesture.CHOOSE, Gesture.LIST}
"""Made by key; 达成等级 is chosen in a self-evaluation only."""


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    lines = (line("a", target_text="≥1次"), line("b", target_text="≥2次"), line("c", SOCIAL))
    with document_of(tmp_path / "菜单.jixiao", declared(*lines)) as document:
        yield document, shown_table(qtbot, document, Form.DECLARATION)


def right_click(table: Grid, line_id: str, field: str) -> QMenu:
    """Click the right button on a cell, as the mouse does: first the click, then the menu it asks for.

    A button that stayed down would be down for every test after this one.
    """
    place = table.visualRect(table.rows.index_of(line_id, field)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, table.viewport().mapToGlobal(QPoint(place)))
    QApplication.sendEvent(table.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def words(text: str) -> str:
    """What an entry says, without its letter and its key."""
    return re.sub(r"\(&.\)", "", text.split("\t", maxsplit=1)[0])


def entries(menu: QMenu) -> dict[str, QAction]:
    """What a menu offers, by its words without the key."""
    return {words(action.text()): action for action in menu.actions() if action.text()}


def more_of(menu: QMenu) -> QMenu:
    """What is offered less often."""
    more = entries(menu)["更多"].menu()
    assert isinstance(more, QMenu)
    return more


def choose(menu: QMenu, text: str) -> None:
    (entries(menu) | entries(more_of(menu)))[text].trigger()
    menu.close()


def test_that_the_right_button_on_a_level_acts_on_that_level(desk: Desk) -> None:
    _, table = desk
    at(table, "c")
    menu = right_click(table, "a", "level1")
    assert where(table) == ("a", "level1")
    assert {"添加到", "移到"} <= set(entries(menu))
    choose(menu, "收起这个一级指标")
    assert table.rows.folded == {"产出指标"}


def test_that_the_right_button_inside_a_block_keeps_it_and_elsewhere_goes_there(desk: Desk) -> None:
    _, table = desk
    at(table, "a")
    table.cursor_moves.select(("a", "b"), ("name", "target_text"))
    right_click(table, "b", "name").close()
    assert table.block == Block(("a", "b"), ("name", "target_text"))
    right_click(table, "c", "name").close()
    assert where(table) == ("c", "name")


@pytest.mark.parametrize(
    ("entry", "block"),
    [
        ("选中整行", Block(("b",), ("name", "target_text"))),
        ("选中整列", Block(("a", "b", "c"), ("target_text",))),
    ],
)
def test_that_a_row_and_a_column_are_selected_from_the_menu(desk: Desk, entry: str, block: Block) -> None:
    _, table = desk
    choose(right_click(table, "b", "target_text"), entry)
    assert table.block == block


@pytest.mark.parametrize("field", ["level1", "name", "target_text"])
def test_that_at_most_ten_entries_are_seen_first_and_every_gesture_is_offered_once(desk: Desk, field: str) -> None:
    _, table = desk
    menu = right_click(table, "b", field)
    first, more = entries(menu), entries(more_of(menu))
    assert len(first) <= MOST
    assert not set(first) & set(more)
    others = {"更多", "移到", "添加到", f"列“{table.rows.title(table.currentIndex().column())}”"}
    assert len({*first, *more} - others) == len(set(Gesture)) - len(WITHOUT_ENTRY)
    menu.close()


@pytest.mark.parametrize("field", ["level1", "name"])
def test_that_every_entry_has_a_letter_of_its_own(qtbot: QtBot, desk: Desk, field: str) -> None:
    _, table = desk
    menu = right_click(table, "b", field)
    for one in (menu, more_of(menu)):
        letters = [re.findall(r"\(&(.)\)", action.text()) for action in one.actions() if action.text()]
        columns = [found for found in letters if not found]
        assert len(columns) <= 1  # that of the column is named after it
        found = [letter for (letter,) in filter(None, letters)]
        assert len(found) == len(set(found))
    qtbot.keyClick(menu, Qt.Key.Key_O)
    assert QApplication.activePopupWidget() is more_of(menu)
    more_of(menu).close()
    menu.close()


def test_that_the_levels_stand_under_their_headings_and_the_one_of_the_line_is_ticked(desk: Desk) -> None:
    _, table = desk
    menu = right_click(table, "c", "name")
    moving = entries(menu)["移到"].menu()
    assert isinstance(moving, QMenu)
    first, *rest = moving.actions()
    assert not first.isSeparator()
    assert not first.isEnabled()
    assert [action.text() for action in rest if action.isChecked()] == ["社会效益指标"]
    menu.close()


def test_that_a_line_at_the_edge_of_its_group_stays_and_that_is_said(qtbot: QtBot, desk: Desk) -> None:
    document, table = desk
    at(table, "a")
    count = document.undo_stack.count()
    with qtbot.waitSignal(table.said) as said:
        press(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    assert said.args == ["已是本组第一行，没有移动。到别的组用“移到”。"]
    assert document.undo_stack.count() == count


def test_that_the_headings_in_a_menu_of_levels_can_be_read(qtbot: QtBot) -> None:
    parent = QMenu()
    qtbot.addWidget(parent)
    menu = levels_menu(parent, "移到", lambda *_: None, ("产出指标", "质量指标"))
    menu.popup(QPoint())
    heading = menu.actionGeometry(menu.actions()[0]).adjusted(8, 4, -8, -4)
    assert not menu.actions()[0].isEnabled()
    assert drawn_contrast(menu.grab(heading).toImage()) >= LEGIBLE
    menu.close()
