"""The forms recognised on the grids of a file, as they come into a store: whichever reader made the grids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from model.bundle import is_explanations
from model.errors import UserError
from model.forms import FORMS
from model.recognition import Doubt, Grid, Place, RecognisedForm, recognise_forms, why_no_form
from storage.interchange.imported import NO_CELLS, ImportedForm, PagePlaces, Region
from storage.interchange.source import NOTHING_DONE, shorten

_SHOWN = 30
_LEVELS = {"level1", "level2", "name"}  # a line is known by them


@dataclass(frozen=True, slots=True)
class GridPart:
    """One grid of a file: a sheet, or the whole document.

    ``name`` is what sentences call it, empty for a whole document. ``where`` says in words where a cell stands, after
    ``lead``. ``told`` are sentences about the part as a whole. ``regions`` says where rows of the grid stand on
    pages, one rectangle a page.
    """

    name: str
    grid: Grid
    where: Callable[[Place], str]
    lead: str = ""
    told: tuple[str, ...] = ()
    regions: Callable[[Iterable[int]], tuple[Region, ...]] | None = None


def forms_of(path: Path, parts: Iterable[GridPart], advice: str) -> tuple[ImportedForm, ...]:
    """Every declaration and self-evaluation of a file, each with what could not be placed among its notices.

    Raises UserError when it holds no such form, a form names no year, or its layout would be half read; ``advice``
    says what to choose instead of a file without forms.
    """
    forms: list[ImportedForm] = []
    others: list[str] = []
    for part in parts:
        others += part.told
        recognised = recognise_forms(part.grid)
        if not recognised and (why := _why_not_read(part.grid)):
            others.append(f"{part.name or '文件内容'}{why}，没有导入。")
        for form in recognised:
            _refuse_unfit(path, part, form)
            notices = tuple(sentence(part, doubt) for doubt in form.doubts)
            imported = as_imported(form, path.name, len(forms) + 1, notices)
            forms.append(replace(imported, places=_places(path, part, form)))
    if not forms:
        told = "".join(f"\n{sentence}" for sentence in others[:_SHOWN])
        kinds = "或".join(spec.names.full for spec in FORMS.values())
        raise UserError(f"文件“{path.name}”里没有找到{kinds}。{told}\n{advice}{NOTHING_DONE}")
    if others:
        told_first = (f"文件“{path.name}”：{sentence}" for sentence in others)
        forms[0] = replace(forms[0], notices=(*told_first, *forms[0].notices))
    return tuple(forms)


def as_imported(form: RecognisedForm, source: str, number: int, notices: tuple[str, ...]) -> ImportedForm:
    """A form that names its year as one that came out of a file: ``source`` with its place in it, and what is said."""
    assert form.year is not None
    return ImportedForm(
        source=source,
        number=number,
        kind=form.kind,
        year=form.year,
        project_name=form.project_name,
        department=form.department,
        unit=form.unit,
        content=form.content,
        notices=notices,
        unsaid=NO_CELLS | (form.without - _LEVELS),
        inferences=form.inferences,
        source_text=form.source,
    )


def sentence(part: GridPart, doubt: Doubt) -> str:
    """A doubt with its place, for the preview and the command line."""
    cells = _quoted(part, doubt.cells[:_SHOWN])
    more = f"等{len(doubt.cells)}处" if len(doubt.cells) > _SHOWN else ""
    where = f"{part.lead}{'、'.join(cells)}{more}：" if cells else ""
    return f"{part.name}{where or '：' if part.name else where}{doubt.what}。"


def _why_not_read(grid: Grid) -> str:
    if is_explanations(grid.texts.values()):
        return "是导出时附在表后的警告说明，导入时不读，需要时请在“问题”里再写"
    return why_no_form(grid)


def _quoted(part: GridPart, cells: Sequence[tuple[Place, str]]) -> list[str]:
    return [f"{part.where(place)}“{shorten(text)}”" if text.strip() else part.where(place) for place, text in cells]


def _refuse_unfit(path: Path, part: GridPart, form: RecognisedForm) -> None:
    if form.problem is not None:
        raise UserError(
            f"文件“{path.name}”的{sentence(part, form.problem)}\n"
            "为免漏掉内容，没有导入任何内容。请按官方格式改好栏目后重试。"
        )
    if form.year is None:
        which = part.name or f"表“{shorten(form.project_name)}”"
        raise UserError(
            f"文件“{path.name}”的{which}没有写明年度。\n"
            "请在标题下补上一行，例如“（2026年度）”，然后重试。没有导入任何内容。"
        )


def _places(path: Path, part: GridPart, form: RecognisedForm) -> PagePlaces | None:
    if part.regions is None:
        return None
    lines = (part.regions([row]) for row in form.line_rows)
    return PagePlaces(str(path), part.regions(form.rows), tuple(found[0] for found in lines if found))
