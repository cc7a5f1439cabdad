"""The list of projects as the window holds it: in order, found by words, and followed change by change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.document.project_list import ListChange, ProjectList, order_of, words_of
from model.records import Form
from storage.store.summaries import ProjectSummary, State


def summary(number: int, year: int = 2026, unit: str = "甲中心", name: str = "") -> ProjectSummary:
    return ProjectSummary(
        id=f"p{number}",
        place=number,
        year=year,
        unit=unit,
        project_name=name or f"项目{number}",
        department="",
        state=State.DRAFT,
        errors=0,
        warnings=0,
        indicator_count=number,
        requested_fen=None,
        total_score="",
        forms=frozenset({Form.DECLARATION}),
    )


summaries = st.builds(summary, st.integers(0, 9), st.integers(2024, 2026), st.sampled_from(["甲中心", " 乙中心", ""]))


@given(
    st.lists(summaries, unique_by=lambda one: one.id),
    st.lists(st.tuples(st.lists(summaries, max_size=3, unique_by=lambda one: one.id), st.sets(st.integers(0, 9)))),
)
def test_that_the_list_is_the_one_a_reader_of_the_whole_store_would_make(
    start: list[ProjectSummary], writes: list[tuple[list[ProjectSummary], set[int]]]
) -> None:
    projects, whole = ProjectList(start), {one.id: one for one in start}
    for changed, numbers in writes:
        gone = {f"p{number}" for number in numbers} - {one.id for one in changed}
        projects.take(changed, gone)
        whole = {key: one for key, one in whole.items() if key not in gone} | {one.id: one for one in changed}
        assert projects.all() == tuple(sorted(whole.values(), key=order_of))
        assert len(projects) == len(whole)
        assert projects.indicator_count == sum(one.indicator_count for one in whole.values())
        assert projects.matching(["乙"]) == [one for one in projects.all() if "乙" in words_of(one)]
        assert all(projects.get(key) == one for key, one in whole.items())


def test_that_what_came_changed_and_went_is_told_line_by_line() -> None:
    first, second = summary(1), summary(2)
    projects = ProjectList([first])
    assert projects.take([second], ()) == ListChange(((None, second),))
    renamed = replace(first, project_name="新名称")
    assert projects.take([renamed], ["p2", "nobody"]) == ListChange(((second, None), (first, renamed)))
    assert projects.all() == (renamed,)


@pytest.mark.parametrize("words", [["项目7"], ["2025"], ["丙中心"], ["2025 年度"], ["（未填实施单位）"]])
def test_that_a_project_is_found_by_name_year_unit_and_by_what_is_missing(words: list[str]) -> None:
    wanted = summary(7, 2025, "" if "未填" in words[0] else "丙中心")
    assert ProjectList([summary(1), wanted, summary(2)]).matching(words) == [wanted]


def test_that_no_more_are_looked_for_than_are_asked_for() -> None:
    assert len(ProjectList(summary(n) for n in range(9)).matching(["项目"], 4)) == 4
