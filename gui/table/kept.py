"""The 二级指标 that keep a row of their own without lines, project by project, until somebody takes it away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from model.values.taxonomy import level1_of


class KeptLevels:
    """Official names only: what is remembered of them holds no text of a form."""

    def __init__(self) -> None:
        self._kept: dict[str, set[str]] = {}

    def of(self, project_id: str) -> frozenset[str]:
        """Those of a project."""
        return frozenset(self._kept.get(project_id, ()))

    def keep(self, project_id: str, level2: str) -> None:
        """One more of a project."""
        self._kept.setdefault(project_id, set()).add(level2)

    def drop(self, project_id: str, level2: str) -> None:
        """One of a project no longer."""
        self._kept.get(project_id, set()).discard(level2)

    def all(self) -> dict[str, list[str]]:
        """Those of every project."""
        return {project_id: sorted(levels) for project_id, levels in self._kept.items() if levels}

    def take(self, kept: Mapping[str, Iterable[str]]) -> None:
        """These, and no others."""
        self._kept = {project_id: {one for one in levels if level1_of(one)} for project_id, levels in kept.items()}
