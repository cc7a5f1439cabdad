"""What a page counts and adds up, from the lines of the project list alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.document.project_list import NO_NAME, NO_UNIT, Group, ProjectList
from gui.navigator.marks import MARK_WORDS, Mark
from gui.overview.columns import columns_of
from gui.overview.lines import MARK_NAMES, lines_of, score_of, totals_of
from model.records import Form
from model.scoring.execution import format_rate
from model.settings import RateRounding
from storage.store.summaries import ProjectSummary, State

ONE = ProjectSummary("a", 1, 2026, "甲", "热线", "", State.COMPLETE, 0, 0, 3, 100, "", frozenset({Form.DECLARATION}))
UNITS = st.sampled_from(["", "甲", " 甲 ", "甲乙", "乙"])
LISTS = st.lists(st.tuples(st.sampled_from([2025, 2026]), UNITS), max_size=12)


def test_that_money_is_added_in_fen_and_what_has_none_is_counted() -> None:
    totals = totals_of([ONE, replace(ONE, requested_fen=None), replace(ONE, requested_fen=-30)])
    assert (totals.count, totals.fen, totals.with_amount) == (3, 70, 2)


def test_that_what_is_only_not_filled_in_yet_is_counted_apart_from_errors() -> None:
    totals = totals_of(
        [replace(ONE, id="b", errors=12), replace(ONE, errors=2)], awaited=lambda key: 8 if key == "b" else 0
    )
    assert (totals.errors, totals.awaited) == (6, 8)


def test_that_the_rate_is_of_those_that_have_both_figures_together() -> None:
    rates = [(30_000, 29_999), (10_000, None), (None, 500), (1, 1)]
    totals = totals_of([replace(ONE, budget_fen=budget, spent_fen=spent) for budget, spent in rates])
    assert (totals.budget_fen, totals.with_budget, totals.rate) == (40_001, 3, Decimal("100.00"))
    assert totals_of([replace(ONE, budget_fen=0, spent_fen=5)]).rate is None


@pytest.mark.parametrize("rounding", RateRounding)
@pytest.mark.parametrize(("budget", "spent"), [(412_200_000, 412_050_000), (30_000, 14_999), (3, 1), (3, 2), (7, 7)])
def test_that_the_rate_of_a_page_is_the_one_the_form_prints(rounding: RateRounding, budget: int, spent: int) -> None:
    rate = totals_of([replace(ONE, budget_fen=budget, spent_fen=spent)], rounding).rate
    assert f"{rate}%" == format_rate(Fraction(spent, budget), rounding)


def test_that_the_mean_counts_what_is_scored_only_and_rounds_half_up() -> None:
    totals = totals_of([replace(ONE, total_score=text) for text in ("90.01", "90.00", "", "NaN", "九十")])
    assert (totals.mean, totals.scored) == (Decimal("90.01"), 2)
    assert totals_of([ONE]).mean is None


@pytest.mark.parametrize(("text", "score"), [("98.20", Decimal("98.20")), ("", None), ("Infinity", None), ("—", None)])
def test_that_a_score_that_is_no_number_is_none(text: str, score: Decimal | None) -> None:
    assert score_of(replace(ONE, total_score=text)) == score


def test_that_a_unit_is_as_far_as_its_last_project() -> None:
    listed = [ONE, replace(ONE, id="b", errors=2), replace(ONE, id="c", unit="乙", project_name=" ")]
    first, second = lines_of(Group(2026), listed)
    assert (first.name, first.mark, first.projects, first.totals.errors) == ("甲", Mark.ERROR, ("a", "b"), 2)
    assert (second.opens, second.mark) == (Group(2026, "乙"), Mark.READY)
    (project,) = lines_of(Group(2026, "乙"), listed[2:])
    assert (project.opens, project.name) == ("c", NO_NAME)


def test_that_what_is_under_way_says_how_much_of_it_is_filled_in_and_is_ordered_by_that() -> None:
    begun = replace(ONE, errors=5, filled=9)
    listed = [begun, replace(begun, id="b", filled=1), replace(begun, id="c", errors=6), replace(ONE, id="d")]
    lines = lines_of(Group(2026, "甲"), listed, awaited=lambda key: 0 if key == "d" else 5)
    state = columns_of(Group(2026, "甲"), lines)[0]
    assert [state.text(line) for line in lines] == ["未填完 9/14", "未填完 1/6", "有错误", "可以提交"]
    assert state.spoken(lines[0]) == "未填完，已填 9 处，共 14 处必填"
    assert [line.opens for line in sorted(lines, key=state.key)] == ["b", "a", "c", "d"]  # type: ignore[arg-type]
    (unit,) = lines_of(Group(2026), listed, awaited=lambda key: 0 if key == "d" else 5)
    assert state.text(unit) == "未填完"


def test_that_every_mark_has_its_words() -> None:
    assert set(MARK_NAMES) == set(MARK_WORDS) == set(Mark)


def test_that_a_group_is_called_by_its_year_or_its_unit() -> None:
    assert [Group(2026).name, Group(2026, "甲").name, Group(2026, "").name] == ["2026 年度", "甲", NO_UNIT]


def test_that_excel_is_given_numbers_without_separators() -> None:
    scored = replace(
        ONE, requested_fen=385793400, budget_fen=100, spent_fen=50, total_score="98.2", grade="优", warnings=1
    )
    lines = lines_of(Group(2026, "甲"), [scored, replace(ONE, requested_fen=None)])
    columns = columns_of(Group(2026, "甲"), lines)
    shown = ["有警告", "热线", "3,857,934.00", "1.00", "50.00%", "98.20", "优", "", "1"]
    assert [column.text(lines[0]) for column in columns] == shown
    copied = ["有警告", "热线", "3857934.00", "1.00", "50.00%", "98.20", "优", "", "1"]
    assert [column.copy_of(lines[0]) for column in columns] == copied
    assert [column.text(lines[1]) for column in columns[2:7]] == ["—", "—", "—", "—", ""]
    assert [column.copy_of(lines[1]) for column in columns[2:7]] == [""] * 5


def test_that_a_column_nobody_has_anything_in_is_left_out() -> None:
    lines = lines_of(Group(2026, "甲"), [ONE])
    titles = [column.title for column in columns_of(Group(2026, "甲"), lines)]
    assert titles == ["状态", "项目", "申请总额（元）", "错误", "警告"]


@given(LISTS)
def test_that_a_group_holds_exactly_the_projects_of_its_year_and_unit(made: list[tuple[int, str]]) -> None:
    summaries = [replace(ONE, id=str(n), place=n, year=year, unit=unit) for n, (year, unit) in enumerate(made)]
    listed = ProjectList(summaries)
    for group in {Group.of(one) for one in summaries} | {Group(year) for year, _ in made}:
        wanted = [one for one in listed.all() if group in {Group.of(one), Group(one.year)}]
        assert list(listed.of(group)) == wanted
    assert list(listed.of(Group(2024))) == []
