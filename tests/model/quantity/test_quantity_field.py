"""domain.md §5.7: values as clerks of other units and regions write them."""

from __future__ import annotations

from datetime import date

import pytest

from model.quantity import Kind, Style, figures_in, parse, printed
from model.values.units import STANDARD
from tests.model.field_cases import as_a_case, cases

YEAR = 2025
NOTATIONS = cases("notations")


@pytest.mark.parametrize("case", NOTATIONS, ids=[case["text"] for case in NOTATIONS])
def test_that_a_notation_from_the_field_is_read_as_it_is_meant(case: dict[str, str]) -> None:
    expected = {key: value for key, value in case.items() if key not in ("text", "remark")}
    assert expected.items() <= as_a_case(parse(case["text"], STANDARD, YEAR)).items()


def test_that_all_notations_are_there() -> None:
    assert len(NOTATIONS) == 222


# Others of the same kinds: text | kind | comparator, low, ratio or due | number or high | unit
KINDS = """
每周不少于2次|quantity|≥|2|次/周
每人每月500元|quantity||500|元/人·月
500元每人每天|quantity||500|元/人·天
17元/人.每天|quantity||17|元/人·天
每平方米≤3000元|quantity|≤|3000|元/平方米
≤1.5元/㎡·月|quantity|≤|1.5|元/平方米·月
≥50000m³/d|quantity|≥|50000|m³/d
120km/h|quantity||120|km/h
≤50mg/m³|quantity|≤|50|mg/m³
≥1000立方米/日|quantity|≥|1000|立方米/日
≥10台（套）|quantity|≥|10|台套
100TEU|quantity||100|标箱
≥3万樽|quantity|≥|3|万樽
≤28.40/株|quantity|≤|28.40|/株
≥80M|quantity|≥|80|M
达95%|quantity|≥|95|%
已达95%|quantity|≥|95|%
控制在3天以内|quantity|≤|3|天
超13万元/年|quantity|>|13|万元/年
95%（不含）以上|quantity|>|95|%
60分(含)以上|quantity|≥|60|分
95%以上（含95%）|quantity|≥|95|%
等于100%|quantity|=|100|%
》=90%|quantity|≥|90|%
〉=95%|quantity|≥|95|%
》95%|quantity|>|95|%
《=5%|quantity|≤|5|%
《5天|quantity|<|5|天
≮95%|quantity|≥|95|%
≥=95%|quantity|≥|95|%
一次|quantity||1|次
两场|quantity||2|场
八成|quantity||80|%
九成五|quantity||95|%
百分之九十五点五|quantity||95.5|%
千分之三|quantity||3|‰
≥十万人|quantity|≥|10|万人
一百二十三人次|quantity||123|人次
1亿5000万元|quantity||150000000|元
3万5千人|quantity||35000|人
0起安全事故|quantity||0|起
98 %(百分比)|quantity||98|%
100%覆盖|quantity||100|%
12次（含线上2次）|quantity||12|次
已完成12次|quantity||12|次
≥10家企业|quantity|≥|10|家
3次/学期|quantity||3|次/学期
3至5次|range|3|5|次
14～24℃|range|14|24|℃
85％—95％|range|85|95|%
10天-15天|range|10|15|天
10万-15万元|range|10|15|万元
10万-15万亩|range|10|15|万亩
5000-1万元|range|0.5000|1|万元
10-15万元|range|10|15|万元
3-5万人次|range|3|5|万人次
10万-15万|range|10|15|万
8000-1万人次|range|0.8000|1|万人次
3樽-5樽|range|3|5|樽
15-10天|range|10|15|天
控制在10-15天|range|10|15|天
介于80%与90%之间|range|80|90|%
介于5和6次|range|5|6|次
5和6次之间|range|5|6|次
5和6次|words_with_number||6|次
落实《行动方案》3项措施|words_with_number||3|项
项目于2024-12-31正式上线|deadline|2024-12-31||
推动5项合作达到标准|words_with_number||5|项
≥5甲乙丙丁戊己庚辛壬癸子丑|quantity|≥|5|甲乙丙丁戊己庚辛壬癸子丑
≥5甲乙丙丁戊己庚辛壬癸子丑寅|words_with_number|≥|5|
5甲乙丙丁|quantity||5|甲乙丙丁
5甲乙丙丁戊|words|||
较2024年12月底有所下降|words|||
投诉数较2024年12月底有所下降|words|||
已5-6次|range|5|6|次
应控制在5-6次|range|5|6|次
10-5角|range|5|10|角
不低于80%且不高于90%|range|80|90|%
100±5万元|range|95|105|万元
37℃±1℃|range|36|38|℃
-5~5℃|range|-5|5|℃
不高于1:18|ratio|≤|1:18|
1：1.5|ratio||1:1.5|
1比3|ratio||1:3|
小于1/100万|ratio|<|1:1000000|
三分之二以上|ratio|≥|2:3|
12月底|deadline|2025-12-31||
10月|deadline|2025-10-31||
十二月底前|deadline|2025-12-31||
11月前|deadline|2025-11-30||
12月上旬|deadline|2025-12-10||
1-12月|deadline|2025-12-31||
2021年1月-12月|deadline|2021-12-31||
2024年3月至2025年2月|deadline|2025-02-28||
2020-2022年|deadline|2022-12-31||
2023年三季度前|deadline|2023-09-30||
上半年|deadline|2025-06-30||
2024年度内|deadline|2024-12-31||
年度末|deadline|2025-12-31||
次年3月底前|deadline|2026-03-31||
2024-12|deadline|2024-12-31||
约92%|words_with_number||92|%
100余人|words_with_number||100|人
100人左右|words_with_number||100|人
下降3%以上|words_with_number|≥|3|%
每年12月31日前|deadline|2025-12-31||
《2026年工作要点》|words|||
无障碍|words|||
一次性完成|words|||
一流|words|||
两三次|words|||
三位一体|words|||
9:00|words|||
2025年度|words|||
每季度末|words|||
≥|malformed|||
9O%|malformed|||
>=<5|malformed|||
"""
ROWS = [row.split("|") for row in KINDS.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_that_others_of_the_kinds_are_read_too(row: list[str]) -> None:
    text, kind, first, second, unit = row
    found = as_a_case(parse(text, STANDARD, YEAR))
    assert found["kind"] == kind
    match kind:
        case "range":
            assert (found["low"], found["high"], found["unit"]) == (first, second, unit)
        case "ratio":
            assert (found["comparator"], found["ratio"]) == (first, second)
        case "deadline":
            assert found["due"] == first
        case "quantity" | "words_with_number":
            assert (found["comparator"], found["number"], found["unit"]) == (first, second, unit)
        case _:
            assert found.get("number") is None


@pytest.mark.parametrize(
    ("text", "timely", "due"),
    [
        ("20231231", True, date(2023, 12, 31)),
        ("202312", True, date(2023, 12, 31)),
        ("12.31", True, date(2025, 12, 31)),
        ("2025.6", True, date(2025, 6, 30)),
        ("20231231", False, None),
        ("2025.6", False, None),
        ("20231331", True, None),
        ("2.30", True, None),
    ],
)
def test_that_digits_alone_are_a_date_on_a_line_of_time_only(text: str, timely: bool, due: date | None) -> None:
    value = parse(text, STANDARD, YEAR, timely=timely)
    assert value.due_date == due
    assert (value.kind is Kind.DEADLINE) == (due is not None)


@pytest.mark.parametrize(("text", "base"), [("≤30分", 1800), ("30分以内", 1800), ("≤30分钟", 1800)])
def test_that_a_mark_is_a_minute_on_a_line_of_time(text: str, base: int) -> None:
    assert parse(text, timely=True).base == base


def test_that_a_mark_is_a_mark_elsewhere() -> None:
    assert parse("≤30分").dimension == "mark"


def test_that_a_date_without_a_year_waits_for_the_year_of_its_form() -> None:
    value = parse("12月底到位")
    assert (value.kind, value.due_date) == (Kind.DEADLINE, None)
    assert parse("12月底到位", year=2024).due_date == date(2024, 12, 31)
    assert parse("2月29日前", year=2023).due_date is None


@pytest.mark.parametrize(
    "text",
    [
        "无",
        "没有",
        "无投诉",
        "无安全事故",
        "未发生",
        "不发生",
        "未发生重大责任事故",
        "零发生",
        "全年无投诉",
        "没有发生事故",
    ],
)
def test_that_words_that_say_none_are_nothing(text: str) -> None:
    assert parse(text).is_nothing


@pytest.mark.parametrize(
    "text", ["无障碍", "无明显变化", "零容忍", "零距离服务", "无缝衔接", "未完成", "不断提升", "投诉"]
)
def test_that_words_that_only_begin_like_none_are_something(text: str) -> None:
    assert not parse(text).is_nothing


@pytest.mark.parametrize(
    ("text", "declaration", "evaluation"),
    [
        ("》=90%", "≥90.00(%)", ">=90%"),
        ("10-15天", "10-15天", "10-15天"),
        ("≤1：15", "≤1：15", "≤1：15"),
        ("12月底前", "12月底前", "12月底前"),
        ("0.4163万元", "0.4163(万元)", "0.4163万元"),
        ("12次（含线上2次）", "12.00(次)（含线上2次）", "12次（含线上2次）"),
        (">=98%（问卷200份）", "≥98.00(%)（问卷200份）", ">=98%（问卷200份）"),
        ("98 %(百分比)", "98.00(%)", "98%"),
        ("3.50(亿元每月)（含税）", "3.50(亿元每月)（含税）", "3.5亿元每月（含税）"),
        ("3.5次（线上）（线下）", "3.50(次)（线上）（线下）", "3.5次（线上）（线下）"),
        ("已完成12次", "已完成12次", "已完成12次"),
        ("100%覆盖", "100%覆盖", "100%覆盖"),
        ("100%（问卷）覆盖", "100%（问卷）覆盖", "100%（问卷）覆盖"),
        ("100%覆盖（问卷）", "100%覆盖（问卷）", "100%覆盖（问卷）"),
        ("100%（问卷）覆盖（线上）", "100%（问卷）覆盖（线上）", "100%（问卷）覆盖（线上）"),
        ("每月1次", "1.00(次/月)", "1次/月"),
        ("不少于三次", "≥3.00(次)", ">=3次"),
        ("≤26℃", "≤26.00(℃)", "<=26℃"),
        ("零", "0.00", "0"),
        ("三 期", "3.00(期)", "3期"),
    ],
)
def test_that_a_value_from_the_field_prints_what_it_means(text: str, declaration: str, evaluation: str) -> None:
    assert printed(text, Style.DECLARATION) == declaration
    assert printed(text, Style.EVALUATION) == evaluation


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1亿5亿元",
            "一百一百个",
            "十十个",
            "三点个",
            "一万亿万个",
            "5万(万株)",
            "每次2个/年个",
            "每月1次/月次",
        ),
        *(
            "10元-15天",
            "5元±1天",
            "±-5%",
            "5%±好",
            "10-天",
            "10-15个(",
            "≥5天,≥3天",
            "≥5天,=3天",
            "≥5亩,≤3公斤",
            "1:3好",
            "1:2:0",
        ),
        *("≥3余天,≤5天", "1:0", "每万人3次", "10樽-15箱", "100±5字左右", "5±2个，视情况而定"),
    ],
)
def test_that_a_slip_is_no_number_of_another_kind(text: str) -> None:
    value = parse(text)
    assert value.raw == text
    assert value.kind not in (Kind.RANGE, Kind.RATIO)


