"""The rows of the navigator that are there: years, units and projects, in their order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it brings sqlalchemy, which the first paint does not wait for
    from storage.store.summaries import ProjectSummary

Order = tuple[int, str, int]


class Level(Enum):
    """What a row stands for."""

    YEAR = "year"
    UNIT = "unit"
    PROJECT = "project"


class Row:
    """One row that is there. ``number`` stands for it in model indexes and is never used twice."""

    __slots__ = ("children", "level", "number", "order", "parent", "summary")

    def __init__(self, number: int, level: Level | None, order: Order, parent: Row | None) -> None:
        self.number = number
        self.level = level
        self.order = order
        self.parent = parent
        self.children: list[Row] = []
        self.summary: ProjectSummary | None = None

    @property
    def place(self) -> int:
        """The position among the rows of its parent."""
        return self.parent.position(self.order) if self.parent is not None else 0

    def position(self, order: Order) -> int:
        """Where the child with this order stands, or would."""
        return bisect_left(self.children, order, key=_order)

    def child(self, order: Order) -> Row | None:
        """The child with this order."""
        position = self.position(order)
        found = self.children[position] if position < len(self.children) else None
        return found if found is not None and found.order == order else None


def _order(row: Row) -> Order:
    return row.order


class Rows:
    """A tree of years, units and projects, and where each project stands in it."""

    def __init__(self, summaries: Iterable[ProjectSummary], numbers: Iterator[int], most: int | None = None) -> None:
        self.root = Row(0, None, (0, "", 0), None)
        self.by_number = {0: self.root}
        self.by_project: dict[str, Row] = {}
        self._numbers = numbers
        self.take_in(summaries, most)

    def take_in(self, summaries: Iterable[ProjectSummary], most: int | None = None) -> None:
        """Make the rows that are not there yet, until there are ``most``."""
        for summary in summaries:  # they come in order, so every new row is the last of its parent
            if most is not None and len(self.by_number) > most:
                break
            year = self.new(Level.YEAR, summary, self.root)
            self.new(Level.PROJECT, summary, self.new(Level.UNIT, summary, year))

    def new(self, level: Level, summary: ProjectSummary, parent: Row) -> Row:
        """The row of a project, or of its year or unit, made at its place when it is not there."""
        order = order_at(level, summary)
        last = parent.children[-1] if parent.children else None
        found = last if last is not None and last.order == order else parent.child(order)
        if found is None:
            found = Row(next(self._numbers), level, order, parent)
            parent.children.insert(len(parent.children) if last and last.order < order else found.place, found)
            self.by_number[found.number] = found
        if level is Level.PROJECT:
            found.summary = summary
            self.by_project[summary.id] = found
        return found

    def neighbour(self, summary: ProjectSummary) -> Row | None:
        """The project that stands where one stood that is gone: the one after it, else the one before it."""
        row, last = self.root, 0
        for level in (Level.YEAR, Level.UNIT, Level.PROJECT):
            order = order_at(level, summary)
            place = row.position(order)
            found = row.child(order)
            if not row.children:
                return None
            if found is None or level is Level.PROJECT:
                is_behind = place == len(row.children)
                row, last = row.children[place - 1 if is_behind else place], -1 if is_behind else 0
                break
            row = found
        while row.children:
            row = row.children[last]
        return row

    def forget(self, row: Row) -> None:
        """Take a row out that has no rows of its own."""
        assert row.parent is not None
        row.parent.children.pop(row.place)
        del self.by_number[row.number]
        if row.summary is not None:
            del self.by_project[row.summary.id]


def order_at(level: Level, summary: ProjectSummary) -> Order:
    """Where the row of a project, or of its year or unit, stands among its like."""
    match level:
        case Level.YEAR:
            return (-summary.year, "", 0)
        case Level.UNIT:
            return (0, summary.unit.strip(), 0)
        case Level.PROJECT:
            return (0, "", summary.place)
