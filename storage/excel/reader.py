"""The texts of a workbook, cell by cell, read without trusting what the file says of its own size."""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.ElementTree import fromstring
from openpyxl import DEFUSEDXML
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from model.errors import UserError
from storage.excel import number_formats
from storage.excel.cell_texts import CellTexts, SheetTexts
from storage.excel.marks import Marks, marks_of
from storage.excel.sanitise import unescaped
from storage.excel.shared_strings import opened
from storage.guard.packages import WORKBOOK, refuse_unsound

IS_DEFUSED = bool(DEFUSEDXML)
"""Whether openpyxl, too, reads XML by defusedxml; a frozen program may have lost it."""
MAX_ROWS = 20_000
MAX_COLUMNS = 200
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]+\d+:[A-Z]+\d+)"')
_WORKBOOK = re.compile(r"(?:^|/)workbook\d*\.xml$")


def read_workbook_cells(path: Path, *, formulas: bool = False) -> tuple[SheetTexts, ...]:
    """Every sheet of a workbook. Raises UserError when the file is not a readable workbook.

    A formula reads as the value the file keeps for it, or with ``formulas`` as itself. Rows beyond 20,000 and columns
    beyond 200 are not read.
    """
    try:
        refuse_unsound(path, WORKBOOK)
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, of parts of a workbook that hold no cells
            return tuple(_sheets(file, formulas=formulas))
    except (OSError, BadZipFile) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "文件已损坏"
        raise UserError(f"无法读取“{path}”：{reason}。\n请确认文件完整且没有被其他程序占用，然后重试。") from error
    except (InvalidFileException, KeyError, ValueError, TypeError, IndexError, zlib.error, ParseError) as error:
        raise UserError(
            f"无法读取“{path}”：工作簿的内容已损坏。\n请用Excel打开并另存为新的.xlsx文件后重试。"
        ) from error


def _sheets(file: BinaryIO, *, formulas: bool) -> Iterator[SheetTexts]:
    workbook = opened(file, formulas=formulas)
    try:
        with ZipFile(file) as archive:
            marks = marks_of(archive, workbook.properties.keywords)
            for worksheet in workbook.worksheets:
                merges = _MERGE.findall(archive.read(worksheet._worksheet_path))
                ranges = frozenset(ref.decode("ascii") for ref in merges)
                yield _texts_of(workbook, worksheet, ranges, marks)
            there = set(workbook.sheetnames)
            for name in _named_sheets(archive):
                if name not in there:
                    yield SheetTexts(name, {}, frozenset(), frozenset(), is_missing=True)
    finally:
        workbook.close()


def _named_sheets(archive: ZipFile) -> list[str]:
    """The sheets the workbook's own list names, whether the file holds them or not."""
    part = next((name for name in archive.namelist() if _WORKBOOK.search(name)), None)
    if part is None:
        return []
    root = fromstring(archive.read(part))
    return [element.get("name", "") for element in root.iter() if element.tag.rpartition("}")[2] == "sheet"]


class _Parser(WorkSheetParser):  # type: ignore[misc, unused-ignore]
    """openpyxl's parser of a sheet, which also says where formulas stand and leaves numbers as they are."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["data_type"] == "s" and type(cell["value"]) is str:
            cell["value"] = unescaped(cell["value"])
        cell["is_formula"] = element.find(FORMULA_TAG) is not None
        # a formula that gives no text keeps an empty value of type str
        is_empty_text = element.get("t") == "str" and element.find(VALUE_TAG) is not None
        cell["has_value"] = is_empty_text or cell["value"] is not None
        return cell


def _texts_of(workbook: Any, worksheet: Any, merges: frozenset[str], marks: Marks) -> SheetTexts:
    cells = CellTexts(_formats_of(workbook), workbook.epoch, marks)
    is_cut = False
    with worksheet._get_source() as source:
        parser = _Parser(source, worksheet._shared_strings, data_only=workbook.data_only)
        for number, row in parser.parse():
            if number > MAX_ROWS:
                is_cut = True
                break
            for cell in row:
                if cell["column"] > MAX_COLUMNS:
                    is_cut = is_cut or cell["has_value"]
                else:
                    cells.add((cell["row"] - 1, cell["column"] - 1), cell)
    return cells.of_sheet(worksheet.title, merges, is_cut=is_cut)


def _formats_of(workbook: Any) -> Callable[[int], str]:
    """The number format of a style, those of Chinese Excel included that stand in no file."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE  # noqa: PLC0415 used once a workbook

    @cache
    def format_of(style: int) -> str:
        number = workbook._cell_styles[style].numFmtId
        builtin = number_formats.CHINESE_FORMATS.get(number)
        if builtin is not None:
            return builtin
        if number < BUILTIN_FORMATS_MAX_SIZE:
            return str(BUILTIN_FORMATS.get(number, number_formats.GENERAL))
        own, place = workbook._number_formats, number - BUILTIN_FORMATS_MAX_SIZE
        return str(own[place]) if place < len(own) else number_formats.GENERAL

    return format_of
