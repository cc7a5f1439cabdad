"""A heading stands over what it heads: its text begins, and over numbers ends, where that of the cells does."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTableView, QTableWidget, QTableWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.dialog import Dialog, framed
from gui.document.project_list import Group
from gui.overview.columns import NAME as OVERVIEW_NAME
from gui.table.columns import NAME
from model.changes import Part, SetField
from model.records import Form
from tests.gui.dialogs import shown
from tests.gui.window import line_named, set_line, shown_window

INSIDE = 5
"""Pixels that lines and frames of a cell may take at its edges."""


def ink(shown_in: QWidget, rect: QRect) -> tuple[int, int]:
    """Where in a rectangle the drawing begins and ends, in pixels from its left and right edge."""
    image = shown_in.grab(rect).toImage().convertToFormat(QImage.Format.Format_RGB32)
    ground = image.pixel(INSIDE, INSIDE)
    drawn = [
        x
        for x in range(INSIDE, image.width() - INSIDE)
        if any(image.pixel(x, y) != ground for y in range(INSIDE, image.height() - INSIDE))
    ]
    return drawn[0], image.width() - drawn[-1]


def _column(table: QTableView, column: int) -> tuple[QRect, QRect]:
    header = table.horizontalHeader()
    left, width = header.sectionViewportPosition(column), header.sectionSize(column)
    row = table.visualRect(table.model().index(0, column))
    return QRect(left, 0, width, header.height()), QRect(left, row.top(), width, row.height())


def _edges(table: QTableView, column: int) -> tuple[tuple[int, int], tuple[int, int]]:
    over, under = _column(table, column)
    return ink(table.horizontalHeader().viewport(), over), ink(table.viewport(), under)


def _table_in_dialog(qtbot: QtBot, folder: Path) -> tuple[Dialog, QTableWidget]:
    """Two columns, of which the last ends at the frame of the table; a dialog nobody holds is gone."""
    shown_window(qtbot, folder)  # with the look of the program
    dialog = Dialog("", "", "")
    table = QTableWidget(2, 2, dialog)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.horizontalHeader().setHighlightSections(False)
    table.setShowGrid(False)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for column in range(2):
        items = [QTableWidgetItem("中国") for _ in range(2)]
        for item in items if column else ():
            item.setTextAlignment(right)
        table.setItem(0, column, items[0])
        table.setHorizontalHeaderItem(column, items[1])
    framed(table)
    dialog.content.addWidget(table)
    shown(qtbot, dialog)
    table.setCurrentCell(1, 0)
    return dialog, table


def test_that_in_a_dialog_a_line_parts_headings_and_none_stands_beside_the_frame(qtbot: QtBot, tmp_path: Path) -> None:
    _dialog, table = _table_in_dialog(qtbot, tmp_path)
    ends = []
    for column in range(2):
        heading, _ = _column(table, column)
        image = table.horizontalHeader().viewport().grab(heading).toImage()
        middle = image.height() // 2
        ends.append(image.pixel(image.width() - 1, middle) != image.pixel(image.width() - INSIDE, middle))
    assert ends == [True, False]


def test_that_in_a_dialog_a_heading_begins_and_ends_where_its_column_does(qtbot: QtBot, tmp_path: Path) -> None:
    _dialog, table = _table_in_dialog(qtbot, tmp_path)
    heading, cell = _edges(table, 0)
    assert heading[0] == cell[0]
    heading, cell = _edges(table, 1)
    assert heading[1] == cell[1]


def test_that_on_a_page_a_heading_begins_where_its_column_does(qtbot: QtBot, tmp_path: Path, given_store: Path) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    document, first = window.document, window.document.summaries()[0]
    named = SetField(first.id, Part.PROJECT, first.id, "project_name", first.project_name, "项目")
    assert document.push("重命名", (named,))
    document.select_group(Group.of(first))
    window.overview.table.go(3)
    heading, cell = _edges(window.overview.table, OVERVIEW_NAME)
    assert heading[0] == cell[0]


def test_that_in_the_grid_a_heading_begins_where_its_column_does(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    document, table = window.document, window.page.table
    project = document.saved_project
    assert project is not None
    name = next(number for number, one in enumerate(table.rows.columns) if one.field == NAME)
    row = next(row for row in range(table.rows.rowCount()) if table.rows.line_id(table.rows.index(row, name)))
    set_line(
        document, line_named(document, Form.DECLARATION, str(table.rows.index(row, name).data())), NAME, "三级指标"
    )
    table.setCurrentIndex(table.rows.index(row + 3, name))
    over, _ = _column(table, name)
    heading = ink(table.horizontalHeader().viewport(), over)
    assert heading[0] == ink(table.viewport(), table.visualRect(table.rows.index(row, name)))[0]
