"""The columns under the hands of a person: hidden, moved, fitted, from the menu on their headings and by key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from gui.table.columns import PAST_FIELDS, column_of
from gui.table.grid import Grid
from gui.table.total_row import TotalRow
from model.records import Form
from tests.gui.hands import (
    at,
    clipboard_text,
    ctrl,
    document_of,
    evaluated,
    evaluated_line,
    evaluated_lines_of,
    press,
    put_on_clipboard,
    shown_table,
    where,
)

FORM = Form.EVALUATION
SHIFT = Qt.KeyboardModifier.ShiftModifier

Desk = tuple[Document, Grid]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    lines = (
        evaluated_line(
            "a", name="巡检次数", target_text=">=10次", actual_text="10次", points="30", deviation_reason="无"
        ),
        evaluated_line("b", name="培训场次", target_text=">=2场", actual_text="2场", points="60"),
    )
    with document_of(tmp_path / "自评.jixiao", evaluated(*lines)) as document:
        document.set_form(FORM)
        yield document, shown_table(qtbot, document, FORM)


def entry(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == text)


def menu_of(table: Grid, field: str) -> QMenu:
    return table.headings.menu(table, column_of(FORM, field))


def is_hidden(table: Grid, field: str) -> bool:
    return table.isColumnHidden(column_of(FORM, field))


def test_that_a_right_click_on_a_heading_opens_its_menu(desk: Desk) -> None:
    _, table = desk
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column_of(FORM, "points")) + 5, 5)
    header.customContextMenuRequested.emit(place)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.title() == "列“分值”"
    menu.close()


def test_that_a_column_is_hidden_and_shown_again_from_the_menu(desk: Desk) -> None:
    _, table = desk
    entry(menu_of(table, "points"), "隐藏这一列").trigger()
    assert is_hidden(table, "points")
    entry(menu_of(table, "name"), "分值").trigger()
    assert not is_hidden(table, "points")
    assert sum(table.columnWidth(at) for at in table.headings.shown) == table.viewport().width()


@pytest.mark.parametrize("field", ["level1", "level2", "name", "target_text"])
def test_that_what_says_which_line_it_is_cannot_be_hidden(desk: Desk, field: str) -> None:
    _, table = desk
    assert not entry(menu_of(table, field), "隐藏这一列").isEnabled()
    table.headings.set_shown(field, shown=False)
    assert not is_hidden(table, field)


def test_that_the_cursor_leaves_a_column_that_is_hidden_and_never_steps_into_one(desk: Desk) -> None:
    _, table = desk
    at(table, "a", "actual_text")
    table.headings.set_shown("actual_text", shown=False)
    assert where(table) == ("a", "name")
    press(table, Qt.Key.Key_Right)
    press(table, Qt.Key.Key_Right)
    assert where(table) == ("a", "points")


def test_that_going_to_a_cell_of_a_hidden_column_shows_it(desk: Desk) -> None:
    _, table = desk
    table.headings.set_shown("deviation_reason", shown=False)
    at(table, "b", "deviation_reason")
    assert not is_hidden(table, "deviation_reason")
    assert where(table) == ("b", "deviation_reason")


def test_that_clearing_leaves_hidden_cells_of_the_block_alone(desk: Desk) -> None:
    document, table = desk
    table.headings.set_shown("actual_text", shown=False)
    at(table, "a", "target_text")
    press(table, Qt.Key.Key_Right, SHIFT)
    press(table, Qt.Key.Key_Delete)
    cleared = evaluated_lines_of(document)["a"]
    assert (cleared.target_text, cleared.points, cleared.actual_text) == ("", "", "10次")


def test_that_pasting_into_a_hidden_column_of_a_headed_block_shows_it(desk: Desk) -> None:
    document, table = desk
    table.headings.set_shown("points", shown=False)
    at(table, "a", "name")
    put_on_clipboard("三级指标\t分值\n巡检次数\t45\n")
    ctrl(table, Qt.Key.Key_V)
    assert evaluated_lines_of(document)["a"].points == "45"
    assert not is_hidden(table, "points")


def test_that_a_moved_column_is_walked_selected_copied_and_pasted_as_it_stands(desk: Desk) -> None:
    document, table = desk
    entry(menu_of(table, "points"), "左移").trigger()
    shown = [table.rows.columns[column].field for column in table.headings.shown]
    assert shown[4:6] == ["points", "actual_text"]
    at(table, "a", "target_text")
    press(table, Qt.Key.Key_Right)
    assert where(table) == ("a", "points")
    at(table, "a", "target_text")
    press(table, Qt.Key.Key_Right, SHIFT)
    ctrl(table, Qt.Key.Key_C)
    assert clipboard_text().strip() == ">=10次\t30"
    at(table, "b", "target_text")
    put_on_clipboard(">=3场\t50\t4场\n")
    ctrl(table, Qt.Key.Key_V)
    pasted = evaluated_lines_of(document)["b"]
    assert (pasted.target_text, pasted.points, pasted.actual_text) == (">=3场", "50", "4场")


def test_that_a_block_with_levels_is_copied_in_the_order_of_the_form_with_hidden_columns(desk: Desk) -> None:
    _, table = desk
    table.headings.set_shown("actual_text", shown=False)
    at(table, "a", "level1")
    for _ in range(4):
        press(table, Qt.Key.Key_Right, SHIFT)
    ctrl(table, Qt.Key.Key_C)
    assert clipboard_text().strip().split("\t") == ["产出指标", "数量指标", "巡检次数", ">=10次", "10次", "30"]


def test_that_the_levels_stay_at_the_left_whatever_is_dragged(desk: Desk) -> None:
    _, table = desk
    header = table.horizontalHeader()
    header.moveSection(header.visualIndex(column_of(FORM, "points")), 0)
    assert table.headings.order[:3] == ("level1", "level2", "points")
    header.moveSection(0, 4)
    assert table.headings.order[:2] == ("level1", "level2")
    at(table, "a")
    press(table, Qt.Key.Key_Home)
    assert where(table) == ("a", "points")


def test_that_the_defaults_come_back_from_the_menu(desk: Desk) -> None:
    _, table = desk
    before = table.headings.order, [table.columnWidth(at) for at in table.headings.shown]
    table.horizontalHeader().resizeSection(column_of(FORM, "name"), 301)
    table.headings.set_shown("score", shown=False)
    table.headings.move(column_of(FORM, "points"), 1)
    entry(menu_of(table, "name"), "恢复默认列").trigger()
    assert (table.headings.order, [table.columnWidth(at) for at in table.headings.shown]) == before
    assert table.headings.hidden == set(PAST_FIELDS)


def test_that_the_menu_of_the_lines_has_the_columns_for_the_keyboard(desk: Desk) -> None:
    _, table = desk
    at(table, "a", "points")
    table.choices.open_menu(None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    more = menu.actions()[-1].menu()
    assert isinstance(more, QMenu)
    assert "列“分值”" in [action.text() for action in more.actions()]
    menu.close()


def test_that_the_totals_are_painted_in_the_columns_that_are_shown(qtbot: QtBot, desk: Desk) -> None:
    _, table = desk
    total = TotalRow(table, table.rows)
    qtbot.addWidget(total)
    total.resize(table.width(), total.sizeHint().height())
    whole = total.grab().toImage()
    table.headings.set_shown("points", shown=False)
    assert total.grab().toImage() != whole
