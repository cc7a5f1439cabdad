"""domain.md §5.1 to §5.4: what a typed value means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.quantity import Comparator, Kind, Style, Value, parse, parse_actual
from model.values.units import STANDARD


def test_that_the_first_example_of_the_regulation_is_read_in_every_field() -> None:
    value = parse("≥1.90(亿条)")
    assert value.kind is Kind.QUANT
    assert value.raw == "≥1.90(亿条)"
    assert value.comparator is Comparator.GE
    assert str(value.number) == "1.90"
    assert (value.magnitude, value.magnitude_text) == (Decimal(10**8), "亿")
    assert value.unit_raw == "亿条"
    assert value.unit is STANDARD.find("条")
    assert value.dimension == "count:条"
    assert value.base == 190_000_000


def test_that_the_second_example_of_the_regulation_is_read_in_every_field() -> None:
    value = parse("21ms")
    assert (value.kind, value.comparator, value.has_comparator) == (Kind.QUANT, None, False)
    assert (value.number, value.magnitude, value.unit_raw) == (21, 1, "ms")
    assert value.unit is not None
    assert (value.unit.name, value.dimension, value.base) == ("毫秒", "time", Decimal("0.021"))


@pytest.mark.parametrize(
    ("text", "comparator", "number", "unit_raw", "base"),
    [
        ("≥2000.00(篇)", "≥", "2000.00", "篇", "2000"),
        ("≤10.00(个工作日)", "≤", "10.00", "个工作日", "10"),
        ("<2.00(秒)", "<", "2.00", "秒", "2"),
        ("=8(门)", "=", "8", "门", "8"),
        ("≥55.00(万人)", "≥", "55.00", "万人", "550000"),
        ("=100.00 (%)", "=", "100.00", "%", "1"),
        ("≥ 90.00 (百分比)", "≥", "90.00", "百分比", "0.9"),
        ("≥55.00 (亿元)", "≥", "55.00", "亿元", "5500000000"),
        ("$\\geq 50.00$ (%)", "≥", "50.00", "%", "0.5"),
        ("$\\geq 90.00\\%$", "≥", "90.00", "%", "0.9"),
        ("=365天", "=", "365", "天", "31536000"),
        (">40000个", ">", "40000", "个", "40000"),
        (">=2000万次", "≥", "2000", "万次", "20000000"),
        (">=500万", "≥", "500", "万", "5000000"),
        ("<2S", "<", "2", "S", "2"),
        (">=1,000,000.5元", "≥", "1000000.5", "元", "1000000.5"),
        ("≥-5%", "≥", "-5", "%", "-0.05"),
        ("＞＝９０％", "≥", "90", "%", "0.9"),
        ("=0.00(次)", "=", "0.00", "次", "0"),
        ("≥5(人次/天)", "≥", "5", "人次/天", "5"),
        ("≥百分之90", "≥", "90", "%", "0.9"),
        ("≤210.00(元/人)", "≤", "210.00", "元/人", "210"),
        ("≥12345678901234567890(个)", "≥", "12345678901234567890", "个", "12345678901234567890"),
    ],
)
def test_that_a_quantity_is_read(text: str, comparator: str, number: str, unit_raw: str, base: str) -> None:
    value = parse(text)
    assert value.kind is Kind.QUANT
    assert value.comparator == comparator
    assert str(value.number) == number
    assert value.unit_raw == unit_raw
    assert value.base == Decimal(base)
    assert value.has_comparator
    assert not value.malformed
    assert value.unit is None or value.unit.known


@pytest.mark.parametrize(
    ("text", "number", "base"),
    [
        ("985米", "985", "985"),
        ("1114.3566万次", "1114.3566", "11143566"),
        ("99.91%", "99.91", "0.9991"),
        ("692\n59个", "69259", "69259"),
        ("0次", "0", "0"),
        ("600万", "600", "6000000"),
        ("42", "42", "42"),
    ],
)
def test_that_a_quantity_needs_no_comparator(text: str, number: str, base: str) -> None:
    value = parse(text)
    assert (value.kind, value.comparator) == (Kind.QUANT, None)
    assert (str(value.number), value.base) == (number, Decimal(base))


@pytest.mark.parametrize(
    ("text", "unit", "magnitude"),
    [
        ("≥5.00(箱)", "箱", ""),
        (">=3万箱", "箱", "万"),
        ("5箱", "箱", ""),
        ("≥3亿(樽)", "樽", "亿"),
        ("=2百叶窗", "百叶窗", ""),
    ],
)
def test_that_an_unknown_unit_is_a_unit_behind_its_magnitude(text: str, unit: str, magnitude: str) -> None:
    value = parse(text)
    assert value.kind is Kind.QUANT
    assert value.unit is not None
    assert (value.unit.known, value.unit.name, value.dimension) == (False, unit, f"count:{unit}")
    assert value.magnitude_text == magnitude


def test_that_a_clerks_own_unit_is_read_with_its_magnitude() -> None:
    value = parse(">=3万箱", STANDARD.with_own(["箱"]))
    assert value.base == 30_000
    assert value.unit is not None
    assert value.unit.known


@pytest.mark.parametrize("text", ["", "  ", "—", "——", "－", "/", "／", "无数据", "无数据。", "。"])
def test_that_a_blank_or_a_stroke_is_a_missing_value(text: str) -> None:
    assert parse(text) == Value(Kind.MISSING, text)


def test_that_the_word_none_is_a_qualitative_value() -> None:
    assert parse("无").kind is Kind.QUAL


@pytest.mark.parametrize(
    ("text", "limit", "ordinal"),
    [
        ("全国前3", 3, False),
        ("全国第1", 1, True),
        ("第4", 4, True),
        ("行业前 10 名", 10, False),
        ("全市第２位", 2, True),
    ],
)
def test_that_a_rank_is_read(text: str, limit: int, ordinal: bool) -> None:
    value = parse(text)
    assert (value.kind, value.rank_limit, value.rank_is_ordinal) == (Kind.RANK, limit, ordinal)


@pytest.mark.parametrize("text", ["第1阶段", "全国排名前100名", "前三甲", "前3个"])
def test_that_a_longer_or_worded_rank_is_text(text: str) -> None:
    assert parse(text).kind is Kind.QUAL


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2025年12月31日前完成系统运维。", date(2025, 12, 31)),
        ("2025年底前完成", date(2025, 12, 31)),
        ("2025 年底前项目上线稳定运行。", date(2025, 12, 31)),
        ("2026年10月全部改造完成", date(2026, 10, 31)),
        ("2026年2月底之前", date(2026, 2, 28)),
        ("2028年2月", date(2028, 2, 29)),
        ("2026年完成建设", date(2026, 12, 31)),
        ("2026年内上线", date(2026, 12, 31)),
        ("2026年", date(2026, 12, 31)),
        ("2026-06-30", date(2026, 6, 30)),
        ("2026.6.30前", date(2026, 6, 30)),
        ("于2026年3月启动，2026年9月5日前验收", date(2026, 9, 5)),
        ("2026年1月1日至2026年11月30日", date(2026, 11, 30)),
        ("2026年6月30日前发布不少于3篇", date(2026, 6, 30)),
    ],
)
def test_that_a_deadline_falls_on_its_day_or_the_last_day_of_its_month_or_year(text: str, due: date) -> None:
    value = parse(text)
    assert (value.kind, value.due_date) == (Kind.DEADLINE, due)


@pytest.mark.parametrize(
    ("text", "malformed"),
    [
        ("形成2025年度报告", False),
        ("2025年度报告发布", False),
        ("较2024年提高", False),
        ("2025年2月30日前", True),
        ("2025年13月前", True),
        ("每月15日前", False),
    ],
)
def test_that_a_year_in_passing_or_an_impossible_day_is_no_deadline(text: str, malformed: bool) -> None:
    value = parse(text)
    assert (value.kind, value.malformed, value.due_date) == (Kind.QUAL, malformed, None)


@pytest.mark.parametrize(
    ("text", "constraints"),
    [
        ("不少于10家紧密合作基地", [("≥", "10", "家")]),
        ("不少于80%的全勤率", [("≥", "80", "%")]),
        ("平均每个项目不少于2件", [("≥", "2", "件")]),
        ("系统并发量大于50", [(">", "50", "")]),
        ("形成优秀案例≥10项", [("≥", "10", "项")]),
        ("增长5%以上", [("≥", "5", "%")]),
        ("稳定在3.2及以上", [("≥", "3.2", "")]),
        ("新增入库技术 ≥ 200 项，发布内容 ≥ 100 条。", [("≥", "200", "项"), ("≥", "100", "条")]),
        ("保持 7*24 小时的连续运行，故障修复时间平均少于2小时。", [("<", "2", "小时")]),
        ("至少覆盖，至少 10 家", [("≥", "10", "家")]),
        ("合格率达到98%以上", [("≥", "98", "%")]),
        ("率≥95%(含)", [("≥", "95", "%")]),
        ("疏散控制在3天以内", [("≤", "3", "天")]),
        ("不少于10余家", [("≥", "10", "家")]),
        ("服务超过3万余", [(">", "3", "万")]),
        ("3个工作日内办结", [("≤", "3", "个工作日")]),
        ("满意率不低于百分之90", [("≥", "90", "%")]),
        ("增长率不低于-5%", [("≥", "-5", "%")]),
    ],
)
def test_that_a_comparison_in_words_is_found(text: str, constraints: list[tuple[str, str, str]]) -> None:
    value = parse(text)
    assert value.kind is Kind.QUAL_NUM
    assert not value.malformed
    found = [(str(one.comparator), str(one.number), one.unit_raw) for one in value.constraints]
    assert found == constraints


@pytest.mark.parametrize(
    ("text", "constraints"),
    [
        ("不低于3万人次", [("≥", "3", "万人次")]),
        ("超过10家", [(">", "10", "家")]),
        ("控制在3天以内", [("≤", "3", "天")]),
        ("不超过10家", [("≤", "10", "家")]),
        ("不得超过10家", [("≤", "10", "家")]),
        ("不得少于10家", [("≥", "10", "家")]),
        ("不高于30元/人次", [("≤", "30", "元/人次")]),
        ("小于等于3秒", [("≤", "3", "秒")]),
        ("大于或等于3秒", [("≥", "3", "秒")]),
        ("低于5%", [("<", "5", "%")]),
        ("最多3次", [("≤", "3", "次")]),
        ("90%以上", [("≥", "90", "%")]),
        ("≥10家以上", [("≥", "10", "家")]),
        ("不少于3万个", [("≥", "3", "万个")]),
        ("小于2秒", [("<", "2", "秒")]),
    ],
)
def test_that_a_text_that_is_nothing_but_one_comparison_is_that_quantity(
    text: str, constraints: list[tuple[str, str, str]]
) -> None:
    value = parse(text)
    assert value.kind is Kind.QUANT
    assert value.raw == text
    assert [(str(value.comparator), str(value.number), value.unit_raw)] == constraints


def test_that_a_comparison_names_its_passage_and_its_base_value() -> None:
    (constraint,) = parse("力争不少于3万个以上的点击").constraints
    assert constraint.text == "不少于3万个以上"
    assert (constraint.magnitude_text, constraint.base) == ("万", 30_000)
    assert constraint.unit is STANDARD.find("个")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "7*24小时以上值守",
            "系统总故障时间小于运行时间0.01%",
            "推动 5 项科技创新合作",
            "组织参展1-2场",
            "超过2024年",
        ),
        *(
            "1.完成升级",
            "2、完成验收",
            "A4以上",
            "高于全国平均数",
            "每1-3场以上",
            "评选出100个",
            "达到1e5",
            "会议10项内",
            "评价等次为三以上",
        ),
    ],
)
def test_that_a_number_without_a_clear_comparison_is_none(text: str) -> None:
    assert parse(text).constraints == ()
    assert parse(text).kind is Kind.QUAL


@pytest.mark.parametrize(
    "text",
    [
        *(
            "≥",
            ">=",
            "≥abc个1",
            "90%%",
            "12..5%",
            "1e999999",
            "1e5",
            "≥.5%",
            "10²(个)",
            "10²",
        ),
        *(
            "≥(个)",
            "=(个)",
            "1,00个",
            "5 or 6",
            "≥1.2.3(个)",
            "123456789012345678901个",
            ">=<5",
            "9O%",
            "≥5(3个)",
            "≥95.00()",
            "≥1e5",
            "≥90%%",
        ),
    ],
)
def test_that_what_begins_like_a_quantity_but_is_none_is_marked_malformed(text: str) -> None:
    value = parse(text)
    assert (value.kind, value.malformed, value.number) == (Kind.QUAL, True, None)


@pytest.mark.parametrize(
    "text",
    [
        "10余家",
        "100多家企业",
        "10家企业完成入驻",
        "10项内",
        "1次/2年",
        "7*24小时服务",
        "1.完成升级",
        "2、验收",
        "12月底完成",
        "安全",
        "3）验收",
        "٣٤%",
        "①完成",
        "5G基站建设",
        "3A级",
    ],
)
def test_that_a_text_may_begin_with_a_clause_number_or_a_month(text: str) -> None:
    assert not parse(text).malformed


def test_that_a_text_is_kept_beside_its_meaning() -> None:
    assert parse(" 安全、稳定。\n").text == "安全、稳定。"
    assert parse(" 安全、稳定。\n").raw == " 安全、稳定。\n"


def test_that_a_comparator_typed_on_the_actual_side_is_noted_but_does_not_count() -> None:
    value = parse_actual("≥90%")
    assert (value.comparator, value.has_comparator, value.base) == (None, True, Decimal("0.9"))
    assert parse_actual("90%") == parse("90%")


@pytest.mark.parametrize(
    ("comparator", "symbol", "ascii_text", "negative"),
    [
        (Comparator.GE, "≥", ">=", False),
        (Comparator.GT, ">", ">", False),
        (Comparator.EQ, "=", "=", False),
        (Comparator.LT, "<", "<", True),
        (Comparator.LE, "≤", "<=", True),
    ],
)
def test_that_a_comparator_knows_its_two_signs_and_its_direction(
    comparator: Comparator, symbol: str, ascii_text: str, negative: bool
) -> None:
    assert (comparator.symbol, comparator.ascii, comparator.is_negative) == (symbol, ascii_text, negative)
    assert parse(f"{ascii_text}5个").comparator is parse(f"{symbol}5个").comparator is comparator


SIGNED = st.sampled_from(["", "≥", "≤", ">=", "<=", ">", "<", "="])
NUMBERS = st.sampled_from(["0", "5", "9", "12", "95", "90.00", "0.5", "2000.00", "2025", "12.345", "100"])
UNITS = st.sampled_from(
    [
        "",
        "%",
        "(%)",
        "次",
        "(次)",
        "万元",
        "元/人次",
        "(元/人次)",
        "年",
        "月",
        "天",
        "成",
        "万",
        "(万)",
        "樽",
        "(樽)",
        "投诉",
        "ms",
    ]
)


@given(SIGNED, NUMBERS, UNITS)
def test_that_what_is_read_at_one_match_is_what_the_whole_grammar_reads(sign: str, number: str, unit: str) -> None:
    text = f"{sign}{number}{unit}"
    # a space in front means nothing, and is enough to have the text read as any other
    assert replace(parse(f" {text}"), raw=text, style=Style.TYPED) == replace(parse(text), style=Style.TYPED)
