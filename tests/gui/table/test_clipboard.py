"""Blocks of cells as Excel and WPS write and read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.table.clipboard import from_tsv, to_tsv

CELLS = st.text(alphabet='甲乙1,"“”\t\n ', max_size=6).map(str.strip)
ROWS = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("巡检次数", [["巡检次数"]]),
        ("巡检次数\t≥2.00(次)\r\n", [["巡检次数", "≥2.00(次)"]]),
        ("一\r\n二\r\n", [["一"], ["二"]]),
        ("一\n\n三\n", [["一"], [""], ["三"]]),
        ("一\t\t三\r\n", [["一", "", "三"]]),
        ("一\t", [["一", ""]]),
        ('"第一行\n第二行"\t"说""好""\n了"\r\n', [["第一行\n第二行", '说"好"\n了']]),
        ('"第一行\r\n第二行"', [["第一行\n第二行"]]),
        ('"创·在上海"大赛\t5"屏\r\n', [['"创·在上海"大赛', '5"屏']]),
        ('"创·在上海"\r\n', [['"创·在上海"']]),
        ('"没有结束\t二\r\n', [['"没有结束', "二"]]),
        ("\r\n", [[""]]),
    ],
)
def test_that_a_block_is_read_as_excel_wrote_it(text: str, rows: list[list[str]]) -> None:
    assert from_tsv(text) == rows


def test_that_a_cell_with_a_line_break_is_written_in_quotes() -> None:
    assert to_tsv([["一", '说"好"\n了'], ["“二”", ""]]) == '一\t"说""好""\n了"\r\n“二”\t\r\n'


@given(rows=ROWS)
def test_that_a_block_survives_the_way_to_the_clipboard_and_back(rows: list[list[str]]) -> None:
    def is_plain(cell: str) -> bool:
        return not cell.startswith('"')

    if all(is_plain(cell) for row in rows for cell in row):
        assert from_tsv(to_tsv(rows)) == rows
