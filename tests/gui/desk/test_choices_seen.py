"""The list of a field with choices: every choice is whole and large enough to be hit, and the field stays in view."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from gui.desk.choices import Choice
from gui.desk.theme import Theme

SMALLEST_TARGET = 24
"""Pixels (WCAG 2.2, 2.5.8)."""
AT_ONCE = 10
"""Choices Qt shows before its list scrolls."""


@pytest.fixture(autouse=True)
def dressed() -> Iterator[None]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    usual = application.styleSheet()
    application.setStyleSheet(Theme.light().style_sheet())
    yield
    application.setStyleSheet(usual)


@pytest.mark.parametrize("is_editable", [False, True], ids=["chosen", "typed"])
@pytest.mark.parametrize("count", [2, 4, AT_ONCE + 2])
def test_that_an_opened_list_shows_its_choices_whole_below_its_field(
    qtbot: QtBot, count: int, *, is_editable: bool
) -> None:
    field = Choice()
    qtbot.addWidget(field)
    field.setEditable(is_editable)
    field.addItems([f"{2020 + number} 年度" for number in range(count)])
    field.show()
    qtbot.waitExposed(field)
    field.showPopup()
    choices = field.view()
    last = choices.visualRect(choices.model().index(min(count, AT_ONCE) - 1, 0))
    assert choices.viewport().rect().contains(last), "the last choice is cut"
    assert last.height() >= SMALLEST_TARGET
    assert choices.window().geometry().top() >= field.geometry().bottom(), "the field is covered"
    field.hidePopup()


@pytest.mark.parametrize("words", ["一", "按所设一级指标自动选择"])
def test_that_a_choice_asks_for_the_room_of_its_longest_words_beside_its_arrow(qtbot: QtBot, words: str) -> None:
    field = Choice()
    qtbot.addWidget(field)
    field.addItems(["2026", words])
    for hint in (field.sizeHint(), field.minimumSizeHint()):
        field.resize(hint)
        option = QStyleOptionComboBox()
        field.initStyleOption(option)
        inside = (QStyle.SubControl.SC_ComboBoxEditField, QStyle.SubControl.SC_ComboBoxArrow)
        room, arrow = (
            field.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, one, field) for one in inside
        )
        assert room.width() >= max(map(field.fontMetrics().horizontalAdvance, ("2026", words)))
        assert room.right() < arrow.left()
