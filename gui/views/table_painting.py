"""What the indicator table paints around its cells: row backgrounds, grid, arrows, selection and cursor."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QTreeView

from gui.desk.theme import Theme
from gui.models.cells import LevelView
from gui.models.indicators import Role
from gui.models.keyed_tree import AnyIndex


class TablePainter:
    """Paints the rows of one table in one theme. :meth:`begin` comes before the rows of each repaint."""

    def __init__(self, table: QTreeView, theme: Theme) -> None:
        self._table = table
        self._theme = theme
        self._columns: list[tuple[int, int]] = []
        self._current = QModelIndex()
        self._current_row = -1
        self._selected: set[tuple[int, int]] = set()
        self._tints_row = False

    def begin(self) -> None:
        """Look once at what does not change from row to row."""
        header = self._table.header()
        numbers = range(self._table.model().columnCount())
        self._columns = [(header.sectionViewportPosition(number), header.sectionSize(number)) for number in numbers]
        selecting = self._table.selectionModel()
        selection = selecting.selection()
        self._current = self._table.currentIndex()
        self._current_row = self._current.internalId() if self._current.isValid() else -1
        self._tints_row = _is_at_most_one_cell(selection)
        self._selected = (
            set() if self._tints_row else {(one.internalId(), one.column()) for one in selecting.selectedIndexes()}
        )

    def paint_background(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        """The row's own colour, the tint of the current row, and the selected cells."""
        row = index.internalId()
        if row == self._current_row and self._tints_row:
            painter.fillRect(rect, self._theme.color("selection"))
            return
        level = index.data(Role.LEVEL)
        is_level1 = isinstance(level, LevelView) and level.is_level1
        painter.fillRect(rect, self._theme.color("level1_background" if is_level1 else "base"))
        if not self._selected:
            return
        for column, (left, width) in enumerate(self._columns):
            if (row, column) in self._selected:
                painter.fillRect(left, rect.top(), width, rect.height(), self._theme.color("selection"))

    def paint_grid(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        """Lines below the row and between its cells; then the frame around the cursor."""
        painter.setPen(self._theme.color("grid"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        for left, width in self._columns:
            painter.drawLine(left + width - 1, rect.top(), left + width - 1, rect.bottom())
        if index.internalId() == self._current_row:
            self._paint_cursor(painter, self._table.visualRect(self._current))

    def _paint_cursor(self, painter: QPainter, cell: QRect) -> None:
        if self._table.state() is QTreeView.State.EditingState:
            return
        has_focus = self._table.hasFocus()
        pen = QPen(self._theme.color("focus" if has_focus else "field_border"), 2 if has_focus else 1)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(cell.adjusted(1, 1, -1, -1) if has_focus else cell.adjusted(0, 0, -1, -1))

    def paint_arrow(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        """A small triangle, pointing down when the level is open."""
        if not self._table.model().hasChildren(index):
            return
        x, y = rect.right() - 7, rect.center().y() + 1
        points = (
            [QPointF(x - 4, y - 2), QPointF(x + 4, y - 2), QPointF(x, y + 3)]
            if self._table.isExpanded(index)
            else [QPointF(x - 2, y - 4), QPointF(x + 3, y), QPointF(x - 2, y + 4)]
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("muted"))
        painter.drawPolygon(QPolygonF(points))
        painter.restore()


def _is_at_most_one_cell(selection: QItemSelection) -> bool:
    if selection.count() != 1:
        return selection.isEmpty()
    only = selection.at(0)
    return only.width() == 1 and only.height() == 1
