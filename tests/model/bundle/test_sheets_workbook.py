from __future__ import annotations

from dataclasses import replace

from model.bundle import Contents, workbook_sheets
from model.findings import Finding, Place, Severity
from model.records import Evaluation, Form, Project
from model.settings import Settings
from model.sheets import Sheet
from tests.model.sheet_reading import declared, evaluated, grid


def sheets(projects: list[Project], contents: Contents, settings: Settings | None = None) -> list[Sheet]:
    return [make() for make in workbook_sheets(projects, settings or Settings(), contents)]


def names(projects: list[Project], contents: Contents, settings: Settings | None = None) -> list[str]:
    return [sheet.name for sheet in sheets(projects, contents, settings)]


def test_that_one_form_makes_one_sheet_named_after_the_project() -> None:
    assert names([declared(name="甲")], Contents()) == ["甲"]


def test_that_both_forms_of_a_project_are_told_apart_by_year_and_kind() -> None:
    both = declared(name="甲").with_form(Form.EVALUATION, evaluated().of(Evaluation))
    assert names([both], Contents()) == ["甲-申报表", "甲-自评表"]
    assert names([both, evaluated(name="甲")], Contents()) == ["甲-2026申报表", "甲-2026自评表", "甲-2022自评表"]


def test_that_only_the_wanted_forms_are_there() -> None:
    both = declared(name="甲").with_form(Form.EVALUATION, evaluated().of(Evaluation))
    assert names([both], Contents(forms=(Form.EVALUATION,))) == ["甲"]
    assert sheets([both], Contents(forms=(Form.EVALUATION,)))[0].title == "财政项目支出绩效自评表"
    assert sheets([declared()], Contents(forms=(Form.EVALUATION,))) == []


def test_that_the_forms_come_first_and_the_lists_of_several_forms_last() -> None:
    projects = [declared(name="甲"), declared(name="乙"), evaluated(name="甲"), evaluated(name="乙")]
    assert names(projects, Contents(year_summary=True)) == [
        "甲-2026申报表",
        "乙-2026申报表",
        "甲-2022自评表",
        "乙-2022自评表",
        "项目绩效目标汇总表-2026",
        "项目绩效自评汇总表-2022",
    ]
    assert names(projects[:2], Contents(year_summary=True)) == ["甲", "乙", "项目绩效目标汇总表"]


def test_that_one_form_has_no_list_sheet() -> None:
    assert names([declared(name="甲")], Contents(year_summary=True)) == ["甲"]
    both = declared(name="甲").with_form(Form.EVALUATION, evaluated().of(Evaluation))
    assert names([both], Contents(year_summary=True)) == ["甲-申报表", "甲-自评表"]


def test_that_each_unit_has_its_own_list_unless_the_settings_name_the_unit() -> None:
    ours = [declared(name="甲"), declared(name="乙")]
    others = [replace(one, unit="上海市科技创业中心") for one in ours]
    lists = ["项目绩效目标汇总表", "项目绩效目标汇总表(2)"]
    assert names([*ours, *others], Contents(year_summary=True)) == ["甲", "乙", "甲(2)", "乙(2)", *lists]
    settings = Settings(unit_name="上海市科技创业中心")
    assert names([*ours, *others], Contents(year_summary=True), settings)[4:] == lists[:1]


def test_that_a_bundle_without_list_bears_the_title_line_of_the_unit_over_its_first_form() -> None:
    heading = "上海科学技术交流中心2026年度项目绩效目标汇总表"
    bundle = sheets([declared(name="甲"), declared(name="乙")], Contents())
    assert [grid(sheet)[0][0] for sheet in bundle] == [heading, "财政项目支出绩效目标申报表"]
    listed = sheets([declared(name="甲"), declared(name="乙")], Contents(year_summary=True))
    assert [grid(sheet)[0][0] for sheet in listed] == [*["财政项目支出绩效目标申报表"] * 2, heading]


def test_that_explanations_come_last_and_only_when_there_are_any() -> None:
    warning = Finding("VAL-015", Severity.WARNING, "难以考核。", Place(Form.DECLARATION, "annual_goal"))
    project = declared(name="甲")
    assert names([project], Contents(findings={"p": [warning]})) == ["甲"]
    explained = replace(warning, explanation="上级文件原文。")
    assert names([project], Contents(findings={"p": [explained]})) == ["甲", "出错说明"]
    assert names([project], Contents(forms=(Form.EVALUATION,), findings={"p": [explained]})) == ["出错说明"] * 0


def test_that_every_sheet_of_a_draft_says_so() -> None:
    explained = Finding("X", Severity.WARNING, "问题", Place(Form.DECLARATION), explanation="说明")
    contents = Contents(year_summary=True, draft=True, findings={"p": [explained]})
    projects = [declared(name="甲"), declared(name="丙"), evaluated(name="乙"), evaluated(name="丁")]
    drafts = sheets(projects, contents)
    assert len(drafts) == 7
    assert all(sheet.draft and grid(sheet)[0][0].endswith("（草稿）") for sheet in drafts)


def test_that_only_a_form_with_errors_and_the_list_it_stands_in_are_drafts() -> None:
    error = Finding("IND-001", Severity.ERROR, "缺少产出指标。", Place(Form.DECLARATION))
    faulty = replace(declared(name="甲").with_form(Form.EVALUATION, evaluated().of(Evaluation)), id="faulty")
    projects = [faulty, declared(name="乙"), evaluated(name="丙"), evaluated(name="丁")]
    made = sheets(projects, Contents(year_summary=True, findings={"faulty": [error]}))
    assert [sheet.name for sheet in made if sheet.draft] == ["甲-2026申报表", "项目绩效目标汇总表-2026"]
    assert [sheet.name for sheet in made if "（草稿）" in grid(sheet)[0][0]] == [
        "甲-2026申报表",
        "项目绩效目标汇总表-2026",
    ]
    assert len(made) == 7
