"""A workbook of the old kind (.xls), cell by cell, as xlrd reads it: it tells everything but what a formula gave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from functools import cache
from io import StringIO
from itertools import pairwise
from pathlib import Path

import xlrd
import xlrd.book
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from xlrd.sheet import Sheet

from model.errors import UserError
from model.values.markup import raised
from storage.excel.cell_texts import CellTexts, SheetTexts
from storage.excel.number_formats import CHINESE_FORMATS, GENERAL, exact_number
from storage.excel.reader import MAX_COLUMNS, MAX_ROWS
from storage.files.reasons import reason, remedy

_SAVE_AS = "请用WPS或Excel打开，另存为.xlsx文件后再导入。没有导入任何内容。"
_SIGNS = "utf-16-le"
_ENCRYPTED = "EncryptedPackage".encode(_SIGNS)
"""What a workbook of the new kind with a password is in: a file that begins as those of the old kind do."""
_NOTHING_IN_IT = {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}
_NUMBERS = {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}
_MOST_DIGITS_TYPED = 12
_RAISED, _LOWERED = 1, 2

# A sign of two places may stand half in one record and half in the next, which xlrd reads apart; see _whole.
xlrd.book.unicode = lambda content, encoding: content.decode(encoding, "surrogatepass")


def read_xls_cells(path: Path) -> tuple[SheetTexts, ...]:
    """Every sheet of an .xls workbook. Raises UserError when the file is not readable as one.

    A formula reads as the value the file keeps for it. Rows beyond 20,000 and columns beyond 200 are not read.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserError(f"无法读取“{path}”：{reason(error)}。\n{remedy(error)}") from error
    try:
        workbook = xlrd.open_workbook(
            file_contents=content,
            formatting_info=True,
            ragged_rows=True,
            ignore_workbook_corruption=True,  # sectors in two chains, which WPS and others write, do no harm
            logfile=StringIO(),
        )
        return tuple(_sheet(workbook, sheet) for sheet in workbook.sheets())
    except Exception as error:  # of a broken file xlrd says whatever breaks in it
        if _ENCRYPTED in content or "encrypted" in str(error):
            raise UserError(f"“{path}”设了密码，无法读取。\n请去掉密码后重试。没有导入任何内容。") from error
        raise UserError(f"无法读取“{path}”：它不是旧版工作簿（.xls），或者已损坏。\n{_SAVE_AS}") from error


def _sheet(workbook: xlrd.Book, sheet: Sheet) -> SheetTexts:
    @cache
    def format_of(style: int) -> str:
        number = workbook.xf_list[style].format_key
        known = workbook.format_map.get(number)
        return CHINESE_FORMATS.get(number) or (_whole(known.format_str) if known is not None else GENERAL)

    cells = CellTexts(format_of, _epoch(workbook))
    for row, column in _filled(sheet):
        kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
        if kind == xlrd.XL_CELL_TEXT:
            value = _written(workbook, value, sheet.rich_text_runlist_map.get((row, column), []))
        elif kind == xlrd.XL_CELL_BOOLEAN:
            value = bool(value)
        elif kind == xlrd.XL_CELL_ERROR:
            value = xlrd.error_text_from_code.get(value, "#?")
        cells.add(
            (row, column),
            {
                "value": value,
                "data_type": {xlrd.XL_CELL_TEXT: "s", xlrd.XL_CELL_ERROR: "e"}.get(kind, "n"),
                "style_id": sheet.cell_xf_index(row, column),
                "is_formula": kind in _NUMBERS and _is_written_by_a_formula(exact_number(value)),
                "has_value": True,
            },
        )
    return cells.of_sheet(_whole(sheet.name), frozenset(_merges(sheet)), is_cut=_is_cut(sheet))


def _is_written_by_a_formula(number: Decimal) -> bool:
    """Whether a number has more digits than anybody types; a file of the old kind does not tell its formulas."""
    return number.is_finite() and len(number.normalize().as_tuple().digits) > _MOST_DIGITS_TYPED


def _epoch(workbook: xlrd.Book) -> datetime:
    return CALENDAR_MAC_1904 if workbook.datemode else CALENDAR_WINDOWS_1900


def _filled(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The cells something is in."""
    for row in range(min(sheet.nrows, MAX_ROWS)):
        for column, kind in enumerate(sheet.row_types(row, 0, MAX_COLUMNS)):
            if kind not in _NOTHING_IN_IT:
                yield row, column


def _is_cut(sheet: Sheet) -> bool:
    """Whether anything is in a cell that is not read."""
    beyond = (
        sheet.row_types(row, 0 if row >= MAX_ROWS else MAX_COLUMNS)
        for row in range(sheet.nrows if sheet.ncols > MAX_COLUMNS or sheet.nrows > MAX_ROWS else 0)
    )
    return any(kind not in _NOTHING_IN_IT for kinds in beyond for kind in kinds)


def _merges(sheet: Sheet) -> Iterator[str]:
    for top, bottom, left, right in sheet.merged_cells:
        yield f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right)}{bottom}"


def _written(workbook: xlrd.Book, text: str, changes: list[tuple[int, int]]) -> str:
    """A text in which the font changes at some signs; digits raised or lowered are none of the number before them."""
    signs = text.encode(_SIGNS, "surrogatepass")  # the places are counted in these
    starts = [(0, 0), *((place, workbook.font_list[font].escapement) for place, font in changes)]
    parts = []
    for (start, how), (end, _) in pairwise([*starts, (len(signs) // 2, 0)]):
        part = signs[2 * start : 2 * end].decode(_SIGNS, "replace")
        parts.append(raised(part, is_lowered=how == _LOWERED) if how in {_RAISED, _LOWERED} else part)
    return "".join(parts)


def _whole(text: str) -> str:
    """A text with the signs together that were read in two halves; a half alone is none."""
    return text.encode(_SIGNS, "surrogatepass").decode(_SIGNS, "replace")
