"""A line of counts, each with its mark where it has one, that goes on in a second line where there is no room."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from gui.desk.labels import call
from gui.desk.signs import SIGN, in_line
from gui.desk.theme import Appearance
from gui.navigator.marks import Mark
from gui.navigator.painting import paint_mark

_GAP = 5
_BETWEEN = 22
_LEADING = 6


@dataclass(frozen=True, slots=True)
class Count:
    """One number and what it counts."""

    name: str
    value: str
    mark: Mark | None = None

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class CountsLine(QLabel):
    """The counts as one text for a screen reader, and drawn with their marks."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._counts: tuple[Count, ...] = ()
        self.setWordWrap(True)
        appearance.changed.connect(lambda _theme: self.update())

    def show_counts(self, *counts: Count) -> None:
        """Show other counts."""
        self._counts = counts
        text = "，".join(map(str, counts))
        self.setText(text)
        call(self, text)
        self._keep_height()

    def heightForWidth(self, width: int) -> int:
        """As many lines as the counts need at a width."""
        return max((place.bottom() + 1 for place, _ in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        """All counts in one line."""
        width = sum(self._width(count) + _BETWEEN for count in self._counts)
        return QSize(width, self.heightForWidth(max(1, width)))

    def minimumSizeHint(self) -> QSize:
        """The widest count alone."""
        widest = max(map(self._width, self._counts), default=0)
        return QSize(widest, QFontMetrics(self.font()).height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the line elsewhere."""
        super().resizeEvent(event)
        self._keep_height()

    def changeEvent(self, event: QEvent) -> None:
        """So do letters of another size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._keep_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the counts."""
        del event
        theme, painter = self._appearance.theme, QPainter(self)
        for place, count in self._places(self.width()):
            if count.mark is not None:
                paint_mark(painter, in_line(place), count.mark, theme)
                place.setLeft(place.left() + SIGN + _GAP)
            painter.setFont(self.font())
            painter.setPen(theme.color("muted"))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, count.name)
            place.setLeft(place.left() + QFontMetrics(self.font()).horizontalAdvance(count.name) + _GAP)
            painter.setFont(self._strong)
            painter.setPen(theme.color("text"))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, count.value)

    @property
    def _strong(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _width(self, count: Count) -> int:
        name = QFontMetrics(self.font()).horizontalAdvance(count.name)
        value = QFontMetrics(self._strong).horizontalAdvance(count.value)
        return (SIGN + _GAP if count.mark is not None else 0) + name + _GAP + value

    def _places(self, width: int) -> list[tuple[QRect, Count]]:
        """Where each count stands in a label of a width."""
        height, left, top = QFontMetrics(self._strong).height(), 0, 0
        places = []
        for count in self._counts:
            needed = self._width(count)
            if left and left + needed > width:
                left, top = 0, top + height + _LEADING
            places.append((QRect(left, top, needed, height), count))
            left += needed + _BETWEEN
        return places

    def _keep_height(self) -> None:
        self.setMinimumHeight(self.heightForWidth(max(1, self.width())))
        self.updateGeometry()
