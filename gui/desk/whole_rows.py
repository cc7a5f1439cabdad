"""A list that is scrolled by keys ends at the edge of a row above: no row is cut below what stands over the list.

However it is scrolled, nothing is drawn of a line of text that one of its edges would cut through, and of a row that is
higher than the list the arrow keys come to its end before they leave it.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView

Index = QModelIndex | QPersistentModelIndex

_INSIDE = 1
"""A pixel column every row reaches over."""
_SHORT = 3
"""Lines of a row that is seen whole or not at all; of a longer one as many lines as there is room for."""


def clip_to_lines(painter: QPainter, view: QAbstractItemView, row: QRect, line: int) -> bool:
    """Let nothing be drawn of a line of a row, so many pixels high, that an edge of its list cuts through.

    Whether there is anything left to draw.
    """
    first, end = _seen_of(view, row, line)
    if (first, end) != (0, row.height()):
        seen = QRect(row.left(), row.top() + first, row.width(), end - first)
        painter.setClipRect(seen, Qt.ClipOperation.IntersectClip)
    return first < end


def _seen_of(view: QAbstractItemView, row: QRect, line: int) -> tuple[int, int]:
    """From where to where a row is drawn: from the beginning of a line to the end of one."""
    above, below = max(0, -row.top()), min(row.height(), view.viewport().height() - row.top())
    if (above, below) == (0, row.height()):
        return above, below
    lines, around = divmod(row.height(), line)
    if lines <= _SHORT and row.height() <= view.viewport().height():
        return 0, 0
    text = around // 2
    first = text - (text - above) // line * line if above > 0 else 0
    end = text + (below - text) // line * line if below < row.height() else below
    return first, max(first, end)


def show_whole(view: QAbstractItemView, index: Index) -> None:
    """After a scroll to a row: the first row in sight is whole, and that row too if there is room for it."""
    cut, here = _row_at(view, 0), view.visualRect(index)
    bar, room = view.verticalScrollBar(), view.viewport().height()
    if cut.top() >= 0 and (here.bottom() < room or here == cut):
        return
    has_room_above = cut == here or here.bottom() - cut.top() < room
    bar.setValue(bar.value() + (cut.top() if has_room_above else cut.bottom() + 1))


def turn_within(view: QAbstractItemView, event: QKeyEvent) -> bool:
    """Whether an arrow key had more to show of the current row, which is higher than the list, and did."""
    here, room = view.visualRect(view.currentIndex()), view.viewport().height()
    hidden = {Qt.Key.Key_Down: here.bottom() + 1 - room, Qt.Key.Key_Up: here.top()}.get(Qt.Key(event.key()), 0)
    is_plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
    is_more = hidden > 0 if event.key() == Qt.Key.Key_Down else hidden < 0
    if not is_plain or here.height() <= room or not is_more:
        return False
    step = max(1, room - 2 * view.fontMetrics().height())  # what was read last stays in sight
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + max(-step, min(step, hidden)))
    return True


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
