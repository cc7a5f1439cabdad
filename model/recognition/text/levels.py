"""Under which level each line stands, from where the labels are printed among the lines (domain.md §4.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from model.recognition.labels import folded, read_level
from model.recognition.text.draft import Draft
from model.recognition.text.pieces import Piece
from model.values.taxonomy import (
    COST,
    LEVEL1,
    OUTPUT,
    SATISFACTION,
    TIMELINESS,
    canonical_level1,
    canonical_level2,
    guess_level2,
    level1_of,
    level2_of,
)

_IN_TIME = re.compile(r"^(?:按时|及时|按期|准时|如期|按计划)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed label of a level, 1 or 2, as the form holds it."""

    level: int
    label: str
    piece: Piece


@dataclass(slots=True)
class Row:
    """A line of the table: its cells by their fields, and after :func:`placed` its levels."""

    cells: dict[str, Piece] = field(default_factory=dict)
    level1: str = ""
    level2: str = ""
    notes: list[tuple[str, str, str | None]] = field(default_factory=list)
    """(field, what, alternative): what was decided about the line."""

    def text(self, name: str) -> str:
        """The text of a cell, blank where there is none."""
        piece = self.cells.get(name)
        return piece.text if piece else ""

    def pieces(self) -> list[Piece]:
        """The passages of the source it was read from."""
        return list(self.cells.values())


Item = Mark | Row


def mark_of(piece: Piece, *, may_be_short: bool) -> Mark | None:
    """The label a text is; 社会效益 without 指标 only where a label is due."""
    text = piece.text
    if len(text) > 24:
        return None
    label = folded(text)
    if not may_be_short and "指标" not in label:
        return None
    for level, canonical in ((1, canonical_level1), (2, canonical_level2)):
        name, _points = read_level(text, level)
        known = canonical(name)
        if known is not None and (level == 2 or known in LEVEL1):
            return Mark(level, known, piece)
    return None


def placed(items: Sequence[Item], draft: Draft) -> list[Row]:
    """The lines in their order, each with its levels; what had to be decided is noted on the line."""
    rows, blocks = _blocks(items)
    _mend_borders(rows, blocks)
    printed = {item.label for item in items if isinstance(item, Mark) and item.level == 1}
    told: set[str] = set()
    for row in rows:
        if row.level1 and row.level1 not in printed and row.level1 not in told:
            told.add(row.level1)
            row.notes.append(("level1", f"没有印出“{row.level1}”，按二级指标补上", None))
    for row in rows:
        if not any(name == "level2" for name, _, _ in row.notes):
            row.notes += [("level2", what, guess) for what, guess in other_level(row.text("name"), row.level2)]
    return rows


def other_level(name: str, level2: str) -> list[tuple[str, str]]:
    """What is said of a line whose name speaks for another second level than the one it is printed under."""
    guess = guess_level2(name, level2) if level2 else None
    return [(f"按印出的标签归到“{level2}”，名称更像“{guess}”，请核对", guess)] if guess is not None else []


def _blocks(items: Sequence[Item]) -> tuple[list[Row], list[int]]:
    """The lines with the levels printed over them, and for each the number of the label it stands under."""
    rows: list[Row] = []
    blocks: list[int] = []
    level1, level2, number = "", "", 0
    is_fresh1 = False
    early: list[Row] = []
    for item in items:
        if isinstance(item, Mark):
            if item.level == 1:
                is_fresh1 = item.label != level1_of(level2) if level2 else True
                level1 = item.label
            else:
                if item.label != level2:
                    number += 1
                level2, is_fresh1 = item.label, False
                level1 = level1_of(item.label) or level1
                _give(early, level1, level2)
                early = []
            continue
        if is_fresh1:
            number += 1
            level2, is_fresh1 = _only_child(level1, rows), False
            if level2 == COST:
                level1 = OUTPUT
            _give(early, level1, level2)
            early = []
        if not level2 and not level1:
            early.append(item)
        item.level1, item.level2 = level1, level2
        if level1 and not level2:
            guess = guess_level2(item.text("name"), "")
            item.level2 = guess if guess in level2_of(level1) else ""
            item.notes.append(("level2", "没有印出二级指标，请核对", "" if item.level2 else None))
        rows.append(item)
        blocks.append(number)
    for row in early:
        row.notes.append(("level2", "没有印出一级和二级指标，请补上", None))
    return rows, blocks


def _give(early: Sequence[Row], level1: str, level2: str) -> None:
    """Lines printed before the first label stand under it."""
    for row in early:
        row.level1, row.level2 = level1, level2
        row.notes.append(("level2", f"印在第一个标签之前，归到后面的“{level2 or level1}”", ""))


def _only_child(level1: str, rows: Sequence[Row]) -> str:
    """The second level of a first one whose own label is not printed, where that leaves no choice."""
    if level1 == SATISFACTION:
        return level2_of(level1)[0]
    if level1 == COST and rows and rows[-1].level1 == OUTPUT:
        return COST  # where the national form of 2020 has costs
    children = level2_of(level1)
    return children[0] if len(children) == 1 else ""


def _mend_borders(rows: Sequence[Row], blocks: Sequence[int]) -> None:
    """Labels printed a line early or late: lines at a border that say themselves which side they belong to."""
    for place in range(1, len(rows)):
        if blocks[place] == blocks[place - 1]:
            continue
        above, below = rows[place - 1], rows[place]
        if not above.level2 or not below.level2 or above.level2 == below.level2:
            continue
        if not _move_down(rows, place, below.level1, below.level2):
            _move_up(rows, place, above.level1, above.level2)


def _move_down(rows: Sequence[Row], place: int, level1: str, level2: str) -> bool:
    """Lines over a label that belong under it; the first line of their own label stays."""
    first = place
    own = rows[place - 1].level2
    while first > 1 and rows[first - 1].level2 == own == rows[first - 2].level2 and _belongs(rows[first - 1]) == level2:
        first -= 1
    for row in rows[first:place]:
        row.notes.append(("level2", f"“{level2}”印在后面一行，按名称和指标值归到“{level2}”", row.level2))
        row.level1, row.level2 = level1, level2
    return first < place


def _move_up(rows: Sequence[Row], place: int, level1: str, level2: str) -> None:
    """The first lines under a label that belong over it; one line of the label stays."""
    own = rows[place].level2
    last = place
    while last + 1 < len(rows) and rows[last].level2 == own == rows[last + 1].level2 and _belongs(rows[last]) == level2:
        last += 1
    for row in rows[place:last]:
        row.notes.append(("level2", f"“{own}”印早了一行，按名称归到“{level2}”", row.level2))
        row.level1, row.level2 = level1, level2


def _belongs(row: Row) -> str | None:
    """The second level the words of a line speak for, None where they speak for none but its own."""
    guess = guess_level2(row.text("name"), row.level2)
    if guess is not None or row.level2 == TIMELINESS:
        return guess
    return TIMELINESS if _IN_TIME.match(row.text("target_text")) else None
