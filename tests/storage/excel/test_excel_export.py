from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from model.bundle import Contents, workbook_sheets
from model.checking import check
from model.errors import CancelledError, UserError
from model.records import Declaration, Form, Indicator, Project, forms_of
from model.rules import Context
from model.settings import Settings
from model.sheets import Sheet, SheetCell
from model.values.characters import printable
from model.years import Earlier
from storage.excel import ExportReport, export_workbook, read_forms, read_workbook_cells
from storage.excel.sanitise import escaped, unescaped
from storage.excel.verify import verify
from storage.importing.plan import read_files
from storage.interchange import ImportedForm
from tests.storage.builders import project
from tests.storage.workbooks import first_sheet, sheets_of

HOSTILE = (
    "=100.00(%)",
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
    "+5",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "'001",
    "001234",
    "1e5",
    "5%",
    "2024-01-01",
    "TRUE",
    "#N/A",
    "#REF!",
    "_x000D_",
    "_x005F_x0041_",
    " lead",
    "trail ",
    "a\nb",
    "<b>&amp;</b>",
    "]]>",
    "\u2028\x85",
    "😀",
    "{=1}",
)


def form_of(lines: tuple[Indicator, ...], **cells: str) -> Project:
    return Project("p", 2026, "项目", "部门", "单位", forms_of(Declaration(indicators=lines, **cells)))


def draft(path: Path, *projects: Project, **options: Any) -> Any:
    return export_workbook(path, projects, Settings(), draft=True, **options)


def _go_on() -> None:
    """Nobody cancels."""


def expected(sheet: Sheet) -> dict[str, str]:
    return {
        f"{chr(65 + cell.column)}{cell.row + 1}": printable(cell.text) for cell in sheet.cells if printable(cell.text)
    }


def reread(path: Path) -> list[dict[str, str]]:
    """The texts of each form as openpyxl reads them in its ordinary way, all of them plain strings."""
    sheets = []
    for sheet in load_workbook(path):
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= ({"s", "n"} if "汇总表" in sheet.title else {"s"})
        cells = [cell for cell in cells if cell.data_type == "s"]
        sheets.append({cell.coordinate: unescaped(str(cell.value)) for cell in cells})
    return sheets


@pytest.fixture(scope="module")
def given_workbook(tmp_path_factory: pytest.TempPathFactory, given_forms: tuple[Project, ...]) -> ExportReport:
    """All given forms in one workbook."""
    report: ExportReport = draft(tmp_path_factory.mktemp("forms") / "全部.xlsx", *given_forms)
    return report


@pytest.fixture(scope="module")
def given_lists(tmp_path_factory: pytest.TempPathFactory, given_forms: tuple[Project, ...]) -> Path:
    """All given forms in one workbook with the lists of their years."""
    path = tmp_path_factory.mktemp("lists") / "全部.xlsx"
    draft(path, *given_forms, year_summary=True)
    return path


def test_that_every_given_form_holds_each_printed_text_once_in_its_place(
    given_forms: tuple[Project, ...], given_workbook: ExportReport
) -> None:
    report, path = given_workbook, given_workbook.path
    sheets = [make() for make in workbook_sheets(given_forms, Settings(), Contents(draft=True))]
    assert len(sheets) == report.sheets == 25
    texts = reread(path)
    assert texts == [expected(sheet) for sheet in sheets]
    assert report.cells == sum(map(len, texts))
    merges = [{str(merge) for merge in sheet.merged_cells.ranges} for sheet in load_workbook(path)]
    assert [len(found) for found in merges] == [
        sum(cell.row_span * cell.column_span > 1 for cell in sheet.cells) for sheet in sheets
    ]


def test_that_every_text_of_a_given_form_is_somewhere_in_its_sheet(
    given_forms: tuple[Project, ...], given_workbook: ExportReport
) -> None:
    for one, sheet in zip(given_forms, read_workbook_cells(given_workbook.path), strict=True):
        texts = Counter(sheet.texts.values())
        assert texts[one.project_name] == 1
        for line in one.indicators(Form.DECLARATION) or one.indicators(Form.EVALUATION):
            assert texts[line.name] >= 1
            assert texts[line.target_text] >= bool(line.target_text)


