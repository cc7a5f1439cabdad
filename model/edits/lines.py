"""Edits of whole indicator lines: adding, deleting, moving and sorting."""

from __future__ import annotations

from collections.abc import Iterable

from model.changes import DeleteIndicator, InsertIndicator, MoveIndicator, ProjectChange
from model.edits.gesture import Gesture
from model.records import Form, Indicator, Project
from model.settings import Settings
from model.taxonomy import order_key

_DEFAULT = Settings()


def insert_line(
    project: Project, form: Form, position: int, indicator: Indicator, settings: Settings = _DEFAULT
) -> tuple[ProjectChange, ...]:
    """Add a line at a position (0 = first; out of range counts as the nearest end) of a form that was started."""
    if project.form(form) is None:
        return ()
    gesture = Gesture(project)
    position = max(0, min(position, len(project.indicators(form))))
    gesture.add(InsertIndicator(project.id, form, position, indicator))
    return gesture.finish(settings)


def delete_lines(project: Project, ids: Iterable[str], settings: Settings = _DEFAULT) -> tuple[ProjectChange, ...]:
    """Take lines out of whichever form holds them; ids the project does not have are passed over."""
    gesture = Gesture(project)
    for indicator_id in dict.fromkeys(ids):
        place = gesture.project.find_indicator(indicator_id)
        if place is not None:
            form, position = place
            gesture.add(DeleteIndicator(project.id, form, position, gesture.project.indicators(form)[position]))
    return gesture.finish(settings)


def move_line(project: Project, indicator_id: str, delta: int) -> tuple[ProjectChange, ...]:
    """Move a line up (negative) or down, as far as its form goes."""
    place = project.find_indicator(indicator_id)
    if place is None:
        return ()
    form, source = place
    target = max(0, min(source + delta, len(project.indicators(form)) - 1))
    return () if target == source else (MoveIndicator(project.id, form, source, target),)


def sort_indicators(project: Project, form: Form) -> tuple[ProjectChange, ...]:
    """Put the lines in taxonomy order (domain.md §4.1); lines of one second level keep their order."""
    wanted = sorted(project.indicators(form), key=lambda line: order_key(line.level1, line.level2))
    gesture = Gesture(project)
    for target, line in enumerate(wanted):
        source = next(position for position, at in enumerate(gesture.project.indicators(form)) if at.id == line.id)
        if source != target:
            gesture.add(MoveIndicator(project.id, form, source, target))
    return gesture.finish(_DEFAULT)
