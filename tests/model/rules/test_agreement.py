"""Declaration and self-evaluation of one project: what is another goal or target, and what is only another spelling."""

from __future__ import annotations

import pytest

from model.records import Declaration, EvaluatedIndicator, Form, Indicator, Project
from tests.model.rules.builders import GOAL, declared, declared_line, done, evaluated, findings, line


def _said(declaration: Project, evaluation: Project) -> list[str]:
    both = evaluation.with_form(Form.DECLARATION, declaration.of(Declaration))
    found = [found.message for found in findings(both, "EVL-052")]
    return [message for message in found if message.startswith("与申报表不一致")]


@pytest.mark.parametrize("target", ["≥12.00(场)", "不少于12场", ">= 12 场", ""])
def test_that_another_spelling_of_a_target_is_the_same_target(target: str) -> None:
    assert _said(declared_line("n", target_text=target), evaluated()) == []


@pytest.mark.parametrize("target", ["≥13.00(场)", "≤12.00(场)", "≥12.00(家)", "≥12.00(万场)", "按月举办"])
def test_that_another_number_direction_or_unit_is_another_target(target: str) -> None:
    assert _said(declared_line("n", target_text=target), evaluated()) == [f"与申报表不一致：{target} → >=12场。"]


def test_that_another_goal_is_shown_from_where_it_parts() -> None:
    assert _said(declared(annual_goal=GOAL.replace("企业", " 企业")), evaluated()) == []
    (message,) = _said(declared(annual_goal=GOAL.replace("科技企业", "高校院所")), evaluated())
    assert "高校院所" in message
    assert "科技企业" in message


def test_that_without_a_declaration_or_a_line_of_that_name_nothing_is_compared() -> None:
    assert findings(evaluated(), "EVL-052") == []
    assert _said(declared_line("n", name="企业培训场次", target_text="≥99.00(场)"), evaluated()) == []


def _of_lines(declared_lines: tuple[Indicator, ...], evaluated_lines: tuple[EvaluatedIndicator, ...]) -> list[str]:
    both = evaluated(lines=evaluated_lines).with_form(
        Form.DECLARATION, Declaration(annual_goal=GOAL, indicators=declared_lines)
    )
    return [found.message for found in findings(both, "EVL-052")]


def test_that_lines_that_are_missing_or_were_added_are_told_and_another_spelling_is_the_same_line() -> None:
    declared_lines = (
        line("d", "数量指标", "培训场次", "≥1.00(场)"),
        line("e", "质量指标", "合格率（2026年）", "≥95.00(%)"),
    )
    same = (
        done("a", "数量指标", "培训场次", ">=1场"),
        done("b", "质量指标", "合格率", ">=95%"),
    )
    assert _of_lines(declared_lines, same) == []
    other = (same[0], done("c", "质量指标", "优良率", ">=95%"))
    assert _of_lines(declared_lines, other) == [
        "申报表有1条指标在自评表中没有：“合格率（2026年）”。",
        "“优良率”不在申报表中，请核对。",
    ]


def test_that_many_missing_lines_are_told_as_one_and_nothing_while_one_form_is_empty() -> None:
    declared_lines = tuple(line(f"d{n}", "数量指标", f"指标甲{n}", "≥1.00(场)") for n in range(7))
    one = (done("a", "数量指标", "指标甲0", ">=1场"),)
    (message,) = _of_lines(declared_lines, one)
    assert message.startswith("申报表有6条指标在自评表中没有：“指标甲1”")
    assert message.endswith("“指标甲5”等。")
    assert _of_lines(declared_lines, ()) == _of_lines((), one) == []
