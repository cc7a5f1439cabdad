"""The grid opens as it was left: widths, letters, folded levels; and as at first from a file nobody understands."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.desk.preferences import Preferences
from gui.table.memory import GridMemory
from model.records import Form
from tests.gui.hands import SOCIAL, at, declared, document_of, line, press, shown_table


def test_that_widths_letters_and_folded_levels_are_as_they_were_left(qtbot: QtBot, tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "jixiao.ini")
    with document_of(tmp_path / "记住.jixiao", declared(line("a"), line("b", SOCIAL))) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        GridMemory(table, preferences)
        table.horizontalHeader().resizeSection(3, 301)
        table.set_zoom(125)
        at(table, "a")
        press(table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
        again = shown_table(qtbot, document, Form.DECLARATION)
        GridMemory(again, preferences)
        assert again.columnWidth(3) == 301
        assert (again.zoom, again.rows.folded) == (125, {"产出指标"})
        other = shown_table(qtbot, document, Form.EVALUATION)
        GridMemory(other, preferences)
        assert other.zoom == 100


@pytest.mark.parametrize("text", ["{", "[]", '{"widths": 3}', '{"zoom": "groß"}', '{"folded": 7}'])
def test_that_a_memory_nobody_understands_changes_nothing(qtbot: QtBot, tmp_path: Path, text: str) -> None:
    preferences = Preferences(tmp_path / "jixiao.ini")
    preferences.set_grid(Form.DECLARATION, text)
    with document_of(tmp_path / "记住.jixiao", declared(line("a"))) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        GridMemory(table, preferences)
        assert (table.zoom, table.widths.own, table.rows.folded) == (100, {}, set())
