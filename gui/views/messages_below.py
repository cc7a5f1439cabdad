"""What the rules say of fields that stand in one row: below it, as wide as the row has room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy

from gui.views.cell_field import CellField

BELOW = 1
"""Pixels between a field and what is said of it."""


@dataclass(slots=True)
class MessageRows:
    """The rows of a grid: each of fields, below it one for each message it may have, and a gap of so many pixels."""

    grid: QGridLayout
    most: int
    """Messages below one row at most."""
    gap: int
    _rows: dict[int, tuple[Sequence[tuple[int, CellField]], int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """What stands closest is a field and its message."""
        self.grid.setVerticalSpacing(BELOW)

    def row(self, number: int) -> int:
        """The row of the grid where the fields of a row go, by its number from above."""
        return number * (self.most + 2)

    def lay_out(self, count: int) -> None:
        """Begin anew with so many rows."""
        self._rows.clear()
        while self.grid.count():
            self.grid.takeAt(0)
        gaps = {self.row(number) - 1 for number in range(1, count)}
        for row in range(max(self.grid.rowCount(), self.row(count))):
            self.grid.setRowMinimumHeight(row, self.gap - BELOW if row in gaps else 0)

    def tell_below(self, number: int, fields: Sequence[tuple[int, CellField]], end: int) -> None:
        """What is said of these fields, given with their columns from left to right, goes below that row.

        ``end`` is the column behind the last.
        """
        self._rows[self.row(number) + 1] = (fields, end)
        for column, one in fields:
            policy = one.message.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)  # no column gets wider by what is said below it
            one.message.setSizePolicy(policy)
            self.grid.addWidget(one.message, self.row(number) + 1, column)

    def fit(self) -> None:
        """Where each message is read in a line before the next one begins, they stand beside each other.

        Else they stand below each other, each from its field to the end of the row, and from as much further left as
        it needs to be one line.
        """
        edge = self.grid.geometry().right() + 1
        for row, (fields, end) in self._rows.items():
            said = [(column, one) for column, one in fields if not one.message.isHidden()]
            ends = [*((column, one.x()) for column, one in said[1:]), (end, edge)]
            pairs = list(zip(said, ends, strict=True)) if said else []
            if all(one.x() + _line(one.message) <= until for (_, one), (_, until) in pairs):
                for (column, one), (until, _) in pairs:
                    self._put(one.message, (row, column, 1, until - column))
                continue
            for line, (column, one) in enumerate(said, start=row):
                starts = [(first, beside.x()) for first, beside in fields if first <= column]
                fitting = (first for first, left in reversed(starts) if left + _line(one.message) <= edge)
                start = next(fitting, starts[0][0])
                self._put(one.message, (line, start, 1, end - start))

    def _put(self, message: QLabel, place: tuple[int, int, int, int]) -> None:
        if self.grid.getItemPosition(self.grid.indexOf(message)) != place:
            self.grid.removeWidget(message)
            self.grid.addWidget(message, *place)


def _line(message: QLabel) -> int:
    """The pixels a message takes in one line."""
    margins = message.contentsMargins()
    return message.fontMetrics().horizontalAdvance(message.text()) + margins.left() + margins.right() + 2
