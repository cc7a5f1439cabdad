"""Damage done by chance to the curated forms: whatever happens, no text is lost, and nothing moves in silence."""

from __future__ import annotations

from functools import cache
from itertools import count
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from model.recognition import RecognisedForm, recognise_forms, recognise_text
from model.records import Declaration, Project
from storage.interchange import read_forms
from tests.accuracy.compared import FIXTURES
from tests.model import layouts
from tests.model.form_damage import DAMAGE, squeezed, unread
from tests.model.form_texts import as_lines, as_tabs, as_words, sheets
from tests.model.layouts import drawn


@cache
def projects() -> tuple[Project, ...]:
    ids = count()
    return tuple(
        form.with_ids(lambda: f"line-{next(ids)}").as_project(f"p-{path.stem}-{form.number}")
        for path in sorted((FIXTURES / "forms").glob("*.json"))
        for form in read_forms(path)
    )


@cache
def tabbed(number: int) -> str:
    ((_, sheet),) = sheets(projects()[number])
    return as_tabs(sheet)


def rows(form: RecognisedForm) -> list[tuple[str, str]]:
    return [(squeezed(line.name), squeezed(line.target_text)) for line in form.content.indicators]


FORM = st.integers(0, 24)
SEED = st.integers(0, 2**16)


@given(FORM, st.sampled_from(DAMAGE), SEED)
def test_that_one_damage_changes_no_row_and_every_level_it_changes_is_told(
    number: int, damage: object, seed: int
) -> None:
    assert callable(damage)
    text = damage(tabbed(number), Random(seed))
    (whole,) = recognise_text(tabbed(number)).forms
    (form,) = recognise_text(text).forms
    assert rows(form) == rows(whole)
    told = {one.line for one in form.inferences}
    for place, (line, right) in enumerate(zip(form.content.indicators, whole.content.indicators, strict=True)):
        assert line.level2 == right.level2 or place in told


@given(FORM, st.lists(st.sampled_from(DAMAGE), max_size=4), SEED)
def test_that_no_damage_loses_a_text(number: int, damages: list[object], seed: int) -> None:
    text = tabbed(number)
    chance = Random(seed)
    for damage in damages:
        assert callable(damage)
        text = damage(text, chance)
    assert unread(text, recognise_text(text)) == []


@given(st.text(alphabet='产出指标数量满意度项目名称（）≥=%12 \t\n\u00a0<p>$\\"总分年度', max_size=200))
@example("财政项目支出绩效自评表\n项目名称\n")
@example("财政项目支出绩效自评表\n项目名称\t甲\n一级指标\t三级指标\t年度指标值\n总分")
def test_that_any_heap_of_labels_is_read_without_an_accident(text: str) -> None:
    for title in ("财政项目支出绩效目标申报表\n（2026年度）\n", "财政项目支出绩效自评表\n"):
        for form in recognise_text(title + "项目名称\t甲\n" + text).forms:
            for one in form.inferences:
                assert one.line is None or one.line < len(form.content.indicators)
            assert form.source is not None
            assert len(form.source.lines) == len(form.content.indicators)


@pytest.mark.parametrize("layout", [as_words, as_lines])
@pytest.mark.parametrize("number", [0, 4, 9, 16, 18, 22])
def test_that_a_form_copied_without_tabs_comes_back_whole(number: int, layout: object) -> None:
    assert callable(layout)
    ((_, sheet),) = sheets(projects()[number])
    (whole,) = recognise_text(tabbed(number)).forms
    (form,) = recognise_text(layout(sheet)).forms
    assert rows(form) == rows(whole)
    assert [line.level2 for line in form.content.indicators] == [line.level2 for line in whole.content.indicators]
    if isinstance(form.content, Declaration):
        assert isinstance(whole.content, Declaration)
        assert squeezed(form.content.annual_goal) == squeezed(whole.content.annual_goal)


@pytest.mark.parametrize(
    "layout",
    [
        *(layouts.NATIONAL_DECLARATION, layouts.SICHUAN, layouts.HUBEI, layouts.CHONGQING, layouts.TWO_ON_A_SHEET),
        *(layouts.POINTS_IN_LABELS, layouts.TWO_HEADING_ROWS, layouts.MERGED_GOALS, layouts.ONE_GOAL_BELOW),
        layouts.LEFT_OVER_ROWS,
    ],
)
def test_that_a_layout_unlike_ours_is_read_from_its_tabs_as_from_its_cells(layout: str) -> None:
    text = "\n".join(line.replace("|", "\t") for line in layout.strip("\n").split("\n"))
    forms = recognise_text(text).forms
    assert [(form.kind, form.project_name, form.content) for form in forms] == [
        (form.kind, form.project_name, form.content) for form in recognise_forms(drawn(layout))
    ]
