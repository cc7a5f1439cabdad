"""Keeps the columns of the grid filling its width: what a person dragged stays, the others share what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from gui.table.columns import Column

Width = Callable[[int], int]
"""Pixels of a column, by its number."""

STEPS = (6, 8, 11, 15, 20, 27, 36, 48, 64)
"""What a column may wish for, in sixths of its least."""
GIVES_UP = 4
"""The part of its least, as a divisor, that a column of texts gives up in a table that is too narrow."""


class ColumnWidths(QObject):
    """Shares the grid's width out among its columns.

    ``needed`` gives the width in pixels below which a column must not get: that of its longest number, or of so many
    characters; ``wished`` the one at which none of its texts needs a second line. What a column has no use for goes to
    those that want it, in the proportion of their shares; in a narrow table those give up a part of their least, but
    never of what the short word for them needs, which is ``headed``: a heading is told from any other.

    The same texts have the same widths, also after undo. They are looked at when a text was written, never while one
    is typed, and what is wished is told in steps of about a third, so that few texts move anything.

    Signals:
        changed(): widths are not what they were, so wrapped rows need other heights.
        dragged(): a person gave a column its width, to be remembered.
    """

    changed = Signal()
    dragged = Signal()

    def __init__(
        self, table: QTableView, columns: tuple[Column, ...], needed: Width, wished: Width, headed: Width
    ) -> None:
        super().__init__(table)
        self._table = table
        self._columns = columns
        self._needed = needed
        self._wished = wished
        self._headed = headed
        self._needs: dict[int, int] = {}
        self._wishes: dict[int, int] = {}
        self._own: dict[str, int] = {}
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
        self.look()

    def show_column(self, column: int, *, shown: bool) -> None:
        """Show or hide a column; the others share what is left when they are applied."""
        self._is_applying = True  # a column that comes or goes is given no width by a person
        self._table.setColumnHidden(column, not shown)
        self._is_applying = False

    def look(self) -> None:
        """Look at how long the texts are now, and share anew."""
        self._take_look()
        self.apply()

    def follow(self) -> None:
        """A text was written: share anew where that makes a difference of a step."""
        before = self._needs, self._wishes
        self._take_look()
        if before != (self._needs, self._wishes):
            self.apply()

    def _take_look(self) -> None:
        shown = self._shown()
        self._needs = {number: self._needed(number) for number in shown}
        self._wishes = {
            number: self._wished(number) if self._columns[number].is_level else self._step(number)
            for number in shown
            if self._shares(number) or self._columns[number].is_level
        }

    def _step(self, number: int) -> int:
        """The step at which a column has what it wishes: so many times its least."""
        least, wish = self._needed(number), self._wished(number)
        return next((least * part // 6 for part in STEPS if least * part >= wish * 6), wish)

    def fit(self, column: int, width: int) -> None:
        """Give a column the width its texts need."""
        self._own[self._columns[column].field] = max(self._needed(column), width)
        self.apply()
        self.dragged.emit()

    def apply(self) -> None:
        """Share out the width the grid has now."""
        shown = self._shown()
        widths = {number: self._least(number) for number in shown}
        spare = self._table.viewport().width() - sum(widths.values())
        for number, more in (self._shared(spare, widths) if spare >= 0 else self._given_up(-spare, widths)).items():
            widths[number] += more
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
        """The width a column has to have."""
        own, needed = self._own.get(self._columns[number].field, 0), self._needs.get(number, 0)
        if not self._columns[number].stands_right:
            return max(24, own) if own else needed
        return max(needed, own)

    def _shown(self) -> list[int]:
        return [number for number in range(len(self._columns)) if not self._table.isColumnHidden(number)]

    def _shares(self, number: int) -> bool:
        """Whether a column gets a part of what is left."""
        return bool(self._columns[number].share) and self._columns[number].field not in self._own

    def _shared(self, spare: int, least: dict[int, int]) -> dict[int, int]:
        """What each column gets beyond its least: what it wants while there is enough, then its share of the rest."""
        given = dict.fromkeys((number for number in least if self._shares(number)), 0)
        wants = {number: max(0, self._wishes.get(number, 0) - least[number]) for number in given}
        while spare > 0 and wants:
            parts = self._parts(spare, wants)
            met = {number: want for number, want in wants.items() if want <= parts[number]}
            for number, part in (met or parts).items():
                given[number] += part
                spare -= part
            wants = {number: want for number, want in wants.items() if number not in met} if met else {}
        for number, width in least.items():
            if spare > 0 and self._columns[number].is_level and self._columns[number].field not in self._own:
                given[number] = min(spare, max(0, self._wishes.get(number, 0) - width))
                spare -= given[number]
        for number, part in self._parts(spare, filter(self._shares, given)).items():
            given[number] += part
        return given

    def _given_up(self, missing: int, least: dict[int, int]) -> dict[int, int]:
        """What is taken from the columns that share, where the table is too narrow for the least of all of them."""
        giving = [number for number in least if self._shares(number)]
        room = {
            number: max(0, min(least[number] // GIVES_UP, least[number] - self._headed(number))) for number in giving
        }
        whole = sum(room.values())
        return {number: -min(part, -(-missing * part // whole)) for number, part in room.items()} if whole else {}

    def _parts(self, spare: int, numbers: Iterable[int]) -> dict[int, int]:
        """Some pixels in the proportion of the shares of columns."""
        shares = {number: self._columns[number].share for number in numbers}
        return {number: max(0, spare) * share // sum(shares.values()) for number, share in shares.items()}

    def _on_resized(self, section: int, _old: int, new: int) -> None:
        if not self._is_applying and new:
            self._own[self._columns[section].field] = new
            self.apply()
            self.dragged.emit()
