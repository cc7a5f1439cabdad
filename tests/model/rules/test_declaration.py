"""Header and goals: where the DEC rules stop."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from model.checking import check
from model.records import Declaration
from model.rules import Context, Neighbours, ProjectKey
from model.settings import Settings
from model.values.matching import matching_name
from tests.model.projects import declaration_of
from tests.model.rules.builders import (
    GOAL,
    NO_CONTEXT,
    UNIT,
    declared,
    declared_line,
    evaluated,
    evaluated_line,
    finding,
    fixed,
    rules_of,
)


def _siblings(*keys: tuple[int, str, str]) -> Context:
    return Context(Settings(), Neighbours(ProjectKey(f"k{i}", *key) for i, key in enumerate(keys)))


@pytest.mark.parametrize(
    "text", ["2026-12-31", "2026.12.31", "2026/12/31", "20261231", "2026年12月31日", " ２０２６-12-31 ", "26.12.31"]
)
def test_that_a_date_may_be_typed_in_any_usual_way(text: str) -> None:
    assert rules_of(declared(end_date=text)) == []


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "12月31日", "待定", "26.13.31"])
def test_that_a_day_the_calendar_does_not_have_is_no_date(text: str) -> None:
    assert rules_of(declared(end_date=text)) == ["DEC-009"]


def test_that_a_phased_project_may_cross_years_and_fills_its_overall_cells() -> None:
    phased = declared(
        project_nature="阶段性项目",
        end_date="2028-12-31",
        overall_goal="三年建成。",
        project_total="900000",
        project_fiscal="900000",
    )
    assert rules_of(phased) == []


def test_that_the_year_may_be_any_of_the_projects_years() -> None:
    cells: dict[str, Any] = {"project_nature": "阶段性项目", "overall_goal": "三年建成。", "end_date": "2028-12-31"}
    money: dict[str, Any] = {"project_total": "900000", "project_other": "900000"}
    assert rules_of(declared(2028, **cells, **money)) == []
    assert rules_of(declared(2029, **cells, **money)) == ["DEC-011"]


def test_that_dates_in_the_wrong_order_are_not_also_blamed_on_the_year() -> None:
    assert rules_of(declared(2020, start_date="2026-12-31", end_date="2026-01-01")) == ["DEC-010"]


@pytest.mark.parametrize(
    ("nature", "category"),
    [("一次性项目", "特定目标类"), ("其他经常性项目", "其他运转类"), ("经常性项目", "其他运转类")],
)
def test_that_the_usual_pairs_of_nature_and_category_pass(nature: str, category: str) -> None:
    assert rules_of(declared(project_nature=nature, project_category=category)) == []


@pytest.mark.parametrize(
    "ending",
    [
        "打造“一带一路”创新平台。",
        "包括：1）培训；2）走访；（3）调研。",
        "一）培训",
        '支持"专精特新"企业。',
        "修订《目录(2026版)》。",
        "服务企业(含个体户、A类)多家。",
    ],
)
def test_that_pairs_and_enumerations_in_a_goal_pass(ending: str) -> None:
    assert rules_of(declared(annual_goal=f"{GOAL}\n{ending}")) == []


@pytest.mark.parametrize(
    "ending", ["（含线上。", "含线上）。", "《目录。", "目录》。", "“专精特新。", '"专精。', "[(]）。"]
)
def test_that_a_bracket_without_partner_is_found(ending: str) -> None:
    assert rules_of(declared(annual_goal=f"{GOAL}\n{ending}")) == ["DEC-018"]


@pytest.mark.parametrize("ending", ["、", "，", "；", "：", "等", "等 \n"])
def test_that_a_goal_that_breaks_off_is_found(ending: str) -> None:
    assert rules_of(declared(annual_goal=GOAL + "服务企业" + ending)) == ["DEC-017"]


@pytest.mark.parametrize(("ending", "tail"), [("达到1,020，", "达到1,020，"), ("共1,234,567.89、", "1,234,567.89、")])
def test_that_the_end_of_a_goal_that_breaks_off_is_told_with_whole_numbers(ending: str, tail: str) -> None:
    assert finding(declared(annual_goal=GOAL + ending), "DEC-017").message.endswith(f"“…{tail}”。")


def test_that_a_goal_may_end_in_and_so_on_with_a_full_stop() -> None:
    assert rules_of(declared(annual_goal=GOAL + "服务企业、高校等。")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "发布2025年科技报告。",
        "将2025年成果汇编成册。",
        "完成2026年计划。",
        "比2025年有所增加。",
        "2027年目标另行制定。",
    ],
)
def test_that_last_year_may_be_named_when_nothing_is_planned_for_it(sentence: str) -> None:
    assert rules_of(declared(annual_goal=GOAL + sentence)) == []


@pytest.mark.parametrize(
    "sentence", ["2025年度目标为12场。", "2025年将举办培训。", "计划在2025年完成。", "2025年工作计划。"]
)
def test_that_a_plan_for_last_year_is_found(sentence: str) -> None:
    assert rules_of(declared(annual_goal=GOAL + sentence)) == ["DEC-020"]


def test_that_white_space_does_not_make_a_goal_longer() -> None:
    assert rules_of(declared(annual_goal="确保安全。" + " \n" * 40)) == ["DEC-015"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“创·在上海”国际创新创业大赛", '"创•在上海" 国际创新创业大赛'),
        ("平台（二期）", "平台(二期)"),
        ("ＶＰＮ运维", "VPN 运维"),
    ],
)
def test_that_a_name_is_taken_however_it_is_spelled(one: str, other: str) -> None:
    assert matching_name(one) == matching_name(other)
    project = replace(declared(), project_name=one)
    assert rules_of(project, _siblings((2026, UNIT, other))) == ["DEC-002"]


def test_that_the_same_name_in_another_year_or_unit_or_of_the_project_itself_is_free() -> None:
    project = declared()
    context = _siblings((2025, UNIT, project.project_name), (2026, "上海科学技术交流中心", project.project_name))
    context.neighbours.replace((), [ProjectKey(project.id, 2026, UNIT, project.project_name)])
    assert rules_of(project, context) == []


def test_that_a_project_with_a_self_evaluation_only_is_checked_for_its_name_too() -> None:
    assert rules_of(evaluated(), _siblings((2022, UNIT, "科技政策培训"))) == ["DEC-002"]


def test_that_a_misspelt_unit_is_held_against_the_unit_of_most_projects() -> None:
    misspelt = replace(declared(), unit="上海市科技创新中心")
    context = _siblings((2026, UNIT, "甲"), (2026, UNIT, "乙"), (2025, "上海市科技创新中心", "丙"))
    found = finding(misspelt, "DEC-005", context)
    assert found.message == f"实施单位“上海市科技创新中心”与本套表单位“{UNIT}”不一致，请核对。"
    assert found.fixes == ()  # the majority may be the wrong spelling


def test_that_of_the_project_itself_the_unit_as_edited_counts() -> None:
    stored = ProjectKey("p", 2026, UNIT, "科技政策培训")
    context = Context(Settings(), Neighbours([stored, ProjectKey("q", 2026, UNIT, "甲")]))
    assert rules_of(declared(), context) == []
    assert rules_of(replace(declared(), unit="上海市科技创新中心"), context) == []  # one against one
    context.neighbours.replace((), [ProjectKey("r", 2026, UNIT, "乙")])
    assert rules_of(replace(declared(), unit="上海市科技创新中心"), context) == ["DEC-005"]


def test_that_another_unit_in_the_same_store_is_no_misspelling() -> None:
    other = replace(declared(), unit="上海市研发公共服务平台管理中心")
    assert rules_of(other, _siblings((2026, UNIT, "甲"), (2026, UNIT, "乙"))) == []


def test_that_two_spellings_as_frequent_as_each_other_prove_nothing() -> None:
    assert rules_of(replace(declared(), unit="上海市科技创新中心"), _siblings((2026, UNIT, "甲"))) == []


def test_that_markup_is_cleaned_in_headers_and_names_and_kept_out_of_values() -> None:
    project = replace(declared_line("b", name=r"服务&nbsp;企业$\geq$数量"), project_name="<p>科技政策<br/>培训</p>")
    for found in [found for found in check(project, NO_CONTEXT) if found.rule == "DEC-019"]:
        project, _ = fixed(project, NO_CONTEXT, found.fixes[0])
    assert project.project_name == "科技政策\n培训"
    assert project.of(Declaration) is not None
    assert declaration_of(project).indicators[4].name == "服务 企业≥数量"


def test_that_a_deviation_reason_with_markup_is_cleaned_in_a_self_evaluation() -> None:
    found = finding(evaluated_line("s", deviation_reason="<span>样本偏少</span>"), "DEC-019")
    assert (found.place.field, found.fixes[0].text) == ("deviation_reason", "样本偏少")


@pytest.mark.parametrize("text", ["响应时间<2秒且>0秒", "费用US$300", "A&B机构", r"路径 C:\ 盘"])
def test_that_signs_of_ordinary_text_are_no_markup(text: str) -> None:
    assert "DEC-019" not in rules_of(declared(annual_goal=f"{GOAL}{text}。"))
