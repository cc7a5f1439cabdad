"""A text is shortened before a number, never within it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.values.excerpts import end_of, shortened, start_of

GOAL = "媒体报道20篇，按《2026年方案》"


@pytest.mark.parametrize(
    ("most", "shown"),
    [(100, GOAL), (5, "媒体报道…"), (6, "媒体报道…"), (7, "媒体报道20篇…"), (12, "媒体报道20篇，按《…")],
)
def test_that_a_text_is_shortened_before_a_number_not_within_it(most: int, shown: str) -> None:
    assert shortened(GOAL, most) == shown


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("完成 90 篇论文和报告", 6, "完成 90 …"),
        ("编号1 020 号文件", 5, "编号…"),
        ("投入5千万元用于采购", 4, "投入…"),
        ("成本1020万元以内", 6, "成本…"),
        ("成本408.75万元以内", 5, "成本…"),
        ("约二十五家单位", 2, "约…"),
        ("同比-5个百分点", 3, "同比…"),
        ("误差±5以内的次数", 3, "误差…"),
        ("满意度≥90％的比例", 6, "满意度…"),
        ("完成90 %以上的任务", 5, "完成…"),
        ("共１２．５万次以上", 4, "共…"),
        ("共９，０００次以上", 3, "共…"),
        ("截至2026-12-31完成", 7, "截至…"),
        ("在9:30到10:00之间", 3, "在…"),
        ("覆盖3/4以上的街道", 4, "覆盖…"),
        ("每年2～3次以上", 4, "每年…"),
        ("12 34 56 78 90 12", 6, "12 34 …"),
    ],
)
def test_that_what_belongs_to_a_number_goes_with_it(text: str, most: int, shown: str) -> None:
    assert shortened(text, most) == shown
    assert len(shown) <= most + 1


def test_that_an_excerpt_begins_after_a_number_or_with_the_whole_of_it() -> None:
    assert GOAL[start_of(GOAL, 5, 10) :] == "篇，按《2026年方案》"
    assert GOAL[start_of(GOAL, 12, 12) :] == "2026年方案》"


def test_that_what_an_excerpt_holds_ends_with_the_whole_of_its_number() -> None:
    assert GOAL[: end_of(GOAL, 12, 12)] == "媒体报道20篇，按《2026"


@given(st.text("1年0，个."), st.integers(0, 20), st.integers(0, 20))
def test_that_no_digit_stands_beside_another_one_that_is_left_out(text: str, first: int, second: int) -> None:
    least, at = sorted((min(first, len(text)), min(second, len(text))))
    end, start = end_of(text, at, least), start_of(text, least, at)
    assert least <= end <= len(text)
    assert 0 <= start <= at
    is_held = set(text[least:end]) <= set("10，.")  # of a number that begins before what has to be there
    assert end == len(text) or is_held or not text[end - 1].isdigit()
    assert not (text[:end][-1:].isdigit() and text[end : end + 1].isdigit())
    assert not (text[:start][-1:].isdigit() and text[start : start + 1].isdigit())
