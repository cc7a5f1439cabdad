"""Where a menu opens: at the mouse, or where what it speaks of stays in sight."""

from __future__ import annotations

from functools import reduce

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget


def pop_up(menu: QMenu, at: QPoint | QRect) -> None:
    """Open a menu at a point of the screen, or below a place on it; where there is no room, above or beside."""
    if isinstance(at, QPoint):
        menu.popup(at)
        return
    screen = QGuiApplication.screenAt(at.center()) or menu.screen()
    menu.popup(place_of_menu(menu.sizeHint(), at, at, screen.availableGeometry()))


def asked_at(view: QAbstractItemView, event: QContextMenuEvent) -> QPoint | QRect:
    """What a menu of a view opens at: the mouse, or where a key asks for it what has the keyboard."""
    is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
    return place_in_hand(view) if is_by_key else view.viewport().mapToGlobal(event.pos())


def place_in_hand(widget: QWidget) -> QRect:
    """Where on the screen a widget is; of a list what is seen of its current row and of those selected with it."""
    shown, rect = widget, widget.rect()
    if isinstance(widget, QAbstractItemView):
        shown = widget.viewport()
        here = widget.currentIndex()
        rows = (here, *widget.selectionModel().selectedRows(here.column()))
        rect = reduce(QRect.united, map(widget.visualRect, rows)).intersected(shown.rect())
    return QRect(shown.mapToGlobal(rect.topLeft()), rect.size())


def place_of_menu(size: QSize, below: QRect, cell: QRect, screen: QRect) -> QPoint:
    """Where a menu of a size opens so that a cell stays in sight: below a place, above the cell, beside it."""
    if below.bottom() + size.height() <= screen.bottom():
        return QPoint(below.left(), below.bottom())
    if cell.top() - size.height() >= screen.top():
        return QPoint(below.left(), cell.top() - size.height())
    right, left = cell.right() + 1, cell.left() - size.width()
    top = max(screen.top(), min(cell.top(), screen.bottom() - size.height()))
    return QPoint(left if right + size.width() > screen.right() and left >= screen.left() else right, top)
