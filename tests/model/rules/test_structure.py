"""The indicator table: where the IND rules stop and what their fixes do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.checking import check
from model.findings import Place
from model.records import Form, Indicator
from model.rules import Context
from model.settings import Settings, Thresholds
from tests.model.rules.builders import (
    DECLARED_LINES,
    EVALUATED_LINES,
    NO_CONTEXT,
    declared,
    declared_line,
    evaluated,
    evaluated_line,
    finding,
    fixed,
    line,
    lines_of,
    rules_of,
)


def _with(*more: Indicator) -> list[str]:
    return rules_of(declared(lines=(*DECLARED_LINES, *more)))


def test_that_an_empty_declaration_misses_each_level_once_and_is_not_called_short() -> None:
    assert rules_of(declared(lines=())) == ["IND-001", "IND-002", "IND-003", "IND-004"]


@pytest.mark.parametrize(
    ("rule", "level", "without"),
    [
        ("IND-001", "产出指标", "nqt"),
        ("IND-002", "效益指标", "b"),
        ("IND-003", "满意度指标", "s"),
        ("IND-004", "成本指标", "c"),
        ("IND-005", "数量指标", "n"),
        ("IND-006", "质量指标", "q"),
        ("IND-007", "时效指标", "t"),
    ],
)
def test_that_a_missing_level_is_the_place_to_go_to(rule: str, level: str, without: str) -> None:
    project = declared(lines=tuple(line for line in DECLARED_LINES if line.id not in without))
    assert finding(project, rule).place == Place(Form.DECLARATION, level=level)


def test_that_a_cost_indicator_is_asked_for_from_2025_on() -> None:
    lines = DECLARED_LINES[1:]
    dates = {"start_date": "2024-01-01", "end_date": "2024-12-31"}
    assert rules_of(declared(2024, lines=lines, **dates)) == []
    earlier = Context(Settings(thresholds=Thresholds(cost_required_from_year=Thresholds().indicators_max)))
    assert rules_of(declared(2024, lines=lines, **dates), earlier) == ["IND-004"]


def test_that_historic_names_of_levels_count_as_todays() -> None:
    assert rules_of(declared_line("s", level2="满意度指标")) == []
    assert rules_of(declared_line("b", level1="效益", level2="社会效益")) == []


def test_that_a_cost_line_under_output_as_before_2021_is_moved_by_the_fix() -> None:
    project = declared_line("c", level1="产出指标", level2="成本指标")
    assert finding(project, "IND-008").fixes[0].text == "成本指标"


def test_that_costs_may_stand_under_output_as_the_national_form_of_2020_has_them() -> None:
    assert "IND-008" not in rules_of(evaluated_line("n", level1="产出指标", level2="成本指标"))
    assert "IND-008" in rules_of(evaluated_line("n", level1="产出指标", level2="经济成本指标"))
    assert "IND-008" in rules_of(evaluated_line("n", level1="效益指标", level2="成本指标"))
    declared_before = replace(declared_line("c", level1="产出指标", level2="成本指标"), year=2021)
    assert "IND-008" not in rules_of(declared_before)


def test_that_a_line_without_levels_is_reported_and_one_without_anything_is_left_alone() -> None:
    assert _with(Indicator("x", name="未归类", target_text="≥1.00(项)")) == ["IND-008"]
    assert _with(Indicator("x")) == []


def test_that_the_levels_of_a_self_evaluation_are_checked_and_its_order_is_not() -> None:
    assert rules_of(evaluated_line("n", level1="效益指标")).count("IND-008") == 1
    assert rules_of(evaluated(lines=EVALUATED_LINES[::-1])) == []


def test_that_sorting_keeps_the_order_of_entry_within_a_level() -> None:
    extra = (line("x", "数量指标", "走访次数", "≥1.00(次)"), line("y", "社会成本指标", "社会成本", "≤1.00(元)"))
    project = declared(lines=(*DECLARED_LINES, *extra))
    after, _ = fixed(project, NO_CONTEXT, finding(project, "IND-009").fixes[0])
    assert lines_of(after, Form.DECLARATION) == ["c", "y", "n", "x", "q", "t", "b", "s"]
    assert rules_of(after) == []


def test_that_a_line_without_levels_does_not_count_as_out_of_order() -> None:
    lines = (Indicator("x", name="未归类", target_text="≥1.00(项)"), *DECLARED_LINES)
    assert rules_of(declared(lines=lines)) == ["IND-008"]


def test_that_a_moved_line_stands_last_in_its_new_level() -> None:
    lines = (*DECLARED_LINES, line("x", "服务对象满意度指标", "响应时间满意率", "≥90.00(%)"))
    assert rules_of(declared(lines=lines)) == []
    lines = (*DECLARED_LINES, line("x", "服务对象满意度指标", "系统响应时间", "<2.00(秒)"))
    project = declared(lines=lines)
    found = finding(project, "IND-021")
    after, _ = fixed(project, NO_CONTEXT, found.fixes[0])
    assert lines_of(after, Form.DECLARATION) == ["c", "n", "q", "t", "x", "b", "s"]
    moved = after.indicators(Form.DECLARATION)[4]
    assert (moved.level1, moved.level2) == ("产出指标", "时效指标")
    assert rules_of(after) == []


def test_that_a_line_moved_above_all_others_becomes_the_first() -> None:
    lines = (*DECLARED_LINES[1:], line("x", "社会效益指标", "项目总成本", "≤1.00(万元)"))
    project = declared(lines=lines)
    after, _ = fixed(project, NO_CONTEXT, finding(project, "IND-021").fixes[0])
    assert lines_of(after, Form.DECLARATION)[0] == "x"


def test_that_counts_under_benefit_or_quality_are_legitimate() -> None:
    assert _with(line("x", "服务对象满意度指标", "满意企业数量", "≥90.00(%)")) == []
    lines = (*DECLARED_LINES[:5], line("x", "社会效益指标", "媒体报道次数", "≥3.00(次)"), DECLARED_LINES[5])
    assert rules_of(declared(lines=lines)) == []


def test_that_the_same_name_under_another_level_is_a_warning_and_in_the_same_one_an_error() -> None:
    twice = (line("x", "服务对象满意度指标", "服务企业满意度", "≥92.00(%)"),)
    assert _with(*twice) == ["IND-011"]
    assert rules_of(declared_line("q", name="政策培训场次")) == ["IND-012"]


def test_that_a_name_standing_three_times_is_reported_twice() -> None:
    more = tuple(line(f"x{n}", "服务对象满意度指标", "服务企业满意度", "≥92.00(%)") for n in range(2))
    assert _with(*more) == ["IND-011", "IND-011"]


@pytest.mark.parametrize(
    ("name", "single"),
    [
        ("导师活动导师活动", "导师活动"),
        ("孵化企业数量孵化企业数量（家）", "孵化企业数量（家）"),
        ("科技科技科技科技", "科技"),
    ],
)
def test_that_a_doubled_name_is_offered_single(name: str, single: str) -> None:
    assert finding(declared_line("b", name=name), "IND-013").fixes[0].text == single


@pytest.mark.parametrize("name", ["科技券补贴撬动企业企业购买服务", "组织保障保障人数", "人人参与", "2020至2020年度数"])
def test_that_a_short_word_twice_is_no_doubled_name(name: str) -> None:
    assert rules_of(declared_line("b", name=name)) == []


@pytest.mark.parametrize(
    "name", ["12345为企三方接听数", "7*24小时服务", "2026年度案例数", "5G应用数", "第2届论坛参会数"]
)
def test_that_a_number_in_a_name_is_not_always_its_value(name: str) -> None:
    assert rules_of(declared_line("b", name=name)) == []


@pytest.mark.parametrize("name", ["知晓度≥90", "合格率达90", "参与度 >= 3", "覆盖80％企业"])
def test_that_a_value_in_a_name_is_found(name: str) -> None:
    assert rules_of(declared_line("b", name=name)) == ["IND-014"]


@pytest.mark.parametrize("target", ["≥5.00(%)", "≥2.00(倍)", "≥3.00(‰)", "≥3.00", "全国前3", "", "提升不少于5%"])
def test_that_a_rate_in_a_ratio_or_yet_to_be_quantified_passes(target: str) -> None:
    assert "IND-024" not in rules_of(declared_line("b", name="企业入驻率", target_text=target))


@pytest.mark.parametrize("target", ["持续向好", "≥3.00(家)"])
def test_that_a_rate_in_words_or_in_pieces_is_found(target: str) -> None:
    assert "IND-024" in rules_of(declared_line("b", name="企业入驻率", target_text=target))


def test_that_exactly_half_of_the_lines_may_be_words() -> None:
    words = {"c": "控制在批复预算内", "q": "符合验收标准", "b": "企业发展"}
    lines = tuple(replace(one, target_text=words.get(one.id, one.target_text)) for one in DECLARED_LINES)
    assert "IND-019" not in rules_of(declared(lines=lines))


def test_that_messages_call_a_line_without_name_by_its_number() -> None:
    messages = [found.message for found in check(declared_line("b", name="", target_text=""), NO_CONTEXT)]
    assert "请填写“第5条指标”的年度指标值。" in messages
