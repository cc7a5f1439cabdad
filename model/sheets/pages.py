"""Where the pages of a long form end: between lines, rather between two second or first level indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from model.sheets.layout import BOTTOM_MARGIN, SIDE_MARGIN, TOP_MARGIN

_A4 = (Decimal("595.3"), Decimal("841.9"))
_POINTS_PER_INCH = 72
_COLUMN_UNIT = Decimal("5.25")
"""The width in pt that Excel gives a column for each digit of 宋体 10: seven pixels."""
_CAUTION = Decimal("0.965")
"""Programs and printers differ by a few percent in what they get on a page."""
_SQUEEZE = Decimal("1.15")
"""A form this much too long for one page is scaled down to it rather than broken."""


@dataclass(slots=True)
class PageRows:
    """Which rows make a good first row of a page.

    ``chapters`` and ``sections`` begin something new: a page may end early for them. ``inseparable`` rows must stay on
    the page of the row before them.
    """

    chapters: set[int] = field(default_factory=set)
    sections: set[int] = field(default_factory=set)
    inseparable: set[int] = field(default_factory=set)


def page_room(columns: Sequence[int], *, landscape: bool) -> Decimal:
    """How high the rows on one A4 page may be together, in pt, when the columns are fitted to its width."""
    width, height = reversed(_A4) if landscape else _A4
    scale = min(Decimal(1), (width - 2 * SIDE_MARGIN * _POINTS_PER_INCH) / (sum(columns) * _COLUMN_UNIT))
    return (height - (TOP_MARGIN + BOTTOM_MARGIN) * _POINTS_PER_INCH) / scale * _CAUTION


def fits_one_page(heights: Sequence[Decimal], room: Decimal) -> bool:
    """Whether all rows come on one page, if need be a little scaled down."""
    return sum(heights) <= room * _SQUEEZE


def page_starts(
    heights: Sequence[Decimal], header_rows: tuple[int, int], rows: PageRows, room: Decimal
) -> tuple[int, ...]:
    """The rows that begin the second and every further page.

    ``header_rows``, the first and the last, are repeated on every page after their own; ``room`` is the height of a
    page.
    """
    first, last = header_rows
    repeated = sum(heights[first : last + 1], Decimal(0))
    starts: list[int] = []
    begin, used = 0, Decimal(0)
    row = 0
    while row < len(heights):
        if used + heights[row] > room and row > begin:
            begin = _best_start(heights, rows, begin, row, room)
            starts.append(begin)
            row, used = begin, repeated if begin > last else Decimal(0)
        used += heights[row]
        row += 1
    return tuple(starts)


def _best_start(heights: Sequence[Decimal], rows: PageRows, begin: int, full: int, room: Decimal) -> int:
    """The row at or before ``full``, the first that does not fit, with which the next page had best begin."""
    for wanted, share in ((rows.chapters, 8), (rows.sections, 12)):
        lost = Decimal(0)
        for row in range(full, begin, -1):
            if row < full:
                lost += heights[row]
            if lost * share > room:
                break
            if row in wanted:
                return row
    row = full
    while row > begin + 1 and row in rows.inseparable:
        row -= 1
    return full if row in rows.inseparable else row
