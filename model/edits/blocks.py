"""Blocks of cells of the indicator table, as a spreadsheet has them: cleared, filled down, pasted from Excel or WPS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from model.changes import InsertIndicator, ProjectChange
from model.edits.gesture import Gesture, line_of
from model.edits.lines import place_under
from model.forms import FORMS
from model.records import Form, Indicator, Project
from model.scoring import ACHIEVEMENT_LABELS, ACHIEVEMENT_TITLES
from model.settings import Settings

_LEVELS = ("level1", "level2")
_NAME = "name"
_ACHIEVEMENT = "achievement"
_ACHIEVEMENTS = {
    label: str(level) for labels in (ACHIEVEMENT_LABELS, ACHIEVEMENT_TITLES) for level, label in labels.items()
}


@dataclass(frozen=True, slots=True)
class Block:
    """The selected cells: lines from top to bottom and fields from left to right."""

    ids: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """Every cell as (indicator id, field)."""
        return tuple((indicator_id, field) for indicator_id in self.ids for field in self.fields)


def clear_block(project: Project, block: Block, settings: Settings) -> tuple[ProjectChange, ...]:
    """Empty the cells of a block; the lines stay (Del)."""
    return _write_everywhere(project, block, "", settings)


def fill_block(project: Project, block: Block, settings: Settings) -> tuple[ProjectChange, ...]:
    """Copy the top cell of each column downwards (Ctrl+D); a single row takes the row above it in its form."""
    ids = block.ids
    place = project.find_indicator(ids[0]) if len(ids) == 1 else None
    if place is not None:
        ids = (project.indicators(place[0])[place[1] - 1].id, *ids) if place[1] > 0 else ()
    source = line_of(project, ids[0]) if ids else None
    if source is None:
        return ()
    gesture = Gesture(project)
    for indicator_id in ids[1:]:
        for field in block.fields:
            gesture.set_line(indicator_id, field, getattr(source, field))
    return gesture.finish(settings)


def paste_over(
    project: Project, form: Form, block: Block, rows: list[list[str]], new_ids: Iterator[str], settings: Settings
) -> tuple[ProjectChange, ...]:
    """Write texts from the top left cell of a selection on (:func:`paste_block`); one text goes into every cell."""
    is_one_text = len(rows) == 1 and len(rows[0]) == 1
    if is_one_text and len(block.cells) > 1:
        return _write_everywhere(project, block, rows[0][0], settings)
    return paste_block(project, form, block.ids[0], block.fields[0], rows, new_ids, settings)


def paste_under(
    project: Project,
    form: Form,
    levels: tuple[str, str],
    rows: list[list[str]],
    new_ids: Iterator[str],
    settings: Settings,
) -> tuple[ProjectChange, ...]:
    """Write a block of texts, names first, as new lines under a 二级指标, behind the lines that stand there."""
    if project.form(form) is None:
        return ()
    gesture = Gesture(project)
    line = Indicator(next(new_ids), *levels)
    gesture.add(InsertIndicator(project.id, form, place_under(project.indicators(form), *levels), line))
    _paste(gesture, form, line.id, _columns_from(form, _NAME), rows, new_ids)
    return gesture.finish(settings)


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

    The columns are those the official form prints, which has none for 达成等级 unless the block begins there. As in
    Excel, the block goes over the lines that follow, and what lies right of the last column is dropped. Rows
    beyond the last line become new lines of the levels of the line above, blank rows no line. On an empty line the
    block is new content: it fills that line and the empty ones right below, and the rest is inserted under them.
    Without ``start_id`` every row becomes a new line at the end. A blank level cell (the rest of a merged label)
    repeats the level above; a level of achievement may be given in words.
    """
    columns = _columns_from(form, start_field)
    if project.form(form) is None or not columns:
        return ()
    gesture = Gesture(project)
    _paste(gesture, form, start_id, columns, rows, new_ids)
    return gesture.finish(settings)


def _paste(
    gesture: Gesture, form: Form, start_id: str | None, columns: list[str], rows: list[list[str]], ids: Iterator[str]
) -> None:
    lines = gesture.project.indicators(form)
    start = next((position for position, line in enumerate(lines) if line.id == start_id), len(lines))
    room = _room(lines, start)
    texts = _with_merged_labels([dict(zip(columns, row, strict=False)) for row in rows])
    for line, row in zip(lines[start : start + room], texts, strict=False):
        for field, text in row.items():
            gesture.set_line(line.id, field, text)
    position = start + room
    for row in texts[room:]:
        if any(row.values()):
            above = gesture.project.indicators(form)[position - 1] if position else Indicator("")
            line = Indicator(next(ids), above.level1, above.level2)
            gesture.add(InsertIndicator(gesture.project.id, form, position, _filled(line, row)))
            position += 1


def _write_everywhere(project: Project, block: Block, text: str, settings: Settings) -> tuple[ProjectChange, ...]:
    gesture = Gesture(project)
    for indicator_id, field in block.cells:
        gesture.set_line(indicator_id, field, text)
    return gesture.finish(settings)


def _columns_from(form: Form, start_field: str) -> list[str]:
    names = [cell.name for cell in FORMS[form].columns if cell.name != _ACHIEVEMENT or start_field == _ACHIEVEMENT]
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
        if _ACHIEVEMENT in filled:
            filled[_ACHIEVEMENT] = _ACHIEVEMENTS.get(filled[_ACHIEVEMENT].strip(), filled[_ACHIEVEMENT])
        result.append(filled)
    return result


def _filled(line: Indicator, row: dict[str, str]) -> Indicator:
    return replace(line, **cast("dict[str, Any]", row))
