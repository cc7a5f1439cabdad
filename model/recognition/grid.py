"""A grid of texts as any reader hands it over, and the account of which of them have found their place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

Place = tuple[int, int]
"""Row and column, counted from 0."""


class Cell(NamedTuple):
    """A column and the text in it. ``label`` is that text where it may be a printed word of a form, blank where not."""

    column: int
    text: str
    label: str


def _nothing() -> Mapping[Place, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Grid:
    """The texts of a table by place; blank cells are left out.

    ``exact`` holds, for a cell whose program keeps a number or a date, that value without its format (a plain decimal
    number, where 95 % is 0.95, or an ISO date). ``shown`` is the text of such a cell as its program prints it.
    ``computed`` are the cells a formula fills. ``spans`` are the rows and columns a merged cell covers.
    ``notes`` are sentences about cells the reader could not make out. ``typed`` are the cells, blank ones too, known
    to hold what a person typed (interchange.md §4): none of them is ever a label, whatever it says. ``printed`` are
    those known to hold the form's own words; where there are such, a text that is neither has been put there since.
    """

    texts: Mapping[Place, str]
    exact: Mapping[Place, str] = field(default_factory=_nothing)
    shown: Mapping[Place, str] = field(default_factory=_nothing)
    computed: frozenset[Place] = frozenset()
    spans: Mapping[Place, tuple[int, int]] = field(default_factory=lambda: MappingProxyType({}))
    notes: Mapping[Place, str] = field(default_factory=_nothing)
    typed: frozenset[Place] = frozenset()
    printed: frozenset[Place] = frozenset()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a form that a person should see: a sentence, and the cells it is about with their texts."""

    what: str
    cells: tuple[tuple[Place, str], ...] = ()


@dataclass(slots=True)
class Area:
    """The rows of one form on a grid. Whatever is read out of it is taken, and the rest is told in the end."""

    grid: Grid
    rows: list[tuple[int, list[Cell]]]
    doubts: list[Doubt] = field(default_factory=list)
    line_rows: list[int] = field(default_factory=list)
    """The row of each indicator line, in their order."""
    _taken: set[Place] = field(default_factory=set)
    _by_row: dict[int, dict[int, Cell]] = field(default_factory=dict)
    _merged: dict[int, list[Place]] | None = None

    def __post_init__(self) -> None:
        self._by_row = {row: {cell.column: cell for cell in cells} for row, cells in self.rows}

    def take(self, row: int, column: int) -> str:
        """The text at a place, which has found its use; blank where there is none."""
        self._taken.add((row, column))
        return self.grid.texts.get((row, column), "")

    def is_taken(self, row: int, column: int) -> bool:
        """Whether the text at a place has found its use."""
        return (row, column) in self._taken

    def doubt(self, what: str, *places: Place) -> None:
        """Tell a person of cells."""
        self.doubts.append(Doubt(what, tuple((place, self.grid.texts.get(place, "")) for place in places)))

    def columns_of(self, row: int, column: int) -> range:
        """The columns a cell covers."""
        return range(column, column + self.grid.spans.get((row, column), (1, 1))[1])

    def is_typed(self, row: int, column: int) -> bool:
        """Whether the cell at a place is known to hold what a person typed, as it stands."""
        return (row, column) in self.grid.typed

    def is_typed_blank(self, row: int, column: int) -> bool:
        """Whether a place is known to have been left blank, and is no part of a cell merged from above."""
        if not self.is_typed(row, column) or (row, column) in self.grid.texts:
            return False
        if self._merged is None:
            self._merged = _merged_over_rows(self.grid)
        merged = self._merged.get(column, [])
        above = bisect_left(merged, (row, 0)) - 1
        return above < 0 or merged[above][1] <= row

    def cells(self, row: int) -> dict[int, Cell]:
        """The cells of a row by their columns."""
        return self._by_row.get(row, {})

    def left_over(self) -> Iterator[tuple[int, list[Cell]]]:
        """The rows with the texts nobody took."""
        for row, cells in self.rows:
            rest = [cell for cell in cells if (row, cell.column) not in self._taken and cell.text.strip()]
            if rest:
                yield row, rest


def _merged_over_rows(grid: Grid) -> dict[int, list[Place]]:
    """By column, the first row of each cell merged over rows, and the row after its last, in their order."""
    merged: dict[int, list[Place]] = {}
    for (row, column), (count, _) in sorted(grid.spans.items()):
        if count > 1:
            merged.setdefault(column, []).append((row, row + count))
    return merged


def rows_of(grid: Grid) -> list[tuple[int, list[Cell]]]:
    """The rows that have texts, in order, each with its cells."""
    rows: dict[int, list[Cell]] = {}
    for place in sorted(grid.texts):
        row, column = place
        text = grid.texts[place]
        rows.setdefault(row, []).append(Cell(column, text, "" if place in grid.typed else text))
    return list(rows.items())
