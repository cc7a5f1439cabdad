"""Who has the keyboard when what had it is gone, where Tab takes it next, and how it is seen in a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QWidget

from gui.plain_window import neighbour, proxy_of

FRAME = 2
"""Pixels of the frame around what has the keyboard."""


def paint_frame(
    painter: QPainter, rect: QRect, color: QColor, *, first: bool = True, last: bool = True, width: int = FRAME
) -> None:
    """Frame the row that has the keyboard, or one cell of it: the ``first`` is open at its right, the ``last`` left.

    Filled, as a rule is: a pen leaves a side out where it begins between two pixels of the screen.
    """
    painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), width), color)
    painter.fillRect(QRect(rect.left(), rect.bottom() + 1 - width, rect.width(), width), color)
    if first:
        painter.fillRect(QRect(rect.left(), rect.top(), width, rect.height()), color)
    if last:
        painter.fillRect(QRect(rect.right() + 1 - width, rect.top(), width, rect.height()), color)


def paint_rule(painter: QPainter, rect: QRect, color: QColor) -> None:
    """Rule a row off below. Filled: at 150 % a line drawn by a pen reaches into the frame of the cell beside it."""
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), color)


def lasting(focus: QWidget) -> QWidget:
    """The widget to give the keyboard back to: of the editor of a cell, which goes when it is left, its table."""
    parent = focus.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractItemView):
            return parent
        parent = parent.parentWidget()
    return focus


class WayBack(QObject):
    """Enter and Esc in a field somebody was sent to finish it, or give up what was typed, and lead ``back``.

    Until the keyboard goes elsewhere in the window: then the person stays there.
    """

    _COMES_AGAIN = (
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.ActiveWindowFocusReason,
        Qt.FocusReason.MenuBarFocusReason,
    )

    def __init__(self, field: QWidget, back: Callable[[], object]) -> None:
        super().__init__(field)
        self._field = field
        self._back = back
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field has its keys and its leaving first."""
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in self._COMES_AGAIN:
            self._end()
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self._end()
                watched.event(event)
                self._back()
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._field.clearFocus()  # which finishes it, while its project is on screen
                self._back()
                return True
        return super().eventFilter(watched, event)

    def _end(self) -> None:
        self._field.removeEventFilter(self)
        self.deleteLater()


def in_reading_order(areas: Sequence[QWidget]) -> None:
    """Let Tab go from area to area of a window in this order, inside each as before."""
    inside: list[list[QWidget]] = [[] for _ in areas]
    for stop in _stops(areas[0].window()):
        for area, stops in zip(areas, inside, strict=True):
            if stop is area or area.isAncestorOf(stop):
                stops.append(stop)
    for before, after in pairwise(chain.from_iterable(inside)):
        QWidget.setTabOrder(before, after)


def _stops(window: QWidget) -> Iterator[QWidget]:
    """What of a window can have the keyboard, in the order of Tab; parts of a field go with it."""
    widget = neighbour(window)
    while widget is not None and widget is not window:
        takes_keys = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and proxy_of(widget) is None
        if takes_keys and not widget.objectName().startswith("qt_"):
            yield widget
        widget = neighbour(widget)
