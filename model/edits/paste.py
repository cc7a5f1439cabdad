"""Pasting a block of cells from Excel or WPS into the indicator table, as one gesture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, cast

from model.changes import InsertIndicator, ProjectChange
from model.edits.gesture import Gesture
from model.fields import INDICATOR_CELLS
from model.records import Form, Indicator, Project
from model.scoring import ACHIEVEMENT_LABELS, ACHIEVEMENT_TITLES
from model.settings import Settings

_LEVELS = ("level1", "level2")
_ACHIEVEMENTS = {
    label: str(level) for labels in (ACHIEVEMENT_LABELS, ACHIEVEMENT_TITLES) for level, label in labels.items()
}


def paste_block(
    project: Project,
    form: Form,
    start_id: str | None,
    start_field: str,
    rows: list[list[str]],
    new_ids: Iterator[str],
    settings: Settings,
) -> tuple[ProjectChange, ...]:
    """Write a block of texts, exactly as typed, to the right of and down from one cell.

    As in Excel, the block goes over the lines that follow, and what lies right of the last column is dropped. Rows
    beyond the last line become new lines of the levels of the line above. On an empty line the block is new content:
    it fills that line and the empty ones right below, and the rest is inserted under them. Without ``start_id``
    every row becomes a new line at the end. A blank level cell (the rest of a merged label) repeats the level above;
    a level of achievement may be given in words.
    """
    columns = _columns_from(form, start_field)
    if project.form(form) is None or not columns:
        return ()
    lines = project.indicators(form)
    start = next((position for position, line in enumerate(lines) if line.id == start_id), len(lines))
    room = _room(lines, start)
    texts = _with_merged_labels([dict(zip(columns, row, strict=False)) for row in rows])
    gesture = Gesture(project)
    for line, row in zip(lines[start : start + room], texts, strict=False):
        for field, text in row.items():
            gesture.set_line(line.id, field, text)
    position = start + room
    for row in texts[room:]:
        if any(row.values()):
            above = gesture.project.indicators(form)[position - 1] if position else Indicator("")
            line = Indicator(next(new_ids), above.level1, above.level2)
            gesture.add(InsertIndicator(project.id, form, position, _filled(line, row)))
            position += 1
    return gesture.finish(settings)


def _columns_from(form: Form, start_field: str) -> list[str]:
    names = [cell.name for cell in INDICATOR_CELLS[form]]
    return names[names.index(start_field) :] if start_field in names else []


def _room(lines: tuple[Indicator, ...], start: int) -> int:
    """How many existing lines a block may go over: all that follow, or only the empty ones when it starts on one."""
    following = lines[start:]
    if not following or not _is_empty(following[0]):
        return len(following)
    first = following[0]
    full = (not _is_empty(line) or line.level2 != first.level2 for line in following)
    return next((count for count, stop in enumerate(full) if stop), len(following))


def _is_empty(line: Indicator) -> bool:
    cells = (spec.name for spec in fields(line) if spec.name not in ("id", *_LEVELS))
    return not any(getattr(line, cell).strip() for cell in cells)


def _with_merged_labels(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows with blank level cells taken from the row above, and levels of achievement as they are stored."""
    above: dict[str, str] = {}
    result: list[dict[str, str]] = []
    for row in rows:
        filled = {field: text for field, text in row.items() if text.strip() or field not in _LEVELS}
        if any(text.strip() for text in row.values()):
            filled = {**above, **filled}
        above = {field: filled[field] for field in _LEVELS if field in filled} or above
        if "achievement" in filled:
            filled["achievement"] = _ACHIEVEMENTS.get(filled["achievement"].strip(), filled["achievement"])
        result.append(filled)
    return result


def _filled(line: Indicator, row: dict[str, str]) -> Indicator:
    return replace(line, **cast("dict[str, Any]", row))
