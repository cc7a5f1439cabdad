"""Years in texts moved on: which surely, which to be looked at, which never; in the spelling they have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from model.edits.years_in_texts import moving


def moved(text: str, *, surely: bool, years: int = 1, year: int = 2026) -> str:
    """The text of a year with what is found moved on; "" where nothing is."""
    after, at = "", 0
    stretches = moving(year, years, surely=surely)(text)
    for stretch in stretches:
        after += text[at : stretch.start] + stretch.text
        at = stretch.end
    return after + text[at:] if stretches else ""


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("2026年完成", "2027年完成"),
        ("2026 年度总体目标", "2027 年度总体目标"),
        ("2026年12月底前", "2027年12月底前"),
        ("截至2026年12月31日", "截至2027年12月31日"),
        ("于2026-12-31、2026.6.30和2026/1/1", "于2027-12-31、2027.6.30和2027/1/1"),
        ("2025-2026学年", "2026-2027学年"),
        ("2026—27学年及2025年至2026年", "2027—28学年及2026年至2027年"),
        ("26年底、26年度和26年3月", "27年底、27年度和27年3月"),
        ("二〇二六年与二零二六年", "二〇二七年与二〇二七年"),
        ("科技周（2026）", "科技周（2027）"),
        ("较2025年提高5%", "较2026年提高5%"),
        ("比去年（2025年）增加", "比去年（2026年）增加"),
        ("２０２６年", "2027年"),
        ("完成2026年的2026家企业", "完成2027年的2026家企业"),
    ],
)
def test_that_the_year_of_the_text_its_school_year_and_what_it_is_compared_with_surely_move(
    text: str, after: str
) -> None:
    assert moved(text, surely=True) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("《2026年行动方案》", "《2027年行动方案》"),
        ("2026年版指南", "2027年版指南"),
        ("自2026年起", "自2027年起"),
        ("2025年决算", "2026年决算"),
        ("2027年3月验收", "2028年3月验收"),
        ("2025年-2028年规划", "2026年-2029年规划"),
        ("《2025-2026年计划》", "《2026-2027年计划》"),
        ("2026科技活动周", "2027科技活动周"),
        ("科技活动周2026", "科技活动周2027"),
        ("发布《上海市绿色技术目录(2026版)》", "发布《上海市绿色技术目录(2027版)》"),
        ("按2026修订版和2025 版指南", "按2027修订版和2026 版指南"),
        ("培训2026级学员、2026届毕业生", "培训2027级学员、2027届毕业生"),
    ],
)
def test_that_names_of_documents_beginnings_and_years_beside_are_to_be_looked_at(text: str, after: str) -> None:
    assert moved(text, surely=False) == after
    assert moved(text, surely=True) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "年",
        "2019年以来",
        "2026家企业",
        "12026年",
        "2026万元",
        "12026版",
        "2019版",
        "2026.5万元",
        "26年历史",
        "2018-2022年",
        "二〇一八年",
        "1999-12-31",
    ],
)
def test_that_history_and_numbers_that_are_no_years_stay(text: str) -> None:
    assert (moved(text, surely=True), moved(text, surely=False)) == ("", "")


def test_that_the_29th_of_february_becomes_the_28th_where_there_is_none() -> None:
    assert moved("2028年2月29日", surely=True, year=2028) == "2029年2月28日"
    assert moved("2028-02-29", surely=True, year=2028, years=4) == "2032-02-29"
    assert moved("2028-02-29", surely=True, year=2028) == "2029-02-28"
    assert moved("2028年2月28日", surely=True, year=2028) == "2029年2月28日"


def test_that_nothing_moves_within_one_year_and_some_move_back() -> None:
    assert moved("2026年", surely=True, years=0) == ""
    assert moved("2026年、26年底", surely=True, years=-3) == "2023年、23年底"


def test_that_a_year_of_two_digits_keeps_two_at_the_turn_of_a_century() -> None:
    assert moved("2099年、99年底", surely=True, year=2099) == "2100年、00年底"


@hypothesis_settings(max_examples=50)
@given(st.text(alphabet="2056年月日-（）《》学二〇六起a", max_size=14), st.booleans())
def test_that_what_was_found_does_not_overlap_and_moves_back_to_the_same_years(text: str, surely: bool) -> None:
    stretches = moving(2026, 1, surely=surely)(text)
    ends = [0, *(stretch.end for stretch in stretches)]
    assert all(end <= stretch.start < stretch.end for end, stretch in zip(ends, stretches, strict=False))