def test_that_a_long_text_of_a_line_of_time_is_no_date_as_a_whole() -> None:
    assert parse("12月底" + "、完成" * 20, timely=True).kind is Kind.DEADLINE
    assert parse("10-30分", timely=True).dimension == "time"
    assert parse("不少于3万余人").constraints[0].base == 30_000


def test_that_a_rate_with_its_magnitude_said_twice_is_never_ten_thousand_times_smaller() -> None:
    """A clerk takes the number over with its 万 and the unit of the cell is 万件."""
    assert (parse("每天3万件").base, parse("每天3万件").unit_raw) == (30_000, "万件/天")
    assert parse("每天3万万件").kind is Kind.QUAL
    assert parse("每天3万万元").base == 300_000_000


@pytest.mark.parametrize(("length", "kind"), [(80, Kind.QUANT), (81, Kind.QUAL_NUM)])
def test_that_a_text_of_more_than_eighty_characters_is_words_whatever_it_begins_with(length: int, kind: Kind) -> None:
    begin, end = f"≥5次（{'全' * 30}）（", "）"
    assert parse(begin + "线" * (length - len(begin) - len(end)) + end).kind is kind


@pytest.mark.parametrize(("text", "begins"), [("2024年底", (12, 1)), ("2024年内", (1, 1)), ("2024年", (1, 1))])
def test_that_the_end_of_a_year_is_its_last_month_and_within_a_year_is_any_day_of_it(
    text: str, begins: tuple[int, int]
) -> None:
    day = parse(text).day
    assert day is not None
    assert (day.earliest(2024), day.due(2024)) == (date(2024, *begins), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("text", "is_rough"),
    [
        ("约5项合作", True),
        ("推动近5项合作", True),
        ("推动5项左右合作", True),
        ("推动5余项合作", True),
        ("推动5项合作", False),
    ],
)
def test_that_a_figure_with_a_word_of_doubt_beside_it_is_rough(text: str, is_rough: bool) -> None:
    assert [figure.is_rough for figure in figures_in(parse(text), STANDARD)] == [is_rough]
