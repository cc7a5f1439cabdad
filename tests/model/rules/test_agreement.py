"""Declaration and self-evaluation of one project: what is another goal or target, and what is only another spelling."""

from __future__ import annotations

import pytest

from model.records import Declaration, Form, Project
from tests.model.rules.builders import GOAL, declared, declared_line, evaluated, findings


def _said(declaration: Project, evaluation: Project) -> list[str]:
    both = evaluation.with_form(Form.DECLARATION, declaration.of(Declaration))
    return [found.message for found in findings(both, "EVL-052")]


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
