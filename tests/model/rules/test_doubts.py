"""Self-evaluations that say two things: full points for a miss, reasons that are none, figures that cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.findings import Severity
from tests.model.rules.builders import (
    EVALUATED_LINES,
    declared_line,
    evaluated,
    evaluated_line,
    finding,
    fixed,
    rules_of,
)
from tests.model.rules.builders import NO_CONTEXT as ALONE


@pytest.mark.parametrize("reason", ["", "无", "/", "—", "同上", "疫情", "正常", "不可抗力", "。。。。。"])
def test_that_full_points_for_a_miss_are_an_error_while_no_reason_is_given(reason: str) -> None:
    missed = evaluated_line("b", actual_text="150家", score="15", deviation_reason=reason)
    assert finding(missed, "EVL-049").severity is Severity.ERROR
    assert not {"EVL-041", "EVL-053"} & set(rules_of(missed))  # one finding, not three


def test_that_the_computed_score_takes_the_doubt_away_and_wants_a_reason_instead() -> None:
    missed = evaluated_line("b", actual_text="150家", score="15")
    assert rules_of(fixed(missed, ALONE, finding(missed, "EVL-049").fixes[0])[0]) == ["EVL-036"]


def test_that_a_target_met_and_a_lower_score_are_no_full_points_for_a_miss() -> None:
    assert rules_of(evaluated_line("b", score="15")) == []
    assert "EVL-049" not in rules_of(evaluated_line("b", actual_text="150家", score="14"))
    assert rules_of(evaluated_line("t", actual_text="99.98%")) == ["EVL-031"]


@pytest.mark.parametrize("reason", ["无", "-", "样本少", "受疫情影响", "见上"])
def test_that_a_filler_is_no_reason(reason: str) -> None:
    assert rules_of(evaluated_line("s", deviation_reason=reason)) == ["EVL-053"]


def test_that_a_line_that_is_met_may_say_there_is_no_reason() -> None:
    assert rules_of(evaluated_line("b", deviation_reason="无")) == []


@pytest.mark.parametrize("reason", ["未完成", "因故没有达到", "未达标，下年改进", "未能实现目标"])
def test_that_a_met_target_is_not_excused(reason: str) -> None:
    assert rules_of(evaluated_line("b", deviation_reason=reason)) == ["EVL-054"]
    assert "EVL-054" not in rules_of(evaluated_line("b", actual_text="150家", deviation_reason=reason))


@pytest.mark.parametrize("name", ["学员满意度", "验收合格率", "发放及时率", "识别准确率", "政策知晓率", "受益覆盖率"])
def test_that_a_share_above_the_whole_is_a_slip_of_the_decimal_point_and_no_achievement(name: str) -> None:
    assert rules_of(evaluated_line("b", name=name, target_text=">=90%", actual_text="999.1%")) == ["EVL-050"]


@pytest.mark.parametrize("name", ["任务完成率", "满意人数增长率", "覆盖人数同比", "毛入学率"])
def test_that_completion_and_growth_may_exceed_the_whole(name: str) -> None:
    assert "EVL-050" not in rules_of(evaluated_line("b", name=name, target_text=">=90%", actual_text="105%"))


def test_that_copied_targets_are_doubted_only_when_no_line_came_out_otherwise() -> None:
    copied = {"n": "12场", "q": "95%", "t": "100%", "b": "200家", "r": "50篇", "s": "90%"}
    lines = tuple(replace(one, actual_text=copied[one.id]) for one in EVALUATED_LINES)
    assert "EVL-051" in rules_of(evaluated(lines=lines))
    assert "EVL-051" not in rules_of(evaluated(lines=(*lines[:5], EVALUATED_LINES[5])))
    assert "EVL-051" not in rules_of(evaluated(lines=lines[:4]))


def test_that_lines_which_can_hardly_come_out_otherwise_prove_no_copying() -> None:
    lines = tuple(replace(one, target_text="=100%", actual_text="100%", name="完成率") for one in EVALUATED_LINES)
    assert "EVL-051" not in rules_of(evaluated(lines=lines))


@pytest.mark.parametrize("name", ["用户满意度", "任务完成率", "验收合格率", "补助覆盖率", "发放及时率", "知晓率"])
def test_that_an_upper_bound_of_what_is_wanted_is_doubted_without_a_fix(name: str) -> None:
    found = finding(declared_line("q", name=name, target_text="≤90.00(%)"), "VAL-029")
    assert found.severity is Severity.WARNING
    assert found.fixes == ()


@pytest.mark.parametrize("name", ["不满意率", "未完成率", "不合格率", "投诉及时率", "超覆盖率", "差错率"])
def test_that_an_upper_bound_of_what_is_not_wanted_is_right(name: str) -> None:
    assert "VAL-029" not in rules_of(declared_line("q", name=name, target_text="≤5.00(%)"))


@pytest.mark.parametrize("name", ["2025", "12.5", "100%", "（3）", "1、2"])
def test_that_digits_are_no_name(name: str) -> None:
    assert "IND-026" in rules_of(declared_line("n", name=name))


@pytest.mark.parametrize("name", ["12345热线接听数", "第3期培训", "5G基站"])
def test_that_a_name_may_hold_digits(name: str) -> None:
    assert "IND-026" not in rules_of(declared_line("n", name=name))
