"""What is pasted from other programs and copied to them, through the real clipboard of Qt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from gui.document import waiting
from gui.document.document import Document
from gui.table.grid import Grid
from gui.table.keys import Gesture
from model.records import Form
from tests.gui.hands import at, ctrl, declared, document_of, line, put_on_clipboard, shown_table

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
