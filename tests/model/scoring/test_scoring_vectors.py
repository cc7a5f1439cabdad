"""Every vector of domain.md §6.11, as it stands there."""

from __future__ import annotations

from decimal import Decimal

import pytest

from model.records import Achievement, EvaluatedIndicator, Evaluation
from model.scoring import (
    LineScore,
    Status,
    band_range,
    grade,
    q2,
    score_execution,
    score_line,
    suggested_reduction,
)
from model.settings import ExecutionRule, GradeScheme, NegativeRule, ReductionRule, ScoringProfile, Thresholds
from model.values.units import STANDARD

# target | actual | points | N1 | N2 | N3 | status | rules
VECTORS = """
≥90.00(%)|90%|10|10.00|10.00|10.00|MET|
≥90.00(%)|85.5%|10|9.50|9.50|9.50|UNMET|EVL-036
≥90.00(%)|99.91%|10|10.00|10.00|10.00|MET|
≥90.00(%)|85.5|10|9.50|9.50|9.50|UNMET|EVL-028 EVL-036
≥90.00(%)|0.91|10|—|—|—|ERROR|EVL-028 EVL-030
>=35篇|80篇|5|5.00|5.00|5.00|MET|EVL-035
>=35篇|34篇|5|4.86|4.86|4.86|UNMET|EVL-036
>=300台套|0台套|5|0.00|0.00|0.00|UNMET|EVL-036
>=3份|-1份|5|0.00|0.00|0.00|UNMET|EVL-036
=12期|12期|5|5.00|5.00|5.00|MET|
=12期|10期|5|4.17|4.17|4.17|UNMET|EVL-036
=12期|13期|5|5.00|5.00|5.00|OVER|EVL-033
=0.00(次)|0次|5|5.00|5.00|5.00|MET|
=0.00(次)|1次|5|0.00|0.00|0.00|UNMET|EVL-036
<8次|0次|5|5.00|5.00|5.00|MET|
<8次|8次|5|5.00|5.00|5.00|BORDER|EVL-032
<8次|10次|5|4.00|3.75|0.00|UNMET|EVL-036
<8次|16次|5|2.50|0.00|0.00|UNMET|EVL-036
<8次|20次|5|2.00|0.00|0.00|UNMET|EVL-036
≤10.00(个工作日)|12个工作日|6|5.00|4.80|0.00|UNMET|EVL-036
≤0(次)|1次|4|0.00|0.00|0.00|UNMET|EVL-036
>100.00(家)|100家|5|5.00|5.00|5.00|BORDER|EVL-032
>100.00(家)|101家|5|5.00|5.00|5.00|MET|
<2.00(秒)|21ms|5|5.00|5.00|5.00|MET|EVL-027
<2S|211ms|5|5.00|5.00|5.00|MET|EVL-027
<2秒|2500ms|5|4.00|3.75|0.00|UNMET|EVL-027 EVL-036
>=4万个|67818个|5|5.00|5.00|5.00|MET|EVL-027 EVL-034
>=4万个|3.2万个|5|4.00|4.00|4.00|UNMET|EVL-036
>=1000万次|1114.3566万次|5|5.00|5.00|5.00|MET|
>=500万|600万|5|5.00|5.00|5.00|MET|
>=4万个|5|5|5.00|5.00|5.00|MET|EVL-028
>=4万个|67818|5|—|—|—|ERROR|EVL-028
=100%|99.96%|10|10.00|10.00|10.00|UNMET|EVL-031
>=2场次|2场|6|6.00|6.00|6.00|MET|EVL-029
>=2场|1场次|6|3.00|3.00|3.00|UNMET|EVL-029 EVL-036
<2秒|3次|5|—|—|—|ERROR|EVL-026
≤10.00(个工作日)|9天|5|—|—|—|ERROR|EVL-026
$\\geq 90.00\\%$|92%|10|10.00|10.00|10.00|MET|
≥55.00(亿元)|56亿元|8|8.00|8.00|8.00|MET|
≤1220000.00(元)|121.365万元|20|20.00|20.00|20.00|MET|EVL-027
=2级|2级|5|5.00|5.00|5.00|MET|
=2级|3级|5|—|—|—|MANUAL|
全国前3|全国第1|10|10.00|10.00|10.00|MET|
全国前3|第4|10|—|—|—|JUDGE|
985米|985米|5|5.00|5.00|5.00|MET|
完善|完善|10|10.00|10.00|10.00|MET|EVL-038
完善|制定了…手册|10|—|—|—|JUDGE|EVL-037
≥2场| |5|—|—|—|PENDING|EVL-024
|2场|5|—|—|—|ERROR|EVL-023
≥10场|基本完成|5|—|—|—|ERROR|EVL-025
"""
ROWS = [row.split("|") for row in VECTORS.strip("\n").splitlines()]
IDS = [f"{row[0]} {row[1]}" for row in ROWS]


