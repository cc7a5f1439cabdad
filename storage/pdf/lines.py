"""Characters as lines of text, and the lines of a cell as the text that was broken into them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.pdf.characters import Box, Character

_CLOSING = frozenset("，。、；：！？）】》”’」』〉,.;:!?)]}%％")
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
        if heap is not None and middle - heap[0].box.middle[1] <= min(heap[0].box.height, character.box.height) // 2:
            heap.append(character)
        else:
            heaps.append([character])
    found = [line_of(heap) for heap in heaps]
    return [line for line in found if line.text.strip()]


def line_of(characters: Iterable[Character]) -> Line:
    """Characters of one line, whatever their order, with the blanks a person sees between its words."""
    row = sorted(characters, key=lambda one: (one.box.left, one.box.right))
    parts: list[str] = []
    before: Character | None = None
    for one in row:
        if before is not None and _is_apart(before, one):
            parts.append(" ")
        parts.append(one.text)
        before = one
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


def flowing(lines: Sequence[Line], width: int) -> str:
    """The text of a cell of a width: a line that had room for the next word ended where its writer ended it."""
    text = ""
    for number, line in enumerate(lines):
        if not number:
            text = line.text.strip()
            continue
        before, following = lines[number - 1], line.text.strip()
        if _had_room(before, line, width):
            text = f"{text}\n{following}"
        elif _is_latin(text[-1:]) and _is_latin(following[:1]) and (text[-1:].isalpha() or following[:1].isalpha()):
            text = f"{text} {following}"
        else:
            text += following
    return text


def _had_room(line: Line, following: Line, width: int) -> bool:
    """Whether the first word of the next line would have fitted into this one."""
    characters = [one for one in following.characters if one.text.strip()]
    end = 1
    while end < len(characters) and (
        characters[end].text in _CLOSING or (_is_latin(characters[end].text) and _is_latin(characters[end - 1].text))
    ):
        end += 1
    word = characters[end - 1].box.right - characters[0].box.left
    spare = max(characters[0].box.height, line.box.height)
    return line.box.width + word + spare <= width


def _is_apart(one: Character, other: Character) -> bool:
    if not (one.text.strip() and other.text.strip()):
        return False
    gap = other.box.left - one.box.right
    if _is_latin(one.text) and _is_latin(other.text):
        return gap * _WORD_GAP > min(one.box.height, other.box.height)
    return gap > 2 * max(one.box.height, other.box.height)


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalnum()
