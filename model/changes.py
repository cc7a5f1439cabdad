"""The few kinds of change a store accepts, each with what stood before, so that every one has an exact inverse.

A gesture of the clerk is a tuple of changes with a label. The store applies it in one transaction and writes it to
the journal; a snapshot in memory takes the very same tuple through :func:`apply`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar, assert_never, cast

from model.library import LibraryRow
from model.records import Content, Form, Indicator, Project


class Part(StrEnum):
    """What a project consists of besides its forms."""

    PROJECT = "project"
    INDICATOR = "indicator"
    EXPLANATION = "explanation"


CellOwner = Part | Form
"""Which record of a project a :class:`SetField` writes to: one of its forms, or another part of it."""


@dataclass(frozen=True, slots=True)
class SetField:
    """Write one field. ``record_id`` is the indicator's id for INDICATOR and the project's id otherwise.

    For EXPLANATION ``field`` is the finding's key and an empty text removes the explanation. ``year`` is the only
    field whose value is an int.
    """

    project_id: str
    part: CellOwner
    record_id: str
    field: str
    before: str | int
    after: str | int


@dataclass(frozen=True, slots=True)
class InsertIndicator:
    """Put a new line at ``position`` (0 = first) of one form."""

    project_id: str
    form: Form
    position: int
    indicator: Indicator


@dataclass(frozen=True, slots=True)
class DeleteIndicator:
    """Take the line at ``position`` out of one form; ``indicator`` is the whole line, for the way back."""

    project_id: str
    form: Form
    position: int
    indicator: Indicator


@dataclass(frozen=True, slots=True)
class MoveIndicator:
    """Move the line at ``source`` so that it stands at ``target`` afterwards."""

    project_id: str
    form: Form
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class AddForm:
    """Start one form of an existing project."""

    project_id: str
    form: Form
    content: Content


@dataclass(frozen=True, slots=True)
class RemoveForm:
    """Remove one form of a project, all of it."""

    project_id: str
    form: Form
    content: Content


@dataclass(frozen=True, slots=True)
class AddProject:
    """Add a whole project with its forms."""

    project: Project

    @property
    def project_id(self) -> str:
        """The id of the project that is added."""
        return self.project.id


@dataclass(frozen=True, slots=True)
class RemoveProject:
    """Remove a whole project with its forms."""

    project: Project

    @property
    def project_id(self) -> str:
        """The id of the project that is removed."""
        return self.project.id


@dataclass(frozen=True, slots=True)
class SetSetting:
    """Write one setting of the store (a JSON text under a key); an empty text restores the default."""

    key: str
    before: str
    after: str

    @property
    def project_id(self) -> str:
        """Settings belong to no project."""
        return ""


@dataclass(frozen=True, slots=True)
class SetLibraryRow:
    """Write what is decided of an entry of the indicator library; None: nothing is, on one side at most."""

    before: LibraryRow | None
    after: LibraryRow | None

    @property
    def project_id(self) -> str:
        """The library belongs to no project."""
        return ""


ProjectChange = SetField | InsertIndicator | DeleteIndicator | MoveIndicator | AddForm | RemoveForm
Change = ProjectChange | AddProject | RemoveProject | SetSetting | SetLibraryRow

Record = TypeVar("Record", Project, Content, Indicator)


def apply(project: Project, change: ProjectChange) -> Project:
    """The project after one change. Raises ValueError when the change does not fit this snapshot."""
    match change:
        case SetField():
            return _set_field(project, change)
        case InsertIndicator(form=form, position=position, indicator=indicator):
            lines = project.indicators(form)
            if not 0 <= position <= len(lines):
                raise ValueError(f"no position {position} among {len(lines)} lines")
            return with_indicators(project, form, (*lines[:position], indicator, *lines[position:]))
        case DeleteIndicator(form=form, position=position, indicator=indicator):
            lines = project.indicators(form)
            if not (0 <= position < len(lines) and lines[position] == indicator):
                raise ValueError(f"line {position} is not the one to delete")
            return with_indicators(project, form, lines[:position] + lines[position + 1 :])
        case MoveIndicator(form=form, source=source, target=target):
            rest = list(project.indicators(form))
            if not (0 <= source < len(rest) and 0 <= target < len(rest)):
                raise ValueError(f"no move from {source} to {target} among {len(rest)} lines")
            rest.insert(target, rest.pop(source))
            return with_indicators(project, form, tuple(rest))
        case AddForm(form=form, content=content):
            if project.form(form) is not None:
                raise ValueError(f"the project already has its {form}")
            return project.with_form(form, content)
        case RemoveForm(form=form, content=content):
            if project.form(form) != content:
                raise ValueError(f"the {form} is not the one to remove")
            return project.with_form(form, None)
        case _:
            assert_never(change)


def apply_all(project: Project, changes: tuple[ProjectChange, ...]) -> Project:
    """The project after a whole gesture."""
    for change in changes:
        project = apply(project, change)
    return project


def changes_of_project(changes: Iterable[Change], project_id: str) -> tuple[ProjectChange, ...]:
    """Those changes that alter one project that is there."""
    return tuple(
        change
        for change in changes
        if not isinstance(change, AddProject | RemoveProject | SetSetting | SetLibraryRow)
        and change.project_id == project_id
    )


def invert(change: Change) -> Change:
    """The change that takes ``change`` back exactly."""
    match change:
        case SetField():
            return replace(change, before=change.after, after=change.before)
        case SetSetting():
            return replace(change, before=change.after, after=change.before)
        case SetLibraryRow():
            return replace(change, before=change.after, after=change.before)
        case InsertIndicator():
            return DeleteIndicator(change.project_id, change.form, change.position, change.indicator)
        case DeleteIndicator():
            return InsertIndicator(change.project_id, change.form, change.position, change.indicator)
        case MoveIndicator():
            return replace(change, source=change.target, target=change.source)
        case AddForm():
            return RemoveForm(change.project_id, change.form, change.content)
        case RemoveForm():
            return AddForm(change.project_id, change.form, change.content)
        case AddProject():
            return RemoveProject(change.project)
        case RemoveProject():
            return AddProject(change.project)
        case _:
            assert_never(change)


def invert_all(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The gesture that takes a whole gesture back: the inverses in reverse order."""
    return tuple(invert(change) for change in reversed(changes))


