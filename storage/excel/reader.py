"""The texts of a workbook, cell by cell, read without trusting what the file says of its own size."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from model.errors import UserError
from storage.excel.sanitise import unescaped

MAX_ROWS = 20_000
MAX_COLUMNS = 200
_MAX_UNPACKED = 200 * 1024 * 1024
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]+\d+:[A-Z]+\d+)"')
_SIGNATURES = ((b"\xd0\xcf\x11\xe0", "是旧版Excel（.xls）或加密的文件"), (b"", "不是Excel工作簿（.xlsx）"))


@dataclass(frozen=True, slots=True)
class SheetTexts:
    """The texts of one sheet by (row, column), counted from 0, and its merged ranges (``A1:B2``).

    ``odd`` are the places whose value is not a plain text in the file: a number, a date, a formula, an error.
    """

    name: str
    texts: dict[tuple[int, int], str]
    merges: frozenset[str]
    odd: frozenset[tuple[int, int]]


def read_workbook_cells(path: Path, *, formulas: bool = False) -> tuple[SheetTexts, ...]:
    """Every sheet of a workbook. Raises UserError when the file is not a readable workbook.

    A formula reads as the value the file keeps for it, or with ``formulas`` as itself. Rows beyond 20,000 and columns
    beyond 200 are not read.
    """
    try:
        with path.open("rb") as file:
            _refuse_foreign(file, path)
            return tuple(_sheets(file, formulas=formulas))
    except (OSError, BadZipFile) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "文件已损坏"
        raise UserError(f"无法读取“{path}”：{reason}。\n请确认文件完整且没有被其他程序占用，然后重试。") from error
    except (InvalidFileException, KeyError, ValueError, TypeError, IndexError, zlib.error, ParseError) as error:
        raise UserError(
            f"无法读取“{path}”：工作簿的内容已损坏。\n请用Excel打开并另存为新的.xlsx文件后重试。"
        ) from error


def _sheets(file: BinaryIO, *, formulas: bool) -> Iterator[SheetTexts]:
    workbook: Any = load_workbook(file, read_only=True, data_only=not formulas)
    try:
        with ZipFile(file) as archive:
            for worksheet in workbook.worksheets:
                merges = _MERGE.findall(archive.read(worksheet._worksheet_path))
                texts, odd = _texts_of(worksheet)
                yield SheetTexts(worksheet.title, texts, frozenset(ref.decode("ascii") for ref in merges), odd)
    finally:
        workbook.close()


def _texts_of(worksheet: Any) -> tuple[dict[tuple[int, int], str], frozenset[tuple[int, int]]]:
    worksheet.reset_dimensions()  # a wrong <dimension> makes openpyxl drop rows without a word
    texts: dict[tuple[int, int], str] = {}
    odd: set[tuple[int, int]] = set()
    for cells in worksheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS):
        for cell in cells:
            value = cell.value
            if value is None or value == "":
                continue
            place = (cell.row - 1, cell.column - 1)
            if cell.data_type == "s" and type(value) is str:
                texts[place] = unescaped(value)
            else:
                texts[place] = _as_text(value, cell.number_format)
                odd.add(place)
    return texts, frozenset(odd)


def _as_text(value: Any, number_format: str) -> str:
    """A number or date that somebody typed into the workbook, as the forms write it."""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    number = Decimal(repr(value))
    if not number.is_finite():
        return str(value)
    percent = "%" in number_format
    plain = f"{number * 100 if percent else number:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain + "%" if percent else plain


def _refuse_foreign(file: BinaryIO, path: Path) -> None:
    start = file.read(4)
    if start != b"PK\x03\x04":
        what = next(text for signature, text in _SIGNATURES if start.startswith(signature))
        raise UserError(f"“{path}”{what}，无法读取。\n请用Excel打开并另存为.xlsx文件后重试。")
    file.seek(0)
    with ZipFile(file) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
            raise UserError(f"“{path}”展开后过大，没有读取。\n请确认它是绩效表的工作簿。")
    file.seek(0)
