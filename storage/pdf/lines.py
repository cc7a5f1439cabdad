"""Characters as lines of text, and the lines of a cell as the text that was broken into them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from model.values.markup import raised
from storage.pdf.characters import Box, Character

_CLOSING = frozenset("，。、；：！？）】》”’」』〉,.;:!?)]}%％")
_LEVELLED = frozenset("0123456789+-")
_MOST_MARGIN = 700
"""Word processors leave some 5 pt free at either side of a cell; more is a line in the middle."""
_WORD_GAP = 9
"""A gap of more than a ninth of a character's height stands between words of Latin letters."""


@dataclass(frozen=True, slots=True)
class Line:
    """The characters of one line from left to right, with its text and where it stands."""

    characters: tuple[Character, ...]
    text: str
    box: Box


def lines_of(characters: Iterable[Character]) -> list[Line]:
    """Characters put into lines from top to bottom."""
    heaps: list[list[Character]] = []
    for character in sorted(characters, key=lambda one: (one.box.middle[1], one.box.left)):
        middle = character.box.middle[1]
        heap = heaps[-1] if heaps else None
        tallest = max(heap, key=lambda one: one.box.height) if heap else None  # a digit may be raised
        if heap and tallest and middle - tallest.box.middle[1] <= _nearness(tallest, character):
            heap.append(character)
        else:
            heaps.append([character])
    found = [line_of(heap) for heap in heaps]
    return [line for line in found if line.text.strip()]


def _nearness(one: Character, other: Character) -> int:
    """How far the middles of two characters of one line may be apart, which is more where one is a raised digit."""
    low, high = sorted((one, other), key=lambda each: each.box.height)
    may_be_raised = low.text in _LEVELLED and low.box.height * 2 >= high.box.height
    return (high if may_be_raised else low).box.height // 2


def line_of(characters: Iterable[Character]) -> Line:
    """Characters of one line, whatever their order, with the blanks a person sees between its words.

    Digits that are raised are none of the number they stand behind.
    """
    row = sorted(characters, key=lambda one: (one.box.left, one.box.right))
    parts: list[str] = []
    before: Character | None = None
    level: Character | None = None
    for one in row:
        if before is not None and _is_apart(before, one):
            parts.append(" ")
        is_raised = level is not None and before is not None and _is_raised(one, level, before)
        parts.append(raised(one.text) if is_raised else one.text)
        before = one
        if one.text.strip() and not is_raised:
            level = one
    drawn = [one.box for one in row if one.text.strip()] or [one.box for one in row]
    box = Box(
        min(one.left for one in drawn),
        min(one.top for one in drawn),
        max(one.right for one in drawn),
        max(one.bottom for one in drawn),
    )
    return Line(tuple(row), "".join(parts), box)


def pieces_of(line: Line) -> list[Line]:
    """A line at the places where more than two characters' width is blank: what stands side by side."""
    pieces: list[list[Character]] = []
    for one in (one for one in line.characters if one.text.strip()):
        if pieces and one.box.left - pieces[-1][-1].box.right <= 2 * one.box.height:
            pieces[-1].append(one)
        else:
            pieces.append([one])
    blanks = [one for one in line.characters if not one.text.strip()]
    return [
        line_of([*piece, *(one for one in blanks if piece[0].box.right <= one.box.left <= piece[-1].box.left)])
        for piece in pieces
    ]


def flowing(lines: Sequence[Line], cell: Box) -> str:
    """The text of a cell: a line that had room for the next word ended where its writer ended it."""
    text = ""
    for number, line in enumerate(lines):
        text = continued(text, lines[number - 1], line, line.text, cell) if number else line.text.strip()
    return text


def continued(text: str, last: Line, following: Line, more: str, cell: Box) -> str:
    """A text whose ``last`` line in a cell is followed by a line, with which ``more`` begins."""
    more = more.strip()
    if had_room(last, following, cell):
        return f"{text}\n{more}"
    is_word = _is_latin(text[-1:]) and _is_latin(more[:1]) and (text[-1:].isalpha() or more[:1].isalpha())
    return f"{text} {more}" if is_word else text + more


def had_room(line: Line, following: Line, cell: Box) -> bool:
    """Whether the first word of the next line would have fitted into this one, within the margins of its cell."""
    characters = [one for one in following.characters if one.text.strip()]
    end = 1
    while end < len(characters) and (
        characters[end].text in _CLOSING or (_is_latin(characters[end].text) and _is_latin(characters[end - 1].text))
    ):
        end += 1
    word = characters[end - 1].box.right - characters[0].box.left
    spare = max(characters[0].box.height, line.box.height)
    margin = min(_MOST_MARGIN, max(0, line.box.left - cell.left))
    return line.box.width + word + spare <= cell.width - 2 * margin


def _is_raised(one: Character, level: Character, before: Character) -> bool:
    """Whether a character is smaller than the level one it stands behind, close to it, and well above its foot."""
    return (
        one.box.height * 20 <= level.box.height * 17
        and (level.box.bottom - one.box.bottom) * 5 >= level.box.height
        and (one.box.left - before.box.right) * 2 <= one.box.height
    )


def _is_apart(one: Character, other: Character) -> bool:
    if not (one.text.strip() and other.text.strip()):
        return False
    gap = other.box.left - one.box.right
    if _is_latin(one.text) and _is_latin(other.text):
        return gap * _WORD_GAP > min(one.box.height, other.box.height)
    return gap > 2 * max(one.box.height, other.box.height)


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalnum()
