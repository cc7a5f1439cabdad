"""What is made of the forms of several projects together: the workbook with its lists, and the 出错说明 of all."""

from model.bundle.explanations import explanations_sheet
from model.bundle.workbook import Contents, workbook_sheets

__all__ = ["Contents", "explanations_sheet", "workbook_sheets"]
