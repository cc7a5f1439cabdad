"""domain.md §2.5 and §3.5: amounts of money."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.values.money import MoneyProblem, MoneyStyle, format_fen, money_problem, parse_fen

FORMS = Path(__file__).parent.parent.parent / "fixtures" / "forms"
AMOUNTS = st.integers(min_value=-(2**63) + 1, max_value=2**63 - 1)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0.00", 0),
        ("3,857,934.00", 385_793_400),
        ("3，857，934.00", 385_793_400),
        ("３８５７９３４", 385_793_400),
        (" 296 272 ", 29_627_200),
        ("¥1965608.78", 196_560_878),
        ("￥1,965,608.78元", 196_560_878),
        ("12.5", 1_250),
        ("12。5", 1_250),
        ("４０８。７５万元", 408_750_000),
        ("12.", 1_200),
        ("12.500", 1_250),
        ("007", 700),
        ("-5", -500),
        ("−0.01", -1),
        ("10000000000000000.01", 1_000_000_000_000_000_001),
        ("1020万", 1_020_000_000),
        ("408.75万元", 408_750_000),
        ("０．５　亿元", 5_000_000_000),
        ("1,200千元", 120_000_000),
        ("3百万", 300_000_000),
        ("-2万", -2_000_000),
        ("12.345678万元", 12_345_678),
    ],
)
def test_that_an_amount_is_read_to_the_fen(text: str, fen: int) -> None:
    assert parse_fen(text) == fen


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("三百万", MoneyProblem.NOT_A_NUMBER),
        ("300万万元", MoneyProblem.NOT_A_NUMBER),
        ("万元", MoneyProblem.NOT_A_NUMBER),
        ("3十元", MoneyProblem.NOT_A_NUMBER),
        ("1.1234567万元", MoneyProblem.TOO_MANY_DECIMALS),
        ("1,23", MoneyProblem.NOT_A_NUMBER),
        ("1,2345.00", MoneyProblem.NOT_A_NUMBER),
        ("1.2.3", MoneyProblem.NOT_A_NUMBER),
        (".5", MoneyProblem.NOT_A_NUMBER),
        ("1e5", MoneyProblem.NOT_A_NUMBER),
        ("10⁴", MoneyProblem.NOT_A_NUMBER),
        ("10²万元", MoneyProblem.NOT_A_NUMBER),
        ("③", MoneyProblem.NOT_A_NUMBER),
        ("NaN", MoneyProblem.NOT_A_NUMBER),
        ("元", MoneyProblem.NOT_A_NUMBER),
        ("٣٤", MoneyProblem.NOT_A_NUMBER),
        ("9" * 30, MoneyProblem.NOT_A_NUMBER),
        ("9" * 100_000, MoneyProblem.NOT_A_NUMBER),
        ("0.001", MoneyProblem.TOO_MANY_DECIMALS),
        ("-0.001", MoneyProblem.TOO_MANY_DECIMALS),
        ("-1,000.00", MoneyProblem.NEGATIVE),
    ],
)
def test_that_a_text_that_is_no_proper_amount_is_named(text: str, problem: MoneyProblem) -> None:
    assert money_problem(text) is problem
    assert (parse_fen(text) is None) == (problem is not MoneyProblem.NEGATIVE)


@pytest.mark.parametrize("text", ["", " ", "\u3000"])
def test_that_a_blank_cell_is_neither_an_amount_nor_a_problem(text: str) -> None:
    assert parse_fen(text) is None
    assert money_problem(text) is None


@pytest.mark.parametrize(
    ("fen", "style", "text"),
    [
        (385_793_400, MoneyStyle.GROUPED, "3,857,934.00"),
        (0, MoneyStyle.GROUPED, "0.00"),
        (29_627_200, MoneyStyle.PLAIN2, "296272.00"),
        (29_627_200, MoneyStyle.GROUPED_SHORT, "296,272"),
        (196_560_878, MoneyStyle.GROUPED_SHORT, "1,965,608.78"),
        (21_545_760, MoneyStyle.SHORT, "215457.6"),
        (100_000, MoneyStyle.SHORT, "1000"),
        (0, MoneyStyle.SHORT, "0"),
        (-1, MoneyStyle.GROUPED, "-0.01"),
    ],
)
def test_that_each_cell_prints_its_own_format(fen: int, style: MoneyStyle, text: str) -> None:
    assert format_fen(fen, style) == text


@given(AMOUNTS, st.sampled_from(MoneyStyle))
def test_that_every_amount_the_store_can_hold_reads_back_from_its_print(fen: int, style: MoneyStyle) -> None:
    assert parse_fen(format_fen(fen, style)) == fen


@given(st.text(max_size=80))
def test_that_any_text_is_an_amount_or_blank_or_has_a_problem(text: str) -> None:
    fen, problem = parse_fen(text), money_problem(text)
    if not text.strip():
        assert (fen, problem) == (None, None)
    elif fen is None:
        assert problem in (MoneyProblem.NOT_A_NUMBER, MoneyProblem.TOO_MANY_DECIMALS)
    else:
        assert problem is (MoneyProblem.NEGATIVE if fen < 0 else None)


def _amounts(funding: dict[str, Any]) -> Iterator[str]:
    for key, value in funding.items():
        if isinstance(value, dict):
            yield from _amounts(value)
        elif value and key not in ("points", "score", "execution_rate"):
            yield value


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.json")), ids=lambda path: path.stem)
def test_that_every_amount_of_the_given_forms_is_proper(path: Path) -> None:
    amounts = [
        text for form in json.loads(path.read_text(encoding="utf-8"))["forms"] for text in _amounts(form["funding"])
    ]
    assert amounts
    assert {text for text in amounts if money_problem(text)} == set()


def test_that_the_funding_identity_holds_on_every_given_declaration() -> None:
    forms = [
        form
        for path in FORMS.glob("declarations-*.json")
        for form in json.loads(path.read_text(encoding="utf-8"))["forms"]
    ]
    assert len(forms) == 18
    for form in forms:
        total, *sources = (
            parse_fen(form["funding"][key]) for key in ("total_requested", "fiscal_current", "carried_over", "other")
        )
        assert total == sum(fen or 0 for fen in sources), form["project_name"]