def test_that_the_clerk_is_told_what_was_written_and_checked(tmp_path: Path) -> None:
    report = draft(tmp_path / "甲.xlsx", project())
    assert report.message == f"已导出并核对：甲.xlsx，共1张工作表、{report.cells}处文字，逐字一致。"
    assert report.notes == ()
    assert [file.name for file in tmp_path.iterdir()] == ["甲.xlsx"]


def test_that_hostile_texts_are_read_back_exactly_and_none_became_a_formula(tmp_path: Path) -> None:
    lines = tuple(Indicator(str(n), "产出指标", "数量指标", text, "完成") for n, text in enumerate(HOSTILE))
    path = tmp_path / "x.xlsx"
    draft(path, form_of(lines))
    found = [text for place, text in reread(path)[0].items() if place[0] == "D"][-len(HOSTILE) :]
    assert found == list(HOSTILE)
    quoted = {
        unescaped(cell.value) for cell in first_sheet(load_workbook(path))["D"] if cell.value and cell.quotePrefix
    }
    assert quoted == {text for text in HOSTILE if text[0] in "=+-@\t'"}


def test_that_a_naive_writer_fails_where_this_one_does_not(tmp_path: Path) -> None:
    path = tmp_path / "naive.xlsx"
    workbook = Workbook()
    for row, text in enumerate(HOSTILE, 1):
        first_sheet(workbook).cell(row, 1).value = text
    workbook.save(path)
    cells = [cell for (cell,) in first_sheet(load_workbook(path)).iter_rows()]
    wrong = [text for cell, text in zip(cells, HOSTILE, strict=True) if (cell.data_type, cell.value) != ("s", text)]
    assert {"=100.00(%)", "=1+1", "#N/A", "#REF!"} <= set(wrong)


