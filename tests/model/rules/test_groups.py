"""Findings of one kind on many lines, read as one."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from model.changes import apply_all
from model.checking import check
from model.edits import explain_all
from model.findings import Finding, Severity
from model.records import Evaluation, Form, Project
from model.rules import full_evaluations, grouped, is_once_a_year
from model.settings import Settings
from tests.model.projects import evaluation_of
from tests.model.rules.builders import DECLARED_LINES, EVALUATED_LINES, NO_CONTEXT, declared, evaluated, fixed
from tests.model.rules.given import given_findings, given_projects


def _grouped(project: Project) -> tuple[Finding, ...]:
    return grouped(check(project, NO_CONTEXT), project)


def _of(project: Project, rule: str) -> list[Finding]:
    return [finding for finding in _grouped(project) if finding.rule == rule]


VAGUE = tuple(replace(one, target_text="有效提升") for one in DECLARED_LINES[:3])
SHARES = tuple(
    replace(one, level2="数量指标", level1="产出指标", target_text="≥90.00(%)") for one in DECLARED_LINES[1:4]
)
COPIED = tuple(replace(one, target_text="完善", actual_text="完善") for one in EVALUATED_LINES[:3])
EXCEEDED = (replace(EVALUATED_LINES[3], actual_text="900家"), replace(EVALUATED_LINES[4], actual_text="500篇"))


@pytest.mark.parametrize(
    ("project", "rule", "message"),
    [
        (
            declared(lines=(*VAGUE, *DECLARED_LINES[3:])),
            "VAL-015",
            "3条指标的指标值难以考核，建议写明可衡量的结果：“人均培训成本”“政策培训场次”“培训合格率”。",
        ),
        (
            declared(lines=(DECLARED_LINES[0], *SHARES, *DECLARED_LINES[4:])),
            "IND-022",
            "3条数量指标以百分比计，建议改用绝对数：“政策培训场次”“培训合格率”“培训完成及时率”。",
        ),
        (
            evaluated(lines=(*COPIED, *EVALUATED_LINES[3:])),
            "EVL-038",
            "3条指标的实际完成值与指标值相同，请补充佐证说明：“政策培训场次”“培训合格率”“培训完成及时率”。",
        ),
    ],
)
def test_that_one_kind_on_many_lines_is_one_finding_that_names_the_lines(
    project: Project, rule: str, message: str
) -> None:
    (group,) = _of(project, rule)
    assert group.message == message
    assert [member.rule for member in group.members] == [rule] * 3
    assert group.place == group.members[0].place


def test_that_the_suggested_scores_of_a_group_are_taken_in_one_gesture() -> None:
    lines = (*EVALUATED_LINES[:3], *EXCEEDED, *EVALUATED_LINES[5:])
    project = evaluated(lines=lines)
    (group,) = _of(project, "EVL-035")
    (fix,) = group.fixes
    assert fix.label == "全部采用建议得分"
    after, _ = fixed(project, NO_CONTEXT, fix)
    assert after.of(Evaluation) is not None
    assert [bool(one.score) for one in evaluation_of(after).indicators] == [False, False, False, True, True, False]
    assert _of(after, "EVL-035") == []


def test_that_one_line_alone_says_what_it_says() -> None:
    project = evaluated(lines=(COPIED[0], *EVALUATED_LINES[1:]))
    assert _of(project, "EVL-038")[0].message == "“政策培训场次”实际完成值与指标值相同，请补充佐证说明。"


def test_that_a_line_that_was_explained_leaves_the_group_and_all_can_be_explained_at_once() -> None:
    project = evaluated(lines=(*COPIED, *EVALUATED_LINES[3:]))
    (group,) = _of(project, "EVL-038")
    one = replace(project, explanations=MappingProxyType({group.members[1].key: "见台账"}))
    assert [len(finding.members) for finding in _of(one, "EVL-038")] == [2, 0]
    keys = [member.key for member in group.members]
    every = apply_all(project, explain_all(project, keys, "见台账", Settings()))
    assert [finding.is_closed for finding in _of(every, "EVL-038")] == [True, True, True]


@pytest.mark.parametrize("label", sorted(given_projects()))
def test_that_a_given_form_has_one_finding_of_a_grouped_kind_and_loses_none(label: str) -> None:
    found = given_findings()[label]
    listed = grouped(found, given_projects()[label])
    kinds = [(finding.rule, finding.place.form) for finding in listed if finding.members]
    assert len(kinds) == len(set(kinds))
    every = [one for finding in listed for one in (finding.members or (finding,))]
    assert sorted(one.key for one in every) == sorted(one.key for one in found)


def test_that_full_evaluations_of_a_unit_and_year_are_told_once() -> None:
    full = tuple(replace(one, actual_text=one.actual_text.replace("88%", "91%")) for one in EVALUATED_LINES)
    project = evaluated(lines=full, executed_total="100000", executed_fiscal_current="100000")
    (finding,) = [one for one in check(project, NO_CONTEXT, (Form.EVALUATION,)) if is_once_a_year(one)]
    other = replace(project, project_name="另一个")
    once = full_evaluations([(project, finding), (other, finding)])
    assert (once.severity, once.message) == (
        Severity.WARNING,
        "上海市科技创业中心2022年度有2张自评表全部指标满分，请再次核对指标值与完成值：“科技政策培训”“另一个”。",
    )
    assert full_evaluations([(project, finding)]) == finding
