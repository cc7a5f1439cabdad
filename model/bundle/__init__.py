"""Several forms as one workbook: which sheets it has, the lists of a year, the explanations."""

from model.bundle.explanations import explanations_sheet
from model.bundle.summary import evaluation_summary_sheet, summary_sheet
from model.bundle.workbook import Contents, workbook_sheets

__all__ = [
    "Contents",
    "evaluation_summary_sheet",
    "explanations_sheet",
    "summary_sheet",
    "workbook_sheets",
]
