"""Finding cells and projects for the search box: the nearest first, each with what was found in it.

First the form on screen, then the rest of its project, then projects by their names, then the newest years.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from unicodedata import normalize

from gui.document.project_list import NO_NAME, ProjectList
from model.edits import folded
from model.findings import Place
from model.forms import FORMS, HEADER_CELLS, Cell, CellKind
from model.labels import name_of_line
from model.records import Content, Form, Indicator, Project
from model.values.excerpts import start_of

LIMIT = 30
NEAR_AT_MOST = 10
"""So many of one kind, that the others are seen too."""
_KINDS = {CellKind.TEXT, CellKind.LONG_TEXT, CellKind.VALUE, CellKind.DATE}
_AROUND = 10

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: its text, ``detail`` on where it is, and the parts of ``text`` that were looked for.

    ``place`` is the cell; None for a project as a whole.
    """

    project_id: str
    text: str
    detail: str
    bold: tuple[Range, ...] = ()
    place: Place | None = None


def find(
    text: str, here: Project | None, form: Form, projects: Iterable[Project], listed: ProjectList
) -> tuple[Found, ...]:
    """What contains every word of a text. ``projects`` are those whose cells are looked at, nearest first."""
    words = tuple(_plain(text).split())
    if not words:
        return ()
    in_form = _in_form(here, form, words, "这张表") if here is not None else ()
    others = (one for one in FORMS if here is not None and one is not form)
    in_project = (hit for one in others for hit in _in_form(here, one, words, FORMS[one].names.tab))
    elsewhere = (
        hit
        for project in projects
        if here is None or project.id != here.id
        for one in FORMS
        for hit in _in_form(
            project, one, words, f"{project.year} {FORMS[one].names.brief} · {project.project_name or NO_NAME}"
        )
    )
    return tuple(
        islice(
            (
                hit
                for group in (in_form, in_project, find_projects(text, listed), elsewhere)
                for hit in islice(group, NEAR_AT_MOST if group is not elsewhere else LIMIT)
            ),
            LIMIT,
        )
    )


def find_projects(text: str, projects: ProjectList) -> Iterator[Found]:
    """Projects whose name, unit or year contain every word."""
    words = text.casefold().split()
    for summary in projects.matching(words, LIMIT) if words else ():
        name = summary.project_name or NO_NAME
        yield Found(summary.id, name, f"{summary.year} 年度 · {summary.unit}", _ranges(name, words))


def _in_form(project: Project | None, form: Form, words: Sequence[str], where: str) -> Iterator[Found]:
    content = project.form(form) if project is not None else None
    if project is None or content is None:
        return
    yield from _in_cells(project, form, content, FORMS[form].cells[len(HEADER_CELLS) :], words, where)
    for position, line in enumerate(project.indicators(form)):
        yield from _in_cells(project, form, line, FORMS[form].columns, words, where, position)


def _in_cells(
    project: Project,
    form: Form,
    record: Content | Indicator,
    cells: Iterable[Cell],
    words: Sequence[str],
    where: str,
    position: int = 0,
) -> Iterator[Found]:
    """The cell with all words; else, where the words are spread over a line, the one with the first of them."""
    texts = [(cell, str(getattr(record, cell.name))) for cell in cells if cell.kind in _KINDS]
    plain = [_plain(text) for _, text in texts]
    whole = [at for at, text in enumerate(plain) if all(word in text for word in words)]
    if not whole and isinstance(record, Indicator) and all(word in "\n".join(plain) for word in words):
        whole = [at for at, text in enumerate(plain) if words[0] in text]
    line_id = record.id if isinstance(record, Indicator) else ""
    for at in whole[:1]:
        cell, text = texts[at]
        shown, called = _around(text, words), f"{cell.label} · {where}"
        if isinstance(record, Indicator) and cell.name != "name":
            called = f"{name_of_line(record.name, position)}：{called}"
        yield Found(project.id, shown, called, _ranges(shown, words), Place(form, cell.name, line_id))


def _around(text: str, words: Sequence[str]) -> str:
    """A text on one line, from a little before the first word on."""
    line = " ".join(text.split())
    first = min((start for start, _ in _ranges(line, words)), default=0)
    return line if first <= 2 * _AROUND else f"…{line[start_of(line, first - _AROUND, first) :]}"


def _ranges(text: str, words: Iterable[str]) -> tuple[Range, ...]:
    """Where the words are in a text, in order and not over each other."""
    small = folded(text)
    found = sorted((start, start + len(word)) for word in words if (start := small.find(word)) >= 0)
    return tuple(one for at, one in enumerate(found) if at == 0 or one[0] >= found[at - 1][1])


def _plain(text: str) -> str:
    """A text of any width and case, as it is compared."""
    return text.lower() if text.isascii() else normalize("NFKC", text).casefold()
