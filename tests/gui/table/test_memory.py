"""The grid opens as it was left: widths, letters, folded levels; and as at first from a file nobody understands."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.desk.preferences import Preferences
from gui.table.columns import PAST_FIELDS, column_of
from gui.table.grid import Grid
from gui.table.memory import GridMemory
from gui.table.rows import RowKind
from model.records import Form
from tests.gui.hands import SOCIAL, at, ctrl, declared, document_of, evaluated, evaluated_line, line, press, shown_table


def test_that_widths_letters_and_folded_levels_are_as_they_were_left(qtbot: QtBot, tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "jixiao.ini")
    with document_of(tmp_path / "记住.jixiao", declared(line("a"), line("b", SOCIAL))) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        GridMemory(table, document, preferences)
        table.horizontalHeader().resizeSection(3, 301)
        table.set_zoom(125)
        at(table, "a")
        press(table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
        again = shown_table(qtbot, document, Form.DECLARATION)
        GridMemory(again, document, preferences)
        assert again.columnWidth(3) == 301
        assert (again.zoom, again.rows.folded) == (125, {"产出指标"})
        other = shown_table(qtbot, document, Form.EVALUATION)
        GridMemory(other, document, preferences)
        assert other.zoom == 100


@pytest.mark.parametrize("text", ["{", "[]", '{"widths": 3}', '{"zoom": "groß"}', '{"folded": 7}', '{"line": ["a"]}'])
def test_that_a_memory_nobody_understands_changes_nothing(qtbot: QtBot, tmp_path: Path, text: str) -> None:
    preferences = Preferences(tmp_path / "jixiao.ini")
    preferences.set_grid(Form.DECLARATION, text)
    with document_of(tmp_path / "记住.jixiao", declared(line("a"))) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        GridMemory(table, document, preferences)
        assert (table.zoom, table.widths.own, table.rows.folded) == (100, {}, set())


def test_that_columns_stand_and_hide_as_they_were_left(qtbot: QtBot, tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "jixiao.ini")
    with document_of(tmp_path / "记住.jixiao", evaluated(evaluated_line("a"))) as document:
        table = shown_table(qtbot, document, Form.EVALUATION)
        GridMemory(table, document, preferences)
        table.headings.set_shown("score", shown=False)
        table.headings.move(column_of(Form.EVALUATION, "points"), -1)
        again = shown_table(qtbot, document, Form.EVALUATION)
        GridMemory(again, document, preferences)
        assert again.headings.hidden == {"score", *PAST_FIELDS}
        assert again.headings.order == table.headings.order
        assert again.headings.order.index("points") < again.headings.order.index("actual_text")
        table.headings.show_past(shown=True)
        table.headings.set_shown(PAST_FIELDS[1], shown=False)
        beside = shown_table(qtbot, document, Form.EVALUATION)
        GridMemory(beside, document, preferences)
        assert beside.headings.hidden == {"score", PAST_FIELDS[1]}


def test_that_the_project_opens_at_the_line_where_it_was_left_and_another_at_its_first(
    qtbot: QtBot, tmp_path: Path
) -> None:
    preferences = Preferences(tmp_path / "jixiao.ini")
    projects = (declared(line("a"), line("b")), declared(line("c"), line("d"), project_id="q", name="另一个项目"))
    with document_of(tmp_path / "记住.jixiao", *projects) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        memory = GridMemory(table, document, preferences)
        at(table, "b")
        memory.remember()
        document.select_project(None)
        again = shown_table(qtbot, document, Form.DECLARATION)
        GridMemory(again, document, preferences)
        document.select_project("p")
        assert again.current_id() == "b"
        document.select_project("q")
        assert again.currentIndex().row() == 0
        document.select_project("p")
        assert again.currentIndex().row() == 0


def test_that_a_level_whose_last_line_went_is_there_the_next_day_until_it_is_deleted_too(
    qtbot: QtBot, tmp_path: Path
) -> None:
    preferences = Preferences(tmp_path / "jixiao.ini")
    project = declared(line("a"), line("b", ("效益指标", "生态效益指标")))

    def vacant(table: Grid) -> list[str]:
        return [row.levels[1] for row in table.rows.rows if row.kind is RowKind.VACANT]

    with document_of(tmp_path / "空.jixiao", project) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        memory = GridMemory(table, document, preferences)
        at(table, "b")
        ctrl(table, Qt.Key.Key_Minus)
        assert "生态效益指标" in vacant(table)
        memory.remember()
        again = shown_table(qtbot, document, Form.DECLARATION)
        GridMemory(again, document, preferences)
        assert "生态效益指标" in vacant(again)
        again.cursor_moves.go(again.rows.index_of_level("生态效益指标"))
        ctrl(again, Qt.Key.Key_Minus)
        assert "生态效益指标" not in vacant(again)
