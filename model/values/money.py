"""Amounts of money: texts in 元 to whole 分 and back (domain.md §2.5, §3.5). No fraction is ever lost or rounded."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from model.values.characters import folded, with_points

FEN_PER_YUAN = 100

_LONGEST = 64
_LARGEST = 2**63 - 1  # what the store's integer column holds
_MAGNITUDES = {
    "": 0,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "十亿": 9,
    "百亿": 10,
    "千亿": 11,
}  # the powers of ten
_AMOUNT = re.compile(
    r"(?P<sign>-?)(?P<yuan>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<decimals>[0-9]*))?"
    r"(?P<magnitude>[十百千]?[万亿]|千)?"
)
_MINUS_SIGNS = str.maketrans({"−": "-", "–": "-"})


class MoneyProblem(StrEnum):
    """Why a text is no proper amount of 元."""

    NOT_A_NUMBER = "not_a_number"
    TOO_MANY_DECIMALS = "too_many_decimals"
    NEGATIVE = "negative"


class MoneyStyle(StrEnum):
    """How an amount is printed (domain.md §2.5 and §3.5)."""

    GROUPED = "grouped"
    """``3,857,934.00``: declarations and the screen."""
    PLAIN2 = "plain2"
    """``296272.00``: 年度资金总额 of 年初/全年预算数."""
    GROUPED_SHORT = "grouped_short"
    """``296,272`` or ``1,965,608.78``: 年度资金总额 of 全年执行数."""
    SHORT = "short"
    """``296272`` or ``1965608.78``: the rows below 年度资金总额."""


def parse_fen(text: str) -> int | None:
    """The amount of a text in 分, or None when it is blank or no amount of 元 with at most two decimals.

    Thousands separators, full-width characters, 。 for the point, spaces, a leading ¥, a trailing 元 and a magnitude
    before it (``408.75万元``, ``1020万``) are accepted. A negative amount is returned as it stands;
    :func:`money_problem` names it.
    """
    amount = _read(text)
    return amount if isinstance(amount, int) else None


def money_problem(text: str) -> MoneyProblem | None:
    """What is wrong with an amount as typed; None for a proper amount and for a blank cell."""
    if not text.strip():
        return None
    amount = _read(text)
    if isinstance(amount, MoneyProblem):
        return amount
    return MoneyProblem.NEGATIVE if amount < 0 else None


def has_magnitude(text: str) -> bool:
    """Whether an amount is written in 万元 or the like, which other programs need not read."""
    return parse_fen(text) is not None and any(letter in text for letter in "千万亿")


def format_fen(fen: int, style: MoneyStyle = MoneyStyle.GROUPED) -> str:
    """The printed text of an amount of 分."""
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    sign = "-" if fen < 0 else ""
    whole = f"{yuan:,}" if style in (MoneyStyle.GROUPED, MoneyStyle.GROUPED_SHORT) else str(yuan)
    decimals = f".{rest:02d}"
    if style in (MoneyStyle.GROUPED_SHORT, MoneyStyle.SHORT):
        decimals = decimals.rstrip("0").rstrip(".")
    return f"{sign}{whole}{decimals}"


@lru_cache(maxsize=4096)
def _read(text: str) -> int | MoneyProblem:
    if len(text) > _LONGEST:
        return MoneyProblem.NOT_A_NUMBER
    plain = "".join(with_points(folded(text)).translate(_MINUS_SIGNS).split())
    match = _AMOUNT.fullmatch(plain.removeprefix("¥").removesuffix("元"))
    if match is None:
        return MoneyProblem.NOT_A_NUMBER
    decimals = (match["decimals"] or "").rstrip("0")
    places = 2 + _MAGNITUDES[match["magnitude"] or ""]
    if len(decimals) > places:
        return MoneyProblem.TOO_MANY_DECIMALS
    fen = int(match["yuan"].replace(",", "") + decimals.ljust(places, "0"))
    if fen > _LARGEST:
        return MoneyProblem.NOT_A_NUMBER
    return -fen if match["sign"] else fen
