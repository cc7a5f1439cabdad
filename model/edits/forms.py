"""Whole forms and projects: begun, brought in from a file, removed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from model.changes import AddForm, AddProject, Part, ProjectChange, RemoveForm, RemoveProject
from model.edits.gesture import Gesture
from model.findings import keys_about
from model.forms import FORMS
from model.records import Content, Form, Project
from model.settings import Settings
from model.values.characters import printable


def new_project(header: Project, forms: Collection[Form], ids: Iterator[str], settings: Settings) -> tuple[AddProject]:
    """A project of its own with these forms begun, from its id, year, name, department and unit."""
    project = replace(
        header,
        project_name=printable(header.project_name),
        department=printable(header.department),
        unit=printable(header.unit),
    )
    for form in (form for form in FORMS if form in forms):
        project = project.with_form(form, FORMS[form].begin(header, ids, settings))
    return (AddProject(project),)


def remove_project(project: Project) -> tuple[RemoveProject]:
    """Remove a project with all its forms."""
    return (RemoveProject(project),)


def start_form(project: Project, form: Form, ids: Iterator[str], settings: Settings) -> tuple[ProjectChange, ...]:
    """Start a form from what the project has already; nothing when it is there."""
    if project.form(form) is not None:
        return ()
    return bring_form(project, FORMS[form].begin(project, ids, settings), {})


def remove_form(project: Project, form: Form) -> tuple[ProjectChange, ...]:
    """Remove one form with its 出错说明; the same form begun again later starts without them."""
    gesture = Gesture(project)
    _remove(gesture, form)
    return gesture.changes


def bring_form(project: Project, content: Content, explanations: Mapping[str, str]) -> tuple[ProjectChange, ...]:
    """Put a form with its own 出错说明 into a project as it is, in the place of the one that stands there, if any.

    Nothing of the 出错说明 of an earlier form is left: they spoke of other contents.
    """
    gesture = Gesture(project)
    _remove(gesture, content.form)
    gesture.add(AddForm(project.id, content.form, content))
    for key, text in explanations.items():
        gesture.set(Part.EXPLANATION, project.id, key, text)
    return gesture.changes


def _remove(gesture: Gesture, form: Form) -> None:
    project = gesture.project
    for key in keys_about(project.explanations, form):
        gesture.set(Part.EXPLANATION, project.id, key, "")
    content = project.form(form)
    if content is not None:
        gesture.add(RemoveForm(project.id, form, content))
