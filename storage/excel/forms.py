"""Forms read from workbooks: our own exports, and those of other units and programs as far as they can be placed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from openpyxl.utils import range_boundaries

from model.errors import UserError
from model.recognition import Doubt, Grid, RecognisedForm, recognise_forms, why_no_form
from storage.excel.reader import MAX_COLUMNS, MAX_ROWS, SheetTexts, read_workbook_cells
from storage.excel.writer import coordinate
from storage.interchange.imported import NO_CELLS, ImportedForm
from storage.interchange.source import shorten

_SHOWN = 30
_LEVELS = {"level1", "level2", "name"}  # a line is known by them


def read_forms(path: Path) -> tuple[ImportedForm, ...]:
    """Every declaration and self-evaluation of a workbook, each with what could not be placed among its notices.

    Raises UserError when the file is not a readable workbook, holds no such form, a form names no year, or its layout
    would be half read.
    """
    forms: list[ImportedForm] = []
    others: list[str] = []
    for sheet in read_workbook_cells(path):
        others += _about_sheet(sheet)
        recognised = recognise_forms(grid_of(sheet))
        if not recognised and (why := why_no_form(grid_of(sheet))):
            others.append(f"工作表“{sheet.name}”{why}，没有导入。")
        for form in recognised:
            _refuse_unfit(path, sheet, form)
            forms.append(_imported(path, sheet, form, len(forms) + 1))
    if not forms:
        told = "".join(f"\n{sentence}" for sentence in others[:_SHOWN])
        raise UserError(
            f"文件“{path.name}”里没有找到绩效目标申报表或绩效自评表。{told}\n请选择按官方格式填写的工作簿。没有导入任何内容。"
        )
    if others:
        told_first = (f"文件“{path.name}”：{sentence}" for sentence in others)
        forms[0] = replace(forms[0], notices=(*told_first, *forms[0].notices))
    return tuple(forms)


def grid_of(sheet: SheetTexts) -> Grid:
    """A sheet as the recogniser takes it."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for merge in sheet.merges:
        left, top, right, bottom = range_boundaries(merge)
        assert left
        assert top
        assert right
        assert bottom
        spans[top - 1, left - 1] = (bottom - top + 1, right - left + 1)
    return Grid(sheet.texts, sheet.exact, sheet.shown, sheet.computed, spans, sheet.notes)


def sentence(sheet: str, doubt: Doubt) -> str:
    """A doubt with its place, for the preview and the command line."""
    cells = [
        f"{coordinate(*place)}“{shorten(text)}”" if text.strip() else coordinate(*place)
        for place, text in doubt.cells[:_SHOWN]
    ]
    more = f"等{len(doubt.cells)}处" if len(doubt.cells) > _SHOWN else ""
    where = f"单元格{'、'.join(cells)}{more}：" if cells else ""
    return f"工作表“{sheet}”{where or '：'}{doubt.what}。"


def _about_sheet(sheet: SheetTexts) -> list[str]:
    """What is to be said of a sheet as a whole."""
    told = []
    if sheet.is_missing:
        told.append(f"文件里缺少工作表“{sheet.name}”的内容，没有导入；请用Excel打开核对。")
    if sheet.is_cut:
        told.append(f"工作表“{sheet.name}”第{MAX_ROWS}行以后、第{MAX_COLUMNS}列以后的内容没有读取。")
    return told


def _refuse_unfit(path: Path, sheet: SheetTexts, form: RecognisedForm) -> None:
    if form.problem is not None:
        raise UserError(
            f"文件“{path.name}”的{sentence(sheet.name, form.problem)}\n"
            "为免漏掉内容，没有导入任何内容。请按官方格式改好栏目后重试。"
        )
    if form.year is None:
        raise UserError(
            f"文件“{path.name}”的工作表“{sheet.name}”没有写明年度。\n"
            "请在标题下补上一行，例如“（2026年度）”，然后重试。没有导入任何内容。"
        )


def _imported(path: Path, sheet: SheetTexts, form: RecognisedForm, number: int) -> ImportedForm:
    assert form.year is not None
    return ImportedForm(
        source=path.name,
        number=number,
        kind=form.kind,
        year=form.year,
        project_name=form.project_name,
        department=form.department,
        unit=form.unit,
        content=form.content,
        notices=tuple(sentence(sheet.name, doubt) for doubt in form.doubts),
        unsaid=NO_CELLS | (form.without - _LEVELS),
    )
