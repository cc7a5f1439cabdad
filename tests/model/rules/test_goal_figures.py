"""Figures of goals against indicators: the 20 made goals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from model.checking import check
from model.findings import Finding, Severity
from tests.model.rules.builders import NO_CONTEXT, declared, evaluated, findings, line
from tests.model.rules.given import given_findings

_CASES = Path(__file__).parent.parent.parent / "fixtures" / "cases" / "goal_numbers_made.json"
MADE: list[dict[str, Any]] = json.loads(_CASES.read_text(encoding="utf-8"))


def _found(case: dict[str, Any]) -> list[Finding]:
    lines = tuple(line(f"x{n}", "数量指标", name, target) for n, (name, target) in enumerate(case["indicators"]))
    return findings(declared(lines=lines, annual_goal=case["goal"]), "DEC-021")


@pytest.mark.parametrize("case", MADE, ids=[str(number) for number in range(1, len(MADE) + 1)])
def test_that_a_made_goal_is_warned_of_hinted_at_or_left_alone_as_it_should_be(case: dict[str, Any]) -> None:
    found, (what, _, name) = _found(case), case["expect"].partition(" ")
    match what.rstrip(":"):
        case "warn":
            (one,) = [f for f in found if f.severity is Severity.WARNING]
            assert f"指标“{name}”" in one.message
            assert len(found) == 1
        case "hint":
            assert [f.severity for f in found] == [Severity.INFO]
        case other:
            assert other == "silent"
            assert found == []


def _warned(goal: str, name: str, target: str) -> bool:
    found = findings(declared(lines=(line("x", "数量指标", name, target),), annual_goal=goal), "DEC-021")
    return any(one.severity is Severity.WARNING for one in found)


@pytest.mark.parametrize(
    ("goal", "name", "target"),
    [
        ("走访企业300家。", "走访企业数量", "≥200.00(家)"),
        ("全年走访企业 3 万家。", "走访企业", "≥3.00(家)"),
        ("热线接听率不低于九成。", "热线接听率", "≥95.00(%)"),
        ("培训12场；培训人次不少于900人次。", "培训人次", "≥600.00(人次)"),
    ],
)
def test_that_another_number_of_the_same_subject_is_a_contradiction(goal: str, name: str, target: str) -> None:
    assert _warned(goal, name, target)


@pytest.mark.parametrize(
    ("goal", "name", "target"),
    [
        ("走访企业300家。", "走访企业数量", "≥300.00(家)"),
        ("走访企业0.03万家。", "走访企业数量", "≥300.00(家)"),
        ("走访企业100家、园区200家。", "走访企业和园区", "≥300.00(家)"),
        ("走访企业300次。", "走访企业数量", "≥200.00(家)"),
        ("走访企业投入300万元。", "走访企业投入", "≤200.00(万元)"),
        ("2026年第3次走访企业。", "走访企业", "≥2.00(次)"),
        ("举办展会300家。", "走访企业数量", "≥200.00(家)"),
    ],
)
def test_that_sums_money_ordinals_other_units_and_other_subjects_contradict_nothing(
    goal: str, name: str, target: str
) -> None:
    assert not _warned(goal, name, target)


def test_that_a_self_evaluation_is_warned_of_contradictions_only_and_its_report_is_left_alone() -> None:
    goal = "服务企业不少于250家，走访园区不少于7个。"
    assert [one.place.indicator_id for one in findings(evaluated(expected_goal=goal), "EVL-045")] == ["b"]
    assert findings(evaluated(actual_completion=goal), "EVL-045") == []


def test_that_a_long_goal_of_figures_is_read_in_bounded_time() -> None:
    goal = "走访企业7家，" * 3000
    assert check(declared(annual_goal=goal), NO_CONTEXT)


_JUDGED: dict[str, Any] = json.loads((_CASES.parent / "goal_numbers_judged.json").read_text(encoding="utf-8"))
_GIVEN_OF = {f"001-0{number}": f"001-{number}" for number in range(1, 8)}


def _plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    "judged", _JUDGED["declaration_hits"], ids=lambda judged: f"{judged['form']} {judged['figure']}"
)
def test_that_a_figure_of_a_given_goal_without_an_indicator_is_at_most_a_hint(judged: dict[str, Any]) -> None:
    found = [one for one in given_findings()[judged["form"]] if one.rule == "DEC-021"]
    assert all(one.severity is Severity.INFO for one in found)
    if judged["judgement"].startswith("false"):
        assert not any(_plain(judged["figure"]) in one.message for one in found)


@pytest.mark.parametrize(
    "judged", _JUDGED["evaluation_hits"], ids=lambda judged: f"{judged[1]} {judged[0]} {judged[2]}"
)
def test_that_of_the_figures_of_given_reports_only_a_contradiction_of_one_name_is_warned_of(
    judged: list[Any],
) -> None:
    where, form, figure, _, (share, name, _target) = judged
    label = _GIVEN_OF.get(form, form)
    told = [one.message for one in given_findings()[label] if one.rule == "EVL-045" and figure in one.message]
    if where == "goal" and share == 1:
        assert [f"指标“{name}”" in message for message in told] == [True]
    else:
        assert told == []
