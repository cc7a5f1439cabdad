"""Where the texts of the score are broken: at operators and between clauses, never within a number."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from gui.score.clauses import broken, cut

FORMULA = "21ms = 0.021秒 < 2秒，达标\n5 × 1797 ÷ 2000"

texts = st.lists(
    st.one_of(
        st.sampled_from(["，", "；", " = ", " ÷ ", "（", "）", "达标", "未达标", "秒", "\n", " "]),
        st.integers(0, 10**12).map(lambda number: f"{number:,}.5%"),
    ),
    max_size=12,
).map("".join)


def in_letters(text: str) -> int:
    return len(text)


def numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d,.]*%?", text)


def test_that_a_formula_is_broken_before_operators_and_after_clauses() -> None:
    assert broken(FORMULA, 15, in_letters) == ["21ms = 0.021秒", "< 2秒，达标", "5 × 1797 ÷ 2000"]
    assert broken(FORMULA, 9, in_letters) == ["21ms", "= 0.021秒", "< 2秒，达标", "5 × 1797", "÷ 2000"]


def test_that_a_clause_wider_than_a_line_is_broken_between_its_words() -> None:
    assert broken("定量指标的实际完成值应为123.45数值", 8, in_letters) == ["定量指标的实际完", "成值应为", "123.45数值"]


def test_that_no_line_ends_in_a_mark_that_opens_what_follows() -> None:
    assert broken("制定了网络安全管理规范、“中心机房管理制度”等制度", 13, in_letters) == [
        "制定了网络安全管理规范、",
        "“中心机房管理制度”等制度",
    ]
    assert broken("一二三四五六“中心机房管理制度”等", 7, in_letters) == ["一二三四五六", "“中心机房管理", "制度”等"]


def test_that_no_word_stands_alone_in_the_last_line() -> None:
    assert broken("21ms = 0.021秒 < 2秒，达标", 17, in_letters) == ["21ms = 0.021秒", "< 2秒，达标"]
    assert broken("不足时按实际值除以指标值计分", 12, in_letters) == ["不足时按实际值除以指标", "值计分"]


def test_that_what_stands_in_brackets_is_kept_together_where_it_fits() -> None:
    note = "不适用的5分由其余得分折算（90.00 × 95 ÷ 90）。"
    assert broken(note, 24, in_letters) == ["不适用的5分由其余得分折算", "（90.00 × 95 ÷ 90）。"]
    assert broken(note, 14, in_letters) == ["不适用的5分由其余得分折算", "（90.00 × 95", "÷ 90）。"]


def test_that_a_text_that_is_cut_ends_after_a_whole_number() -> None:
    assert cut(["第一季度123,456毫秒", "第二季度"], 1, 9, in_letters) == ["第一季度…"]
    assert cut(["第一季度", "第二季度"], 2, 9, in_letters) == ["第一季度", "第二季度"]


@given(texts, st.integers(1, 40))
def test_that_no_number_is_broken_and_nothing_is_lost(text: str, room: int) -> None:
    lines = broken(text, room, in_letters)
    assert "".join("".join(lines).split()) == "".join(text.split())
    if not re.search(r"%\d", text):  # two numbers that touch are one word, and may be told apart
        assert [number for line in lines for number in numbers(line)] == numbers(text)


@given(texts, st.integers(20, 40), st.integers(1, 3))
def test_that_what_is_cut_begins_as_the_whole_and_says_that_it_is_cut(text: str, room: int, most: int) -> None:
    lines = broken(text, room, in_letters)
    shown = cut(lines, most, room, in_letters)
    assert len(shown) == min(most, len(lines))
    assert (shown == lines) == (len(lines) <= most)
    assert shown == lines or shown[-1].endswith("…")
    assert all(in_letters(line) <= max(room, len("1,000,000,000,000.5%") * 2) for line in shown)
