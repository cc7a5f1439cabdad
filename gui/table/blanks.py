"""Where nothing stands near an open editor: a hint that comes there covers no value anybody compares with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from gui.table.cell_painting import GLYPH_ROOM
from gui.table.columns import NAME
from gui.table.editors import PADDING_X
from gui.table.model import AnyIndex, GridModel

if TYPE_CHECKING:
    from gui.table.grid import Grid


class Blanks:
    """Finds what is blank around the cells of one grid."""

    def __init__(self, grid: Grid, model: GridModel) -> None:
        self._grid = grid
        self._model = model

    def around(self, index: AnyIndex) -> Iterator[QRect]:
        """What is blank around a cell, nearest first: in its row, in its column, then beside it above and below.

        Where nothing is, the name below or above gives way, at its end: a name is no value.
        """
        here, columns = index.row(), self._grid.headings.shown
        at = columns.index(index.column())
        beside = [columns[place] for place in (at - 1, at + 1) if 0 <= place < len(columns)]
        rows = [row for row in (here + 1, here - 1) if 0 <= row < self._model.rowCount()]
        places = [(here, column) for column in beside]
        places += [(row, column) for column in (index.column(), *beside) for row in rows]
        for row, column in places:
            yield self._in_view(self._blank(row, column))
        yield self._in_view(self._below_all())
        for row in rows:
            if self._model.columns[columns[at - 1]].field == NAME:
                yield self._in_view(self._grid.visualRect(self._model.index(row, columns[at - 1])))

    def _blank(self, row: int, column: int) -> QRect:
        """What is blank in a cell: behind the last line of its text, or all of it."""
        spec, cell = self._model.columns[column], self._model.cell(row, column)
        rect = self._grid.visualRect(self._model.index(row, column))
        painter = self._grid.painting.cells
        if spec.is_level or rect.isEmpty():
            return QRect()
        if cell is None:
            text = str(self._model.index(row, column).data() or "")
            return (
                rect if not text else self._behind(rect, painter.small_width(text)) if spec.field == NAME else QRect()
            )
        if cell.tag or cell.hint or (spec.stands_right and cell.text):
            return QRect()
        parts = painter.anatomy(cell, rect.width() - 1, is_number=spec.is_number)
        above = (len(parts.lines) - 1) * painter.line_height
        rect.setRight(rect.right() - GLYPH_ROOM * (cell.sign is not None))
        return self._behind(rect.adjusted(0, above, 0, 0), painter.width(parts.lines[-1]))

    def _behind(self, rect: QRect, width: int) -> QRect:
        return rect.adjusted(width + 2 * PADDING_X if width else 0, 0, 0, 0)

    def _below_all(self) -> QRect:
        """What is below the last row."""
        view, length = self._grid.viewport().rect(), self._grid.verticalHeader().length()
        return view.adjusted(0, length - self._grid.verticalHeader().offset(), 0, 0)

    def _in_view(self, rect: QRect) -> QRect:
        """A strip as high as one line, at the top of a place; nothing where it is not whole in view."""
        strip = QRect(rect.left(), rect.top(), rect.width() - 1, self._grid.painting.cells.row_height - 1)
        seen = self._grid.places.in_sight()
        across = strip.intersected(QRect(seen.left(), strip.top(), seen.width(), strip.height()))
        return across if rect.height() > strip.height() - 1 and seen.contains(across) else QRect()
