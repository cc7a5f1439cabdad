"""domain.md §2.5, §3.5, §5.5: how values print, and what the smart target cell offers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.quantity import (
    Comparator,
    Kind,
    Style,
    canonical,
    parse,
    portal_columns,
    printed,
    recognise,
    render,
    suggestion,
)
from model.values.units import MAGNITUDES, STANDARD

COMPARATORS = st.sampled_from(Comparator)
UNITS = st.builds(
    lambda magnitude, unit: magnitude + unit,
    st.sampled_from(["", *MAGNITUDES]),
    st.sampled_from([name for name in STANDARD.names() if not any(word in name for word in "千万亿")]),
)


@pytest.mark.parametrize(
    ("text", "declaration", "evaluation"),
    [
        (">=90%", "≥90.00(%)", ">=90%"),
        ("≥2000.00(篇)", "≥2000.00(篇)", ">=2000篇"),
        (">=4万个", "≥4.00(万个)", ">=4万个"),
        ("≥1.90(亿条)", "≥1.90(亿条)", ">=1.9亿条"),
        ("=100(%)", "=100(%)", "=100%"),
        ("=8(门)", "=8(门)", "=8门"),
        ("≥ 90.00 (百分比)", "≥ 90.00 (百分比)", ">=90%"),
        ("$\\geq 90.00\\%$", "≥90.00(%)", ">=90%"),
        ("<2S", "<2.00(S)", "<2S"),
        (" ＞＝ ９０ ％ ", "≥90.00(%)", ">=90%"),
        ("1114.3566万次", "1114.3566(万次)", "1114.3566万次"),
        ("21ms", "21.00(ms)", "21ms"),
        (">=500万", "≥500.00(万)", ">=500万"),
        ("=12", "=12.00", "=12"),
        ("≥12", "≥12.00", ">=12"),
        ("≥12.00", "≥12.00", ">=12"),
        (">=1,200元", "≥1200.00(元)", ">=1200元"),
        ("≥99.995%", "≥99.995(%)", ">=99.995%"),
        ("≥99.995(%)", "≥99.995(%)", ">=99.995%"),
        (">=007个", "≥7.00(个)", ">=7个"),
        ("≥-0.001%", "≥-0.001(%)", ">=-0.001%"),
        (">=100㎡", "≥100.00(㎡)", ">=100㎡"),
        ("≥5箱", "≥5.00(箱)", ">=5箱"),
        ("10家企业", "10家企业", "10家企业"),
        ("5G基站", "5G基站", "5G基站"),
        ("全国前3", "全国前3", "全国前3"),
        (" 安全、稳定 ", " 安全、稳定 ", " 安全、稳定 "),
        ("不少于3万个", "≥3.00(万个)", ">=3万个"),
        ("不少于3万个团体", "不少于3万个团体", "不少于3万个团体"),
        ("≥", "≥", "≥"),
        ("", "", ""),
    ],
)
def test_that_a_typed_text_prints_in_the_style_of_its_form(text: str, declaration: str, evaluation: str) -> None:
    assert printed(text, Style.DECLARATION) == declaration
    assert printed(text, Style.EVALUATION) == evaluation
    assert render(parse(text), Style.TYPED) == text


@given(
    st.text(max_size=40)
    | st.from_regex(r"[≥≤<>=]{0,2} ?[0-9]{1,4}(\.[0-9]{1,3})? ?\(?[万亿]?[个条%]?\)?", fullmatch=True)
)
def test_that_an_unedited_value_prints_back_exactly_in_the_style_it_was_written_in(text: str) -> None:
    value = parse(text)
    assert render(value, value.style) == text


@given(COMPARATORS, st.decimals(min_value=-(10**9), max_value=10**12, places=2), UNITS)
def test_that_a_declaration_text_means_the_same_after_its_journey_through_the_evaluation_style(
    comparator: Comparator, number: Decimal, unit: str
) -> None:
    text = f"{comparator.symbol}{number:f}({unit})"
    value = parse(text)
    assert (value.kind, value.style, value.number) == (Kind.QUANT, Style.DECLARATION, number)
    other = parse(render(value, Style.EVALUATION))
    assert other.style is Style.EVALUATION
    assert (other.comparator, other.base, other.dimension) == (value.comparator, value.base, value.dimension)
    assert canonical(other, Style.DECLARATION) == canonical(value, Style.DECLARATION)


@given(COMPARATORS, st.decimals(min_value=0, max_value=10**9, places=4), UNITS)
def test_that_an_evaluation_text_prints_back_from_its_meaning(
    comparator: Comparator, number: Decimal, unit: str
) -> None:
    text = f"{comparator.ascii}{number:f}".rstrip("0").rstrip(".") + unit
    value = parse(text)
    assert (value.kind, value.style) == (Kind.QUANT, Style.EVALUATION)
    assert printed(text, Style.EVALUATION) == text
    assert parse(f"  {text}。").base == value.base


@given(st.text(max_size=30), st.sampled_from([Style.DECLARATION, Style.EVALUATION]))
def test_that_printing_what_is_printed_changes_nothing(text: str, style: Style) -> None:
    once = printed(text, style)
    assert printed(once, style) == once


@pytest.mark.parametrize(
    ("text", "regular"),
    [
        ("≥ 90.00 (百分比)", "≥90.00(%)"),
        ("=100(%)", "=100.00(%)"),
        ("<2S", "<2.00(秒)"),
        ("≥3(万个)", "≥3.00(万个)"),
        ("≥5", "≥5.00"),
        ("及时", "及时"),
    ],
)
def test_that_the_regular_text_has_forced_decimals_and_the_canonical_unit(text: str, regular: str) -> None:
    assert canonical(parse(text), Style.DECLARATION) == regular


@pytest.mark.parametrize(
    ("text", "declaration", "evaluation"),
    [
        ("不少于10家紧密合作基地", "≥10.00(家)", ">=10家"),
        ("增长5%以上", "≥5.00(%)", ">=5%"),
        ("系统并发量大于50", ">50.00", ">50"),
        ("发布≥60项，对接≥2场", None, None),
        ("≥10家", None, None),
        ("及时", None, None),
    ],
)
def test_that_a_text_with_exactly_one_comparison_is_offered_as_a_quantity(
    text: str, declaration: str | None, evaluation: str | None
) -> None:
    assert suggestion(parse(text), Style.DECLARATION) == declaration
    assert suggestion(parse(text), Style.EVALUATION) == evaluation


@pytest.mark.parametrize(
    ("text", "official"),
    [
        (">=90%", "≥90.00(%)"),
        ("≥2000篇", "≥2000.00(篇)"),
        ("不少于3万个", "≥3.00(万个)"),
        ("小于2秒", "<2.00(秒)"),
        ("至少10家", "≥10.00(家)"),
        (" 不低于 90 百分比。", "≥90.00(%)"),
        ("=12期", "=12.00(期)"),
        ("90%以上", "≥90.00(%)"),
        ("≥90.00(%)", None),
        ("全国前3", None),
        ("及时", None),
        ("不少于10家紧密合作基地", None),
        ("2025年底前", None),
        ("", None),
    ],
)
def test_that_the_target_cell_shows_the_official_text_of_what_is_recognised(text: str, official: str | None) -> None:
    assert recognise(text, Style.DECLARATION) == official


@given(st.text(max_size=40), st.sampled_from([Style.DECLARATION, Style.EVALUATION]))
def test_that_what_the_target_cell_offers_is_a_quantity(text: str, style: Style) -> None:
    official = recognise(text, style)
    assert official is None or parse(official).kind is Kind.QUANT


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("≥1.90(亿条)", ("1", "1.90", "亿条")),
        (">100.00(家)", ("2", "100.00", "家")),
        ("=8(门)", ("3", "8", "门")),
        ("<2S", ("4", "2", "S")),
        ("≤10.00(个工作日)", ("5", "10.00", "个工作日")),
        ("985米", ("3", "985", "米")),
        (" 及时 ", ("6", "及时", "")),
        ("", ("6", "", "")),
    ],
)
def test_that_the_portal_gets_a_code_a_number_and_a_unit(text: str, columns: tuple[str, str, str]) -> None:
    assert portal_columns(parse(text)) == columns


@pytest.mark.parametrize("text", ["12.3", "12.30", "20231231", "202312"])
def test_that_digits_that_are_a_date_on_their_line_print_as_typed(text: str) -> None:
    for style in (Style.DECLARATION, Style.EVALUATION):
        assert printed(text, style, timely=True) == text
        assert recognise(text, style, timely=True) is None
