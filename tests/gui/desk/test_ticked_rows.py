"""Rows with a box to tick."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from gui.desk.dialog import framed


@pytest.fixture
def rows(qtbot: QtBot) -> QListWidget:
    found = QListWidget()
    qtbot.addWidget(found)
    QListWidgetItem("信息化运维项目", found).setCheckState(Qt.CheckState.Checked)
    QListWidgetItem("没有框的一行", found)
    return found


def text_begins(rows: QListWidget, row: int) -> int:
    """How many pixels from the left the text of a row begins."""
    option = QStyleOptionViewItem()
    rows.initViewItemOption(option)
    option.rect = rows.rect()  # type: ignore[attr-defined]
    delegate = rows.itemDelegate()
    assert isinstance(delegate, QStyledItemDelegate)
    delegate.initStyleOption(option, rows.model().index(row, 0))
    return rows.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, rows).left()


def test_that_the_box_to_tick_stands_apart_from_its_text(rows: QListWidget) -> None:
    plain = (text_begins(rows, 0), text_begins(rows, 1))
    framed(rows)
    ticked, heading = text_begins(rows, 0), text_begins(rows, 1)
    assert ticked > plain[0]
    assert heading == plain[1]


def test_that_a_long_text_is_as_wide_as_the_list_and_wraps_beside_its_box(rows: QListWidget) -> None:
    framed(rows)
    rows.resize(200, 300)
    rows.show()
    rows.item(0).setText("信息化运维项目" * 6)
    rows.item(1).setText("信息化运维项目")
    ticked, heading = (rows.sizeHintForIndex(rows.model().index(row, 0)) for row in (0, 1))
    assert ticked.width() == heading.width() <= rows.viewport().width()
    assert ticked.height() > 2 * heading.height()
