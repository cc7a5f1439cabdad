"""Draws an item of two lines: what it is, and in quiet letters under it where it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.desk.focus import paint_frame
from gui.desk.labels import elided
from gui.desk.marked_lines import bold_ranges
from gui.desk.theme import Appearance

Index = QModelIndex | QPersistentModelIndex

_PAD = 10

BOLD = Qt.ItemDataRole.UserRole + 1
"""The parts of the first line that are drawn bold, as (start, end)."""


class TwoLineDelegate(QStyledItemDelegate):
    """The text of an item is its two lines; an item of one line is a quiet remark.

    ``elide`` is where the second line gives way: in the middle of a path, at the end of a sentence.
    """

    def __init__(
        self,
        appearance: Appearance,
        parent: QObject | None = None,
        *,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._elide = elide

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one item."""
        theme = self._appearance.theme
        rect: QRect = option.rect  # type: ignore[attr-defined] # the stubs miss the members of style options
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined] # the stubs miss the members of style options
        font: QFont = option.font  # type: ignore[attr-defined] # the stubs miss the members of style options
        lines = str(index.data()).split("\n")
        painter.save()
        painter.setFont(font)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        if state & QStyle.StateFlag.State_HasFocus:
            paint_frame(painter, rect, theme.color("focus"))
        metrics = QFontMetrics(font)
        top = rect.top() + (rect.height() - len(lines) * metrics.lineSpacing()) // 2
        for number, line in enumerate(lines):
            is_name = number == 0 and len(lines) > 1
            painter.setPen(theme.color("text" if is_name else "muted"))
            room = rect.width() - 2 * _PAD
            place = QRect(rect.left() + _PAD, top + number * metrics.lineSpacing(), room, metrics.lineSpacing())
            ends = is_name or self._elide is Qt.TextElideMode.ElideRight
            shown = elided(line, metrics, room) if ends else metrics.elidedText(line, self._elide, room)
            _draw(painter, place, shown, (index.data(BOLD) or ()) if number == 0 else ())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the lines, and as wide."""
        font: QFont = option.font  # type: ignore[attr-defined] # the stubs miss the members of style options
        lines, metrics = str(index.data()).split("\n"), QFontMetrics(font)
        widest = max(metrics.horizontalAdvance(line) for line in lines)
        return QSize(widest + 2 * _PAD, len(lines) * metrics.lineSpacing() + 12)


def _draw(painter: QPainter, place: QRect, text: str, bold: Sequence[tuple[int, int]]) -> None:
    """Draw one line, parts of it bold; where that makes it too long, its end gives way."""
    if not bold:
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
        return
    layout = QTextLayout(text, painter.font())
    layout.setFormats(bold_ranges(bold))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(place.width() * 2)
    layout.endLayout()
    painter.save()
    painter.setClipRect(place)
    layout.draw(painter, QPointF(place.left(), place.top() + (place.height() - line.height()) / 2))
    painter.restore()
