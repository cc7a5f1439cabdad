"""A day as it was written: to the day, the month, the quarter or the year, with its year or not (domain.md §5.7)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """The days a date may mean, from ``first`` to ``last``, each (month, day); day 0 is the last of its month.

    ``year`` is None when none is written: then the year of the form counts, moved by ``shift`` (明年 1, 上年 -1).
    ``is_limit`` marks 前: done some time before the end.
    """

    year: int | None
    first: tuple[int, int]
    last: tuple[int, int]
    shift: int = 0
    is_limit: bool = False

    def due(self, form_year: int | None) -> date | None:
        """The last day meant, or None while the year is unknown or the month has no such day."""
        return self._on(self.last, form_year)

    def earliest(self, form_year: int | None) -> date | None:
        """The first day meant, or None where 前 leaves it open or the year is unknown."""
        return None if self.is_limit else self._on(self.first, form_year)

    def _on(self, month_and_day: tuple[int, int], form_year: int | None) -> date | None:
        year = self.year if self.year is not None else form_year
        return None if year is None else day_of(year + self.shift, *month_and_day)


def day_of(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, day 0 the last of its month; None when there is none."""
    if not (1 <= year <= 9999 and 1 <= month <= LAST_MONTH):
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, day or last) if 0 <= day <= last else None
