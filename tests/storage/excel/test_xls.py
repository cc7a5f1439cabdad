"""Workbooks of the old kind: texts, numbers and merged cells; what they cannot tell is said beside the cells."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
import xlwt

from model.errors import UserError
from model.records import Project
from storage.excel import read_xls_forms, xls, xls_raised
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


def with_raised_signs(path: Path, rows: int) -> None:
    """Two sheets of texts with raised and lowered signs, behind one of plain texts."""
    workbook = xlwt.Workbook()
    workbook.add_sheet("封面").write(0, 0, "绩效目标")
    for name in ("一", "二"):
        page = workbook.add_sheet(name)
        for row in range(rows):
            page.write_rich_text(row, 1, ["𠮷" * (row % 40) + f"{row}×10", ("-6", UP), "万亩"])
            page.write_rich_text(row, 2, [f"{row} a", ("2", DOWN), ("x", UP), ("，排放", xlwt.Font())])
    workbook.save(str(path))


def test_that_raised_and_lowered_digits_of_an_old_workbook_are_no_digits_of_the_number_they_stand_behind(
    tmp_path: Path,
) -> None:
    with_raised_signs(tmp_path / "上标.xls", 300)  # more than one record holds
    cover, *sheets = read_xls_cells(tmp_path / "上标.xls")
    assert cover.texts == {(0, 0): "绩效目标"}
    for sheet in sheets:
        for row in range(300):
            assert sheet.texts[row, 1] == "𠮷" * (row % 40) + f"{row}×10⁻⁶万亩"
            assert sheet.texts[row, 2] == f"{row} a₂x，排放"
        assert not sheet.has_lost_raised


def test_that_an_old_workbook_that_does_not_tell_which_digits_are_raised_says_so(
    tmp_path: Path, given_forms: tuple[Project, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook = xlwt.Workbook()
    page = workbook.add_sheet("表")
    for cell in printed(given_forms[:1])[0].cells:
        page.write(cell.row, cell.column, cell.text)
    workbook.save(str(tmp_path / "表.xls"))
    monkeypatch.setattr(xls, "raised_texts", lambda _path: None)
    (form,) = read_xls_forms(tmp_path / "表.xls")
    assert any("上标和下标读不到" in notice for notice in form.notices)


def test_that_whatever_is_broken_in_an_old_workbook_costs_no_more_than_the_raised_signs(tmp_path: Path) -> None:
    path = tmp_path / "坏.xls"
    with_raised_signs(path, 40)
    whole, chance = path.read_bytes(), Random(7)
    answers = set()
    for number in range(60):
        broken = bytearray(whole[: chance.randrange(len(whole))] if number % 3 == 0 else whole)
        for _ in range(chance.choice((1, 20, 400))):
            broken[chance.randrange(min(len(broken), chance.choice((600, len(broken)))))] = chance.randrange(256)
        path.write_bytes(broken)
        answers.add(xls_raised.raised_texts(path) is None)
    assert answers == {True, False}
