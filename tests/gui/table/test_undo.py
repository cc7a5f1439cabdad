"""Undo and redo bring the hand back: the cells a gesture was made on are selected again, in their column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from gui.document.history import whereabouts
from gui.table.grid import Grid
from model import edits
from model.edits import Block
from model.records import Form
from tests.gui.hands import (
    QUALITY,
    SOCIAL,
    at,
    ctrl,
    declared,
    document_of,
    line,
    lines_of,
    press,
    put_on_clipboard,
    shown_table,
    type_text,
    where,
)
from tests.gui.window import open_form, shown_window

SHIFT = Qt.KeyboardModifier.ShiftModifier
Desk = tuple[Document, Grid]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """Five lines under two levels; the grid goes where the document asks, as it does in the window."""
    lines = (
        *(line(one, target_text=f"≥{number}次") for number, one in enumerate("abc", start=1)),
        line("d", QUALITY, target_text="≥95%"),
        line("e", QUALITY, target_text="≥96%"),
    )
    with document_of(tmp_path / "撤销.jixiao", declared(*lines)) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        document.place_requested.connect(table.go_to)
        document.block_requested.connect(table.select_block)
        yield document, table


def targets(document: Document) -> list[str]:
    return [one.target_text for one in lines_of(document).values()]


def test_that_after_fill_down_undo_and_redo_del_acts_on_the_same_block(desk: Desk) -> None:
    document, table = desk
    at(table, "a", "target_text")
    for _ in range(2):
        press(table, Qt.Key.Key_Down, SHIFT)
    block = table.block
    ctrl(table, Qt.Key.Key_D)
    at(table, "e")
    document.undo_stack.undo()
    assert table.block == block == Block(("a", "b", "c"), ("target_text",))
    at(table, "e")
    document.undo_stack.redo()
    press(table, Qt.Key.Key_Delete)
    assert targets(document) == ["", "", "", "≥95%", "≥96%"]


def test_that_a_cell_taken_back_or_done_again_has_the_cursor_alone(desk: Desk) -> None:
    document, table = desk
    at(table, "b", "target_text")
    type_text(table, "7")
    press(table, Qt.Key.Key_Return)
    for step in (document.undo_stack.undo, document.undo_stack.redo):
        at(table, "e")
        step()
        assert (where(table), table.block) == (("b", "target_text"), Block(("b",), ("target_text",)))


def test_that_a_pasted_block_is_selected_when_it_is_taken_back_and_when_it_is_done_again(desk: Desk) -> None:
    document, table = desk
    at(table, "b", "target_text")
    put_on_clipboard("≥8次\n≥9次\n≥97%")
    ctrl(table, Qt.Key.Key_V)
    for step in (document.undo_stack.undo, document.undo_stack.redo):
        at(table, "e")
        step()
        assert table.block == Block(("b", "c", "d"), ("target_text",))


def test_that_deleted_lines_come_back_selected_in_the_column_they_were_deleted_in(desk: Desk) -> None:
    document, table = desk
    at(table, "b", "target_text")
    press(table, Qt.Key.Key_Down, SHIFT)
    ctrl(table, Qt.Key.Key_Minus)
    at(table, "a")
    document.undo_stack.undo()
    assert (where(table), table.block) == (("b", "target_text"), Block(("b", "c"), ("target_text",)))


def test_that_the_line_after_a_line_that_went_again_has_the_cursor_in_the_same_column(desk: Desk) -> None:
    document, table = desk
    at(table, "b", "target_text")
    ctrl(table, Qt.Key.Key_Minus)
    document.undo_stack.undo()
    at(table, "e")
    document.undo_stack.redo()
    assert (where(table), table.block.ids) == (("c", "target_text"), ("c",))


def test_that_a_new_line_taken_back_leaves_the_cursor_where_it_stood(desk: Desk) -> None:
    document, table = desk
    at(table, "e")
    ctrl(table, Qt.Key.Key_Return)
    type_text(table, "新的")
    press(table, Qt.Key.Key_Return)
    at(table, "a", "target_text")
    document.undo_stack.undo()
    assert (where(table), table.block.ids) == (("e", "name"), ("e",))


def test_that_a_new_line_given_up_leaves_the_cursor_where_it_stood(desk: Desk) -> None:
    _, table = desk

    def give_up() -> None:
        type_text(table, "新")
        while table.is_editing:  # the first Esc takes the suggestions away
            press(table, Qt.Key.Key_Escape)

    control = Qt.KeyboardModifier.ControlModifier
    for start, keys in (("b", control), ("b", control | SHIFT), ("e", control)):
        at(table, start, "target_text")
        press(table, Qt.Key.Key_Return, keys)
        give_up()
        assert where(table) == (start, "target_text")
    below = table.rows.index(table.rows.rowCount() - 1, table.currentIndex().column())
    table.cursor_moves.go(below)
    give_up()
    assert where(table) == ("new", "target_text")


def test_that_lines_of_a_folded_level_are_shown_again_by_undo(desk: Desk) -> None:
    document, table = desk
    at(table, "a", "target_text")
    press(table, Qt.Key.Key_Down, SHIFT)
    press(table, Qt.Key.Key_Delete)
    table.folding.fold_here(folded=True)
    document.undo_stack.undo()
    assert table.block == Block(("a", "b"), ("target_text",))


def test_that_rows_and_columns_are_selected_around_the_cursor_and_extended_whole(desk: Desk) -> None:
    _, table = desk
    at(table, "b", "target_text")
    ctrl(table, Qt.Key.Key_Space)
    assert (where(table), table.block) == (("b", "target_text"), Block(tuple("abcde"), ("target_text",)))
    at(table, "b", "target_text")
    press(table, Qt.Key.Key_Space, SHIFT)
    press(table, Qt.Key.Key_Down, SHIFT)
    assert (where(table), table.block) == (("b", "target_text"), Block(("b", "c"), ("name", "target_text")))
    ctrl(table, Qt.Key.Key_A)
    assert (where(table), len(table.block.cells)) == (("b", "target_text"), 10)


def test_that_after_a_restart_the_cells_that_changed_are_found_from_the_changes(desk: Desk) -> None:
    document, table = desk
    project = document.saved_project
    assert project is not None
    cleared = edits.clear_block(project, Block(("d", "b"), ("target_text",)), document.settings)
    where_cleared = whereabouts(cleared, project)
    assert where_cleared is not None
    assert where_cleared.block == Block(("b", "d"), ("target_text",))
    table.select_block(where_cleared.block)
    assert table.block == where_cleared.block
    gone = whereabouts(edits.delete_lines(project, ("c",), document.settings), project)
    assert gone is not None
    assert gone.place.indicator_id == "c"
    moved = whereabouts(edits.move_within_level(project, ("a",), 1, document.settings), project)
    assert moved is not None
    assert moved.place.field == "name"
    assert whereabouts(cleared, None) is None


def test_that_ctrl_z_in_the_window_selects_the_block_in_the_form_it_was_made_in(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    open_form(window.document, Form.EVALUATION)
    table = window.page.table
    at(table, table.rows.line_ids()[0], "actual_text")
    press(table, Qt.Key.Key_Down, SHIFT)
    block = table.block
    press(table, Qt.Key.Key_Delete)
    window.document.set_form(Form.DECLARATION)
    window.commands["undo"].trigger()
    assert (window.page.table, window.page.table.block) == (table, block)


def seen_whole(table: Grid) -> bool:
    return table.viewport().rect().contains(table.visualRect(table.currentIndex()))


def test_that_what_is_moved_to_another_level_or_pasted_and_taken_back_is_in_view_with_the_cursor_on_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    lines = (*(line(f"q{n}") for n in range(30)), *(line(f"s{n}", SOCIAL) for n in range(30)))
    with document_of(tmp_path / "移到.jixiao", declared(*lines)) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        document.place_requested.connect(table.go_to)
        document.block_requested.connect(table.select_block)
        table.rows.set_folded(["效益指标"])
        at(table, "q3", "target_text")
        table.gestures.move_to_level(*SOCIAL)
        assert (where(table), seen_whole(table)) == (("q3", "target_text"), True)
        document.undo_stack.undo()
        assert (where(table), seen_whole(table)) == (("q3", "target_text"), True)
        put_on_clipboard("≥1次\n≥2次\n≥3次")
        ctrl(table, Qt.Key.Key_V)
        press(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        document.undo_stack.undo()
        assert (where(table), seen_whole(table)) == (("q3", "target_text"), True)
        assert table.block.ids == ("q3", "q4", "q5")
