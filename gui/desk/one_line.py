"""Fields of one line take one line: a cell copied from a spreadsheet ends with a line break nobody sees."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QLineEdit

_ENDS = ("\r\n", "\r", "\u2028", "\u2029")


def without_end(text: str) -> str:
    """A pasted text without the line break at its end, its cells side by side, a space between them."""
    for end in _ENDS:
        text = text.replace(end, "\n")
    return text.removesuffix("\n").replace("\t", " ")


def on_one_line(text: str) -> str:
    """A pasted text as a field of one line takes it: a space where a line ended."""
    return without_end(text).replace("\n", " ")


def keep_to_one_line(*fields: QLineEdit) -> None:
    """Let no line break and no tab come into these fields."""
    for field in fields:
        field.setValidator(_OneLine(field))


class _OneLine(QValidator):
    """Takes any text, on one line."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    def validate(self, text: str, position: int) -> object:
        """Every text is fine once it is on one line."""
        line = on_one_line(text)
        return QValidator.State.Acceptable, line, min(position, len(line))
