"""No key does nothing in silence: where a gesture changes nothing, or not all that is selected, a sentence says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from gui.table.grid import Grid
from model.records import Form
from tests.gui.hands import (
    QUALITY,
    QUANTITY,
    SOCIAL,
    at,
    ctrl,
    document_of,
    evaluated,
    evaluated_line,
    evaluated_lines_of,
    press,
    put_on_clipboard,
    shown_table,
    type_text,
    where,
)

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
FOLD = Qt.KeyboardModifier.AltModifier | SHIFT

Desk = tuple[Document, Grid, list[str]]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """A self-evaluation of four lines under three levels, and what its table says."""
    places = (("a", QUANTITY), ("b", QUANTITY), ("c", QUALITY), ("d", SOCIAL))
    lines = (evaluated_line(one, levels, target_text="≥10次", actual_text="8次", points="5") for one, levels in places)
    with document_of(tmp_path / "自评.jixiao", evaluated(*lines)) as document:
        document.set_form(Form.EVALUATION)
        table = shown_table(qtbot, document, Form.EVALUATION)
        said: list[str] = []
        table.said.connect(said.append)
        yield document, table, said


def select(table: Grid, first: tuple[str, str], last: tuple[str, str]) -> None:
    """Select the block between two cells."""
    at(table, *first)
    table.cursor_moves.extend_to(table.rows.index_of(*last))


def paste(table: Grid, text: str) -> None:
    put_on_clipboard(text)
    ctrl(table, Key.Key_V)


REFUSED: list[Callable[[Grid], None]] = [
    lambda table: press(table, Key.Key_Delete),
    lambda table: press(table, Key.Key_Backspace),
    lambda table: ctrl(table, Key.Key_D),
    lambda table: ctrl(table, Key.Key_X),
    lambda table: ctrl(table, Key.Key_Minus),
    lambda table: press(table, Key.Key_Up, FOLD),
]


def test_that_what_changes_nothing_in_a_row_without_a_line_says_why_and_how_it_does(desk: Desk) -> None:
    document, table, said = desk
    ctrl(table, Key.Key_C)
    press(table, Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    press(table, Key.Key_Down)
    assert where(table)[0] == "new"
    put_on_clipboard("抄来的")
    for number, gesture in enumerate(REFUSED, start=1):
        gesture(table)
        assert len(said) == number
        assert "还没有指标" in said[-1]
    at(table, "d")
    press(table, Key.Key_Left, FOLD)
    said.clear()
    typed: Callable[[Grid], None] = lambda table: type_text(table, "x")  # noqa: E731
    for number, gesture in enumerate((*REFUSED, typed, lambda table: press(table, Key.Key_F2)), start=1):
        gesture(table)
        assert len(said) == number
        assert "“效益指标”的指标已收起" in said[-1]
    assert QGuiApplication.clipboard().text() == "抄来的"
    assert document.undo_stack.count() == 1
    assert (
        document.undo_stack.count() == 0 or not document.undo_stack.canUndo() or len(evaluated_lines_of(document)) == 4
    )


def test_that_a_line_added_to_a_folded_level_opens_it(desk: Desk) -> None:
    document, table, _ = desk
    at(table, "d")
    press(table, Key.Key_Left, FOLD)
    ctrl(table, Key.Key_Return)
    type_text(table, "新")
    press(table, Key.Key_Return)
    assert [one.name for one in evaluated_lines_of(document).values()][-1] == "新"
    assert where(table)[1] == "name"
    assert table.rows.index_of("d").isValid()


def test_that_what_is_selected_and_left_alone_is_named(desk: Desk) -> None:
    document, table, said = desk
    select(table, ("a", "level2"), ("b", "level2"))
    press(table, Key.Key_Delete)
    assert said.pop().startswith("级别不能清除")
    select(table, ("a", "level2"), ("b", "target_text"))
    press(table, Key.Key_Delete)
    assert said.pop() == "级别没有清除。"
    at(table, "d", "score")
    press(table, Key.Key_Delete)
    assert "自动算出来" in said.pop()
    at(table, "a", "target_text")
    ctrl(table, Key.Key_D)
    assert "上面没有" in said.pop()
    at(table, "b", "actual_text")
    ctrl(table, Key.Key_D)
    assert "相同" in said.pop()
    at(table, "a")
    press(table, Key.Key_Left, FOLD)
    press(table, Key.Key_Down, SHIFT)
    for gesture, verb in ((Key.Key_C, "复制"), (Key.Key_X, "剪切")):
        ctrl(table, gesture)
        assert said[-1] == f"收起的“产出指标”没有{verb}。"
    assert evaluated_lines_of(document)["c"].name == "指标c"


def test_that_filling_down_from_above_never_goes_over_what_is_being_typed(desk: Desk) -> None:
    document, table, said = desk
    at(table, "b", "target_text")
    type_text(table, ">=7次")
    ctrl(table, Key.Key_D)
    assert "正在输入" in said.pop()
    press(table, Key.Key_Return)
    assert evaluated_lines_of(document)["b"].target_text == ">=7次"


def test_that_of_cells_selected_one_by_one_no_other_cell_is_emptied_or_filled(desk: Desk) -> None:
    document, table, said = desk
    before = evaluated_lines_of(document)

    def scatter() -> None:
        at(table, "a", "points")
        chosen = table.rows.index_of("c", "actual_text")
        table.selectionModel().select(chosen, table.selectionModel().SelectionFlag.Select)

    for gesture in (lambda: press(table, Key.Key_Delete), lambda: paste(table, "9")):
        scatter()
        gesture()
        lines = evaluated_lines_of(document)
        assert (lines["a"].actual_text, lines["c"].points) == (before["a"].actual_text, before["c"].points)
        assert lines["a"].points == lines["c"].actual_text != before["a"].points
        document.undo_stack.undo()
        assert evaluated_lines_of(document) == before
    said.clear()
    put_on_clipboard("抄来的")
    for key in (Key.Key_C, Key.Key_X, Key.Key_D, Key.Key_R):
        scatter()
        ctrl(table, key)
        assert said.pop().startswith("选中的几格不是一整块")
    assert QGuiApplication.clipboard().text() == "抄来的"
    assert evaluated_lines_of(document) == before


def test_that_ctrl_r_fills_to_the_right_as_in_excel_and_leaves_the_levels(desk: Desk) -> None:
    document, table, said = desk
    at(table, "a", "actual_text")
    ctrl(table, Key.Key_R)
    assert evaluated_lines_of(document)["a"].actual_text == "≥10次"
    ctrl(table, Key.Key_R)
    assert "相同" in said.pop()
    select(table, ("b", "level2"), ("c", "actual_text"))
    ctrl(table, Key.Key_R)
    assert said.pop() == "级别没有填充。"
    lines = evaluated_lines_of(document)
    assert [(lines[one].target_text, lines[one].actual_text) for one in "bc"] == [
        ("指标b", "指标b"),
        ("指标c", "指标c"),
    ]
    assert lines["c"].level2 == QUALITY[1]
    at(table, "a")
    ctrl(table, Key.Key_R)
    assert "左边没有" in said.pop()
    at(table, "a", "level2")
    ctrl(table, Key.Key_R)
    assert "左边没有" in said.pop()
    type_text(table, "5")
    ctrl(table, Key.Key_R)
    assert "正在输入" in said.pop()
    press(table, Key.Key_Escape)
    press(table, Key.Key_Escape)


def test_that_a_block_fills_a_selection_that_is_a_whole_number_of_it_as_in_excel(desk: Desk) -> None:
    document, table, said = desk
    select(table, ("a", "target_text"), ("c", "actual_text"))
    paste(table, "≥5次\t6次\r\n")
    lines = evaluated_lines_of(document)
    assert [(one.target_text, one.actual_text) for one in lines.values()] == [("≥5次", "6次")] * 3 + [("≥10次", "8次")]
    assert len(table.selectedIndexes()) == 6
    select(table, ("a", "target_text"), ("d", "actual_text"))
    paste(table, "1次\r\n2次\r\n")
    found = [(one.target_text, one.actual_text) for one in evaluated_lines_of(document).values()]
    assert found == [("1次", "1次"), ("2次", "2次")] * 2
    document.undo_stack.undo()
    assert evaluated_lines_of(document) == lines
    select(table, ("a", "level2"), ("b", "level2"))
    paste(table, "随便")
    assert "“随便”不是级别的名称" in said.pop()
    paste(table, "质量指标")
    assert {evaluated_lines_of(document)[one].level2 for one in "abc"} == {"质量指标"}
    select(table, ("a", "level2"), ("b", "target_text"))
    paste(table, "甲")
    assert said.pop() == "已粘贴 4 格；级别没有粘贴，Ctrl+Z 退回。"


def test_that_what_changes_nothing_promises_no_step_to_take_back(desk: Desk) -> None:
    document, table, said = desk
    select(table, ("a", "points"), ("d", "points"))
    paste(table, "5\r\n5\r\n5\r\n5\r\n")
    at(table, "a", "points")
    paste(table, "5")
    select(table, ("a", "points"), ("d", "points"))
    paste(table, "5")
    type_text(table, "5")
    ctrl(table, Key.Key_Return)
    assert said == ["这些格里已经是同样的内容，没有改变。"] * 4
    assert document.undo_stack.count() == 1
