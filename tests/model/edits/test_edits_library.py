"""Indicators taken from the library into a form."""

from __future__ import annotations

import pytest

from model.changes import apply_all
from model.edits import line_of, named_after, take_entry
from model.records import Declaration, Indicator, Project, forms_of
from model.settings import Settings


@pytest.mark.parametrize(("stands", "becomes"), [("", "≥12.00(次)"), (" ", "≥12.00(次)"), ("≥3次", "≥3次")])
def test_that_a_line_takes_the_name_and_its_value_only_where_it_has_none(stands: str, becomes: str) -> None:
    line = Indicator("a", "产出指标", "数量指标", "旧名", stands)
    project = Project("p", 2026, forms=forms_of(Declaration(indicators=(line,))))
    after = apply_all(project, take_entry(project, "a", "巡检次数", "≥12.00(次)", Settings()))
    taken = line_of(after, "a")
    assert taken == named_after(line, "巡检次数", "≥12.00(次)")
    assert (taken.name, taken.target_text) == ("巡检次数", becomes)
    assert take_entry(after, "a", "巡检次数", "", Settings()) == ()


def test_that_a_line_that_is_gone_takes_nothing() -> None:
    assert take_entry(Project("p", 2026), "a", "巡检次数", "≥12次", Settings()) == ()
