"""Drawn lines as tables: which cells they enclose, merged ones too."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.pdf.characters import Box, DrawnPage, Rule

_NEAR = 300
"""Lines no further apart are one: double borders, and borders each cell draws for itself."""
_GAP = 400
"""What may be missing between two pieces of one line, as between the dashes of a dotted one."""
_SHORTEST = 800
"""Anything shorter is an underlining or an ornament, not the side of a cell."""
_MOST_LINES = 2_000
_COVERED = 60
"""How many per cent of the side of a cell have to be drawn."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its first and last row, and where it stands on the page."""

    first: int
    last: int
    box: Box


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table of a page: its cells in reading order, how many rows it has, and where it stands."""

    cells: tuple[Cell, ...]
    rows: int
    box: Box

    def cell_at(self, x: int, y: int) -> Cell | None:
        """The cell a point lies in."""
        for cell in self.cells:
            if cell.box.left <= x < cell.box.right and cell.box.top <= y < cell.box.bottom:
                return cell
        return None


def tables_of(page: DrawnPage) -> tuple[Table, ...]:
    """The ruled tables of a page from top to bottom."""
    level, upright = joined(page.level), joined(page.upright)
    if not level or not upright or len(level) + len(upright) > _MOST_LINES:
        return ()
    found = (_table(*group) for group in _groups(level, upright))
    return tuple(sorted((table for table in found if table is not None), key=lambda one: (one.box.top, one.box.left)))


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """Lines put together out of their pieces; what is too short for the side of a cell is left out."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules):
        if lines and rule.at - lines[-1][0].at <= _NEAR:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    found: list[Rule] = []
    for pieces in lines:
        at = sum(piece.at for piece in pieces) // len(pieces)
        start, end = None, 0
        for piece in sorted(pieces, key=lambda one: one.start):
            if start is not None and piece.start - end <= _GAP:
                end = max(end, piece.end)
                continue
            if start is not None:
                found.append(Rule(at, start, end))
            start, end = piece.start, piece.end
        assert start is not None
        found.append(Rule(at, start, end))
    return [rule for rule in found if rule.end - rule.start >= _SHORTEST]


def _groups(level: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that touch, together."""
    parents = list(range(len(level) + len(upright)))

    def root(one: int) -> int:
        while parents[one] != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    for number, line in enumerate(level):
        for other, wall in enumerate(upright, start=len(level)):
            if line.start - _GAP <= wall.at <= line.end + _GAP and wall.start - _GAP <= line.at <= wall.end + _GAP:
                parents[root(number)] = root(other)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number, line in enumerate([*level, *upright]):
        groups.setdefault(root(number), ([], []))[number >= len(level)].append(line)
    return list(groups.values())


def _table(level: list[Rule], upright: list[Rule]) -> Table | None:
    if len(level) < 2 or not upright:
        return None
    left = min(*(line.start for line in level), *(wall.at for wall in upright), level[0].start)
    right = max(*(line.end for line in level), *(wall.at for wall in upright), level[0].end)
    top = min(*(wall.start for wall in upright), *(line.at for line in level))
    bottom = max(*(wall.end for wall in upright), *(line.at for line in level))
    xs = _positions([wall.at for wall in upright], left, right)
    ys = _positions([line.at for line in level], top, bottom)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) == 2 and len(ys) == 2):
        return None  # a frame round the page, or round a picture
    cells = tuple(_Field(xs, ys, level, upright).cells())
    return Table(cells, len(ys) - 1, Box(xs[0], ys[0], xs[-1], ys[-1]))


def _positions(at: Iterable[int], first: int, last: int) -> list[int]:
    """The places of lines across a table, its outer edges among them whether they are drawn or not."""
    found: list[int] = []
    for one in sorted({*at, first, last}):
        if not found or one - found[-1] > _NEAR:
            found.append(one)
    return found


class _Field:
    """A table as the smallest fields its lines make, and which of them belong together."""

    def __init__(self, xs: list[int], ys: list[int], level: Iterable[Rule], upright: Iterable[Rule]) -> None:
        self._xs, self._ys = xs, ys
        self._below = _sides(level, ys, xs)
        self._beside = _sides(upright, xs, ys)

    def cells(self) -> list[Cell]:
        """The cells in reading order: each as far to the right, then as far down, as nothing is drawn in between."""
        width, height = len(self._xs) - 1, len(self._ys) - 1
        taken: set[tuple[int, int]] = set()
        found: list[Cell] = []
        for row in range(height):
            for column in range(width):
                if (row, column) in taken:
                    continue
                right = column
                while right + 1 < width and (right + 1, row) not in self._beside and (row, right + 1) not in taken:
                    right += 1
                last = row
                while last + 1 < height and self._goes_on(last, column, right):
                    last += 1
                taken |= {(one, other) for one in range(row, last + 1) for other in range(column, right + 1)}
                box = Box(self._xs[column], self._ys[row], self._xs[right + 1], self._ys[last + 1])
                found.append(Cell(row, last, box))
        return found

    def _goes_on(self, row: int, first: int, last: int) -> bool:
        """Whether fields side by side go on into the row below."""
        return not any((row + 1, column) in self._below for column in range(first, last + 1)) and not any(
            (column, row + 1) in self._beside for column in range(first + 1, last + 1)
        )


def _sides(rules: Iterable[Rule], across: list[int], along: list[int]) -> set[tuple[int, int]]:
    """The sides of fields that are drawn: which line across the table, and which field along it."""
    covered: dict[tuple[int, int], int] = {}
    for rule in rules:
        number = max(0, bisect_right(across, rule.at + _NEAR) - 1)
        if number and abs(across[number - 1] - rule.at) < abs(across[number] - rule.at):
            number -= 1
        for field in range(len(along) - 1):
            part = min(rule.end, along[field + 1]) - max(rule.start, along[field])
            if part > 0:
                covered[number, field] = covered.get((number, field), 0) + part
    return {
        (number, field)
        for (number, field), part in covered.items()
        if part * 100 >= (along[field + 1] - along[field]) * _COVERED
    }
