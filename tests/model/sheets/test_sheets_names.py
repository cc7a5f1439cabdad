from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.sheets import sheet_names


def one(name: str, ending: str = "") -> str:
    return sheet_names([(name, ending)])[0]


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("信息化运维项目", "信息化运维项目"),
        ("运维[2026]:甲/乙\\丙?*", "运维 2026 甲 乙 丙"),
        ("  前后空白\t\n", "前后空白"),
        ("'引号'", "引号"),
        ("", "未命名项目"),
        ("???", "未命名项目"),
        ("History", "History(2)"),
        ("HISTORY", "HISTORY(2)"),
        ("创" * 40, "创" * 31),
        ("😀" * 20, "😀" * 15),
        ("甲" * 30 + "' 乙", "甲" * 30),
    ],
)
def test_that_a_name_is_one_excel_accepts(wanted: str, name: str) -> None:
    assert one(wanted) == name


def test_that_the_ending_survives_the_shortening() -> None:
    assert one("创" * 40, "-2026申报表") == "创" * 23 + "-2026申报表"


def test_that_names_are_told_apart_without_regard_to_case() -> None:
    assert sheet_names([("Plan", ""), ("plan", ""), ("PLAN", ""), ("plan(2)", "")]) == (
        "Plan",
        "plan(2)",
        "PLAN(3)",
        "plan(2)(2)",
    )


@given(
    st.lists(st.tuples(st.text(st.characters(exclude_categories=()), max_size=50), st.sampled_from(["", "-自评表"])))
)
def test_that_any_names_become_valid_and_unique(wanted: list[tuple[str, str]]) -> None:
    names = sheet_names(wanted)
    assert len(names) == len(wanted)
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff]", name)
        assert name == name.strip(" '")
        assert name.casefold() != "history"


def test_that_a_name_as_long_as_a_cell_is_shortened_at_once() -> None:
    start = process_time()
    assert sheet_names([("很长😀" * 8_192, "-申报表"), ("很长😀" * 8_192, "-申报表")])[1].endswith("-申报表(2)")
    assert process_time() - start < 1
