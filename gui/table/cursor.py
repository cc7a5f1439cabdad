"""Where the cursor goes in the grid: a spreadsheet's moves, row by row, over merged cells too."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex

from gui.table.model import AnyIndex, GridModel
from gui.table.rows import RowKind

if TYPE_CHECKING:
    from gui.table.grid import Grid


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
    EDGE_UP = auto()
    EDGE_DOWN = auto()
    EDGE_LEFT = auto()
    EDGE_RIGHT = auto()
    TABLE_START = auto()
    TABLE_END = auto()
    NEXT = auto()
    PREVIOUS = auto()
    ENTER = auto()
    ENTER_BACK = auto()


_TAB_RUN = {Move.NEXT, Move.PREVIOUS, Move.ENTER, Move.ENTER_BACK}
_STEPS = {
    Move.UP: (-1, 0),
    Move.DOWN: (1, 0),
    Move.LEFT: (0, -1),
    Move.RIGHT: (0, 1),
    Move.EDGE_UP: (-1, 0),
    Move.EDGE_DOWN: (1, 0),
    Move.EDGE_LEFT: (0, -1),
    Move.EDGE_RIGHT: (0, 1),
}
_EDGES = {Move.EDGE_UP, Move.EDGE_DOWN, Move.EDGE_LEFT, Move.EDGE_RIGHT}

Place = tuple[int, int]
"""Row and column."""


class GridCursor:
    """Moves the current cell of a grid and extends its selection.

    Tab goes on to the name of the next row; Enter goes down, back to the column in which a run of Tabs began. Home
    goes to the name, and from there to the 一级指标. ``run_column`` is where that run began, None outside of one.
    """

    def __init__(self, grid: Grid, model: GridModel) -> None:
        self._grid = grid
        self._model = model
        self._anchor = QPersistentModelIndex()
        self._corner: Place | None = None
        self.run_column: int | None = None

    def set_anchor(self, index: AnyIndex) -> None:
        """Start a new selection here."""
        self._anchor = QPersistentModelIndex(index)
        self._corner = None
        self.run_column = None

    @property
    def end(self) -> QModelIndex:
        """The far corner of the selection; the cursor where there is none."""
        return self._model.index(*self._corner) if self._corner is not None else self._grid.currentIndex()

    def go(self, index: AnyIndex) -> None:
        """Put the cursor on a cell, and select nothing else."""
        if not index.isValid():
            return
        self.set_anchor(index)
        self._grid.headings.show((self._model.field(index),))
        here = self._model.index(index.row(), index.column())
        self._grid.selectionModel().setCurrentIndex(here, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._grid.scrollTo(here)

    def move(self, move: Move, *, extend: bool = False) -> None:
        """Make a move; ``extend`` moves the far corner of the selection, and the cursor stays where that began."""
        if not extend and move in _TAB_RUN and self._walk(move):
            return
        corner = self._corner if extend else None
        target = self.target(move, corner)
        if target is None:
            return
        index = self._model.index(*target)
        if extend:
            self.extend_to(index)
            return
        run_column = self._run_column_after(move)
        left = self._grid.current_id()
        self.go(index)
        self.run_column = run_column
        if move is Move.ENTER:
            self._grid.gestures.entered(left)

    def _walk(self, move: Move) -> bool:
        """Enter and Tab in a block go on inside it, down or across, and then from its start; whether there is one."""
        columns = self._columns()
        cells = {(index.row(), columns.index(index.column())) for index in self._grid.selectedIndexes()}
        here = self._grid.currentIndex()
        place = (here.row(), columns.index(here.column())) if here.column() in columns else None
        if len(cells) < 2 or place not in cells:
            return False
        across = move in {Move.NEXT, Move.PREVIOUS}
        order = sorted(cells) if across else sorted(cells, key=lambda cell: cell[::-1])
        step = 1 if move in {Move.NEXT, Move.ENTER} else -1
        row, column = order[(order.index(place) + step) % len(order)]
        index = self._model.index(row, columns[column])
        self._grid.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._grid.scrollTo(index)
        return True

    def extend_to(self, index: QModelIndex) -> None:
        """Select from where the selection began to a cell; the cursor stays, so that what is typed goes there."""
        if not self._anchor.isValid():
            self.set_anchor(self._grid.currentIndex() if self._grid.currentIndex().isValid() else index)
        anchor, corner = self._anchor, (index.row(), index.column())
        if corner == (self._corner or (anchor.row(), anchor.column())):
            return
        self._corner = corner
        self._select_block((anchor.row(), index.row()), (anchor.column(), index.column()))
        self._grid.scrollTo(index)
        self._tell_extent(index)

    def select_all(self) -> None:
        """Select every cell of every line, from the names on; the cursor stays."""
        self._select_around(self._line_rows(), self._columns()[self._columns().index(self._first) :])

    def select_row(self) -> None:
        """Select the whole rows of the selection; the cursor stays."""
        rows = self._selected({index.row() for index in self._grid.selectedIndexes()}, self._grid.currentIndex().row())
        self._select_around(rows, self._columns()[self._columns().index(self._first) :])

    def select_column(self) -> None:
        """Select the columns of the selection over every line; the cursor stays."""
        chosen = {index.column() for index in self._grid.selectedIndexes()}
        columns = self._selected(chosen, self._grid.currentIndex().column())
        self._select_around(self._line_rows(), [column for column in self._columns() if column in columns])

    def select(self, line_ids: Collection[str], fields: Collection[str]) -> None:
        """Select the cells of lines in some columns; the cursor stands on the first of them."""
        rows = [row for row in (self._model.index_of(line_id).row() for line_id in line_ids) if row >= 0]
        columns = [column for column in self._columns() if self._model.columns[column].field in fields]
        if rows and columns:
            self.go(self._model.index(max(rows), columns[-1]))
            self.go(self._model.index(min(rows), columns[0]))
            self._select_cells(sorted(rows), columns)

    def leave_out(self, cells: Iterable[tuple[str, str]]) -> None:
        """Select these cells of lines no longer."""
        for line_id, field in cells:
            index = self._model.index_of(line_id, field)
            self._grid.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Deselect)

    # Where moves lead

    def target(self, move: Move, start: Place | None = None) -> Place | None:
        """Where a move leads from the cursor or another cell: the same one at the edge, None in an empty grid."""
        count = self._model.rowCount()
        if not count:
            return None
        current = self._grid.currentIndex()
        if not current.isValid():
            return (0, self._first)
        here = start if start is not None else (current.row(), current.column())
        if move in _EDGES:
            return self._edge(here, _STEPS[move])
        if move in _STEPS:
            return self._stepped(here, _STEPS[move])
        row, column = here
        match move:
            case Move.ENTER | Move.ENTER_BACK:
                landing = column if self.run_column is None else self.run_column
                return self._inside((row + (1 if move is Move.ENTER else -1), landing))
            case Move.NEXT | Move.PREVIOUS:
                return self._sideways(here, 1 if move is Move.NEXT else -1)
            case Move.PAGE_UP | Move.PAGE_DOWN:
                return self._page(here, 1 if move is Move.PAGE_DOWN else -1)
            case Move.ROW_START:
                return (row, 0 if column == self._first else self._first)
            case Move.ROW_END:
                return (row, self._last)
            case Move.TABLE_START:
                return (0, self._first)
            case _:
                return (self._last_line(), self._last)

    @property
    def _first(self) -> int:
        """The first column beside the levels: the name, unless a person moved another one there."""
        return next(column for column in self._columns() if not self._is_level(column))

    @property
    def _last(self) -> int:
        return self._columns()[-1]

    def _columns(self) -> tuple[int, ...]:
        """The columns that are shown, as they stand."""
        return self._grid.headings.shown

    def _is_level(self, column: int) -> bool:
        return self._model.columns[column].is_level

    def _last_line(self) -> int:
        lines = (at for at in reversed(range(len(self._model.rows))) if self._model.rows[at].kind is not RowKind.NEW)
        return next(lines, 0)

    def _inside(self, place: Place) -> Place:
        row, column = place
        return max(0, min(row, self._model.rowCount() - 1)), column

    def _stepped(self, here: Place, step: tuple[int, int]) -> Place:
        """One cell on, over hidden columns; the same one at the edge."""
        row, column = here
        if step[0]:
            return self._inside((row + step[0], column))
        columns = self._columns()
        at = columns.index(column) + step[1] if column in columns else 0
        return row, columns[max(0, min(at, len(columns) - 1))]

    def _edge(self, here: Place, step: tuple[int, int]) -> Place:
        """Ctrl and an arrow: to the last filled cell in a row of them, else to the next filled one, else the edge."""
        following = self._stepped(here, step)
        runs_on = self._is_filled(here) and self._is_filled(following)
        place = here
        while True:
            following = self._stepped(place, step)
            if following == place or self._model.rows[following[0]].kind is RowKind.NEW:
                return place
            if runs_on and not self._is_filled(following):
                return place
            place = following
            if not runs_on and self._is_filled(place):
                return place

    def _is_filled(self, place: Place) -> bool:
        cell = self._model.cell(*place)
        return cell is not None and bool(cell.text.strip())

    def _sideways(self, here: Place, step: int) -> Place:
        row, column = here
        shown = tuple(one for one in self._columns() if one == column or not self._model.columns[one].is_past)
        columns = [one for one in shown if not self._is_level(one)]
        if self._model.rows[row].kind is RowKind.LINE:
            ahead = shown[shown.index(column) + 1 :] if step > 0 else shown[: shown.index(column)][::-1]
            if step < 0 and not self._is_level(column):
                ahead = tuple(one for one in ahead if not self._is_level(one))
            if ahead:
                return row, ahead[0]
        target = row + step
        if not 0 <= target < self._model.rowCount():
            return here
        is_line = self._model.rows[target].kind is RowKind.LINE
        return target, columns[0] if step > 0 or not is_line else columns[-1]

    def _page(self, here: Place, step: int) -> Place:
        row, column = here
        goal = self._grid.rowViewportPosition(row) + step * (self._grid.viewport().height() - 1)
        count = self._model.rowCount()
        while 0 <= row + step < count and (goal - self._grid.rowViewportPosition(row + step)) * step >= 0:
            row += step
        return row, column

    def _run_column_after(self, move: Move) -> int | None:
        if move not in _TAB_RUN:
            return None
        if self.run_column is None and move in {Move.NEXT, Move.PREVIOUS}:
            return self._grid.currentIndex().column()
        return self.run_column

    # Selecting

    def _tell_extent(self, index: QModelIndex) -> None:
        """Say how many cells are selected, and which one is the last."""
        columns = self._columns()
        across = abs(columns.index(index.column()) - columns.index(self._anchor.column())) + 1
        down = abs(index.row() - self._anchor.row()) + 1
        cell = "，".join(part for part in (self._model.title(index.column()), str(index.data() or "")) if part)
        self._grid.extended.emit(f"选中 {down} 行 {across} 列，到{cell}")

    def _select_block(self, rows: Sequence[int], ends: tuple[int, int]) -> None:
        """Select what lies between two columns as they stand, whichever number each has."""
        columns = self._columns()
        first, last = sorted(columns.index(end) for end in ends)
        self._select_cells(range(min(rows), max(rows) + 1), columns[first : last + 1])

    def _select_around(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        """Select cells around the cursor, which stays; their last corner is what extending goes on from."""
        if rows and columns:
            self._select_cells(rows, columns)
            self._anchor = QPersistentModelIndex(self._model.index(rows[0], columns[0]))
            self._corner = (rows[-1], columns[-1])

    def _select_cells(self, rows: Sequence[int], columns: Iterable[int]) -> None:
        """Select the cells of ascending rows, as few ranges as they make."""
        starts = [at for at, row in enumerate(rows) if at == 0 or row != rows[at - 1] + 1]
        runs = [(rows[start], rows[end - 1]) for start, end in zip(starts, (*starts[1:], len(rows)), strict=True)]
        selection = QItemSelection()
        for column in columns:
            for first, last in runs:
                selection.select(self._model.index(first, column), self._model.index(last, column))
        self._grid.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _line_rows(self) -> list[int]:
        return [at for at, row in enumerate(self._model.rows) if row.kind is RowKind.LINE]

    @staticmethod
    def _selected(chosen: set[int], here: int) -> list[int]:
        """What is selected, else where the cursor is."""
        return sorted(chosen) or ([here] if here >= 0 else [])
