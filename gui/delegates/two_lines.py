"""Draws an item of two lines: what it is, and in quiet letters under it where it is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.desk.theme import Appearance

Index = QModelIndex | QPersistentModelIndex

_PAD = 10


class TwoLineDelegate(QStyledItemDelegate):
    """The text of an item is its two lines; an item of one line is a quiet remark."""

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance

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
        metrics = QFontMetrics(font)
        top = rect.top() + (rect.height() - len(lines) * metrics.lineSpacing()) // 2
        for number, line in enumerate(lines):
            is_name = number == 0 and len(lines) > 1
            painter.setPen(theme.color("text" if is_name else "muted"))
            elide = Qt.TextElideMode.ElideRight if is_name else Qt.TextElideMode.ElideMiddle
            room = rect.width() - 2 * _PAD
            place = QRect(rect.left() + _PAD, top + number * metrics.lineSpacing(), room, metrics.lineSpacing())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(line, elide, room))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the lines."""
        font: QFont = option.font  # type: ignore[attr-defined] # the stubs miss the members of style options
        lines = str(index.data()).count("\n") + 1
        return QSize(100, lines * QFontMetrics(font).lineSpacing() + 12)
