"""The texts of a workbook of the old kind (.xls), read by calamine: merged ranges, but no number formats.

Which signs are raised it does not tell either; :mod:`storage.excel.xls_raised` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    WorksheetNotFound,
    ZipError,
)

from model.errors import UserError
from model.values.characters import about_unprintable, printable
from storage.excel.number_formats import plain
from storage.excel.reader import MAX_COLUMNS, MAX_ROWS, SheetTexts
from storage.excel.xls_raised import raised_texts

_NO_FORMAT = "是数字或日期，旧版工作簿（.xls）里读不到它的显示格式，按原来的数值导入，请核对"
_ERROR = "是Excel的错误值，请改正"
_SAVE_AS = "请用WPS或Excel打开，另存为.xlsx文件后再导入。没有导入任何内容。"
_PAST = (CalamineError, WorksheetNotFound, ZipError, OSError)


def read_xls_cells(path: Path) -> tuple[SheetTexts, ...]:
    """Every sheet of an .xls workbook. Raises UserError when the file is not readable as one.

    A formula reads as the value the file keeps for it. Rows beyond 20,000 and columns beyond 200 are not read.
    """
    try:
        raised = raised_texts(path)  # first: what it takes of memory is free again
        workbook = _opened(path)
        abouts = workbook.sheets_metadata
        if raised is None or len(raised) != len(abouts):
            raised = [None] * len(abouts)
        return tuple(
            _sheet(workbook.get_sheet_by_name(about.name), texts)
            for about, texts in zip(abouts, raised, strict=True)
            if about.typ == SheetTypeEnum.WorkSheet
        )
    except PasswordError as error:
        raise UserError(f"“{path}”设了密码，无法读取。\n请去掉密码后重试。没有导入任何内容。") from error
    except _PAST as error:
        raise UserError(f"无法读取“{path}”：它不是旧版工作簿（.xls），或者已损坏。\n{_SAVE_AS}") from error


def _opened(path: Path) -> Any:
    """The workbook, also under the name of another kind; only a reader of one kind tells that there is a password."""
    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError:
        raise
    except _PAST:
        with path.open("rb") as file:
            return CalamineWorkbook.from_filelike(file)


def _sheet(sheet: CalamineSheet, raised: Mapping[tuple[int, int], str] | None) -> SheetTexts:
    """A sheet with its texts that have raised signs, None where nobody knows of any."""
    texts: dict[tuple[int, int], str] = {}
    exact: dict[tuple[int, int], str] = {}
    notes: dict[tuple[int, int], str] = {}
    is_cut = sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS
    for row, cells in enumerate(sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)):
        for column, found in enumerate(cells[:MAX_COLUMNS]):
            if found == "" or found is None:
                continue
            place = row, column
            value = raised.get(place, found) if raised else found
            if isinstance(value, str):
                if said := about_unprintable(value):
                    notes[place] = said
                texts[place] = printable(value)
                if value.startswith("#") and value.rstrip("!?/A0").isupper():
                    notes[place] = _ERROR
            else:
                texts[place] = exact[place] = _said(value)
                notes[place] = _NO_FORMAT
    return SheetTexts(
        sheet.name,
        texts,
        frozenset(_merges(sheet)),
        frozenset(exact),
        exact,
        dict(exact),
        notes=notes,
        has_lost_raised=raised is None,
        is_cut=is_cut,
    )


def _said(value: Any) -> str:
    """A number, date or truth as a text."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, int) or hasattr(value, "is_integer"):
        return plain(Decimal(repr(value)))
    return str(value)


def _merges(sheet: CalamineSheet) -> list[str]:
    return [
        f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right + 1)}{bottom + 1}"
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
