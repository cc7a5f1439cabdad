"""Rows with a box to tick."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from gui.desk.dialog import framed
from gui.desk.marked_lines import MARKED, MarkedLines
from tests.gui.window import dress_application


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


def ink_height(rows: QListWidget, row: int) -> int:
    """How many pixels are from the top of what is written in a row to its bottom, were it as high as it likes."""
    option, index = QStyleOptionViewItem(), rows.model().index(row, 0)
    rows.initViewItemOption(option)
    # the stubs miss the members of style options
    option.rect = QRect(0, 0, rows.visualItemRect(rows.item(row)).width(), 200)  # type: ignore[attr-defined]
    image = QImage(option.rect.size(), QImage.Format.Format_RGB32)  # type: ignore[attr-defined]
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    rows.itemDelegate().paint(painter, option, index)
    painter.end()
    left = text_begins(rows, row)
    written = [
        y
        for y in range(image.height())
        if any(image.pixelColor(x, y).lightness() < 128 for x in range(left, image.width()))
    ]
    return written[-1] - written[0] + 1


@pytest.mark.parametrize("mark", [[], [(0, 3)]], ids=["plain", "marked"])
def test_that_a_row_is_as_high_as_the_lines_its_text_takes_in_every_width(
    rows: QListWidget, mark: list[tuple[int, int]]
) -> None:
    dress_application()
    framed(rows)
    rows.setItemDelegate(MarkedLines(rows))
    text = "上海市试验基地信息公开、年报与评估系统（运维）"
    rows.item(0).setText(text)
    rows.item(0).setData(MARKED, mark)
    rows.show()
    one, letters = rows.sizeHintForIndex(rows.model().index(1, 0)).height(), rows.fontMetrics().height()
    whole = text_begins(rows, 0) + rows.fontMetrics().horizontalAdvance(text)
    seen = set()
    for width in range(whole - 30, whole + 60, 2):
        rows.resize(width, 300)
        height = rows.sizeHintForIndex(rows.model().index(0, 0)).height()
        has_two = ink_height(rows, 0) > letters
        assert round((height - one) / letters) == has_two  # bold letters are a pixel higher
        seen.add(has_two)
    assert seen == {False, True}
