"""Characters PDF files give in the place of those that look the same."""

from __future__ import annotations

import unicodedata

from model.recognition.radicals import without_radicals


def test_that_signs_for_parts_of_characters_become_the_characters() -> None:
    assert (
        without_radicals("财政项⽬⽀出绩效⽬标，⽤⼾满意度，⻓三⻆⻔⼾")
        == "财政项目支出绩效目标，用户满意度，长三角门户"
    )


def test_that_a_long_dash_is_two() -> None:
    assert without_radicals("浦江论坛⸺国家") == "浦江论坛——国家"


def test_that_every_radical_has_a_character_and_nothing_else_changes() -> None:
    for code in range(0x2F00, 0x2FD6):
        assert unicodedata.name(without_radicals(chr(code))).startswith("CJK UNIFIED")
    text = "≥90.00(百分比)，㎡①Ａ"
    assert without_radicals(text) == text
