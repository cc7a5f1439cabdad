"""Placeholders and old years: what is one, and what only looks like one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.model.rules.builders import GOAL, declared, declared_line, evaluated, evaluated_line, finding, rules_of


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("服务xx家企业。", "xx"),
        ("服务ＸＸ家企业。", "ＸＸ"),
        ("服务**家企业。", "**"),
        ("赴*地调研。", "*"),
        ("与××公司合作。", "××"),
        ("于X月完成。", "X"),
        ("场次TBD。", "TBD"),
        ("具体场次待定。", "待定"),
        ("举办培训……场。", "……"),
        ("举办培训____场。", "____"),
        ("与○○单位合作。", "○○"),
    ],
)
def test_that_a_blank_to_be_filled_in_is_found_and_shown(text: str, shown: str) -> None:
    assert f"占位符“{shown}”" in finding(declared(annual_goal=GOAL + text), "VAL-030").message


@pytest.mark.parametrize(
    "text",
    [
        "系统7*24小时运行。",
        "系统7 * 24小时运行。",
        "分辨率1920×1080。",
        "成本按单价*数量计算。",
        "\n* 完成验收。",
        "*注：含线上。",
        "购置X射线衍射仪1台。",
        "接入XXL平台的接口AXX1。",
        "完成待定价商品的核价。",
        "联系电话138****1234。",
    ],
)
def test_that_products_stars_of_a_list_and_names_are_no_blanks(text: str) -> None:
    assert "VAL-030" not in rules_of(declared(annual_goal=GOAL + text))


def test_that_a_placeholder_is_found_in_values_names_reasons_and_headers() -> None:
    assert finding(declared_line("n", target_text="≥**场"), "VAL-030").place.field == "target_text"
    assert finding(declared_line("n", name="XX培训场次"), "VAL-030").place.field == "name"
    assert finding(replace(declared(), project_name="××培训"), "VAL-030").place.field == "project_name"
    assert finding(evaluated_line("s", deviation_reason="因XX原因未开展调查"), "VAL-030").message == (
        "“服务企业满意度：偏差原因分析及改进措施”中有占位符“XX”，请补全。"
    )


@pytest.mark.parametrize("text", ["完成2025年度采购。", "2024年底前完成。", "服务2023年立项的企业。"])
def test_that_an_old_year_in_a_goal_is_doubted(text: str) -> None:
    assert rules_of(declared(annual_goal=text + GOAL)) == ["DEC-023"]
    assert "DEC-023" in rules_of(evaluated(2026, expected_goal=text + GOAL))


@pytest.mark.parametrize(
    "text",
    [
        "同比2025年增长5%。",
        "较2025年有所增加。",
        "落实《2024年工作要点》。",
        "编印2025年度报告。",
        "执行2025年版目录。",
        "自2020年起持续实施。",
        "实施2021-2025年规划的收尾评估，覆盖2021年至2025年。",
        "编制2027年预算。",
        "编号2025。",
    ],
)
def test_that_a_year_compared_with_a_reports_year_and_a_later_year_are_no_old_text(text: str) -> None:
    assert "DEC-023" not in rules_of(declared(annual_goal=GOAL + text))


def test_that_a_year_of_a_project_of_several_years_is_its_own() -> None:
    long: dict[str, Any] = {"start_date": "2025-01-01", "project_nature": "阶段性项目"}
    long |= {"overall_goal": "建成", "project_total": "1"}
    assert "DEC-023" not in rules_of(declared(annual_goal="完成2025年度采购。" + GOAL, **long))
    assert "DEC-023" in rules_of(declared(annual_goal="完成2024年度采购。" + GOAL, **long))


def test_that_a_plan_of_last_year_and_a_deadline_are_told_by_their_own_rules_alone() -> None:
    assert rules_of(declared(annual_goal=GOAL + "2025年计划举办。")) == ["DEC-020"]
    assert rules_of(declared_line("t", target_text="2025年12月31日前完成")) == ["VAL-021"]
