"""What is pasted from other programs and copied to them, through the real clipboard of Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from gui.document import waiting
from gui.document.document import Document
from gui.table.grid import Grid
from gui.table.keys import Gesture
from model.records import Form, Omission
from tests.gui.hands import (
    QUALITY,
    at,
    clipboard_text,
    ctrl,
    declared,
    document_of,
    evaluated,
    evaluated_line,
    evaluated_lines_of,
    line,
    lines_of,
    press,
    put_on_clipboard,
    shown_table,
)

Desk = tuple[Document, Grid]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """A declaration of two lines."""
    with document_of(tmp_path / "申报.jixiao", declared(line("a"), line("b"))) as document:
        yield document, shown_table(qtbot, document, Form.DECLARATION)


def test_that_much_at_once_is_seen_to_be_under_way_until_it_is_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, table = desk
    monkeypatch.setattr(waiting, "MUCH", 3)
    seen: list[bool] = []
    document.project_changed.connect(lambda: seen.append(QGuiApplication.overrideCursor() is not None))
    at(table, "b")
    put_on_clipboard("一\r\n二\r\n")
    ctrl(table, Qt.Key.Key_V)
    assert seen == [False]
    put_on_clipboard("三\r\n四\r\n五\r\n")
    table.run(Gesture.PASTE_AS_NEW)
    document.undo_stack.undo()
    document.undo_stack.redo()
    assert seen[1:] == [True, True, True]
    assert QGuiApplication.overrideCursor() is None


def test_that_lines_that_are_cut_or_copied_here_are_pasted_as_they_were_typed(qtbot: QtBot, tmp_path: Path) -> None:
    lines = (
        evaluated_line("a", target_text=">=10次", actual_text="8 次", points="10", achievement=Omission.LEFT_OUT),
        evaluated_line("b", target_text=">=10次", actual_text="8次", points="5"),
        evaluated_line("c", QUALITY, target_text=">=10次", actual_text="8次", points="5", score="3.5"),
    )
    with document_of(tmp_path / "自评.jixiao", evaluated(*lines)) as document:
        table = shown_table(qtbot, document, Form.EVALUATION)
        at(table, "a")
        table.run(Gesture.SELECT_ALL)
        table.run(Gesture.CUT_LINES)
        assert evaluated_lines_of(document) == {}
        assert "不适用（不计分）" in clipboard_text()
        table.run(Gesture.PASTE)
        assert [replace(one, id="") for one in evaluated_lines_of(document).values()] == [
            replace(one, id="") for one in lines
        ]


def test_that_a_value_is_copied_as_it_prints_and_pasted_as_it_was_typed(qtbot: QtBot, tmp_path: Path) -> None:
    lines = (line("a", target_text=">=１２期"), line("b"), line("c"))
    with document_of(tmp_path / "申报.jixiao", declared(*lines)) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        at(table, "a", "target_text")
        ctrl(table, Qt.Key.Key_C)
        assert clipboard_text() == "≥12.00(期)\r\n"
        at(table, "c", "target_text")
        ctrl(table, Qt.Key.Key_V)
        assert lines_of(document)["c"].target_text == ">=１２期"


@pytest.mark.parametrize(
    ("field", "copied", "expected"),
    [
        ("actual_text", "95%\r\n", "95%"),
        ("actual_text", "1\t2\r\n3\r\n", "1 2\n3"),
        ("points", "12.5\r\n", "12.5"),
        ("points", "1\t2\r\n3", "1 2 3"),
    ],
)
def test_that_a_cell_copied_from_excel_brings_no_line_break_into_a_cell_that_is_open(
    qtbot: QtBot, tmp_path: Path, field: str, copied: str, expected: str
) -> None:
    with document_of(tmp_path / "自评.jixiao", evaluated(evaluated_line("a"))) as document:
        table = shown_table(qtbot, document, Form.EVALUATION)
        at(table, "a", field)
        press(table, Qt.Key.Key_F2)
        put_on_clipboard(copied)
        ctrl(table, Qt.Key.Key_V)
        press(table, Qt.Key.Key_Return)
        assert getattr(evaluated_lines_of(document)["a"], field) == expected
