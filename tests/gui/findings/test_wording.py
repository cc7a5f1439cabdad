"""What a finding says in one line: what to do whole, what is wrong in whole clauses, nothing twice."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.findings.here import HereLine
from gui.findings.rows import CLOSED, GROUPS, Row, remedy_of, rows_of
from gui.findings.wording import (
    EXPLAINED,
    HIDDEN,
    NOTHING,
    clauses_of,
    is_said,
    says_more,
    shortened,
    why_nowhere,
    worded,
)
from model.checking import check
from model.findings import Finding, Place, Severity
from model.records import Form
from model.rules import Context
from model.settings import Settings
from tests.model.rules.cases import CASES
from tests.model.rules.field_cases import FIELD_CASES


def every_rule() -> list[Finding]:
    """Of every rule at least one finding, as a form that breaks it earns it."""
    cases = (*CASES, *FIELD_CASES)
    return [one for case in cases for one in check(case.project, case.context) if one.rule == case.rule]


def of_rule(rule: str) -> Finding:
    return next(one for one in every_rule() if one.rule == rule)


def test_that_clauses_joined_are_the_sentence_and_no_number_quotation_or_bracket_is_parted() -> None:
    for finding in every_rule():
        clauses = clauses_of(finding.message)
        assert "".join(clauses) == finding.message
        assert all(one.count("“") == one.count("”") and one.count("（") == one.count("）") for one in clauses)
    assert clauses_of("差额10,000.00元（约1，万），请核对“a，b”。") == [
        "差额10,000.00元（约1，万），",
        "请核对“a，b”。",
    ]
    assert clauses_of("") == []


def test_that_no_finding_of_any_rule_says_what_to_do_twice() -> None:
    for finding in every_rule():
        action, rest = worded(finding)
        assert not any(is_said(action, clause) for clause in rest), finding.message
        assert action not in "".join(rest)


def test_that_a_sentence_without_the_name_that_stands_beside_it_is_one() -> None:
    said = set()
    for case in (*CASES, *FIELD_CASES):
        for one in check(case.project, case.context):
            both = frozenset({Row(replace(one, members=(one, one)), "", "").key})
            rows = rows_of([replace(one, members=(one, one))], case.project, both, one.place.form)
            said |= {row.remedy for row in rows if row.is_member}
    assert {"请填写年度指标值。", "指标名称疑似重复粘贴。"} <= said
    assert [text for text in said if re.search(r"(^|[请，。；：])的|：[，。；]", text)] == []


@pytest.mark.parametrize(
    ("rule", "action", "rest"),
    [
        ("DEC-006", "选择项目性质", ""),
        ("IND-002", "添加效益指标", ""),
        ("EVL-037", "选择达成等级", ""),
        ("VAL-001", "填写年度指标值", ""),
        ("VAL-007", "改写为规范的指标值", "建议规范为“≥90.00(%)”。"),
        ("FND-003", "填写当年财政拨款（或上年结转、其他资金）", "年度资金申请总额不能为0。"),
        ("EVL-055", "选择不适用怎么计分", "“服务企业数量”写的是“不适用”，请选择分值不计入总分，还是按比例折算。"),
    ],
)
def test_that_the_sharper_of_two_words_for_what_to_do_is_said_once(rule: str, action: str, rest: str) -> None:
    said, clauses = worded(of_rule(rule))
    assert (said, "".join(clauses)) == (action, rest)
    assert says_more(of_rule(rule)) is (bool(rest) or action != remedy_of(of_rule(rule)))


def test_that_whole_clauses_are_left_out_and_a_sign_says_so() -> None:
    clauses = ["超额50%，", "目标值可能偏低，", "请说明。"]
    assert shortened(clauses, 3) == "超额50%，目标值可能偏低，请说明。"
    assert shortened(clauses, 1) == "超额50%…"
    assert shortened(clauses, 0) == "…"
    assert shortened([], 0) == ""


@pytest.mark.parametrize("width", [760, 500, 300])
def test_that_the_line_shows_what_to_do_whole_and_whole_clauses_for_every_rule(
    qtbot: QtBot, given_forms: tuple[Any, ...], width: int
) -> None:
    line = HereLine()
    qtbot.addWidget(line)
    line.show()
    of_given = [one for project in given_forms for one in check(project, Context(Settings()))]
    for finding in {one.message: one for one in (*every_rule(), *of_given)}.values():
        line.show_findings([finding, finding], None, "")
        line.fit(width)
        line.resize(max(width, line.least(is_brief=True, most=0)), line.height())
        line.layout().activate()  # type: ignore[union-attr] # the layout it was made with
        action, clauses = worded(finding)
        for shown in (line.remedy, *(link for link in line.links if not link.isHidden())):
            assert shown.width() >= shown.sizeHint().width()
        assert line.remedy.text() == action
        all_clauses = (*clauses, "另有 1 个")
        assert line.words.text() in {shortened(all_clauses, count) for count in range(len(all_clauses) + 1)}
        assert finding.message in line.words.toolTip()


def test_that_what_waits_to_be_filled_in_is_called_so(qtbot: QtBot) -> None:
    line = HereLine()
    qtbot.addWidget(line)
    finding = Finding("DEC-006", Severity.ERROR, "请选择项目性质。", Place(Form.DECLARATION, "nature"))
    line.show_findings([finding], None, "", is_awaited=True)
    assert isinstance(line.remedy, QLabel)
    assert line.remedy.text() == "待填：选择项目性质"
    assert line.words.full_text() == ""


def test_that_where_f8_goes_nowhere_it_says_why() -> None:
    nothing = dict.fromkeys(GROUPS, 0)
    assert why_nowhere(nothing, "") == NOTHING
    assert why_nowhere({**nothing, CLOSED: 1}, "") == EXPLAINED
    assert why_nowhere({**nothing, CLOSED: 1, "warning": 19}, "“警告 19”") == HIDDEN.format("“警告 19”")
