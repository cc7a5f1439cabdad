"""How many lines a wrapped Chinese text takes, and how high they are (reliability.md §3.3, decided by measurement).

Neither Excel nor LibreOffice finds the height of a merged cell, so it has to be computed, and too high is better than
a clipped line. A character of an East Asian width, or of no sure width, counts two units, any other one; a column of
width W holds W units in the body font.
"""

from __future__ import annotations

import re
from decimal import Decimal
from math import ceil

BODY_SIZE = 10
"""The size in pt of the body font, which is also the workbook's default font and so the unit of column widths."""

_WIDE = re.compile(r"[^\x00-\x7f]|[WMm@]")
_LONG_WORD = re.compile(r"[!-~]{5,}")
_WORD = re.compile(r"[!-~]+|.", re.DOTALL)
_NOT_FIRST = frozenset("，。；：、！？）》”’】」』〉％,.;:!?)]}%")
_NOT_LAST = frozenset("（《“‘【「『〈([{")
_SHORT = 16
_WORDS_PAD = 4
_SINGLE_LINE_PAD = 2
_LINE_HEIGHT = Decimal("1.425")
_PARAGRAPH_HEIGHT = Decimal("0.075")
_MARGIN = Decimal(2)
_PIXEL = Decimal("0.75")


def units_of(text: str) -> int:
    """The width of a text of one line in units of half a Chinese character."""
    return len(text) + len(_WIDE.findall(text))


def lines_of(text: str, width: int, size: int) -> int:
    """The lines a text takes in a cell ``width`` columns wide, set in ``size`` pt: never fewer than it really takes."""
    if size != BODY_SIZE:
        width = width * BODY_SIZE // size
    return sum(_paragraph_lines(part, width) for part in text.split("\n"))


def height_of(text: str, width: int, size: int) -> Decimal:
    """The height in pt of a text wrapped in a cell ``width`` columns wide, set in ``size`` pt."""
    lines = lines_of(text, width, size) * _LINE_HEIGHT + (text.count("\n") + 1) * _PARAGRAPH_HEIGHT
    return whole_pixels(lines * size + _MARGIN)


def whole_pixels(height: Decimal) -> Decimal:
    """The next height in pt that is a whole number of screen pixels, as Excel keeps it."""
    return ceil(height / _PIXEL) * _PIXEL


def _paragraph_lines(paragraph: str, width: int) -> int:
    """Units over usable width, the measured rule; a paragraph with long words is laid out word by word as well."""
    units = units_of(paragraph)
    has_long_words = units > _SHORT and _LONG_WORD.search(paragraph) is not None
    room = max(2, width - (_WORDS_PAD if has_long_words else _SINGLE_LINE_PAD))
    if units <= room:
        return 1
    lines = -(-units // max(2, width - _pad(width)))
    return max(lines, _laid_out(paragraph, room)) if has_long_words else lines


def _pad(width: int) -> int:
    """The units of a line that must be taken as lost in a text of several lines, by measurement."""
    if width <= 8:
        return 3
    if width <= 30:
        return 4
    return 6 if width <= 45 else 8


def _laid_out(paragraph: str, room: int) -> int:
    """Lines when words stay whole and no line begins or ends with the wrong punctuation."""
    lines, used = 1, 0
    for piece in _pieces(paragraph):
        width = units_of(piece)
        if used and used + width > room:
            lines, used = lines + 1, 0
            if piece == " ":
                continue
        if width > room:
            lines, width = lines + 1 + width // room, width % room
        used += width
    return lines


def _pieces(paragraph: str) -> list[str]:
    pieces: list[str] = []
    for word in _WORD.findall(paragraph):
        if pieces and word != " " and (word[0] in _NOT_FIRST or pieces[-1][-1] in _NOT_LAST):
            pieces[-1] += word
        else:
            pieces.append(word)
    return pieces
