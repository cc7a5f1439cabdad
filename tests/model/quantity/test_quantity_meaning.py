"""domain.md §5.8, law 1: which texts say the same, so that a quick fix may write one for the other."""

from __future__ import annotations

import pytest

from model.quantity import parse, same_meaning


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
