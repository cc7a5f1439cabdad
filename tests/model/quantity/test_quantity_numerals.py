"""Number words as clerks write them, and words that only look like a number (domain.md §5.7)."""

from __future__ import annotations

import pytest

from model.quantity import Kind, parse


@pytest.mark.parametrize("text", ["一百百个", "三千四千个", "一点点个", "一万亿万人次", "一千亿一百亿元", "一二分之三"])
def test_that_words_of_numbers_in_no_order_are_no_number(text: str) -> None:
    assert parse(text).number is None


def test_that_words_of_numbers_count_tens_and_hundreds_in_their_order() -> None:
    assert parse("一亿三千万人次").base == 130_000_000
    assert parse("二十万五千个").base == 205_000


def test_that_figures_with_magnitudes_add_up_with_what_follows_them_in_full() -> None:
    assert parse("1万5000个").base == 15_000
    assert parse("1亿5000万人次").base == 150_000_000
    assert parse("1万5个").number is None


@pytest.mark.parametrize("text", ["三万五人", "一亿五人次", "一百二个"])
def test_that_a_number_of_speech_that_may_be_two_is_none(text: str) -> None:
    value = parse(text)
    assert (value.kind, value.number, value.constraints) == (Kind.QUAL, None, ())


@pytest.mark.parametrize("text", ["三点十五分", "三点五十分", "九点百人"])
def test_that_words_of_a_time_of_day_are_no_decimal_number(text: str) -> None:
    value = parse(text)
    assert (value.kind, value.number, value.constraints) == (Kind.QUAL, None, ())
