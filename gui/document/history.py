"""The undo stack after a restart, and where on screen a gesture was made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoStack

from gui.document.commands import Door, EditCommand
from model.changes import (
    AddForm,
    AddProject,
    Change,
    DeleteIndicator,
    InsertIndicator,
    MoveIndicator,
    Part,
    RemoveForm,
    RemoveProject,
    SetField,
)
from model.edits import Block
from model.findings import Place, key_parts
from model.records import Form, Project

if TYPE_CHECKING:  # it brings sqlalchemy, which the first paint does not wait for
    from storage.store.journal import Entry


def refill(stack: QUndoStack, door: Door, done: tuple[Entry, ...], undone: tuple[Entry, ...]) -> None:
    """Put the gestures of the journal on the stack again. The door has to be replaying: the file holds them already."""
    stack.clear()
    for entry in (*done, *undone):
        stack.push(EditCommand(door, entry.label, entry.changes, entry.seq))
    stack.setIndex(len(done))


NAME = "name"
FOLLOWING = "score"
"""The field of a line that other gestures empty as well, where a printed figure no longer holds."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where on screen a gesture was made: the cell for the cursor, and the cells of lines to be selected with it."""

    place: Place
    block: Block


def is_of_whole_projects(changes: Iterable[Change]) -> bool:
    """Whether a gesture only brings or takes projects: a list of them shows what it did."""
    return all(isinstance(change, AddProject | RemoveProject) for change in changes)


def whereabouts(
    changes: Iterable[Change], project: Project | None, about: Block | None = None, form: Form | None = None
) -> Whereabouts | None:
    """Where a gesture was made, once it is done or taken back; None where it is not on ``project`` or has no cell.

    ``about`` are the cells it was made on; without them they follow from its changes. Where its lines are gone it is
    the line that stands in their place now. ``form`` is the one on screen: what the gesture did there comes before what
    it did in another, and a cell every form has is that one's, where the project has it.
    """
    own = [change for change in changes if project is not None and change.project_id == project.id]
    if project is None or not own:
        return None
    whole = next((change for change in own if isinstance(change, AddForm | RemoveForm)), None)
    if whole is not None:
        return Whereabouts(Place(whole.form), Block((), ()))
    own = [change for change in own if form in project.forms and _is_of(change, form, project)] or own
    place = _place_above(own, project, form)
    if place is not None:
        return Whereabouts(place, Block((), ()))
    block = about if about is not None and about.ids else Block(_lines_of(own, project), _fields_of(own))
    for shown in project.forms:
        ids = tuple(line.id for line in project.indicators(shown) if line.id in block.ids)
        if ids:
            return Whereabouts(Place(shown, block.fields[0], ids[0]), replace(block, ids=ids))
    return _instead(own, project, block.fields[0])


def _is_of(change: Change, form: Form | None, project: Project) -> bool:
    """Whether a change is seen in a form."""
    match change:
        case SetField(part=Part.INDICATOR, record_id=line_id):
            return form is not None and any(line.id == line_id for line in project.indicators(form))
        case SetField(part=Part.EXPLANATION, field=key):
            return key_parts(key).form == form
        case SetField(part=part):
            return part in {Part.PROJECT, form}
        case InsertIndicator(form=shown) | DeleteIndicator(form=shown) | MoveIndicator(form=shown):
            return shown is form
        case _:
            return False


def _place_above(changes: Iterable[Change], project: Project, form: Form | None) -> Place | None:
    """The cell above the table that a gesture began with, or the one whose 出错说明 it wrote."""
    first, forms = next(iter(changes)), tuple(project.forms)
    if not isinstance(first, SetField) or first.part is Part.INDICATOR or not forms:
        return None
    if first.part is Part.EXPLANATION:
        said = key_parts(first.field)
        return Place(Form(said.form), said.field, said.indicator_id) if said.form in forms else None
    return Place(first.part if isinstance(first.part, Form) else form if form in forms else forms[0], first.field)


def _lines_of(changes: Iterable[Change], project: Project) -> tuple[str, ...]:
    """The lines that changes write, bring, take or move."""
    ids: dict[str, None] = {}
    for change in changes:
        match change:
            case SetField(part=Part.INDICATOR, record_id=line_id):
                ids[line_id] = None
            case InsertIndicator(indicator=line) | DeleteIndicator(indicator=line):
                ids[line.id] = None
            case MoveIndicator(form=form, source=source, target=target):
                lines = project.indicators(form)
                ids |= {line.id: None for line in lines[target : target + 1] or lines[source : source + 1]}
    return tuple(ids)


def _fields_of(changes: Iterable[Change]) -> tuple[str, ...]:
    """The fields that changes write, without what only follows; the name where lines come, go or move."""
    fields: dict[str, None] = {}
    for change in changes:
        if isinstance(change, InsertIndicator | DeleteIndicator | MoveIndicator):
            return (NAME,)
        if isinstance(change, SetField) and change.part is Part.INDICATOR:
            fields[change.field] = None
    return tuple(field for field in fields if field != FOLLOWING or len(fields) == 1) or (NAME,)


def _instead(changes: Iterable[Change], project: Project, field: str) -> Whereabouts | None:
    """The line that stands where lines were taken out."""
    for change in changes:
        if isinstance(change, InsertIndicator | DeleteIndicator):
            lines = project.indicators(change.form)
            place = Place(change.form, field, lines[min(change.position, len(lines) - 1)].id if lines else "")
            return Whereabouts(place, Block((), ()))
    return None
