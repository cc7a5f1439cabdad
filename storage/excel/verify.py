"""Reading a written workbook back and comparing it with what was meant, text by text and merge by merge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from model.errors import UserError
from model.sheets import Sheet
from storage.excel.reader import SheetTexts, iterate_sheets
from storage.excel.sanitise import cleaned
from storage.excel.writer import coordinate, is_merged, merge_range


def verify(path: Path, sheets: Sequence[Sheet], step: Callable[[], None]) -> int:
    """Compare a workbook with its sheets and return the number of texts found right; ``step`` follows each sheet.

    Raises UserError at the first difference.
    """
    texts = 0
    names = []
    with path.open("rb") as file:
        for sheet, read in zip(sheets, iterate_sheets(file, formulas=True), strict=False):
            names.append(read.name)
            texts += _compare(sheet, read)
            step()
    if names != [sheet.name for sheet in sheets]:
        raise _difference("工作表的名称或数目不符")
    return texts


def expected_texts(sheet: Sheet) -> dict[tuple[int, int], str]:
    """Every text a sheet prints, by place."""
    return {(cell.row, cell.column): text for cell in sheet.cells if (text := cleaned(cell.text))}


def _compare(sheet: Sheet, read: SheetTexts) -> int:
    expected = expected_texts(sheet)
    if read.texts != expected:
        places = expected.keys() | read.texts.keys()
        place = min(one for one in places if expected.get(one) != read.texts.get(one))
        raise _difference(f"工作表“{sheet.name}”单元格{coordinate(*place)}的文字不符")
    if read.odd:
        raise _difference(f"工作表“{sheet.name}”单元格{coordinate(*min(read.odd))}不是文本")
    if read.merges != {merge_range(cell) for cell in sheet.cells if is_merged(cell)}:
        raise _difference(f"工作表“{sheet.name}”的合并单元格不符")
    return len(expected)


def _difference(what: str) -> UserError:
    return UserError(
        f"导出后核对不一致：{what}。没有保存，原有文件完好无损。\n请重试；若再次出现，请把本提示告诉维护人员。"
    )
