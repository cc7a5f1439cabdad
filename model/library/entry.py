"""An entry of the indicator library: what an indicator is usually called, and aims at (docs/library.md §1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from model.quantity import Comparator, Kind, Style, Value, canonical, parse
from model.values.matching import matching_name
from model.values.taxonomy import canonical_level2, is_timely, level1_of
from model.values.units import STANDARD, UnitTable

Key = tuple[str, str]
"""What makes two entries the same: 二级指标 in today's name, and the name as it is compared (domain.md §8.3)."""


class Direction(StrEnum):
    """Which way an indicator is better; the value is its word in a library file."""

    HIGHER = "higher"
    LOWER = "lower"
    JUDGED = "judged"
    """In words: there is no more or less."""

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"higher": "越高越好", "lower": "越低越好"}.get(self.value, "定性判断")


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator: its 二级指标, its name, and its usual 年度指标值 as a person may type it (``≥90%``, ``完善``).

    ``pinyin`` is its name as :class:`model.library.spelling.Spelling` reads it; empty when it was not spelt yet.
    """

    level2: str
    name: str
    target: str = ""
    direction: Direction = Direction.JUDGED
    pinyin: str = ""

    @property
    def key(self) -> Key:
        """What makes this entry the same as another one."""
        return key_of(self.level2, self.name)

    @property
    def level1(self) -> str:
        """The 一级指标 above its 二级指标; empty for a level that is not official."""
        return level1_of(self.level2) or ""

    def target_in(self, style: Style, units: UnitTable = STANDARD) -> str:
        """The 年度指标值 as a form of a style prints it; words, and values with words round them, as typed."""
        return canonical(self.value(units), style)

    def value(self, units: UnitTable = STANDARD) -> Value:
        """What the 年度指标值 means."""
        return parse(self.target, units, timely=is_timely(self.level2))

    def parts(self, units: UnitTable = STANDARD) -> tuple[str, str, str]:
        """Comparator, value and unit of the 年度指标值; words, and whatever is more than a quantity, are the value."""
        value = self.value(units)
        if value.kind is not Kind.QUANT or value.number is None or value.before or value.after:
            return "", self.target, ""
        sign = value.comparator.symbol if value.has_comparator and value.comparator is not None else ""
        return sign, f"{value.number:f}", value.unit_raw


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """What a person decided of an entry: to keep it as it is here, or (``is_removed``) to be offered it no more."""

    entry: Entry
    is_removed: bool = False


class Source(StrEnum):
    """Where an entry comes from."""

    KEPT = "kept"
    USED = "used"
    SHIPPED = "shipped"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"kept": "自存", "used": "本单位用过"}.get(self.value, "通用")


@dataclass(frozen=True, slots=True)
class Known:
    """An entry as it is offered: how many of the unit's projects have a line of its name, and the latest year of them.

    ``only_in`` is the id of the one project that has such lines, empty when there are several or none.
    """

    entry: Entry
    source: Source
    count: int = 0
    year: int = 0
    only_in: str = ""

    @property
    def origin(self) -> str:
        """Where it comes from, in words: ``2025 年等 3 个项目用过``."""
        if self.source is Source.SHIPPED or not self.count:
            return self.source.label
        used = f"{self.year} 年用过" if self.count == 1 else f"{self.year} 年等 {self.count} 个项目用过"
        return f"{self.source.label}，{used}" if self.source is Source.KEPT else used


def key_of(level2: str, name: str) -> Key:
    """The key of a line or an entry."""
    return canonical_level2(level2) or level2.strip(), matching_name(name)


def entry_of(level2: str, name: str, target: str, units: UnitTable = STANDARD) -> Entry:
    """The entry a line of a form makes, in today's name of its level; its direction is that of its comparator."""
    entry = Entry(canonical_level2(level2) or level2.strip(), name.strip(), target.strip())
    return replace(entry, direction=_direction(entry.value(units)))


def _direction(value: Value) -> Direction:
    if value.kind is Kind.QUANT and value.comparator is not None:
        return Direction.LOWER if value.comparator.is_negative else Direction.HIGHER
    return Direction.HIGHER if value.kind in {Kind.QUANT, Kind.RANGE} else Direction.JUDGED


SIGNS: frozenset[str] = frozenset(comparator.symbol for comparator in Comparator)
"""The comparators an entry may have in a library file; none for words."""
