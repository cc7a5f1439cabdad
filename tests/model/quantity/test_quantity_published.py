"""Every value of the published forms, domain.md §5.1 and §5.2."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from model.quantity import Kind, Style, Value, canonical, parse, parse_actual, printed

FORMS = Path(__file__).parent.parent.parent / "fixtures" / "forms"
DECLARATIONS_2025 = "declarations-2025-exchange-centre"
DECLARATIONS_2026 = "declarations-2026-platform-centre"
EVALUATIONS_2022 = "evaluations-2022-platform-centre"
CELLS = [
    (DECLARATIONS_2025, "value_text", Style.DECLARATION),
    (DECLARATIONS_2026, "value_text", Style.DECLARATION),
    (EVALUATIONS_2022, "target_text", Style.EVALUATION),
    (EVALUATIONS_2022, "actual_text", Style.EVALUATION),
]


def texts(file: str, field: str) -> list[str]:
    data = json.loads((FORMS / f"{file}.json").read_text(encoding="utf-8"))
    return [line[field] or "" for form in data["forms"] for line in form["indicators"]]


def values(file: str, field: str) -> list[Value]:
    return [(parse_actual if field == "actual_text" else parse)(text) for text in texts(file, field)]


@pytest.mark.parametrize(
    ("file", "field", "kinds"),
    [
        (DECLARATIONS_2025, "value_text", {"quant": 62, "qual": 35, "qual_num": 7, "deadline": 3, "missing": 1}),
        (DECLARATIONS_2026, "value_text", {"quant": 124, "qual": 16, "missing": 1}),
        (EVALUATIONS_2022, "target_text", {"quant": 78, "qual": 17}),
        (EVALUATIONS_2022, "actual_text", {"quant": 78, "qual": 17}),
    ],
)
def test_that_every_published_value_is_of_its_kind(file: str, field: str, kinds: dict[str, int]) -> None:
    assert Counter(str(value.kind) for value in values(file, field)) == kinds


@pytest.mark.parametrize(("file", "field", "style"), CELLS)
def test_that_no_published_value_is_malformed_or_in_an_unknown_unit(file: str, field: str, style: Style) -> None:
    found = values(file, field)
    assert [value.raw for value in found if value.malformed] == []
    assert [value.raw for value in found if value.unit is not None and not value.unit.known] == []


@pytest.mark.parametrize(("file", "field", "style"), CELLS)
def test_that_every_published_value_prints_back_to_the_character(file: str, field: str, style: Style) -> None:
    for text in texts(file, field):
        assert printed(text, style) == text


@pytest.mark.parametrize(("file", "field", "style"), CELLS)
def test_that_a_published_quantity_means_the_same_in_the_other_style(file: str, field: str, style: Style) -> None:
    other = Style.EVALUATION if style is Style.DECLARATION else Style.DECLARATION
    for value in values(file, field):
        again = parse(printed(value.raw, other))
        assert (again.kind, again.base, again.dimension) == (value.kind, value.base, value.dimension)
        assert canonical(again, style) == canonical(value, style)


@pytest.mark.parametrize(
    ("file", "field", "comparators"),
    [
        (DECLARATIONS_2025, "value_text", {"=": 33, "≥": 28, ">": 1}),
        (DECLARATIONS_2026, "value_text", {"≥": 76, "=": 20, "<": 15, "≤": 8, ">": 5}),
        (EVALUATIONS_2022, "target_text", {"≥": 40, "=": 18, "<": 18, ">": 2}),
        (EVALUATIONS_2022, "actual_text", {}),
    ],
)
def test_that_every_target_has_a_comparator_and_no_actual_has_one(
    file: str, field: str, comparators: dict[str, int]
) -> None:
    quantities = [value for value in values(file, field) if value.kind is Kind.QUANT]
    assert Counter(str(value.comparator) for value in quantities if value.has_comparator) == comparators
    assert all(value.has_comparator == (field != "actual_text") for value in quantities)


def test_that_each_published_actual_is_measured_like_its_target_or_under_an_alias() -> None:
    pairs = zip(values(EVALUATIONS_2022, "target_text"), values(EVALUATIONS_2022, "actual_text"), strict=True)
    differing = {
        (target.dimension, actual.dimension) for target, actual in pairs if target.dimension != actual.dimension
    }
    assert differing == {("count:场次", "count:场")}


def test_that_the_numbers_in_words_of_2025_are_found_and_those_without_comparison_are_not() -> None:
    passages = {
        tuple(constraint.text for constraint in value.constraints)
        for value in values(DECLARATIONS_2025, "value_text")
        if value.kind is Kind.QUAL_NUM
    }
    assert passages == {
        ("≥10项",),
        ("≥10家",),
        ("大于50",),
        ("少于2小时",),
        ("≥200项", "≥100条"),
        ("≥60项", "≥2场"),
    }
