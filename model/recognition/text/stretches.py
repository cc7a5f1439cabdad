"""Where the forms of a text begin, and within each form its header with the amounts, its goals and its table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from model.recognition import labels
from model.recognition.labels import LEVEL_LABELS, folded, is_list_title, is_one_of, looked_up
from model.recognition.readings import READINGS, title_kind
from model.recognition.text.labelled import atoms
from model.recognition.text.pieces import Line, Piece
from model.records import Form

ANNEX = re.compile(r"附[件表]\s*[\d一二三四五六七八九十-]*[：:]?")
YEAR_LINE = re.compile(r"[（(]?\s*\d{4}\s*年?\s*度?\s*[）)]?")
_BELOW = 14
_BEFORE = 3
_HEADING_LINES = 4
_LOOKED_AT = 30
_MOST_FORMS = 400


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines of one form. ``title`` is None where none is printed; ``goals`` and ``table`` are places in ``lines``.

    ``table`` is where the headings of the indicators begin; both are the number of lines where there are none.
    """

    kind: Form
    title: Piece | None
    lines: tuple[Line, ...]
    goals: int
    table: int


def stretches(lines: Sequence[Line]) -> tuple[list[Stretch], list[Line]]:
    """The forms of a text, and the lines before the first of them."""
    starts = _starts(lines)
    ends = [*(start for start, _, _ in starts), len(lines)][1:]
    found = [
        _stretch(kind, title, tuple(lines[start:end])) for (start, kind, title), end in zip(starts, ends, strict=True)
    ]
    return found, list(lines[: starts[0][0]] if starts else lines)


def _starts(lines: Sequence[Line]) -> list[tuple[int, Form, Piece | None]]:
    starts: list[tuple[int, Form, Piece | None]] = []
    name, is_open = "", False  # the project of the form begun last, and whether its name is still to come
    for place, line in enumerate(lines):
        if len(starts) == _MOST_FORMS:
            break
        titled = _title(lines, place)
        if titled is not None and _has_header_below(lines, place + titled[2]):
            starts.append((_opening(lines, place, starts), titled[0], titled[1]))
            name, is_open = "", True
            continue
        given = _project_name(line)
        if given is None:
            continue
        if not is_open and given != name:
            kind = _guessed(lines[place : place + _LOOKED_AT])
            if kind is not None and (starts or _has_header_below(lines, place)):
                starts.append((_opening(lines, place, starts), kind, None))
        name, is_open = given, False
    return starts


def _title(lines: Sequence[Line], place: int) -> tuple[Form, Piece, int] | None:
    """The kind and the title that begins in a line, and how many lines it takes."""
    cells = lines[place].cells()
    if len(cells) <= 2:
        for cell in cells:
            kind = title_kind(cell.text)
            if kind:
                return kind, cell, 1
    following = lines[place + 1].cells() if place + 1 < len(lines) else ()
    if len(cells) == len(following) == 1 and not title_kind(following[0].text) and "绩" in cells[0].text:
        whole = cells[0].joined(following[0])
        kind = title_kind(whole.text)
        if kind:
            return kind, whole, 2
    return None


def _is_header(text: str) -> bool:
    return looked_up(text, labels.HEADER) is not None or looked_up(text, labels.DECLARATION) is not None


def _has_header_below(lines: Sequence[Line], place: int) -> bool:
    below: list[Line] = []
    for line in lines[place : place + _BELOW]:
        if below and any(title_kind(cell.text) for cell in line.cells()):
            break
        below.append(line)
    return any(atom.is_label for atom in atoms(below, _is_header))


def _project_name(line: Line) -> str | None:
    """What a line says after 项目名称, None where it has no such label."""
    found = atoms([line], _is_header)
    for atom, following in zip(found, [*found[1:], None], strict=True):
        if atom.is_label and looked_up(atom.piece.text, labels.HEADER) == "project_name":
            return "".join(following.piece.text.split()) if following and not following.is_label else ""
    return None


def _opening(lines: Sequence[Line], start: int, starts: Sequence[tuple[int, Form, Piece | None]]) -> int:
    """Where the lines over a title begin: 附件 2, the unit's title line."""
    first = start
    floor = starts[-1][0] + 1 if starts else 0
    while first > floor and start - first < _BEFORE:
        text = lines[first - 1].text
        if not (is_list_title(text) or ANNEX.fullmatch(text) or YEAR_LINE.fullmatch(text)):
            break
        first -= 1
    return first


def _guessed(lines: Sequence[Line]) -> Form | None:
    """The kind of a form without a title, by the labels only one kind has."""
    for line in lines:
        words = {folded(word.text) for word in line.pieces} | {folded(line.text)}
        for form, reading in READINGS.items():
            if words & reading.only:
                return form
    return None


def _stretch(kind: Form, title: Piece | None, lines: tuple[Line, ...]) -> Stretch:
    table = _table(lines)
    words = READINGS[kind].goals
    found = atoms(lines[:table], lambda text: looked_up(text, words) is not None)
    goals = next((atom.line for atom in found if atom.is_label), table)
    return Stretch(kind, title, lines, goals, table)


def _table(lines: Sequence[Line]) -> int:
    """The line the headings of the indicators begin in, else the first with a level of indicators."""
    for place, line in enumerate(lines):
        names = {name for atom in atoms([line], _is_heading) if atom.is_label and (name := _heading(atom.piece.text))}
        if "name" in names and names & {"level1", "level2", "target_text"}:
            return place
        if names <= {"level1", "level2"} and names and _heads_downwards(lines[place : place + _HEADING_LINES]):
            return place
    for place, line in enumerate(lines):
        if any(folded(piece.text) in LEVEL_LABELS for piece in line.pieces):
            return place
    return len(lines)


def _heads_downwards(lines: Sequence[Line]) -> bool:
    """Whether lines are the headings one below the other, down to the one of the names."""
    for line in lines:
        names = [_heading(cell.text) for cell in line.cells()]
        if None in names:
            return False
        if "name" in names:
            return True
    return False


def _heading(text: str) -> str | None:
    return looked_up(text, labels.LINES)


def _is_heading(text: str) -> bool:
    return _heading(text) is not None or is_one_of(text, labels.FURNITURE)
