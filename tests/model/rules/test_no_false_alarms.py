"""What forms of other units print is no mistake, and one mistake is told once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.model.rules.builders import (
    DECLARED_LINES,
    EVALUATED_LINES,
    declared,
    declared_line,
    evaluated,
    finding,
    line,
    rules_of,
)


def test_that_a_column_with_nothing_but_a_total_is_no_error() -> None:
    found = finding(evaluated(initial_fiscal_current=""), "EVL-010")
    assert not found.blocks_export
    assert found.fixes == ()
    assert finding(evaluated(initial_fiscal_current="1"), "EVL-010").blocks_export


@pytest.mark.parametrize(
    ("printed", "executed"), [("86%", "86200"), ("87%", "86200"), ("98％", "98000"), ("99%", "98400")]
)
def test_that_a_rate_printed_without_decimals_is_right(printed: str, executed: str) -> None:
    project = evaluated(execution_rate=printed, executed_total=executed, executed_fiscal_current=executed)
    assert "EVL-011" not in rules_of(project)


@pytest.mark.parametrize(("printed", "executed"), [("85%", "86200"), ("86.00%", "86200"), ("100%", "99600")])
def test_that_a_rate_that_is_another_number_is_wrong(printed: str, executed: str) -> None:
    project = evaluated(execution_rate=printed, executed_total=executed, executed_fiscal_current=executed)
    assert "EVL-011" in rules_of(project)


@pytest.mark.parametrize("label", ["产出指标(50分)", "产出指标（50 分）", "产出", "产出指标"])
def test_that_points_in_a_label_are_read_over(label: str) -> None:
    lines = (replace(EVALUATED_LINES[0], level1=label), *EVALUATED_LINES[1:])
    assert rules_of(evaluated(lines=lines)) == []


def test_that_effects_are_benefits() -> None:
    lines = tuple(replace(one, level1=one.level1.replace("效益", "效果")) for one in DECLARED_LINES)
    assert rules_of(declared(lines=lines)) == []


def test_that_costs_stand_under_output_as_the_national_form_of_2020_prints_them() -> None:
    lines = tuple(
        replace(one, level1="产出指标", level2="成本指标") if one.id == "c" else one for one in DECLARED_LINES
    )
    assert not {"IND-008", "IND-004"} & set(rules_of(declared(2020, lines=lines)))
    assert "IND-004" not in rules_of(declared(2026, lines=lines))  # where it stands IND-008 tells


def test_that_rates_of_one_thing_under_output_are_no_duplicate_and_words_are() -> None:
    twice = (*DECLARED_LINES, line("x", "时效指标", "培训合格率", "=100.00(%)"))
    assert "IND-012" not in rules_of(declared(lines=twice))
    words = (*DECLARED_LINES, line("x", "时效指标", "政策培训场次", "按月完成"))
    assert "IND-012" in rules_of(declared(lines=words))


def test_that_a_cost_in_words_with_one_figure_is_told_once() -> None:
    assert {"VAL-011", "VAL-017"} & set(rules_of(declared_line("c", target_text="控制在50万元以内为宜"))) == {"VAL-017"}
    assert "VAL-011" in rules_of(declared_line("c", target_text="控制在批复预算内"))


def test_that_a_rate_in_words_is_told_once() -> None:
    assert {"VAL-014", "IND-024"} & set(rules_of(declared_line("t", target_text="及时"))) == {"IND-024"}
    assert "VAL-014" in rules_of(declared_line("t", name="培训完成及时性", target_text="及时"))
