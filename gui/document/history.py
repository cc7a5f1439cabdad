"""The undo stack after a restart, and where on screen a gesture was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoStack

from gui.document.commands import Door, EditCommand
from model.changes import Change, DeleteIndicator, InsertIndicator, MoveIndicator, Part, SetField
from model.findings import Place
from model.records import Form, Project

if TYPE_CHECKING:  # it brings sqlalchemy, which the first paint does not wait for
    from storage.store.journal import Entry


def refill(stack: QUndoStack, door: Door, done: tuple[Entry, ...], undone: tuple[Entry, ...]) -> None:
    """Put the gestures of the journal on the stack again. The door has to be replaying: the file holds them already."""
    stack.clear()
    for entry in (*done, *undone):
        stack.push(EditCommand(door, entry.label, entry.changes, entry.seq))
    stack.setIndex(len(done))


def place_of(change: Change, project: Project | None) -> Place | None:
    """The cell a change was made in, if it is on ``project`` and has one."""
    if project is None or change.project_id != project.id:
        return None
    match change:
        case SetField(part=Part.INDICATOR, record_id=line_id, field=field):
            found = project.find_indicator(line_id)
            return Place(found[0], field, line_id) if found is not None else None
        case SetField(part=Form() as form, field=field):
            return Place(form, field)
        case InsertIndicator(form=form, indicator=line) | DeleteIndicator(form=form, indicator=line):
            return Place(form, "name", line.id) if project.find_indicator(line.id) is not None else None
        case MoveIndicator(form=form, source=source, target=target):
            lines = project.indicators(form)
            return Place(form, "name", lines[target if target < len(lines) else source].id) if lines else None
        case _:
            return None
