"""Where a menu opens: where what it speaks of stays in sight, as near to the mouse as that allows."""

from __future__ import annotations

from functools import reduce

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

_FARTHEST = 90
"""Pixels from the mouse to the end of what a menu speaks of; below that it would seem to speak of something else."""


def pop_up(menu: QMenu, at: QRect) -> None:
    """Open a menu below a place on the screen; where there is no room, above or beside."""
    screen = QGuiApplication.screenAt(at.center()) or menu.screen()
    menu.popup(place_of_menu(menu.sizeHint(), at, at, screen.availableGeometry()))


def asked_at(view: QAbstractItemView, event: QContextMenuEvent) -> QRect:
    """What a menu of a view opens at: the row under the mouse, or where a key asks for it what has the keyboard."""
    if event.reason() is QContextMenuEvent.Reason.Keyboard:
        return place_in_hand(view)
    return on_screen(view.viewport(), at_mouse(view.visualRect(view.indexAt(event.pos())), event.pos()))


def at_mouse(thing: QRect, mouse: QPoint) -> QRect:
    """What of a thing is above and below the mouse on it; the mouse alone where most of it is far away."""
    if thing.contains(mouse) and thing.bottom() - mouse.y() <= _FARTHEST:
        return QRect(mouse.x(), thing.top(), 1, thing.height())
    return QRect(mouse, mouse)


def on_screen(widget: QWidget, place: QRect) -> QRect:
    """Where on the screen a place of a widget is."""
    return QRect(widget.mapToGlobal(place.topLeft()), place.size())


def place_in_hand(widget: QWidget) -> QRect:
    """Where on the screen a widget is; of a list what is seen of its current row and of those selected with it."""
    shown, rect = widget, widget.rect()
    if isinstance(widget, QAbstractItemView):
        shown = widget.viewport()
        here = widget.currentIndex()
        rows = (here, *widget.selectionModel().selectedRows(here.column()))
        rect = reduce(QRect.united, map(widget.visualRect, rows)).intersected(shown.rect())
    return on_screen(shown, rect)


def place_of_menu(size: QSize, below: QRect, cell: QRect, screen: QRect) -> QPoint:
    """Where a menu of a size opens so that a cell stays in sight: below a place, above the cell, beside it."""
    if below.bottom() + size.height() <= screen.bottom():
        return QPoint(below.left(), below.bottom())
    if cell.top() - size.height() >= screen.top():
        return QPoint(below.left(), cell.top() - size.height())
    right, left = cell.right() + 1, cell.left() - size.width()
    top = max(screen.top(), min(cell.top(), screen.bottom() - size.height()))
    return QPoint(left if right + size.width() > screen.right() and left >= screen.left() else right, top)
