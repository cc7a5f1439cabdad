"""A form that is to be imported, cell by cell, beside what the store has in its place (domain.md §8.3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import Any, cast

from model.checking import check
from model.findings import Finding
from model.forms import FORMS, HEADER_CELLS
from model.records import Indicator, Project
from model.rules.context import Context
from storage.importing.replacing import matched_lines
from storage.interchange import ImportedForm

_OWNER = {cell.name for cell in HEADER_CELLS}


@dataclass(frozen=True, slots=True)
class CellBrought:
    """One cell of a form: of the form itself, or of the indicator line ``line`` counted from 0.

    ``before`` is what the store has there where that is another text, None where it has the same or nothing to
    compare with. ``findings`` are what the rules would say of it.
    """

    field: str
    line: int | None
    label: str
    text: str
    before: str | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Brought:
    """A form cell by cell. ``new_lines`` have no line in the store that they would take the place of.

    ``gone`` are lines of the store that no line of the form takes the place of.
    """

    cells: tuple[CellBrought, ...]
    new_lines: frozenset[int]
    gone: tuple[Indicator, ...]

    def of_line(self, line: int | None) -> tuple[CellBrought, ...]:
        """The cells of one line, or those of the form itself."""
        return tuple(cell for cell in self.cells if cell.line == line)


def beside(form: ImportedForm, project: Project | None, context: Context) -> Brought:
    """The cells of a form beside those of the project it is matched with, None where it is a new one."""
    numbers = count()
    form = form.with_ids(lambda: str(next(numbers)))
    standing = project.form(form.kind) if project is not None else None
    old_lines = project.indicators(form.kind) if project is not None else ()
    followed = {new: old for old, new in matched_lines(old_lines, form.content.indicators).items()}
    by_id = {line.id: line for line in old_lines}
    old = {new: by_id[standing_for] for new, standing_for in followed.items()}
    found = _findings(form.as_project(project.id if project is not None else ""), context)
    cells: list[CellBrought] = []
    for cell in FORMS[form.kind].cells:
        holder: Any = form if cell.name in _OWNER else form.content
        before = getattr(standing, cell.name) if standing is not None and cell.name not in _OWNER else None
        text = str(getattr(holder, cell.name))
        about = found.get((cell.name, ""), ())
        cells.append(CellBrought(cell.name, None, cell.label, text, _other(before, text), about))
    for number, line in enumerate(form.content.indicators):
        for cell in FORMS[form.kind].columns:
            if cell.name in form.unsaid:
                continue
            text = getattr(line, cell.name)
            before = getattr(old[line.id], cell.name) if line.id in old else None
            about = found.get((cell.name, line.id), ())
            cells.append(CellBrought(cell.name, number, cell.label, text, _other(before, text), about))
    new = frozenset(
        number for number, line in enumerate(form.content.indicators) if standing is not None and line.id not in old
    )
    gone = tuple(line for line in old_lines if line.id not in followed.values())
    return Brought(tuple(cells), new, gone)


def with_text(form: ImportedForm, field: str, line: int | None, text: str) -> ImportedForm:
    """The form with another text in a cell, as :class:`CellBrought` names it. The year stays as it is."""
    if line is not None:
        lines = list(form.content.indicators)
        lines[line] = replace(lines[line], **cast("dict[str, Any]", {field: text}))
        return replace(form, content=replace(form.content, indicators=tuple(lines)))
    if field in _OWNER:
        return replace(form, **cast("dict[str, Any]", {field: text})) if field != "year" else form
    return replace(form, content=replace(form.content, **cast("dict[str, Any]", {field: text})))


def without_lines(form: ImportedForm, lines: frozenset[int]) -> ImportedForm:
    """The form without some of its lines, counted from 0."""
    kept = tuple(line for number, line in enumerate(form.content.indicators) if number not in lines)
    return replace(form, content=replace(form.content, indicators=kept))


def _other(before: str | None, text: str) -> str | None:
    """What stood there before, where it said something else."""
    return before if before is not None and "".join(before.split()) != "".join(text.split()) else None


def _findings(project: Project, context: Context) -> dict[tuple[str, str], tuple[Finding, ...]]:
    found: dict[tuple[str, str], tuple[Finding, ...]] = {}
    for finding in check(project, context):
        place = finding.place.field, finding.place.indicator_id
        found[place] = (*found.get(place, ()), finding)
    return found
