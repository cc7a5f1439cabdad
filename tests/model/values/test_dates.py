"""domain.md §2.5 and §10.4: dates as typed and as printed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.values.dates import format_date, parse_date, parse_year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-01", date(2026, 1, 1)),
        ("2026.12.31", date(2026, 12, 31)),
        ("2026/1/1", date(2026, 1, 1)),
        ("20261231", date(2026, 12, 31)),
        ("26-12-31", date(2026, 12, 31)),
        ("26.1.5", date(2026, 1, 5)),
        ("２０２６。12。31", date(2026, 12, 31)),
        ("2026年12月31日", date(2026, 12, 31)),
        ("2026 年 2 月 3 日", date(2026, 2, 3)),
        ("２０２６－０１－０１", date(2026, 1, 1)),
        (" 2028-02-29\n", date(2028, 2, 29)),
    ],
)
def test_that_a_date_is_read_in_every_way_it_is_typed(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "明年",
            "2026",
            "2026-01",
            "202611",
            "2026111",
            "260101",
            "26-01",
            "126-01-01",
            "26年1月1日",
            "2026-1²-03",
            "2026-1/1",
            "2026年1月1",
        ),
        *("2026-13-01", "2026-02-29", "0000-01-01", "2026-01-01 08:00", "٢٠٢٦-٠١-٠١", "2026-01-01" * 10_000),
    ],
)
def test_that_what_is_no_day_of_the_calendar_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_that_a_printed_date_reads_back(day: date) -> None:
    assert parse_date(format_date(day)) == day


def test_that_a_date_prints_as_the_forms_print_it() -> None:
    assert format_date(date(2026, 1, 1)) == "2026-01-01"


@given(st.text(max_size=40))
def test_that_no_text_makes_the_reader_of_dates_fail(text: str) -> None:
    day = parse_date(text)
    assert day is None or parse_date(format_date(day)) == day


@pytest.mark.parametrize(
    ("text", "year"),
    [
        *(
            ("2026", 2026),
            ("2026年度", 2026),
            ("2026年", 2026),
            ("２０２６ 年度", 2026),
            (" 2100 ", 2100),
            ("2000", 2000),
        ),
        *(
            ("1999", None),
            ("2101", None),
            ("明年", None),
            ("", None),
            ("26", None),
            ("2026度", None),
            ("202⁶", None),
            ("٢٠٢٦", None),
        ),
    ],
)
def test_that_a_budget_year_is_read_in_every_way_it_is_written(text: str, year: int | None) -> None:
    assert parse_year(text) == year
