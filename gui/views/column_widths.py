"""Keeps the columns of a tree table filling its width, in the shares the person left them in."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHeaderView, QTreeView

from gui.models.columns import Column


class ColumnWidths(QObject):
    """Shares the table's width out among its columns; dragging a border changes the shares.

    Signals:
        changed(): widths are not what they were, so wrapped rows need other heights.
    """

    changed = Signal()

    def __init__(self, table: QTreeView, columns: tuple[Column, ...]) -> None:
        super().__init__(table)
        self._table = table
        self._columns = columns
        self._shares = [column.share for column in columns]
        self._is_applying = False
        self._is_dragged = False
        header = table.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(min(column.minimum for column in columns))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionResized.connect(self._on_resized)

    def suit(self, *, is_wordy: bool) -> None:
        """Share anew for another project, unless the person has dragged a border: theirs stay."""
        if not self._is_dragged:
            self._shares = [(column.wordy_share if is_wordy else 0) or column.share for column in self._columns]
            self.apply()

    def apply(self) -> None:
        """Share out the width the table has now."""
        room = self._table.viewport().width()
        total = sum(self._shares)
        widths = [
            max(column.minimum, room * share // total)
            for column, share in zip(self._columns, self._shares, strict=True)
        ]
        widths[-1] = max(self._columns[-1].minimum, room - sum(widths[:-1]))
        if not self._is_dragged:
            self._tighten(widths, sum(widths) - room)
        header = self._table.header()
        self._is_applying = True
        before = [header.sectionSize(number) for number in range(len(widths))]
        for number, width in enumerate(widths):
            header.resizeSection(number, width)
        self._is_applying = False
        if widths != before:
            self.changed.emit()

    def _tighten(self, widths: list[int], excess: int) -> None:
        """Where there is not enough room for all, the column with most to spare gives way."""
        spare = [width - column.minimum for width, column in zip(widths, self._columns, strict=True)]
        if excess > 0:
            widest = spare.index(max(spare))
            widths[widest] -= min(excess, spare[widest])

    def _on_resized(self, section: int, _old: int, new: int) -> None:
        if self._is_applying:
            return
        header = self._table.header()
        sizes = [header.sectionSize(number) for number in range(len(self._columns))]
        if section < len(sizes) - 1:
            sizes[-1] = max(self._columns[-1].minimum, self._table.viewport().width() - sum(sizes[:-1]))
        self._shares = sizes
        self._is_dragged = True
        self.apply()
        self.changed.emit()
