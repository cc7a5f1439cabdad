"""Lines beyond the vectors: messages, units, bounds, over-achievement, and whatever else may be typed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from model.findings import Severity
from model.quantity import parse
from model.records import Achievement, EvaluatedIndicator, Evaluation
from model.scoring import EVL_MESSAGES, Status, score_evaluation
from model.scoring.periods import per_period
from model.settings import NegativeRule, ScoringProfile, Settings, Thresholds
from model.values.units import STANDARD
from tests.model.lines import messages, rules, scored

MESSAGES = [
    (("", "2场"), "EVL-023", "“巡检次数”没有年度指标值，无法计分。"),
    (("≥2场", ""), "EVL-024", "请填写“巡检次数”的实际完成值。"),
    (("≥2场", "完成"), "EVL-025", "“巡检次数”为定量指标，实际完成值应为数值。"),
    (("<2秒", "3次"), "EVL-026", "单位不一致：指标值“秒”，实际值“次”，无法比较。"),
    (("<2秒", "21ms"), "EVL-027", "已换算：21ms = 0.021秒。"),
    (("≥90.00(%)", "85.5"), "EVL-028", "实际完成值缺少单位，按“%”处理，请确认。"),
    (("≥90", "95%"), "EVL-028", "指标值缺少单位，按“%”处理，请确认。"),
    ((">=4万个", "67818"), "EVL-028", "实际完成值缺少单位，疑似漏写量级“万”，请补充单位。"),
    ((">=2场次", "2场"), "EVL-029", "单位写法不同（场次/场），建议统一。"),
    (("≥90%", "0.91"), "EVL-030", "“0.91”疑似按小数填写百分比，请确认是0.91%还是91%。"),
    (("=100%", "99.999%"), "EVL-031", "“巡检次数”未达指标值，四舍五入后为满分。"),
    (("<8次", "8次"), "EVL-032", "实际值等于界值，“<”未满足，请核对。"),
    (("=12期", "13期"), "EVL-033", "“巡检次数”目标为“=”，实际超出8.33%。"),
    ((">=4万个", "67818个"), "EVL-034", "超额69.55%，指标值可能偏低，请说明。"),
    ((">=1篇", "11篇"), "EVL-035", "超额1000%，偏离过大，请说明原因，可参考建议调减分值。"),
    ((">=2篇", "1篇"), "EVL-036", "“巡检次数”得分低于分值，请填写偏差原因分析及改进措施。"),
    (("完善", "制定了手册"), "EVL-037", "请为“巡检次数”选择达成等级。"),
    (("完善", "完善"), "EVL-038", "“巡检次数”实际完成值与指标值相同，请补充佐证说明。"),
]


@pytest.mark.parametrize(("values", "rule", "message"), MESSAGES)
def test_that_messages_are_those_of_the_specification(values: tuple[str, str], rule: str, message: str) -> None:
    assert messages(scored(*values))[rule] == message


@pytest.mark.parametrize("rule", ["EVL-023", "EVL-024", "EVL-025", "EVL-026", "EVL-030", "EVL-036", "EVL-037"])
def test_that_what_prevents_a_score_is_an_error(rule: str) -> None:
    assert EVL_MESSAGES[rule][0] is Severity.ERROR


def test_that_a_missing_unit_warns_and_a_missing_magnitude_is_an_error() -> None:
    assert scored(">=4万个", "5").notices[0].severity is Severity.WARNING
    assert scored(">=4万个", "67818").notices[0].severity is Severity.ERROR


# target | actual | computed | status
UNITS = [
    ("≤50.00(万元)", "400000元", "5.00", Status.MET),
    ("≤50.00(万元)", "40万", "5.00", Status.MET),
    ("≤50.00(万元)", "48", "5.00", Status.MET),
    ("≤50.00(万元)", "400000", None, Status.ERROR),
    ("≥55.00(亿元)", "5600000000", None, Status.ERROR),
    (">=4万个", "5万", "5.00", Status.MET),
    (">=500万", "6000000", None, Status.ERROR),
    (">=0.5万", "96%", "0.10", Status.UNMET),
    (">=500万", "600", "5.00", Status.MET),
    (">=5000000", "600万", "5.00", Status.MET),
    (">=50000", "6万次", "5.00", Status.MET),
    ("≥1万场次", "9000场", "4.50", Status.UNMET),
    ("≤2.00(小时)", "150分钟", "4.00", Status.UNMET),
    ("≥2.00(亩)", "1000平方米", "3.75", Status.UNMET),
    ("≥90.00(%)", "0.95倍", "5.00", Status.MET),
    ("≤1%", "0.5", "5.00", Status.MET),
    ("≥90%", "1%", "0.06", Status.UNMET),
    ("≥3.00(个月)", "90天", None, Status.ERROR),
    ("≥3.00(家)", "4个", None, Status.ERROR),
    ("≥3.00(盏)", "4盏", "5.00", Status.MET),
]


@pytest.mark.parametrize(("target", "actual", "computed", "status"), UNITS)
def test_that_values_are_compared_in_the_units_they_mean(
    target: str, actual: str, computed: str | None, status: Status
) -> None:
    line = scored(target, actual)
    assert (line.computed, line.status) == (None if computed is None else Decimal(computed), status)


_IN_DECIMALS = "指标值“0.5”与实际完成值“{}”可能一个是小数、一个是百分数，无法计分；请把指标值写成0.5%或50%"
_NO_UNIT = "没有写单位，可能是{0}%，也可能是{1}%，无法计分；请把指标值写成{0}%或{1}%"
_EACH_OR_ALL = "“{}”没有写单位，可能是每期的数，也可能是全年的数；请补充单位：每期的数写“次/月”"

# target | actual | how both are read: where two readings agree on the verdict one counts, else a person is asked
READINGS = [
    ("<=50", "0.5", "0.5 < 50，达标"),
    ("<=50", "0.51", "“0.51”疑似按小数填写百分比，请写成0.51%或51%，无法计分"),
    (">=10", "0.5", "“0.5”疑似按小数填写百分比，请写成0.5%或50%，无法计分"),
    (">=100", "0.5", "“0.5”疑似按小数填写百分比，请写成0.5%或50%，无法计分"),
    (">=9", "0.5", "0.5 < 9，未达标"),
    (">=101", "0.5", "0.5 < 101，未达标"),
    (">=0.5", "49", _IN_DECIMALS.format(49)),
    (">=0.5", "10", _IN_DECIMALS.format(10)),
    (">=0.5", "50", "50 > 0.5，达标，超额9900%"),
    ("<=0.5", "100", _IN_DECIMALS.format(100)),
    ("<=0.5", "9", "9 > 0.5，未达标"),
    ("<=0.5", "101", "101 > 0.5，未达标"),
    (">=0.95", "96%", "96% = 0.96 > 0.95，达标"),
    (">=0.95", "0.5%", f"指标值“0.95”{_NO_UNIT.format('0.95', '95')}"),
    (">=1", "96%", f"指标值“1”{_NO_UNIT.format('1', '100')}"),
    (">=1.1", "96%", "96% > 1.1，达标，超额8627.27%"),
    (">=500", "520万元", "520万元 > 500，达标"),
    (
        ">=500",
        "480万元",
        "指标值“500”没有写单位，可能是500万元，也可能漏写了量级，无法计分；请给指标值补上单位，例如“500万元”",
    ),
    (">=60000", "6万次", "6万次 = 60000 = 60000，达标"),
    (">=70000", "6万次", "6万次 = 60000 < 70000，未达标"),
    (">=1次/月", "11", _EACH_OR_ALL.format(11)),
    (">=1次/月", "12", "12次/月 > 1次/月，达标，超额1100%"),
    (">=2次/月", "1", _EACH_OR_ALL.format(1)),
    (">=1万元", "10000", "疑似漏写量级“万元”，请补充单位，无法计分"),
    (">=1万元", "9999", "9999万元 > 1万元，达标，超额999800%"),
    ("≥90%", "1", "“1”疑似按小数填写百分比，请写成1%或100%，无法计分"),
    ("≥90%", "1.1", "1.1% < 90%，未达标"),
    ("≥1%", "1", "1% = 1%，达标"),
    ("≥1%", "0.5", "0.5% < 1%，未达标"),
]


@pytest.mark.parametrize(("target", "actual", "read"), READINGS)
def test_that_numbers_that_lack_a_unit_are_read_as_they_can_only_be_meant_or_asked_for(
    target: str, actual: str, read: str
) -> None:
    assert scored(target, actual).explanation.partition("；得分")[0] == read


def test_that_a_conversion_with_no_finite_decimal_stays_exact() -> None:
    assert scored("≥1.00(亩)", "666.67平方米").status is Status.MET
    assert scored("≥3.00(亩)", "2000平方米").status is Status.MET
    assert scored("≥3.00(亩)", "1999.99平方米").status is Status.UNMET


# target | actual | computed | status
BOUNDS = [
    (">=0次", "0次", "5.00", Status.MET),
    (">=0次", "-1次", "0.00", Status.UNMET),
    (">0次", "0次", "0.00", Status.UNMET),
    (">0次", "1次", "5.00", Status.MET),
    ("=0次", "-1次", "0.00", Status.UNMET),
    ("<0次", "0次", "5.00", Status.BORDER),
    ("<=0次", "0次", "5.00", Status.MET),
    (">=-5%", "-3%", "5.00", Status.MET),
    (">=-5%", "-8%", None, Status.MANUAL),
    (">-5%", "-5%", "5.00", Status.BORDER),
    ("=-5%", "-5%", "5.00", Status.MET),
    ("=-5%", "-3%", None, Status.MANUAL),
    ("<=-5%", "-8%", "5.00", Status.MET),
    ("<=-5%", "-3%", None, Status.MANUAL),
    ("≥3.00(级)", "4级", None, Status.MANUAL),
    ("985米", "900米", "4.57", Status.UNMET),
    ("=8(门)", "≥8(门)", "5.00", Status.MET),
]


@pytest.mark.parametrize(("target", "actual", "computed", "status"), BOUNDS)
def test_that_bounds_at_and_below_zero_follow_the_specification(
    target: str, actual: str, computed: str | None, status: Status
) -> None:
    line = scored(target, actual)
    assert (line.computed, line.status) == (None if computed is None else Decimal(computed), status)


def test_that_a_line_may_be_all_or_nothing_whatever_the_unit_chose() -> None:
    assert scored("<8次", "10次", negative_rule="N3").computed == 0
    assert scored("<8次", "10次", profile=ScoringProfile(negative=NegativeRule.N2)).computed == Decimal("3.75")
    assert scored("<8次", "10次", negative_rule="?").computed == 4


def test_that_the_rule_for_negative_targets_is_told_in_words_and_offers_n3_for_accidents() -> None:
    ordinary = "反向指标：达到界值得满分；超过时按 指标值÷实际值 计分"
    assert scored("<8次", "10次").rule_text == ordinary
    assert (
        scored("<8次", "10次", name="安全事故次数").rule_text
        == f"{ordinary}；安全类指标可在计分方案里改为“未达标即得0分”"
    )
    assert "未达标即得0分" not in scored("<8次", "10次", name="安全事故次数", negative_rule="N3").rule_text


def test_that_over_achievement_is_measured_for_minimum_targets_only() -> None:
    assert scored(">=10篇", "12篇").over_achievement == Decimal("0.2")
    assert scored(">=10篇", "12篇").reduction is None
    assert scored("=10篇", "30篇").over_achievement is None
    assert scored("<10篇", "1篇").over_achievement is None


@pytest.mark.parametrize(("actual", "expected"), [("13篇", []), ("19篇", ["EVL-034"]), ("20篇", ["EVL-035"])])
def test_that_over_achievement_warns_above_its_thresholds_until_a_reason_is_given(
    actual: str, expected: list[str]
) -> None:
    assert rules(scored(">=10篇", actual)) == expected
    assert rules(scored(">=10篇", actual, deviation_reason="新增任务")) == []
    tolerant = Thresholds(over_achievement_percent=Decimal(1000), over_achievement_strong_percent=Decimal(1000))
    assert rules(scored(">=10篇", actual, thresholds=tolerant)) == []


def test_that_a_target_that_begins_like_a_number_but_is_none_is_an_error() -> None:
    line = scored(">=9O%", "95%")
    assert (line.status, line.computed, rules(line)) == (Status.ERROR, None, [])
    assert line.explanation == "无法识别指标值“>=9O%”，请按“比较符+数值+单位”填写"


def test_that_a_line_without_points_is_judged_but_not_scored() -> None:
    for points in ("", "五分", "0", "-5", "3.333"):
        line = scored("≥2场", "3场", points)
        assert (line.status, line.computed, line.score) == (Status.MET, None, None)
        assert line.explanation.endswith("分值未填或无效，暂不计分")


def test_that_points_may_be_typed_full_width() -> None:
    assert scored("≥2场", "3场", " １０ ").computed == 10


def test_that_a_line_without_a_name_is_called_by_its_place_in_messages() -> None:
    line = EvaluatedIndicator("a", name=" ", target_text="≥2场", points="5")
    score = score_evaluation(Evaluation(indicators=(replace(line, id="b", name="甲"), line)), Settings(), 2026)
    assert [messages(one)["EVL-024"] for one in score.lines] == [
        f"请填写“{name}”的实际完成值。" for name in ("甲", "第2条指标")
    ]


typed = st.text(max_size=12) | st.from_regex(
    r"(>=|<=|=|>|<|≥|≤)?-?[0-9]{1,6}(\.[0-9]{1,3})?(万|亿)?(个|次|%|秒|ms|元|万元|级)?", fullmatch=True
)


@given(typed, typed, typed, typed, st.sampled_from([*Achievement, "", "?"]), st.sampled_from(NegativeRule))
@example("", "", "0.005", "0.005", "", NegativeRule.N1)
def test_that_whatever_is_typed_a_score_lies_between_nothing_and_the_points(
    target: str, actual: str, points: str, manual: str, achievement: str, rule: NegativeRule
) -> None:
    line = scored(target, actual, points, ScoringProfile(negative=rule), score=manual, achievement=achievement)
    assert line.explanation
    assert "\n" not in line.explanation
    for figure in (line.computed, line.score):
        if figure is not None:
            assert figure >= 0
            assert line.points is None or figure <= line.points


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(NegativeRule))
def test_that_doing_better_never_scores_less(target: int, one: int, other: int, rule: NegativeRule) -> None:
    less, more = sorted((one, other))
    profile = ScoringProfile(negative=rule)
    at_least = [scored(f">={target}个", f"{actual}个", "10", profile).computed or 0 for actual in (less, more)]
    at_most = [scored(f"<={target}个", f"{actual}个", "10", profile).computed or 0 for actual in (less, more)]
    assert at_least == sorted(at_least)
    assert at_most == sorted(at_most, reverse=True)


@pytest.mark.parametrize(
    ("target", "actual", "wanted"),
    [("≥10场", "13场", True), ("=10场", "13场", True), ("≥10场", "12.9场", False), ("≤10场", "3场", False)],
)
def test_that_a_year_may_make_the_reason_of_what_is_exceeded_mandatory(target: str, actual: str, wanted: bool) -> None:
    guangxi = ScoringProfile(reason_from_percent=Decimal(130))
    assert ("EVL-056" in rules(scored(target, actual, profile=guangxi))) is wanted
    assert "EVL-056" not in rules(scored(target, actual))
    assert "EVL-056" not in rules(scored(target, actual, profile=guangxi, deviation_reason="新增一场"))


def test_that_one_excess_is_spoken_of_once() -> None:
    guangxi = ScoringProfile(reason_from_percent=Decimal(130))
    assert rules(scored("≥10场", "30场", profile=guangxi)) == ["EVL-056"]
    assert rules(scored("≥10场", "30场")) == ["EVL-035"]


def test_that_a_rate_of_a_period_and_a_number_without_a_unit_are_nothing_of_one_kind() -> None:
    assert per_period(parse("620万/月"), parse("7440万"), STANDARD) is None
