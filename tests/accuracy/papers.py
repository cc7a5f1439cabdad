"""The same forms as files of every kind: written by us, printed and converted by LibreOffice, as Word holds them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from shutil import which
from tempfile import mkdtemp

from docx import Document

from model.recognition import RecognisedForm
from model.records import Project
from model.settings import Settings
from storage.excel import export_workbook
from storage.guard.process import read_guarded
from storage.interchange import ImportedForm, read_forms
from tests.accuracy.compared import FIXTURES
from tests.storage.pdf.drawn_pdf import printed
from tests.storage.word.test_word import add_sheet


@cache
def _folder() -> Path:
    return Path(mkdtemp(prefix="jixiao-accuracy-"))


@cache
def _projects(stem: str) -> tuple[Project, ...]:
    forms = read_forms(FIXTURES / "forms" / f"{stem}.json")
    numbers = iter(range(1_000_000))
    return tuple(form.with_ids(lambda: str(next(numbers))).as_project(str(next(numbers))) for form in forms)


@cache
def _workbook(stem: str) -> Path:
    path = _folder() / f"{stem}.xlsx"
    export_workbook(path, _projects(stem), Settings(), draft=True)
    return path


@cache
def _converted(source: Path, suffix: str) -> Path:
    """A file as LibreOffice makes another kind of it."""
    folder = _folder()
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / f"{source.stem}.{suffix}"


@cache
def _document(stem: str) -> Path:
    document = Document()
    for sheet in printed(_projects(stem)):
        add_sheet(document, sheet).style = "Table Grid"  # with rules, as published
    document.save(str(_folder() / f"{stem}-word.docx"))
    return _folder() / f"{stem}-word.docx"


def _read(path: Path) -> tuple[RecognisedForm, ...]:
    return tuple(map(_recognised, read_guarded(path, lambda: False)))


def _recognised(form: ImportedForm) -> RecognisedForm:
    """A form that was read, as the table of accuracy takes it."""
    names = {one.name for one in fields(RecognisedForm)} & {one.name for one in fields(ImportedForm)} - {"source"}
    return RecognisedForm(**{name: getattr(form, name) for name in names})


PAPERS: Mapping[str, Callable[[str], tuple[RecognisedForm, ...]]] = {
    ".xlsx of ours": lambda stem: _read(_workbook(stem)),
    ".docx, published layout": lambda stem: _read(_document(stem)),
} | (
    {
        ".pdf by LibreOffice": lambda stem: _read(_converted(_workbook(stem), "pdf")),
        ".pdf of that .docx": lambda stem: _read(_converted(_document(stem), "pdf")),
        ".xls by LibreOffice": lambda stem: _read(_converted(_workbook(stem), "xls")),
    }
    if which("soffice")
    else {}
)
