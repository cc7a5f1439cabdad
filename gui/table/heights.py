"""How high the rows of the grid are and how wide its columns must be: measured where something changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QApplication

from gui.table.cell_painting import GLYPH_ROOM, MANY, TAG_GAP, computed_text
from gui.table.columns import POINTS, SCORE
from gui.table.editors import PADDING_X
from gui.table.model import AnyIndex, GridModel
from gui.table.rows import RowKind

if TYPE_CHECKING:
    from gui.table.grid import Grid

ROOM = 350
"""Pixels of rows in view that are enough to work in."""
FEW_LINES = 2
"""Lines of a row in a lower view, unless the cursor is on it."""
LEVEL_ROOM = 2 * PADDING_X + 1 + GLYPH_ROOM
"""Pixels beside the label of a level: for the air around it and a sign."""
USUAL = "10.50"
USUAL_TOTAL = "100"
"""Points and totals for which a column has room before they are typed."""
_PADDING = 2 * PADDING_X + 1
_AROUND_HEADING = 5
"""Pixels around the words of a heading beyond those around a text."""
_LONG_TITLE = 8
"""A title of more characters asks for no room: it is printed in lines."""


class GridMeasures:
    """Measures the rows and columns of one grid.

    In a low view a row takes two lines at most, and the row of the cursor its whole text, up to half the view. When
    the mouse brought the cursor there, rows wait until a second click would no longer be a double click.
    """

    def __init__(self, grid: Grid, model: GridModel) -> None:
        self._grid = grid
        self._model = model
        self._full_height = 0
        self._half = MANY
        self._is_low = False
        self._open_row = QPersistentModelIndex()
        self._waiting = QTimer(grid)
        self._waiting.setSingleShot(True)
        self._waiting.timeout.connect(self._open_later)

    def needed_width(self, column: int) -> int:
        """The least width of a column in pixels: its longest number and a mark beside it, what is below, or characters.

        None is narrower than what it is called, which may name a year; a long name has a short word in its place.
        """
        spec, cells = self._model.columns[column], self._grid.painting.cells
        heading = self.heading_width(column, is_short=len(spec.title) > _LONG_TITLE)
        if not spec.is_number:
            is_blank = bool(spec.room.blank) and self.wished_width(column) == _PADDING
            least = (spec.room.blank if is_blank else spec.room.least) * cells.width("字") + _PADDING
            return max(least, heading, self.wished_width(column) if spec.stands_right else 0)
        fraction = self._grid.painting.fraction(column)
        numbers = self._model.numbers(column)
        widest = max(cells.number_width(text, fraction) for text in (*numbers, USUAL))
        computed = max(
            (cells.small_width(computed_text(one)) + _PADDING for one in self._model.tags(column)), default=0
        )
        total = self._model.total
        bold = (
            cells.bold_width({POINTS: total.points, SCORE: total.score}.get(spec.field, "") or USUAL_TOTAL) + _PADDING
        )
        return max(heading, bold, widest, computed)

    def heading_width(self, column: int, *, is_short: bool = True) -> int:
        """The width a column needs for what it is called, or for the longest of the shorter words for that."""
        titles = self._model.titles(column)
        title = titles[1] if is_short and len(titles) > 1 else titles[0]
        return self._grid.painting.cells.width(title) + _PADDING + _AROUND_HEADING

    def wished_width(self, column: int) -> int:
        """The width at which no text of a column needs a second line, with the signs and tags beside the texts."""
        cells, widest = self._grid.painting.cells, 0
        if self._model.columns[column].is_level:
            labels = {row.levels[column] for row in self._model.rows if row.kind is not RowKind.NEW}
            return max((cells.width(label) for label in labels), default=0) + LEVEL_ROOM
        for row in range(self._model.rowCount()):
            cell = self._model.cell(row, column)
            if cell is not None:
                text = max((cells.width(line) for line in (cell.text or cell.hint).split("\n")), default=0)
                tag = TAG_GAP + cells.tag_width(cell) if cell.tag else 0
                widest = max(widest, text + tag + (GLYPH_ROOM - 4 if cell.sign is not None else 0))
        return widest + _PADDING

    def fitting_width(self, column: int) -> int:
        """The width at which the longest text of a column needs no second line, half the grid at most."""
        others = (self._model.index(at, column).data() for at, row in enumerate(self._model.rows) if not row.line_id)
        widest = max((self._grid.painting.cells.width(str(text or "")) for text in others), default=0)
        wanted = max(widest + _PADDING + GLYPH_ROOM, self.wished_width(column) + 4)
        return min(wanted, self._grid.viewport().width() // 2)

    # How high the grid is

    @property
    def height_to_work_in(self) -> int:
        """The height at which the grid shows all of its rows, or a good dozen."""
        return self.whole_height - max(0, self._grid.verticalHeader().length() - ROOM)

    @property
    def whole_height(self) -> int:
        """The height at which the grid would show all of its rows."""
        return self.height_around + self._grid.verticalHeader().length()

    @property
    def height_around(self) -> int:
        """The height of what stands around the rows: the headings, and the bar that scrolls sideways."""
        bar = self._grid.horizontalScrollBar()
        beside = bar.sizeHint().height() if bar.maximum() > bar.minimum() else 0
        return self._grid.horizontalHeader().height() + beside

    def set_full_height(self, height: int) -> None:
        """Say how high the grid can get: how high a row may be does not change while the sheet scrolls."""
        if height != self._full_height:
            self._full_height = height
            self.cap_rows()

    # Where its rows begin and end

    def edge_near(self, scrolled: int) -> int:
        """The edge of a row that is nearest to so many pixels of rows."""
        row, above = self._row_at(scrolled)
        return scrolled - above if 2 * above <= self._grid.rowHeight(row) else self.edge_after(scrolled)

    def edge_after(self, scrolled: int) -> int:
        """The first edge of a row after so many pixels of rows, or just there."""
        row, above = self._row_at(scrolled)
        return scrolled - above + self._grid.rowHeight(row) if above else scrolled

    def seen_height(self, scrolled: int, room: int) -> int:
        """How much of ``room`` pixels below an edge shows rows to be read: no line of text is cut in two.

        Of a row that is too high for what is left its first lines are shown, where there is room for one at least.
        Nor is less than a row shown as one where there is none: it is left to what stands below.
        """
        rest = self._grid.verticalHeader().length() - scrolled
        if rest <= room:
            return rest if scrolled or room - rest < self._grid.painting.cells.row_height else room
        part = self._row_at(scrolled + room)[1]
        whole, cells = room - part, self._grid.painting.cells
        padding = (cells.row_height - 1 - cells.line_height) // 2
        lines = (part - padding) // cells.line_height
        if lines > 0:
            whole += min(part, lines * cells.line_height + 2 * padding)
        return whole or room

    def _row_at(self, scrolled: int) -> tuple[int, int]:
        """The row so many pixels of rows lead to, and how many of them are its own; none beyond the last."""
        header = self._grid.verticalHeader()
        row = header.logicalIndexAt(scrolled - header.offset())
        return (row, scrolled - header.sectionPosition(row)) if row >= 0 else (0, 0)

    # How high its rows are

    def take_look(self) -> None:
        """Other letters: measure everything anew."""
        self._count_lines()
        self.measure_all()

    def cap_rows(self) -> None:
        """Let rows fill as much of the view as they may now."""
        before = self._half, self._is_low
        self._count_lines()
        if before != (self._half, self._is_low):
            self.measure_all()

    def _count_lines(self) -> None:
        """How many lines of text a row may have in a view of this height."""
        height = max(self._full_height, self._grid.height()) - self._grid.horizontalHeader().height()
        self._half = max(FEW_LINES, height // 2 // max(1, self._grid.painting.cells.line_height))
        self._is_low = height < ROOM

    def most_lines(self, row: int) -> int:
        """How many lines of text a row may have."""
        return FEW_LINES if self._is_low and row != self._open_row.row() else self._half

    @property
    def is_waiting(self) -> bool:
        """Whether the row the mouse went to has not shown its whole text yet."""
        return self._waiting.isActive()

    def follow(self, index: AnyIndex) -> None:
        """The cursor is in another cell: its row shows its whole text."""
        if index.row() == self._open_row.row():
            return
        if self._is_low and QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._waiting.start(QApplication.doubleClickInterval())
        else:
            self._open(index)

    def _open(self, index: AnyIndex) -> None:
        before, self._open_row = self._open_row, QPersistentModelIndex(index)
        if self._is_low:
            self.measure(row for row in (before.row(), index.row()) if 0 <= row < self._model.rowCount())

    def _open_later(self) -> None:
        """Open the row the mouse went to; it stays where it is in the view, or the end of the block it began."""
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._waiting.start()
            return
        grid, end = self._grid, self._grid.cursor_moves.end
        top = grid.rowViewportPosition(end.row())
        self._open(grid.currentIndex())
        bar = grid.verticalScrollBar()
        bar.setValue(bar.value() + grid.rowViewportPosition(end.row()) - top)
        grid.scrollTo(end)

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
            height, most = cells.row_height, self.most_lines(row)
            for column, width, is_number in columns:
                cell = self._model.cell(row, column)
                if cell is not None:
                    height = max(height, cells.anatomy(cell, width, is_number=is_number, most_lines=most).height)
            if header.sectionSize(row) != height:
                header.resizeSection(row, height)
