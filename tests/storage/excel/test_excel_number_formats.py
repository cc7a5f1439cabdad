from __future__ import annotations

import csv
import subprocess
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from storage.excel import read_workbook_cells
from storage.excel.number_formats import (
    exact_number,
    format_date,
    format_number,
    format_text,
    is_date_format,
    is_time_format,
    plain,
)
from tests.storage.printed_pages import needs_libreoffice
from tests.storage.workbooks import first_sheet

FORMATS = (
    *("0", "0.00", "0.000", "000", "#,##0", "#,##0.00", "#,###", "#.##", "0.##", "#,##0,", '0.0,"千"', "0.00E+00"),
    *("0%", "0.0%", "0.00%", r"0\%", r'"≥"0\%', '"≥"0"人次"', '"≤"#,##0.00"万元"', '0"分"', "0次", "#,##0.00元"),
    *("#,##0;[Red]-#,##0", "#,##0.00;(#,##0.00)", '0;-0;"无"', '[>=100]"满"0;[<0]"负"0;0.0', "+0;-0", '"前"0.0"后"'),
    *('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "[$¥-804]#,##0.00", '"¥"#,##0.00', '"约"0', "?0.0?"),
    *("yyyy-mm-dd", 'yyyy"年"m"月"d"日"', 'm"月"', '[$-804]yyyy"年"m"月"', "yyyy/m/d", "yy.mm.dd"),
)
VALUES = ("0", "5", "-5", "0.5", "0.95", "0.95238", "1234.5", "1234567.891", "-1234.567", "8.62037037037037", "45992")


def both(number: str, number_format: str) -> tuple[str, str]:
    formatted = format_number(Decimal(number), number_format)
    assert formatted is not None
    return formatted.shown, formatted.kept


@pytest.mark.parametrize(
    ("number", "number_format", "shown", "kept"),
    [
        ("95", r"0\%", "95%", "95%"),
        ("0.955", "0%", "96%", "95.5%"),
        ("0.9", "0%", "90%", "90%"),
        ("1200", '"≥"0"人次"', "≥1200人次", "≥1200人次"),
        ("11.376", '"≥"#,##0.00"万元"', "≥11.38万元", "≥11.376万元"),
        ("387664.62", "#,##0", "387,665", "387664.62"),
        ("1000", "#,##0", "1,000", "1,000"),
        ("8.62037037037037", "General", "8.62037037", "8.62037037037037"),
        ("8.62037037037037", "0.00", "8.62", "8.62037037037037"),
        ("-5", "0;0", "5", "5"),
        ("0", "General", "0", "0"),
        ("12345678.9", "0.00E+00", "1.23E+07", "12345678.9"),
        ("0.0001", "0", "0", "0.0001"),
        ("5", 'G/通用格式"个"', "5个", "5个"),
    ],
)
def test_that_a_format_adds_its_words_and_takes_no_digit(
    number: str, number_format: str, shown: str, kept: str
) -> None:
    assert both(number, number_format) == (shown, kept)


@pytest.mark.parametrize("number_format", ["# ?/?", "[DBNum1]0", "00-00", "0" * 300])
def test_that_a_format_that_is_not_known_is_not_guessed_at(number_format: str) -> None:
    assert format_number(Decimal(5), number_format) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4), st.sampled_from(FORMATS[:22]))
def test_that_what_is_kept_says_the_number(number: Decimal, number_format: str) -> None:
    formatted = format_number(number, number_format)
    assert formatted is not None
    digits = "".join(character for character in formatted.kept if character in "0123456789.-")
    scale = {"%": 2, ",": -3, "千": -3}
    by = next((power for sign, power in scale.items() if number_format.rstrip('"').endswith(sign)), 0)
    by = 0 if "\\%" in number_format else by
    assert Decimal(digits or "0") == number.scaleb(by)


@pytest.mark.parametrize(
    ("moment", "number_format", "text"),
    [
        (date(2026, 3, 1), "yyyy-mm-dd", "2026-03-01"),
        (datetime(2026, 12, 31, 8, 5, tzinfo=UTC), 'yyyy"年"m"月"d"日"', "2026年12月31日"),
        (datetime(2026, 12, 31, tzinfo=UTC), 'm"月"d"日"', "12月31日"),
        (datetime(2026, 12, 31, 14, 5, 9, tzinfo=UTC), 'h"时"mm"分"ss"秒"', "14时05分09秒"),
        (time(14, 5), '上午/下午h"时"mm"分"', "下午2时05分"),
        (date(2026, 11, 28), "yyyy/m/d aaaa", "2026/11/28 星期六"),
        (date(2026, 11, 28), "d-mmm-yy", "28-Nov-26"),
    ],
)
def test_that_dates_read_as_they_are_shown(moment: date, number_format: str, text: str) -> None:
    assert is_date_format(number_format)
    assert format_date(moment, number_format) == text


def test_that_formats_of_numbers_and_times_are_told_from_those_of_dates() -> None:
    assert not any(map(is_date_format, ("General", "0.00", '0"年"', "", "#,##0;[Red]-#,##0", r"0\d")))
    assert is_time_format("h:mm")
    assert not is_time_format("yyyy-mm-dd h:mm")
    assert format_date(date(2026, 1, 1), "[h]:mm") is None


def test_that_a_number_is_held_to_fifteen_digits_as_excel_does() -> None:
    assert plain(exact_number(0.1 + 0.2)) == "0.3"
    assert plain(exact_number(387664.62)) == "387664.62"
    assert plain(exact_number(1e15)) == "1000000000000000"


def test_that_a_format_may_add_words_to_a_text() -> None:
    assert format_text("丰富", '"约"@') == "约丰富"
    assert format_text("丰富", '0;-0;0;"约"@') == "约丰富"
    assert format_text("a@b", "@") == "a@b"
    assert format_text("x", "General") == "x"


@needs_libreoffice
def test_that_libreoffice_shows_every_number_the_same_way(tmp_path: Path) -> None:
    workbook = Workbook()
    for row, number_format in enumerate(FORMATS, 1):
        for column, value in enumerate(VALUES, 1):
            is_date = (number_format[-1] in 'd"' and "m" in number_format) or "yyyy" in number_format
            number = Decimal(value)
            cell = first_sheet(workbook).cell(row, column)
            cell.value = abs(int(number)) + 61 if is_date else int(number) if number == int(number) else number
            cell.number_format = number_format
    path = tmp_path / "格式.xlsx"
    workbook.save(path)
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", options, "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        theirs = [[text.replace(" ", "") for text in row] for row in csv.reader(file)]
    (sheet,) = read_workbook_cells(path)
    ours = [
        [sheet.shown.get((row, column), "").replace(" ", "") for column in range(len(VALUES))]
        for row in range(len(FORMATS))
    ]
    assert ours == theirs
