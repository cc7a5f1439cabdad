"""Columns share the width of the table, as the person left them or as the values need it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from PySide6.QtWidgets import QTableWidget
from pytestqt.qtbot import QtBot

from gui.table.columns import ACTUAL, NAME, POINTS, REASON, SCORE, Column, column_of
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


def unheaded(_column: int) -> int:
    return 0


def wishing(wishes: Mapping[str, int]) -> Callable[[int], int]:
    """Columns whose texts want so many pixels, by field; the others nothing beyond their least."""
    return lambda number: wishes.get(columns_of(FORM)[number].field, 0)


def test_that_columns_whose_texts_are_short_leave_their_room_to_those_that_are_read(table: QTableWidget) -> None:
    widths = ColumnWidths(table, columns_of(FORM), needed, wishing({REASON: 400}), unheaded)
    widths.look()
    assert width_of(table, REASON) >= 400
    widths = ColumnWidths(table, columns_of(FORM), needed, wishing({ACTUAL: 350}), unheaded)
    widths.look()
    assert width_of(table, ACTUAL) >= 350
    assert total(table) == table.viewport().width()


def test_that_two_columns_of_long_texts_share_what_the_others_do_not_want(table: QTableWidget) -> None:
    widths = ColumnWidths(table, columns_of(FORM), needed, wishing({ACTUAL: 3000, REASON: 3000, NAME: 120}), unheaded)
    widths.look()
    assert width_of(table, NAME) in {120, 121}
    assert width_of(table, REASON) > width_of(table, ACTUAL) > 2 * needed(column_of(FORM, ACTUAL))
    assert total(table) == table.viewport().width()


def test_that_only_a_text_longer_by_a_step_moves_columns_and_the_same_texts_have_the_same_widths(
    table: QTableWidget,
) -> None:
    wishes = {REASON: 200}
    widths = ColumnWidths(table, columns_of(FORM), needed, wishing(wishes), unheaded)
    widths.look()
    before = table.horizontalHeader().saveState()
    wishes[REASON] = 250
    widths.follow()
    assert table.horizontalHeader().saveState() == before
    wishes[REASON] = 440
    widths.follow()
    assert width_of(table, REASON) >= 440
    wishes[REASON] = 200
    widths.follow()
    assert table.horizontalHeader().saveState() == before


def test_that_a_table_too_narrow_for_its_texts_narrows_them_and_not_its_numbers(table: QTableWidget) -> None:
    table.resize(sum(needed(number) for number in range(len(columns_of(FORM)))) - 40, 300)
    widths = ColumnWidths(table, columns_of(FORM), needed, wishing({}), unheaded)
    widths.look()
    assert total(table) == table.viewport().width()
    assert all(width_of(table, field) == needed(column_of(FORM, field)) for field in (POINTS, SCORE))


def test_that_a_border_the_person_dragged_stays_with_another_project(table: QTableWidget) -> None:
    widths = ColumnWidths(table, columns_of(FORM), needed, wishing({}), unheaded)
    widths.apply()
    table.horizontalHeader().resizeSection(column_of(FORM, ACTUAL), 333)
    kept = width_of(table, ACTUAL)
    widths.look()
    assert width_of(table, ACTUAL) == kept
    assert kept == 333
    assert widths.own == {ACTUAL: 333}


def test_that_a_narrow_table_of_sentences_needs_no_scrolling_sideways(table: QTableWidget) -> None:
    table.resize(690, 300)
    widths = ColumnWidths(table, columns_of(FORM), needed, wishing({}), unheaded)
    widths.look()
    assert total(table) == table.viewport().width()
    assert all(table.columnWidth(number) >= needed(number) for number in range(len(columns_of(FORM))))
