"""A list that is scrolled by keys ends at the edge of a row above: no row is cut below what stands over the list."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect
from PySide6.QtWidgets import QAbstractItemView

Index = QModelIndex | QPersistentModelIndex

_INSIDE = 1
"""A pixel column every row reaches over."""


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
