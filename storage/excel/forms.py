"""Forms read back from workbooks in the official layout, our own exports above all."""

from __future__ import annotations

from pathlib import Path

from model.errors import UserError
from model.sheets.recognition import recognise_form
from storage.excel.reader import read_workbook_cells
from storage.interchange.imported import ImportedForm


def read_forms(path: Path) -> tuple[ImportedForm, ...]:
    """Every declaration and self-evaluation of a workbook; other sheets are passed over.

    Raises UserError when the file is not a readable workbook, holds no such form, or a form names no year.
    """
    forms: list[ImportedForm] = []
    for sheet in read_workbook_cells(path):
        form = recognise_form(sheet.texts)
        if form is None:
            continue
        if form.year is None:
            raise UserError(
                f"文件“{path.name}”的工作表“{sheet.name}”没有写明年度。\n"
                "请在标题下补上一行，例如“（2026年度）”，然后重试。没有导入任何内容。"
            )
        forms.append(
            ImportedForm(
                source=path.name,
                number=len(forms) + 1,
                kind=form.kind,
                year=form.year,
                project_name=form.project_name,
                department=form.department,
                unit=form.unit,
                content=form.content,
            )
        )
    if not forms:
        raise UserError(
            f"文件“{path.name}”里没有找到绩效目标申报表或绩效自评表。\n请选择按官方格式填写的工作簿。没有导入任何内容。"
        )
    return tuple(forms)
