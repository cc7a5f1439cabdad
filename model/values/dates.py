"""Calendar dates as the clerk types them and as the forms print them (domain.md §2.5, §10.4)."""

from __future__ import annotations

import re
from datetime import date

from model.values.characters import folded, with_points

BUDGET_YEARS = range(2000, 2101)
"""The years a project may be of (domain.md §2.2 no. 1)."""

_LONGEST = 32
_CENTURY = "20"
_DATE = re.compile(
    r"(?:(?P<short>[0-9]{2})(?=[-./])|(?P<year>[0-9]{4}))(?:"
    r"(?P<separator>[-./])(?P<month>[0-9]{1,2})(?P=separator)(?P<day>[0-9]{1,2})"
    r"|年(?P<month_zh>[0-9]{1,2})月(?P<day_zh>[0-9]{1,2})[日号]"
    r"|(?P<month_plain>[0-9]{2})(?P<day_plain>[0-9]{2})"
    r")"
)


def parse_date(text: str) -> date | None:
    """The date a text names, or None when it is blank, no date, or no day of the calendar.

    Accepts ``2026-01-01``, ``2026.12.31``, ``2026/1/1``, ``20261231`` and ``2026年12月31日``, full-width too, and
    ``26-12-31``: no project is of another century.
    """
    if len(text) > _LONGEST:
        return None
    match = _DATE.fullmatch("".join(with_points(folded(text)).split()))
    if match is None:
        return None
    month = match["month"] or match["month_zh"] or match["month_plain"]
    day = match["day"] or match["day_zh"] or match["day_plain"]
    try:
        return date(int(match["year"] or _CENTURY + match["short"]), int(month), int(day))
    except ValueError:
        return None


def parse_year(text: str) -> int | None:
    """The budget year a text names, or None when it is none from 2000 to 2100 (domain.md §2.2 no. 1).

    Accepts ``2026``, ``2026年`` and ``2026年度``, full-width and with spaces too.
    """
    year = "".join(folded(text[:_LONGEST]).split())
    match = re.fullmatch("([0-9]{4})(?:年|年度)?", year)
    return int(match[1]) if match is not None and int(match[1]) in BUDGET_YEARS else None


def format_date(day: date) -> str:
    """The printed text of a date: ``2026-12-31``."""
    return day.isoformat()
