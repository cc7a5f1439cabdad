"""Columns share the width of the table, as the person left them or as the values need it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QTableWidget
from pytestqt.qtbot import QtBot

from gui.table.columns import ACTUAL, REASON, Column, column_of
from gui.table.columns import columns_of as all_columns
from gui.table.widths import ColumnWidths
from model.records import Form

FORM = Form.EVALUATION


def columns_of(form: Form) -> tuple[Column, ...]:
    """The columns that are shown unless a person wants others."""
    return tuple(column for column in all_columns(form) if not column.is_past)


@pytest.fixture
def table(qtbot: QtBot) -> QTableWidget:
    made = QTableWidget()
    made.setColumnCount(len(columns_of(FORM)))
    made.verticalHeader().hide()
    qtbot.addWidget(made)
    made.resize(1000, 300)
    made.show()
    return made


def needed(number: int) -> int:
    """Thirteen pixels a character, as the body text has."""
    return 13 * columns_of(FORM)[number].room.least


def width_of(table: QTableWidget, field: str) -> int:
    return table.horizontalHeader().sectionSize(column_of(FORM, field))


def total(table: QTableWidget) -> int:
    return sum(table.horizontalHeader().sectionSize(number) for number in range(len(columns_of(FORM))))


def test_that_values_of_sentences_get_room_from_the_reasons(table: QTableWidget) -> None:
    widths = ColumnWidths(table, columns_of(FORM), needed)
    widths.suit(is_wordy=False)
    before = width_of(table, ACTUAL), width_of(table, REASON)
    widths.suit(is_wordy=True)
    assert width_of(table, ACTUAL) > before[0]
    assert width_of(table, REASON) < before[1]
    assert total(table) == table.viewport().width()


def test_that_a_border_the_person_dragged_stays_with_another_project(table: QTableWidget) -> None:
    widths = ColumnWidths(table, columns_of(FORM), needed)
    widths.apply()
    table.horizontalHeader().resizeSection(column_of(FORM, ACTUAL), 333)
    kept = width_of(table, ACTUAL)
    widths.suit(is_wordy=True)
    assert width_of(table, ACTUAL) == kept
    assert kept == 333
    assert widths.own == {ACTUAL: 333}


def test_that_a_narrow_table_of_sentences_needs_no_scrolling_sideways(table: QTableWidget) -> None:
    table.resize(690, 300)
    widths = ColumnWidths(table, columns_of(FORM), needed)
    widths.suit(is_wordy=True)
    assert total(table) == table.viewport().width()
    assert all(table.columnWidth(number) >= needed(number) for number in range(len(columns_of(FORM))))