def score(target: str, actual: str, points: str, profile: ScoringProfile, **cells: str) -> LineScore:
    line = EvaluatedIndicator("a", name="指标", target_text=target, actual_text=actual, points=points, **cells)
    return score_line(line, profile, Thresholds(), STANDARD)


def test_that_all_fifty_vectors_of_the_specification_are_here() -> None:
    assert len(ROWS) == 50


@pytest.mark.parametrize("row", ROWS, ids=IDS)
@pytest.mark.parametrize("rule", NegativeRule)
def test_that_a_line_scores_as_the_specification_says(row: list[str], rule: NegativeRule) -> None:
    target, actual, points, *scores, status, _rules = row
    expected = scores[list(NegativeRule).index(rule)]
    result = score(target, actual, points, ScoringProfile(negative=rule))
    assert ("—" if result.computed is None else str(result.computed)) == expected
    assert result.status is Status[status]
    assert result.score == result.computed
    assert not result.is_manual


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_that_a_line_gives_exactly_the_notices_of_the_specification(row: list[str]) -> None:
    target, actual, points, *_scores, rules = row
    result = score(target, actual, points, ScoringProfile())
    assert [notice.rule for notice in result.notices] == rules.split()


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_that_every_line_is_explained_in_one_line_with_its_score(row: list[str]) -> None:
    target, actual, points, *_scores, _status, _rules = row
    result = score(target, actual, points, ScoringProfile())
    assert result.explanation
    assert "\n" not in result.explanation
    assert "{" not in result.explanation
    assert result.rule_text
    if result.computed is not None:
        assert f"{result.computed:.2f}" in result.explanation


EXPLANATIONS = {
    ("<2.00(秒)", "21ms"): "21ms = 0.021秒 < 2秒，达标；得分 = 分值 5 → 5.00",
    ("<8次", "10次"): "10次 > 8次，未达标；得分 = 5 × 8 ÷ 10 = 4.00",
    (">=35篇", "34篇"): "34篇 < 35篇，未达标；得分 = 5 × 34 ÷ 35 = 4.86",
    (">=35篇", "80篇"): "80篇 > 35篇，达标，超额128.57%；得分 = 分值 5 → 5.00",
    ("=12期", "13期"): "13期 > 12期，超出“=”目标8.33%；得分 = 分值 5 → 5.00",
    ("<8次", "8次"): "8次 = 8次，等于界值（“<”未满足）；得分 = 分值 5 → 5.00",
    ("=0.00(次)", "1次"): "1次 > 0次，未达标；指标值为0，不能按比例计分；得分 = 0.00",
    (">=4万个", "67818个"): "67818个 = 6.7818万个 > 4万个，达标，超额69.55%；得分 = 分值 5 → 5.00",
    ("≤1220000.00(元)", "121.365万元"): "121.365万元 = 1213650元 < 1220000元，达标；得分 = 分值 5 → 5.00",
    ("≥90.00(%)", "85.5"): "85.5% < 90%，未达标；得分 = 5 × 85.5 ÷ 90 = 4.75",
    ("=2级", "3级"): "3级 > 2级，等级不能按比例计分，请手工给分",
    ("985米", "985米"): "985米 = 985米，达标（指标值缺少比较符，按“=”计）；得分 = 分值 5 → 5.00",
    ("<2秒", "3次"): "单位“秒”与“次”无法比较，无法计分",
    ("≤10.00(个工作日)", "9天"): "工作日与自然日不可换算，无法计分",
    ("≥90.00(%)", "0.91"): "“0.91”疑似按小数填写百分比，请写成0.91%或91%，无法计分",
    (">=4万个", "67818"): "疑似漏写量级“万”，请补充单位，无法计分",
    ("全国前3", "全国第1"): "第1名，在第3名以内，达标；得分 = 分值 5 → 5.00",
    ("完善", "完善"): "实际完成值与指标值“完善”一致，视为达成；得分 = 分值 5 → 5.00",
    ("≥2场", " "): "待填实际完成值",
    ("", "2场"): "没有年度指标值，无法计分",
}


@pytest.mark.parametrize("values", EXPLANATIONS, ids=" ".join)
def test_that_the_explanation_shows_converted_numbers_and_formula(values: tuple[str, str]) -> None:
    assert score(*values, "5", ScoringProfile()).explanation == EXPLANATIONS[values]


# level | share of the points, or a dash for the suggested one | score | whether it is inside the band
QUALITATIVE = [
    (Achievement.ACHIEVED, "", "7.00", True),
    (Achievement.ACHIEVED, "0.8", "5.60", True),
    (Achievement.ACHIEVED, "0.79", "5.53", False),
    (Achievement.PARTLY, "", "4.90", True),
    (Achievement.PARTLY, "0.6", "4.20", True),
    (Achievement.PARTLY, "0.8", "5.60", False),
    (Achievement.NOT_ACHIEVED, "", "2.10", True),
    (Achievement.NOT_ACHIEVED, "0.6", "4.20", False),
    (Achievement.NOT_ACHIEVED, "0", "0.00", True),
]


