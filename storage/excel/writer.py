"""Drawing a printed sheet into a workbook: texts, merges, sizes and page set-up.

Every value of a form is a text, so that no program reads anything into it; the numbers of list sheets are numbers.
"""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties

from model.sheets import Sheet, SheetCell
from model.sheets.layout import BOTTOM_MARGIN, SIDE_MARGIN, TOP_MARGIN
from model.values.characters import printable
from storage.excel.sanitise import escaped, needs_quote_prefix, refuse_oversize
from storage.excel.styles import SharedStyles

_DRAFT = "草稿"
_FOOTER = "第 &P 页"
_HEADER_MARGIN = "0.35"


def coordinate(row: int, column: int) -> str:
    """The Excel name of a cell, ``B7`` for row 6, column 1."""
    return f"{get_column_letter(column + 1)}{row + 1}"


def merge_range(cell: SheetCell) -> str:
    """The Excel range of a merged cell."""
    last = coordinate(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
    return f"{coordinate(cell.row, cell.column)}:{last}"


def is_merged(cell: SheetCell) -> bool:
    """Whether a cell covers more than itself."""
    return cell.row_span > 1 or cell.column_span > 1


def write_sheet(workbook: Workbook, styles: SharedStyles, sheet: Sheet) -> None:
    """Add a sheet to the workbook. Raises UserError for a text that Excel cannot hold."""
    worksheet: Any = workbook.create_sheet(sheet.name)
    for cell in sheet.cells:
        _write_cell(worksheet, styles, sheet, cell)
    for number, width in enumerate(sheet.columns, 1):
        worksheet.column_dimensions[get_column_letter(number)].width = width
    for number, height in enumerate(sheet.rows, 1):
        worksheet.row_dimensions[number].height = height
    _set_up_page(worksheet, sheet)


def _write_cell(worksheet: Any, styles: SharedStyles, sheet: Sheet, cell: SheetCell) -> None:
    text = printable(cell.text)
    plain = styles.of(cell.style)
    for row in range(cell.row + 1, cell.row + cell.row_span + 1):
        for column in range(cell.column + 1, cell.column + cell.column_span + 1):
            worksheet.cell(row, column)._style = plain
    if is_merged(cell):
        # add() would look for the new range among all others, which cannot overlap here
        worksheet.merged_cells.ranges.add(CellRange(merge_range(cell)))
    if cell.number is not None:
        number: Any = worksheet.cell(cell.row + 1, cell.column + 1)
        number.value = cell.number
        number._style = plain
        return
    if not text:
        return
    refuse_oversize(text, sheet.name, coordinate(cell.row, cell.column))
    target = worksheet.cell(cell.row + 1, cell.column + 1)
    target.value = escaped(text)
    # openpyxl has just guessed a type from the text; every value of a form is a text.
    target.data_type = "s"
    if needs_quote_prefix(text):
        target._style = styles.of(cell.style, quoted=True)


def _set_up_page(worksheet: Any, sheet: Sheet) -> None:
    setup = worksheet.page_setup
    setup.paperSize = worksheet.PAPERSIZE_A4
    setup.orientation = "landscape" if sheet.landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, int(sheet.one_page)
    setup.useFirstPageNumber, setup.firstPageNumber = True, 1
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.sheet_view.showGridLines = False
    worksheet.print_options.horizontalCentered = True
    margins = worksheet.page_margins
    margins.left = margins.right = SIDE_MARGIN
    margins.top, margins.bottom = TOP_MARGIN, BOTTOM_MARGIN
    margins.header = margins.footer = _HEADER_MARGIN
    worksheet.oddFooter.center.text = _FOOTER
    if sheet.draft:
        worksheet.oddHeader.right.text = _DRAFT
    first, last = sheet.header_rows
    worksheet.print_title_rows = f"{first + 1}:{last + 1}"
    worksheet.print_area = f"A1:{coordinate(len(sheet.rows) - 1, len(sheet.columns) - 1)}"
    for start in sheet.page_starts:
        worksheet.row_breaks.append(Break(id=start))
