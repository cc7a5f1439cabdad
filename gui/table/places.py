"""Where things are in the grid: rows in view, merged cells, arrows; and what a place has to say to the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt

from gui.table.columns import NAME
from gui.table.model import AnyIndex, GridModel
from gui.table.rows import RowKind

if TYPE_CHECKING:
    from gui.table.grid import Grid


_NOWHERE = 1 << 20
"""A height below every viewport."""


class GridPlaces:
    """Finds places in the viewport of one grid."""

    def __init__(self, grid: Grid, model: GridModel) -> None:
        self._grid = grid
        self._model = model
        self._end = _NOWHERE

    def rows_between(self, top: int, bottom: int) -> tuple[int, int]:
        """The rows a strip of the viewport shows; the last is less than the first where it shows none."""
        first, last = self._grid.rowAt(max(0, top)), self._grid.rowAt(bottom)
        count = self._model.rowCount()
        if first < 0:
            return 0, -1
        return first, last if last >= 0 else count - 1

    def clipped_rows(self, first: int, last: int) -> tuple[int, int]:
        """Those of some rows that are in view, as the ends of a range."""
        top, bottom = self.rows_between(0, self._grid.viewport().height() - 1)
        return max(first, top), min(last, bottom) + 1

    def rows_rect(self, first: int, last: int, left: int, width: int) -> QRect:
        """The rectangle some rows take in a column."""
        top = self._grid.rowViewportPosition(first)
        return QRect(left, top, width, self._grid.rowViewportPosition(last) + self._grid.rowHeight(last) - top)

    def cell_rect(self, index: AnyIndex) -> QRect:
        """The rectangle of a cell; of a merged one the part in view."""
        if not self._model.columns[index.column()].is_level:
            return self._grid.visualRect(index)
        first, last = self._model.group(index.row(), index.column())
        left, width = self._grid.columnViewportPosition(index.column()), self._grid.columnWidth(index.column())
        return self.rows_rect(first, last, left, width).intersected(self.in_sight())

    def in_sight(self) -> QRect:
        """The part of the viewport that is not covered below."""
        view = self._grid.viewport().rect()
        return view.intersected(QRect(0, 0, view.width(), self._end))

    def end_at(self, height: int) -> None:
        """What is below a height of the viewport is covered, or out of sight: what stands in the middle moves.

        The viewport itself may just be getting another height.
        """
        if height != self._end:
            self._end = height
            self._grid.viewport().update()

    def arrow_rect(self, index: AnyIndex) -> QRect:
        """Where the arrow is that folds the 一级指标 of a row; nowhere in another column."""
        if index.column() != 0 or self._model.rows[index.row()].kind is RowKind.NEW:
            return QRect()
        return self._grid.painting.arrow_rect(self.cell_rect(index))

    def plus_rect(self, index: AnyIndex) -> QRect:
        """Where ＋ 添加指标 stands in a row without a line; nowhere in another column."""
        row = self._model.row(index)
        if row is None or row.kind not in {RowKind.VACANT, RowKind.NEW} or self._model.field(index) != NAME:
            return QRect()
        rect = self._grid.visualRect(index)
        rect.setWidth(min(rect.width(), self._grid.painting.cells.width(str(index.data() or "")) + 12))
        return rect

    def tool_tip(self, index: AnyIndex) -> str:
        """What a cell has no room for, then what there is to say about it."""
        if not index.isValid():
            return ""
        about = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        cell = self._model.cell(index.row(), index.column())
        column = self._model.columns[index.column()]
        if column.is_level:
            level = self._model.level(index.row(), index.column())
            return "\n".join(part for part in (level.label, level.told, about) if part)
        width = self._grid.columnWidth(index.column()) - 1
        if cell is None:
            return about
        most = self._grid.measures.most_lines(index.row())
        parts = self._grid.painting.cells.anatomy(cell, width, is_number=column.is_number, most_lines=most)
        return "\n".join(part for part in (cell.text if parts.is_cut else "", about) if part)
