"""The names of indicators a unit has used before, and typical ones, to be offered while a name is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.forms import FORMS
from model.records import Project
from storage.library import shipped

if TYPE_CHECKING:  # it brings sqlalchemy, which the first paint does not wait for
    from storage.store.port import OpenStore
    from storage.store.summaries import ProjectSummary

PROJECTS_READ = 60


class PastNames:
    """Reads the names once for each project that is edited, when the first of them is asked for."""

    def __init__(self) -> None:
        self._found: tuple[tuple[str, str], ...] | None = None

    def forget(self) -> None:
        """Another project is on screen."""
        self._found = None

    def for_line(
        self, line_id: str, project: Project | None, store: OpenStore | None, summaries: tuple[ProjectSummary, ...]
    ) -> tuple[str, ...]:
        """Names from other projects of the unit: those of the line's own 二级指标, its typical ones, then all others.

        Raises UserError.
        """
        found = project.find_indicator(line_id) if project is not None else None
        if project is None or store is None or found is None:
            return ()
        if self._found is None:
            self._found = _read(project, store, summaries)
        level2 = project.indicators(found[0])[found[1]].level2
        own = [name for name, level in self._found if level == level2]
        typical = (entry.name for entry in shipped() if entry.level2 == level2)
        return tuple(dict.fromkeys((*own, *typical, *(name for name, _ in self._found))))


def _read(here: Project, store: OpenStore, summaries: tuple[ProjectSummary, ...]) -> tuple[tuple[str, str], ...]:
    """(name, 二级指标) of the lines of the unit's other projects, as many as can be read at once."""
    others = [one.id for one in summaries if one.unit.strip() == here.unit.strip() and one.id != here.id]
    return tuple(
        (line.name, line.level2)
        for project in store.projects(ids=others[:PROJECTS_READ])
        for form in FORMS
        for line in project.indicators(form)
        if line.name.strip()
    )
