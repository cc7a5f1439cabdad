"""Rows with a box to tick."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem
from pytestqt.qtbot import QtBot

from gui.desk.dialog import framed


def test_that_the_box_to_tick_stands_apart_from_its_text(qtbot: QtBot) -> None:
    widths = []
    for is_framed in (True, False):
        rows = QListWidget()
        qtbot.addWidget(rows)
        if is_framed:
            framed(rows)
        QListWidgetItem("信息化运维项目", rows).setCheckState(Qt.CheckState.Checked)
        QListWidgetItem("没有框的一行", rows)
        widths.append(
            (
                rows.sizeHintForIndex(rows.model().index(0, 0)).width(),
                rows.sizeHintForIndex(rows.model().index(1, 0)).width(),
            )
        )
    (ticked, heading), (plain_ticked, plain_heading) = widths
    assert ticked > plain_ticked
    assert heading == plain_heading