def with_indicators(project: Project, form: Form, lines: tuple[Indicator, ...]) -> Project:
    """The project with other lines in one form. Raises ValueError when the form has not been started."""
    content = project.form(form)
    if content is None:
        raise ValueError(f"the project has no {form}")
    return project.with_form(form, replace(content, indicators=lines))


def _set_field(project: Project, change: SetField) -> Project:
    match change.part:
        case Part.PROJECT:
            return _replaced(project, change)
        case Form() as form:
            content = project.form(form)
            if content is None:
                raise ValueError("the form has not been started")
            return project.with_form(form, _replaced(content, change))
        case Part.EXPLANATION:
            explanations = dict(project.explanations)
            if explanations.get(change.field, "") != change.before:
                raise ValueError(f"the explanation of {change.field} is not what it was")
            explanations.pop(change.field, None)
            if change.after:
                explanations[change.field] = str(change.after)
            return replace(project, explanations=MappingProxyType(explanations))
        case Part.INDICATOR:
            place = project.find_indicator(change.record_id)
            if place is None:
                raise ValueError(f"no line {change.record_id}")
            form, position = place
            lines = project.indicators(form)
            changed = _replaced(lines[position], change)
            return with_indicators(project, form, (*lines[:position], changed, *lines[position + 1 :]))
        case _:
            assert_never(change.part)


def _replaced(record: Record, change: SetField) -> Record:
    if change.field == "id" or change.field not in {f.name for f in fields(record)}:
        raise ValueError(f"{type(record).__name__} has no field {change.field}")
    if getattr(record, change.field) != change.before:
        raise ValueError(f"{change.field} is not what it was")
    return replace(record, **cast("dict[str, Any]", {change.field: change.after}))
