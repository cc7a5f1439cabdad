"""domain.md §5.5: pre-normalisation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.quantity import normalise

# What may stand in a cell, without the letters and marks that markup is made of: markup may hide markup.
ORDINARY = st.text(
    alphabet="0123456789０９≥≤≧⩽＞＜=＝.,，。；、%％()（） \u3000\n\t-−—百分比之个万家 ①²㎡Ⅱ", max_size=60
)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("$\\geq 90.00\\%$", "≥90.00%"),
        ("$\\leq 2.00$ (秒)", "≤2.00(秒)"),
        ("$\\ge 3$", "≥3"),
        ("$= 100.00$ (%)", "=100.00(%)"),
        ("3$\\times$5", "3×5"),
        ("≧９０．００（％）", "≥90.00(%)"),
        ("⩽3(天)", "≤3(天)"),
        ("=>90%", ">=90%"),
        ("=<90%", "<=90%"),
        ("==90%", "=90%"),
        ("= > 90 %", ">=90%"),
        ("<p>安全、稳定</p>", "安全、稳定"),
        ("<br/>≥5(个)", "≥5(个)"),
        ("≥10<sup>4</sup>亩", "≥10⁴亩"),
        ("100m<sup>2</sup>", "100m²"),
        ("≥&nbsp;5(个)", "≥5(个)"),
        ("692\n59个", "69259个"),
        ("≥ 90.00 (百分比)", "≥90.00(%)"),
        ("百分之90", "90%"),
        ("90 百分比。", "90%"),
        ("≥９。 5 %", "≥9.5%"),
        ("百分之9。5。", "9.5%"),
        ("安全、稳定、高效。；", "安全、稳定、高效"),
        ("系统 正常，", "系统 正常"),
        ("新增技术 ≥ 200 项", "新增技术 ≥200项"),
        ("\u200b5\ufeff个", "5个"),
        ("\u202a≥\u200f5\u2066个\u2069\u202c", "≥5个"),
        ("−5%", "-5%"),
    ],
)
def test_that_spellings_of_one_value_become_one_text(text: str, normal: str) -> None:
    assert normalise(text) == normal


@pytest.mark.parametrize("text", ["<2秒", "≥10(个)", "a<b", "10²", "①准备", "½", "无", "7*24"])
def test_that_what_looks_like_markup_or_another_number_is_left_alone(text: str) -> None:
    assert normalise(text) == text


@given(ORDINARY)
def test_that_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(ORDINARY)
def test_that_no_space_or_sentence_mark_is_left_at_either_end(text: str) -> None:
    normal = normalise(text)
    assert normal == normal.strip()
    assert not normal.endswith(("。", ";", ","))
