"""The few kinds of change a store accepts, each with what stood before, so that every one has an exact inverse.

A gesture of the clerk is a tuple of changes with a label. The store applies it in one transaction and writes it to
the journal; a snapshot in memory takes the very same tuple through :class:`Altered`.
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


class Altered:
    """A project while changes are made to it, one after the other.

    Lines are kept in lists meanwhile and become a record again when the project is asked for: a gesture of many lines
    would otherwise copy all of them for each.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lines: dict[Form, list[Indicator]] = {}
        self._places: dict[str, tuple[Form, int]] = {}

    @property
    def project(self) -> Project:
        """The project as it is by now."""
        for form, lines in self._lines.items():
            self._project = with_indicators(self._project, form, tuple(lines))
        self._lines.clear()
        return self._project

    def apply(self, change: ProjectChange) -> None:
        """Make one change. Raises ValueError when it does not fit; then nothing is changed."""
        match change:
            case SetField(part=Part.INDICATOR, record_id=line_id):
                place = self.place(line_id)
                if place is None:
                    raise ValueError(f"no line {line_id}")
                lines = self._listed(place[0])
                lines[place[1]] = _replaced(lines[place[1]], change)
            case InsertIndicator() | DeleteIndicator() | MoveIndicator():
                self._rearrange(change)
                self._places.clear()
            case _:
                self._project = _with_other(self.project, change)
                self._places.clear()

    def place(self, line_id: str) -> tuple[Form, int] | None:
        """The form and position of an indicator line, or None when there is no such line."""
        if not self._places:
            for form, content in self._project.forms.items():
                for position, line in enumerate(self._lines.get(form, content.indicators)):
                    self._places.setdefault(line.id, (form, position))
        return self._places.get(line_id)

    def line(self, line_id: str) -> Indicator | None:
        """An indicator line, or None when there is no such line."""
        place = self.place(line_id)
        return None if place is None else self._listed(place[0])[place[1]]

    def _listed(self, form: Form) -> list[Indicator]:
        if form not in self._lines:
            self._lines[form] = list(self._project.indicators(form))
        return self._lines[form]

    def _rearrange(self, change: InsertIndicator | DeleteIndicator | MoveIndicator) -> None:
        content = self._project.form(change.form)
        if content is None:
            raise ValueError(f"the project has no {change.form}")
        lines = self._listed(change.form)
        match change:
            case InsertIndicator(position=position, indicator=indicator):
                if not 0 <= position <= len(lines):
                    raise ValueError(f"no position {position} among {len(lines)} lines")
                replace(content, indicators=(indicator,))  # the form says whether it takes such a line
                lines.insert(position, indicator)
            case DeleteIndicator(position=position, indicator=indicator):
                if not (0 <= position < len(lines) and lines[position] == indicator):
                    raise ValueError(f"line {position} is not the one to delete")
                del lines[position]
            case MoveIndicator(source=source, target=target):
                if not (0 <= source < len(lines) and 0 <= target < len(lines)):
                    raise ValueError(f"no move from {source} to {target} among {len(lines)} lines")
                lines.insert(target, lines.pop(source))
            case _:
                assert_never(change)


def apply(project: Project, change: ProjectChange) -> Project:
    """The project after one change. Raises ValueError when the change does not fit this snapshot."""
    return apply_all(project, (change,))


def apply_all(project: Project, changes: Iterable[ProjectChange]) -> Project:
    """The project after a whole gesture. Raises ValueError when a change of it does not fit."""
    altered = Altered(project)
    for change in changes:
        altered.apply(change)
    return altered.project


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


def _with_other(project: Project, change: SetField | AddForm | RemoveForm) -> Project:
    """The project after a change of anything but its lines."""
    match change:
        case SetField():
            return _set_field(project, change)
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


def _set_field(project: Project, change: SetField) -> Project:
    match change.part:
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
        case _:
            return _replaced(project, change)


def _replaced(record: Record, change: SetField) -> Record:
    if change.field == "id" or change.field not in {f.name for f in fields(record)}:
        raise ValueError(f"{type(record).__name__} has no field {change.field}")
    if getattr(record, change.field) != change.before:
        raise ValueError(f"{change.field} is not what it was")
    return replace(record, **cast("dict[str, Any]", {change.field: change.after}))
