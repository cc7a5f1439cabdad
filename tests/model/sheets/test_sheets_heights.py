from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.sheets.heights import height_of, lines_of, units_of

# Lines LibreOffice 7.4 really takes for these texts in a column of this width, in a font whose digits are exactly half
# as wide as its characters, as those of 宋体 are: (text, width, lines)
MEASURED = [
    ("全年保障网站的安全和稳定运行", 14, 3),
    ("科技文献摘要数据信息字段完整度", 30, 2),
    ("服务对象满意度指标", 14, 2),
    ("2026-11-21 ISO9001 GB/T 2026-11-21", 36, 2),
    ("MOOC VPN https://x.cn/a-b ISO9001", 36, 2),
    ("https://www.example.gov.cn/very/long/url/with/no/break/at/all/index.html", 24, 5),
    ("https://www.example.gov.cn/very/long/url/with/no/break/at/all/index.html", 30, 4),
    ("第一条\n第二条\n第三条", 30, 3),
]


@pytest.mark.parametrize(("text", "width", "lines"), MEASURED)
def test_that_no_line_that_was_measured_is_missing(text: str, width: int, lines: int) -> None:
    assert lines <= lines_of(text, width, 10) <= lines + 2


@pytest.mark.parametrize(
    ("text", "units"), [("", 0), ("abc", 3), ("绩效", 4), ("≥90.00(%)", 10), ("“”—", 6), ("WM", 4), ("😀", 2)]
)
def test_that_a_character_counts_two_units_unless_it_is_surely_narrow(text: str, units: int) -> None:
    assert units_of(text) == units


@pytest.mark.parametrize(("width", "usable"), [(8, 5), (12, 8), (30, 26), (45, 39), (46, 38), (100, 92)])
def test_that_the_measured_allowance_is_taken_from_every_line_of_a_longer_text(width: int, usable: int) -> None:
    characters = usable // 2 * 4
    assert lines_of("绩" * characters, width, 10) == -(-characters * 2 // usable)
    assert lines_of("绩" * (characters + 1), width, 10) > characters * 2 // usable


def test_that_a_text_that_fits_one_line_takes_one() -> None:
    assert lines_of("计划开始日期", 14, 10) == 1
    assert lines_of("计划开始日期", 13, 10) == 2


def test_that_smaller_type_takes_fewer_lines_and_less_height() -> None:
    text = "绩" * 400
    assert lines_of(text, 50, 10) > lines_of(text, 50, 9) > lines_of(text, 50, 8)
    assert height_of(text, 50, 10) > height_of(text, 50, 9) > height_of(text, 50, 8)


def test_that_a_height_holds_its_lines_in_whole_pixels() -> None:
    assert height_of("一行", 30, 10) == Decimal("17.25")
    assert height_of("绩" * 26, 30, 10) == Decimal("31.50")
    assert height_of("一\n二\n三", 30, 10) == Decimal("47.25")


words = st.text(st.sampled_from("绩效指标，。（）“”abcWM1 2%=-\n"), max_size=300)


@given(words, words, st.integers(6, 100))
def test_that_more_text_never_needs_less_height(text: str, more: str, width: int) -> None:
    assert height_of(text + more, width, 10) >= height_of(text, width, 10)


@given(words, st.integers(6, 100))
def test_that_no_estimate_is_below_what_the_width_alone_demands(text: str, width: int) -> None:
    assert lines_of(text, width, 10) >= sum(max(1, -(-units_of(part) // width)) for part in text.split("\n"))
