"""What a gesture, done, taken back or done again, makes of the projects it touches."""

from __future__ import annotations

from model.changes import AddProject, Altered, Part, ProjectChange, RemoveProject, SetField, SetLibraryRow, SetSetting
from model.forms import FORMS
from model.records import Project, text_cells
from storage.store.journal import Entry, JournalKind


def projects_after(before: dict[str, Project], entry: Entry) -> dict[str, Project | None]:
    """The projects by their ids, None for one that is gone. Raises ValueError when a change does not fit."""
    after: dict[str, Altered | None] = {one: Altered(project) for one, project in before.items()}
    for change in entry.changes:
        current = after.get(change.project_id)
        match change:
            case SetSetting() | SetLibraryRow():
                continue
            case AddProject(project=project):
                if current is not None:
                    raise ValueError(f"the store already has a project {project.id}")
                after[project.id] = Altered(project)
            case RemoveProject(project=project):
                if current is None or current.project != project:
                    raise ValueError(f"project {project.id} is not the one to remove")
                after[project.id] = None
            case _:
                if current is None:
                    raise ValueError(f"the store has no project {change.project_id}")
                if entry.kind is JournalKind.DO or not _is_of_no_cell(current, change):
                    current.apply(change)
    return {one: None if altered is None else altered.project for one, altered in after.items()}


def _is_of_no_cell(project: Altered, change: ProjectChange) -> bool:
    """Whether a change of an earlier version writes a cell that lines of this form, which never showed it, had then."""
    if not isinstance(change, SetField) or change.part is not Part.INDICATOR:
        return False
    place = project.place(change.record_id)
    return place is not None and change.field not in text_cells(FORMS[place[0]].line)
