"""Keeps the columns of the grid filling its width: what a person dragged stays, the others share what is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from gui.table.columns import Column


class ColumnWidths(QObject):
    """Shares the grid's width out among its columns.

    ``needed`` gives the width in pixels below which a column must not get: that of its longest number, or of so many
    characters.

    Signals:
        changed(): widths are not what they were, so wrapped rows need other heights.
        dragged(): a person gave a column its width, to be remembered.
    """

    changed = Signal()
    dragged = Signal()

    def __init__(self, table: QTableView, columns: tuple[Column, ...], needed: Callable[[int], int]) -> None:
        super().__init__(table)
        self._table = table
        self._columns = columns
        self._needed = needed
        self._is_wordy = False
        self._own: dict[str, int] = {}
        self._held: dict[int, int] = {}
        self._is_applying = False
        header = table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionResized.connect(self._on_resized)

    @property
    def own(self) -> dict[str, int]:
        """The widths a person gave, by field."""
        return dict(self._own)

    def take(self, own: dict[str, int]) -> None:
        """Give columns these widths, and the others what is left."""
        self._own = dict(own)
        self.apply()

    def show_column(self, column: int, *, shown: bool) -> None:
        """Show or hide a column; the others share what is left when they are applied."""
        self._is_applying = True  # a column that comes or goes is given no width by a person
        self._table.setColumnHidden(column, not shown)
        self._is_applying = False

    def suit(self, *, is_wordy: bool) -> None:
        """Share anew for another project, whose actual values may be sentences."""
        self._is_wordy = is_wordy
        self._held.clear()
        self.apply()

    def fit(self, column: int, width: int) -> None:
        """Give a column the width its texts need."""
        self._own[self._columns[column].field] = max(self._needed(column), width)
        self.apply()
        self.dragged.emit()

    def apply(self) -> None:
        """Share out the width the grid has now."""
        shown = [number for number in range(len(self._columns)) if not self._table.isColumnHidden(number)]
        widths = {number: self._least(number) for number in shown}
        shares = {number: self._share(number) for number in shown if self._columns[number].field not in self._own}
        spare = self._table.viewport().width() - sum(widths.values())
        total = sum(shares.values())
        if spare > 0 and total:
            for number, share in shares.items():
                widths[number] += spare * share // total
        last = shown[-1]
        widths[last] += max(0, self._table.viewport().width() - sum(widths.values()))
        header = self._table.horizontalHeader()
        before = {number: header.sectionSize(number) for number in shown}
        if before == widths:
            return
        self._is_applying = True
        for number, width in widths.items():
            header.resizeSection(number, width)
        self._is_applying = False
        self.changed.emit()

    def _least(self, number: int) -> int:
        """The width a column has to have. One of numbers gets no narrower while a project is open: it would flicker."""
        own = self._own.get(self._columns[number].field, 0)
        if not self._columns[number].is_number:
            return max(24, own) if own else self._needed(number)
        self._held[number] = max(self._held.get(number, 0), self._needed(number))
        return max(self._held[number], own)

    def _share(self, number: int) -> int:
        room = self._columns[number].room
        return (room.wordy_share if self._is_wordy else 0) or room.share

    def _on_resized(self, section: int, _old: int, new: int) -> None:
        if not self._is_applying and new:
            self._own[self._columns[section].field] = new
            self.apply()
            self.dragged.emit()
