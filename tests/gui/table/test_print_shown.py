"""What a value will be printed as is shown while it is typed, and covers no value it is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from pytestqt.qtbot import QtBot

from gui.table.columns import LEVEL_FIELDS, NAME, TARGET, column_of
from gui.table.editors import TextEditor
from gui.table.grid import Grid
from model.records import Form
from tests.gui.hands import at, declared, document_of, editor_of, line, press, shown_table, type_text

NARROW = 90
LONG = "开展长三角科创共同体联合攻关组织保障人数"
NAMES = {"a": "媒体报道", "b": LONG, "c": "视频宣传片", "d": LONG, "e": "名称\n有两行"}


@pytest.fixture
def table(qtbot: QtBot, tmp_path: Path) -> Iterator[Grid]:
    """Lines with a value each, whose column is too narrow for two; two names fill their cells."""
    lines = (line(one, name=name, target_text="≥10.00(次)") for one, name in NAMES.items())
    with document_of(tmp_path / "申报.jixiao", declared(*lines)) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        name = table.painting.cells.width(LONG) + 20
        levels = sum(table.columnWidth(column_of(Form.DECLARATION, field)) for field in LEVEL_FIELDS)
        table.resize(levels + name + NARROW, table.height())
        table.widths.take({NAME: name, TARGET: NARROW})
        assert table.columnWidth(column_of(Form.DECLARATION, TARGET)) == NARROW
        yield table


def texts_in(table: Grid, fields: tuple[str, ...]) -> list[QRect]:
    """Where the texts of some columns stand."""
    found: list[QRect] = []
    for row in range(table.rows.rowCount()):
        for field in fields:
            column = column_of(table.form, field)
            cell, rect = table.rows.cell(row, column), table.visualRect(table.rows.index(row, column))
            if cell is not None and cell.text:
                rect.setWidth(table.painting.cells.width(cell.text) + 6)
                found.append(rect)
    return found


@pytest.mark.parametrize("line_id", NAMES)
def test_that_what_will_print_covers_no_value_where_its_cell_has_no_room(table: Grid, line_id: str) -> None:
    panel = table.suggestion_panel
    at(table, line_id, TARGET)
    type_text(table, ">=2")
    editor = editor_of(table)
    assert isinstance(editor, TextEditor)
    assert panel.preview_text.endswith("≥2.00")
    place = panel.geometry()
    assert table.viewport().rect().contains(place)
    assert editor.blanks[1].contains(place) or not place.intersects(editor.geometry())
    others = [rect for rect in texts_in(table, (TARGET,)) if not rect.intersects(editor.geometry())]
    assert not any(place.intersects(rect) for rect in others)
    names = [rect for rect in texts_in(table, (NAME,)) if place.intersects(rect)]
    assert len(names) <= int(NAMES[line_id] == LONG)


def test_that_what_will_print_stands_in_a_line_of_the_editor_that_is_blank(table: Grid) -> None:
    panel = table.suggestion_panel
    at(table, "e", TARGET)
    type_text(table, ">=2")
    editor = editor_of(table)
    assert isinstance(editor, TextEditor)
    assert editor.blanks[1].contains(panel.geometry())
    assert panel.geometry().top() > editor.geometry().top() + editor.fontMetrics().lineSpacing()


def test_that_the_levels_are_never_under_what_will_print(table: Grid) -> None:
    at(table, "d", TARGET)
    type_text(table, ">=2")
    place = table.suggestion_panel.geometry()
    levels = [table.places.cell_rect(table.rows.index_of("d", field)) for field in LEVEL_FIELDS]
    assert not any(place.intersects(rect) for rect in levels)
    press(table, Qt.Key.Key_Escape)
    assert table.suggestion_panel.isHidden()
