"""Edits of single cells: typing, and explaining a finding. What was typed is kept as typed."""

from __future__ import annotations

from collections.abc import Iterable

from model.changes import CellOwner, Part, ProjectChange
from model.edits.gesture import Gesture
from model.records import Project
from model.settings import Settings
from model.values.dates import parse_year


def set_cell(
    project: Project, part: CellOwner, record_id: str, field: str, text: str, settings: Settings
) -> tuple[ProjectChange, ...]:
    """Write one cell. Amounts bring their computed total along; printed figures that became stale are released.

    A 预算年度 that is not a year from 2000 to 2100 changes nothing. Raises ValueError for an unknown record or field.
    """
    value: str | int = text
    if part is Part.PROJECT and field == "year":
        year = parse_year(text)
        value = project.year if year is None else year
    gesture = Gesture(project)
    gesture.set(part, record_id, field, value)
    return gesture.finish(settings)


def explain_all(
    project: Project, finding_keys: Iterable[str], text: str, settings: Settings
) -> tuple[ProjectChange, ...]:
    """Write the same 出错说明 for several findings, or take them back with an empty text."""
    gesture = Gesture(project)
    for key in finding_keys:
        gesture.set(Part.EXPLANATION, project.id, key, text if text.strip() else "")
    return gesture.finish(settings)


def explain(project: Project, finding_key: str, text: str, settings: Settings) -> tuple[ProjectChange, ...]:
    """Write the 出错说明 of a finding, or take it back with an empty text."""
    return explain_all(project, (finding_key,), text, settings)
