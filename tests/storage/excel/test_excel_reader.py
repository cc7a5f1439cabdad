from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from model.errors import UserError
from model.records import Declaration, Form, Indicator, Project, forms_of
from model.settings import Settings
from storage.excel import export_workbook, read_forms, read_workbook_cells
from storage.excel.sanitise import escaped
from storage.interchange import to_json
from tests.storage.builders import project
from tests.storage.workbooks import first_sheet


def saved(path: Path, fill: Callable[[Any], object]) -> Path:
    workbook = Workbook()
    fill(first_sheet(workbook))
    workbook.save(path)
    return path


def test_that_every_given_form_comes_back_from_its_workbook_in_every_field(
    given_forms: tuple[Project, ...], tmp_path: Path
) -> None:
    path = tmp_path / "全部.xlsx"
    export_workbook(path, given_forms, Settings(), year_summary=True, draft=True)
    back = [form.as_project("back") for form in read_forms(path)]
    order = {(one.year, one.project_name): number for number, one in enumerate(given_forms)}
    back.sort(key=lambda one: order[one.year, one.project_name])
    assert to_json(back, Settings()) == to_json(given_forms, Settings())


def test_that_whole_life_amounts_overall_goal_and_deviation_reasons_come_back(tmp_path: Path) -> None:
    amounts = {"project_total": "300.00", "project_fiscal": "200.50", "project_other": "99.50", "other": "7.00"}
    content = Declaration(overall_goal="总目标", **amounts, indicators=(Indicator("1", name="甲"),))
    one = Project("p", 2026, "项目", "部门", "单位", forms_of(content))
    path = tmp_path / "x.xlsx"
    export_workbook(path, [one], Settings(), draft=True)
    (form,) = read_forms(path)
    assert form.content == replace(content, indicators=(Indicator("", name="甲"),))
    assert (form.kind, form.year, form.project_name, form.department, form.unit) == (
        *(Form.DECLARATION, 2026, "项目", "部门", "单位"),
    )


