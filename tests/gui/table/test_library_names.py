"""Names taken from the library while they are typed into the grid, by the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.document import library as library_module
from gui.document.document import Document
from gui.table.grid import Grid
from model.records import Form
from tests.gui.hands import (
    at,
    compose,
    declared,
    document_of,
    editor_of,
    evaluated,
    evaluated_line,
    hand,
    line,
    lines_of,
    press,
    shown_table,
    type_text,
    where,
)

Desk = tuple[Document, Grid]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with document_of(tmp_path / "库.jixiao", declared(line("a", name=""), line("b"))) as document:
        yield document, shown_table(qtbot, document, Form.DECLARATION)


def test_that_four_keys_make_a_line_with_name_comparator_and_unit_in_one_gesture(desk: Desk) -> None:
    document, table = desk
    at(table, "a")
    steps = document.undo_stack.count()
    type_text(table, "px")
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Return)
    taken = lines_of(document)["a"]
    assert (taken.name, taken.target_text) == ("培训人次", "≥200.00(人次)")
    assert document.undo_stack.count() == steps + 1
    assert editor_of(table) is None
    document.undo_stack.undo()
    assert lines_of(document)["a"] == line("a", name="")


def test_that_a_new_line_takes_the_value_along_too_and_tab_goes_on_to_it(desk: Desk) -> None:
    document, table = desk
    at(table, "b")
    press(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    type_text(table, "巡检")
    assert table.suggestion_panel.texts == ["巡检次数", "巡检及时率"]
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Tab)
    new = next(one for key, one in lines_of(document).items() if key not in {"a", "b"})
    assert (new.name, new.target_text) == ("巡检次数", "≥12.00(次)")
    assert where(table) == (new.id, "target_text")
    assert document.undo_stack.undoText() == "添加指标"


def test_that_a_self_evaluation_gets_the_value_in_its_own_style(qtbot: QtBot, tmp_path: Path) -> None:
    with document_of(tmp_path / "库.jixiao", evaluated(evaluated_line("a", name=""))) as document:
        table = shown_table(qtbot, document, Form.EVALUATION)
        at(table, "a")
        type_text(table, "yrxy")
        assert table.suggestion_panel.texts == []
        press(table, Qt.Key.Key_Escape)
        type_text(table, "pxrc")
        press(table, Qt.Key.Key_Down)
        press(table, Qt.Key.Key_Return)
        assert lines_of(document, Form.EVALUATION)["a"].target_text == ">=200人次"


def test_that_typing_on_is_not_in_the_way_and_a_value_that_stands_there_stays(desk: Desk) -> None:
    document, table = desk
    at(table, "b")
    type_text(table, "培训")
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["b"].name == "培训"
    at(table, "b", "target_text")
    type_text(table, "≥7人")
    press(table, Qt.Key.Key_Return)
    at(table, "b")
    type_text(table, "培训人")
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Return)
    assert (lines_of(document)["b"].name, lines_of(document)["b"].target_text) == ("培训人次", "≥7人")


def test_that_a_name_that_was_taken_by_mouse_and_typed_on_brings_no_value(desk: Desk) -> None:
    document, table = desk
    at(table, "a")
    type_text(table, "培训人")
    table.suggestion_panel.chosen.emit(table.suggestion_panel.choices[0])
    type_text(table, "数")
    press(table, Qt.Key.Key_Return)
    assert (lines_of(document)["a"].name, lines_of(document)["a"].target_text) == ("培训人次数", "")


def test_that_escape_closes_the_list_first_and_the_cell_after_it(desk: Desk) -> None:
    document, table = desk
    at(table, "a")
    type_text(table, "培训")
    press(table, Qt.Key.Key_Escape)
    assert table.suggestion_panel.isHidden()
    assert editor_of(table) is not None
    press(table, Qt.Key.Key_Escape)
    assert editor_of(table) is None
    assert lines_of(document)["a"].name == ""


@pytest.mark.parametrize(("field", "text"), [("name", "巡检"), ("target_text", "5个"), ("level1", ""), ("level2", "")])
def test_that_one_escape_leaves_a_cell_that_was_only_looked_into(desk: Desk, field: str, text: str) -> None:
    document, table = desk
    at(table, "b", field)
    if text:
        type_text(table, text)
        press(table, Qt.Key.Key_Tab)
        at(table, "b", field)
    steps = document.undo_stack.count()
    press(table, Qt.Key.Key_F2)
    QApplication.processEvents()
    assert table.suggestion_panel.isHidden() == bool(text)
    assert not document.has_draft
    press(table, Qt.Key.Key_Escape)
    assert editor_of(table) is None
    assert table.suggestion_panel.isHidden()
    assert document.undo_stack.count() == steps


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier])
def test_that_down_opens_the_list_of_what_stands_there_and_escape_closes_it_alone(
    desk: Desk, modifier: Qt.KeyboardModifier
) -> None:
    document, table = desk
    at(table, "b")
    type_text(table, "巡检")
    press(table, Qt.Key.Key_Tab)
    at(table, "b")
    press(table, Qt.Key.Key_F2)
    press(table, Qt.Key.Key_Down, modifier)
    assert table.suggestion_panel.selected == table.suggestion_panel.choices[0]
    press(table, Qt.Key.Key_Escape)
    assert editor_of(table) is not None
    press(table, Qt.Key.Key_Down, modifier)
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["b"].name == "巡检次数"
    assert list(lines_of(document)) == ["a", "b"]


def test_that_alt_down_in_a_cell_with_nothing_to_offer_moves_no_line(desk: Desk) -> None:
    document, table = desk
    at(table, "a", "target_text")
    press(table, Qt.Key.Key_F2)
    press(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert editor_of(table) is not None
    assert list(lines_of(document)) == ["a", "b"]


def test_that_the_keys_of_an_input_method_are_its_own_while_it_composes(desk: Desk) -> None:
    document, table = desk
    at(table, "a")
    type_text(table, "培训")
    compose(hand(table), "ren")
    press(table, Qt.Key.Key_Down)
    assert table.suggestion_panel.selected is None
    compose(hand(table), "", "人")
    assert table.suggestion_panel.texts[0] == "培训人次"
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["a"].name == "培训人"


def test_that_a_name_of_another_project_is_offered_first(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "BEGIN_AFTER_MS", 0)
    other = declared(line("x", name="服务器巡检次数", target_text="≥24.00(次)"), project_id="q", name="往年项目")
    with document_of(tmp_path / "名称.jixiao", declared(line("a", name="")), other) as document:
        qtbot.waitUntil(lambda: document.library.is_counted)
        table = shown_table(qtbot, document, Form.DECLARATION)
        at(table, "a")
        type_text(table, "巡检")
        assert table.suggestion_panel.texts[:2] == ["服务器巡检次数", "巡检次数"]
        assert table.suggestion_panel.choices[0].origin == "2026 年用过"
        press(table, Qt.Key.Key_Down)
        press(table, Qt.Key.Key_Tab)
        assert lines_of(document)["a"].target_text == "≥24.00(次)"


def test_that_a_bare_number_gets_comparator_and_unit_of_what_is_usual_for_the_name_when_that_is_chosen(
    desk: Desk,
) -> None:
    document, table = desk
    at(table, "a")
    type_text(table, "巡检次数")
    press(table, Qt.Key.Key_Escape)
    press(table, Qt.Key.Key_Tab)
    type_text(table, "24")
    assert table.suggestion_panel.texts == ["≥24.00(次)"]
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["a"].target_text == "24"
    at(table, "a", "target_text")
    press(table, Qt.Key.Key_Delete)
    type_text(table, "24")
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Return)
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["a"].target_text == "≥24.00(次)"


def test_that_a_number_on_a_line_nobody_knows_stays_as_it_is(desk: Desk) -> None:
    document, table = desk
    at(table, "b", "target_text")
    type_text(table, "24")
    assert table.suggestion_panel.texts == []
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["b"].target_text == "24"
