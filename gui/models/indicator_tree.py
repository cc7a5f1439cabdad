"""Which rows the indicator table should have.

Rows stand in the order of the record, which is the order of print: a level is one run of lines that name it. Lines
that are out of the official order therefore show as a second run, and no line is ever hidden.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gui.models.keyed_tree import Key, Wanted
from model.records import Indicator
from model.values.taxonomy import LEVELS

LINE = "line"
LEVEL1 = "level1"
LEVEL2 = "level2"


def line_key(line_id: str) -> Key:
    """The key of an indicator line."""
    return (LINE, line_id)


def line_id_of(key: Key) -> str:
    """The line a key stands for, "" for a level."""
    return key[1] if key[:1] == (LINE,) else ""


def levels_of(key: Key) -> tuple[str, str | None] | None:
    """(一级, 二级) a level's key stands for; 二级 is None for a level-1 row. None for any other key."""
    match key:
        case (kind, level1, _) if kind == LEVEL1:
            return level1, None
        case (kind, level1, _, level2, _) if kind == LEVEL2:
            return level1, level2
        case _:
            return None


def is_first_run(key: Key) -> bool:
    """Whether a level's row is the first that names this level."""
    return key[-1] == "0"


@dataclass
class _Runs:
    """How many runs of a level there are so far."""

    counts: dict[Key, int] = field(default_factory=dict)

    def next_level1(self, level1: str) -> Wanted:
        return Wanted((LEVEL1, level1, self._count(level1)))

    def next_level2(self, parent: Wanted, level2: str) -> Wanted:
        return Wanted((LEVEL2, *parent.key[1:], level2, self._count(parent.key[1], level2)))

    def has(self, *labels: str) -> bool:
        return labels in self.counts

    def _count(self, *labels: str) -> str:
        number = self.counts.get(labels, 0)
        self.counts[labels] = number + 1
        return str(number)


def wanted_rows(lines: tuple[Indicator, ...], *, with_all_levels: bool) -> Wanted:
    """The rows for these lines; with every standard level too, if wanted, at its place in the official order."""
    runs = _Runs()
    level1_rows: list[Wanted] = []
    level1: Wanted | None = None
    level2: Wanted | None = None
    for line in lines:
        if level1 is None or level1.key[1] != line.level1:
            level1, level2 = runs.next_level1(line.level1), None
            level1_rows.append(level1)
        if level2 is None or level2.key[3] != line.level2:
            level2 = runs.next_level2(level1, line.level2)
            level1.children.append(level2)
        level2.children.append(Wanted(line_key(line.id)))
    if with_all_levels:
        _add_missing_levels(level1_rows, runs)
    return Wanted((), level1_rows)


def _add_missing_levels(level1_rows: list[Wanted], runs: _Runs) -> None:
    for label1, labels2 in LEVELS.items():
        if not runs.has(label1):
            _insert_in_order(level1_rows, runs.next_level1(label1), tuple(LEVELS), 1)
        level1 = next(row for row in level1_rows if row.key[1] == label1)
        for label2 in labels2:
            if not runs.has(label1, label2):
                _insert_in_order(level1.children, runs.next_level2(level1, label2), labels2, 3)


def _insert_in_order(rows: list[Wanted], new: Wanted, order: tuple[str, ...], label_at: int) -> None:
    """Put a row before the first that comes later in the official order; unknown labels stay last."""
    rank = order.index(new.key[label_at])
    for position, row in enumerate(rows):
        label = row.key[label_at]
        if label not in order or order.index(label) > rank:
            rows.insert(position, new)
            return
    rows.append(new)
