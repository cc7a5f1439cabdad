"""Blocks of cells as Excel selects them: the cursor stays where a block began, and its far corner goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from gui.table.grid import Grid
from model.edits import Block
from model.records import Form
from tests.gui.hands import at, declared, document_of, line, lines_of, press, shown_table, type_text, where

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
NO_BUTTON = Qt.MouseButton.NoButton
NONE = Qt.KeyboardModifier.NoModifier
WHOLE = ("name", "target_text")
Desk = tuple[Document, Grid]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """Four lines with values."""
    lines = (line(one, target_text=f"≥{number}次") for number, one in enumerate("abcd", start=1))
    with document_of(tmp_path / "选择.jixiao", declared(*lines)) as document:
        yield document, shown_table(qtbot, document, Form.DECLARATION)


def middle(table: Grid, line_id: str, field: str) -> QPoint:
    return table.visualRect(table.rows.index_of(line_id, field)).center()


def drag(table: Grid, start: QPoint, *ends: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    QTest.mousePress(table.viewport(), LEFT, keys, start)
    for end in ends:
        place = QPointF(end)
        move = QMouseEvent(QEvent.Type.MouseMove, place, table.viewport().mapToGlobal(place), NO_BUTTON, LEFT, keys)
        QApplication.sendEvent(table.viewport(), move)
    QTest.mouseRelease(table.viewport(), LEFT, keys, ends[-1])


def test_that_shift_and_arrows_move_the_far_corner_and_the_cursor_stays(desk: Desk) -> None:
    document, table = desk
    at(table, "b")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down):
        press(table, key, SHIFT)
    assert (table.block.ids, table.block.fields, where(table)) == (("b", "c", "d"), WHOLE, ("b", "name"))
    for _ in range(3):
        press(table, Qt.Key.Key_Up, SHIFT)
    assert (table.block.ids, where(table)) == (("a", "b"), ("b", "name"))
    type_text(table, "新名")
    press(table, Qt.Key.Key_Return)
    assert [one.name for one in lines_of(document).values()] == ["指标a", "新名", "指标c", "指标d"]
    assert (where(table), table.block.ids) == (("a", "target_text"), ("a", "b"))


def test_that_an_arrow_alone_goes_on_from_the_cursor(desk: Desk) -> None:
    _, table = desk
    at(table, "a")
    press(table, Qt.Key.Key_Down, SHIFT)
    press(table, Qt.Key.Key_Down, SHIFT)
    press(table, Qt.Key.Key_Down)
    assert (where(table), table.block.ids) == (("b", "name"), ("b",))
    press(table, Qt.Key.Key_Down, SHIFT | CONTROL)
    assert (where(table), table.block.ids) == (("b", "name"), ("b", "c", "d"))


def test_that_the_mouse_selects_from_where_it_was_pressed_and_the_cursor_stays(desk: Desk) -> None:
    _, table = desk
    drag(table, middle(table, "c", "target_text"), middle(table, "b", "name"), middle(table, "a", "name"))
    assert (table.block.ids, table.block.fields, where(table)) == (("a", "b", "c"), WHOLE, ("c", "target_text"))
    press(table, Qt.Key.Key_Down, SHIFT)
    assert (table.block.ids, where(table)) == (("b", "c"), ("c", "target_text"))


def test_that_shift_and_a_click_select_up_to_there_also_after_keys(desk: Desk) -> None:
    _, table = desk
    QTest.mouseClick(table.viewport(), LEFT, NONE, middle(table, "a", "name"))
    press(table, Qt.Key.Key_Down)
    QTest.mouseClick(table.viewport(), LEFT, SHIFT, middle(table, "d", "target_text"))
    assert (table.block.ids, table.block.fields, where(table)) == (("b", "c", "d"), WHOLE, ("b", "name"))
    QTest.mouseClick(table.viewport(), LEFT, SHIFT, middle(table, "b", "name"))
    assert (table.block.ids, table.block.fields) == (("b",), ("name",))


def test_that_ctrl_and_a_click_add_a_cell_which_has_the_cursor(desk: Desk) -> None:
    _, table = desk
    at(table, "a")
    QTest.mouseClick(table.viewport(), LEFT, CONTROL, middle(table, "c", "name"))
    assert (table.block.ids, where(table)) == (("a", "c"), ("c", "name"))


def test_that_how_far_a_selection_reaches_is_heard(qtbot: QtBot, desk: Desk) -> None:
    _, table = desk
    at(table, "a")
    with qtbot.waitSignal(table.extended) as heard:
        press(table, Qt.Key.Key_Down, SHIFT)
    assert heard.args == ["选中 2 行 1 列，到三级指标，指标b"]
    with qtbot.waitSignal(table.extended) as heard:
        press(table, Qt.Key.Key_Right, SHIFT)
    assert heard.args == ["选中 2 行 2 列，到年度指标值，≥2.00(次)"]
    with qtbot.assertNotEmitted(table.extended):
        press(table, Qt.Key.Key_Right, SHIFT)


def test_that_asking_for_the_menu_of_a_selected_cell_leaves_cursor_and_selection(qtbot: QtBot, desk: Desk) -> None:
    _, table = desk
    at(table, "a")
    press(table, Qt.Key.Key_Down, SHIFT)
    before = where(table), table.block
    for line_id, expected in (("b", before), ("c", (("c", "name"), Block(("c",), ("name",))))):
        place = table.visualRect(table.rows.index_of(line_id)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.RightButton, pos=place)
        assert (where(table), table.block) == expected


def test_that_enter_and_tab_in_a_block_go_on_inside_it_and_begin_again_at_its_end(desk: Desk) -> None:
    _, table = desk
    at(table, "b")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        press(table, key, SHIFT)
    walked = []
    for _ in range(4):
        press(table, Qt.Key.Key_Return)
        walked.append(where(table))
    assert walked == [("c", "name"), ("b", "target_text"), ("c", "target_text"), ("b", "name")]
    press(table, Qt.Key.Key_Tab)
    assert where(table) == ("b", "target_text")
    press(table, Qt.Key.Key_Return, SHIFT)
    assert where(table) == ("c", "name")
    assert (table.block.ids, table.block.fields) == (("b", "c"), WHOLE)
    press(table, Qt.Key.Key_Down)
    assert len(table.selectedIndexes()) == 1


def test_that_ctrl_enter_writes_what_was_typed_into_the_whole_block_in_one_step(qtbot: QtBot, desk: Desk) -> None:
    document, table = desk
    at(table, "b", "target_text")
    press(table, Qt.Key.Key_Down, SHIFT)
    count = document.undo_stack.count()
    type_text(table, "=5")
    with qtbot.waitSignal(table.said) as said:
        press(table, Qt.Key.Key_Return, CONTROL)
    assert said.args is not None
    assert said.args[0].startswith("已填入 2 格")
    assert [one.target_text for one in lines_of(document).values()] == ["≥1次", "=5", "=5", "≥4次"]
    assert document.undo_stack.count() == count + 1
    assert table.block.ids == ("b", "c")
    document.undo_stack.undo()
    assert [one.target_text for one in lines_of(document).values()] == ["≥1次", "≥2次", "≥3次", "≥4次"]


def test_that_ctrl_enter_says_which_cells_of_a_block_take_no_text(qtbot: QtBot, desk: Desk) -> None:
    document, table = desk
    at(table, "c", "name")
    press(table, Qt.Key.Key_Up, SHIFT)
    press(table, Qt.Key.Key_Left, SHIFT)
    type_text(table, "abc")
    with qtbot.waitSignal(table.said) as said:
        press(table, Qt.Key.Key_Return, CONTROL)
    assert said.args is not None
    assert said.args[0] == "已填入 2 格；级别没有填入，Ctrl+Z 退回。"
    assert [one.name for one in lines_of(document).values()] == ["指标a", "abc", "abc", "指标d"]
    assert len(lines_of(document)) == 4


def test_that_a_selected_row_is_told_from_the_row_of_the_cursor_by_its_frame(desk: Desk) -> None:
    _, table = desk
    at(table, "b")
    edge = QPoint(
        table.visualRect(table.rows.index_of("b", "target_text")).center().x(), middle(table, "b", "name").y()
    )
    edge.setY(table.visualRect(table.rows.index_of("b")).bottom())
    before = table.viewport().grab().toImage().pixelColor(edge)
    press(table, Qt.Key.Key_Space, SHIFT)
    shown = table.viewport().grab().toImage().pixelColor(edge)
    assert shown != before
    assert shown == table.painting.theme.color("focus")


@pytest.mark.parametrize("key", [Qt.Key.Key_C, Qt.Key.Key_X])
def test_that_what_was_copied_is_framed_until_escape_or_the_next_edit(desk: Desk, key: Qt.Key) -> None:
    document, table = desk
    at(table, "b", "target_text")
    plain = table.viewport().grab().toImage()
    press(table, key, CONTROL)
    assert (table.outlines.copied.ids, table.outlines.copied.fields) == (("b",), ("target_text",))
    assert table.viewport().grab().toImage() != plain
    press(table, Qt.Key.Key_Escape)
    assert not table.outlines.copied.ids
    press(table, Qt.Key.Key_C, CONTROL)
    at(table, "c")
    type_text(table, "abc")
    press(table, Qt.Key.Key_Return)
    assert not table.outlines.copied.ids
    assert document.undo_stack.count() >= 1
