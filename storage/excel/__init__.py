"""Excel workbooks: the exact, checked export of the printed sheets, and the reading of such workbooks."""

from storage.excel.cell_texts import SheetTexts
from storage.excel.export import ExportReport, export_workbook
from storage.excel.forms import read_forms, read_xls_forms
from storage.excel.reader import read_workbook_cells

__all__ = [
    "ExportReport",
    "SheetTexts",
    "export_workbook",
    "read_forms",
    "read_workbook_cells",
    "read_xls_forms",
]
