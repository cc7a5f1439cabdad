"""Workbooks of the old kind: texts, numbers and merged cells; what they cannot tell is said beside the cells."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
import xlwt

from model.errors import UserError
from model.records import Project
from storage.excel import read_xls_forms
from storage.excel.reader import MAX_COLUMNS, MAX_ROWS
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


def test_that_numbers_and_dates_of_an_old_workbook_read_as_their_format_shows_them(tmp_path: Path) -> None:
    workbook = xlwt.Workbook()
    page = workbook.add_sheet("表")
    rows = (
        (1515000.5, "#,##0", "1515000.5", "1515000.5"),  # a format eats no digits that were typed
        (0.95, "0%", "95%", "0.95"),
        (0.9521, "0.00%", "95.21%", "0.9521"),
        (95, r"0\%", "95%", "95"),
        (90, '"≥"0"人次"', "≥90人次", "90"),
        (2 / 3, "0.00%", "66.67%", "0.666666666666667"),  # nobody types so many digits
        (0.1 + 0.2, "General", "0.3", "0.3"),
        (10, "General", "10", "10"),
        (date(2026, 3, 1), "yyyy-mm-dd", "2026-03-01", "2026-03-01"),
        (date(2026, 3, 1), 'yyyy"年"m"月"d"日"', "2026年3月1日", "2026-03-01"),
    )
    for row, (value, number_format, _text, _exact) in enumerate(rows):
        page.write(row, 0, value, xlwt.easyxf(num_format_str=number_format))
    page.write(len(rows), 0, True)
    workbook.save(str(tmp_path / "数.xls"))
    (sheet,) = read_xls_cells(tmp_path / "数.xls")
    assert [sheet.texts[row, 0] for row in range(len(rows))] == [text for _value, _format, text, _exact in rows]
    assert [sheet.exact[row, 0] for row in range(len(rows))] == [exact for _value, _format, _text, exact in rows]
    assert sheet.texts[len(rows), 0] == "TRUE"
    assert sheet.notes == {}


def test_that_a_format_of_an_old_workbook_that_is_not_known_and_an_error_are_told(tmp_path: Path) -> None:
    workbook = xlwt.Workbook()
    page = workbook.add_sheet("表")
    page.write(0, 0, 0.5, xlwt.easyxf(num_format_str="# ?/?"))
    page.row(1).set_cell_error(0, "#DIV/0!")
    workbook.save(str(tmp_path / "数.xls"))
    (sheet,) = read_xls_cells(tmp_path / "数.xls")
    assert sheet.texts == {(0, 0): "0.5", (1, 0): "#DIV/0!"}
    assert "数字格式不能识别" in sheet.notes[0, 0]
    assert "错误值" in sheet.notes[1, 0]


def test_that_cells_of_an_old_workbook_that_only_have_a_border_are_no_part_that_is_cut(tmp_path: Path) -> None:
    workbook = xlwt.Workbook()
    page, border = workbook.add_sheet("表"), xlwt.easyxf("borders: left thin")
    page.write(0, 0, "绩效目标")
    page.write(MAX_ROWS + 5, 0, "", border)
    page.write(3, MAX_COLUMNS + 5, "", border)
    workbook.save(str(tmp_path / "框.xls"))
    assert [sheet.is_cut for sheet in read_xls_cells(tmp_path / "框.xls")] == [False]
    page.write(MAX_ROWS + 6, 0, "还有")
    workbook.save(str(tmp_path / "长.xls"))
    assert [sheet.is_cut for sheet in read_xls_cells(tmp_path / "长.xls")] == [True]


@pytest.mark.parametrize("content", [b"", b"hello", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_that_a_file_that_is_no_old_workbook_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.xls"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"不是旧版工作簿（\.xls），或者已损坏") as refusal:
        read_xls_cells(path)
    assert "另存为.xlsx" in str(refusal.value)


def test_that_an_old_workbook_under_the_name_of_a_new_one_is_read(tmp_path: Path) -> None:
    workbook = xlwt.Workbook()
    workbook.add_sheet("表").write(0, 0, "绩效目标")
    workbook.save(str(tmp_path / "另存的.xlsx"))
    (sheet,) = read_xls_cells(tmp_path / "另存的.xlsx")
    assert sheet.texts == {(0, 0): "绩效目标"}


@pytest.mark.parametrize(
    ("name", "begins", "locked"),
    [
        ("表.xls", "\u00e1\u0002\u04b0", "\u002f\u0002\u04b0"),
        ("表.xlsx", "Workbook" + "\0" * 8, "EncryptedPackage"),
    ],
)
def test_that_a_workbook_with_a_password_is_told_as_such(tmp_path: Path, name: str, begins: str, locked: str) -> None:
    workbook = xlwt.Workbook()
    workbook.add_sheet("表").write(0, 0, "绩效目标")
    workbook.save(str(tmp_path / name))
    content = (tmp_path / name).read_bytes()
    changed = content.replace(begins.encode("utf-16-le"), locked.encode("utf-16-le"), 1)
    assert changed != content
    (tmp_path / name).write_bytes(changed)
    with pytest.raises(UserError, match="设了密码"):
        read_xls_cells(tmp_path / name)


UP, DOWN = xlwt.easyfont("escapement superscript"), xlwt.easyfont("escapement subscript")


def with_raised_signs(path: Path, rows: int, before: str = "") -> None:
    """Two sheets of texts with raised and lowered signs, behind one of plain texts."""
    workbook = xlwt.Workbook()
    workbook.add_sheet("封面").write(0, 0, "绩效目标")
    for name in ("一", "二"):
        page = workbook.add_sheet(name)
        for row in range(300):
            page.write_rich_text(row, 1, [before * (row % 40) + f"{row}×10", ("-6", UP), "万亩"])
            page.write_rich_text(row, 2, [f"{row} a", ("2", DOWN), ("x", UP), ("，排放", xlwt.Font())])
    workbook.save(str(path))


@pytest.mark.parametrize("before", ["新增", "𠮷"])  # the second takes two places
def test_that_raised_and_lowered_digits_of_an_old_workbook_are_no_digits_of_the_number_they_stand_behind(
    tmp_path: Path, before: str
) -> None:
    with_raised_signs(tmp_path / "上标.xls", 300, before)  # more than one record holds
    cover, *sheets = read_xls_cells(tmp_path / "上标.xls")
    assert cover.texts == {(0, 0): "绩效目标"}
    for sheet in sheets:
        for row in range(300):
            assert sheet.texts[row, 1] == before * (row % 40) + f"{row}×10⁻⁶万亩"
            assert sheet.texts[row, 2] == f"{row} a₂x，排放"


def test_that_whatever_is_broken_in_an_old_workbook_it_is_read_or_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "坏.xls"
    with_raised_signs(path, 40)
    whole, chance = path.read_bytes(), Random(7)
    refused = 0
    for number in range(60):
        broken = bytearray(whole[: chance.randrange(len(whole))] if number % 3 == 0 else whole)
        for _ in range(chance.choice((1, 20, 400))):
            broken[chance.randrange(min(len(broken), chance.choice((600, len(broken)))))] = chance.randrange(256)
        path.write_bytes(broken)
        try:
            read_xls_cells(path)
        except UserError:
            refused += 1
    assert 0 < refused < 60
