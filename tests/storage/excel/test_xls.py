"""Workbooks of the old kind: texts, numbers and merged cells; what they cannot tell is said beside the cells."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlwt

from model.errors import UserError
from model.records import Project
from storage.excel import read_xls_forms
from storage.excel.xls import read_xls_cells
from tests.storage.pdf.drawn_pdf import printed
from tests.storage.pdf.test_pdf import assert_same


def test_that_every_given_form_comes_back_from_an_old_workbook_in_every_cell(
    given_forms: tuple[Project, ...], tmp_path: Path
) -> None:
    workbook = xlwt.Workbook()
    for number, sheet in enumerate(printed(given_forms)):
        page = workbook.add_sheet(f"表{number}")
        for cell in sheet.cells:
            last = cell.row + cell.row_span - 1, cell.column + cell.column_span - 1
            page.write_merge(cell.row, last[0], cell.column, last[1], cell.text)
    workbook.save(str(tmp_path / "全部.xls"))
    found = read_xls_forms(tmp_path / "全部.xls")
    assert_same(found, given_forms)
    assert [notice for form in found for notice in form.notices] == []


def test_that_numbers_and_dates_are_exact_and_told_to_have_no_format(tmp_path: Path) -> None:
    workbook = xlwt.Workbook()
    page = workbook.add_sheet("表")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for column, value in enumerate((1515000.5, 10, 0.95, True)):
        page.write(0, column, value)
    page.write(1, 0, date(2026, 3, 1), day)
    workbook.save(str(tmp_path / "数.xls"))
    (sheet,) = read_xls_cells(tmp_path / "数.xls")
    assert [sheet.texts[0, column] for column in range(4)] == ["1515000.5", "10", "0.95", "是"]
    assert sheet.exact[1, 0] == "2026-03-01"
    assert "读不到它的显示格式" in sheet.notes[0, 2]


@pytest.mark.parametrize("content", [b"", b"hello", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_that_a_file_that_is_no_old_workbook_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.xls"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"不是旧版工作簿（\.xls），或者已损坏") as refusal:
        read_xls_cells(path)
    assert "另存为.xlsx" in str(refusal.value)
