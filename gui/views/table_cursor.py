"""Where the cursor goes in the indicator table: a spreadsheet's moves over the lines of a tree."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QTreeView

from gui.models.indicators import IndicatorModel


class Move(Enum):
    """A move of the cursor."""

    UP = auto()
    DOWN = auto()
    LEFT = auto()
    RIGHT = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()
    ROW_START = auto()
    ROW_END = auto()
    TABLE_START = auto()
    TABLE_END = auto()
    NEXT = auto()
    PREVIOUS = auto()
    ENTER = auto()
    ENTER_BACK = auto()


_TAB_RUN = {Move.NEXT, Move.PREVIOUS, Move.ENTER, Move.ENTER_BACK}


class TableCursor:
    """Moves the current cell of a table and extends its selection.

    Levels are stops in the first column only, where they are opened and closed. Tab goes on to the next line; Enter
    goes down, back to the column in which a run of Tabs began.
    """

    def __init__(self, table: QTreeView, model: IndicatorModel) -> None:
        self._table = table
        self._model = model
        self._anchor = QPersistentModelIndex()
        self._run_column: int | None = None

    def set_anchor(self, index: QModelIndex) -> None:
        """Start a new selection here."""
        self._anchor = QPersistentModelIndex(index)
        self._run_column = None

    def go(self, index: QModelIndex) -> None:
        """Put the cursor on a cell, and select nothing else."""
        if not index.isValid():
            return
        self.set_anchor(index)
        self._select(index)

    def move(self, move: Move, *, extend: bool = False) -> None:
        """Make a move; ``extend`` keeps the cell where the selection began."""
        target = self.target(move)
        if not target.isValid():
            return
        if extend and self._anchor.isValid():
            self._extend(target)
            return
        run_column = self._run_column_after(move)
        self.go(target)
        self._run_column = run_column

    def select_all(self) -> None:
        """Select every cell of every line."""
        rows = self.rows(lines_only=True)
        if rows:
            self._anchor = QPersistentModelIndex(rows[0])
            self._extend(self._at(rows[-1], self._model.columnCount() - 1))

    def rows(self, *, lines_only: bool) -> list[QModelIndex]:
        """The rows that are not folded away, first column, from top to bottom."""
        found: list[QModelIndex] = []
        self._collect(QModelIndex(), found)
        return [row for row in found if self._model.line_id(row)] if lines_only else found

    def target(self, move: Move) -> QModelIndex:
        """Where a move leads: the same cell at the edge of the table, no cell in an empty one."""
        rows = self.rows(lines_only=False)
        if not rows:
            return QModelIndex()
        current = self._table.currentIndex()
        if not current.isValid():
            return rows[0]
        here = next((n for n, row in enumerate(rows) if self._same_row(row, current)), 0)
        column, last = current.column(), self._model.columnCount() - 1
        match move:
            case Move.UP | Move.ENTER_BACK:
                return self._vertical(rows, here, -1, self._landing_column(move, column))
            case Move.DOWN | Move.ENTER:
                return self._vertical(rows, here, 1, self._landing_column(move, column))
            case Move.LEFT:
                return self._at(rows[here], max(0, column - 1))
            case Move.RIGHT:
                return self._at(rows[here], min(last, column + 1) if self._model.line_id(rows[here]) else column)
            case Move.ROW_START:
                return self._at(rows[here], 0)
            case Move.ROW_END:
                return self._at(rows[here], last if self._model.line_id(rows[here]) else 0)
            case Move.PAGE_UP | Move.PAGE_DOWN:
                return self._page(rows, here, 1 if move is Move.PAGE_DOWN else -1, column)
            case Move.NEXT | Move.PREVIOUS:
                return self._sideways(rows, here, column, 1 if move is Move.NEXT else -1)
            case Move.TABLE_START | Move.TABLE_END:
                lines = self.rows(lines_only=True) or rows
                return self._at(lines[0], 0) if move is Move.TABLE_START else self._at(lines[-1], last)

    def _landing_column(self, move: Move, column: int) -> int:
        in_run = move in {Move.ENTER, Move.ENTER_BACK} and self._run_column is not None
        return self._run_column if in_run and self._run_column is not None else column

    def _run_column_after(self, move: Move) -> int | None:
        if move not in _TAB_RUN:
            return None
        if self._run_column is None and move in {Move.NEXT, Move.PREVIOUS}:
            return self._table.currentIndex().column()
        return self._run_column

    def _vertical(self, rows: list[QModelIndex], here: int, step: int, column: int) -> QModelIndex:
        row = here + step
        while 0 <= row < len(rows):
            if column == 0 or self._model.line_id(rows[row]):
                return self._at(rows[row], column)
            row += step
        return self._at(rows[here], column if self._model.line_id(rows[here]) else 0)

    def _sideways(self, rows: list[QModelIndex], here: int, column: int, step: int) -> QModelIndex:
        last = self._model.columnCount() - 1
        if self._model.line_id(rows[here]) and 0 <= column + step <= last:
            return self._at(rows[here], column + step)
        row = here + step
        while 0 <= row < len(rows):
            if self._model.line_id(rows[row]):
                return self._at(rows[row], 0 if step > 0 else last)
            row += step
        return self._at(rows[here], column)

    def _page(self, rows: list[QModelIndex], here: int, step: int, column: int) -> QModelIndex:
        goal = self._table.visualRect(rows[here]).top() + step * (self._table.viewport().height() - 1)
        row = here
        while 0 <= row + step < len(rows) and (goal - self._table.visualRect(rows[row + step]).top()) * step >= 0:
            row += step
        while column and not self._model.line_id(rows[row]) and 0 <= row - step < len(rows):
            row -= step
        return self._at(rows[row], column)

    def _extend(self, target: QModelIndex) -> None:
        rows = self.rows(lines_only=False)
        places = [n for n, row in enumerate(rows) if self._same_row(row, target) or self._same_row(row, self._anchor)]
        columns = sorted((self._anchor.column(), target.column()))
        selection = QItemSelection()
        for row in rows[places[0] : places[-1] + 1] if places else ():
            if self._model.line_id(row) or columns == [0, 0]:
                selection.select(self._at(row, columns[0]), self._at(row, columns[1]))
        selecting = self._table.selectionModel()
        selecting.setCurrentIndex(target, QItemSelectionModel.SelectionFlag.NoUpdate)
        selecting.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._table.scrollTo(target)

    def _select(self, index: QModelIndex) -> None:
        self._table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._table.scrollTo(index)

    def _collect(self, parent: QModelIndex, found: list[QModelIndex]) -> None:
        for row in range(self._model.rowCount(parent)):
            index = self._model.index(row, 0, parent)
            found.append(index)
            if self._table.isExpanded(index):
                self._collect(index, found)

    @staticmethod
    def _same_row(one: QModelIndex, other: QModelIndex | QPersistentModelIndex) -> bool:
        return one.row() == other.row() and one.parent() == other.parent()

    @staticmethod
    def _at(row: QModelIndex, column: int) -> QModelIndex:
        return row.siblingAtColumn(column)
