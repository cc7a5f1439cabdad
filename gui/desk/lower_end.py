"""Where something that lies over a window ends: not within a row or a line of what is below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from gui.desk.cut_edge import LEAVES, Span, edge_below, span_of

_LINES_MORE = 3
"""So much lower it ends at most."""


def lower_end(over: QWidget, window: QWidget, place: QRect, most: int) -> int:
    """The lower edge of something that is to have this place over a window, moved down to cut through nothing.

    Where that would be too far, or beyond ``most``, it cuts through no row of a list; and else it stays.
    """
    edge = QRect(place.left(), place.bottom() + 1, place.width(), 1)
    rows = list(_rows_at(over, window, edge))
    last = min(most, edge.top() + _LINES_MORE * over.fontMetrics().height())
    ends = (edge_below(lines, edge.top()) for lines in ([*_parts_at(over, window, edge), *rows], rows))
    return next((end for end in ends if end <= last), edge.top())


def _parts_at(over: QWidget, window: QWidget, edge: QRect) -> Iterator[Span]:
    """The labels, fields and headings that are seen at a piece of an edge, or lower beside it."""
    return (span_of(one, window) for kind in (*LEAVES, QHeaderView) for one in _seen_at(kind, over, window, edge))


def _rows_at(over: QWidget, window: QWidget, edge: QRect) -> Iterator[Span]:
    """The rows of lists from an edge on, as far as something over them may end lower."""
    for view in _seen_at(QAbstractItemView, over, window, edge):
        if not isinstance(view, QAbstractItemView) or isinstance(view, QHeaderView):
            continue
        here, high = view.viewport(), _LINES_MORE * view.fontMetrics().height()
        right = min(here.mapFrom(window, edge.topRight()).x(), here.width()) - 2  # at the left a cell may be many rows
        top = here.mapTo(window, QPoint()).y()
        y, last = max(0, edge.top() - top - 1), min(here.height(), edge.top() - top + high)
        while y < last and not (row := view.visualRect(view.indexAt(QPoint(right, y)))).isEmpty():
            yield top + row.top(), top + row.bottom() + 1
            y = row.bottom() + 1


def _seen_at(kind: type[QWidget], over: QWidget, window: QWidget, edge: QRect) -> Iterator[QWidget]:
    for one in cast("list[QWidget]", window.findChildren(kind)):
        place = QRect(one.mapTo(window, QPoint()), one.size())
        is_there = place.left() < edge.right() and edge.left() < place.right() and place.bottom() >= edge.top()
        if is_there and one.isVisibleTo(window) and one is not over and not over.isAncestorOf(one):
            yield one
