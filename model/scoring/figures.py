"""Figures of a score: reading points and scores as typed, rounding once, and writing numbers the way the forms do."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TypeGuard

from model.values.characters import folded, with_points

CENT = Decimal("0.01")

_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,12})?")
_PLACES_SHOWN = 6


@lru_cache(maxsize=4096)
def q2(value: Fraction | Decimal) -> Decimal:
    """Round to two decimals, half up (domain.md §6.1): line scores and totals."""
    return rounded(Fraction(value), 2)


def within(value: Fraction | Decimal, points: Decimal) -> Decimal:
    """A score that is not above its points, at two decimals: half up, or down where half up would be above them.

    Only points of more than two decimals, which EVL-008 reports, leave no room for rounding up.
    """
    score = q2(value)
    return score if score <= points else score - CENT


def rounded(value: Fraction, places: int) -> Decimal:
    """An exact number rounded half up (away from zero) to so many decimals."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


@lru_cache(maxsize=4096)
def parse_points(text: str) -> Decimal | None:
    """The number of a 分值 or 得分 cell as typed (full-width digits, 。 for the point and spaces are fine), or None."""
    plain = "".join(with_points(folded(text)).split())
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def valid_points(points: Decimal | None) -> TypeGuard[Decimal]:
    """Whether a line can carry these points: more than 0, at most two decimals (domain.md §3.2 no. 14)."""
    return points is not None and points > 0 and points == points.quantize(CENT, ROUND_HALF_UP)


@lru_cache(maxsize=4096)
def format_points(value: Decimal) -> str:
    """Points and scores of lines as the form prints them, ``0.##``: ``5``, ``8.62`` (domain.md §3.5)."""
    return plain_number(Fraction(q2(value)))


def format_total(value: Decimal) -> str:
    """The total as the form prints it, always two decimals: ``100.00`` (domain.md §3.5)."""
    return f"{q2(value):f}"


@lru_cache(maxsize=4096)
def plain_number(value: Fraction | Decimal) -> str:
    """A number in plain digits without trailing zeros, to six decimals at most: ``0.021``, ``1213650``."""
    text = f"{rounded(Fraction(value), _PLACES_SHOWN):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(ratio: Fraction) -> str:
    """A ratio in per cent with two decimals at most and without the sign: ``69.55``."""
    return plain_number(q2(ratio * 100))
