"""Shift in a list of rows: selects from the row that was selected alone last, also where the program went there.

Qt counts from where the mouse was pressed last, however the cursor came to where it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView

_Move = QAbstractItemView.CursorAction
_MOVES: Mapping[int, QAbstractItemView.CursorAction] = {
    Qt.Key.Key_Up: _Move.MoveUp,
    Qt.Key.Key_Down: _Move.MoveDown,
    Qt.Key.Key_PageUp: _Move.MovePageUp,
    Qt.Key.Key_PageDown: _Move.MovePageDown,
    Qt.Key.Key_Home: _Move.MoveHome,
    Qt.Key.Key_End: _Move.MoveEnd,
}


class Ranges:
    """The ranges of one view; ``between`` are the rows from one to another as they are seen, both included."""

    def __init__(self, view: QAbstractItemView, between: Callable[[QModelIndex, QModelIndex], QItemSelection]) -> None:
        self._view = view
        self._between = between
        self._start = QPersistentModelIndex()
        view.selectionModel().selectionChanged.connect(self._note_start)

    def move_of(self, event: QKeyEvent) -> QAbstractItemView.CursorAction | None:
        """Where a key with Shift goes, None for other keys."""
        return _MOVES.get(event.key()) if event.modifiers() == Qt.KeyboardModifier.ShiftModifier else None

    def is_range(self, event: QMouseEvent) -> bool:
        """Whether a click selects a range."""
        is_left = event.button() is Qt.MouseButton.LeftButton
        return is_left and event.modifiers() == Qt.KeyboardModifier.ShiftModifier

    def extend_to(self, index: QModelIndex) -> None:
        """Select up to a row, and stand on it."""
        if not index.isValid():
            return
        last = QModelIndex(self._start)  # type: ignore[call-overload] # the stubs miss this one
        start = last if last.isValid() else self._view.currentIndex()
        flags, model = QItemSelectionModel.SelectionFlag, self._view.selectionModel()
        model.setCurrentIndex(index, flags.NoUpdate)
        model.select(self._between(start if start.isValid() else index, index), flags.ClearAndSelect | flags.Rows)
        self._view.scrollTo(index)

    def _note_start(self) -> None:
        """From the ranges, of which there are few; of many selected rows each that goes is told by itself."""
        ranges = self._view.selectionModel().selection()
        if ranges.size() == 1 and ranges.first().height() == 1:
            self._start = QPersistentModelIndex(ranges.first().topLeft())
