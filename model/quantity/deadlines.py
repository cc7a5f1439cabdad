"""Dates to keep inside a text: 2025年12月31日前完成系统运维 (domain.md §5.3, `deadline`)."""

from __future__ import annotations

import calendar
import re
from datetime import date

_DATE = re.compile(
    r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})"
    r"(?:年(?!度)(?:\s{0,4}(?P<month>[0-9]{1,2})月(?:\s{0,4}(?P<day>[0-9]{1,2})[日号])?)?"
    r"|(?P<separator>[-./])(?P<month_iso>[0-9]{1,2})(?P=separator)(?P<day_iso>[0-9]{1,2})(?![0-9]))"
    r"\s{0,4}(?P<mark>[底末](?:之?前)?|[之以]?前|内|完成)?"
)


def find_deadline(text: str) -> date | None:
    """The day by which a cleaned text wants something done, or None when it names no such day.

    The first date that is marked as a limit (前, 底, 内, 完成) counts; otherwise the last date with a month. Without a
    day the last day of the month counts, without a month the last day of the year; a year alone must be marked or
    be the whole text.
    """
    last = None
    for match in _DATE.finditer(text):
        due = _last_day(match)
        if due is None:
            continue
        if match["mark"] or match.span() == (0, len(text)):
            return due
        if _month(match) is not None:
            last = due
    return last


def _month(match: re.Match[str]) -> str | None:
    return match["month"] or match["month_iso"]


def _last_day(match: re.Match[str]) -> date | None:
    year, month, day = int(match["year"]), int(_month(match) or 12), match["day"] or match["day_iso"]
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return date(year, month, last)
    return date(year, month, int(day)) if 1 <= int(day) <= last else None
