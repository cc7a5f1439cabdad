"""Projects know their forms and where a line stands."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from model.records import Content, Declaration, Evaluation, Form, Project, forms_of
from tests.model.projects import evaluated_line, line

PROJECT = Project(
    "p",
    2026,
    forms=forms_of(Declaration(indicators=(line("a"), line("b"))), Evaluation(indicators=(evaluated_line("c"),))),
)


def test_that_a_line_is_found_in_the_form_that_holds_it() -> None:
    assert PROJECT.find_indicator("b") == (Form.DECLARATION, 1)
    assert PROJECT.find_indicator("c") == (Form.EVALUATION, 0)
    assert PROJECT.find_indicator("x") is None


def test_that_a_form_that_was_not_started_has_no_lines() -> None:
    project = Project("p", 2026)
    assert project.form(Form.DECLARATION) is None
    assert project.indicators(Form.EVALUATION) == ()


def test_that_a_form_takes_no_line_of_another_form() -> None:
    with pytest.raises(ValueError, match=r"the declaration has no lines like \['EvaluatedIndicator'\]"):
        Declaration(indicators=(line("a"), evaluated_line("x")))
    content: Content = Evaluation()
    with pytest.raises(ValueError, match=r"the evaluation has no lines like \['Indicator'\]"):
        replace(content, indicators=(line("x"),))


def test_that_a_new_evaluation_gives_the_execution_line_ten_points() -> None:
    assert Evaluation().execution_points == "10"


def test_that_records_cannot_be_written_to() -> None:
    with pytest.raises(FrozenInstanceError):
        PROJECT.project_name = "改名"  # type: ignore[misc]
    with pytest.raises(TypeError):
        PROJECT.explanations["VAL-001@x"] = "说明"  # type: ignore[index]
