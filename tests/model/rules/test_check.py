"""The whole of checking: order, explanations, places, and that no text at all makes it fail."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.checking import check, json_path, rules_in_order
from model.findings import Finding, Place, Severity
from model.forms import FORMS
from model.records import Content, Declaration, Evaluation, Form, Indicator, Project, forms_of
from model.rules import Context, Neighbours, ProjectKey
from model.rules.reasons import REASONS
from model.rules.remedies import REMEDIES
from model.scoring import EVL_MESSAGES, score_evaluation
from model.settings import Settings, WeightProfile
from tests.model.projects import evaluation_of
from tests.model.rules.builders import (
    DECLARED_LINES,
    EVALUATED_LINES,
    EVALUATION,
    NO_CONTEXT,
    UNIT,
    declared,
    declared_line,
    evaluated,
    finding,
    fixed,
    line,
    rules_of,
)
from tests.model.rules.cases import CASES
from tests.model.rules.field_cases import FIELD_CASES

BROKEN = declared(
    lines=(
        *DECLARED_LINES[:4],
        line("b", "社会效益指标", "服务企业数量", ""),
        line("s", "服务对象满意度指标", "服务企业满意度", "≥80%"),
    ),
    project_nature="",
    annual_goal="确保安全",
).with_form(
    Form.EVALUATION, evaluated(lines=(replace(EVALUATED_LINES[0], actual_text=""), *EVALUATED_LINES[1:])).of(Evaluation)
)


def test_that_errors_come_first_and_each_form_is_read_from_top_to_bottom() -> None:
    found = [(finding.severity, finding.rule) for finding in check(BROKEN, NO_CONTEXT)]
    assert found == [
        (Severity.ERROR, "DEC-006"),
        (Severity.ERROR, "VAL-001"),
        (Severity.ERROR, "EVL-024"),
        (Severity.WARNING, "DEC-015"),
        (Severity.WARNING, "VAL-013"),
        (Severity.WARNING, "EVL-052"),  # the goal
        (Severity.WARNING, "EVL-052"),  # a line that is missing
        (Severity.WARNING, "EVL-052"),  # one that was added
        (Severity.WARNING, "EVL-052"),  # the satisfaction
    ]


def test_that_only_the_forms_asked_for_are_checked() -> None:
    assert {f.place.form for f in check(BROKEN, NO_CONTEXT, (Form.EVALUATION,))} == {Form.EVALUATION}
    assert {f.place.form for f in check(BROKEN, NO_CONTEXT, (Form.DECLARATION,))} == {Form.DECLARATION}


def test_that_a_project_without_forms_has_no_findings() -> None:
    assert check(Project("p", 2026), NO_CONTEXT) == ()


def test_that_an_explained_warning_carries_its_explanation_and_goes_last() -> None:
    short = next(finding for finding in check(BROKEN, NO_CONTEXT) if finding.rule == "DEC-015")
    explained = replace(BROKEN, explanations=MappingProxyType({short.key: "目标随后补充"}))
    last = check(explained, NO_CONTEXT)[-1]
    assert (last.rule, last.explanation, last.is_closed) == ("DEC-015", "目标随后补充", True)


def test_that_an_error_stays_open_whatever_is_explained() -> None:
    missing = next(finding for finding in check(BROKEN, NO_CONTEXT) if finding.rule == "VAL-001")
    explained = replace(BROKEN, explanations=MappingProxyType({missing.key: "以后再填"}))
    found = finding(explained, "VAL-001")
    assert found.blocks_export
    assert not found.is_closed


def test_that_header_rules_speak_once_when_both_forms_are_there() -> None:
    both = replace(BROKEN, year=1999)
    assert rules_of(both).count("DEC-022") == 1


@pytest.mark.parametrize(
    ("place", "where"),
    [
        (Place(Form.DECLARATION, "carried_over"), "funding.carried_over"),
        (Place(Form.EVALUATION, "adjusted_other"), "funding.adjusted_budget.other"),
        (Place(Form.EVALUATION, "execution_choice"), "execution_choice"),
        (Place(Form.DECLARATION), "indicators"),
        (Place(Form.DECLARATION, "target_text", "s"), "indicators[5].value_text"),
        (Place(Form.EVALUATION, "target_text", "s"), "indicators[5].target_text"),
        (Place(Form.DECLARATION, "target_text", "gone"), "value_text"),
    ],
)
def test_that_a_place_is_found_in_the_json_document(place: Place, where: str) -> None:
    project = declared() if place.form is Form.DECLARATION else evaluated()
    assert json_path(Finding("DEC-001", Severity.ERROR, "", place), project) == where


def test_that_the_list_of_rules_is_complete_and_in_order_for_the_manual() -> None:
    ids = [info.id for info in rules_in_order()]
    assert len(ids) == len(set(ids)) == 142
    assert ids[:2] == ["DEC-001", "DEC-002"]
    assert ids[-1] == "EVL-056"
    assert list(dict.fromkeys(name[:3] for name in ids)) == ["DEC", "FND", "IND", "VAL", "EVL"]
    assert all(info.message for info in rules_in_order())


def test_that_every_rule_says_in_one_sentence_why_it_is_there_and_apart_from_it_where_it_comes_from() -> None:
    for info in rules_in_order():
        assert info.why.count("。") == 1, info.id
        assert info.why.endswith("。"), info.id
        assert "（" not in info.why, info.id
        assert info.source, info.id
        assert "。" not in info.source, info.id


def test_that_why_a_rule_is_there_holds_in_any_unit() -> None:
    """Counts on published forms and where a rule was made are its source, not what a clerk of another unit reads."""
    of_one_place = re.compile(r"公开的|公开自评|公开申报|上海|广西|四川|湖北|市级|省级|\d+[处张条]|20\d\d年")
    said = {info.id: info.why for info in rules_in_order() if of_one_place.search(info.why)}
    assert said == {}
    assert [info.id for info in rules_in_order() for text in info.messages if of_one_place.search(text)] == []


def test_that_there_are_no_reasons_for_rules_that_are_gone() -> None:
    assert set(REASONS) == {info.id for info in rules_in_order()}


def test_that_every_rule_says_in_a_few_words_what_to_do() -> None:
    assert set(REMEDIES) == {info.id for info in rules_in_order()}
    for info in rules_in_order():
        assert len(info.remedies) == len(info.messages), (
            f"{info.id}: each of its wordings has its own first thing to do"
        )
        for remedy in info.remedies:
            assert 2 <= len(remedy) <= 14, info.id
            assert not set("。，！？") & set(remedy), info.id


@pytest.mark.parametrize(
    ("key", "remedy"),
    [
        ("EVL-055", "选择不适用怎么计分"),
        ("EVL-055 all", "核对选了不适用的项"),
        ("EVL-055 full", "选择不适用怎么计分"),
        ("EVL-055 score", "清除不计入总分的得分"),
        ("EVL-055 reason", "写明不适用的原因"),
        ("EVL-025 rough", "填写准确的数值"),
    ],
)
def test_that_each_wording_of_a_rule_says_what_to_do_first_about_it(key: str, remedy: str) -> None:
    rule = key.split(" ", maxsplit=1)[0]
    info = next(info for info in rules_in_order() if info.id == rule)
    assert info.remedies[info.messages.index(EVL_MESSAGES[key][1])] == remedy


def test_that_a_finding_knows_what_to_do_about_the_wording_it_was_found_with() -> None:
    """Of every case of every rule: the remedy that stands beside the wording its message was made of."""
    infos = {info.id: info for info in rules_in_order()}
    for case in (*CASES, *FIELD_CASES):
        for found in check(case.project, case.context):
            info = infos[found.rule]
            told = zip(info.messages, info.remedies, strict=True)
            assert found.remedy in {remedy for wording, remedy in told if _is_made_of(found.message, wording)}, found


def _is_made_of(message: str, wording: str) -> bool:
    return re.fullmatch(re.sub(r"\\\{\w+\\\}", ".*", re.escape(wording)), message, re.DOTALL) is not None


def test_that_a_rule_may_know_several_wordings() -> None:
    wordings = next(info.messages for info in rules_in_order() if info.id == "EVL-028")
    assert wordings[0] == "实际完成值缺少单位，按“{u}”处理，请确认。"
    assert len(wordings) == 3


# Arbitrary text seasoned with what the parsers look for.
_SEASONED = st.text(
    alphabet=st.one_of(
        st.sampled_from("≥≤<>=%万亿元个次率年月日底前无0123456789.,-()（）$\\<p>、，。\n "), st.characters()
    ),
    max_size=24,
)
_QUANTITIES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["≥", ">=", "≤", "<", "=", ">", "", "不少于", "-"]),
    st.sampled_from(["0", "1", "0.96", "95.5", "100", "-3", "40000", "2.345", "1,200.00", "1e3", "7*24"]),
    st.sampled_from(
        ["", "%", "(%)", " ( 百分比 )", "(家)", "万个", "个", "万元", "元/人次", "ms", "级", "园区", "（项）", "以上"]
    ),
)
_CELLS = st.one_of(
    _SEASONED,
    _QUANTITIES,
    st.sampled_from(["", "2026-01-01", "10", "无", "全国前3", "第4", "achieved", "partly", "完善", "2026年底前完成"]),
    st.sampled_from(["产出指标", "数量指标", "效益指标", "社会效益指标", "投诉率", "培训场次", "及时率", "总成本"]),
)


Record = TypeVar("Record", Content, Indicator)


@st.composite
def _records(draw: st.DrawFn, kind: type[Record], fixed_cells: dict[str, Any]) -> Record:
    cells = {spec.name: draw(_CELLS) for spec in fields(kind) if spec.name not in fixed_cells}
    return kind(**{**cells, **fixed_cells})


@st.composite
def _scribbled(draw: st.DrawFn) -> Project:
    """Both forms with something odd in every cell."""

    def lines(kind: type[Content]) -> tuple[Indicator, ...]:
        ids = [f"{kind.form}{number}" for number in range(draw(st.integers(0, 4)))]
        return tuple(draw(_records(kind.line, {"id": one})) for one in ids)

    return Project(
        "p",
        draw(st.integers(-1, 10_000)),
        draw(_CELLS),
        draw(_CELLS),
        draw(_CELLS),
        forms_of(
            draw(_records(Declaration, {"indicators": lines(Declaration)})),
            draw(_records(Evaluation, {"indicators": lines(Evaluation)})),
        ),
    )


@st.composite
def _edited(draw: st.DrawFn) -> Project:
    """The clean forms with something odd in a few cells."""
    project = declared().with_form(Form.EVALUATION, EVALUATION_WITH_SCORES)
    for form in FORMS:
        content = project.form(form)
        assert content is not None
        lines = tuple(draw(_touched(line)) for line in content.indicators)
        touched: Content = draw(_touched(content))
        order = draw(st.permutations(lines).map(tuple) | st.just(lines))
        project = project.with_form(form, replace(touched, indicators=order))
    return project


@st.composite
def _touched(draw: st.DrawFn, record: Record) -> Record:
    names = [spec.name for spec in fields(record) if spec.name not in ("id", "indicators")]
    cells: dict[str, Any] = {name: draw(_CELLS) for name in draw(st.sets(st.sampled_from(names), max_size=2))}
    return replace(record, **cells)


EVALUATION_WITH_SCORES = replace(
    EVALUATION,
    indicators=tuple(
        replace(one, id=f"e-{one.id}", score=one.points if one.id != "s" else "9.78") for one in EVALUATED_LINES
    ),
    execution_rate="98.00%",
    execution_score="9.8",
    total_points="100",
    total_score="99.58",
)


def _projects() -> st.SearchStrategy[Project]:
    return st.one_of(_scribbled(), _edited())


_CONTEXT = Context(
    Settings(own_units=("园区",)), Neighbours([ProjectKey("q", 2026, UNIT, "无"), ProjectKey("r", 2026, UNIT, "x")])
)


@given(_projects())
def test_that_no_text_in_any_cell_makes_checking_fail_and_every_finding_can_be_explained_by_itself(
    project: Project,
) -> None:
    found = check(project, _CONTEXT)
    assert len({finding.key for finding in found}) == len(found)
    for one in found:
        assert json_path(one, project)
        assert one.message


@given(_projects())
def test_that_a_self_evaluation_without_a_total_always_has_an_error(project: Project) -> None:
    assert project.of(Evaluation) is not None
    if score_evaluation(evaluation_of(project), _CONTEXT.settings, project.year).total is None:
        assert any(finding.blocks_export for finding in check(project, _CONTEXT, (Form.EVALUATION,)))


@given(_projects())
def test_that_every_fix_fits_the_project_and_removes_its_finding(project: Project) -> None:
    for one in check(project, _CONTEXT):
        for fix in one.fixes:
            left = check(*fixed(project, _CONTEXT, fix))
            assert one.key not in {finding.key for finding in left}, fix


@pytest.mark.parametrize(
    "text",
    [
        "≥99999999999999999999.9999999999(个)",
        "≤999,999,999,999,999,999,999(亿元)",
        "-0.0000000001%",
        "9" * 5000,
        "≥" * 5000,
        "企业" * 5000,
        "<p>" * 2000 + "$" * 2000,
        "(" * 5000,
        "100万元，" * 2000,
    ],
    ids=lambda text: text[:12],
)
def test_that_monstrous_numbers_and_texts_are_checked_like_any_other(text: str) -> None:
    cells = {"name": text, "target_text": text}
    declared_lines = tuple(replace(one, **cells) for one in DECLARED_LINES[:2])
    results = {"actual_text": text, "points": text, "score": text}
    lines = tuple(replace(one, **cells, **results) for one in EVALUATED_LINES[:2])
    form = replace(EVALUATION, indicators=lines, adjusted_total=text, execution_rate=text, total_score=text)
    project = replace(
        declared(lines=declared_lines, annual_goal=text, total_requested=text).with_form(Form.EVALUATION, form),
        unit=text,
    )
    assert any(found.blocks_export for found in check(project, _CONTEXT))


def test_that_a_longer_own_unit_list_settles_the_unit_for_every_line() -> None:
    project = declared_line("b", target_text="≥3.00(园区)")
    assert rules_of(project) == ["VAL-004"]
    assert rules_of(project, Context(Settings(own_units=("园区",)))) == []


def test_that_the_weights_of_the_year_count() -> None:
    custom = replace(Settings().default_profile, weights=WeightProfile.CUSTOM)
    context = Context(Settings(profiles=MappingProxyType({2022: replace(custom, custom_weights=(0, 40, 30, 10, 20))})))  # type: ignore[arg-type]
    assert "EVL-007" in rules_of(evaluated(), context)
    assert "EVL-007" not in rules_of(evaluated(2023), context)
