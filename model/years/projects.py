"""Which project of an earlier year a project continues: for certain, by hand, or to be asked (domain.md §8.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from model.values.matching import matching_name
from model.years.names import Alike, bare_name, loose_name

_SPELLINGS = (matching_name, loose_name, bare_name)
_LIKE = 50
_SHOWN = 5
_MANY = 40


class Named(Protocol):
    """A project as far as its name goes: one of the store, its line in the list, or what the rules know of it."""

    @property
    def id(self) -> str:
        """The id of the project."""

    @property
    def unit(self) -> str:
        """Its 实施单位 as typed."""

    @property
    def project_name(self) -> str:
        """Its name as typed."""


class Dated(Named, Protocol):
    """A project by its name and year."""

    @property
    def year(self) -> int:
        """The budget year."""


class Answer(Enum):
    """How an earlier project was found."""

    SAME = auto()
    """The one project of its name, years and spelling aside, in both years."""
    BY_HAND = auto()
    """A person said so; also that there is none."""
    ASKED = auto()
    """Names that are alike, or several of one name: a person has to say."""
    NONE = auto()
    """Nothing like it."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a project continues.

    ``earlier`` are the ids: one for SAME, those a person chose for BY_HAND (several where projects were joined), the
    likeliest first for ASKED.
    """

    answer: Answer
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """All projects of a year beside those of an earlier one.

    ``matches`` are by the id of the project that continues; ``left`` are the ids of earlier projects that nobody
    continues for certain or by hand, in their order.
    """

    matches: Mapping[str, Match]
    left: tuple[str, ...]


class YearNames:
    """The projects of one year by their units and names, at three looseness of spelling."""

    def __init__(self, projects: Iterable[Named] = ()) -> None:
        self._groups: tuple[dict[tuple[str, str], dict[str, Named]], ...] = tuple({} for _ in _SPELLINGS)
        for project in projects:
            self.add(project)

    def add(self, project: Named) -> None:
        """One more project."""
        for groups, spelled in zip(self._groups, _SPELLINGS, strict=True):
            groups.setdefault(_key(project, spelled(project.project_name)), {})[project.id] = project

    def discard(self, project: Named) -> None:
        """One less. Raises KeyError when it is not there."""
        for groups, spelled in zip(self._groups, _SPELLINGS, strict=True):
            key = _key(project, spelled(project.project_name))
            del groups[key][project.id]
            if not groups[key]:
                del groups[key]

    def alike(self, project: Named, level: int) -> Collection[Named]:
        """The projects of the same unit that are spelled as one, at a level of looseness; none for one without name."""
        name = _SPELLINGS[level](project.project_name)
        return self._groups[level].get(_key(project, name), {}).values() if name else ()


def certain(
    project: Named, now: YearNames, earlier: YearNames, settled: Collection[str], taken: Collection[str]
) -> str | None:
    """The one earlier project that a project continues for certain by its name, None when there is no such.

    ``settled`` are the projects whose earlier ones a person chose, and ``taken`` are these earlier ones: both compete
    with nobody. ``project`` counts as it is here, whatever ``now`` knows of it.
    """
    return _certain(project, now, earlier, settled, taken, len(_SPELLINGS))


def _certain(
    project: Named,
    now: YearNames,
    earlier: YearNames,
    settled: Collection[str],
    taken: Collection[str],
    levels: int,
) -> str | None:
    """The same by spellings closer than ``levels`` alone; the two years may change places. Nobody is one of many."""
    for level in range(levels):
        if max(len(names.alike(project, level)) for names in (now, earlier)) > _MANY:
            return None
        there = [one for one in earlier.alike(project, level) if one.id not in taken]
        if level:  # those whose exact name goes on are others
            there = [one for one in there if _certain(one, earlier, now, taken, settled, level) is None]
        if not there:
            continue
        here = [one for one in now.alike(project, level) if one.id != project.id and one.id not in settled]
        if level:
            here = [one for one in here if _certain(one, now, earlier, settled, taken, level) is None]
        return there[0].id if len(there) == 1 and not here else None
    return None


def match_projects(now: Sequence[Named], earlier: Sequence[Named], links: Mapping[str, Sequence[str]]) -> Matching:
    """Match all projects of a year with those of an earlier one.

    ``links`` are what a person said: for the id of a project the ids it continues, none for a new one. Ids of projects
    that are not there count as not said, but a project said to be new stays so.
    """
    known = {project.id for project in earlier}
    there = {project.id for project in now}
    said = {key: tuple(one for one in ids if one in known) for key, ids in links.items() if key in there}
    said = {key: ids for key, ids in said.items() if ids or not links[key]}
    taken = {one for ids in said.values() for one in ids}
    names, earlier_names = YearNames(now), YearNames(earlier)
    matches = {key: Match(Answer.BY_HAND, ids) for key, ids in said.items()}
    for project in now:
        found = None if project.id in said else certain(project, names, earlier_names, said, taken)
        if found is not None:
            matches[project.id] = Match(Answer.SAME, (found,))
    settled = {one for match in matches.values() for one in match.earlier}
    open_ones = [one for one in earlier if one.id not in settled]
    alike = Alike((one.project_name, one) for one in open_ones)
    for project in now:
        if project.id not in matches:
            may_be = _likeliest(project, alike)
            matches[project.id] = Match(Answer.ASKED if may_be else Answer.NONE, may_be)
    return Matching(matches, tuple(one.id for one in open_ones))


def _likeliest(project: Named, earlier: Alike[Named]) -> tuple[str, ...]:
    """The likeliest earlier projects: those of the unit, and those of other units that bear the very name."""
    unit = matching_name(project.unit)
    found = earlier.likeliest(project.project_name, _LIKE, 2 * _SHOWN)
    ours = [one.id for one in found if matching_name(one.unit) == unit]
    others = [
        one.id
        for one in found
        if matching_name(one.unit) != unit and bare_name(one.project_name) == bare_name(project.project_name)
    ]
    return tuple((*ours, *others)[:_SHOWN])


def _key(project: Named, name: str) -> tuple[str, str]:
    return matching_name(project.unit), name
