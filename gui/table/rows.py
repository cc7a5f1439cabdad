"""Which rows the grid has, from top to bottom, as plain data.

Rows stand in the order of the record, which is the order of print: a level is one run of lines that name it. Lines
that are out of the official order therefore show as a second run, and no line is ever hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from model.records import Indicator
from model.values.taxonomy import LEVELS, OUTPUT, QUANTITY, canonical_level1, canonical_level2

Key = tuple[str, ...]
Levels = tuple[str, str]


class RowKind(StrEnum):
    """What a row stands for."""

    LINE = "line"
    """An indicator."""
    VACANT = "vacant"
    """A 二级指标 without a line, which waits for its first."""
    FOLDED = "folded"
    """A 一级指标 whose lines are folded away."""
    NEW = "new"
    """The row below the last line: what is typed here becomes a new line."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``key`` stays the same while it is there; ``runs`` are the runs of its 一级 and 二级指标, from 0 on."""

    key: Key
    kind: RowKind
    levels: Levels
    runs: tuple[int, int]
    line_ids: tuple[str, ...] = ()

    @property
    def line_id(self) -> str:
        """The line it shows, "" for a row of another kind."""
        return self.line_ids[0] if self.kind is RowKind.LINE else ""


@dataclass(slots=True)
class _Level2:
    label: str
    lines: list[Indicator] = field(default_factory=list)


@dataclass(slots=True)
class _Level1:
    label: str
    below: list[_Level2] = field(default_factory=list)


def line_key(line_id: str) -> Key:
    """The key of an indicator's row."""
    return (RowKind.LINE, line_id)


def rows_of(
    lines: Iterable[Indicator], vacant: Collection[Levels], folded: Collection[str], *, has_lines: bool
) -> tuple[Row, ...]:
    """The rows of a form that has been started.

    ``vacant`` are the 二级指标 that get a row though they have no line, ``folded`` the 一级指标 shown as one row. The
    row below the last line is there when the form ``has_lines`` in the file: it does not come while the first is typed.
    """
    groups = _runs(lines)
    last = _last_levels(groups)
    for levels in vacant:
        _add_vacant(groups, levels)
    rows: list[Row] = []
    seen: dict[Key, int] = {}
    run = 0
    for number, level1 in enumerate(groups):
        if level1.label in folded:
            ids = tuple(line.id for level2 in level1.below for line in level2.lines)
            key = _numbered(seen, (RowKind.FOLDED, level1.label))
            rows.append(Row(key, RowKind.FOLDED, (level1.label, ""), (number, run), ids))
            run += 1
            continue
        for level2 in level1.below:
            levels = (level1.label, level2.label)
            if not level2.lines:
                key = _numbered(seen, (RowKind.VACANT, *levels))
                rows.append(Row(key, RowKind.VACANT, levels, (number, run)))
            rows += [Row(line_key(line.id), RowKind.LINE, levels, (number, run), (line.id,)) for line in level2.lines]
            run += 1
    if has_lines or not rows:
        rows.append(Row((RowKind.NEW,), RowKind.NEW, last, (len(groups), run)))
    return tuple(rows)


def _numbered(seen: dict[Key, int], key: Key) -> Key:
    number = seen.get(key, 0)
    seen[key] = number + 1
    return (*key, str(number))


def _runs(lines: Iterable[Indicator]) -> list[_Level1]:
    groups: list[_Level1] = []
    for line in lines:
        if not groups or groups[-1].label != line.level1:
            groups.append(_Level1(line.level1))
        below = groups[-1].below
        if not below or below[-1].label != line.level2:
            below.append(_Level2(line.level2))
        below[-1].lines.append(line)
    return groups


def _last_levels(groups: list[_Level1]) -> Levels:
    return (groups[-1].label, groups[-1].below[-1].label) if groups else (OUTPUT, QUANTITY)


def _add_vacant(groups: list[_Level1], levels: Levels) -> None:
    """A 二级指标 without lines at its place in the official order, unless a line stands under it."""
    label1, label2 = levels
    same = [group for group in groups if (canonical_level1(group.label) or group.label) == label1]
    if any((canonical_level2(below.label) or below.label) == label2 for group in same for below in group.below):
        return
    if not same:
        group = _Level1(label1)
        groups.insert(_place([one.label for one in groups], label1, tuple(LEVELS)), group)
        same = [group]
    below = same[0].below
    below.insert(_place([one.label for one in below], label2, LEVELS.get(label1, ())), _Level2(label2))


def _place(labels: list[str], new: str, order: tuple[str, ...]) -> int:
    """Before the first that comes later in the official order; labels that are not official stay last."""
    rank = order.index(new)
    later = (at for at, label in enumerate(labels) if label not in order or order.index(label) > rank)
    return next(later, len(labels))
