"""The edges of a page that scrolls: what belongs together there, and what they never cover."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.desk.cut_edge import CutEdge, edge_below, lines_in
from gui.desk.dialog import scrolled
from tests.gui.found import children, visible


def placed(widget: QWidget, top: int, height: int) -> QRect:
    """Where it stands once it is seen: its look may ask for more height than it is given."""
    widget.setGeometry(QRect(0, top, 200, height))
    widget.show()
    return widget.geometry()


def test_that_a_label_goes_with_the_field_below_it_and_not_with_the_next_line_of_a_section(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    first = placed(section := QPushButton(page), -10, 26)
    next_line = first.bottom() + 1
    placed(QLabel("二 项目资金", section), first.height() - 22, 19)
    placed(QPushButton(page), next_line, 26)
    assert edge_below(lines_in(page, page), 0) == next_line
    label = placed(QLabel("当年财政拨款", page), -10, 19)
    field = placed(QLineEdit(page), label.bottom() + 2, 30)
    assert edge_below(lines_in(page, page), 0) > field.top() + 26


def pages(qtbot: QtBot, *columns: QWidget) -> QScrollArea:
    """A page that scrolls, of some things side by side, in a low view."""
    page = QWidget()
    layout = QHBoxLayout(page)
    for column in columns:
        layout.addWidget(column, 0, Qt.AlignmentFlag.AlignTop)
    area = scrolled(page)
    qtbot.addWidget(area)
    area.resize(400, 200)
    area.show()
    area.activateWindow()
    qtbot.waitExposed(area)
    QApplication.processEvents()
    return area


def fields(count: int) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    for number in range(count):
        layout.addWidget(QLineEdit(str(number)))
    return column


def remark(height: int) -> QLabel:
    text = QLabel("说明")
    text.setFixedHeight(height)
    return text


def covers(area: QScrollArea) -> list[QRect]:
    return [one.geometry() for one in visible(area, CutEdge)]


@pytest.mark.parametrize("beside", [lambda: remark(20), lambda: remark(240), lambda: fields(3)])
def test_that_a_field_that_gets_the_keyboard_is_whole_in_sight_and_not_covered(
    qtbot: QtBot, beside: Callable[[], QWidget]
) -> None:
    area = pages(qtbot, fields(12), beside())
    inside = children(area.widget(), QLineEdit)
    for height in range(190, 226, 7):
        area.resize(400, height)
        for field in (*inside, *reversed(inside)):
            field.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            place = QRect(field.mapTo(area.viewport(), QPoint()), field.size())
            assert area.viewport().rect().contains(place)
            assert not any(cover.intersects(place) for cover in covers(area))


def test_that_a_click_on_a_field_in_sight_scrolls_nothing(qtbot: QtBot) -> None:
    area = pages(qtbot, fields(12))
    view, bar = area.viewport(), area.verticalScrollBar()
    for field in children(area.widget(), QLineEdit)[:5]:
        bar.setValue(max(0, field.mapTo(area.widget(), QPoint()).y() + field.height() - view.height()))
        before = bar.value()
        qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        assert bar.value() == before


def test_that_a_text_that_is_higher_than_its_view_is_not_covered_as_a_whole(qtbot: QtBot) -> None:
    area = pages(qtbot, remark(900))
    bar = area.verticalScrollBar()
    for value in range(60, bar.maximum() - 60, 40):
        bar.setValue(value)
        assert sum(cover.height() for cover in covers(area)) < area.viewport().height()


def test_that_what_is_covered_is_neither_clicked_nor_read_out_under_the_mouse(qtbot: QtBot) -> None:
    area = pages(qtbot, fields(12))
    view, page = area.viewport(), area.widget()
    inside = children(page, QLineEdit)
    inside[0].setFocus()
    for height in range(190, 226):
        area.resize(400, height)
        QApplication.processEvents()
        if covers(area):
            break
    cover = next(visible(area, CutEdge))
    place = cover.geometry().center()
    assert view.childAt(place) is cover
    QTest.mouseClick(area.windowHandle(), Qt.MouseButton.LeftButton, pos=view.mapTo(area, place))
    assert inside[0].hasFocus()
    told = QAccessible.queryAccessibleInterface(view)
    assert told is not None
    for part, there in ((cover, cover.mapToGlobal(cover.rect().center())), (page, inside[0].mapToGlobal(QPoint(9, 9)))):
        found = told.childAt(there.x(), there.y())
        assert found is not None
        assert found.object() is part
