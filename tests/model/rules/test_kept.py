"""What is kept between two checks: a keystroke costs what it changed, and finds what a first check would find."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import checking
from model.catalogue import CATALOGUE
from model.checking import examine
from model.records import EvaluatedIndicator, Evaluation, Form, Project
from model.rules import Context, context
from model.rules.registry import LineRule, Rule
from model.settings import Settings
from tests.calls import counted
from tests.model.projects import evaluation_of
from tests.model.rules.builders import DECLARATION, EVALUATED_LINES, evaluated

CONTEXT = Context(Settings())
KEPT = (checking._found_in_line, checking._found_alone, context._look_at_line, context._look_at_declaration)


def both_forms(lines: tuple[EvaluatedIndicator, ...] = EVALUATED_LINES) -> Project:
    return evaluated(lines=lines).with_form(Form.DECLARATION, DECLARATION)


def with_text(project: Project, position: int, cell: str, text: str) -> Project:
    assert project.of(Evaluation) is not None
    lines = list(evaluation_of(project).indicators)
    lines[position] = replace(lines[position], **{cell: text})
    return project.with_form(Form.EVALUATION, replace(evaluation_of(project), indicators=tuple(lines)))


@pytest.mark.parametrize("copies", [1, 10])
def test_that_a_key_in_one_line_asks_the_rules_of_lines_about_that_line_only(copies: int) -> None:
    lines = tuple(
        replace(line, id=f"{line.id}{copy}", name=f"{line.name}{copy}")
        for copy in range(copies)
        for line in EVALUATED_LINES
    )
    project = both_forms(lines)
    examine(project, CONTEXT)
    draft = with_text(project, 0, "actual_text", f"1{copies}场")
    asked = counted(LineRule.findings.__code__, lambda: examine(draft, CONTEXT))
    assert asked == sum(isinstance(rule, LineRule) for rule in CATALOGUE[Form.EVALUATION].rules)


def test_that_a_key_in_the_self_evaluation_does_not_check_the_declaration_anew() -> None:
    project = both_forms()
    examine(project, CONTEXT)
    draft = with_text(project, 0, "actual_text", "13场")
    asked = counted(Rule.findings.__code__, lambda: examine(draft, CONTEXT))
    assert asked == sum(isinstance(rule, Rule) for rule in CATALOGUE[Form.EVALUATION].rules)


def test_that_a_changed_setting_is_followed_by_lines_that_did_not_change() -> None:
    project = with_text(both_forms(), 0, "points", "30")
    assert "EVL-009" in {finding.rule for finding in examine(project, CONTEXT).findings}
    settings_ = Settings.from_texts({"thresholds": '{"line_points_max": "40"}'})
    assert settings_.thresholds.line_points_max == 40
    assert "EVL-009" not in {finding.rule for finding in examine(project, Context(settings_)).findings}


TEXTS = st.sampled_from(["", "12场", "≥12场", "约100人", "无", "0.9", "95%", "2025年完成", "XX", "$\\geq$5", "-3场"])
KEYS = st.tuples(
    st.integers(0, len(EVALUATED_LINES) - 1),
    st.sampled_from(["name", "target_text", "actual_text", "points", "score", "deviation_reason", "level2"]),
    TEXTS,
)


@given(st.lists(KEYS, max_size=4), st.sampled_from([2022, 2023, 2026]))
def test_that_what_is_kept_is_what_a_first_check_finds(keys: list[tuple[int, str, str]], year: int) -> None:
    project = replace(both_forms(), year=year)
    for position, cell, text in keys:
        examine(project, CONTEXT)
        project = with_text(project, position, cell, text)
    kept = examine(project, CONTEXT)
    for cache in KEPT:
        cache.cache_clear()
    assert examine(project, CONTEXT) == kept
