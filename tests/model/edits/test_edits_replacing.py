"""Find and replace: what is found, where, what would stand there, and that nothing else is touched."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import edits
from model.changes import Part
from model.edits import Stretch
from model.findings import Place
from model.records import Declaration, Evaluation, Form, Indicator, Project, forms_of
from model.settings import Settings
from tests.model.projects import after, declaration_of, evaluated_line, evaluation_of, line, projects

SETTINGS = Settings()
BOTH = Project(
    "p",
    2026,
    "2025年运维项目",
    "主管局",
    "信息中心",
    forms_of(
        Declaration(
            start_date="2025-01-01",
            total_requested="2025.00",
            fiscal_current="2025.00",
            annual_goal="２０２５年完成2025年的目标",
            indicators=(line("a", name="2025年巡检", target="≥2025次", level2="2025指标"),),
        ),
        Evaluation(
            actual_completion="2025年已完成", indicators=(evaluated_line("b", actual="2025次", points="2025", name=""),)
        ),
    ),
)


def found(project: Project, wanted: str, other: str = "", *, exactly: bool = False) -> list[edits.Hit]:
    return list(edits.hits([project], edits.searching(wanted, other, exactly=exactly)))


def test_that_every_cell_of_words_is_found_once_from_top_to_bottom_with_what_would_stand_there() -> None:
    assert [(hit.where, hit.before, hit.after) for hit in found(BOTH, "2025", "2026")] == [
        ("项目名称", "2025年运维项目", "2026年运维项目"),
        ("计划开始日期", "2025-01-01", "2026-01-01"),
        ("年度总体目标", "２０２５年完成2025年的目标", "2026年完成2026年的目标"),
        ("2025年巡检：三级指标", "2025年巡检", "2026年巡检"),
        ("2025年巡检：年度指标值", "≥2025次", "≥2026次"),
        ("实际完成情况", "2025年已完成", "2026年已完成"),
        ("第1条指标：实际完成值", "2025次", "2026次"),
    ]


def test_that_a_hit_leads_to_its_cell_on_the_form_that_shows_it() -> None:
    head, _date, goal, name, *_others, actual = found(BOTH, "2025")
    assert head.place == Place(Form.DECLARATION, "project_name")
    assert goal.place == Place(Form.DECLARATION, "annual_goal")
    assert name.place == Place(Form.DECLARATION, "name", "a")
    assert actual.place == Place(Form.EVALUATION, "actual_text", "b")


def test_that_only_the_forms_asked_for_are_looked_at() -> None:
    search = edits.searching("2025", "", exactly=False)
    assert [hit.place for hit in edits.hits([BOTH], search, {Form.EVALUATION})] == [
        Place(Form.EVALUATION, "project_name"),
        Place(Form.EVALUATION, "actual_completion"),
        Place(Form.EVALUATION, "actual_text", "b"),
    ]
    assert list(edits.hits([Project("q", 2026, "2025")], search)) == []


@pytest.mark.parametrize(
    ("text", "wanted", "stretches"),
    [
        ("ＡＢＣ与abc", "Abc", [(0, 3), (4, 7)]),
        ("aaa", "aa", [(0, 2)]),
        ("㎡与m2", "m2", [(2, 4)]),
        ("İ与i", "i", [(2, 3)]),
        ("", "a", []),
        ("有", "", []),
    ],
)
def test_that_capitals_and_width_do_not_count_and_hits_do_not_overlap(
    text: str, wanted: str, stretches: list[tuple[int, int]]
) -> None:
    search = edits.searching(wanted, "x", exactly=False)
    assert list(search(text)) == [Stretch(start, end, "x") for start, end in stretches]


def test_that_what_is_looked_for_exactly_is_found_in_that_spelling_only() -> None:
    assert [hit.after for hit in found(BOTH, "２０２５", "今", exactly=True)] == ["今年完成2025年的目标"]


def test_that_the_hits_left_in_are_written_and_undone_as_one_gesture() -> None:
    chosen = [hit for hit in found(BOTH, "2025", "2026") if hit.owner is not Part.PROJECT]
    written = after(BOTH, edits.replace_hits(BOTH, chosen, SETTINGS))
    assert written.project_name == "2025年运维项目"
    assert declaration_of(written).annual_goal == "2026年完成2026年的目标"
    assert declaration_of(written).indicators[0].target_text == "≥2026次"
    assert evaluation_of(written).indicators[0].actual_text == "2026次"
    assert declaration_of(written).total_requested == "2025.00"


def test_that_a_cell_that_holds_another_text_by_now_and_a_line_that_is_gone_are_left_alone() -> None:
    chosen = found(BOTH, "2025", "2026")
    others = replace(
        declaration_of(BOTH),
        annual_goal="别的",
        indicators=(Indicator("c", name="2025年巡检"),),
        start_date="2025-01-01",
    )
    changed = BOTH.with_form(Form.DECLARATION, others)
    written = after(changed, edits.replace_hits(changed, chosen, SETTINGS))
    assert declaration_of(written) == replace(others, start_date="2026-01-01")
    assert edits.replace_hits(replace(BOTH, id="q"), chosen, SETTINGS) == ()


def test_that_a_printed_score_gives_way_when_a_replaced_value_changes_what_is_computed() -> None:
    scored = evaluated_line(
        "a", level2="数量指标", name="巡检次数", target="=10次", actual="10次", points="10", score="10"
    )
    project = Project("p", 2025, forms=forms_of(Evaluation(indicators=(scored,))))
    chosen = [hit for hit in found(project, "10次", "5次") if hit.field == "actual_text"]
    written = evaluation_of(after(project, edits.replace_hits(project, chosen, SETTINGS)))
    assert (written.indicators[0].actual_text, written.indicators[0].score) == ("5次", "")


@given(projects(), st.text(min_size=1, max_size=2), st.text(max_size=2))
def test_that_replacing_touches_the_cells_found_and_undo_gives_the_very_same_project_back(
    project: Project, wanted: str, other: str
) -> None:
    chosen = found(project, wanted, other, exactly=True)
    assert all(wanted in hit.before and hit.after == hit.before.replace(wanted, other) for hit in chosen)
    after(project, edits.replace_hits(project, chosen, SETTINGS))
