"""What the library knows: the entries that come with the program, the unit's own rows, and the lines of its projects.

Nothing here grows with the library but the search itself: a change of a project or a row touches its own entries only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from operator import itemgetter
from types import MappingProxyType

from model.library.entry import Direction, Entry, Key, Known, LibraryRow, Source, entry_of
from model.library.spelling import Spelling, typed_letters
from model.library.spelt import Group, Spelt
from model.records import Indicator, Project
from model.values.matching import matching_name
from model.values.taxonomy import canonical_level2


@dataclass(frozen=True, slots=True)
class _Use:
    """What the lines of one project make of one entry."""

    year: int
    entry: Entry


class Library:
    """The entries of one store. ``spell`` gives the pinyin of a name that came without."""

    def __init__(self, shipped: Iterable[Entry], spell: Callable[[str], str]) -> None:
        self._spell = spell
        self._shipped = {entry.key: entry for entry in shipped}
        self._rows: dict[Key, LibraryRow] = {}
        self._uses: dict[Key, dict[str, _Use]] = {}
        self._keys: dict[str, tuple[Key, ...]] = {}
        self._spelt: dict[Key, Spelt] = {}
        self._groups: dict[tuple[bool, str], Group] = {}
        self._serials = count()
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

    def has(self, entry: Entry) -> bool:
        """Whether an entry is offered as it is already, and not for the lines of projects alone."""
        known = self.known(entry.key)
        if known is None or known.source is Source.USED:
            return False
        there = known.entry
        return (there.name, there.parts(), there.direction) == (entry.name, entry.parts(), entry.direction)

    def own(self) -> tuple[Entry, ...]:
        """What a library file can hold of the unit's own: what is kept or used under an official 二级指标."""
        own = (known.entry for known in self.search("", is_shipped=False))
        return tuple(entry for entry in own if canonical_level2(entry.level2) is not None)

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

    def search(
        self, typed: str, level2: str = "", here: str = "", limit: int | None = None, *, is_shipped: bool | None = None
    ) -> tuple[Known, ...]:
        """The entries that fit what was typed, the likeliest first; all of them when nothing was.

        First the unit's own (kept or used), first those of ``level2``, then by how well they fit and how often they
        were used. Entries of the project ``here`` alone are left out; ``is_shipped`` asks for those that came with the
        program alone, or for the unit's own alone.
        """
        name, letters = matching_name(typed).casefold(), typed_letters(typed)
        level2 = canonical_level2(level2) or level2
        found: list[Known] = []
        for source in (False, True) if is_shipped is None else (is_shipped,):
            of_source = {level: group for (shipped, level), group in self._groups.items() if shipped is source}
            of_level = of_source.pop(level2, Group())
            for groups in ([of_level], of_source.values()):
                if limit is None or len(found) < limit:
                    found += self._fitting(groups, name, letters, here)
        return tuple(found[:limit])

    def _fitting(self, groups: Iterable[Group], name: str, letters: str, here: str) -> list[Known]:
        """The entries of some groups that fit, the best first."""
        ranked = []
        for group in groups:
            for one in group.holding(name, letters):
                known, quality = one.known, one.quality(name, letters)
                if quality is not None and not (here and known.only_in == here and known.source is Source.USED):
                    ranked.append((quality, -known.count, -known.year, one.serial, known))
        ranked.sort(key=itemgetter(0, 1, 2, 3))
        return [one[-1] for one in ranked]

    def _take(self, project_id: str, uses: dict[Key, _Use]) -> None:
        before = self._keys.pop(project_id, ())
        for key in before:
            self._uses[key].pop(project_id)
            if not self._uses[key]:
                del self._uses[key]
        for key, use in uses.items():
            self._uses.setdefault(key, {})[project_id] = use
        if uses:
            self._keys[project_id] = tuple(uses)
        for key in dict.fromkeys((*before, *uses)):  # in their order, or equals would be listed otherwise every day
            self._refresh(key)

    def _refresh(self, key: Key) -> None:
        before, known = self._spelt.pop(key, None), self._known(key)
        if before is not None:
            self._groups[_group_of(before.known)].drop(key)
        if known is None:
            return
        if before is not None and before.known.entry.name == known.entry.name:
            spelling, serial = before.spelling, before.serial
        else:
            shipped = self._shipped.get(key, known.entry)
            spelling = Spelling.of(known.entry.pinyin or shipped.pinyin or self._spell(known.entry.name))
            serial = next(self._serials)
        self._spelt[key] = spelt = Spelt(known, spelling, serial)
        self._groups.setdefault(_group_of(known), Group()).put(key, spelt)

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


def _group_of(known: Known) -> tuple[bool, str]:
    """What entries are searched together: whether they came with the program alone, and their 二级指标."""
    return known.source is Source.SHIPPED, known.entry.level2


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
