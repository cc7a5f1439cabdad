"""The other projects of a store, as far as the rules ask for them: names, units of a year, who says the same.

A store may hold ten thousand projects of one year. They are counted here once and then followed project by project,
so that an edit costs the same whether ten or ten thousand others are there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice

from model.records import Project
from model.rules.likeness import NO_PRINTS, Prints, prints_of
from model.values.matching import matching_name
from model.years import Dated, YearNames, certain

# Of more than so many others that share a passage or a line only the first are compared: they are everybody's text.
_COMPARED = 32
ENOUGH_LINES = 5
_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class ProjectKey:
    """What the rules need to know of the other projects of the store (DEC-002, DEC-005, DEC-024, IND-025)."""

    id: str
    year: int
    unit: str
    project_name: str
    prints: Prints = NO_PRINTS

    @classmethod
    def of(cls, project: Project) -> ProjectKey:
        """The key of a project as it stands."""
        return cls(project.id, project.year, project.unit, project.project_name, prints_of(project))

    def may_repeat(self, other: ProjectKey) -> bool:
        """Whether these are two projects, and not one whose forms stand apart: of equal names DEC-002 speaks."""
        return other.id != self.id and _name_of(other) != _name_of(self)

    def has_goal_of(self, other: ProjectKey) -> bool:
        """Whether the goal is nearly that of the other project."""
        return self.may_repeat(other) and self.prints.is_like(other.prints)

    def has_lines_of(self, other: ProjectKey) -> bool:
        """Whether enough lines are those of the other project."""
        return self.may_repeat(other) and self.prints.common_lines(other.prints) >= ENOUGH_LINES


class _Sharers:
    """Which projects have a hash among theirs. Most hashes are one project's, and then its id stands alone."""

    def __init__(self) -> None:
        self._ids: dict[int, str | dict[str, None]] = {}

    def add(self, project_id: str, hashes: Iterable[int]) -> None:
        for one in hashes:
            held = self._ids.get(one)
            if held is None:
                self._ids[one] = project_id
            elif isinstance(held, str):
                self._ids[one] = {held: None, project_id: None}
            else:
                held[project_id] = None

    def discard(self, project_id: str, hashes: Iterable[int]) -> None:
        for one in hashes:
            held = self._ids[one]
            if isinstance(held, str):
                del self._ids[one]
            else:
                del held[project_id]
                if len(held) == 1:
                    self._ids[one] = next(iter(held))

    def rarest(self, hashes: Iterable[int], count: int | None = None) -> Iterator[str]:
        """The projects that share one of these hashes, those of the rarest first, each once."""
        groups = [self._ids.get(one, {}) for one in hashes]
        groups.sort(key=lambda held: 1 if isinstance(held, str) else len(held))
        seen: set[str] = set()
        for held in groups[:count]:
            for project_id in (held,) if isinstance(held, str) else held:
                if project_id not in seen:
                    seen.add(project_id)
                    yield project_id


class _Year:
    """The projects of one budget year: by their matching unit and name, and by what they say."""

    def __init__(self) -> None:
        self.ids_by_name: dict[tuple[str, str], set[str]] = {}
        self.units: Counter[str] = Counter()
        self.passages = _Sharers()
        self.lines = _Sharers()

    def add(self, key: ProjectKey) -> None:
        self.ids_by_name.setdefault(_name_of(key), set()).add(key.id)
        self.units[key.unit.strip()] += 1
        self.passages.add(key.id, key.prints.passages)
        self.lines.add(key.id, key.prints.line_hashes)

    def discard(self, key: ProjectKey) -> None:
        name = _name_of(key)
        ids = self.ids_by_name[name]
        ids.remove(key.id)
        if not ids:
            del self.ids_by_name[name]
        unit = key.unit.strip()
        self.units[unit] -= 1
        if not self.units[unit]:
            del self.units[unit]
        self.passages.discard(key.id, key.prints.passages)
        self.lines.discard(key.id, key.prints.line_hashes)


