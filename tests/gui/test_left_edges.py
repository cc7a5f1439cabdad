"""Three left edges in the sheet, the problems and the score: labels, what stands under a heading, fields; one right."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QStyleOptionFrame,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.desk.dialog import Dialog, field_rows
from gui.desk.labels import RIGHT_EDGE
from gui.findings.model import Column
from gui.findings.painting import GLYPH, PAD, FindingDelegate
from gui.views.funding_form import EvaluationFunding
from model.records import Form
from tests.gui.found import children, visible
from tests.gui.window import open_form, shown_window

SAME = 2
"""Pixels within which two edges look like one."""
SAME_ROW = 12
MOST = 3
CURSOR = 2
"""Pixels a field keeps for its cursor behind its text."""
FIELDS = (QLineEdit, QPlainTextEdit, QComboBox)


def edges(top: QWidget) -> list[int]:
    """Where rows begin: the first text and the first field of each, one number for those that look the same.

    A sign between two fields begins no row, and a heading that ends where its column of amounts does has no left edge.
    """
    fields = _fields(top)
    figures = [one for one in visible(top, QLabel) if one.alignment() & Qt.AlignmentFlag.AlignRight]
    ends = [_end(top, one) for one in (*(field for field, _ in fields), *figures)]
    tables = children(top, EvaluationFunding)
    headings = [
        one
        for one, _ in _texts(top)
        if any(table.isAncestorOf(one) for table in tables) and any(abs(_end(top, one) - end) <= SAME for end in ends)
    ]
    texts = [(one, left) for one, left in _texts(top) if one not in headings]
    return clustered(_firsts(top, texts + fields) + _firsts(top, fields))


def _end(top: QWidget, text: QWidget) -> int:
    return _left(top, text) + text.width()


def clustered(places: Iterable[int]) -> list[int]:
    """The places of which none looks like another, from left to right."""
    found: list[int] = []
    for place in sorted(places):
        if not found or place - found[-1] > SAME:
            found.append(place)
    return found


def _firsts(top: QWidget, items: list[tuple[QWidget, int]]) -> list[int]:
    """Of items with the place of their left edge the first ones of each row."""
    rows: list[tuple[int, int]] = []
    for widget, left in sorted(items, key=lambda item: item[1]):
        middle = widget.mapTo(top, widget.rect().center()).y()
        if all(abs(middle - other) > SAME_ROW for other, _ in rows):
            rows.append((middle, left))
    return [left for _, left in rows]


def _texts(top: QWidget) -> list[tuple[QWidget, int]]:
    labels = [one for one in visible(top, QLabel) if one.text() and one.pixmap().isNull()]
    links = [one for one in visible(top, QPushButton) if one.property("link")]
    return [(one, _left(top, one) + one.contentsMargins().left()) for one in labels] + [
        (one, _left(top, one) + _indent(one)) for one in links
    ]


def _fields(top: QWidget) -> list[tuple[QWidget, int]]:
    fields = [
        one
        for one in visible(top, QWidget)
        if isinstance(one, FIELDS) and not isinstance(one.parent(), QComboBox | QAbstractSpinBox)
    ]
    return [(one, _left(top, one)) for one in fields]


def _left(top: QWidget, widget: QWidget) -> int:
    return widget.mapTo(top, QPoint(0, 0)).x()


def _indent(button: QPushButton) -> int:
    """How far the words of a link are from its edge."""
    option = QStyleOptionButton()
    button.initStyleOption(option)
    room = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)
    width = button.fontMetrics().horizontalAdvance(button.text())
    return room.left() + max(0, (room.width() - width) // 2)


@pytest.mark.parametrize("size", [(1366, 689), (911, 459)])
@pytest.mark.parametrize("form", [Form.DECLARATION, Form.EVALUATION])
def test_that_the_sheet_has_three_left_edges(
    qtbot: QtBot, tmp_path: Path, given_store: Path, form: Form, size: tuple[int, int]
) -> None:
    window = shown_window(qtbot, tmp_path, given_store, size)
    open_form(window.document, form)
    window.commands["toggle_fields"].trigger()
    QApplication.processEvents()
    found = edges(window.page)
    assert len(found) <= MOST, found


def _end_of_text(top: QWidget, widget: QWidget) -> int:
    """Where what is flush right in a label or a field ends."""
    inside = widget.contentsRect()
    if isinstance(widget, QLineEdit):
        option = QStyleOptionFrame()
        widget.initStyleOption(option)
        inside = widget.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, widget)
        inside.adjust(0, 0, -CURSOR, 0)
    return _left(top, widget) + inside.right()


@pytest.mark.parametrize("size", [(1366, 689), (1024, 700), (1920, 1000)])
def test_that_the_headings_of_figures_end_where_the_figures_do(
    qtbot: QtBot, tmp_path: Path, given_store: Path, size: tuple[int, int]
) -> None:
    window = shown_window(qtbot, tmp_path, given_store, size)
    open_form(window.document, Form.EVALUATION)
    window.commands["toggle_fields"].trigger()
    QApplication.processEvents()
    (table,) = children(window.page, EvaluationFunding)
    figures = [one.widget for one in table.fields.values()]
    figures += [one for one in visible(table, QLabel) if one.accessibleName() in {"执行率", "预算执行率得分"}]
    ends = [_end_of_text(window, one) for one in figures]
    words = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    headings = {one.text(): _end_of_text(window, one) for one in visible(table, QLabel) if one.text() in words}
    assert set(headings) == set(words)
    assert {text for text, end in headings.items() if min(abs(end - one) for one in ends) > SAME} == set()


def test_that_the_problems_and_the_score_have_no_more(qtbot: QtBot, tmp_path: Path, given_store: Path) -> None:
    window = shown_window(qtbot, tmp_path, given_store, (1366, 689))
    open_form(window.document, Form.EVALUATION)
    window.findings_panel.set_folded(is_folded=False)
    QApplication.processEvents()
    assert len(edges(window.score_panel)) <= MOST, edges(window.score_panel)
    painted = [PAD, PAD + GLYPH]
    found = clustered(edges(window.findings_panel) + painted)
    assert len(found) <= MOST, found


def test_that_what_ends_at_the_right_of_the_problems_ends_at_one_edge(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, given_store, (1366, 689))
    open_form(window.document, Form.EVALUATION)
    panel = window.findings_panel
    panel.set_folded(is_folded=False)
    panel.table.selectRow(0)
    QApplication.processEvents()
    index, delegate = panel.model.index(0, Column.ACTIONS), panel.table.itemDelegate()
    assert isinstance(delegate, FindingDelegate)
    rect, row = panel.table.visualRect(index), panel.model.row(0)
    assert row is not None
    metrics = panel.table.fontMetrics()
    link = (
        x for x in range(rect.right(), 0, -1) if delegate.action_at(rect, row, metrics, QPoint(x, rect.center().y()))
    )
    ends = [panel.table.viewport().mapTo(panel, QPoint(next(link), 0)).x()]
    ends += [_end_of_words(panel, button) for button in (panel.fold, panel.detail.manual)]
    assert len(clustered(ends)) == 1, ends
    assert abs(panel.width() - ends[0] - RIGHT_EDGE) <= SAME


def _end_of_words(top: QWidget, button: QPushButton) -> int:
    return _left(top, button) + _indent(button) + button.fontMetrics().horizontalAdvance(button.text())


def test_that_the_goals_stand_below_the_two_columns_of_the_fields(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, given_store, (1366, 689))
    open_form(window.document, Form.DECLARATION)
    window.commands["toggle_fields"].trigger()
    QApplication.processEvents()
    panel = window.page.page.panel
    panel.more.click()
    QApplication.processEvents()
    basics, _funding, goals = panel.sections
    above = [basics.fields[name] for name in ("department", "unit")]
    below = [goals.fields[name] for name in ("overall_goal", "annual_goal")]
    assert _left(panel, above[0]) + above[0].width() == _left(panel, below[0]) + below[0].width()
    assert _left(panel, above[1].label) + above[1].label.contentsMargins().left() == _left(panel, below[1].label)


def test_that_the_fields_of_a_dialog_are_of_one_height_and_their_words_begin_at_one_place(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = shown_window(qtbot, tmp_path)
    top = QWidget(window)
    layout = QVBoxLayout(top)
    choice, typed_choice, number = QComboBox(top), QComboBox(top), QSpinBox(top)
    typed_choice.setEditable(True)
    for box in (choice, typed_choice):
        box.addItem("|2026")
    number.setPrefix("|")
    fields = (QLineEdit("|2026", top), choice, typed_choice, number)
    for field in fields:
        layout.addWidget(field)
    top.resize(200, 300)
    top.show()
    QApplication.processEvents()
    assert len(clustered(field.height() for field in fields)) == 1
    assert len({_first_ink(field) for field in fields}) == 1
    heights = {field.sizeHint().height() for field in fields}
    number.setFocus()
    assert number.hasFocus()
    assert {field.sizeHint().height() for field in fields} == heights


def test_that_in_a_dialog_that_opens_as_low_as_it_can_a_box_of_numbers_is_no_lower_than_a_field(
    qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = Dialog("标题", "", "好", shown_window(qtbot, tmp_path))
    number, field = QSpinBox(dialog), QLineEdit(dialog)
    dialog.content.addLayout(field_rows(("年度", number), ("名称", field)))
    dialog.keep_together()
    dialog.resize(300, 0)
    dialog.show()
    QApplication.processEvents()
    assert len(clustered((number.height(), field.height()))) == 1


def _first_ink(field: QWidget) -> int:
    picture, inside = field.grab().toImage(), 4
    row = picture.height() // 2
    ground = picture.pixelColor(inside, row)
    return next(x for x in range(inside, picture.width()) if picture.pixelColor(x, row) != ground)


def test_that_a_fourth_edge_would_be_found(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    top.resize(300, 200)
    for row, left in enumerate((14, 28, 100, 15, 60)):
        QLabel("项目", top).move(left, 30 * row)
    top.show()
    qtbot.waitExposed(top)
    assert edges(top) == [14, 28, 60, 100]
