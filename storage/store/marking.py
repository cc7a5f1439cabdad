"""Which projects have to be counted anew because of a gesture: their lines in the list are marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set

from sqlalchemy import Connection

from model.changes import SetSetting
from model.records import Project
from model.rules import Neighbours, ProjectKey
from model.settings import LINKS
from storage.store import summaries


class Moved:
    """Which keys of neighbours a gesture replaced, to be taken back when it was not written."""

    def __init__(self) -> None:
        self._undo: Callable[[], None] | None = None

    def replace(self, neighbours: Neighbours, gone: Set[ProjectKey], came: Set[ProjectKey]) -> None:
        """Replace keys among the neighbours, and remember which."""
        neighbours.replace(gone, came)
        self._undo = lambda: neighbours.replace(came, gone)

    def take_back(self) -> None:
        """Put back what was replaced, if anything was."""
        if self._undo is not None:
            self._undo()


def mark_neighbours(
    connection: Connection,
    moved: Moved,
    neighbours: Neighbours,
    before: Iterable[Project],
    after: Iterable[Project | None],
) -> bool:
    """Mark the projects whose findings may change because of these.

    They came, went or were renamed (DEC-002, DEC-005), or say other than before (DEC-024, IND-025).
    """
    old = {ProjectKey.of(project) for project in before}
    new = {ProjectKey.of(project) for project in after if project is not None}
    gone, came = old - new, new - old
    if not gone and not came:
        return False
    own_ids = {key.id for key in old | new}
    years = {key.year for key in gone | came}
    majorities = {year: neighbours.majority(year) for year in years}
    alike = {other for key in gone | came for other in neighbours.dependents(key, own_ids)}
    moved.replace(neighbours, gone, came)
    turned = {year for year in years if neighbours.majority(year) != majorities[year]}
    if turned:
        summaries.mark_years(connection, turned)
    named = (neighbours.ids_named(key.year, key.unit, key.project_name) for key in gone | came)
    summaries.mark(connection, alike.union(*named))
    return True


def years_of(settings: Iterable[SetSetting]) -> set[int] | None:
    """The years whose findings and scores may change with these settings; None for all.

    What a project continues gives hints only, which no line of the list counts.
    """
    years = [change.key.removeprefix("profile/") for change in settings if not change.key.startswith(LINKS)]
    return {int(year) for year in years} if all(year.isdecimal() for year in years) else None
