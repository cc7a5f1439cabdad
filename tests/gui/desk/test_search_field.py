"""A field to look for something in, and the cross that empties it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from gui.desk.search_field import SearchField
from tests.gui.found import child
from tests.gui.walk import LEAST_TARGET


def shown(qtbot: QtBot) -> tuple[SearchField, QAbstractButton]:
    field = SearchField("查找指标", "名称")
    qtbot.addWidget(field)
    field.resize(200, field.sizeHint().height())
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.hasFocus)
    return field, child(field, QAbstractButton)


def test_that_the_cross_is_there_while_there_is_something_to_empty_and_does_it_as_a_hand_would(qtbot: QtBot) -> None:
    field, cross = shown(qtbot)
    edited: list[str] = []
    field.textEdited.connect(edited.append)
    assert not cross.isVisible()
    qtbot.keyClicks(field, "xx")
    assert cross.isVisible()
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert (field.text(), edited[-1], cross.isVisible()) == ("", "", False)
    assert field.hasFocus()


def test_that_the_cross_is_large_enough_lies_whole_in_its_field_covers_no_letter_and_has_a_name(qtbot: QtBot) -> None:
    field, cross = shown(qtbot)
    qtbot.keyClicks(field, "x" * 60)
    assert min(cross.width(), cross.height()) >= LEAST_TARGET
    assert field.rect().contains(cross.geometry())
    field.grab()  # it scrolls its text as it is drawn
    assert field.cursorRect().center().x() < cross.x() + 4
    told = QAccessible.queryAccessibleInterface(cross)
    assert told is not None
    assert told.text(QAccessible.Text.Name) == "清空"
