"""Every printed sheet as plain data: cells with texts, merges, styles, widths, heights, page breaks.

The Excel writer and the print preview render the same :class:`Sheet`; nothing about the look of a form is known
anywhere else.
"""

from model.sheets.declaration import declaration_sheet
from model.sheets.evaluation import evaluation_sheet
from model.sheets.layout import STYLES, CellStyle, Sheet, SheetCell, StyleFacts
from model.sheets.names import sheet_names

__all__ = [
    "STYLES",
    "CellStyle",
    "Sheet",
    "SheetCell",
    "StyleFacts",
    "declaration_sheet",
    "evaluation_sheet",
    "sheet_names",
]
