"""What works on Linux and not on Windows, found by running the frozen program; none of it may come back."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from gui.table.cursor import Move
from gui.table.keys import move_for
from tests.packaging.script import ROOT

GUI = sorted((ROOT / "gui").rglob("*.py"))
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def test_that_no_flag_of_qt_is_inverted_because_on_windows_some_masks_are_negative() -> None:
    # Qt.KeyboardModifier there: ControlModifier & ~ShiftModifier is NoModifier, so Ctrl+Home would be Home
    inverted = [
        path.name for path in GUI if re.search(r"& ~|~Qt\.|~Modifiers", _code(path.read_text(encoding="utf-8")))
    ]
    assert inverted == []


@pytest.mark.parametrize(
    ("key", "modifiers", "expected"),
    [
        (Qt.Key.Key_Home, CONTROL, (Move.TABLE_START, False)),
        (Qt.Key.Key_Home, CONTROL | SHIFT, (Move.TABLE_START, True)),
        (Qt.Key.Key_Home, CONTROL | KEYPAD, (Move.TABLE_START, False)),
        (Qt.Key.Key_Home, SHIFT | KEYPAD, (Move.ROW_START, True)),
        (Qt.Key.Key_Home, KEYPAD, (Move.ROW_START, False)),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier, None),
    ],
)
def test_that_a_key_is_known_with_what_is_held_down(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, expected: tuple[Move, bool] | None
) -> None:
    assert move_for(QKeyEvent(QEvent.Type.KeyPress, key, modifiers)) == expected


def _code(text: str) -> str:
    return re.sub(r'"""[\s\S]*?"""|#.*', "", text)
