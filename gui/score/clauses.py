"""A text that is broken where a reader pauses: before an operator and after a clause, never in a word or a number."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.desk.labels import call

_PAUSE = re.compile(r"(?<=[，；。：、）])(?=.)|(?= [=≈<>≤≥×÷+−→] )")
_UNBROKEN = re.compile(r"(?:[A-Za-z<>≤≥=≈]*[+\-−]?\d[\d,.:]*(?:[%‰…]|[A-Za-z]+)*|[A-Za-z]+|.)[，。；：、）”》％…]*")
"""What is not broken even where a clause alone is wider than a line: a number with its sign and unit, a word."""


def broken(text: str, room: int, width: Callable[[str], int]) -> list[str]:
    """The lines of a text in so much room, measured with ``width``; a number that is wider stands in a line alone."""
    return [line for row in text.split("\n") for line in _filled(_PAUSE.split(row), room, width)]


def _filled(pieces: list[str], room: int, width: Callable[[str], int]) -> list[str]:
    lines = [""]
    for piece in pieces:
        if width((lines[-1] + piece).strip()) <= room:
            lines[-1] += piece
        elif width(piece.strip()) <= room:
            lines.append(piece.lstrip())
        else:
            for part in _UNBROKEN.findall(piece):
                if lines[-1] and width((lines[-1] + part).strip()) > room:
                    lines.append("")
                lines[-1] += part if lines[-1] else part.lstrip()
    return [line.rstrip() for line in lines if line] or [""]


def cut(lines: list[str], most: int, room: int, width: Callable[[str], int]) -> list[str]:
    """The first so many lines; the last ends in … after a whole number or word where there were more."""
    if len(lines) <= most:
        return lines
    last = _UNBROKEN.findall(lines[most - 1])
    while last and (width("".join(last) + "…") > room or last[-1][-1].isdigit()):
        last.pop()  # a number right before the … would seem to go on
    return [*lines[: most - 1], "".join(last).rstrip("，；、：") + "…"]


class ClauseLabel(QLabel):
    """Breaks its text itself; with ``most_lines`` it says no more than that, and all of it in its tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = ""
        self._most = 0
        self._known: dict[int, list[str]] = {}
        """The lines by width, until anything changes: a layout asks often."""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def full_text(self) -> str:
        """What it says, unbroken and whole."""
        return self._full

    def say(self, text: str) -> None:
        """Show another text."""
        if text != self._full:
            self._full = text
            call(self, text)
            self._break_anew()

    def set_most_lines(self, most: int) -> None:
        """Say no more than so many lines; 0 for all of them."""
        if most != self._most:
            self._most = most
            self._break_anew()

    def hasHeightForWidth(self) -> bool:
        """It is as high as its lines are many."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for its lines at this width."""
        return len(self._lines(width)) * self.fontMetrics().lineSpacing()

    def sizeHint(self) -> QSize:
        """As wide as its rows unbroken."""
        width = max(self._width(row) for row in self._full.split("\n"))
        return QSize(width, self.heightForWidth(max(width, self.minimumWidth())))

    def minimumSizeHint(self) -> QSize:
        """Wide enough for its widest number."""
        parts = _UNBROKEN.findall(self._full)
        return QSize(max(map(self._width, parts), default=1), self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks elsewhere."""
        super().resizeEvent(event)
        self._break()

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size too."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._break_anew()

    def _width(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text)

    def _lines(self, room: int) -> list[str]:
        if room not in self._known:
            lines = broken(self._full, room, self._width)
            self._known[room] = cut(lines, self._most, room, self._width) if self._most else lines
        return self._known[room]

    def _break_anew(self) -> None:
        self._known.clear()
        self._break()
        self.updateGeometry()

    def _break(self) -> None:
        lines = self._lines(self.width())
        self.setText("\n".join(lines))
        is_cut = "".join("".join(lines).split()) != "".join(self._full.split())
        self.setToolTip(self._full if is_cut else "")
