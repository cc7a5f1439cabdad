"""A choice whose entries are names somebody typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from gui.desk.choices import Choice

NAME = "上海市科技创新券长三角通用通兑与大型科学仪器设施开放共享平台建设项目（第二期）" * 3


@pytest.fixture
def choice(qtbot: QtBot) -> Choice:
    choice = Choice()
    qtbot.addWidget(choice)
    choice.addItems(["这张表", NAME])
    choice.show()
    return choice


def drawn(choice: Choice) -> str:
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    return str(option.currentText)  # type: ignore[attr-defined] # the stubs miss the members of style options


def test_that_a_long_name_makes_no_choice_wider_than_a_screen(choice: Choice) -> None:
    assert choice.sizeHint().width() <= 400
    assert choice.minimumSizeHint().width() <= 400
    assert choice.view().textElideMode() is Qt.TextElideMode.ElideRight


def test_that_what_has_no_room_in_a_choice_ends_in_an_ellipsis_and_is_whole_in_the_tool_tip(choice: Choice) -> None:
    choice.resize(300, 30)
    assert (drawn(choice), choice.toolTip()) == ("这张表", "")
    choice.setCurrentIndex(1)
    assert NAME.startswith(drawn(choice).removesuffix("…"))
    assert drawn(choice).endswith("…")
    assert choice.toolTip() == NAME
    choice.resize(4000, 30)
    QApplication.processEvents()
    assert (drawn(choice), choice.toolTip()) == (NAME, "")
