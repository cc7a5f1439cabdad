"""Forms read from workbooks: our own exports, and those of other units and programs as far as they can be placed."""

from __future__ import annotations

from pathlib import Path

from openpyxl.utils import range_boundaries

from model.recognition import Grid, Place
from storage.excel.cell_texts import SheetTexts
from storage.excel.reader import MAX_COLUMNS, MAX_ROWS, read_workbook_cells
from storage.excel.writer import coordinate
from storage.excel.xls import read_xls_cells
from storage.foreign.recognised import GridPart, forms_of
from storage.interchange.imported import ImportedForm

_ALIKE = "填写的文字如与栏目名称相同，可能没有导入，请与原表核对"
_ADVICE = "请选择按官方格式填写的工作簿。"


def read_forms(path: Path) -> tuple[ImportedForm, ...]:
    """Every declaration and self-evaluation of a workbook, each with what could not be placed among its notices.

    Raises UserError when the file is not a readable workbook, holds no such form, a form names no year, or its layout
    would be half read.
    """
    return forms_of(path, map(_part, read_workbook_cells(path)), _ADVICE)


def read_xls_forms(path: Path) -> tuple[ImportedForm, ...]:
    """As :func:`read_forms`, of a workbook of the old kind (.xls)."""
    return forms_of(path, map(_part, read_xls_cells(path)), _ADVICE)


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
    return Grid(sheet.texts, sheet.exact, sheet.shown, sheet.computed, spans, sheet.notes, sheet.typed, sheet.printed)


def _part(sheet: SheetTexts) -> GridPart:
    return GridPart(f"工作表“{sheet.name}”", grid_of(sheet), _where, "单元格", _about_sheet(sheet))


def _where(place: Place) -> str:
    return coordinate(*place)


def _about_sheet(sheet: SheetTexts) -> tuple[str, ...]:
    """What is to be said of a sheet as a whole."""
    told = []
    if sheet.is_missing:
        told.append(f"文件里缺少工作表“{sheet.name}”的内容，没有导入；请用Excel打开核对。")
    if sheet.has_lost_marks:
        told.append(f"工作表“{sheet.name}”经其他软件改过，已分不出栏目和填写的内容：{_ALIKE}。")
    if sheet.is_cut:
        told.append(f"工作表“{sheet.name}”第{MAX_ROWS}行以后、第{MAX_COLUMNS}列以后的内容没有读取。")
    return tuple(told)
