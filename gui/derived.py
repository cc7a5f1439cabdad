"""What follows from a snapshot of a project: the snapshot with the draft laid over it, its findings and its score."""

from __future__ import annotations

from dataclasses import dataclass

from model.changes import AddProject, Change, ProjectChange, RemoveProject, SetSetting, apply_all
from model.findings import Finding
from model.records import Project
from model.rules import Context, check
from model.scoring import EvaluationScore, score_evaluation


@dataclass(frozen=True, slots=True)
class Derived:
    """What the views show. ``score`` is there when the self-evaluation has been started."""

    project: Project | None = None
    findings: tuple[Finding, ...] = ()
    score: EvaluationScore | None = None


def derive(saved: Project | None, draft: tuple[ProjectChange, ...], context: Context) -> Derived:
    """Lay a draft over a saved project; check and score the result. Raises ValueError when the draft does not fit."""
    if saved is None:
        return Derived()
    project = apply_all(saved, draft)
    score = None
    if project.evaluation is not None:
        score = score_evaluation(project.evaluation, context.settings, project.year)
    return Derived(project, check(project, context), score)


def changes_of_project(changes: tuple[Change, ...], project_id: str) -> tuple[ProjectChange, ...]:
    """Those changes that alter one project that is there."""
    return tuple(
        change
        for change in changes
        if not isinstance(change, AddProject | RemoveProject | SetSetting) and change.project_id == project_id
    )


def after(saved: Project | None, changes: tuple[Change, ...]) -> Project | None:
    """The project on screen after a gesture; None when it was removed. Raises ValueError when that does not fit."""
    if saved is None:
        return None
    if any(isinstance(change, RemoveProject) and change.project_id == saved.id for change in changes):
        return None
    return apply_all(saved, changes_of_project(changes, saved.id))
