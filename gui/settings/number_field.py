"""A field for one number of the settings, and what is told when it cannot be saved."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QLineEdit, QWidget

from gui.desk import system_look
from gui.desk.one_line import keep_to_one_line


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a page cannot be saved, and the field to go to."""

    text: str
    field: QLineEdit


class NumberField(QLineEdit):
    """What is typed stays as typed; :attr:`number` is what it means. ``name`` is for the ear, a label is beside it."""

    def __init__(self, name: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        keep_to_one_line(self)
        self.setFixedWidth(round(width * system_look.text_scale()))

    @property
    def number(self) -> Decimal | None:
        """The number typed, None when it is none or below 0."""
        return number_of(self.text())


def number_of(text: str) -> Decimal | None:
    """The number a text means, None when it is none or below 0."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None


def plain(number: Decimal) -> str:
    """A number as a person writes it, never with an exponent."""
    return format(number, "f")
