"""The exported pages as another program prints them: LibreOffice turns them into PDF, and every text is looked for."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from model.bundle import Contents, workbook_sheets
from model.forms import FORMS
from model.records import Declaration, Evaluation, Form, Indicator, Project
from model.settings import Settings
from model.sheets import Sheet
from storage.excel import export, export_workbook, read_forms, read_workbook_cells
from storage.excel.writer import write_sheet
from storage.excel.xls import read_xls_cells
from tests.model.projects import declaration_of, evaluation_of
from tests.storage.excel.typed import named_like_labels, printed
from tests.storage.printed_pages import PrintedSheet, needs_libreoffice, pages_of, squeezed, text_of, to_pdf

pytestmark = needs_libreoffice

REASON = "受供电检修影响，上半年部分现场活动改为线上举办；今后将提前制定预案，按季度跟踪进度，确保全年目标按期完成。"
WRONG = ("Err:", "#NAME?", "#VALUE!", "#REF!", "###")


def difficult(given_forms: tuple[Project, ...]) -> list[Project]:
    """Two forms with texts that tempt a program to calculate, to cut or to overflow."""
    declared = next(one for one in given_forms if one.of(Declaration) is not None)
    evaluated = next(one for one in given_forms if one.of(Evaluation) is not None)
    assert declared.of(Declaration) is not None
    assert evaluated.of(Evaluation) is not None
    odd = ("=100.00(%)", "=1+1", "-5", "@SUM(A1)", "#N/A", "_x000D_", "https://example.cn/a/very/long/address/index")
    lines = tuple(Indicator(str(number), "产出指标", "数量指标", text, text) for number, text in enumerate(odd))
    goal = declaration_of(declared).annual_goal
    long = replace(
        declaration_of(declared),
        annual_goal=(goal * 9)[:1040],
        overall_goal=goal,
        project_total="771325800",
        indicators=lines,
    )
    reasoned = tuple(replace(line, deviation_reason=REASON) for line in evaluation_of(evaluated).indicators)
    return [
        replace(declared.with_form(Form.DECLARATION, long), id="d", project_name="很长的项目名称" * 6),
        replace(evaluated.with_form(Form.EVALUATION, replace(evaluation_of(evaluated), indicators=reasoned)), id="e"),
    ]


def paginated(folder: Path, projects: list[Project]) -> tuple[list[PrintedSheet], str]:
    """Every sheet on its pages, and all the text of the PDF."""
    path = folder / "表.xlsx"
    export_workbook(path, projects, Settings(), year_summary=True, draft=True)
    findings = export._findings(projects, Settings(), tuple(FORMS), ())
    contents = Contents(year_summary=True, draft=True, findings=findings)
    sheets = [make() for make in workbook_sheets(projects, Settings(), contents)]
    pdf = to_pdf(path)
    pages = pages_of(pdf)
    assert len(pages) == sum(len(sheet.page_starts) + 1 for sheet in sheets)
    found: list[PrintedSheet] = []
    for sheet in sheets:
        count = len(sheet.page_starts) + 1
        found.append(PrintedSheet(sheet, pages[:count]))
        pages = pages[count:]
    return found, text_of(pdf)


def test_that_every_text_of_the_given_forms_is_printed_whole_inside_its_cell(
    given_forms: tuple[Project, ...], tmp_path: Path
) -> None:
    sheets, text = paginated(tmp_path, [*given_forms, *difficult(given_forms)])
    assert len(sheets) == 30
    assert {sheet.sheet.name: problems for sheet in sheets if (problems := sheet.misprinted())} == {}
    assert not any(wrong in text for wrong in WRONG)
    drawn = squeezed(text)
    for sheet in sheets:
        missing = [cell.text for cell in sheet.sheet.cells if squeezed(cell.text) not in drawn]
        assert missing == [], sheet.sheet.name


def test_that_a_row_that_is_too_low_would_be_noticed(
    given_forms: tuple[Project, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = write_sheet

    def flattened(sheet: Sheet) -> Sheet:
        rows = tuple(min(height, Decimal(30)) for height in sheet.rows)
        return replace(sheet, rows=rows, page_starts=(), one_page=True)

    monkeypatch.setattr(export, "write_sheet", lambda book, styles, sheet: real(book, styles, flattened(sheet)))
    path = tmp_path / "低.xlsx"
    export_workbook(path, given_forms[:1], Settings(), draft=True)
    (make,) = workbook_sheets(given_forms[:1], Settings(), Contents(draft=True))
    problems = PrintedSheet(flattened(make()), pages_of(to_pdf(path))).misprinted()
    assert any("sticks out" in problem or "prints as" in problem for problem in problems)


def saved(workbook: Path, kind: str) -> Path:
    """The workbook as LibreOffice saves it, in a folder beside it."""
    folder = workbook.parent / "saved"
    profile = f"-env:UserInstallation={(workbook.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(workbook)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / f"{workbook.stem}.{kind}"


FORMATS = (
    *("General", "0", "0.00", "#,##0", "#,##0.00", "0%", "0.00%", '0"人次"', '"≥"0', '"≥"0.00"%"', r"0\%", "@"),
    *("yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "h:mm", "[Red]0.00;-0.00", '"¥"#,##0.00', "0.00E+00", '0.0,"千"', "# ?/?"),
)
NUMBERS = (
    0,
    1,
    95,
    Decimal("0.95"),
    Decimal("0.9521"),
    Decimal("12345.678"),
    Decimal("-5.5"),
    46082,
    Decimal("8.62037"),
)


def test_that_an_old_workbook_reads_in_every_cell_as_the_new_one_it_was_saved_from(tmp_path: Path) -> None:
    workbook, path = Workbook(), tmp_path / "表.xlsx"
    page = workbook.active
    assert page is not None
    for number in NUMBERS:
        page.append([number] * len(FORMATS))
    for row in page.iter_rows():
        for cell, number_format in zip(row, FORMATS, strict=True):
            cell.number_format = number_format
    raised = CellRichText("10", TextBlock(InlineFont(vertAlign="superscript"), "4"), "万")
    page.append(["两行\n文字", raised, True, "=1/3", "=1/0"])
    page.merge_cells("B22:D25")
    workbook.save(path)
    (new,), (old,) = read_workbook_cells(saved(path, "xlsx")), read_xls_cells(saved(path, "xls"))
    assert (old.texts, old.exact, old.shown) == (new.texts, new.exact, new.shown)
    assert (old.merges, set(old.notes)) == (new.merges, set(new.notes))


def test_that_forms_opened_and_saved_by_libreoffice_come_in_without_a_difference(
    given_forms: tuple[Project, ...], tmp_path: Path
) -> None:
    path = tmp_path / "全部.xlsx"
    export_workbook(path, [*given_forms, named_like_labels()], Settings(), year_summary=True, draft=True)
    ours, theirs = read_forms(path), read_forms(saved(path, "xlsx"))
    assert len(ours) == 26
    assert theirs == ours
    assert printed(theirs[-1].as_project("back")) == printed(named_like_labels())
    assert not any(form.notices for form in theirs)
