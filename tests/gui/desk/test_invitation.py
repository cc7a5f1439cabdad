"""What a blank field says in grey: as many words as it has room for, never an ellipsis alone or a number in part."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.invitation import fit_invitation, invite
from gui.desk.theme import body_font
from tests.gui.window import dress_application

AROUND = 40
"""Pixels of a field around its text, more than there are."""
FRAME = 3
"""Pixels of a field at its edges that hold its frame."""
LONG, SHORT = "填写当年财政拨款", "待填"


def shown_at(qtbot: QtBot, field: QWidget, width: int) -> str:
    """What a field so wide says."""
    dress_application()
    field.setFont(body_font())
    field.setFixedWidth(width)
    field.show()
    qtbot.waitExposed(field)
    assert isinstance(field, QLineEdit)
    return field.placeholderText()


def line(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("first", [LONG, "2025年 999,999,999,999.99"])
def test_that_a_field_says_the_longest_text_it_has_room_for_and_nothing_where_it_has_room_for_none(
    qtbot: QtBot, first: str
) -> None:
    field = line(qtbot)
    invite(field, first, SHORT, "")
    said = [shown_at(qtbot, field, width) for width in range(300, 20, -10)]
    assert [text for number, text in enumerate(said) if number == 0 or text != said[number - 1]] == [first, SHORT, ""]


def test_that_of_a_text_that_has_no_shorter_one_some_letters_are_read_or_none(qtbot: QtBot) -> None:
    field = line(qtbot)
    invite(field, LONG)
    for width in range(300, 20, -10):
        said = shown_at(qtbot, field, width)
        assert said in {LONG, ""}
        least = field.fontMetrics().horizontalAdvance(f"{LONG[:3]}…")
        assert said if width > least + AROUND else not said or width >= least


def test_that_what_takes_room_in_a_field_leaves_less_for_its_words(qtbot: QtBot) -> None:
    field = line(qtbot)
    invite(field, LONG, SHORT)
    width = next(width for width in range(60, 300) if shown_at(qtbot, field, width) == LONG)
    field.setTextMargins(20, 0, 0, 0)
    fit_invitation(field)
    assert field.placeholderText() == SHORT
    assert shown_at(qtbot, field, width + 20) == LONG


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_that_what_a_blank_field_says_stands_where_what_is_typed_will(
    qtbot: QtBot, kind: type[QLineEdit] | type[QPlainTextEdit]
) -> None:
    field, text = kind(), "国家级"
    qtbot.addWidget(field)
    field.setFont(body_font())
    field.resize(160, 40)

    def first_ink() -> int:
        """The first column of the field, within its frame, in which a letter stands."""
        image = field.grab().toImage()
        inside = range(FRAME, image.height() - FRAME)
        blank = image.pixelColor(image.width() - 2 * FRAME, FRAME)
        columns = range(FRAME, image.width() - FRAME)
        return next(x for x in columns if any(image.pixelColor(x, y) != blank for y in inside))

    invite(field, text)
    asked = first_ink()
    if isinstance(field, QLineEdit):
        field.setText(text)
        field.deselect()
    else:
        field.setPlainText(text)
    assert first_ink() == asked
