"""Blocks of cells of the indicator table, as a spreadsheet has them: cleared, filled down, pasted from Excel or WPS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from model.changes import ProjectChange
from model.edits.gesture import Gesture, line_of
from model.edits.lines import place_under, put_under
from model.edits.pasting import LEVELS, NAME, PastedBlock, Row, read_block
from model.forms import FORMS
from model.records import LINES_LIMIT, Form, Indicator, Project
from model.settings import Settings


@dataclass(frozen=True, slots=True)
class Block:
    """The selected cells: lines from top to bottom and fields from left to right, but for the ``holes`` among them."""

    ids: tuple[str, ...]
    fields: tuple[str, ...]
    holes: frozenset[tuple[str, str]] = frozenset()

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """Every cell as (indicator id, field)."""
        cells = ((indicator_id, field) for indicator_id in self.ids for field in self.fields)
        return tuple(cell for cell in cells if cell not in self.holes)


def clear_block(project: Project, block: Block, settings: Settings) -> tuple[ProjectChange, ...]:
    """Empty the cells of a block; the lines stay, and where they stand (Del)."""
    return write_everywhere(project, block, "", settings)


def fill_block(project: Project, block: Block, settings: Settings) -> tuple[ProjectChange, ...]:
    """Copy the top cell of each column downwards (Ctrl+D); a single row takes the row above it in its form.

    A level that is copied takes the lines along to where it stands.
    """
    ids = block.ids
    place = project.find_indicator(ids[0]) if len(ids) == 1 else None
    if place is not None:
        ids = (project.indicators(place[0])[place[1] - 1].id, *ids) if place[1] > 0 else ()
    source = line_of(project, ids[0]) if ids else None
    if source is None:
        return ()
    gesture = Gesture(project)
    for indicator_id in ids[1:]:
        if set(LEVELS) & set(block.fields):
            put_under(gesture, indicator_id, source.level1, source.level2)
        for field in block.fields:
            if field not in LEVELS:
                gesture.set_line(indicator_id, field, getattr(source, field))
    return gesture.finish(settings)


def fill_right(project: Project, block: Block, settings: Settings) -> tuple[ProjectChange, ...]:
    """Copy the first cell of each line into those right of it (Ctrl+R); levels stay."""
    first, *others = block.fields
    gesture = Gesture(project)
    for indicator_id in block.ids:
        source = line_of(project, indicator_id)
        for field in others if source is not None else ():
            gesture.set_line(indicator_id, field, getattr(source, first))
    return gesture.finish(settings)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a block is pasted: the line of the cursor, "" where there is none, its column, and the levels there.

    ``columns`` are the fields as they stand on screen, from left to right; none for those of the form in its order.
    ``selected`` is how many lines, one below the other, and fields beside each other are selected from there on.
    """

    line_id: str
    field: str
    levels: tuple[str, str]
    columns: tuple[str, ...] = ()
    selected: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What pasting changes: ``ids`` are the lines written, ``fields`` the columns, ``left_out`` what has no place.

    ``overwritten`` are the names of lines that would get another name.
    """

    changes: tuple[ProjectChange, ...] = ()
    ids: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    overwritten: tuple[str, ...] = ()


def paste_block(
    project: Project,
    form: Form,
    target: Target,
    rows: list[list[str]],
    new_ids: Iterator[str],
    settings: Settings,
    *,
    as_new: bool = False,
) -> Pasted:
    """Write a block of texts as it was recognised (:mod:`model.edits.pasting`).

    Rows that name their levels become new lines under them, empty lines there first. Names from a line on go over the
    lines of its 二级指标 and no further: what is left becomes new lines there, and from its last line all of them do,
    as they do ``as_new`` and where there is no line. On an empty line a block is new content too: it fills that line
    and the empty ones right below. Other cells go over the lines that follow, and what lies below the last is left
    out; where several times as many are selected they go there as often. A form takes
    :data:`~model.records.LINES_LIMIT` lines.
    """
    if project.form(form) is None:
        return Pasted()
    block = read_block(rows, form, target.field, target.columns)
    paste = _Paste(project, form, block, new_ids)
    at = next((at for at, line in enumerate(project.indicators(form)) if line.id == target.line_id), None)
    if block.has_levels:
        paste.under_levels()
    elif at is None:
        paste.insert(place_under(project.indicators(form), *target.levels), target.levels)
    elif as_new:
        paste.insert(at + 1, target.levels)
    elif NAME in block.fields and len(block.rows) > 1:
        paste.names(at)
    else:
        block = _repeated(block, target)
        paste.over(at, block.rows)
    return Pasted(
        paste.gesture.finish(settings) if paste.ids else (),
        tuple(paste.ids),
        block.fields,
        (*block.left_out, *paste.left_out),
        tuple(paste.overwritten),
    )


def _repeated(block: PastedBlock, target: Target) -> PastedBlock:
    """Values over a selection that is a whole number of their block go into all of it, as in a spreadsheet."""
    (down, across), columns = target.selected, target.columns
    start = columns.index(target.field) if target.field in columns else 0
    fields, width, height = columns[start : start + across], len(block.fields), len(block.rows)
    if NAME in block.fields or not width or not height:
        return block
    rows = block.rows if down % height else block.rows * max(1, down // height)
    if len(fields) % width or fields[:width] != block.fields:
        return replace(block, rows=rows)
    sources = {field: block.fields[at % width] for at, field in enumerate(fields)}
    rows = tuple({field: row[source] for field, source in sources.items() if source in row} for row in rows)
    return replace(block, fields=fields, rows=rows)


class _Paste:
    """One block on its way into the lines of a form."""

    def __init__(self, project: Project, form: Form, block: PastedBlock, new_ids: Iterator[str]) -> None:
        self.gesture = Gesture(project)
        self.ids: list[str] = []
        self.left_out: list[str] = []
        self.overwritten: list[str] = []
        self._form = form
        self._lines = project.indicators(form)
        self._filled = [row for row in block.rows if any(text.strip() for text in row.values())]
        self._new_ids = new_ids

    def under_levels(self) -> None:
        """Each row under the level it names."""
        by_levels: dict[tuple[str, str], list[Row]] = {}
        for row in self._filled:
            by_levels.setdefault((row[LEVELS[0]], row[LEVELS[1]]), []).append(row)
        for levels, rows in by_levels.items():
            lines = self.gesture.project.indicators(self._form)
            empty = [line.id for line in lines if _is_empty(line) and (line.level1, line.level2) == levels]
            for line_id, row in zip(empty, rows, strict=False):
                self._write(line_id, {field: text for field, text in row.items() if field not in LEVELS})
            self._insert(place_under(lines, *levels), levels, rows[len(empty) :])

    def insert(self, place: int, levels: tuple[str, str]) -> None:
        """Every row as a new line."""
        self._insert(place, levels, self._filled)

    def names(self, at: int) -> None:
        """Over the lines of one 二级指标, the rest as new lines there."""
        room = self._room(at)
        for line, row in zip(self._lines[at : at + room], self._filled, strict=False):
            name = row.get(NAME, "").strip()
            if line.name.strip() and name and line.name.strip() != name:
                self.overwritten.append(line.name)
            self._write(line.id, row)
        levels = (self._lines[at].level1, self._lines[at].level2)
        self._insert(at + (room or 1), levels, self._filled[room:])

    def over(self, at: int, rows: tuple[Row, ...]) -> None:
        """Over the lines that follow, whatever their level."""
        for line, row in zip(self._lines[at:], rows, strict=False):
            self._write(line.id, row)
        surplus = sum(any(text.strip() for text in row.values()) for row in rows[len(self._lines) - at :])
        if surplus:
            self.left_out.append(f"多出的 {surplus} 行没有对应的指标，没有粘贴")

    def _room(self, at: int) -> int:
        """How many lines names may go over: those of the 二级指标, only the empty ones from an empty line on.

        None from its last line, when that has a name.
        """
        levels = (self._lines[at].level1, self._lines[at].level2)
        starts_empty = _is_empty(self._lines[at])
        room = 0
        for line in self._lines[at:]:
            if (line.level1, line.level2) != levels or (starts_empty and not _is_empty(line)):
                break
            room += 1
        return 0 if room == 1 and not starts_empty else room

    def _write(self, line_id: str, row: Row) -> None:
        for field, text in row.items():
            self.gesture.set_line(line_id, field, text)
        self.ids.append(line_id)

    def _insert(self, place: int, levels: tuple[str, str], rows: list[Row]) -> None:
        room = LINES_LIMIT - len(self.gesture.project.indicators(self._form))
        if len(rows) > room:
            self.left_out.append(f"一张表最多 {LINES_LIMIT} 条指标，多出的 {len(rows) - room} 行没有粘贴")
        for offset, row in enumerate(rows[: max(0, room)]):
            line = _filled(FORMS[self._form].line(next(self._new_ids), *levels), row)
            self.gesture.insert(self._form, place + offset, line)
            self.ids.append(line.id)


def write_everywhere(project: Project, block: Block, text: str, settings: Settings) -> tuple[ProjectChange, ...]:
    """Write one text into every cell of a selection but its levels."""
    gesture = Gesture(project)
    for indicator_id, field in block.cells:
        if field not in LEVELS:
            gesture.set_line(indicator_id, field, text)
    return gesture.finish(settings)


def _is_empty(line: Indicator) -> bool:
    cells = (spec.name for spec in fields(line) if spec.name not in ("id", *LEVELS))
    return not any(getattr(line, cell).strip() for cell in cells)


def _filled(line: Indicator, row: Row) -> Indicator:
    return replace(line, **cast("dict[str, Any]", row))
