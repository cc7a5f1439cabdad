"""The board on which a form lays out its cells, finds its row heights and is cut into pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from math import ceil

from model.sheets.heights import height_of, whole_pixels
from model.sheets.layout import STYLES, CellStyle, Sheet, SheetCell
from model.sheets.pages import PageRows, fits_one_page, page_room, page_starts

MAX_ROW_HEIGHT = Decimal(408)
"""Just below the 409 pt that Excel allows for one row."""

Placed = tuple[int, int, str, CellStyle]
"""What stands in a row: column, columns it covers, text, style."""

_LINE_END = re.compile(r"\r\n?|[\v\f]")


@dataclass(frozen=True, slots=True)
class _SideLabel:
    row: int
    count: int
    cell: Placed


@dataclass(slots=True)
class Board:
    """Collects the rows of one sheet; each is as high as its highest wrapped text.

    Side labels (一级指标 beside its lines, say) are merged over rows that are there already. A page break cuts such a
    merge in two, because no program prints a cell well across a break; each part bears the text, on paper and for
    programs that look up what a merge says.
    """

    columns: Sequence[int]
    header_rows: tuple[int, int] = (0, 0)
    cells: list[SheetCell] = field(default_factory=list)
    heights: list[Decimal] = field(default_factory=list)
    pages: PageRows = field(default_factory=PageRows)
    _labels: list[_SideLabel] = field(default_factory=list)

    @property
    def next_row(self) -> int:
        """The row that comes after all rows so far."""
        return len(self.heights)

    def add_row(self, least: int, *cells: Placed, numbers: Mapping[int, Decimal] | None = None) -> int:
        """Add a row at least ``least`` pt high, or as many merged rows as its longest text needs; the first comes back.

        A text that needs more than the 408 pt of one row goes on over further rows, merged with the first. ``numbers``
        are those that texts of the row stand for, by column.
        """
        values = numbers or {}
        texts = [(column, span, _LINE_END.sub("\n", text), style) for column, span, text, style in cells]
        needed = max([Decimal(least), *(self.needed_height(cell) for cell in texts)])
        first, count = self.next_row, max(1, ceil(needed / MAX_ROW_HEIGHT))
        self.heights.extend([whole_pixels(needed / count)] * count)
        self.cells.extend(
            SheetCell(first, column, count, span, text, style, values.get(column))
            for column, span, text, style in texts
        )
        return first

    def add_side_label(self, row: int, cell: Placed, end: int | None = None) -> None:
        """Merge a label over the rows from ``row`` to before ``end``, or to the last one so far."""
        self._labels.append(_SideLabel(row, (self.next_row if end is None else end) - row, cell))

    def needed_height(self, cell: Placed) -> Decimal:
        """How high a text stands in its columns, in pt."""
        column, span, text, style = cell
        facts = STYLES[style]
        if facts.shrink:
            return height_of("", 1, facts.size)
        return height_of(text, sum(self.columns[column : column + span]) - facts.indent, facts.size)

    def sheet(self, name: str, title: str, *, landscape: bool = False, draft: bool = False) -> Sheet:
        """The finished sheet, cut into pages."""
        room = page_room(self.columns, landscape=landscape)
        one_page = fits_one_page(self.heights, room)
        starts = () if one_page else page_starts(self.heights, self.header_rows, self.pages, room)
        for label in self._labels:
            self._merge(label, starts)
        return Sheet(
            name=name,
            title=title,
            columns=tuple(Decimal(width) for width in self.columns),
            rows=tuple(self.heights),
            cells=tuple(sorted(self.cells, key=lambda cell: (cell.row, cell.column))),
            header_rows=self.header_rows,
            page_starts=starts,
            one_page=one_page,
            landscape=landscape,
            draft=draft,
        )

    def _merge(self, label: _SideLabel, starts: tuple[int, ...]) -> None:
        column, span, text, style = label.cell
        end = label.row + label.count
        cuts = [label.row, *(start for start in starts if label.row < start < end), end]
        # The repeated header row shows the top of this merge on every page: there the label has to stand.
        is_repeated = len(cuts) > 2 and label.row <= self.header_rows[1]
        for start, stop in pairwise(cuts):
            missing = self.needed_height(label.cell) - sum(self.heights[start:stop])
            if missing > 0:
                self.heights[stop - 1] = min(self.heights[stop - 1] + whole_pixels(missing), MAX_ROW_HEIGHT)
            place = CellStyle.LABEL_TOP if is_repeated and start == label.row else style
            self.cells.append(SheetCell(start, column, stop - start, span, text, place))
