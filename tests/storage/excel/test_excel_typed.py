"""What a person typed comes back out of our own workbook, whatever it says: the form's own words, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from model.records import Declaration, Evaluation, Project, forms_of
from storage.excel import read_forms
from tests.storage.excel.typed import exported, named_like_labels, printed, projects, reread
from tests.storage.workbooks import first_sheet


@settings(max_examples=25)
@given(projects((Declaration, Evaluation)))
def test_that_every_typed_text_comes_back_out_of_our_own_workbook(tmp_path: Path, project: Project) -> None:
    form = reread(project, tmp_path)
    assert printed(form.as_project("back")) == printed(project)
    assert form.notices == ()


def test_that_words_of_the_form_come_back_from_every_cell_they_were_typed_into(tmp_path: Path) -> None:
    form = reread(named_like_labels(), tmp_path)
    assert printed(form.as_project("back")) == printed(named_like_labels())
    assert form.notices == ()


@pytest.mark.parametrize("text", ["主管部门", "合计", "年度目标"])
def test_that_a_word_of_the_form_put_in_without_the_mark_is_said(tmp_path: Path, text: str) -> None:
    path = exported(named_like_labels(), tmp_path)
    workbook = load_workbook(path)
    cell = first_sheet(workbook)["B5"]
    cell.value, cell.style = text, "Normal"
    workbook.save(path)
    (form,) = read_forms(path)
    assert any(f"B5“{text}”" in notice and "不能确定是不是填写的内容" in notice for notice in form.notices)


def test_that_a_workbook_whose_marks_a_program_took_away_says_so(tmp_path: Path) -> None:
    path = exported(named_like_labels(), tmp_path)
    workbook = load_workbook(path)
    for row in first_sheet(workbook).iter_rows():
        for cell in row:
            cell.style = "Normal"
    workbook.save(path)
    (form,) = read_forms(path)
    assert any("已分不出栏目和填写的内容" in notice for notice in form.notices)


def test_that_a_typed_project_name_is_no_year_no_unit_of_money_and_no_title(tmp_path: Path) -> None:
    for name in ("2025年度", "（单位：万元）", "财政项目支出绩效自评表"):
        project = Project("p", 2026, name, forms=forms_of(Evaluation(initial_total="3.00")))
        form = reread(project, tmp_path)
        assert (form.year, form.project_name, form.notices) == (2026, name, ())
        assert isinstance(form.content, Evaluation)
        assert form.content.initial_total == "3.00"


def test_that_a_line_without_a_level_does_not_take_that_of_the_line_above(tmp_path: Path) -> None:
    form = reread(named_like_labels(), tmp_path)
    assert [(line.level1, line.level2) for line in form.content.indicators] == [
        ("产出指标", "数量指标"),
        ("总分", ""),
        ("", ""),
    ]
