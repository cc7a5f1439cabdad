"""Reading a written workbook back and comparing it with what was meant, text by text and merge by merge.

openpyxl opens the file, which proves it whole; the cells themselves are read from the XML as it lies on the disk. That
is five times as fast, and the library that wrote the file does not get to excuse its own mistakes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook

from model.errors import UserError
from model.sheets import Sheet, SheetCell
from model.values.characters import printable
from storage.excel.sanitise import unescaped
from storage.excel.writer import coordinate, is_merged, merge_range

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TEXT_PATH = f"{_MAIN}is/{_MAIN}t"


def verify(path: Path, sheets: Sequence[Sheet], step: Callable[[], None]) -> int:
    """Compare a workbook with its sheets and return the number of texts found right; ``step`` follows each sheet.

    Raises UserError at the first difference.
    """
    texts = 0
    try:
        with path.open("rb") as file:
            members = _members(file, sheets)
            with ZipFile(file) as archive:
                for sheet, member in zip(sheets, members, strict=True):
                    texts += _compare(sheet, fromstring(archive.read(member)))
                    step()
    except (BadZipFile, ParseError, KeyError, ValueError, InvalidOperation) as error:
        raise _difference("写出的工作簿无法重新打开") from error
    return texts


def expected_texts(sheet: Sheet) -> dict[str, str]:
    """Every text a sheet prints, by the Excel name of its cell."""
    return {coordinate(cell.row, cell.column): text for cell in sheet.cells if (text := printable(cell.text))}


def _members(file: BinaryIO, sheets: Sequence[Sheet]) -> list[str]:
    """Where the sheets lie in the file, once their names are proved right."""
    workbook = load_workbook(file, read_only=True)
    names = workbook.sheetnames
    workbook.close()
    if names != [sheet.name for sheet in sheets]:
        raise _difference("工作表的名称或数目不符")
    return [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(names) + 1)]


def _compare(sheet: Sheet, root: Element) -> int:
    expected = expected_texts(sheet)
    numbers = {coordinate(cell.row, cell.column): cell for cell in sheet.cells if cell.number is not None}
    found = dict(_texts(sheet, root, numbers))
    if found != expected:
        places = expected.keys() | found.keys()
        place = min(one for one in places if expected.get(one) != found.get(one))
        raise _difference(f"工作表“{sheet.name}”单元格{place}的文字不符")
    merges = sorted(merge.get("ref", "") for merge in root.iter(f"{_MAIN}mergeCell"))
    if merges != sorted(merge_range(cell) for cell in sheet.cells if is_merged(cell)):
        raise _difference(f"工作表“{sheet.name}”的合并单元格不符")
    return len(expected)


def _texts(sheet: Sheet, root: Element, numbers: Mapping[str, SheetCell]) -> list[tuple[str, str]]:
    """The cell names and texts of a sheet; a cell that holds anything but its text or number is a difference."""
    texts = []
    for cell in root.iter(f"{_MAIN}c"):
        if not len(cell):
            continue
        place, text = cell.get("r", ""), cell.find(_TEXT_PATH)
        number = numbers.get(place)
        if number is not None and _is_number(cell, number):
            texts.append((place, number.text))
        elif cell.get("t") != "inlineStr" or text is None or len(cell) > 1:
            raise _difference(f"工作表“{sheet.name}”单元格{place}不是文本")
        else:
            texts.append((place, unescaped(text.text or "")))
    return texts


def _is_number(cell: Element, expected: SheetCell) -> bool:
    """Whether a cell holds the number meant and no formula."""
    value = cell.find(f"{_MAIN}v")
    if value is None or len(cell) > 1 or cell.get("t", "n") != "n":
        return False
    return Decimal(value.text or "") == expected.number


def _difference(what: str) -> UserError:
    return UserError(
        f"导出后核对不一致：{what}。没有保存，原有文件完好无损。\n请重试；若再次出现，请把本提示告诉维护人员。"
    )
