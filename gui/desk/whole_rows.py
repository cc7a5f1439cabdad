"""A list that is scrolled by keys ends at the edge of a row above: no row is cut below what stands over the list.

Below, nothing is drawn of a line of text that the edge would cut through.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView

Index = QModelIndex | QPersistentModelIndex

_INSIDE = 1
"""A pixel column every row reaches over."""
_SHORT = 3
"""Lines of a row that is seen whole or not at all; of a longer one as many lines as there is room for."""


def clip_to_lines(painter: QPainter, view: QAbstractItemView, row: QRect, line: int) -> bool:
    """Let nothing be drawn of a line of a row, so many pixels high, that the lower edge of its list cuts through.

    Whether there is anything left to draw.
    """
    height = _seen_height(view, row, line)
    if height < row.height():
        painter.setClipRect(QRect(row.topLeft(), QSize(row.width(), height)), Qt.ClipOperation.IntersectClip)
    return height > 0


def _seen_height(view: QAbstractItemView, row: QRect, line: int) -> int:
    seen = view.viewport().height() - row.top()
    if row.height() <= seen or row.top() <= 0:
        return row.height()
    lines, around = divmod(row.height(), line)
    return 0 if lines <= _SHORT else max(0, (seen - around // 2) // line * line + around // 2)


def show_whole(view: QAbstractItemView, index: Index) -> None:
    """After a scroll to a row: the first row in sight is whole, and that row too if there is room for it."""
    cut, here = _row_at(view, 0), view.visualRect(index)
    bar, room = view.verticalScrollBar(), view.viewport().height()
    if cut.top() >= 0 and (here.bottom() < room or here == cut):
        return
    has_room_above = cut == here or here.bottom() - cut.top() < room
    bar.setValue(bar.value() + (cut.top() if has_room_above else cut.bottom() + 1))


def end_at_a_row(view: QAbstractItemView) -> None:
    """Let the list be scrolled so far that its first row in sight is whole at its end, too."""
    bar = view.verticalScrollBar()
    if not bar.maximum():
        return
    last = _row_at(view, bar.maximum() - bar.value())
    beyond = bar.maximum() - bar.value() - last.top()
    if not last.isEmpty() and beyond > 0:
        bar.setMaximum(bar.maximum() + last.height() - beyond)


def _row_at(view: QAbstractItemView, y: int) -> QRect:
    """The place of the row at a height of the viewport, which may be out of sight; empty where there is none."""
    return view.visualRect(view.indexAt(QPoint(_INSIDE, y)))
