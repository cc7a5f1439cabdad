"""A question names what its buttons do, in the program's own buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.notify import ask_which


def test_that_no_button_of_a_question_is_the_platforms_and_escape_does_nothing(
    qtbot: QtBot, message_boxes: list[tuple[object, str]]
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    done: list[str] = []
    box = ask_which(
        parent, "粘贴", "覆盖吗？", (("粘贴为新行", lambda: done.append("新")), ("覆盖", lambda: done.append("盖")))
    )
    assert box.standardButtons() == QMessageBox.StandardButton.NoButton
    assert {button.text() for button in box.buttons()} == {"取消", "粘贴为新行", "覆盖"}
    assert all(button.icon().isNull() for button in box.buttons())
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.isVisible()
    assert done == []
    assert [text for _, text in message_boxes] == ["覆盖吗？"]
