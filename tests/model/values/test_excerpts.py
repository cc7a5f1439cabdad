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
    assert not (text[:end][-1:].isdigit() and text[end : end + 1].isdigit())
    assert not (text[:start][-1:].isdigit() and text[start : start + 1].isdigit())
