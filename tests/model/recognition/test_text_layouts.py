"""Forms as others lay them out, and as other programs give them: tabs, wide spaces, web pages, Markdown, pages."""

from __future__ import annotations

import pytest

from model.recognition import recognise_text
from model.recognition.text.tables import drawn_out
from tests.accuracy.compared import Right, Tally
from tests.accuracy.layouts import DRAWINGS, STYLES
from tests.accuracy.read_back import read_back
from tests.model.form_texts import HEADER, cells, table

SPACES = "spaces"
OF_CELLS = ("forms", "header", "money", "goals", "rows")
BROKEN_LABELS = ("labels with colons", "broken lines")


def every_third(form: Right) -> bool:
    return form.number % 3 == 0


def wrong(tally: Tally) -> dict[str, int]:
    """How many cells of each kind are not what they should be."""
    found = {name: getattr(tally, f"all_{name}") - getattr(tally, name) for name in OF_CELLS}
    found |= {name: tally.all_rows - getattr(tally, name) for name in ("names", "values", "level2")}
    return {name: count for name, count in found.items() if count} | (
        {"invented": tally.invented} if tally.invented else {}
    )


@pytest.mark.parametrize("drawing", [name for name in DRAWINGS if name != SPACES])
@pytest.mark.parametrize("style", STYLES)
def test_that_a_form_laid_out_otherwise_is_read_whole(style: str, drawing: str) -> None:
    tally, differences = read_back(style, DRAWINGS[drawing], every_third)
    found = wrong(tally)
    if (style, drawing) == BROKEN_LABELS:  # a name behind its label and cut by a line end; the rest of it is told
        found.pop("header")
    assert found == {}, differences


@pytest.mark.parametrize("style", STYLES)
def test_that_wide_spaces_for_cells_lose_no_line_and_invent_none(style: str) -> None:
    """Blank cells are gone, so that a value may stand under another heading: that is told beside its line."""
    tally, differences = read_back(style, DRAWINGS[SPACES], every_third)
    assert not wrong(tally).keys() - {"values", "level2"}, differences
    assert tally.values >= 0.9 * tally.all_rows


def test_that_merged_cells_of_a_web_page_leave_their_places_blank() -> None:
    page = (
        "前<table><tr><td rowspan=2>甲</td><td colspan='2'>乙</td><td>丙</td></tr>\n"
        "<tr><td>丁</td><td>戊<table><tr><td>内</td></tr></table></td><td>己\n庚</td></tr></table>后"
    )
    text, was_drawn = drawn_out(page)
    assert was_drawn
    assert len(text) == len(page)
    rows = [["".join(cell.split()) for cell in line.rstrip().split("\t")] for line in text.splitlines() if line.strip()]
    assert rows == [["前"], ["甲", "乙", "", "丙"], ["", "丁", "戊内", "己庚"], ["后"]]


def test_that_a_table_of_markdown_is_one_and_a_line_with_bars_is_none() -> None:
    text, was_drawn = drawn_out("甲|乙\n\n| 丙 | 丁\\|戊 |\n|:--|--:|\n| 己 | |\n")
    assert was_drawn
    assert [line.strip(" ").split("\t") for line in text.splitlines()] == [
        ["甲|乙"],
        [""],
        ["丙 ", " 丁\\|戊"],
        ["己 ", ""],
    ]


def test_that_letters_spaced_for_looks_are_no_cells() -> None:
    text, _ = drawn_out("三级指标    年度指标值\n项  目    甲乙  丙\n")
    assert text.splitlines()[1].split("\t")[0] == "项  目"


@pytest.mark.parametrize("number", ["— 3 —", "第 3 页", "第3页 共15页", "3 / 15", "- 3 -"])
def test_that_what_is_printed_on_every_page_is_no_part_of_a_form(number: str) -> None:
    rows = table(*(f"\t产出指标\t数量指标\t项目{count}\t≥{count}.00(个)" for count in range(1, 9))).splitlines()
    head = "某某局2026年度部门预算"
    pages = [rows[start : start + 6] for start in range(0, len(rows), 6)]
    reading = recognise_text("\n".join("\n".join([head, *page, number]) for page in pages))
    (form,) = reading.forms
    assert cells(form.content.indicators) == [
        ("产出指标", "数量指标", f"项目{count}", f"≥{count}.00(个)") for count in range(1, 9)
    ]
    (told,) = [doubt for doubt in reading.unplaced if "页眉" in doubt.what]
    assert {"".join(text.split()) for _, text in told.cells} == {head, "".join(number.split())}


def test_that_a_figure_alone_is_no_number_of_a_page() -> None:
    (form,) = recognise_text(HEADER + "\t产出指标\t数量指标\t甲\t\n12\n\t\t\t乙\t≥1.00(个)\n").forms
    assert any("12" in line.target_text or "12" in line.name for line in form.content.indicators)


def test_that_columns_of_others_are_told_once_with_what_stands_in_them() -> None:
    text = (
        "项目支出绩效目标申报表\n（2026年度）\n项目名称\t甲\n年度目标\t办好。\n"
        "一级指标\t二级指标\t三级指标\t指标值\t指标说明\n"
        "产出指标\t数量指标\t甲\t≥1.00(个)\t见附件\n\t\t乙\t≥2.00(个)\t略\n\n\t质量指标\t丙丁\t完成\t略\n"
    )
    (form,) = recognise_text(text).forms
    assert [line.name for line in form.content.indicators] == ["甲", "乙", "丙丁"]
    (told,) = [doubt for doubt in form.doubts if "指标说明" in doubt.what]
    assert {text for _, text in told.cells} >= {"见附件", "略"}
