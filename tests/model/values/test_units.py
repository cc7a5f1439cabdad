"""domain.md §5.6: units, spellings, conversions, alias groups."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.values.units import MAGNITUDES, STANDARD, Unit, UnitTable, unknown_unit

# Every row of the table of §5.6: spelling, dimension, canonical unit, magnitude.
SPELLINGS = """
平方米 area 平方米 -          个 count:个 个 -             万个 count:个 个 万       个省市 count:个省市 个省市 -
人 count:人 人 -              万人 count:人 人 万          人次 count:人次 人次 -    万人次 count:人次 人次 万
件 count:件 件 -              份 count:份 份 -             台套 count:台套 台套 -    名 count:名 名 -
场 count:场 场 -              场次 count:场次 场次 -       家 count:家 家 -          万家 count:家 家 万
家次 count:家次 家次 -        期 count:期 期 -             本 count:本 本 -          条 count:条 条 -
亿条 count:条 条 亿           根 count:根 根 -             次 count:次 次 -          万次 count:次 次 万
篇 count:篇 篇 -              级 ordinal:级 级 -           组 count:组 组 -          课时 count:课时 课时 -
部 count:部 部 -              门 count:门 门 -             项 count:项 项 -          万元 money 万元 -
亿元 money 亿元 -             元 money 元 -                元/人 money/人 元/人 -    元/人次 money/人次 元/人次 -
元/家 money/家 元/家 -        元/家次 money/家次 元/家次 - 元/本 money/本 元/本 -    个月 month 个月 -
次/月 rate:次/月 次/月 -      % ratio % -                  百分比 ratio % -          倍 ratio 倍 -
分钟 time 分钟 -              天 time 天 -                 小时 time 小时 -          毫秒 time 毫秒 -
ms time 毫秒 -                秒 time 秒 -                 S time 秒 -               个工作日 worktime 个工作日 -
"""
ROWS = [tuple(words) for words in zip(*[iter(SPELLINGS.split())] * 4, strict=True)]


@pytest.mark.parametrize(("spelling", "dimension", "canonical", "magnitude"), ROWS, ids=[row[0] for row in ROWS])
def test_that_every_unit_of_the_published_forms_is_known(
    spelling: str, dimension: str, canonical: str, magnitude: str
) -> None:
    expression = STANDARD.resolve(spelling)
    assert expression is not None
    assert expression.unit is not None
    assert (expression.unit.dimension, expression.unit.name) == (dimension, canonical)
    assert expression.magnitude_text == magnitude.strip("-")
    assert expression.unit.known


@pytest.mark.parametrize(
    ("amount", "spelling", "base", "base_name"),
    [
        ("21", "ms", "0.021", "秒"),
        ("21", "MS", "0.021", "秒"),
        ("2", "sec", "2", "秒"),
        ("2", "分", "2", "分"),
        ("2", "分钟", "120", "秒"),
        ("1.5", "min", "90", "秒"),
        ("24", "h", "86400", "秒"),
        ("1", "日", "86400", "秒"),
        ("3", "工作日", "3", "个工作日"),
        ("1", "年", "12", "月"),
        ("2", "季度", "6", "月"),
        ("90", "％", "0.9", "1"),
        ("5", "‰", "0.005", "1"),
        ("2", "倍", "2", "1"),
        ("5", "个百分点", "0.05", "1"),
        ("3", "千元", "3000", "元"),
        ("121.365", "万元", "1213650", "元"),
        ("55", "亿元", "5500000000", "元"),
        ("2", "万元/人", "20000", "元/人"),
        ("12", "次/年", "1", "次/月"),
        ("7", "㎡", "7", "平方米"),
        ("7", "m²", "7", "平方米"),
        ("7", "M2", "7", "平方米"),
        ("3", "亩", "2000", "平方米"),
        ("2", "公顷", "20000", "平方米"),
        ("2", "千米", "2000", "米"),
        ("2", "公里", "2000", "米"),
        ("512", "MB", "0.5", "GB"),
        ("2", "tb", "2048", "GB"),
    ],
)
def test_that_an_amount_converts_exactly_to_its_base_unit(
    amount: str, spelling: str, base: str, base_name: str
) -> None:
    unit = STANDARD.find(spelling)
    assert unit is not None
    assert unit.to_base(Decimal(amount)) == Decimal(base)
    assert unit.base_name == base_name


def test_that_a_conversion_ignores_the_precision_of_the_callers_context() -> None:
    unit = STANDARD.find("毫秒")
    assert unit is not None
    with localcontext(prec=3):
        assert unit.to_base(Decimal("1234567890.123")) == Decimal("1234567.890123")


def test_that_a_periodic_conversion_is_right_to_28_digits() -> None:
    unit = STANDARD.find("亩")
    assert unit is not None
    assert unit.factor == Fraction(2000, 3)
    assert unit.to_base(Decimal(1)) == Decimal("666.6666666666666666666666667")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("天", "个工作日"),
        ("天", "个月"),
        ("个", "家"),
        ("人", "人次"),
        ("元/人", "元/人次"),
        ("级", "个"),
        ("秒", "次"),
    ],
)
def test_that_units_that_do_not_convert_have_different_dimensions(first: str, second: str) -> None:
    one, other = STANDARD.find(first), STANDARD.find(second)
    assert one is not None
    assert other is not None
    assert one.dimension != other.dimension


def test_that_both_spellings_of_a_set_of_instruments_are_one_unit() -> None:
    assert STANDARD.find("台（套）") == STANDARD.find("台(套)") == STANDARD.find("台套")


@pytest.mark.parametrize(
    ("first", "second", "aliased"),
    [
        ("场", "场次", True),
        ("场次", "场", True),
        ("人", "人次", True),
        ("人", "名", True),
        ("家", "家次", True),
        ("次", "场次", True),
        ("个", "项", True),
        ("场", "次", False),
        ("个", "家", False),
        ("场", "场", False),
    ],
)
def test_that_alias_groups_are_those_of_the_regulation_and_do_not_chain(first: str, second: str, aliased: bool) -> None:
    one, other = STANDARD.find(first), STANDARD.find(second)
    assert one is not None
    assert other is not None
    assert STANDARD.aliased(one, other) is aliased


@pytest.mark.parametrize(
    ("text", "magnitude", "word", "name"),
    [
        ("万元", "1", "", "万元"),
        ("千米", "1", "", "公里"),
        ("百分比", "1", "", "%"),
        ("千万元", "10000000", "千万", "元"),
        ("十万个", "100000", "十万", "个"),
        ("百家", "100", "百", "家"),
        ("百万元/人", "1000000", "百万", "元/人"),
    ],
)
def test_that_the_whole_spelling_is_tried_before_the_longest_magnitude(
    text: str, magnitude: str, word: str, name: str
) -> None:
    expression = STANDARD.resolve(text)
    assert expression is not None
    assert expression.unit is not None
    assert (expression.magnitude, expression.magnitude_text) == (Decimal(magnitude), word)
    assert expression.unit.name == name


@pytest.mark.parametrize("word", MAGNITUDES)
def test_that_a_magnitude_may_stand_alone(word: str) -> None:
    expression = STANDARD.resolve(word)
    assert expression is not None
    assert expression.unit is None
    assert expression.magnitude == MAGNITUDES[word]


@pytest.mark.parametrize("text", ["箱", "万箱", "", "/", "元/", "/人", "元/箱", "%/人", "人/%", "个个"])
def test_that_a_spelling_of_no_unit_stays_unknown(text: str) -> None:
    assert STANDARD.resolve(text) is None


def test_that_an_unlisted_quotient_of_known_units_compares_with_itself_only() -> None:
    quotient, other = STANDARD.find("个/月"), STANDARD.find("个/天")
    assert quotient is not None
    assert other is not None
    assert quotient.name == "个/月"
    assert quotient.dimension != other.dimension


def test_that_a_clerks_own_unit_is_known_with_its_magnitudes_and_completes_last() -> None:
    units = STANDARD.with_own(["箱", "桶"])
    expression = units.resolve("万箱")
    assert expression is not None
    assert expression.unit == Unit("箱", "count:箱", Decimal(1), "箱")
    assert units.names()[-2:] == ("箱", "桶")
    assert STANDARD.find("箱") is None


def test_that_own_units_that_are_blank_or_known_already_add_nothing() -> None:
    assert STANDARD.with_own([]) is STANDARD
    assert STANDARD.with_own(["个", "百分比", " ", "万"]) == STANDARD
    assert STANDARD.with_own(["箱", "箱"]).names().count("箱") == 1


def test_that_tables_with_the_same_own_units_are_equal_and_others_are_not() -> None:
    assert STANDARD.with_own(["箱"]).with_own(["桶"]) == UnitTable(("箱", "桶"))
    assert hash(STANDARD.with_own(["箱"])) == hash(UnitTable(("箱",)))
    assert STANDARD.with_own(["箱"]) != STANDARD


def test_that_an_unknown_unit_is_marked_and_measures_only_itself() -> None:
    unit = unknown_unit("箱")
    assert not unit.known
    assert unit.dimension == "count:箱"
    assert unit.to_base(Decimal(3)) == 3


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("家次企业", "家次"),
        ("万人次以上", "万人次"),
        ("个月内", "个月"),
        ("元/人次的补贴", "元/人次"),
        ("GB空间", "GB"),
        ("server", None),
        ("的全勤率", None),
        ("", None),
    ],
)
def test_that_a_running_text_begins_with_its_longest_unit(text: str, spelling: str | None) -> None:
    found = STANDARD.leading(text)
    assert (found[0] if found else None) == spelling


@given(st.sampled_from(STANDARD.names()), st.decimals(min_value=0, max_value=10**12, places=4))
def test_that_a_conversion_is_linear(name: str, amount: Decimal) -> None:
    unit = STANDARD.find(name)
    assert unit is not None
    assert abs(unit.to_base(amount) * 2 - unit.to_base(amount * 2)) < Decimal("1e-9")


def test_that_every_name_offered_for_completion_is_found_under_itself() -> None:
    for name in STANDARD.names():
        unit = STANDARD.find(name)
        assert unit is not None
        assert unit.name == name
    assert len(set(STANDARD.names())) == len(STANDARD.names())
