"""Numbers as clerks write them: 1,200、三百二十、九成五、1亿5000万 (domain.md §5.7). Exact, never a float."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

NUMBER = r"-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,20})(?:\.[0-9]{1,10})?(?!\.?[0-9])"
"""A number in digits, its thousands grouped or not."""
NUMERAL = "[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿点]{0,20}"
"""A run of Chinese number words; :func:`chinese_number` says whether it is a number."""

_NUMBER = re.compile(NUMBER)
_NUMERAL = re.compile(NUMERAL)
_DIGITS = {word: value for value, word in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1_000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
# 1亿5000万, 3万5千: parts in falling order, each with its magnitude, the last one perhaps without.
_MIXED = re.compile(r"(?:[0-9]{1,9}(?:\.[0-9]{1,4})?[亿万千百]){1,3}[0-9]{1,8}[万千百]?(?![0-9.])")
_MIXED_PART = re.compile(r"([0-9.]+)([亿万千百]?)")
# 三成 is 30 %, 三成立 and 成果 are words.
_TENTHS = re.compile(r"成(?P<more>[一二三四五六七八九])?(?![一二三四五六七八九十立果员本功效为交型品])")


@dataclass(frozen=True, slots=True)
class Number:
    """A number read at a place in a text: its value, where it ends, and a unit it brings along (九成 is 90 and %)."""

    value: Decimal
    end: int
    unit: str = ""


def number_at(text: str, start: int) -> Number | None:
    """The number that begins at ``start``, in digits or in Chinese number words, or None."""
    match = _NUMBER.match(text, start)
    if match is not None:
        mixed = _mixed(text, start) if text[match.end() : match.end() + 1] in _MIXED_MARKS else None
        return mixed or _tenths(text, Decimal(match[0].replace(",", "")), match.end())
    numeral = _NUMERAL.match(text, start)
    if numeral is None:
        return None
    run = numeral[0].rstrip("点")
    value, length = _longest_number(run)
    return None if value is None else _tenths(text, value, start + length)


def chinese_number(run: str) -> Decimal | None:
    """The value of Chinese number words (一百二十三点五), or None when they are none (两三, 一二三)."""
    whole, point, decimals = run.partition("点")
    if point and (not decimals or any(word not in _DIGITS for word in decimals)):
        return None
    value = _whole(whole)
    if value is None or not point:
        return None if value is None else Decimal(value)
    return Decimal(f"{value}." + "".join(str(_DIGITS[word]) for word in decimals))


_MIXED_MARKS = ("亿", "万", "千", "百")


def _longest_number(run: str) -> tuple[Decimal | None, int]:
    """A number word at the beginning of a run, and its length. A 万 or 亿 that ends it stays for the unit: 十|万人."""
    length = len(run)
    while length > 1 and run[length - 1] in _LARGE:
        length -= 1
    if any(word in _LARGE for word in run[:length]):
        length = len(run)  # 一亿三千万 has a magnitude in its middle: the whole is one number
    return chinese_number(run[:length]), length


def _whole(words: str) -> int | None:
    """The value of number words without a decimal point: 一万两千三百零五."""
    total = section = 0
    digit: int | None = None
    limit, small_limit = 10**12, 10**4
    zero = False
    for word in words:
        if word in _DIGITS:
            if digit is not None:
                return None
            digit, zero = (None, True) if _DIGITS[word] == 0 and words != word else (_DIGITS[word], zero)
        elif word in _SMALL:
            weight = _SMALL[word]
            if weight >= small_limit or (digit is None and (weight != 10 or section % 100)):
                return None
            section += weight * (1 if digit is None else digit)
            digit, small_limit, zero = None, weight, False
        else:
            weight = _LARGE[word]
            section += digit or 0
            if not section or weight >= limit:
                return None
            total, section, digit, limit, small_limit = total + section * weight, 0, None, weight, 10**4
    if digit is not None and section and small_limit > 10 and not zero:
        return None  # 一百二 is a hundred and twenty in speech and a hundred and two on paper
    if digit is not None and total and not section and not zero:
        return None
    return total + section + (digit or 0)


def _mixed(text: str, start: int) -> Number | None:
    match = _MIXED.match(text, start)
    if match is None:
        return None
    total, limit = Decimal(0), Decimal(10**9)
    for figure, word in _MIXED_PART.findall(match[0]):
        weight = Decimal({**_SMALL, **_LARGE}.get(word, 1))
        # 1万5000 is 15 000; what 1万5 is only its writer knows.
        if weight >= limit or Decimal(figure) * weight >= limit or (not word and len(figure) < len(str(limit)) - 1):
            return None
        total, limit = total + Decimal(figure) * weight, weight
    return Number(total, match.end())


def _tenths(text: str, value: Decimal, end: int) -> Number:
    match = _TENTHS.match(text, end) if text[end : end + 1] == "成" and 0 <= value <= 10 else None
    if match is None:
        return Number(value, end)
    return Number(value * 10 + _DIGITS[match["more"] or "零"], match.end(), "%")
