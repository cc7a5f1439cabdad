"""A low window: rows take two lines, but the row of the cursor shows its whole text; headings have a short word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.table.cell_painting import ELLIPSIS, is_points
from gui.table.columns import NAME, REASON, SCORE, column_of
from gui.table.grid import Grid
from gui.table.total_row import TotalRow
from model import edits
from model.changes import Part
from model.records import Form, Omission
from tests.gui.hands import at, document_of, evaluated, evaluated_line, press, shown_table, where

REASONS = "两件跨部门工单顺延至次年一月办结，已建立督办台账，并落实到人，逐月通报进度，年底前全部销号。"
HIGH, LOW = (700, 600), (700, 260)


@pytest.fixture
def table(qtbot: QtBot, tmp_path: Path) -> Iterator[Grid]:
    """Eight lines that have a long reason each, in a low view."""
    lines = (
        evaluated_line(f"l{n}", target_text="≥10次", actual_text="8次", points="10", deviation_reason=REASONS)
        for n in range(8)
    )
    with document_of(tmp_path / "低.jixiao", evaluated(*lines)) as document:
        yield shown_table(qtbot, document, Form.EVALUATION, LOW)


def heights(table: Grid) -> list[int]:
    return [table.rowHeight(table.rows.index_of(line_id).row()) for line_id in table.rows.line_ids()]


def test_that_in_a_low_view_only_the_row_of_the_cursor_has_more_than_two_lines(table: Grid) -> None:
    most = table.painting.cells.row_height + table.painting.cells.line_height
    for line_id, at_row in (("l0", 0), ("l3", 3)):
        at(table, line_id)
        found = heights(table)
        assert found.pop(at_row) > most
        assert max(found) <= most
    assert heights(table)[3] <= table.viewport().height() // 2 + table.painting.cells.row_height
    cut = table.rows.index_of("l1", REASON)
    assert table.places.tool_tip(cut).startswith(REASONS)
    table.resize(*HIGH)
    assert min(heights(table)) > most


def test_that_the_column_of_reasons_leaves_room_to_the_names_while_there_is_no_reason(
    qtbot: QtBot, tmp_path: Path
) -> None:
    lines = (evaluated_line(f"l{n}", name="服务热线一线团队总人数及变化", target_text="≥10次") for n in range(3))
    with document_of(tmp_path / "空.jixiao", evaluated(*lines)) as document:
        table = shown_table(qtbot, document, Form.EVALUATION, (790, 600))
        reason, name = (column_of(Form.EVALUATION, field) for field in (REASON, NAME))
        blank, wide = table.columnWidth(reason), table.columnWidth(name)
        assert table.painting.cells.width("偏差原因") < blank
        project = document.saved_project
        assert project is not None
        document.push("填写", edits.set_cell(project, Part.INDICATOR, "l0", REASON, "停用", document.settings))
        assert table.columnWidth(reason) > blank
        assert table.columnWidth(name) < wide
        document.undo_stack.undo()
        assert (table.columnWidth(reason), table.columnWidth(name)) == (blank, wide)


def test_that_a_text_of_which_only_the_first_line_is_in_view_says_that_it_goes_on(table: Grid) -> None:
    at(table, "l0")
    above, last = (table.visualRect(table.rows.index_of(one, REASON)) for one in ("l2", "l3"))
    row = table.painting.cells.row_height
    table.resize(table.width(), table.height() - table.viewport().height() + last.top() + row)
    assert table.measures.most_lines(3) > 1
    assert table.viewport().rect().bottom() == last.top() + row - 1
    whole, cut = (
        table.viewport().grab(QRect(one.left(), one.top(), one.width(), row - 1)).toImage() for one in (above, last)
    )
    assert whole != cut


def test_that_a_click_in_a_low_view_moves_no_row_before_a_second_click_could_come(qtbot: QtBot, table: Grid) -> None:
    at(table, "l0")
    place = table.visualRect(table.rows.index_of("l1")).center()
    before = heights(table)
    QTest.mousePress(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert (where(table), heights(table)) == (("l1", "name"), before)
    QTest.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    qtbot.waitUntil(lambda: heights(table)[1] > heights(table)[0])
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))


def test_that_a_block_that_grew_out_of_a_low_view_stays_in_view_when_the_row_of_the_cursor_opens(
    qtbot: QtBot, table: Grid
) -> None:
    at(table, "l7")
    at(table, "l0")
    place = table.visualRect(table.rows.index_of("l1")).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    table.cursor_moves.extend_to(table.rows.index_of("l7"))
    seen = table.visualRect(table.rows.index_of("l7"))
    assert table.visualRect(table.currentIndex()).top() < 0
    qtbot.waitUntil(lambda: heights(table)[1] > heights(table)[0])
    assert table.visualRect(table.rows.index_of("l7")) == seen


def test_that_a_row_clicked_and_left_by_key_is_not_opened_afterwards(qtbot: QtBot, table: Grid) -> None:
    at(table, "l0")
    qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.rows.index_of("l1")).center()
    )
    press(table, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: not table.measures.is_waiting)
    assert heights(table)[0] > heights(table)[1]


def test_that_a_heading_without_room_for_its_title_has_a_short_word_and_tells_the_whole(table: Grid) -> None:
    column = column_of(Form.EVALUATION, REASON)

    def heading(role: Qt.ItemDataRole) -> object:
        return table.rows.headerData(column, Qt.Orientation.Horizontal, role)

    table.widths.take({REASON: 90})
    assert heading(Qt.ItemDataRole.DisplayRole) == "偏差原因"
    assert (
        heading(Qt.ItemDataRole.ToolTipRole) == heading(Qt.ItemDataRole.AccessibleTextRole) == "偏差原因分析及改进措施"
    )
    table.widths.take({REASON: 300})
    assert heading(Qt.ItemDataRole.DisplayRole) == "偏差原因分析及改进措施"
    assert heading(Qt.ItemDataRole.ToolTipRole) is None


def test_that_words_in_the_place_of_a_score_take_a_second_line_and_no_wide_column(qtbot: QtBot, tmp_path: Path) -> None:
    lines = (
        evaluated_line("a", target_text="≥10次", actual_text="8次", points="10", achievement=Omission.LEFT_OUT),
        evaluated_line("b", target_text="≥10次", actual_text="8次", points="10"),
    )
    column = column_of(Form.EVALUATION, SCORE)
    with document_of(tmp_path / "不适用.jixiao", evaluated(*lines)) as document:
        table = shown_table(qtbot, document, Form.EVALUATION, LOW)
        cells = table.painting.cells
        cell = table.rows.cell(0, column)
        assert cell is not None
        parts = cells.anatomy(cell, table.columnWidth(column) - 1, is_number=True, most_lines=2)
        assert (parts.lines, parts.is_cut) == (("不适用", "（不计分）"), False)
        assert table.columnWidth(column) < cells.width(cell.text)
        assert table.rowHeight(0) >= parts.height > cells.row_height
        narrow = cells.anatomy(cell, cells.width("不适用") + 12, is_number=True, most_lines=2)
        assert narrow.is_cut
        assert narrow.lines[-1].endswith("…")
        number = table.rows.cell(1, column)
        assert number is not None
        assert cells.anatomy(number, 10, is_number=True, most_lines=2).lines == (number.text,)


def test_that_no_side_of_the_view_cuts_through_a_number(
    qtbot: QtBot, table: Grid, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[str, QRect]] = []

    def note(_painter: object, rect: QRect, text: str, *_: object) -> None:
        drawn.append((text, QRect(rect)))

    monkeypatch.setattr(table.painting.cells, "paint_text", note)
    monkeypatch.setattr(table.painting.cells, "paint_bold", note)
    bar, total = table.horizontalScrollBar(), TotalRow(table, table.rows)
    qtbot.addWidget(total)
    for widget in (table, total):
        widget.resize(260, widget.sizeHint().height())
    signs = 0
    for value in range(0, bar.maximum() + 1, 9):
        bar.setValue(value)
        drawn.clear()
        table.viewport().grab()
        total.grab()
        signs += sum(text == ELLIPSIS for text, _ in drawn)
        numbers = [(text, rect) for text, rect in drawn if is_points(text)]
        assert [text for text, rect in numbers if rect.right() > table.viewport().width()] == []
    assert signs > 0
