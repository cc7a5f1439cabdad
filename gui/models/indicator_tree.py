"""The tree behind the indicator table: which rows there should be, and the nodes there are.

Rows stand in the order of the record, which is the order of print: a level is one run of lines that name it. Lines
that are out of the official order therefore show as a second run, and no line is ever hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gui.models.cells import LevelView, LineView
from model.records import Indicator
from model.taxonomy import LEVELS

Key = tuple[str, ...]


class Node:
    """One row that is there. ``number`` identifies it in model indexes and is never used twice."""

    __slots__ = ("children", "key", "number", "parent", "view")

    def __init__(self, number: int, key: Key, parent: Node | None) -> None:
        self.number = number
        self.key = key
        self.parent = parent
        self.children: list[Node] = []
        self.view: LineView | LevelView | None = None

    @property
    def row(self) -> int:
        """The position among its siblings; 0 for the root."""
        return self.parent.children.index(self) if self.parent is not None else 0

    @property
    def is_line(self) -> bool:
        """Whether it is an indicator line."""
        return self.key[:1] == ("line",)

    @property
    def line_id(self) -> str:
        """The id of the line, "" for a level."""
        return self.key[1] if self.is_line else ""

    def walk(self) -> Iterator[Node]:
        """Every node below this one, from top to bottom."""
        for child in self.children:
            yield child
            yield from child.walk()


@dataclass
class Wanted:
    """One row that should be there. ``occurrence`` counts the runs of one level from 0."""

    key: Key
    level1: str = ""
    level2: str | None = None
    occurrence: int = 0
    line: Indicator | None = None
    children: list[Wanted] = field(default_factory=list)

    def line_count(self) -> int:
        """How many lines it holds."""
        return 1 if self.line is not None else sum(child.line_count() for child in self.children)

    def walk(self) -> Iterator[Wanted]:
        """Every wanted row below this one."""
        for child in self.children:
            yield child
            yield from child.walk()


def line_key(line_id: str) -> Key:
    """The key of an indicator line."""
    return ("line", line_id)


def wanted_rows(lines: tuple[Indicator, ...], *, with_all_levels: bool) -> Wanted:
    """The rows for these lines; with every standard level too, if wanted, at its place in the official order."""
    root = Wanted(())
    level1_runs: dict[str, int] = {}
    level2_runs: dict[tuple[str, str], int] = {}
    for line in lines:
        if not root.children or root.children[-1].level1 != line.level1:
            root.children.append(_level1(line.level1, level1_runs))
        level1 = root.children[-1]
        if not level1.children or level1.children[-1].level2 != line.level2:
            level1.children.append(_level2(level1, line.level2, level2_runs))
        level1.children[-1].children.append(Wanted(line_key(line.id), line.level1, line.level2, line=line))
    if with_all_levels:
        _add_missing_levels(root, level1_runs, level2_runs)
    return root


def _level1(label: str, runs: dict[str, int]) -> Wanted:
    occurrence = runs.get(label, 0)
    runs[label] = occurrence + 1
    return Wanted(("level1", label, str(occurrence)), label, None, occurrence)


def _level2(parent: Wanted, label: str, runs: dict[tuple[str, str], int]) -> Wanted:
    pair = (parent.level1, label)
    occurrence = runs.get(pair, 0)
    runs[pair] = occurrence + 1
    return Wanted(("level2", *parent.key[1:], label, str(occurrence)), parent.level1, label, occurrence)


def _add_missing_levels(root: Wanted, level1_runs: dict[str, int], level2_runs: dict[tuple[str, str], int]) -> None:
    for label1, labels2 in LEVELS.items():
        if label1 not in level1_runs:
            _insert_in_order(root, _level1(label1, level1_runs))
        level1 = next(child for child in root.children if child.level1 == label1)
        for label2 in labels2:
            if (label1, label2) not in level2_runs:
                _insert_in_order(level1, _level2(level1, label2, level2_runs))


def _insert_in_order(parent: Wanted, new: Wanted) -> None:
    for position, child in enumerate(parent.children):
        if _rank(child) > _rank(new):
            parent.children.insert(position, new)
            return
    parent.children.append(new)


def _rank(row: Wanted) -> int:
    """Where a level stands among its siblings in the official order; unknown labels come last."""
    labels = tuple(LEVELS) if row.level2 is None else tuple(LEVELS.get(row.level1, ()))
    label = row.level1 if row.level2 is None else row.level2
    return labels.index(label) if label in labels else len(labels)