@dataclass(frozen=True, slots=True)
class Likeness:
    """The other projects of a year that say nearly the same as one.

    ``same_goal`` are those whose goal is nearly the same (:meth:`Prints.is_like`); ``same_lines`` those that share
    :data:`ENOUGH_LINES` lines or more, each with how many. Both are in the order of the ids.
    """

    same_goal: tuple[ProjectKey, ...] = ()
    same_lines: tuple[tuple[ProjectKey, int], ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """All of them."""
        return frozenset((*(key.id for key in self.same_goal), *(key.id for key, _ in self.same_lines)))


def _name_of(key: ProjectKey) -> tuple[str, str]:
    return matching_name(key.unit), matching_name(key.project_name)


class Neighbours:
    """The projects of a store by what the rules ask. Whoever owns it keeps it true with :meth:`replace`.

    A year is counted when it is first asked for.
    """

    def __init__(self, keys: Iterable[ProjectKey] = ()) -> None:
        self._keys = {key.id: key for key in keys}
        self._years: dict[int, _Year] = {}
        self._names: dict[int, YearNames] = {}
        self._sizes = Counter(key.year for key in self._keys.values())
        self._likenesses: dict[ProjectKey, Likeness] = {}

    def key(self, project_id: str) -> ProjectKey | None:
        """What is known of one project; None when it is not there."""
        return self._keys.get(project_id)

    def ids_named(self, year: int, unit: str, name: str) -> Set[str]:
        """The projects of a unit and year that bear a name, spelled alike (domain.md §8.3)."""
        return self._year(year).ids_by_name.get((matching_name(unit), matching_name(name)), frozenset())

    def units(self, year: int) -> Counter[str]:
        """How many projects of a year name each unit; a copy."""
        return Counter(self._year(year).units)

    def continued(self, project: Dated, links: Mapping[str, Sequence[str]], taken: Set[str]) -> tuple[str, ...]:
        """The project of the newest earlier year that a project continues for certain, or those a person said.

        ``links`` are what was said, ``taken`` the earlier projects in it (domain.md §8.4). () for a new project.
        """
        said = tuple(one for one in links.get(project.id, ()) if one in self._keys)
        if said or links.get(project.id) == ():
            return said
        for year in sorted((year for year in self._sizes if year < project.year), reverse=True):
            found = certain(project, self._names_of(project.year), self._names_of(year), links, taken)
            if found is not None:
                return (found,)
        return ()

    def majority(self, year: int) -> str | None:
        """The unit that more than half of the projects of a year name."""
        units = self._year(year).units
        most = units.most_common(1)
        return most[0][0] if most and most[0][1] * 2 > units.total() else None

    def likeness(self, key: ProjectKey) -> Likeness:
        """The other projects of a year that say nearly the same as one, which need not be known.

        Those that bear its name in its unit are left out: of them DEC-002 speaks.
        """
        found = self._likenesses.get(key)
        if found is None:
            if len(self._likenesses) >= _REMEMBERED:
                self._likenesses.clear()
            found = self._likenesses[key] = self._compared(key)
        return found

    def dependents(self, key: ProjectKey, changing: Set[str]) -> Iterator[str]:
        """The projects of which DEC-024 or IND-025 may say something only because of this one, or of those changing.

        Who says the same as a third one too is told of with this one and without it, and that is nearly everybody where
        hundreds of projects say the same.
        """
        found = self.likeness(key)
        goals = [other for other in found.same_goal if other.id not in changing]
        lines = [other for other, _ in found.same_lines if other.id not in changing]
        yield from (other.id for other in goals if not any(map(other.has_goal_of, goals)))
        yield from (other.id for other in lines if not any(map(other.has_lines_of, lines)))

    def _compared(self, key: ProjectKey) -> Likeness:
        return Likeness(
            tuple(sorted(self._of_like_goal(key), key=lambda other: other.id)),
            tuple(sorted(self._of_same_lines(key), key=lambda pair: pair[0].id)),
        )

    def _of_like_goal(self, key: ProjectKey) -> Iterator[ProjectKey]:
        ids = self._year(key.year).passages.rarest(key.prints.passages)
        return filter(key.has_goal_of, self._others(key, ids))

    def _of_same_lines(self, key: ProjectKey) -> Iterator[tuple[ProjectKey, int]]:
        mine = key.prints.line_hashes
        # whoever shares five of n lines has one of the n - 4 rarest
        ids = self._year(key.year).lines.rarest(mine, max(0, len(mine) - ENOUGH_LINES + 1))
        return (
            (other, key.prints.common_lines(other.prints))
            for other in self._others(key, ids)
            if key.has_lines_of(other)
        )

    def _others(self, key: ProjectKey, ids: Iterable[str]) -> Iterator[ProjectKey]:
        others = (self._keys[other] for other in ids)
        return islice((other for other in others if key.may_repeat(other)), _COMPARED)

    def replace(self, gone: Iterable[ProjectKey], came: Iterable[ProjectKey]) -> None:
        """Follow the store: these keys are not true any more, those are. The inverse is the call the other way round.

        Raises KeyError when one of ``gone`` is not known.
        """
        self._likenesses.clear()
        for key in gone:
            del self._keys[key.id]
            self._sizes[key.year] -= 1
            if not self._sizes[key.year]:
                del self._sizes[key.year]
            if key.year in self._names:
                self._names[key.year].discard(key)
            if key.year in self._years:
                self._years[key.year].discard(key)
        for key in came:
            self._keys[key.id] = key
            self._sizes[key.year] += 1
            if key.year in self._names:
                self._names[key.year].add(key)
            if key.year in self._years:
                self._years[key.year].add(key)

    def _names_of(self, year: int) -> YearNames:
        """The projects of a year by their names, counted when it is first asked for."""
        if year not in self._names:
            self._names[year] = YearNames(key for key in self._keys.values() if key.year == year)
        return self._names[year]

    def _year(self, year: int) -> _Year:
        if year not in self._years:
            counted = _Year()
            for key in self._keys.values():
                if key.year == year:
                    counted.add(key)
            self._years[year] = counted
        return self._years[year]
