"""A cell copied from a spreadsheet ends with a line break; a field of one line takes none, wherever it is."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from gui.desk.one_line import keep_to_one_line
from gui.views.choice_editor import ChoiceEditor
from gui.views.line_editor import LineEditor

GUI = Path(__file__).parents[3] / "gui"
SHOWN_ONLY = {"about.py", "export.py"}
"""Fields nobody pastes a text of a form into: a path that is only read, and one the dialog of files gives."""


def pasted(qtbot: QtBot, field: QLineEdit, text: str) -> str:
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    return field.text()


def test_that_a_cell_pasted_into_a_field_of_one_line_brings_no_line_break(qtbot: QtBot) -> None:
    field, typed = LineEditor(), list[str]()
    qtbot.addWidget(field)
    field.drafted.connect(typed.append)
    assert pasted(qtbot, field, "625,000.00\r\n") == "625,000.00"
    assert pasted(qtbot, field, "\t元\n整\n") == "625,000.00 元 整"
    assert typed == ["625,000.00", "625,000.00 元 整"]
    assert field.typed_text() == typed[-1]
    choice, plain = ChoiceEditor(("经常性项目",)), QLineEdit()
    qtbot.addWidget(choice)
    qtbot.addWidget(plain)
    keep_to_one_line(plain)
    line = choice.lineEdit()
    assert line is not None
    for other in (line, plain):
        assert pasted(qtbot, other, "经常性项目\r\n") == "经常性项目"


def test_that_what_the_file_holds_is_not_changed_by_being_shown(qtbot: QtBot) -> None:
    field = LineEditor()
    qtbot.addWidget(field)
    field.show_text("两行\n名称")
    assert field.typed_text() == "两行\n名称"
    field.setFocus()
    field.finish()
    assert not field.is_dirty()


def test_that_every_field_of_one_line_keeps_to_it() -> None:
    makes = re.compile(r"= QLineEdit\(|\(QLineEdit\):|Unfinished, QLineEdit\)|class \w+\(SearchField\)")
    without = {
        path.name
        for path in GUI.rglob("*.py")
        if makes.search(text := path.read_text(encoding="utf-8"))
        and "keep_to_one_line(" not in text
        and "on_one_line(" not in text
        and "(SearchField)" not in text
    }
    assert without <= SHOWN_ONLY
