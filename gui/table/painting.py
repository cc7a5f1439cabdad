"""What the grid paints: rows, merged levels, lines, selection and cursor; only what a repaint asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QRegion

from gui.desk.focus import FRAME, paint_frame
from gui.desk.theme import Theme
from gui.table.cell_painting import BAR, GLYPH_ROOM, MANY, CellPainter, whole_in
from gui.table.cells import MARKED
from gui.table.columns import NAME, POINTS, SCORE
from gui.table.editors import PADDING_X
from gui.table.model import ADD, GridModel
from gui.table.outlines import is_block
from gui.table.rows import RowKind

if TYPE_CHECKING:
    from gui.table.grid import Grid

ARROW = 14
"""The room of the arrow that folds a 一级指标, at the left edge of its cell."""


class GridPainter:
    """Paints one grid in one theme.

    ``cells_painted`` counts cells of lines and levels since it was made: a key must not paint the whole grid.
    """

    def __init__(self, grid: Grid, model: GridModel, theme: Theme) -> None:
        self._grid = grid
        self._model = model
        self.cells = CellPainter(theme, grid.font())
        self.cells_painted = 0
        self._fractions: dict[int, int] = {}
        self._sums: dict[int, tuple[int, int]] = {}
        self._current = QModelIndex()
        self._tints_row = False
        self._tint = ""
        grid.horizontalScrollBar().valueChanged.connect(grid.viewport().update)  # what a side cuts is drawn otherwise

    @property
    def theme(self) -> Theme:
        """The colours it paints with."""
        return self.cells.theme

    def forget_numbers(self) -> None:
        """The numbers of the columns changed: look at their decimals anew."""
        self._fractions.clear()
        self._sums.clear()

    def fraction(self, column: int) -> int:
        """The room the decimals of a column of numbers take, so that its points stand one under another."""
        if column not in self._fractions:
            widths = [self.cells.fraction(text) for text in set(self._model.numbers(column))]
            self._fractions[column] = max(widths, default=0)
        return self._fractions[column]

    def subtotal_widths(self, column: int) -> tuple[int, int]:
        """The room the scores and the points of all levels of a column take, so that their signs / stand in line."""
        if column not in self._sums:
            rows = range(len(self._model.rows))
            levels = {self._model.level(row, column) for row in rows if self._model.group(row, column)[0] == row}
            scores = max((self.cells.small_width(level.score) for level in levels), default=0)
            self._sums[column] = scores, max((self.cells.small_width(level.points) for level in levels), default=0)
        return self._sums[column]

    @property
    def has_keyboard(self) -> bool:
        """Whether the keys go to the grid or to an editor in it: a selection without them is grey."""
        return self._grid.hasFocus() or self._grid.is_editing

    def paint(self, painter: QPainter, region: QRegion) -> None:
        """Everything a region of the viewport shows."""
        grid = self._grid
        self._current = grid.currentIndex()
        self._tints_row = not is_block(grid.selectionModel().selection())
        self._tint = self.theme.selected(has_keyboard=self.has_keyboard)
        bounds = region.boundingRect()
        painter.fillRect(bounds, self.theme.color("base"))
        first, last = grid.places.rows_between(bounds.top(), bounds.bottom())
        columns = [
            (number, grid.columnViewportPosition(number), grid.columnWidth(number))
            for number in range(len(self._model.columns))
            if not grid.isColumnHidden(number)
        ]
        for row in range(first, last + 1):
            top, height = grid.rowViewportPosition(row), grid.rowHeight(row)
            for number, left, width in columns:
                rect = QRect(left, top, width, height)
                if not self._model.columns[number].is_level and region.intersects(rect):
                    self._paint_cell(painter, row, number, rect)
        for number, left, width in columns:
            if self._model.columns[number].is_level:
                self._paint_levels(painter, region, first, last, (number, left, width))
        self._grid.outlines.paint(painter, bounds, self.theme.color("focus" if self.has_keyboard else "field_border"))
        self._paint_cursor(painter)

    def _paint_cell(self, painter: QPainter, row: int, column: int, rect: QRect) -> None:
        self.cells_painted += 1
        self._paint_background(painter, row, column, rect)
        painter.setClipRect(rect)
        cell = self._model.cell(row, column)
        inner = rect.adjusted(0, 0, -1, -1)
        if cell is not None:
            spec = self._model.columns[column]
            fraction = self.fraction(column) if spec.is_number else 0
            most = min(self._grid.measures.most_lines(row), self._lines_in_view(rect))
            if spec.stands_right and cell.text:
                text, inner = self._in_sight(cell.text, inner, column)
                cell = cell if text == cell.text else replace(cell, text=text, tag="", is_manual=False)
            self.cells.paint_cell(
                painter,
                cell,
                inner,
                is_number=spec.is_number,
                fraction=fraction,
                most_lines=most,
                stands_right=spec.stands_right,
            )
        else:
            self._paint_other(painter, row, column, inner)
        painter.setClipping(False)
        self._paint_edges(painter, rect)

    def _in_sight(self, text: str, area: QRect, column: int) -> tuple[str, QRect]:
        """A number, or a sign in what is seen of its cell where a side of the view cuts through it."""
        beside = max(0, self.fraction(column) - self.cells.fraction(text))
        number = area.adjusted(0, 0, -PADDING_X, 0)
        number.setLeft(max(number.left(), number.right() + 1 - beside - self.cells.width(text)))
        return whole_in(self._grid.viewport().rect(), text, area, number)

    def _lines_in_view(self, rect: QRect) -> int:
        """How many lines of a row are in view: the last row may be cut below, and what is left of a text says so."""
        seen = self._grid.viewport().height() - rect.top()
        if rect.height() <= seen:
            return MANY
        padding = (self.cells.row_height - 1 - self.cells.line_height) // 2
        return max(1, (seen - padding) // self.cells.line_height)

    def _paint_other(self, painter: QPainter, row: int, column: int, rect: QRect) -> None:
        """A cell of a row that is no line: what to do there, or what is folded away."""
        field = self._model.columns[column].field
        text = str(self._model.index(row, column).data() or "")
        area = rect.adjusted(6, 0, -6, 0)
        if field in {POINTS, SCORE}:
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            area.setRight(area.right() - max(0, self.fraction(column) - self.cells.fraction(text)))
            shown, area = self._in_sight(text, area, column)
            self.cells.paint_text(painter, area, shown, "text", side)
        elif field == NAME:
            is_here = (
                row == self._current.row() and self.has_keyboard and self._model.rows[row].kind is not RowKind.FOLDED
            )
            words = self.invitation(text, area.width(), is_here=is_here) if text.startswith(ADD) else text
            self.cells.paint_small(painter, area, words, "muted")

    def invitation(self, text: str, width: int, *, is_here: bool) -> str:
        """What a row says where a line can be added, as much as so many pixels hold: its key where the cursor
        ``is_here``, under which 二级指标, at least that it can.
        """
        with_key = (f"{text}  Ctrl+Enter",) if is_here else ()
        return next((words for words in (*with_key, text) if self.cells.small_width(words) <= width), ADD)

    def _paint_background(self, painter: QPainter, row: int, column: int, rect: QRect) -> None:
        if self._tints_row:
            is_tinted = row == self._current.row()
        else:
            is_tinted = self._grid.selectionModel().isSelected(self._model.index(row, column))
        kind = self._model.rows[row].kind
        name = self._tint if is_tinted else "level1_background" if kind is RowKind.FOLDED else "base"
        painter.fillRect(rect, self.theme.color(name))

    def _paint_edges(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(self.theme.color("grid"))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        painter.drawLine(rect.right(), rect.top(), rect.right(), rect.bottom())

    # Levels

    def _paint_levels(
        self, painter: QPainter, region: QRegion, first: int, last: int, place: tuple[int, int, int]
    ) -> None:
        """The merged cells of one level that a region shows, each in the part of it that is in view."""
        column, left, width = place
        row = first
        while row <= last:
            start, end = self._model.group(row, column)
            rect = self._grid.places.rows_rect(start, end, left, width)
            seen = rect.intersected(self._grid.places.in_sight())
            if region.intersects(seen):
                self.cells_painted += 1
                self._paint_level(painter, column, (start, end), rect, seen)
            row = end + 1

    def _paint_level(self, painter: QPainter, column: int, rows: tuple[int, int], rect: QRect, seen: QRect) -> None:
        is_first = column == 0
        kind = self._model.rows[rows[0]].kind
        background = "level1_background" if is_first or kind is RowKind.FOLDED else "base"
        painter.fillRect(seen, self.theme.color("base" if kind is RowKind.NEW else background))
        self._paint_selected_rows(painter, column, rows, rect)
        if kind is not RowKind.NEW and not (kind is RowKind.FOLDED and not is_first):
            painter.setClipRect(seen)
            aside = GLYPH_ROOM - 4 if self._is_marked(column, rows) else 0
            label = seen.adjusted(ARROW - 4 if is_first else 0, 0, -1, 0)
            level, sums = self._model.level(rows[0], column), self.subtotal_widths(column)
            here = self._current.column() == column and rows[0] <= self._current.row() <= rows[1]
            if not (here and self._grid.is_editing):  # the label is in the editor, which is lower than the merged cell
                self.cells.paint_level(painter, level, label, sums, is_first=is_first, aside=aside)
            if is_first:
                self.cells.paint_arrow(painter, self.arrow_rect(seen), is_open=kind is not RowKind.FOLDED)
            self._paint_marks(painter, column, rows, rect)
            painter.setClipping(False)
        self._paint_edges(painter, rect)

    def arrow_rect(self, seen: QRect) -> QRect:
        """Where the arrow of a 一级指标 is in the part of its cell that is in view."""
        return QRect(seen.left() + 1, seen.center().y() - self.cells.row_height // 2, ARROW, self.cells.row_height)

    def _paint_selected_rows(self, painter: QPainter, column: int, rows: tuple[int, int], rect: QRect) -> None:
        if self._tints_row:
            return
        selecting = self._grid.selectionModel()
        for row in range(*self._grid.places.clipped_rows(*rows)):
            if selecting.isSelected(self._model.index(row, column)):
                part = self._grid.places.rows_rect(row, row, rect.left(), rect.width())
                painter.fillRect(part, self.theme.color(self._tint))

    def _is_marked(self, column: int, rows: tuple[int, int]) -> bool:
        """Whether a sign stands in the merged cell, which its label leaves room for."""
        cells = (self._model.cell(row, column) for row in range(*self._grid.places.clipped_rows(*rows)))
        return any(cell is not None and cell.mark in MARKED for cell in cells)

    def _paint_marks(self, painter: QPainter, column: int, rows: tuple[int, int], rect: QRect) -> None:
        """The marks of lines whose level is wrong, each beside its own line."""
        for row in range(*self._grid.places.clipped_rows(*rows)):
            cell = self._model.cell(row, column)
            if cell is not None and cell.mark in MARKED:
                part = self._grid.places.rows_rect(row, row, rect.left(), rect.width())
                self.cells.paint_bar(painter, cell.mark, part)
                glyph = QRect(part.right() - GLYPH_ROOM + 2, part.top() + 3, GLYPH_ROOM - 4, part.height() - 6)
                self.cells.paint_sign(painter, cell.sign, glyph)

    def _paint_cursor(self, painter: QPainter) -> None:
        """The frame around the current cell, inside the bar of its finding."""
        if not self._current.isValid() or self._grid.is_editing:
            return
        rect = self._grid.places.cell_rect(self._current)
        cell = self._model.cell(self._current.row(), self._current.column())
        if cell is not None and cell.mark in MARKED:
            rect.setLeft(rect.left() + BAR)
        has_focus = self._grid.hasFocus()
        paint_frame(
            painter, rect, self.theme.color("focus" if has_focus else "field_border"), width=FRAME if has_focus else 1
        )
