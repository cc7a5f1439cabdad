"""Blocks of cells as Excel and WPS write and read them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData

from gui.table.clipboard import copied, copied_rows, from_tsv, to_tsv

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


ENDING = """
from PySide6.QtGui import QGuiApplication
from gui.table.clipboard import copied
application = QGuiApplication(["x"])
QGuiApplication.clipboard().setMimeData(copied([["甲"]], [["甲"]]))
"""


def page(*cells: str) -> QMimeData:
    data = QMimeData()
    data.setHtml("".join(cells))
    return data


WORD = (
    "<html><head><style>td {color: red}</style><title>表</title></head><body><table class=MsoTableGrid>"
    "<tr><td rowspan=2><p class=MsoNormal>产出\n指标</p></td>"
    "<td><p>OA <b>系统</b> <span>上线</span></p><p>含培训<o:p>&nbsp;</o:p></p></td>"
    "<td><p>≥<span lang=EN-US>12</span>次</p></td></tr>"
    "<tr><td><p>验收</p></td><td><p>一次</p></td></tr></table></body></html>"
)
WORDS = [["产出指标", "OA 系统 上线\n含培训", "≥12次"], ["", "验收", "一次"]]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (WORD, WORDS),
        ("<table><tr><td>甲<td>1<tr><td>乙<td>2</table>", [["甲", "1"], ["乙", "2"]]),
        ("<tr><td>甲</td><td>1</td></tr>", [["甲", "1"]]),
        ("<table><td>甲<br><br>乙</td></table>", [["甲\n\n乙"]]),
        ("<table><tr><td><script>x()</script>甲<style>b{}</style></td></tr></table>", [["甲"]]),
        ("<table><tr><td colspan=2>甲</td><td>乙</td></tr></table>", [["甲", "", "乙"]]),
        (
            "<table><tr><td>导航</td><td><table><tr><td>甲<table><tr><td>内</td><td>里</td></tr></table></td><td>1</td></tr>"
            "<tr><td>乙</td><td>2</td></tr></table></td></tr></table>",
            [["甲\n内 里", "1"], ["乙", "2"]],
        ),
        (
            "<table><tr><th>名称</th></tr></table><p>中间</p><table><tr><td>甲</td></tr></table>",
            [["名称"], ["甲"]],
        ),
        ("<table><td>10<sup>4</sup>亩</td><td>CO<sub>2</sub></td></table>", [["10⁴亩", "CO₂"]]),
        ("没有表格</td></table>", []),
        ("", []),
    ],
)
def test_that_the_tables_of_a_page_are_read_as_they_are_seen(text: str, rows: list[list[str]]) -> None:
    assert copied_rows(page(text)) == rows


def test_that_a_table_beside_a_text_says_where_cells_end_and_lines_break() -> None:
    word = page(WORD)
    word.setText("产出指标\tOA 系统 上线\n含培训\t≥12次\n\t验收\t一次\n")
    assert copied_rows(word) == WORDS
    calc = page("<table><tr><td>甲<br>乙</td><td>两 格</td></tr></table>")
    calc.setText("甲 乙\t两  格\n")
    assert copied_rows(calc) == [["甲\n乙", "两  格"]]


def test_that_a_digit_the_table_beside_a_text_raises_is_no_digit_of_the_number_it_stands_behind() -> None:
    excel = page(
        "<table><tr><td>≥10<font class=font5><sup>4</sup></font><font class=font0>亩</font></td><td>CO<sub>2</sub></td>"
        "<td>两 格</td></tr></table>"
    )
    excel.setText("≥104亩\tCO2\t两  格\r\n")
    assert copied_rows(excel) == [["≥10⁴亩", "CO₂", "两  格"]]


def test_that_a_table_that_says_something_else_than_the_text_beside_it_does_not_count() -> None:
    data = page("<table><tr><td>甲</td></tr></table>")
    data.setText("甲\t看不见的一栏\n")
    assert copied_rows(data) == [["甲", "看不见的一栏"]]


def test_that_a_spreadsheet_takes_what_is_copied_as_the_texts_and_numbers_they_are() -> None:
    data = copied([["=12.00(期)", "10.50", "007", "甲\n<乙>"]])
    assert data.text() == '=12.00(期)\t10.50\t007\t"甲\n<乙>"\r\n'
    cells = data.html().split("<td")[1:]
    assert ["'\\@'" in cell for cell in cells] == [True, False, True, True]
    assert '甲<br style="mso-data-placement:same-cell">&lt;乙&gt;' in cells[3]
    assert copied_rows(data) == [["=12.00(期)", "10.50", "007", "甲\n<乙>"]]


def test_that_a_program_ends_well_with_what_it_copied_still_on_the_clipboard() -> None:
    ended = subprocess.run([sys.executable, "-c", ENDING], capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
