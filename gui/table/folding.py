"""Which 一级指标 of the grid are folded away to one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gui.table.model import GridModel
from gui.table.rows import RowKind, line_key

if TYPE_CHECKING:
    from gui.table.grid import Grid


class Folding:
    """Folds and unfolds the levels of one grid; the cursor stays in the one that was folded."""

    def __init__(self, grid: Grid, model: GridModel) -> None:
        self._grid = grid
        self._model = model

    def fold_here(self, *, folded: bool) -> None:
        """Fold or unfold the 一级指标 the cursor is in."""
        row = self._model.row(self._grid.currentIndex())
        if row is not None and row.kind is not RowKind.NEW:
            self.set_folded(self._grid.currentIndex().row(), folded=folded)

    def turn(self, at: int) -> None:
        """Fold the 一级指标 of a row, or unfold it."""
        self.set_folded(at, folded=self._model.rows[at].kind is not RowKind.FOLDED)

    def set_folded(self, at: int, *, folded: bool) -> None:
        """Fold the 一级指标 of a row away, or show its lines again."""
        self._grid.finish_editing()
        row, column = self._model.rows[at], self._grid.currentIndex().column()
        label, ids = row.levels[0], row.line_ids
        others = self._model.folded - {label}
        self._model.set_folded(others | {label} if folded else others)
        self._grid.arranged.emit()
        rows = self._model.rows
        found = next((n for n, one in enumerate(rows) if one.levels[0] == label and one.kind is not RowKind.NEW), -1)
        key = line_key(ids[0]) if ids and not folded else rows[found].key if found >= 0 else ()
        index = self._model.index_of_key(key)
        if index.isValid():
            self._grid.cursor_moves.go(index.siblingAtColumn(max(0, column)))

    def show_line(self, line_id: str) -> None:
        """Unfold the level a line is folded away in."""
        self.show_lines((line_id,))

    def show_lines(self, line_ids: Iterable[str]) -> None:
        """Unfold the levels that lines are folded away in."""
        wanted = set(line_ids)
        rows = (row for row in self._model.rows if row.kind is RowKind.FOLDED)
        levels = {row.levels[0] for row in rows if not wanted.isdisjoint(row.line_ids)}
        if levels:
            self._model.set_folded(self._model.folded - levels)
