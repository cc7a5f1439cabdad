"""A box to tick shows which of its three states it is in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from gui.desk.theme import Theme


@pytest.mark.parametrize("theme", [Theme.light(), Theme.dark()])
def test_that_a_box_for_some_of_several_looks_like_neither_all_nor_none(qtbot: QtBot, theme: Theme) -> None:
    box = QCheckBox("全选")
    qtbot.addWidget(box)
    box.setTristate(True)
    box.setStyleSheet(theme.style_sheet())
    pictures = []
    for state in Qt.CheckState:
        box.setCheckState(state)
        pictures.append(box.grab().toImage())
    assert all(one != other for at, one in enumerate(pictures) for other in pictures[:at])
