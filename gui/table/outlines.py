"""Frames around cells of the grid: what is selected, and what was copied."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QLine, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from model.edits import Block

if TYPE_CHECKING:
    from gui.table.grid import Grid

IsIn = Callable[[int, int], bool]
"""Whether a cell, by row and column, is one of those that are framed."""


def is_block(selection: QItemSelection) -> bool:
    """Whether several cells are selected."""
    return selection.count() > 1 or (selection.count() == 1 and selection.at(0).width() * selection.at(0).height() > 1)


class Outlines:
    """The frames of one grid. What was copied is framed until something is written, or Esc."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._copied = Block((), ())

    @property
    def copied(self) -> Block:
        """The cells that were copied or cut last and are still framed."""
        return self._copied

    def mark(self, block: Block) -> None:
        """Frame what was copied, or nothing."""
        if block != self._copied:
            self._copied = block
            self._grid.viewport().update()

    def forget(self) -> None:
        """What was copied is framed no longer."""
        self.mark(Block((), ()))

    def paint(self, painter: QPainter, area: QRect, color: QColor) -> None:
        """Frame what of a block of several cells and of what was copied is in view."""
        selecting, rows = self._grid.selectionModel(), self._grid.rows
        if is_block(selecting.selection()):
            painter.setPen(QPen(color, 1))
            painter.drawLines(self._edges(area, lambda row, column: selecting.isSelected(rows.index(row, column))))
        if self._copied.ids:
            ids, fields = frozenset(self._copied.ids), frozenset(self._copied.fields)
            painter.setPen(QPen(color, 2, Qt.PenStyle.DashLine))
            painter.drawLines(
                self._edges(area, lambda row, n: rows.rows[row].line_id in ids and rows.columns[n].field in fields)
            )

    def _edges(self, area: QRect, is_in: IsIn) -> list[QLine]:
        """The edges between cells that are framed and others, on the lines of the grid."""
        grid, columns = self._grid, self._grid.headings.shown
        first, last = grid.places.rows_between(area.top(), area.bottom())
        whole, lines = grid.rows.rowCount(), []
        for row in range(first, last + 1):
            for at, column in enumerate(columns):
                if not is_in(row, column):
                    continue
                rect = QRect(
                    grid.columnViewportPosition(column),
                    grid.rowViewportPosition(row),
                    grid.columnWidth(column),
                    grid.rowHeight(row),
                ).adjusted(-1, -1, 0, 0)
                if row == 0 or not is_in(row - 1, column):
                    lines.append(QLine(rect.topLeft(), rect.topRight()))
                if row + 1 == whole or not is_in(row + 1, column):
                    lines.append(QLine(rect.bottomLeft(), rect.bottomRight()))
                if at == 0 or not is_in(row, columns[at - 1]):
                    lines.append(QLine(rect.topLeft(), rect.bottomLeft()))
                if at + 1 == len(columns) or not is_in(row, columns[at + 1]):
                    lines.append(QLine(rect.topRight(), rect.bottomRight()))
        return lines
