"""What the mouse does in the grid beyond putting the cursor on a cell, and the cursor that stays while it drags."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

from gui.table.model import GridModel

if TYPE_CHECKING:
    from gui.table.grid import Grid

ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)

_LEFT = Qt.MouseButton.LeftButton
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


class GridSelection(QItemSelectionModel):
    """The cursor and the selected cells; while a block grows under the mouse the cursor ``holds`` where it began."""

    def __init__(self, grid: Grid, model: GridModel) -> None:
        super().__init__(model, grid)
        self.holds = False

    def setCurrentIndex(self, index: QModelIndex, command: QItemSelectionModel.SelectionFlag) -> None:  # type: ignore[override] # the stubs name one overload only
        """Move the cursor, unless it holds."""
        if not self.holds:
            super().setCurrentIndex(index, command)


class GridMouse:
    """The mouse in one grid: blocks grow as in a spreadsheet, arrows fold, tags choose, ＋ begins a line."""

    def __init__(self, grid: Grid, selection: GridSelection) -> None:
        self._grid = grid
        self._selection = selection

    def folds(self, event: QMouseEvent) -> bool:
        """Fold or unfold the level whose arrow is pressed; whether it is one."""
        grid, place = self._grid, event.position().toPoint()
        index = grid.indexAt(place)
        if not index.isValid() or not grid.places.arrow_rect(index).contains(place):
            return False
        grid.cursor_moves.go(index)
        grid.folding.turn(index.row())
        return True

    @contextmanager
    def extending(self, event: QMouseEvent) -> Iterator[None]:
        """Deal with a press or a move: with Shift or the button held a block grows, and the cursor stays.

        It stays too where the menu of a selected cell is asked for.
        """
        is_move = event.type() is QMouseEvent.Type.MouseMove
        is_left = event.button() is _LEFT or bool(is_move and event.buttons() & _LEFT)
        grows = is_left and not event.modifiers() & _CONTROL and (is_move or bool(event.modifiers() & _SHIFT))
        index = self._grid.indexAt(event.position().toPoint())
        keeps = event.button() is Qt.MouseButton.RightButton and self._selection.isSelected(index)
        self._selection.holds = grows or keeps
        try:
            yield
        finally:
            self._selection.holds = False
        if keeps:
            return
        index = self._grid.indexAt(event.position().toPoint())
        if grows and index.isValid():
            self._grid.cursor_moves.extend_to(index)
        elif not grows and not is_move:
            self._grid.cursor_moves.set_anchor(self._grid.currentIndex())

    def let_go(self, event: QMouseEvent) -> None:
        """A click on the tag of an actual value opens the choice of 达成等级, one on ＋ begins a line."""
        grid, place = self._grid, event.position().toPoint()
        index = grid.indexAt(place)
        tag = grid.choices.tag_rect(index)
        if tag.contains(place):
            grid.choices.choose_achievement(grid.current_id(), tag)
        elif grid.places.plus_rect(index).contains(place):
            grid.gestures.add_line()

    def zooms(self, event: QWheelEvent) -> bool:
        """Ctrl and the wheel show larger or smaller letters; whether it is that."""
        if not event.modifiers() & _CONTROL:
            return False
        zoom, up = self._grid.zoom, event.angleDelta().y()
        steps = [one for one in ZOOMS if (one > zoom) is (up > 0) and one != zoom]
        if steps and up:
            self._grid.set_zoom(steps[0] if up > 0 else steps[-1])
        event.accept()
        return True
