"""Every printed sheet as plain data: cells with texts, merges, styles, widths, heights, page breaks.

The Excel writer and the print preview render the same :class:`Sheet`; nothing about the look of a form is known
anywhere else.
"""

from model.sheets.declaration import declaration_sheet
from model.sheets.evaluation import evaluation_sheet
from model.sheets.layout import STYLES, CellStyle, Sheet, SheetCell, StyleFacts
from model.sheets.names import sheet_names
from model.sheets.summary import evaluation_summary_sheet, summary_sheet

__all__ = [
    "STYLES",
    "CellStyle",
    "Sheet",
    "SheetCell",
    "StyleFacts",
    "declaration_sheet",
    "evaluation_sheet",
    "evaluation_summary_sheet",
    "sheet_names",
    "summary_sheet",
]
