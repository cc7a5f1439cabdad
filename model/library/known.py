"""What the library knows: the entries that come with the program, the unit's own rows, and the lines of its projects.

Nothing here grows with the library but the search itself: a change of a project or a row touches its own entries only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from model.library.entry import Direction, Entry, Key, LibraryRow, entry_of
from model.library.spelling import Spelling, typed_letters
from model.records import Indicator, Project
from model.values.matching import matching_name
from model.values.taxonomy import canonical_level2


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


@dataclass(frozen=True, slots=True)
class _Use:
    """What the lines of one project make of one entry."""

    year: int
    entry: Entry


@dataclass(frozen=True)
class _Spelt:
    """An entry ready to be searched: ``text`` is its name, ``hay`` everything it can be found by."""

    known: Known
    spelling: Spelling
    text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", matching_name(self.known.entry.name).casefold())

    @cached_property
    def hay(self) -> str:
        return "\n".join((self.text, *self.spelling.initials, *self.spelling.full))

    def quality(self, name: str, letters: str) -> int | None:
        """How well what was typed fits, 0 the best: the name begins with it, holds it, the same of its pinyin."""
        if self.text.startswith(name):
            return 0
        if name in self.text:
            return 1
        if letters and any(one.startswith(letters) for one in self.spelling.initials):
            return 2
        if letters and any(one.startswith(letters) for one in self.spelling.full):
            return 3
        return 4 if letters and any(letters in one for one in self.spelling.initials) else None


class Library:
    """The entries of one store. ``spell`` gives the pinyin of a name that came without."""

    def __init__(self, shipped: Iterable[Entry], spell: Callable[[str], str]) -> None:
        self._spell = spell
        self._shipped = {entry.key: entry for entry in shipped}
        self._rows: dict[Key, LibraryRow] = {}
        self._uses: dict[Key, dict[str, _Use]] = {}
        self._keys: dict[str, frozenset[Key]] = {}
        self._spelt: dict[Key, _Spelt] = {}
        for key in self._shipped:
            self._refresh(key)

    def __len__(self) -> int:
        return len(self._spelt)

    @property
    def rows(self) -> Mapping[Key, LibraryRow]:
        """What a person decided, by the keys of the entries, in the order of the decisions."""
        return MappingProxyType(self._rows)

    def removed(self) -> tuple[Entry, ...]:
        """The entries a person took out, in the order they did."""
        return tuple(row.entry for row in self._rows.values() if row.is_removed)

    def known(self, key: Key) -> Known | None:
        """An entry by its key, None for one that is not offered."""
        spelt = self._spelt.get(key)
        return spelt.known if spelt is not None else None

    def stands_by_itself(self, key: Key) -> bool:
        """Whether an entry comes with the program or from a project, whatever was decided of it."""
        return key in self._shipped or key in self._uses

    def take_row(self, before: LibraryRow | None, after: LibraryRow | None) -> None:
        """A person decided something else of an entry."""
        if before is not None:
            self._rows.pop(before.entry.key, None)
        if after is not None:
            self._rows[after.entry.key] = after
        for row in (before, after):
            if row is not None:
                self._refresh(row.entry.key)

    def follow(self, project: Project) -> None:
        """Count the lines of a project as they are now."""
        self._take(project.id, dict(_uses(project)))

    def forget(self, project_id: str) -> None:
        """Count the lines of a project no more."""
        self._take(project_id, {})

    def search(self, typed: str, level2: str = "", here: str = "", limit: int | None = None) -> tuple[Known, ...]:
        """The entries that fit what was typed, the likeliest first; all of them when nothing was.

        First the unit's own (kept or used), first those of ``level2``, then by how well they fit and how often they
        were used. Entries of the project ``here`` alone are left out.
        """
        name, letters = matching_name(typed).casefold(), typed_letters(typed)
        level2 = canonical_level2(level2) or level2
        ranked = []
        for number, spelt in enumerate(self._holding(name, letters)):
            known, quality = spelt.known, spelt.quality(name, letters)
            if quality is not None and not (here and known.only_in == here and known.source is Source.USED):
                is_other = known.entry.level2 != level2
                is_shipped = known.source is Source.SHIPPED
                ranked.append((is_shipped, is_other, quality, -known.count, -known.year, number, known))
        ranked.sort(key=lambda one: one[:-1])
        return tuple(one[-1] for one in ranked[:limit])

    def _holding(self, name: str, letters: str) -> Iterator[_Spelt]:
        """The entries that can be found at all by what was typed."""
        return (spelt for spelt in self._spelt.values() if name in spelt.hay or (letters and letters in spelt.hay))

    def _take(self, project_id: str, uses: dict[Key, _Use]) -> None:
        before = self._keys.pop(project_id, frozenset())
        for key in before:
            self._uses[key].pop(project_id)
            if not self._uses[key]:
                del self._uses[key]
        for key, use in uses.items():
            self._uses.setdefault(key, {})[project_id] = use
        if uses:
            self._keys[project_id] = frozenset(uses)
        for key in before | frozenset(uses):
            self._refresh(key)

    def _refresh(self, key: Key) -> None:
        known = self._known(key)
        if known is None:
            self._spelt.pop(key, None)
            return
        before = self._spelt.get(key)
        spelling = before.spelling if before is not None and before.known.entry.name == known.entry.name else None
        if spelling is None:
            shipped = self._shipped.get(key, known.entry)
            spelling = Spelling.of(known.entry.pinyin or shipped.pinyin or self._spell(known.entry.name))
        self._spelt[key] = _Spelt(known, spelling)

    def _known(self, key: Key) -> Known | None:
        row, shipped, uses = self._rows.get(key), self._shipped.get(key), self._uses.get(key, {})
        if row is not None and row.is_removed:
            return None
        latest = max(uses.values(), key=lambda use: (bool(use.entry.target), use.year), default=None)
        if row is not None:
            entry, source = row.entry, Source.KEPT
        elif latest is not None:
            entry, source = _with_shipped(latest.entry, shipped), Source.USED
        elif shipped is not None:
            return Known(shipped, Source.SHIPPED)
        else:
            return None
        year = max((use.year for use in uses.values()), default=0)
        return Known(entry, source, len(uses), year, next(iter(uses)) if len(uses) == 1 else "")


def _with_shipped(entry: Entry, shipped: Entry | None) -> Entry:
    """What a line leaves open is that of the entry that came with the program; its own value counts."""
    if shipped is None:
        return entry
    if not entry.target:
        return replace(shipped, name=entry.name)
    is_open = entry.direction is Direction.JUDGED
    return replace(entry, direction=shipped.direction if is_open else entry.direction)


def _uses(project: Project) -> Iterator[tuple[Key, _Use]]:
    found: dict[Key, list[Entry]] = {}
    for line in _lines(project):
        if line.name.strip():
            entry = entry_of(line.level2, line.name, line.target_text)
            found.setdefault(entry.key, []).append(entry)
    for key, entries in found.items():
        last = next((entry for entry in reversed(entries) if entry.target), entries[-1])
        yield key, _Use(project.year, last)


def _lines(project: Project) -> Iterator[Indicator]:
    for form in project.forms:
        yield from project.indicators(form)