def test_that_the_check_finds_a_text_a_merge_and_a_name_that_differ(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    draft(path, project())
    (sheet,) = [make() for make in workbook_sheets([project()], Settings(), Contents(draft=True))]
    assert verify(path, [sheet], _go_on) > 20
    last = sheet.cells[-1]
    changed = replace(sheet, cells=(*sheet.cells[:-1], replace(last, text=last.text + "。")))
    with pytest.raises(UserError, match="单元格F15的文字不符"):
        verify(path, [changed], _go_on)
    with pytest.raises(UserError, match="合并单元格不符"):
        verify(path, [replace(sheet, cells=(*sheet.cells, SheetCell(20, 0, 2, 1, "", last.style)))], _go_on)
    with pytest.raises(UserError, match="名称或数目不符"):
        verify(path, [sheet.named("乙")], _go_on)
    with pytest.raises(UserError, match="名称或数目不符"):
        verify(path, [sheet, sheet], _go_on)


def test_that_the_amounts_of_a_list_are_numbers_that_sum_and_show_the_printed_text(
    given_forms: tuple[Project, ...], given_lists: Path
) -> None:
    path = given_lists
    sheets = [sheet for sheet in load_workbook(path) if "汇总表" in sheet.title]
    assert [sheet.title[:8] for sheet in sheets] == ["项目绩效目标汇总", "项目绩效目标汇总", "项目绩效自评汇总"]
    for sheet in sheets:
        first, column = (5, "E") if "目标" in sheet.title else (4, "C")
        *amounts, total = [sheet[f"{column}{row}"] for row in range(first, sheet.max_row + 1)]
        assert {cell.data_type for cell in (*amounts, total)} == {"n"}
        assert {cell.number_format for cell in (*amounts, total)} == {"#,##0.00"}
        assert sum(Decimal(str(cell.value)) for cell in amounts) == Decimal(str(total.value)) > 0
    contents = Contents(year_summary=True, draft=True)
    printed = {sheet.name: sheet for make in workbook_sheets(given_forms, Settings(), contents) for sheet in [make()]}
    for found in read_workbook_cells(path):
        cells = [cell for cell in printed[found.name].cells if cell.number is not None]
        assert bool(cells) == ("汇总表" in found.name)
        assert [found.texts[cell.row, cell.column] for cell in cells] == [cell.text for cell in cells]


def test_that_the_check_finds_a_number_that_differs(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    two = [project(), project("p2", "另一项目")]
    draft(path, *two, year_summary=True)
    findings = {one.id: check(one, Context(Settings())) for one in two}
    contents = Contents(year_summary=True, draft=True, findings=findings)
    *forms, listed = [make() for make in workbook_sheets(two, Settings(), contents)]
    assert verify(path, [*forms, listed], _go_on) > 60
    number = next(cell for cell in listed.cells if cell.number == Decimal("311966"))
    others = tuple(cell for cell in listed.cells if cell is not number)
    for other in (replace(number, number=Decimal("311966.01")), replace(number, number=None)):
        with pytest.raises(UserError, match="不是文本"):
            verify(path, [*forms, replace(listed, cells=(*others, other))], _go_on)


@pytest.mark.parametrize("value", ["=1+1", 5, True])
def test_that_the_check_finds_a_value_that_is_no_text(tmp_path: Path, value: Any) -> None:
    path = tmp_path / "甲.xlsx"
    draft(path, project())
    (sheet,) = [make() for make in workbook_sheets([project()], Settings(), Contents(draft=True))]
    workbook = load_workbook(path)
    first_sheet(workbook)["F15"].value = value
    workbook.save(path)
    with pytest.raises(UserError, match="单元格F15不是文本"):
        verify(path, [sheet], _go_on)


def test_that_a_final_export_with_errors_is_refused_and_the_errors_counted(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    broken = [replace(project(), id=str(n), project_name=f"项目{n}", unit="") for n in range(12)]
    with pytest.raises(UserError) as refusal:
        export_workbook(path, broken, Settings())
    message = str(refusal.value)
    assert message.startswith("还有")
    assert "2026年度“项目0”：" in message
    assert "……共12个项目" in message
    assert "项目11" not in message
    assert not path.exists()


def test_that_a_final_export_without_errors_bears_no_draft_mark(
    given_forms: tuple[Project, ...], tmp_path: Path
) -> None:
    settings = Settings()
    sound = [one for one in given_forms if not any(f.blocks_export for f in check(one, Context(settings)))][:2]
    path = tmp_path / "定稿.xlsx"
    report = export_workbook(path, sound, settings, year_summary=True)
    assert report.sheets == 3
    assert not any("草稿" in text for sheet in reread(path) for text in sheet.values())
    assert "完整" in reread(path)[-1].values()


def test_that_a_draft_says_so_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    draft(path, project(), year_summary=True)
    for sheet in sheets_of(path):
        assert sheet["A1"].value.endswith("（草稿）")
        assert sheet.oddHeader.right.text == "草稿"


def test_that_explained_warnings_are_exported_with_their_explanations(tmp_path: Path) -> None:
    one = project()
    (warning, *_) = [found for found in check(one, Context(Settings())) if found.severity == "warning"]
    explained = replace(one, explanations=MappingProxyType({warning.key: "经核对属实。"}))
    path = tmp_path / "甲.xlsx"
    draft(path, explained)
    sheets = read_workbook_cells(path)
    assert sheets[-1].name == "出错说明"
    assert {"经核对属实。", warning.message} <= set(sheets[-1].texts.values())


def test_that_the_sheet_of_explanations_is_known_when_it_is_read_back_and_said_not_to_come_in(tmp_path: Path) -> None:
    one = project()
    (warning, *_) = [found for found in check(one, Context(Settings())) if found.severity == "warning"]
    path = tmp_path / "甲.xlsx"
    draft(path, replace(one, explanations=MappingProxyType({warning.key: "经核对属实。"})))
    told = [notice for form in read_forms(path) for notice in form.notices if "出错说明" in notice]
    assert told == [
        "文件“甲.xlsx”：工作表“出错说明”是导出时附在表后的警告说明，导入时不读，需要时请在“问题”里再写，没有导入。"
    ]


def test_that_the_page_is_set_up_for_a4_with_repeated_header_rows(
    given_forms: tuple[Project, ...], given_lists: Path
) -> None:
    path = given_lists
    for sheet in sheets_of(path):
        is_list = sheet.title.startswith("项目绩效")
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == ("landscape" if is_list else "portrait")
        assert (sheet.page_setup.fitToWidth, sheet.sheet_properties.pageSetUpPr.fitToPage) == (1, True)
        assert sheet.print_title_rows is not None
        assert sheet.print_area.endswith(f"!$A$1:${get_column_letter(sheet.max_column)}${sheet.max_row}")
        assert sheet.oddFooter.center.text == "第 &P 页"
        assert sheet.print_options.horizontalCentered
        assert max(dimension.height for dimension in sheet.row_dimensions.values()) <= 409
        assert sheet["A1"].font.name == "宋体"


def test_that_nothing_to_export_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有可以导出的表"):
        draft(tmp_path / "x.xlsx", project(), forms=[Form.EVALUATION])
    assert list(tmp_path.iterdir()) == []


def test_that_progress_counts_to_its_end_and_can_be_stopped_at_every_step(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    path.write_bytes(b"old")
    seen: list[tuple[int, int]] = []
    two = (project(), project("p2", "另一项目"))
    draft(tmp_path / "counted.xlsx", *two, year_summary=True, progress=lambda *step: seen.append(step))
    assert seen == [(step, 7) for step in range(1, 8)]
    for stop in range(7):
        answers = iter([False] * stop + [True])
        with pytest.raises(CancelledError):
            draft(path, *two, year_summary=True, cancelled=lambda answers=answers: next(answers))
        assert path.read_bytes() == b"old"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["counted.xlsx", "甲.xlsx"]


def test_that_characters_no_workbook_can_hold_are_left_out_and_reported(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    report = draft(path, form_of((), annual_goal="目\x00标\ufffe\ud800完成\x0b下一行\r\n末行\r"))
    assert "目标完成\n下一行\n末行\n" in reread(path)[0].values()
    assert report.notes == ("工作表“项目”单元格D11：去掉了无法写入的字符U+0000、U+FFFE、U+D800",)


texts = st.text(st.characters(exclude_categories=()), max_size=30) | st.sampled_from(HOSTILE)
cells = st.fixed_dictionaries({}, optional=dict.fromkeys(("level1", "level2", "name", "target_text"), texts))


@given(name=texts, unit=texts, goal=texts, amount=texts, lines=st.lists(cells, max_size=4))
def test_that_any_text_is_read_back_as_it_prints(
    tmp_path: Path, name: str, unit: str, goal: str, amount: str, lines: list[dict[str, str]]
) -> None:
    content = Declaration(
        annual_goal=goal,
        total_requested=amount,
        indicators=tuple(Indicator(str(number), **line) for number, line in enumerate(lines)),
    )
    one = Project("p", 2026, name, unit, unit, forms_of(content))
    path = tmp_path / "x.xlsx"
    draft(path, one)
    (sheet,) = [make() for make in workbook_sheets([one], Settings(), Contents(draft=True))]
    assert reread(path) == [expected(sheet)]
    assert load_workbook(path).sheetnames == [sheet.name]


@given(st.text(st.characters(exclude_categories=()), max_size=60) | st.sampled_from(HOSTILE))
def test_that_the_escape_is_taken_back_exactly(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert printable(printable(text)) == printable(text)


def test_that_the_sheet_beside_last_year_is_read_back_and_is_no_form_for_an_import(
    tmp_path: Path, given_forms: tuple[Project, ...]
) -> None:
    declared = next(one for one in given_forms if one.form(Form.DECLARATION) is not None)
    earlier = {declared.id: Earlier(declared.year - 1, (declared,))}
    plain, beside = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    reports = [
        export_workbook(path, [declared], Settings(), draft=True, earlier=wanted)
        for path, wanted in ((plain, {}), (beside, earlier))
    ]
    assert reports[1].sheets == reports[0].sheets + 1
    assert reports[1].cells > reports[0].cells
    assert load_workbook(beside).sheetnames[-1] == "与往年对照"
    (without,), (with_it,) = (read_files([path]) for path in (plain, beside))
    assert contents(with_it) == contents(without)


def contents(form: ImportedForm) -> object:
    """What was read, whatever the ids of its lines."""
    return form.content
