"""The other projects of a store, as far as the rules ask for them: who bears a name, which units a year has.

A store may hold ten thousand projects of one year. They are counted here once and then followed project by project,
so that an edit costs the same whether ten or ten thousand others are there.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import lru_cache

_MIDDLE_DOTS = re.compile("[•・‧∙]")
_DOUBLE_QUOTES = re.compile("[“”„‟「」『』]")
_SINGLE_QUOTES = re.compile("[‘’]")


@lru_cache(maxsize=65_536)
def matching_name(text: str) -> str:
    """A name for comparison across documents: width, middle dots, quotes and spaces do not count (domain.md §8.3)."""
    text = _MIDDLE_DOTS.sub("·", unicodedata.normalize("NFKC", text))
    text = _SINGLE_QUOTES.sub("'", _DOUBLE_QUOTES.sub('"', text))
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class ProjectKey:
    """What the rules need to know of the other projects of the store (DEC-002, DEC-005)."""

    id: str
    year: int
    unit: str
    project_name: str


class _Year:
    """The projects of one budget year, by their matching unit and name."""

    def __init__(self) -> None:
        self.ids_by_name: dict[tuple[str, str], set[str]] = {}
        self.units: Counter[str] = Counter()

    def add(self, key: ProjectKey) -> None:
        self.ids_by_name.setdefault(_name_of(key), set()).add(key.id)
        self.units[key.unit.strip()] += 1

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


def _name_of(key: ProjectKey) -> tuple[str, str]:
    return matching_name(key.unit), matching_name(key.project_name)


class Neighbours:
    """The projects of a store by what the rules ask. Whoever owns it keeps it true with :meth:`replace`.

    A year is counted when it is first asked for.
    """

    def __init__(self, keys: Iterable[ProjectKey] = ()) -> None:
        self._keys = {key.id: key for key in keys}
        self._years: dict[int, _Year] = {}

    def key(self, project_id: str) -> ProjectKey | None:
        """What is known of one project; None when it is not there."""
        return self._keys.get(project_id)

    def ids_named(self, year: int, unit: str, name: str) -> Set[str]:
        """The projects of a unit and year that bear a name, spelled alike (domain.md §8.3)."""
        return self._year(year).ids_by_name.get((matching_name(unit), matching_name(name)), frozenset())

    def units(self, year: int) -> Counter[str]:
        """How many projects of a year name each unit; a copy."""
        return Counter(self._year(year).units)

    def majority(self, year: int) -> str | None:
        """The unit that more than half of the projects of a year name."""
        units = self._year(year).units
        most = units.most_common(1)
        return most[0][0] if most and most[0][1] * 2 > units.total() else None

    def replace(self, gone: Iterable[ProjectKey], came: Iterable[ProjectKey]) -> None:
        """Follow the store: these keys are not true any more, those are. The inverse is the call the other way round.

        Raises KeyError when one of ``gone`` is not known.
        """
        for key in gone:
            del self._keys[key.id]
            if key.year in self._years:
                self._years[key.year].discard(key)
        for key in came:
            self._keys[key.id] = key
            if key.year in self._years:
                self._years[key.year].add(key)

    def _year(self, year: int) -> _Year:
        if year not in self._years:
            counted = _Year()
            for key in self._keys.values():
                if key.year == year:
                    counted.add(key)
            self._years[year] = counted
        return self._years[year]
