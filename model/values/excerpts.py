"""Where a text may be shortened: not within a number and not beside one, which would seem to go on: half is another."""

from __future__ import annotations

_OF_A_NUMBER = frozenset("0123456789.,０１２３４５６７８９．，")


def shortened(text: str, most: int) -> str:
    """A text of so many characters at most; a longer one ends in … before a number, not within it."""
    return text if len(text) <= most else f"{text[: end_of(text, most, 0)].rstrip()}…"


def end_of(text: str, at: int, least: int) -> int:
    """Where an excerpt ends that should end at ``at`` and holds all before ``least``; a number there is whole."""
    end = at
    while least < end < len(text) and text[end - 1] in _OF_A_NUMBER:
        end -= 1
    return _end_of_number(text, least) if end == least else end


def start_of(text: str, at: int, most: int) -> int:
    """Where an excerpt begins that should begin at ``at`` and holds what stands from ``most`` on."""
    return len(text) - end_of(text[::-1], len(text) - at, len(text) - most)


def _end_of_number(text: str, at: int) -> int:
    while 0 < at < len(text) and text[at] in _OF_A_NUMBER and text[at - 1] in _OF_A_NUMBER:
        at += 1
    return at
