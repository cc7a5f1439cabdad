"""Columns share the width of the table, as the person left them or as the values need it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QTreeWidget
from pytestqt.qtbot import QtBot

from gui.models.columns import ACTUAL, COLUMNS, REASON, column_of
from gui.views.column_widths import ColumnWidths
from model.records import Form

FORM = Form.EVALUATION


@pytest.fixture
def table(qtbot: QtBot) -> QTreeWidget:
    made = QTreeWidget()
    made.setColumnCount(len(COLUMNS[FORM]))
    qtbot.addWidget(made)
    made.resize(1000, 300)
    made.show()
    return made


def width_of(table: QTreeWidget, field: str) -> int:
    return table.header().sectionSize(column_of(FORM, field))


def total(table: QTreeWidget) -> int:
    return sum(table.header().sectionSize(number) for number in range(len(COLUMNS[FORM])))


def test_that_values_of_sentences_get_room_from_the_reasons(table: QTreeWidget) -> None:
    widths = ColumnWidths(table, COLUMNS[FORM])
    widths.suit(is_wordy=False)
    before = width_of(table, ACTUAL), width_of(table, REASON)
    widths.suit(is_wordy=True)
    assert width_of(table, ACTUAL) > before[0]
    assert width_of(table, REASON) < before[1]
    assert total(table) == table.viewport().width()


def test_that_a_border_the_person_dragged_stays_with_another_project(table: QTreeWidget) -> None:
    widths = ColumnWidths(table, COLUMNS[FORM])
    widths.apply()
    table.header().resizeSection(column_of(FORM, ACTUAL), 333)
    kept = width_of(table, ACTUAL)
    widths.suit(is_wordy=True)
    assert width_of(table, ACTUAL) == kept
    assert kept > COLUMNS[FORM][column_of(FORM, ACTUAL)].minimum * 2


def test_that_a_narrow_table_of_sentences_needs_no_scrolling_sideways(table: QTreeWidget) -> None:
    table.resize(690, 300)
    widths = ColumnWidths(table, COLUMNS[FORM])
    widths.suit(is_wordy=True)
    assert total(table) == table.viewport().width()
    assert all(table.header().sectionSize(number) >= column.minimum for number, column in enumerate(COLUMNS[FORM]))
