"""Indicators taken from the library into a form."""

from __future__ import annotations

import pytest

from model.changes import SetLibraryRow, apply_all
from model.edits import forget_decisions, insert_entries, keep_entries, line_of, named_after, remove_entries, take_entry
from model.library import LibraryRow, entry_of
from model.records import Declaration, Form, Indicator, Project, forms_of
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


def test_that_several_entries_stand_below_the_line_at_hand_or_behind_those_of_their_level_in_their_order() -> None:
    lines = (Indicator("a", "产出", "数量"), Indicator("b", "产出", "数量"), Indicator("c", "效益指标", "社会效益指标"))
    project = Project("p", 2026, forms=forms_of(Declaration(indicators=lines)))
    new = [
        Indicator("1", "产出指标", "数量指标", "培训人次"),
        Indicator("2", "产出指标", "质量指标", "合格率"),
        Indicator("3", "产出指标", "数量指标", "培训期数"),
    ]
    after = apply_all(project, insert_entries(project, Form.DECLARATION, "a", new, Settings()))
    stand = after.indicators(Form.DECLARATION)
    assert [line.id for line in stand] == ["a", "1", "3", "b", "2", "c"]
    assert {(line.level1, line.level2) for line in stand[:4]} == {("产出", "数量")}
    after = apply_all(project, insert_entries(project, Form.DECLARATION, "", new, Settings()))
    assert [line.id for line in after.indicators(Form.DECLARATION)] == ["a", "b", "1", "3", "2", "c"]
    assert insert_entries(project, Form.EVALUATION, "a", new, Settings()) == ()


def test_that_entries_are_kept_and_removed_and_nothing_is_said_twice() -> None:
    old, new = entry_of("数量指标", "培训人次", "≥1人次"), entry_of("数量指标", "培训 人次", "≥2人次")
    kept = LibraryRow(old)
    assert keep_entries({}, [old]) == (SetLibraryRow(None, kept),)
    assert keep_entries({old.key: kept}, [old]) == ()
    assert keep_entries({old.key: kept}, [old, new]) == (SetLibraryRow(kept, LibraryRow(new)),)
    gone = LibraryRow(old, is_removed=True)
    assert remove_entries({old.key: kept}, [old]) == (SetLibraryRow(kept, gone),)
    assert remove_entries({old.key: gone}, [old]) == ()
    assert keep_entries({old.key: gone}, [old]) == (SetLibraryRow(gone, kept),)


def test_that_a_decision_is_forgotten_where_there_was_one() -> None:
    one, other = entry_of("数量指标", "培训人次", "≥1人次"), entry_of("数量指标", "走访次数", "≥2次")
    gone = LibraryRow(one, is_removed=True)
    assert forget_decisions({one.key: gone}, [one, other, one]) == (SetLibraryRow(gone, None),)
