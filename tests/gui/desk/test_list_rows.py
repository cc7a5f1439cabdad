"""Rows with a box to tick."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)
from pytestqt.qtbot import QtBot

from gui.desk.dialog import Dialog, framed
from gui.desk.list_rows import AIR, shut
from gui.desk.marked_lines import MARKED, MarkedLines
from gui.desk.theme import LEGIBLE, theme_of
from tests.gui.walk import drawn_contrast


@pytest.fixture
def rows(qtbot: QtBot) -> Iterator[QListWidget]:
    dialog = Dialog("标题", "", "")
    qtbot.addWidget(dialog)
    found = QListWidget(dialog)
    QListWidgetItem("信息化运维项目", found).setCheckState(Qt.CheckState.Checked)
    QListWidgetItem("没有框的一行", found)
    yield found
    dialog.close()


def part(rows: QListWidget, row: int, element: QStyle.SubElement) -> QRect:
    """Where a part of a row is drawn."""
    option = QStyleOptionViewItem()
    rows.initViewItemOption(option)
    option.rect = rows.rect()  # type: ignore[attr-defined]
    delegate = rows.itemDelegate()
    assert isinstance(delegate, QStyledItemDelegate)
    delegate.initStyleOption(option, rows.model().index(row, 0))
    return rows.style().subElementRect(element, option, rows)


def text_begins(rows: QListWidget, row: int) -> int:
    """How many pixels from the left the text of a row begins."""
    return part(rows, row, QStyle.SubElement.SE_ItemViewItemText).left()


def box_ends(rows: QListWidget, row: int) -> int:
    """The last pixel of its box."""
    return part(rows, row, QStyle.SubElement.SE_ItemViewItemCheckIndicator).right()


def test_that_the_box_of_a_row_is_as_far_from_its_text_as_that_of_a_check_box(rows: QListWidget) -> None:
    framed(rows)
    rows.resize(300, 160)
    rows.window().show()
    button = QCheckBox("信息化运维项目", rows.window())
    words = QStyleOptionButton()
    button.initStyleOption(words)
    text, box = QStyle.SubElement.SE_CheckBoxContents, QStyle.SubElement.SE_CheckBoxIndicator
    wanted = button.style().subElementRect(text, words, button).left()
    wanted -= button.style().subElementRect(box, words, button).right()
    found = text_begins(rows, 0) + AIR - box_ends(rows, 0)
    assert abs(found - wanted) <= 1


def test_that_a_long_text_is_as_wide_as_the_list_and_wraps_beside_its_box(rows: QListWidget) -> None:
    framed(rows)
    rows.resize(200, 300)
    rows.resize(300, 160)
    rows.window().show()
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
    framed(rows)
    rows.setItemDelegate(MarkedLines(rows))
    text = "上海市试验基地信息公开、年报与评估系统（运维）"
    rows.item(0).setText(text)
    rows.item(0).setData(MARKED, mark)
    rows.resize(300, 160)
    rows.window().show()
    rows.resize(800, 300)
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


def test_that_what_is_chosen_is_grey_while_the_keyboard_is_elsewhere(rows: QListWidget) -> None:
    framed(rows)
    dialog, field = rows.window(), QLineEdit(rows.window())
    dialog.show()
    dialog.activateWindow()
    rows.resize(300, 200)
    rows.setCurrentRow(0)
    theme, seen = theme_of(dialog.palette()), []
    for one in (rows, field):
        one.setFocus()
        QApplication.processEvents()
        beside = QPoint(rows.viewport().width() - 10, rows.visualItemRect(rows.item(0)).center().y())
        seen.append(rows.viewport().grab().toImage().pixelColor(beside).name())
    assert seen == [theme.selection, theme.hover]


def seen_from(rows: QListWidget, top: int) -> bool:
    """Whether anything is drawn in a list from a height on."""
    image = rows.viewport().grab().toImage()
    empty = image.pixelColor(image.width() - 10, image.height() - 1)
    return any(image.pixelColor(x, y) != empty for y in range(top, image.height()) for x in range(image.width()))


def test_that_the_lower_edge_of_a_list_cuts_through_no_row(rows: QListWidget) -> None:
    framed(rows)
    rows.addItems([f"第{number}个项目" for number in range(20)])
    rows.resize(300, 160)
    rows.window().show()
    for height in range(200, 240, 3):
        rows.resize(300, height)
        bottom = rows.viewport().height()
        whole = [
            place.bottom()
            for row in range(rows.count())
            if (place := rows.visualItemRect(rows.item(row))).bottom() < bottom
        ]
        assert not seen_from(rows, whole[-1] + 1)
        assert seen_from(rows, whole[-2] + 1)


@pytest.mark.parametrize("is_table", [False, True])
def test_that_the_row_with_the_keyboard_stays_in_sight_when_a_message_takes_room_from_its_list(
    qtbot: QtBot, *, is_table: bool
) -> None:
    dialog = Dialog("标题", "", "")
    qtbot.addWidget(dialog)
    view: QListWidget | QTreeWidget = QTreeWidget(dialog) if is_table else QListWidget(dialog)
    framed(view)
    if isinstance(view, QTreeWidget):
        view.addTopLevelItems([QTreeWidgetItem([f"第{number}个项目"]) for number in range(40)])
    else:
        view.addItems([f"第{number}个项目" for number in range(40)])
    dialog.content.addWidget(view)
    dialog.resize(400, 300)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitExposed(dialog)
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.setCurrentIndex(view.model().index(0, 0))
    bar, room = view.verticalScrollBar(), view.viewport().height()
    while not bar.value():
        qtbot.keyClick(view, Qt.Key.Key_Down)
    dialog.remark("有的文件没有读，不会导入。")
    qtbot.waitUntil(lambda: view.viewport().height() < room)
    qtbot.waitUntil(lambda: view.viewport().rect().contains(view.visualRect(view.currentIndex())), timeout=1000)
    before = bar.value()
    bar.setValue(0)
    dialog.resize(400, 280)
    QApplication.processEvents()
    assert bar.value() == 0 < before  # who scrolled away stays there


def test_that_of_a_long_row_the_lines_there_is_room_for_are_seen_also_where_it_is_higher_than_its_list(
    rows: QListWidget,
) -> None:
    framed(rows)
    rows.addItem("长" * 400)
    rows.resize(300, 160)
    rows.window().show()
    rows.resize(300, 200)
    line = rows.fontMetrics().height()
    assert seen_from(rows, rows.viewport().height() - 2 * line)
    rows.scrollToItem(rows.item(2))
    assert seen_from(rows, rows.viewport().height() - line)


def test_that_a_row_that_cannot_be_chosen_can_be_read(rows: QListWidget) -> None:
    framed(rows)
    rows.addItem("上海科技地方报告（2027 年度已有）")
    shut(rows.item(2))
    rows.resize(300, 160)
    rows.window().show()
    rows.setCurrentRow(0)
    image = rows.viewport().grab(rows.visualItemRect(rows.item(2)).adjusted(8, 2, -2, -2)).toImage()
    assert drawn_contrast(image) >= LEGIBLE