@pytest.mark.parametrize(("level", "share", "expected", "inside"), QUALITATIVE)
def test_that_the_three_bands_take_seven_points_as_specified(
    level: Achievement, share: str, expected: str, inside: bool
) -> None:
    typed = str(q2(7 * Decimal(share))) if share else ""
    result = score("完善", "制定了手册", "7", ScoringProfile(), achievement=level, score=typed, deviation_reason="说明")
    assert str(result.score) == expected
    assert ("EVL-039" in [notice.rule for notice in result.notices]) is not inside
    assert band_range(Decimal(7), level, ScoringProfile()).holds(Decimal(expected)) is inside


# final budget | executed | printed rate | proportional | stepped | rule
EXECUTIONS = """
296272|296272|100.00%|10.00|10.00|
4122000|4120500|99.97%|10.00|7.00|
5000000|5945315.18|118.91%|10.00|10.00|EVL-012
250000|215457.6|86.19%|8.62|7.00|EVL-016
20000|9034|45.17%|4.52|0.00|EVL-016
1965609|1965608.78|100.00%|10.00|7.00|
300000|200000|66.67%|6.67|5.00|EVL-016
1000|899.99|90.00%|9.00|7.00|EVL-016
100000|0|0.00%|0.00|0.00|EVL-016
0|0|—|—|—|EVL-014
0|5|—|—|—|EVL-013
"""
EXECUTION_ROWS = [row.split("|") for row in EXECUTIONS.strip().splitlines()]


@pytest.mark.parametrize("row", EXECUTION_ROWS, ids=lambda row: f"{row[1]} of {row[0]}")
def test_that_the_execution_line_scores_as_the_specification_says(row: list[str]) -> None:
    budget, executed, rate, proportional, stepped, rule = row
    evaluation = Evaluation(adjusted_total=budget, executed_total=executed)
    for execution, expected in ((ExecutionRule.PROPORTIONAL, proportional), (ExecutionRule.STEPPED, stepped)):
        result = score_execution(evaluation, ScoringProfile(execution=execution), Thresholds())
        assert result.rate_text == rate
        assert ("—" if result.score is None else str(result.score)) == expected
        assert [notice.rule for notice in result.notices] == rule.split()


GRADES = [
    ("100", "优", "优"),
    ("90.00", "优", "优"),
    ("89.99", "良", "良"),
    ("80", "良", "良"),
    ("79.99", "中", "良"),
    ("75", "中", "良"),
    ("60", "中", "合格"),
    ("59.99", "差", "不合格"),
]


@pytest.mark.parametrize(("total", "mof", "shanghai"), GRADES)
def test_that_totals_are_graded_as_the_specification_says(total: str, mof: str, shanghai: str) -> None:
    assert grade(Decimal(total), GradeScheme.MOF) == mof
    assert grade(Decimal(total), GradeScheme.SHANGHAI) == shanghai


@pytest.mark.parametrize(
    ("total", "expected"), [("80", "优"), ("79.99", "良"), ("70", "良"), ("60", "中"), ("0", "差")]
)
def test_that_the_older_provincial_scheme_grades_from_eighty(total: str, expected: str) -> None:
    assert grade(Decimal(total), GradeScheme.PROVINCIAL) == expected


REDUCTIONS = [
    (6, 10, "4.75", "4.82", "3.90"),
    (35, 80, "4.50", "4.51", "3.00"),
    (1, 11, "4.00", "4.00", "3.00"),
    (100, 2500, "4.00", "4.00", "3.00"),
    (200, 1797, "4.00", "4.00", "3.00"),
]


@pytest.mark.parametrize(("target", "actual", "r1", "r2", "r3"), REDUCTIONS)
def test_that_reductions_are_suggested_as_the_specification_says(
    target: int, actual: int, r1: str, r2: str, r3: str
) -> None:
    for rule, expected in zip(ReductionRule, (r1, r2, r3), strict=True):
        result = score(f">={target}篇", f"{actual}篇", "5", ScoringProfile(reduction=rule))
        assert str(result.reduction) == expected
        assert str(result.score) == "5.00", "a reduction is never taken by itself"
        over = Decimal(actual - target) / target
        assert str(suggested_reduction(Decimal(5), over, rule, Thresholds())) == expected


@pytest.mark.parametrize(
    ("excess", "expected"),
    [
        *(("0.3", None), ("0.67", "0.95"), ("0.9999", "0.95"), ("1", "0.90"), ("1.29", "0.90"), ("1.9999", "0.90")),
        *(("2", "0.85"), ("4", "0.85"), ("5", "0.85"), ("5.0001", "0.80"), ("24", "0.80")),
    ],
)
def test_that_the_tiers_of_r1_begin_above_the_tolerance(excess: str, expected: str | None) -> None:
    reduced = suggested_reduction(Decimal(100), Decimal(excess), ReductionRule.R1, Thresholds())
    assert reduced == (None if expected is None else Decimal(expected) * 100)
