"""Cells made to harm whoever opens the export: they come back as they were, and nothing is a formula."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from openpyxl import Workbook

from model.errors import UserError
from model.records import Declaration, Project, forms_of
from model.settings import Settings
from storage.excel import export_workbook
from storage.excel.forms import read_forms as read_workbook
from storage.interchange import ImportedForm
from storage.interchange.reading import read_forms as read_json
from storage.interchange.writing import write_forms
from tests.model.projects import declaration_of
from tests.torture.stores import some_projects
from tests.torture.tally import Run, Tally

_FORMULA = "="
_STARTS = (_FORMULA, "+", "-", "@", "\t=", "'=", "＝", " =", "#", "")
_TEXTS = (
    "1+1",
    "cmd|'/C calc'!A0",
    'HYPERLINK("http://x.test","看")',
    "100.00(%)",
    "REF!",
    "N/A",
    "_x000D_",
    "😀" * 50,
    "\u202e倒过来",
    "a\nb",
    "<b>&amp;</b>",
    "字" * 3000,
    "0001",
    "1e5",
    "２０２６",
)


def export_hostile_cells(run: Run) -> Tally:
    """Export projects of hostile cells as workbook and JSON, look for formulas, and import both again."""
    tally, chance = Tally(), Random(run.seed)
    for number in range(run.count):
        one, where = _hostile(chance, number), f"project {number} of seed {run.seed}"
        book, exchange = run.folder / "out.xlsx", run.folder / "out.json"
        with tally.fault():
            try:
                export_workbook(book, (one,), Settings(), draft=True)
                write_forms(exchange, (one,), Settings())
            except UserError:
                tally.count("refused with a message")
                continue
            for problem in formulas(book):
                tally.note("other", f"{where}: {problem}")
            for problem in _differences(one, read_json(exchange), "JSON"):
                tally.note("lost", f"{where}: {problem}")
            for problem in _differences(one, read_workbook(book), "workbook"):
                tally.note("lost", f"{where}: {problem}")
    return tally


def export_naively(run: Run) -> Tally:
    """The control: a writer that puts texts into cells as they are."""
    tally, chance = Tally(), Random(run.seed)
    for number in range(run.count):
        with tally.fault():
            book = Workbook()
            content = declaration_of(_hostile(chance, number))
            book.active.append([content.annual_goal])  # type: ignore[union-attr]
            for line in content.indicators:
                book.active.append([line.name, line.target_text])  # type: ignore[union-attr]
            book.save(run.folder / "out.xlsx")
            for problem in formulas(run.folder / "out.xlsx"):
                tally.note("other", problem)
    return tally


def formulas(book: Path) -> Iterator[str]:
    """Cells of a workbook that are formulas or errors."""
    with zipfile.ZipFile(book) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/"):
                content = package.read(name)
                if b"<f>" in content or b"<f " in content or b't="e"' in content:
                    yield f"{name} has a formula or an error cell"


def _hostile(chance: Random, number: int) -> Project:
    """A project with whatever chance puts into its cells; its goal always begins like a formula."""
    base = some_projects()[1]
    lines = tuple(
        replace(line, name=f"{_text(chance)}{at}", target_text=_text(chance))
        for at, line in enumerate(declaration_of(base).indicators)
    )
    goal = _FORMULA + chance.choice(_TEXTS)
    content = replace(declaration_of(base), annual_goal=goal, overall_goal=_text(chance), indicators=lines)
    return replace(base, project_name=f"{_text(chance)[:200]}{number}", forms=forms_of(content))


def _text(chance: Random) -> str:
    return chance.choice(_STARTS) + chance.choice(_TEXTS)


def _differences(one: Project, forms: Sequence[ImportedForm], kind: str) -> Iterator[str]:
    """Cells that did not come back as they were written, but for the blanks round a text, which print as none."""
    if len(forms) != 1 or not isinstance(forms[0].content, Declaration):
        yield f"{kind}: {len(forms)} forms came back"
        return
    old, new = declaration_of(one), forms[0].content
    pairs = [("name", one.project_name, forms[0].project_name), ("goal", old.annual_goal, new.annual_goal)]
    pairs += [("line", a.name, b.name) for a, b in zip(old.indicators, new.indicators, strict=False)]
    # a value with a number in it prints in its standard form, which is no difference
    values = [(a.target_text, b.target_text) for a, b in zip(old.indicators, new.indicators, strict=False)]
    pairs += [("value", a, b) for a, b in values if kind == "JSON" or not any(map(str.isdigit, a))]
    if len(old.indicators) != len(new.indicators):
        yield f"{kind}: {len(new.indicators)} of {len(old.indicators)} lines came back"
    for what, written, read in pairs:
        if written.strip() != read.strip():
            yield f"{kind}: {what} {written[:60]!r} came back as {read[:60]!r}"
