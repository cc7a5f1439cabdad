"""What the gestures of the indicator table change: each is one tuple of changes against the saved project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from gui.models.columns import COLUMNS, NAME, REASON
from model.changes import MoveIndicator, Part, ProjectChange, apply_all
from model.edits import (
    add_under,
    clear_cells,
    delete_lines,
    fill_down,
    insert_line,
    move_under,
    paste_block,
    set_cell,
)
from model.records import Form, Indicator, Project
from model.settings import Settings

Changes = tuple[ProjectChange, ...]
Edit = Callable[[Project], Changes]


def chain(project: Project, edits: Iterable[Edit]) -> Changes:
    """Several edits as one gesture: each is computed on what those before it lead to."""
    changes: Changes = ()
    for edit in edits:
        step = edit(project)
        project = apply_all(project, step)
        changes += step
    return changes


@dataclass(frozen=True, slots=True)
class Block:
    """The selected cells: lines from top to bottom and fields from left to right."""

    ids: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def is_single(self) -> bool:
        """Whether it is one cell."""
        return len(self.ids) == 1 and len(self.fields) == 1


@dataclass(frozen=True, slots=True)
class Gestures:
    """The gestures on one form of a saved project."""

    project: Project
    form: Form
    settings: Settings

    @property
    def lines(self) -> tuple[Indicator, ...]:
        """The lines of the form."""
        return self.project.indicators(self.form)

    def write(self, line_id: str, field: str, text: str) -> Changes:
        """Type a text into a cell; nothing when the line is gone."""
        if self.project.find_indicator(line_id) is None:
            return ()
        return set_cell(self.project, Part.INDICATOR, line_id, field, text, self.settings)

    def add_after(self, line_id: str, new_id: str) -> Changes:
        """A blank line of the same levels after a line."""
        position = self._position(line_id)
        line = Indicator(new_id, self.lines[position].level1, self.lines[position].level2)
        return insert_line(self.project, self.form, position + 1, line, self.settings)

    def add_under(self, level1: str, level2: str, new_id: str) -> Changes:
        """A blank line at the end of a 二级指标."""
        return add_under(self.project, self.form, Indicator(new_id, level1, level2), self.settings)

    def delete(self, ids: Iterable[str]) -> Changes:
        """Delete lines."""
        return delete_lines(self.project, ids, self.settings)

    def move(self, ids: Sequence[str], delta: int) -> Changes:
        """Move lines one up (-1) or down (+1) within their 二级指标; nothing when the first of them is at its edge."""
        moving = sorted((self._position(line_id) for line_id in ids), reverse=delta > 0)
        changes: Changes = ()
        for position in moving:
            target = position + delta
            if not self._is_same_level(position, target):
                return ()
            changes += (MoveIndicator(self.project.id, self.form, position, target),)
        return changes

    def move_to_level(self, ids: Iterable[str], level1: str, level2: str) -> Changes:
        """Put lines at the end of another 二级指标."""
        return move_under(self.project, ids, level1, level2, self.settings)

    def clear(self, block: Block) -> Changes:
        """Blank the cells of a block."""
        cells = [(line_id, field) for line_id in block.ids for field in block.fields]
        return clear_cells(self.project, cells, self.settings)

    def fill(self, block: Block) -> Changes:
        """Copy the top cell of each column downwards; a single row takes the row above it."""
        ids = block.ids
        if len(ids) == 1:
            position = self._position(ids[0])
            ids = (self.lines[position - 1].id, *ids) if position > 0 else ()
        return chain(self.project, (self._filling(ids, field) for field in block.fields))

    def paste(self, block: Block, rows: list[list[str]], new_ids: Iterator[str]) -> Changes:
        """Write a block of texts from the top left cell on; one text goes into every selected cell."""
        if len(rows) == 1 and len(rows[0]) == 1 and not block.is_single:
            text = rows[0][0]
            cells = ((line_id, field) for line_id in block.ids for field in block.fields)
            return chain(self.project, (self._writing(line_id, field, text) for line_id, field in cells))
        return self._paste_from(block.ids[0], block.fields[0], rows, new_ids)

    def paste_under(self, level1: str, level2: str, rows: list[list[str]], new_ids: Iterator[str]) -> Changes:
        """Write a block of texts as new lines of a 二级指标."""
        line_id = next(new_ids)
        added = self.add_under(level1, level2, line_id)
        there = Gestures(apply_all(self.project, added), self.form, self.settings)
        return added + there._paste_from(line_id, NAME, rows, new_ids)

    def _paste_from(self, line_id: str, field: str, rows: list[list[str]], new_ids: Iterator[str]) -> Changes:
        # the official form has no column for 达成等级, which the record holds before the reason
        columns = [column.field for column in COLUMNS[self.form]]
        columns = columns[columns.index(field) :]
        width = columns.index(REASON) if REASON in columns else len(columns)
        changes: Changes = ()
        if width:
            body = [row[:width] for row in rows]
            changes = paste_block(self.project, self.form, line_id, field, body, new_ids, self.settings)
        reasons = [row[width] if len(row) > width else None for row in rows]
        pasted = apply_all(self.project, changes)
        start = self._position(line_id)
        targets = pasted.indicators(self.form)[start : start + len(rows)]
        filled = [(line.id, text) for line, text in zip(targets, reasons, strict=False) if text is not None]
        return changes + chain(pasted, (self._writing(line_id, REASON, text) for line_id, text in filled))

    def _writing(self, line_id: str, field: str, text: str) -> Edit:
        return lambda project: set_cell(project, Part.INDICATOR, line_id, field, text, self.settings)

    def _filling(self, ids: tuple[str, ...], field: str) -> Edit:
        return lambda project: fill_down(project, ids, field, self.settings)

    def _position(self, line_id: str) -> int:
        found = self.project.find_indicator(line_id)
        if found is None:
            raise ValueError(f"no line {line_id}")
        return found[1]

    def _is_same_level(self, one: int, other: int) -> bool:
        if not 0 <= other < len(self.lines):
            return False
        first, second = self.lines[one], self.lines[other]
        return (first.level1, first.level2) == (second.level1, second.level2)
