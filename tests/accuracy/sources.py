"""Where the forms are read from: the published text, and texts made of the curated forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from itertools import count

from model.recognition import RecognisedForm, recognise_text
from model.records import Project
from model.sheets import Sheet
from storage.interchange import read_forms
from tests.accuracy.compared import FIXTURES
from tests.accuracy.papers import PAPERS
from tests.model.form_texts import as_lines, as_tabs, as_words, sheets


def published(stem: str) -> tuple[RecognisedForm, ...]:
    """The text as it came out of the published PDF."""
    return recognise_text((FIXTURES / "published" / f"{stem}.txt").read_text(encoding="utf-8")).forms


@cache
def projects(stem: str) -> tuple[Project, ...]:
    """The curated forms of a file, a project each."""
    ids = count()
    forms = read_forms(FIXTURES / "forms" / f"{stem}.json")
    return tuple(form.with_ids(lambda: f"line-{next(ids)}").as_project(f"p-{form.number}") for form in forms)


def pasted(layout: Callable[[Sheet], str], stem: str) -> tuple[RecognisedForm, ...]:
    """Our printed sheets as another program puts them on the clipboard."""
    return recognise_text("".join(layout(sheet) for project in projects(stem) for _, sheet in sheets(project))).forms


SOURCES: Mapping[str, Callable[[str], tuple[RecognisedForm, ...]]] = {
    "published text": published,
    "pasted from Excel": partial(pasted, as_tabs),
    "words and lines": partial(pasted, as_words),
    "a line a cell": partial(pasted, as_lines),
    **PAPERS,
}
