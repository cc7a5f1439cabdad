"""Where a text may be shortened: not within a number and not beside one, which would seem to go on: half is another."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = re.compile(
    r"[+＋\-－−±≥≤＞＜>＝<=]*"
    r"\d(?:[\d.,．，:：/／\-－−~～]|[ \u00a0](?=\d{3}(?!\d)))*"
    r"(?:\s?[十百千万亿]+|\s?[%％‰])?"
    r"|[〇零一二两三四五六七八九十百千万亿]+"
)
"""A number with its sign, its separators and what it is counted in; a date, a time and a range are read as one, too."""


def shortened(text: str, most: int) -> str:
    """A text of so many characters at most; a longer one ends in … before a number, not within it."""
    if len(text) <= most:
        return text
    kept = text[: end_of(text, most, 0)]
    shown = kept.rstrip()
    is_beside = kept != shown and any(end == len(shown) for _, end in _numbers(text))
    return f"{shown}{' ' if is_beside else ''}…"


def end_of(text: str, at: int, least: int) -> int:
    """Where an excerpt ends that should end at ``at`` and holds all before ``least``; a number there is whole."""
    if at >= len(text):
        return at
    for start, end in reversed([*_numbers(text)]):
        if start < at <= end:
            at = start if start >= least else max(end, least)
    return at


def start_of(text: str, at: int, most: int) -> int:
    """Where an excerpt begins that should begin at ``at`` and holds what stands from ``most`` on."""
    if at <= 0:
        return at
    for start, end in _numbers(text):
        if start <= at < end:
            at = end if end <= most else start
    return at


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _NUMBER.finditer(text))
