"""Texts found in the cells of whole projects, each hit with what would stand there: seen first, then written.

What is looked for is a :data:`Search`: a text in any spelling (:func:`searching`), or whatever else says which
stretches of a text give way to others. Only words are found: amounts, points, levels and what is computed are no texts
to be replaced, and a level that is renamed has to take its line along (:func:`model.edits.lines.put_under`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from unicodedata import normalize

from model.changes import CellOwner, Part, ProjectChange
from model.edits.gesture import Gesture
from model.findings import Place
from model.forms import FORMS, HEADER_CELLS, Cell, CellKind
from model.labels import name_of_line
from model.records import Content, Form, Indicator, Project
from model.settings import Settings

_KINDS = {CellKind.TEXT, CellKind.LONG_TEXT, CellKind.VALUE, CellKind.DATE}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text, ``start`` to before ``end``, and the text that would stand in its place."""

    start: int
    end: int
    text: str


Search = Callable[[str], Sequence[Stretch]]
"""What is to give way in a text: stretches from left to right that do not overlap; none when nothing is found."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One cell in which something was found.

    ``owner``, ``record_id`` and ``field`` name the cell as :class:`model.changes.SetField` does; ``form`` is the one it
    is shown on. ``where`` says in words which cell it is, without project and form. ``before`` is its whole text.
    """

    project_id: str
    form: Form
    owner: CellOwner
    record_id: str
    field: str
    where: str
    before: str
    stretches: tuple[Stretch, ...]

    @property
    def after(self) -> str:
        """The whole text with every stretch replaced."""
        text, at = "", 0
        for stretch in self.stretches:
            text += self.before[at : stretch.start] + stretch.text
            at = stretch.end
        return text + self.before[at:]

    @property
    def place(self) -> Place:
        """Where it is on screen."""
        return Place(self.form, self.field, self.record_id if self.owner is Part.INDICATOR else "")


def searching(wanted: str, other: str, *, exactly: bool) -> Search:
    """Look for a text and put another one in its place; an empty one finds nothing.

    Unless ``exactly``, capitals and the width of characters do not count: ２０２６ is found by 2026.
    """
    looked_for = wanted if exactly else folded(wanted)

    def search(text: str) -> Sequence[Stretch]:
        return tuple(_found(text if exactly else folded(text), looked_for, other))

    return search


def hits(projects: Iterable[Project], search: Search, forms: Collection[Form] | None = None) -> Iterator[Hit]:
    """Every cell in which something is found, project by project and from top to bottom of each form.

    ``forms`` are those looked at, None for all; what stands in the head of all forms of a project is found once.
    """
    for project in projects:
        shown = [form for form in FORMS if form in project.forms and (forms is None or form in forms)]
        if not shown:
            continue
        yield from _in_record(project, shown[0], Part.PROJECT, project, HEADER_CELLS, search)
        for form in shown:
            own_cells = FORMS[form].cells[len(HEADER_CELLS) :]
            yield from _in_record(project, form, form, project.forms[form], own_cells, search)
            for position, line in enumerate(project.indicators(form)):
                called = name_of_line(line.name, position)
                yield from _in_record(project, form, Part.INDICATOR, line, FORMS[form].columns, search, called)


def replace_hits(project: Project, found: Iterable[Hit], settings: Settings) -> tuple[ProjectChange, ...]:
    """Write what stands in the hits of one project; those of others are passed over, and cells whose text has changed.

    Several hits of one cell are written together. Totals and printed figures follow as they follow typing.
    """
    gesture = Gesture(project)
    by_cell: dict[tuple[CellOwner, str, str], list[Hit]] = {}
    for hit in found:
        if hit.project_id == project.id and gesture.text(hit.owner, hit.record_id, hit.field) == hit.before:
            by_cell.setdefault((hit.owner, hit.record_id, hit.field), []).append(hit)
    for cell, (first, *others) in by_cell.items():
        stretches = [*first.stretches, *(stretch for other in others for stretch in other.stretches)]
        whole = replace(first, stretches=tuple(sorted(stretches, key=lambda stretch: stretch.start)))
        gesture.set(*cell, whole.after)
    return gesture.finish(settings)


def _in_record(
    project: Project,
    form: Form,
    owner: CellOwner,
    record: Project | Content | Indicator,
    cells: Iterable[Cell],
    search: Search,
    called: str = "",
) -> Iterator[Hit]:
    record_id = record.id if isinstance(record, Indicator) else project.id
    for cell in cells:
        text = getattr(record, cell.name) if cell.kind in _KINDS else ""
        stretches = tuple(search(text)) if text else ()
        if stretches:
            where = f"{called}：{cell.label}" if called else cell.label
            yield Hit(project.id, form, owner, record_id, cell.name, where, text, stretches)


def _found(text: str, wanted: str, other: str) -> Iterator[Stretch]:
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        yield Stretch(at, end, other)
        at = text.find(wanted, end)


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """The text in small letters of one width, every character in its place."""
    if text.isascii():
        return text.lower()
    return "".join(map(_one_folded, text))


def _one_folded(character: str) -> str:
    folded = normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character
