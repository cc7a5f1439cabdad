"""Matching measured on the given years and on made variants: how much is right, asked, missed, and nothing wrong.

``-s`` prints the figures that docs/domain.md §8.4 cites.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from model.records import Indicator, Project
from model.years import Answer, match_lines, match_projects
from tests.model.published import GIVEN

# The projects of the given forms of 2022 that go on in 2026, judged by hand.
GO_ON = {"研发平台网络运行保障", "科技资源共享体系建设和创新资源发展研究", "上海研发公共服务平台宣传推广"} | {
    "科技系统人才工作综合服务平台建设"
}


def given(name: str) -> Iterator[tuple[Project, tuple[Indicator, ...]]]:
    data = json.loads((GIVEN / f"{name}.json").read_text(encoding="utf-8"))
    for at, form in enumerate(data["forms"]):
        lines = (
            Indicator(
                f"{name}{at}.{number}", line["level1"], line["level2"], line["name"], line.get("value_text") or ""
            )
            for number, line in enumerate(form["indicators"])
        )
        yield Project(f"{name}{at}", form["year"], form["project_name"], "", form["unit"]), tuple(lines)


FORMS_2026 = tuple(given("declarations-2026-platform-centre"))
ALL = (*FORMS_2026, *given("declarations-2025-exchange-centre"), *given("evaluations-2022-platform-centre"))


def test_that_of_the_given_years_those_that_go_on_are_told_and_nothing_else_is() -> None:
    now, earlier = [project for project, _ in FORMS_2026], [p for p, _ in given("evaluations-2022-platform-centre")]
    names = {project.id: project.project_name for project in earlier}
    found = match_projects(now, earlier, {}).matches
    told = {
        project.project_name: names[found[project.id].earlier[0]]
        for project in now
        if found[project.id].answer is Answer.SAME
    }
    print("2022→2026:", Counter(match.answer.name for match in found.values()))
    assert told == {name: name for name in GO_ON}


def _renamed(name: str) -> str:
    """Another wording of the middle: some characters fewer, as a new title has them."""
    return name[: len(name) // 3] + name[len(name) // 3 + 2 :]


# What a unit does to a name from one year to the next: the first are to be told, the others may be asked.
SPELLED: Sequence[Callable[[str], str]] = (
    lambda name: f"2027年度{name}",
    lambda name: f"{name}（2027年）",
    lambda name: name.replace("（", "(").replace("）", ")").replace("·", "•"),
    lambda name: f"“{name}”",
    lambda name: f"{name} 经费",
    lambda name: f"{name}项目",
)
ALTERED: Sequence[Callable[[str], str]] = (
    _renamed,
    lambda name: f"{name}（二期）",
    lambda name: f"{name}和成果推广",
    lambda name: name.replace("建设", "运维").replace("平台", "系统") + "服务",
)


@pytest.mark.parametrize("how", [*SPELLED, *ALTERED])
def test_that_of_renamed_and_reordered_projects_none_is_told_wrong(how: Callable[[str], str]) -> None:
    earlier = [project for project, _ in ALL]
    units = {project.unit for project in earlier}
    outcome: Counter[str] = Counter()
    for unit in units:
        # projects stand twice over the years: a year has each name once
        year = list({project.project_name: project for project in earlier if project.unit == unit}.values())
        now = [replace(one, id=f"n{one.id}", project_name=how(one.project_name)) for one in reversed(year)]
        # a third of them was not carried over, so that others might take their place
        for left_out in range(3):
            there = [one for at, one in enumerate(year) if at % 3 != left_out]
            _count_projects(outcome, now, there)
    print(outcome)
    assert outcome["wrong"] == 0
    if how in SPELLED:
        assert outcome["asked"] + outcome["missed"] == 0


def _count_projects(outcome: Counter[str], now: list[Project], there: list[Project]) -> None:
    ids = {one.id for one in there}
    for key, match in match_projects(now, there, {}).matches.items():
        meant = key.removeprefix("n") if key.removeprefix("n") in ids else ""
        if match.answer is Answer.SAME:
            outcome["right" if match.earlier == (meant,) else "wrong"] += 1
        elif meant:
            outcome["asked" if meant in match.earlier else "missed"] += 1


@pytest.mark.parametrize("how", [*SPELLED[:4], _renamed, lambda name: f"{name}率", lambda name: f"新增{name}"])
def test_that_of_renamed_reordered_and_left_out_lines_none_is_told_wrong(how: Callable[[str], str]) -> None:
    outcome: Counter[str] = Counter()
    for _, lines in ALL:
        now = [replace(line, id=f"n{line.id}", name=how(line.name)) for line in reversed(lines)]
        there = [line for at, line in enumerate(lines) if at % 3]
        _count_lines(outcome, now, there)
    print(outcome)
    assert outcome["wrong"] == 0
    if how in SPELLED:  # one name stands twice in a form, and of the two one was left out
        assert (outcome["asked"], outcome["missed"]) <= (1, 0)


def test_that_of_lines_split_in_two_and_joined_to_one_none_is_told_wrong() -> None:
    outcome: Counter[str] = Counter()
    for _, lines in ALL:
        halves = [
            replace(line, id=f"n{line.id}", name=f"{line.name}{part}")
            for line in lines
            for part in ("（线上）", "（线下）")
        ]
        _count_lines(outcome, halves, lines)
        joined = [
            replace(one, id=f"n{one.id}", name=f"{one.name}和{other.name}")
            for one, other in zip(lines[::2], lines[1::2], strict=False)
        ]
        _count_lines(outcome, joined, lines)
    print(outcome)
    assert outcome["wrong"] == outcome["right"] == 0
    assert outcome["asked"] > outcome["missed"]


def _count_lines(outcome: Counter[str], now: Sequence[Indicator], there: Sequence[Indicator]) -> None:
    ids = {line.id for line in there}
    for line, match in zip(now, match_lines(now, there), strict=True):
        meant = line.id.removeprefix("n") if line.id.removeprefix("n") in ids else ""
        if match.same is not None:
            outcome["right" if match.same.id == meant else "wrong"] += 1
        elif meant:
            outcome["asked" if meant in {one.id for one in match.may_be} else "missed"] += 1