def test_that_a_blank_form_comes_back_blank(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    export_workbook(path, [Project("p", 2026, forms=forms_of(Declaration()))], Settings(), draft=True)
    (form,) = read_forms(path)
    assert form.content == Declaration()
    assert (form.project_name, form.department, form.unit) == ("", "", "")


def test_that_a_second_level_is_not_carried_into_another_first_level(tmp_path: Path) -> None:
    lines = (Indicator("1", "产出指标", "数量指标", "甲", "多"), Indicator("2", "效益指标", "", "乙", "少"))
    path = tmp_path / "x.xlsx"
    one = Project("p", 2026, "项目", forms=forms_of(Declaration(indicators=lines)))
    export_workbook(path, [one], Settings(), draft=True)
    (form,) = read_forms(path)
    assert form.content.indicators == tuple(replace(line, id="") for line in lines)


def test_that_a_workbook_a_person_went_on_with_in_excel_is_read(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    export_workbook(path, [project()], Settings(), draft=True)
    workbook = load_workbook(path)
    sheet = first_sheet(workbook)
    sheet.insert_rows(1)
    sheet["A1"] = "审核稿"
    sheet["F7"] = 311966
    sheet["F7"].number_format = "#,##0.00"
    sheet["B6"] = datetime.date(2026, 1, 1)
    workbook.save(path)
    (form,) = read_forms(path)
    assert isinstance(form.content, Declaration)
    assert form.content.total_requested == "311966"
    assert form.content.start_date == "2026-01-01"
    assert len(form.content.indicators) == 3


def test_that_numbers_dates_percentages_and_formulas_read_as_the_forms_write_them(tmp_path: Path) -> None:
    values = [5, 2.5, 0.9, datetime.date(2026, 3, 1), True, "=1+1", "文字"]

    def fill(sheet: Any) -> None:
        for row, value in enumerate(values, 1):
            sheet.cell(row, 1).value = value
        sheet["A3"].number_format = "0%"

    path = saved(tmp_path / "x.xlsx", fill)
    (sheet,) = read_workbook_cells(path, formulas=True)
    assert list(sheet.texts.values()) == ["5", "2.5", "90%", "2026-03-01", "TRUE", "=1+1", "文字"]
    assert sheet.odd == {(row, 0) for row in range(6)}
    assert (5, 0) not in read_workbook_cells(path)[0].texts


def test_that_a_raised_digit_is_no_digit_of_the_number_before_it(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        level = {how: InlineFont(vertAlign=how) for how in ("superscript", "subscript", "baseline")}
        parts = ("≥10", TextBlock(level["superscript"], "4"), TextBlock(level["baseline"], "亩CO"))
        sheet["A1"] = CellRichText(*parts, TextBlock(level["subscript"], "2"), TextBlock(InlineFont(b=True), "12"))

    path = saved(tmp_path / "x.xlsx", fill)
    share_strings(path)
    (sheet,) = read_workbook_cells(path)
    assert sheet.texts == {(0, 0): "≥10⁴亩CO₂12"}


@pytest.mark.parametrize("typed", ["_x000D_", "甲_x000D__x0041_乙", "_x005F_x000D_", "x005F_"])
def test_that_what_looks_like_an_escape_is_read_as_it_was_typed_from_a_table_of_texts_too(
    tmp_path: Path, typed: str
) -> None:
    path = saved(tmp_path / "x.xlsx", lambda sheet: sheet.__setitem__("A1", escaped(typed)))
    assert read_workbook_cells(path)[0].texts == {(0, 0): typed}
    share_strings(path)
    assert read_workbook_cells(path)[0].texts == {(0, 0): typed}


def share_strings(path: Path) -> None:
    """Move the texts of the cells of a workbook into the table of shared strings, as Excel writes them."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    ((cell, text),) = re.findall(r'(<c r="A1"[^>]*>\s*<is>(.*?)</is>\s*</c>)', parts[name], re.DOTALL)
    parts[name] = parts[name].replace(cell, '<c r="A1" t="s"><v>0</v></c>')
    table = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="1">'
    parts["xl/sharedStrings.xml"] = f"{table}<si>{text}</si></sst>"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", override)
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def test_that_merges_are_read(tmp_path: Path) -> None:
    path = saved(tmp_path / "x.xlsx", lambda sheet: sheet.merge_cells("B2:D5"))
    assert read_workbook_cells(path)[0].merges == {"B2:D5"}


def test_that_a_size_the_file_claims_is_not_believed(tmp_path: Path) -> None:
    path = saved(tmp_path / "x.xlsx", lambda sheet: [sheet.append([str(row)]) for row in range(60)])
    lying = tmp_path / "lying.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(lying, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'ref="A1:A60"', b'ref="A1:A39"'))
    assert len(read_workbook_cells(lying)[0].texts) == 60


def test_that_a_cell_at_the_end_of_the_world_costs_nothing(tmp_path: Path) -> None:
    path = saved(tmp_path / "x.xlsx", lambda sheet: sheet.__setitem__("XFD1048576", "远"))
    assert read_workbook_cells(path)[0].texts == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空文件"),
        (b"name,points\n1,2", "不是Excel工作簿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版Excel"),
        (b"PK\x03\x04 and nothing more", "已损坏"),
    ],
)
def test_that_a_file_that_is_no_workbook_is_refused_with_what_it_is(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(UserError, match=said):
        read_workbook_cells(path)


def test_that_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="无法读取"):
        read_workbook_cells(tmp_path / "没有.xlsx")


@pytest.mark.parametrize("size", range(100, 5000, 700))
def test_that_a_truncated_workbook_is_refused(tmp_path: Path, size: int) -> None:
    path = tmp_path / "x.xlsx"
    export_workbook(path, [project()], Settings(), draft=True)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(UserError, match="已损坏"):
        read_workbook_cells(path)


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_that_a_workbook_with_a_broken_part_is_refused(tmp_path: Path, member: str) -> None:
    path, broken = tmp_path / "x.xlsx", tmp_path / "broken.xlsx"
    export_workbook(path, [project()], Settings(), draft=True)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[: -20 if name == member else None])
    with pytest.raises(UserError, match="已损坏"):
        read_workbook_cells(broken)


def test_that_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    path, bomb = tmp_path / "x.xlsx", tmp_path / "bomb.xlsx"
    export_workbook(path, [project()], Settings(), draft=True)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bomb, "w") as new:
        for name in old.namelist():
            entity = b'<!DOCTYPE x [<!ENTITY a "b">]>' if name == "xl/worksheets/sheet1.xml" else b""
            new.writestr(name, entity + old.read(name))
    with pytest.raises(UserError, match="文档类型声明"):
        read_workbook_cells(bomb)


def test_that_a_file_that_unpacks_to_too_much_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.xlsx"
    export_workbook(path, [project()], Settings(), draft=True)
    monkeypatch.setattr("storage.guard.packages._MAX_UNPACKED", 1000)
    with pytest.raises(UserError, match="展开后过大"):
        read_workbook_cells(path)


def test_that_a_workbook_without_any_form_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "名单.xlsx", lambda sheet: sheet.append(["姓名", "科室"]))
    with pytest.raises(UserError, match="没有找到绩效目标申报表或绩效自评表"):
        read_forms(path)


def test_that_a_form_without_a_year_is_refused_with_its_sheet(tmp_path: Path) -> None:
    path = saved(tmp_path / "x.xlsx", lambda sheet: sheet.append(["财政项目支出绩效自评表"]))
    with pytest.raises(UserError, match="工作表“Sheet”没有写明年度"):
        read_forms(path)


def test_that_workbooks_are_parsed_by_defusedxml_though_lxml_is_installed() -> None:
    assert (openpyxl.LXML, openpyxl.DEFUSEDXML) == (False, True)
