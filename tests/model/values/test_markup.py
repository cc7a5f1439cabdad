"""Remains of web pages and formulas: found, removed, and never mistaken for ordinary signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.values.markup import has_markup, without_markup

_PIECES = st.sampled_from(
    ["<p>", "</p>", "<br/>", "$", r"\geq", r"\%", "&amp;", "lt;", "<", ">", "p", "90", "\\", " ", "&"]
)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>目标</p>", "目标"),
        ("一<br>二<BR/>三", "一\n二\n三"),
        ("<p>一</p><p>二</p>", "一\n二"),
        (r"$\geq 50.00$ (%)", "≥ 50.00 (%)"),
        (r"$\geq 90.00\%$", "≥ 90.00%"),
        (r"$= 100.00$ (%)", "= 100.00 (%)"),
        (r"3 \times 5", "3 × 5"),
        (r"$\lt 5\%$、$\gt 3$、$\ne 0$", "< 5%、> 3、≠ 0"),
        (r"$\pm 5$ $\approx 3$ $2 \div 4$ $\sqrt{2}$", "± 5 ≈ 3 2 ÷ 4 √{2}"),
        (r"$\frac{1}{2}$以上", "1/2以上"),
        ("10<sup>4</sup>亩、10<SUP><span lang=EN-US>-6</span></SUP>", "10⁴亩、10⁻⁶"),
        ("CO<sub>2</sub>，第4<sup>th</sup>次", "CO₂，第4th次"),
        (r"\left 30", "30"),
        ("&lt;2秒&nbsp;&amp;lt;3秒", "<2秒 <3秒"),
        ('<span style="color:red">红</span>', "红"),
    ],
)
def test_that_marks_are_written_out_or_removed(text: str, plain: str) -> None:
    assert has_markup(text)
    assert without_markup(text) == plain


@pytest.mark.parametrize("text", ["<2秒", "a < b > c", "5>3", "US$5", "R&D", "C:\\", "≥90%", "x<y", "<注>", ""])
def test_that_ordinary_signs_are_left_alone(text: str) -> None:
    assert not has_markup(text)
    assert without_markup(text) == text


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_that_cleaning_comes_to_an_end_and_leaves_nothing_to_clean(text: str) -> None:
    assert not has_markup(without_markup(text))
