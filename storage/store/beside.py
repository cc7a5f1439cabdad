"""Projects that others are compared with: read when they are first asked for, kept while no gesture touches them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from model.errors import UserError
from model.records import Project

_KEPT = 1_024


class Beside:
    """Gives whole projects by their ids, those that are there, the same objects each time."""

    def __init__(self, read: Callable[[Iterable[str]], Sequence[Project]]) -> None:
        self._read = read
        self._kept: dict[str, Project] = {}

    def __call__(self, ids: Iterable[str]) -> tuple[Project, ...]:
        """The projects with these ids, in their order."""
        wanted = tuple(ids)
        missing = [one for one in wanted if one not in self._kept]
        if missing:
            if len(self._kept) + len(missing) > _KEPT:
                self._kept.clear()
                missing = list(wanted)
            try:
                self._kept |= {project.id: project for project in self._read(missing)}
            except UserError:
                return ()  # a hint is missing; that the file cannot be read is told by whatever needs it
        return tuple(self._kept[one] for one in wanted if one in self._kept)

    def forget(self, ids: Iterable[str] | None = None) -> None:
        """These projects are not what they were; None for all."""
        if ids is None:
            self._kept.clear()
            return
        for one in ids:
            self._kept.pop(one, None)
