"""The printed text of each kind of cell (domain.md §2.5 and §3.5).

What can be read as an amount, a date or a number prints in the official format of its cell; what cannot prints as it
was typed, because nothing a person typed is ever dropped.
"""

from __future__ import annotations

from decimal import Decimal

from model.scoring import format_points, format_total, parse_points, q2
from model.values.dates import format_date, parse_date
from model.values.money import MoneyStyle, format_fen, parse_fen


def amount(text: str, style: MoneyStyle) -> str:
    """An amount in 元 in the format of its cell; blank stays blank."""
    fen = parse_fen(text)
    return text if fen is None else format_fen(fen, style)


def amount_unless_zero(text: str, style: MoneyStyle) -> str:
    """An amount that the form leaves blank when it is zero (domain.md §3.1, 年初预算数 of the lesser sources)."""
    return "" if parse_fen(text) == 0 else amount(text, style)


def date(text: str) -> str:
    """A date as yyyy-MM-dd."""
    day = parse_date(text)
    return text if day is None else format_date(day)


def points(text: str) -> str:
    """分值 or 得分 of a line, ``0.##``. A third decimal, a mistake the rules report, is not rounded away."""
    number = _number(text)
    return text if number is None else format_points(number)


def total(text: str) -> str:
    """总分, ``0.00``."""
    number = _number(text)
    return text if number is None else format_total(number)


def _number(text: str) -> Decimal | None:
    """A plain number of at most two decimals, else None."""
    number = parse_points(text)
    return number if number is not None and number == q2(number) else None
