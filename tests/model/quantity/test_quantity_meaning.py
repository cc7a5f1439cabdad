"""domain.md §5.8, law 1: which texts say the same, so that a quick fix may write one for the other."""

from __future__ import annotations

import pytest

from model.quantity import figures_in, parse, same_meaning, words_are_in
from model.values.units import STANDARD


@pytest.mark.parametrize(
    ("one", "other"),
    [("3万人", "=30000人"), ("≥1.90(亿条)", ">=19000万条"), ("九成五", "95%"), ("按期完成", "按期完成。")],
)
def test_that_spellings_of_one_value_say_the_same(one: str, other: str) -> None:
    assert same_meaning(parse(one), parse(other))
    assert same_meaning(parse(other), parse(one))


@pytest.mark.parametrize(
    ("quantity", "other"),
    [
        ("95%", "95%左右"),
        ("≥10家", "10余家"),
        ("3次", "3-5次"),
        ("=2名", "第2名"),
        ("12月", "12月底"),
        ("0起", "按期完成"),
        ("≥95%", "95%"),
        ("≥95%", ">95%"),
        ("3万人", "3人"),
        ("3万人", "3万人次"),
    ],
)
def test_that_a_quantity_never_says_the_same_as_another_value(quantity: str, other: str) -> None:
    assert not same_meaning(parse(quantity), parse(other))
    assert not same_meaning(parse(other), parse(quantity))


@pytest.mark.parametrize(
    ("text", "are_in"),
    [("形成优秀案例≥10项", True), ("形成优秀案例和论文≥10项", False), ("论文、优秀案例≥10项", False), ("≥10项", True)],
)
def test_that_a_figure_stands_alone_only_where_every_word_beside_it_is_in_the_name(text: str, are_in: bool) -> None:
    value = parse(text)
    figures = value.constraints or figures_in(value, STANDARD)
    assert [words_are_in(value, figure, "优秀案例数") for figure in figures] == [are_in]


@pytest.mark.parametrize(
    ("text", "name", "are_in"),
    [("5和6次", "投诉和事故", False), ("2026年案例≥10项", "案例数", False), ("2026年案例≥10项", "2026年案例数", True)],
)
def test_that_another_number_beside_the_figure_has_to_be_in_the_name_too(text: str, name: str, are_in: bool) -> None:
    value = parse(text)
    figures = value.constraints or figures_in(value, STANDARD)
    assert [words_are_in(value, figure, name) for figure in figures] == [are_in]
