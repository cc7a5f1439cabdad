"""Names as they are typed in pinyin."""

from __future__ import annotations

import pytest

from model.library import Spelling, typed_letters
from model.library.spelling import SPELT_AT_MOST


def test_that_a_name_is_spelt_by_initials_and_in_full_and_in_each_other_reading_alone() -> None:
    spelling = Spelling.of("zhang/chang san jiao diao/tiao yan")
    assert spelling.initials == ("zsjdy", "csjdy", "zsjty")
    assert spelling.full == ("zhangsanjiaodiaoyan", "changsanjiaodiaoyan", "zhangsanjiaotiaoyan")


def test_that_a_name_as_long_as_a_book_is_spelt_by_its_beginning() -> None:
    long = Spelling.of("zhang/chang " * 10_000)
    assert long.initials[0] == "z" * SPELT_AT_MOST
    assert len(long.initials) == SPELT_AT_MOST + 1


def test_that_nothing_is_spelt_as_nothing() -> None:
    assert Spelling.of("") == Spelling(("",), ("",))


@pytest.mark.parametrize(
    ("typed", "letters"),
    [("PXcc", "pxcc"), ("pei xun", "peixun"), ("xi'an", "xian"), ("lü", "lv"), ("培训", ""), ("px场", ""), ("", "")],
)
def test_that_letters_are_what_is_typed_without_spaces(typed: str, letters: str) -> None:
    assert typed_letters(typed) == letters
