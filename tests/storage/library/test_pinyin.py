"""Names spelt by pypinyin."""

from __future__ import annotations

import pytest

from storage.library import spell


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("培训人次", "pei xun ren ci/zi"),
        ("5G基站（座）", "5 g ji zhan zuo"),
        ("绿 灯", "lv deng"),
        ("长三角", "zhang/chang san jiao"),
        ("→、。", ""),
        ("", ""),
    ],
)
def test_that_a_name_is_spelt_character_by_character_with_a_second_reading_of_another_letter(
    name: str, spelt: str
) -> None:
    assert spell(name) == spelt
