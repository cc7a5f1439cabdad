"""The earlier year beside each line: shown when wanted, read and copied, never written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from gui.table.columns import PAST_FIELDS, column_of
from gui.table.grid import Grid
from model.changes import Part
from model.records import Evaluation, Form
from tests.gui.hands import (
    at,
    clipboard_text,
    ctrl,
    declared,
    document_of,
    editor_of,
    evaluated_line,
    evaluated_lines_of,
    line,
    lines_of,
    press,
    put_on_clipboard,
    shown_table,
    type_text,
    where,
)

FORM = Form.DECLARATION
Desk = tuple[Document, Grid]
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    now = declared(
        line("a", name="巡检次数", target_text="≥15.00(次)"),
        line("b", name="电话人工接听率", target_text="≥85.00(%)"),
        line("c", name="新的一条", target_text="≥1.00(次)"),
    )
    before = declared(
        line("x", name="巡检次数（2025年）", target_text="≥10.00(次)"),
        line("y", name="电话接听率", target_text="≥85.00(%)"),
        project_id="past",
        year=2025,
    )
    reached = Evaluation(
        indicators=(evaluated_line("z", name="巡检次数（2025年）", target_text="≥10次", actual_text="12次"),)
    )
    with document_of(tmp_path / "两年.jixiao", now, before.with_form(Form.EVALUATION, reached)) as document:
        yield document, shown_table(qtbot, document, FORM, (1100, 600))


def texts(table: Grid, line_id: str) -> list[str]:
    return [str(table.rows.index_of(line_id, field).data() or "") for field in PAST_FIELDS]


def titles(table: Grid) -> list[str]:
    header = table.rows
    return [str(header.headerData(column_of(FORM, field), Qt.Orientation.Horizontal)) for field in PAST_FIELDS]


def test_that_nothing_of_the_earlier_year_is_looked_up_before_it_is_wanted(desk: Desk) -> None:
    _, table = desk
    assert table.headings.hidden >= set(PAST_FIELDS)
    assert texts(table, "a") == ["", "", ""]


def test_that_target_actual_value_and_change_stand_right_of_the_target_with_their_year(desk: Desk) -> None:
    document, table = desk
    table.headings.show_past(shown=True)
    shown = [table.rows.columns[column].field for column in table.headings.shown]
    assert shown == ["level1", "level2", "name", "target_text", *PAST_FIELDS]
    assert titles(table) == ["2025年指标值", "2025年完成值", "较2025年"]
    menu = table.headings.menu(table, column_of(FORM, PAST_FIELDS[0]))
    assert menu.title() == "列“2025年指标值”"
    assert {*titles(table)} <= {action.text() for action in menu.actions()}
    assert texts(table, "a") == ["≥10次", "12次", "+50%"]
    assert texts(table, "c") == ["", "", ""]
    at(table, "a", "target_text")
    type_text(table, "5")
    press(table, Qt.Key.Key_Return)
    assert lines_of(document, FORM)["a"].target_text != "≥15.00(次)"
    assert texts(table, "a")[2] != "+50%"


@pytest.mark.parametrize("width", [800, 900, 1100])
def test_that_the_columns_of_the_earlier_year_are_as_wide_as_their_headings_where_there_is_room(
    desk: Desk, width: int
) -> None:
    _, table = desk
    table.resize(width, 600)
    table.headings.show_past(shown=True)
    header = table.horizontalHeader()
    assert header.length() <= table.viewport().width()
    for field in PAST_FIELDS:
        column = column_of(FORM, field)
        assert header.sectionSize(column) >= header.sectionSizeFromContents(column).width(), field


def test_that_the_change_ends_at_the_right_as_numbers_do_and_is_whole_on_one_line(desk: Desk) -> None:
    document, table = desk
    table.headings.show_past(shown=True)
    column = column_of(FORM, PAST_FIELDS[2])
    assert document.write_text("修改年度指标值", Part.INDICATOR, "a", "target_text", "≥123456789次")
    index = table.rows.index_of("a", PAST_FIELDS[2])
    text = str(index.data())
    assert text == "+1234567790%"
    cell, cells = table.rows.cell(index.row(), column), table.painting.cells
    assert cell is not None
    assert cells.anatomy(cell, table.columnWidth(column) - 1, is_number=False).lines == (text,)
    assert document.write_text("修改年度指标值", Part.INDICATOR, "a", "target_text", "≥15次")
    alignment = table.rows.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert isinstance(alignment, Qt.AlignmentFlag)
    assert alignment & Qt.AlignmentFlag.AlignRight
    place = table.visualRect(index).adjusted(0, 0, -2, -2)
    image = table.viewport().grab(place).toImage()
    inks = [x for x in range(image.width()) for y in range(image.height()) if image.pixel(x, y) != image.pixel(0, 0)]
    assert image.width() - 12 < max(inks)
    assert min(inks) >= image.width() - 12 - cells.width("+50%")


def test_that_headings_are_told_apart_at_every_width_and_said_whole(qtbot: QtBot, tmp_path: Path) -> None:
    reached = Evaluation(indicators=(evaluated_line("a", name="巡检次数", target_text=">=15次"),))
    now = declared().with_form(Form.EVALUATION, reached)
    before = declared(line("x", name="巡检次数", target_text="≥10次"), project_id="past", year=2025)
    with document_of(tmp_path / "自评.jixiao", now, before) as document:
        document.set_form(Form.EVALUATION)
        table = shown_table(qtbot, document, Form.EVALUATION, (1400, 300))
        table.headings.show_past(shown=True)
        header, rows = table.horizontalHeader(), table.rows
        whole = {column: rows.title(column) for column in table.headings.shown}

        def said(column: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
            return str(rows.headerData(column, Qt.Orientation.Horizontal, role) or "")

        for width in (1400, 880, 800, 700, 600):
            table.resize(width, 300)
            heads = [said(column) for column in whole]
            assert len(set(heads)) == len(heads)
            for column, title in whole.items():
                assert header.sectionSize(column) >= header.sectionSizeFromContents(column).width(), (width, title)
                assert said(column, Qt.ItemDataRole.AccessibleTextRole) == title
                assert said(column, Qt.ItemDataRole.ToolTipRole) == ("" if said(column) == title else title)
        assert {"年度指标", "25年指标", "25年完成", "偏差原因"} <= set(heads)
        document.select_project("past")
        document.select_project("p")
        assert [said(column) for column in whole] == heads
        for column in whole:
            header.resizeSection(column, 34)
        assert len({said(column)[0] for column in whole}) == len(whole)


def test_that_a_line_that_may_be_meant_is_shown_with_a_question_mark_and_not_reckoned_with(desk: Desk) -> None:
    _, table = desk
    table.headings.show_past(shown=True)
    cell = table.rows.cell(table.rows.index_of("b").row(), column_of(FORM, PAST_FIELDS[0]))
    assert cell is not None
    assert (cell.text, cell.hint, cell.messages) == ("", "？电话接听率", ("名称相近：电话接听率",))
    spoken = table.rows.index_of("b", PAST_FIELDS[0]).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "空白，名称相近：电话接听率"
    assert texts(table, "b") == ["", "", ""]


def test_that_tab_passes_them_by_and_keys_write_nothing_there(desk: Desk) -> None:
    document, table = desk
    table.headings.show_past(shown=True)
    said: list[str] = []
    table.said.connect(said.append)
    at(table, "a", "target_text")
    press(table, Qt.Key.Key_Tab)
    assert where(table) == ("b", "name")
    at(table, "a", "target_text")
    press(table, Qt.Key.Key_Right)
    assert where(table) == ("a", "past_target")
    press(table, Qt.Key.Key_F2)
    type_text(table, "9")
    assert editor_of(table) is None
    ctrl(table, Qt.Key.Key_C)
    assert clipboard_text().strip() == "≥10次"
    before = document.project
    put_on_clipboard("≥99次\n")
    for key in (Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_D):
        ctrl(table, key)
    press(table, Qt.Key.Key_Delete)
    assert document.project == before
    assert said == ["往年的列只供对照，不能修改。"] * 6


def test_that_a_block_over_them_is_pasted_and_copied_without_them(desk: Desk) -> None:
    document, table = desk
    table.headings.show_past(shown=True)
    at(table, "a", "level1")
    for _ in range(6):
        press(table, Qt.Key.Key_Right, SHIFT)
    ctrl(table, Qt.Key.Key_C)
    assert clipboard_text().strip().split("\t") == ["产出指标", "数量指标", "巡检次数", "≥15.00(次)"]
    at(table, "a", "target_text")
    press(table, Qt.Key.Key_Right, SHIFT)
    press(table, Qt.Key.Key_Delete)
    assert lines_of(document, FORM)["a"] == replace(lines_of(document, FORM)["a"], target_text="", name="巡检次数")


def test_that_a_block_copied_across_them_is_whole_for_excel_and_comes_back_to_the_cells_it_was_copied_from(
    qtbot: QtBot, tmp_path: Path
) -> None:
    reached = Evaluation(
        indicators=(
            evaluated_line("a", name="巡检次数", target_text=">=15次", actual_text="15次", points="10"),
            evaluated_line("b", name="培训场次", target_text=">=1场"),
        )
    )
    before = declared(line("x", name="巡检次数", target_text="≥10次"), project_id="past", year=2025)
    with document_of(tmp_path / "自评.jixiao", declared().with_form(Form.EVALUATION, reached), before) as document:
        document.set_form(Form.EVALUATION)
        table = shown_table(qtbot, document, Form.EVALUATION, (1100, 600))
        table.headings.show_past(shown=True)
        said: list[str] = []
        table.said.connect(said.append)
        at(table, "a", "target_text")
        for _ in range(5):
            press(table, Qt.Key.Key_Right, SHIFT)
        ctrl(table, Qt.Key.Key_C)
        assert clipboard_text().rstrip("\r\n").split("\t") == [">=15次", "≥10次", "", "", "15次", "10"]
        at(table, "b", "target_text")
        ctrl(table, Qt.Key.Key_V)
        pasted = evaluated_lines_of(document)["b"]
        assert pasted == replace(pasted, target_text=">=15次", actual_text="15次", points="10", deviation_reason="")
        assert said == []
        at(table, "a", "level2")
        for _ in range(3):
            press(table, Qt.Key.Key_Right, SHIFT)
        ctrl(table, Qt.Key.Key_C)
        assert said == ["往年的列没有复制。"]


def test_that_what_names_a_line_or_its_project_is_looked_up_when_it_was_written_not_while_it_is_typed(
    desk: Desk,
) -> None:
    document, table = desk
    table.headings.show_past(shown=True)
    before = titles(table), texts(table, "a")
    at(table, "a", "name")
    type_text(table, "b")
    assert (titles(table), texts(table, "a")) == before
    press(table, Qt.Key.Key_Escape)
    type_text(table, "b")
    press(table, Qt.Key.Key_Return)
    assert texts(table, "a") == ["", "", ""]
    document.undo_stack.undo()
    document.lay_text(Part.PROJECT, "p", "project_name", "别的项目")
    assert (titles(table), texts(table, "a")) == before
    assert document.write_text("修改项目名称", Part.PROJECT, "p", "project_name", "别的项目")
    assert (titles(table), texts(table, "a")) == (["上年指标值", "上年完成值", "较上年"], ["", "", ""])


def test_that_typing_in_a_row_without_a_line_begins_its_name_there_too(desk: Desk) -> None:
    document, table = desk
    table.headings.show_past(shown=True)
    table.cursor_moves.go(table.rows.index(table.rows.rowCount() - 1, column_of(FORM, "past_target")))
    type_text(table, "a")
    press(table, Qt.Key.Key_Return)
    assert "a" in {one.name for one in lines_of(document, FORM).values()}


def test_that_another_project_has_its_own_earlier_year_or_none(desk: Desk) -> None:
    document, table = desk
    table.headings.show_past(shown=True)
    document.select_project("past")
    assert titles(table) == ["上年指标值", "上年完成值", "较上年"]
    assert texts(table, "x") == ["", "", ""]
    document.select_project("p")
    assert texts(table, "a") == ["≥10次", "12次", "+50%"]
