"""Values as nobody should type them: any text has a meaning, soon, and no number is made up."""

from __future__ import annotations

from decimal import Decimal, localcontext
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.quantity import Kind, Style, normalise, parse, parse_actual, recognise
from model.values.units import STANDARD

ANY_TEXT = st.text(max_size=200) | st.text(
    alphabet="每季周±:~》《≯═天·零一二十成约余"
    "0123456789≥≤<>=.,-()/%*百分之万亿个家次元年月日底前第不少于超过至以上内\n $\\<p>&½²",
    max_size=60,
)


@given(ANY_TEXT)
def test_that_parsing_is_total_and_keeps_the_text(text: str) -> None:
    for value in (parse(text), parse_actual(text)):
        assert value.raw == text
        assert (value.number is not None) == (value.base is not None) == (value.kind is Kind.QUANT)
        assert (value.day is not None) == (value.kind is Kind.DEADLINE)
        assert (value.low is not None) == (value.high is not None) == (value.kind is Kind.RANGE)
        assert bool(value.ratio) == (value.kind is Kind.RATIO)
        assert (value.rank_limit is not None) == (value.kind is Kind.RANK)
        assert not value.malformed or value.kind is Kind.QUAL
        assert value.kind is not Kind.QUAL_NUM or value.constraints
    assert isinstance(normalise(text), str)


@given(st.characters(), st.characters())
def test_that_any_two_characters_parse(first: str, second: str) -> None:
    for text in (first + second, f"≥5{first}{second}", f"{first}5{second}", f"不少于5{first}{second}"):
        assert parse(text).raw == text


@given(
    st.decimals(min_value=-(10**15), max_value=10**15, places=3),
    st.sampled_from(["毫秒", "天", "万元", "亿元", "%", "‰", "MB", "公顷", "个"]),
)
def test_that_a_base_value_is_exact_and_independent_of_the_callers_decimal_context(number: Decimal, name: str) -> None:
    with localcontext(prec=4):
        base = parse(f"{number:f}{name}").base
    unit = STANDARD.find(name)
    assert unit is not None
    with localcontext(prec=60):
        assert base == number * Decimal(str(unit.factor))


@given(st.integers(min_value=0, max_value=10**12))
def test_that_one_amount_has_one_base_in_every_unit_of_its_dimension(number: int) -> None:
    assert parse(f"{number}万元").base == parse(f"{number}0000元").base == parse(f"{number}0千元").base
    assert parse(f"{number}000毫秒").base == parse(f"{number}秒").base == parse(f"{number}S").base
    assert parse(f"{number}万个").base == parse(f"{number}0千个").base == parse(f"{number}0000.00(个)").base
    assert parse(f"{number * 12}次/年").base == parse(f"{number}次/月").base


@pytest.mark.parametrize("text", ["1e999999", "1E5", "Infinity", "NaN", "-inf", "0x10", "1_000", "5e-9个", "sNaN"])
def test_that_only_plain_digits_make_a_number(text: str) -> None:
    assert parse(text).number is None


@pytest.mark.parametrize("text", ["٣٤%", "५६个", "≥٣(个)", "½个", "①个", "10²个", "⑽个", "⒈5个", "两三个", "一百二"])
def test_that_foreign_digits_and_fractions_are_never_read_as_another_number(text: str) -> None:
    assert parse(text).number is None


def test_that_mathematical_and_full_width_digits_are_the_same_digits() -> None:
    assert parse("𝟗𝟎％").base == parse("９０%").base == Decimal("0.9")


PATTERNS = [
    *(
        "1",
        "≥",
        "≥1",
        "1,111,",
        "1 ",
        " ",
        "=",
        "<",
        "<a ",
        "<p>",
        "a",
        "不",
        "不少于1",
        "百分之1",
        "以上",
        "1以",
        "万",
    ),
    *(
        "2025年",
        "年12月",
        "第1",
        "-",
        "—",
        "(",
        "7*24",
        "$",
        "\\ge",
        "&nbsp;",
        "ﷺ",
        "\u0301\u0308",
        "\u0316\u0301",
        "10万个百",
    ),
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_that_a_hundred_thousand_characters_take_time_in_proportion(pattern: str) -> None:
    def seconds(length: int) -> float:
        text = (pattern * length)[:length]
        start = process_time()
        assert parse(text).raw == text
        assert recognise(text, Style.DECLARATION) is None
        return process_time() - start

    # Ten times the text in quadratic time would take a hundred times as long. The clock of Windows ticks every 0.016 s.
    assert seconds(100_000) < 30 * seconds(10_000) + 0.2


def test_that_a_typical_line_is_parsed_in_well_under_a_millisecond() -> None:
    lines = [f"≥{number}.00(万人次)" for number in range(500)] + [
        f"不少于{number}家企业，按时完成" for number in range(500)
    ]
    start = process_time()
    for line in lines:
        parse(line)
    assert process_time() - start < 0.5


@pytest.mark.parametrize("text", ["10<sup>4</sup>亩", "≥10<sup><b>4</b></sup>(亩)", "3×10<sup>-2</sup>"])
def test_that_a_raised_digit_is_no_digit_of_the_number_before_it(text: str) -> None:
    assert parse(text).kind is not Kind.QUANT
    assert parse_actual(text).kind is not Kind.QUANT
