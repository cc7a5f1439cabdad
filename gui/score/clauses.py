"""A text that is broken where a reader pauses: before an operator and after a clause, never in a word or a number."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.desk.labels import call

_PAUSE = r"(?<=[，；。：、）])(?=[^，；。：、）”])|(?= [=≈<>≤≥×÷+−→] )"
_IN_CLAUSE = re.compile(_PAUSE)
_AROUND_BRACKETS = re.compile(rf"(?:{_PAUSE}|(?=（))(?![^（）]*）)")
"""What stands in brackets is broken only where it is wider than a line."""
_UNBROKEN = re.compile(
    r"[“（《]*(?:[A-Za-z<>≤≥=≈]*[+\-−]?\d[\d,.:]*(?:[%‰…]|[A-Za-z]+)*|[A-Za-z]+|.)[，。；：、）”》％…]*"
)
"""What is not broken even where a clause alone is wider than a line: a number with its sign and unit, a word."""
_ALONE = 4
"""A last line that fills less of its room than one part in so many looks lost."""


def broken(text: str, room: int, width: Callable[[str], int]) -> list[str]:
    """The lines of a text in so much room, measured with ``width``; a number that is wider stands in a line alone."""
    return [line for row in text.split("\n") for line in _filled(row, room, width)]


def _filled(row: str, room: int, width: Callable[[str], int]) -> list[str]:
    lines: list[list[str]] = [[]]
    for clause in _AROUND_BRACKETS.split(row):
        is_wide = width(clause.strip()) > room
        for piece in _IN_CLAUSE.split(clause) if is_wide else (clause,):
            if _fits([*lines[-1], piece], room, width):
                lines[-1].append(piece)
            elif width(piece.strip()) <= room:
                lines.append([piece])
            else:
                _fill_with_words(lines, piece, room, width)
    _lead_the_last(lines, room, width)
    return [text for line in lines if (text := "".join(line).strip())] or [""]


def _fill_with_words(lines: list[list[str]], piece: str, room: int, width: Callable[[str], int]) -> None:
    """Go on with the words of a clause that is wider than a line."""
    for part in _UNBROKEN.findall(piece):
        if lines[-1] and not _fits([*lines[-1], part], room, width):
            lines.append([])
        lines[-1].append(part)


def _lead_the_last(lines: list[list[str]], room: int, width: Callable[[str], int]) -> None:
    """No word stands alone in the last line: what is before it comes along."""
    while (
        len(lines) > 1
        and len(lines[-2]) > 1
        and width("".join(lines[-1]).strip()) * _ALONE < room
        and _fits([lines[-2][-1], *lines[-1]], room, width)
    ):
        lines[-1].insert(0, lines[-2].pop())


def _fits(pieces: list[str], room: int, width: Callable[[str], int]) -> bool:
    return width("".join(pieces).strip()) <= room


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
        self._spares_last = False
        self._known: dict[tuple[int, int, bool], list[str]] = {}
        """The lines by width, until anything changes: a layout asks often."""
        self._rows: dict[tuple[str, int], list[str]] = {}
        """The same of each of its rows with nothing left out."""
        self._least: int | None = None
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

    def needs(self, width: int) -> tuple[int, ...]:
        """What the room it takes at a width follows from, however much it says: a line's height, each row's lines."""
        rows = (len(self._row(row, width)) for row in self._full.split("\n"))
        return self.fontMetrics().lineSpacing(), *rows

    def set_most_lines(self, most: int, *, spares_last: bool = False) -> None:
        """Say no more than so many lines, 0 for all; with ``spares_last`` of what stands before the last row."""
        if (most, spares_last) != (self._most, self._spares_last):
            self._most, self._spares_last = most, spares_last
            self._break()
            self.updateGeometry()

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
        if self._least is None:
            self._least = max(map(self._width, _UNBROKEN.findall(self._full)), default=1)
        return QSize(self._least, self.fontMetrics().lineSpacing())

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
        key = room, self._most, self._spares_last
        if key not in self._known:
            rows = [self._row(row, room) for row in self._full.split("\n")]
            last = rows.pop() if self._spares_last else []
            lines = [line for row in rows for line in row]
            self._known[key] = (cut(lines, self._most, room, self._width) if self._most else lines) + last
        return self._known[key]

    def _row(self, row: str, room: int) -> list[str]:
        """The lines of one row, whatever is said of it."""
        if (row, room) not in self._rows:
            self._rows[row, room] = broken(row, room, self._width)
        return self._rows[row, room]

    def _break_anew(self) -> None:
        self._known.clear()
        self._rows.clear()
        self._least = None
        self._break()
        self.updateGeometry()

    def _break(self) -> None:
        lines = self._lines(self.width())
        self.setText("\n".join(lines))
        is_cut = "".join("".join(lines).split()) != "".join(self._full.split())
        self.setToolTip(self._full if is_cut else "")
