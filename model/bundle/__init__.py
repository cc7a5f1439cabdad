"""What is made of the forms of several projects together: the workbook with its lists, and the 出错说明 of all."""

from model.bundle.explanations import explanations_sheet, is_explanations
from model.bundle.workbook import Contents, workbook_sheets

__all__ = ["Contents", "explanations_sheet", "is_explanations", "workbook_sheets"]
