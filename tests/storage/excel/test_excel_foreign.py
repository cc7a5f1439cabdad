"""Workbooks that other programs and other units wrote: what stands in them is read, and what cannot be is told."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from model.errors import UserError
from model.records import Declaration, Evaluation
from model.settings import Settings
from storage.excel import export_workbook, read_forms, read_workbook_cells
from storage.interchange import ImportedForm
from tests.storage.builders import project
from tests.storage.workbooks import first_sheet

CASES = Path(__file__).parent.parent.parent / "fixtures" / "cases"


def case(name: str) -> ImportedForm:
    (form,) = read_forms(next(CASES.glob(f"{name}-*.xlsx")))
    return form


def evaluation(form: ImportedForm) -> Evaluation:
    assert isinstance(form.content, Evaluation)
    return form.content


def changed(path: Path, change: Callable[[Any], None], source: str = "B08") -> ImportedForm:
    """A case with something changed in its sheet."""
    workbook = load_workbook(next(CASES.glob(f"{source}-*.xlsx")))
    change(first_sheet(workbook))
    workbook.save(path)
    (form,) = read_forms(path)
    return form


def repacked(path: Path, change: Callable[[str, bytes], list[tuple[str, bytes]]]) -> Path:
    """An export of ours with the parts of its zip file changed."""
    source = path.with_name("source.xlsx")
    export_workbook(source, [project(), project("p2", "另一项目")], Settings(), draft=True)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            for part, data in change(name, old.read(name)):
                new.writestr(part, data)
    return path


def test_that_amounts_in_ten_thousands_are_converted_exactly_and_shown() -> None:
    form = case("B02")
    content = evaluation(form)
    assert (content.initial_total, content.adjusted_fiscal_current, content.executed_total) == (
        *("432000", "432000", "372400"),
    )
    assert any("D6“43.2”" in notice and "已依次换算成432000、432000、372400" in notice for notice in form.notices)


def test_that_targets_in_three_columns_are_joined() -> None:
    form = case("B04")
    assert [line.target_text for line in form.content.indicators] == ["≧735人次", "≧100%", "≧100%", "═100%", "≧95%"]
    assert evaluation(form).adjusted_total == "387664.62"
    assert (evaluation(form).total_points, evaluation(form).total_score) == ("100", "98.7")


def test_that_what_a_number_format_says_is_read() -> None:
    assert [(line.target_text, line.actual_text, line.score) for line in evaluation(case("B08")).indicators] == [
        ("≥1200人次", "1250人次", "20"),
        ("≥95%", "98%", "14.75"),
        ("≤10天", "9天", "15"),
        ("≥11.376万元", "12.00万元", "30"),
        ("95%", "96.05%", "10"),
    ]


def test_that_dashes_in_money_cells_are_blank_and_told() -> None:
    form = case("B11")
    assert (evaluation(form).initial_carried_over, evaluation(form).executed_other) == ("", "")
    assert any("D8“—”、E8“—”、F8“—”、D9“—”" in notice for notice in form.notices)


@pytest.mark.parametrize("name", ["B02", "B04", "B08", "B11"])
def test_that_a_rate_kept_as_a_fraction_is_a_per_cent_and_told(name: str) -> None:
    assert evaluation(case(name)).execution_rate == "86.21%"
    assert any("H6“0.8621”：读作86.21%" in notice for notice in case(name).notices)


def test_that_cents_survive_a_format_that_hides_them_and_the_noise_of_computing_does_not(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["E6"].value, sheet["E6"].number_format = 387664.62, "#,##0"
        sheet["F6"].value, sheet["F6"].number_format = 0.1 + 0.2, "#,##0.00"
        sheet["G13"].value, sheet["G13"].number_format = 20.5, "0"

    content = evaluation(changed(tmp_path / "x.xlsx", change))
    assert (content.adjusted_total, content.executed_total) == ("387664.62", "0.3")
    assert content.indicators[0].points == "20.5"


def test_that_computed_scores_and_rates_read_as_shown(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"

    def change(sheet: Any) -> None:
        sheet["H13"].value, sheet["H13"].number_format = 8.620370370370370, "0.00"
        sheet["H14"].value = 8.620370370370370
        sheet["H6"].value, sheet["H6"].number_format = 0.95238, "0.00%"
        sheet["F14"].value, sheet["F14"].number_format = 0.95238, "0.00%"

    form = changed(path, change)
    assert [line.score for line in evaluation(form).indicators[:2]] == ["8.62", "8.62"]
    assert evaluation(form).execution_rate == "95.24%"
    assert evaluation(form).indicators[1].actual_text == "95.238%"
    assert any("H14“8.62037037037037”：按两位小数读作8.62" in notice for notice in form.notices)


def test_that_a_formula_reads_as_shown_and_one_without_a_value_is_named(tmp_path: Path) -> None:
    path, kept = tmp_path / "x.xlsx", tmp_path / "kept.xlsx"

    def change(sheet: Any) -> None:
        sheet["F14"].value, sheet["F14"].number_format = "=95.238/100", "0.00%"
        sheet["E13"].value = "=1200"
        sheet["H16"].value = "#REF!"
        sheet["H16"].data_type = "e"

    form = changed(path, change)
    assert form.content.indicators[0].target_text == ""
    assert any("单元格E13、F14：是公式，但文件里没有它的计算结果" in notice for notice in form.notices)
    assert any("单元格H16“#REF!”：是Excel的错误值" in notice for notice in form.notices)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"<f>95.238/100</f><v />", b"<f>95.238/100</f><v>0.95238</v>"))
    (form,) = read_forms(kept)
    assert evaluation(form).indicators[1].actual_text == "95.24%"


def test_that_dates_are_read_as_shown_or_as_days_where_the_form_wants_days(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    export_workbook(path, [project()], Settings(), draft=True)
    workbook = load_workbook(path)
    sheet = first_sheet(workbook)
    sheet["B5"].value, sheet["B5"].number_format = datetime.date(2026, 1, 1), 'yyyy"年"m"月"d"日"'
    sheet["F15"].value, sheet["F15"].number_format = datetime.date(2026, 12, 1), 'yyyy"年"m"月"'
    sheet["F14"].value = 46387
    sheet["F14"]._style.numFmtId = 58  # what Chinese Excel means by it stands in no file
    workbook.save(path)
    (form,) = read_forms(path)
    assert isinstance(form.content, Declaration)
    assert form.content.start_date == "2026-01-01"
    assert [line.target_text for line in form.content.indicators[1:]] == ["12月31日", "2026年12月"]


def test_that_a_date_no_calendar_has_is_told_with_its_number(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["E13"].value, sheet["E13"].number_format = -5, "yyyy-mm-dd"
        sheet["E14"].value, sheet["E14"].number_format = 5, "# ?/?"

    form = changed(tmp_path / "x.xlsx", change)
    assert [line.target_text for line in form.content.indicators[:2]] == ["-5", "5"]
    assert any("E13“-5”：是日期格式，但数值不是日期" in notice for notice in form.notices)
    assert any("E14“5”：数字格式不能识别" in notice for notice in form.notices)


def test_that_control_characters_are_taken_out_and_told(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["D13"].value = "发放_x000B_数量_x0001_"

    form = changed(tmp_path / "x.xlsx", change)
    assert form.content.indicators[0].name == "发放\n数量"
    assert any(
        "D13“发放" in notice and "U+000B已改为换行，无法显示的字符U+0001已去掉" in notice for notice in form.notices
    )


def test_that_a_sheet_whose_part_is_missing_is_told(tmp_path: Path) -> None:
    path = repacked(tmp_path / "x.xlsx", lambda name, data: [] if name.endswith("sheet2.xml") else [(name, data)])
    (form,) = read_forms(path)
    assert form.notices == ("文件“x.xlsx”：文件里缺少工作表“另一项目”的内容，没有导入；请用Excel打开核对。",)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_that_a_workbook_with_a_part_twice_is_refused(tmp_path: Path) -> None:
    path = repacked(
        tmp_path / "x.xlsx",
        lambda name, data: [(name, data)] * (2 if name.endswith("sheet2.xml") else 1),
    )
    with pytest.raises(UserError, match=re.escape("重复的部分（xl/worksheets/sheet2.xml）")):
        read_forms(path)


@pytest.mark.parametrize(("field", "value"), [(8, 99), (4, 99), (6, 1)])
def test_that_encryption_and_unknown_compression_are_told_in_a_sentence(tmp_path: Path, field: int, value: int) -> None:
    path = tmp_path / "x.xlsx"
    export_workbook(path, [project()], Settings(), draft=True)
    data = bytearray(path.read_bytes())
    for signature, shift in ((b"PK\x03\x04", 0), (b"PK\x01\x02", 2)):
        place = data.find(signature)
        while place >= 0:
            data[place + field + shift] = value
            place = data.find(signature, place + 4)
    path.write_bytes(data)
    with pytest.raises(UserError, match="加了密，或者用了不能识别的压缩方式"):
        read_workbook_cells(path)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "是OpenDocument表格（.ods）"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "是OpenDocument文件"),
        ({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}, "不是Excel工作簿"),
        ({"readme.txt": b"hello"}, "不是Excel工作簿"),
    ],
)
def test_that_another_kind_of_zip_file_is_called_what_it_is(tmp_path: Path, parts: dict[str, bytes], said: str) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    with pytest.raises(UserError, match=said):
        read_workbook_cells(path)


def test_that_sheets_without_a_form_are_named(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    workbook = load_workbook(next(CASES.glob("B02-*.xlsx")))
    workbook.create_sheet("通讯录").append(["姓名", "电话"])
    workbook.create_sheet("整体").append(["部门整体支出绩效自评表"])
    workbook.create_sheet("空白")
    workbook.save(path)
    (form,) = read_forms(path)
    assert form.notices[:2] == (
        "文件“x.xlsx”：工作表“通讯录”没有申报表或自评表，没有导入。",
        "文件“x.xlsx”：工作表“整体”是“部门整体支出绩效自评表”，本程序没有这种表，没有导入。",
    )
    assert not any("空白" in notice for notice in form.notices)


def test_that_a_layout_that_would_be_half_read_is_refused_with_its_headings(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["E12"].value = "考核标准"

    with pytest.raises(UserError) as refusal:
        changed(tmp_path / "x.xlsx", change)
    assert "单元格E12“考核标准”：没有找到“年度指标值”一栏" in str(refusal.value)
    assert "没有导入任何内容" in str(refusal.value)


def test_that_rows_beyond_what_is_read_are_told(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["A20001"].value = "远"

    form = changed(tmp_path / "x.xlsx", change)
    assert any("第20000行以后" in notice for notice in form.notices)


def test_that_a_workbook_of_ours_comes_in_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    export_workbook(path, [project(), project("p2", "另一项目")], Settings(), draft=True, year_summary=True)
    assert [form.notices for form in read_forms(path)] == [(), ()]


def test_that_a_workbook_with_nothing_but_strange_sheets_says_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    workbook = Workbook()
    first_sheet(workbook).append(["项目支出绩效运行监控表"])
    workbook.save(path)
    with pytest.raises(UserError, match="是“项目支出绩效运行监控表”，本程序没有这种表"):
        read_forms(path)
