"""How high the rows of the grid are and how wide its columns must be: measured where something changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gui.table.cell_painting import GLYPH_ROOM
from gui.table.columns import POINTS, SCORE
from gui.table.editors import PADDING_X
from gui.table.model import GridModel

if TYPE_CHECKING:
    from gui.table.grid import Grid

_PADDING = 2 * PADDING_X + 1


class GridMeasures:
    """Measures the rows and columns of one grid."""

    def __init__(self, grid: Grid, model: GridModel) -> None:
        self._grid = grid
        self._model = model

    def needed_width(self, column: int) -> int:
        """The least width of a column in pixels: its longest number and a mark beside it, or so many characters."""
        spec, cells = self._model.columns[column], self._grid.painting.cells
        if not spec.is_number:
            return spec.room.least * cells.width("字") + _PADDING
        fraction = self._grid.painting.fraction(column)
        numbers = self._model.numbers(column)
        widest = max((cells.number_width(text, fraction) for text in numbers), default=0)
        total = self._model.total
        bold = cells.bold_width({POINTS: total.points, SCORE: total.score}.get(spec.field, "")) + _PADDING
        return max(cells.width(spec.title) + _PADDING + 3, bold, widest + GLYPH_ROOM - 2)

    def fitting_width(self, column: int) -> int:
        """The width at which the longest text of a column needs no second line, half the grid at most."""
        cells = self._grid.painting.cells
        texts = [str(self._model.index(row, column).data() or "") for row in range(self._model.rowCount())]
        widest = max((cells.width(line) for text in texts for line in text.split("\n")), default=0)
        return min(widest + _PADDING + GLYPH_ROOM, self._grid.viewport().width() // 2)

    def cap_rows(self) -> bool:
        """Let a row fill half the view at most; whether that is another number of lines than before."""
        cells = self._grid.painting.cells
        view = self._grid.full_height - self._grid.horizontalHeader().height()
        most = max(2, view // 2 // max(1, cells.line_height))
        changed = cells.most_lines != most
        cells.most_lines = most
        return changed

    def measure_all(self) -> None:
        """Give every row the height its wrapped cells need."""
        self.measure(range(self._model.rowCount()))

    def measure(self, rows: Iterable[int]) -> None:
        """Give some rows the height their wrapped cells need."""
        grid, header, cells = self._grid, self._grid.verticalHeader(), self._grid.painting.cells
        columns = [
            (n, grid.columnWidth(n) - 1, one.is_number)
            for n, one in enumerate(self._model.columns)
            if not one.is_level and not grid.isColumnHidden(n)
        ]
        for row in rows:
            height = cells.row_height
            for column, width, is_number in columns:
                cell = self._model.cell(row, column)
                if cell is not None:
                    height = max(height, cells.anatomy(cell, width, is_number=is_number).height)
            if header.sectionSize(row) != height:
                header.resizeSection(row, height)
