"""The lines of a self-evaluation: what their fixes do, and which notices are settled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.findings import Severity
from model.records import EvaluatedIndicator, Evaluation, Form, Project
from tests.model.projects import evaluation_of
from tests.model.rules.builders import (
    EVALUATED_LINES,
    NO_CONTEXT,
    evaluated,
    evaluated_line,
    finding,
    findings,
    fixed,
    rules_of,
)

_FULL_MARKS = "99.58"


def _line(project: Project, indicator_id: str) -> EvaluatedIndicator:
    return next(one for one in evaluation_of(project).indicators if one.id == indicator_id)


def _after(project: Project, rule: str, number: int = 0) -> Project:
    return fixed(project, NO_CONTEXT, finding(project, rule).fixes[number])[0]


@pytest.mark.parametrize(
    ("target", "actual", "texts"),
    [
        (">=200家", "210", ["210家"]),
        (">=2万家", "2.1", ["2.1万家", "2.1家"]),
        (">=4万个", "47818", ["47818万个", "47818个"]),
        (">=4万元", "47818", ["47818万元", "47818元"]),
        (">=4万元", "4.5万", ["4.5万元"]),
        (">=500万", "47818", ["47818万"]),
        ("<2秒", "0.5", ["0.5秒"]),
    ],
)
def test_that_a_missing_unit_is_offered_as_the_targets(target: str, actual: str, texts: list[str]) -> None:
    offered = finding(evaluated_line("b", target_text=target, actual_text=actual), "EVL-028").fixes
    assert [fix.text for fix in offered] == texts


def test_that_a_target_without_unit_has_no_fix_on_the_actual_side() -> None:
    found = finding(evaluated_line("b", target_text=">=200"), "EVL-028")
    assert (found.severity, found.fixes) == (Severity.WARNING, ())


def test_that_a_decimal_fraction_is_not_questioned_once_its_unit_is_written() -> None:
    assert "EVL-030" not in rules_of(evaluated_line("q", actual_text="0.96%", deviation_reason="统计口径"))
    assert "EVL-030" not in rules_of(evaluated_line("q", actual_text="0.96%"))


@pytest.mark.parametrize(("actual", "percent"), [("0.915", "91.5%"), ("1", "100%"), ("0.07", "7%")])
def test_that_a_decimal_fraction_is_offered_a_hundredfold(actual: str, percent: str) -> None:
    assert finding(evaluated_line("q", actual_text=actual), "EVL-030").fixes[0].text == percent


def test_that_another_spelling_of_one_unit_is_offered_as_the_target_spells_it() -> None:
    project = evaluated_line("n", target_text=">=12人·天", actual_text="12人天（含线上）")
    after = _after(project, "EVL-029")
    assert _line(after, "n").actual_text == "12人·天(含线上)"
    assert rules_of(after) == []


def test_that_a_word_that_only_counts_like_the_targets_is_not_rewritten() -> None:
    found = finding(evaluated_line("n", target_text=">=12场次"), "EVL-029")
    assert (found.message, found.fixes) == ("单位写法不同（场次/场），建议统一。", ())


def test_that_an_explained_excess_is_no_finding() -> None:
    assert rules_of(evaluated_line("b", actual_text="300家", deviation_reason="新增园区")) == []


def test_that_a_lowered_score_settles_the_excess_and_asks_for_its_reason() -> None:
    project = evaluated_line("b", actual_text="500家", score="15")
    project = project.with_form(Form.EVALUATION, replace(evaluation_of(project), total_score=_FULL_MARKS))
    assert rules_of(project) == ["EVL-035"]
    after = _after(project, "EVL-035")
    assert _line(after, "b").score == "13.5"
    assert after.of(Evaluation) is not None
    assert evaluation_of(after).total_score == ""
    assert rules_of(after) == ["EVL-036", "EVL-041"]


@pytest.mark.parametrize(
    ("number", "level", "score"),
    [(0, "achieved", "15"), (1, "achieved", "15"), (2, "partly", ""), (3, "not_achieved", "")],
)
def test_that_a_chosen_level_keeps_a_score_that_fits_it_and_releases_another(
    number: int, level: str, score: str
) -> None:
    project = evaluated_line("q", target_text="完善", actual_text="制定了管理手册", score="15")
    after = _after(project, "EVL-037", number)
    assert (_line(after, "q").achievement, _line(after, "q").score) == (level, score)
    assert {"EVL-037", "EVL-039", "EVL-040"}.isdisjoint(rules_of(after))


def test_that_a_missed_rank_asks_for_a_level() -> None:
    assert "EVL-037" in rules_of(evaluated_line("q", target_text="全国前3", actual_text="全国第4"))
    assert rules_of(evaluated_line("q", target_text="全国前3", actual_text="全国第1")) == []
    judged = {"achievement": "partly", "deviation_reason": "竞争激烈"}
    assert rules_of(evaluated_line("q", target_text="全国前3", actual_text="全国第4", **judged)) == []


def test_that_a_line_only_a_person_can_score_asks_for_a_score() -> None:
    missed = {"target_text": "=2级", "actual_text": "3级"}
    assert rules_of(evaluated_line("b", **missed)) == ["EVL-040"]
    assert rules_of(evaluated_line("b", **missed, score="12", deviation_reason="复评未通过")) == []


@pytest.mark.parametrize(
    ("score", "rule"), [("-1", "EVL-040"), ("15.01", "EVL-040"), ("十五", "EVL-040"), ("14", "EVL-041")]
)
def test_that_a_typed_score_can_be_given_up_for_the_computed_one(score: str, rule: str) -> None:
    after = _after(evaluated_line("b", score=score), rule)
    assert _line(after, "b").score == ""
    assert rules_of(after) == []


def test_that_a_lower_score_with_a_reason_passes() -> None:
    assert rules_of(evaluated_line("b", score="14", deviation_reason="部分企业为重复统计")) == []


def test_that_evidence_for_the_same_words_passes() -> None:
    same = {"target_text": "完善", "actual_text": "完善"}
    assert rules_of(evaluated_line("q", **same)) == ["EVL-038"]
    assert rules_of(evaluated_line("q", **same, deviation_reason="制度文件3份")) == []


def test_that_a_comparator_before_an_actual_value_does_not_count() -> None:
    project = evaluated_line("b", actual_text="≥210.50家")
    assert rules_of(project) == ["VAL-027"]
    assert finding(project, "VAL-027").fixes == ()  # without its sign it would say less (domain.md §5.8, law 1)
    project = evaluated_line("b", actual_text="=210.50家")
    assert _line(_after(project, "VAL-027"), "b").actual_text == "210.50家"
    assert rules_of(evaluated_line("b", actual_text="达210家")) == []


def test_that_a_level_written_as_actual_value_offers_that_level_only() -> None:
    project = evaluated_line("b", target_text="完善", actual_text="未达成预期指标且效果较差")
    assert [fix.label for fix in finding(project, "EVL-037").fixes] == ["未达成"]


def test_that_a_target_in_decimals_beside_per_cent_is_asked_about_with_both_readings() -> None:
    found = finding(evaluated_line("b", target_text=">=0.95", actual_text="80%"), "EVL-030")
    assert [fix.text for fix in found.fixes] == [">=95%", ">=0.95%"]


def test_that_a_month_that_may_be_in_time_is_not_called_late() -> None:
    line = {"target_text": "2022年12月10日前", "achievement": "achieved"}
    assert "EVL-046" not in rules_of(evaluated_line("t", actual_text="2022年12月", **line))
    assert "EVL-046" in rules_of(evaluated_line("t", actual_text="2023年1月", **line))


@pytest.mark.parametrize(
    ("actual", "level", "expected"),
    [
        ("2022-11-30", "achieved", []),
        ("2022年12月5日", "achieved", ["EVL-046"]),
        ("2022年12月5日", "partly", []),
        ("按期完成", "achieved", []),
    ],
)
def test_that_only_a_late_line_called_achieved_is_doubted(actual: str, level: str, expected: list[str]) -> None:
    project = evaluated_line(
        "t",
        target_text="2022年11月底前完成",
        actual_text=actual,
        achievement=level,
        deviation_reason="疫情推迟一周",
    )
    assert rules_of(project) == expected


def test_that_every_line_has_its_own_finding() -> None:
    lines = tuple(replace(one, actual_text="") for one in EVALUATED_LINES)
    assert [found.place.indicator_id for found in findings(evaluated(lines=lines), "EVL-024")] == list("nqtbrs")
