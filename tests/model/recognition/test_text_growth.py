"""A text made to be slow: twice as much of it takes twice the work, counted in calls and not by a clock."""

from __future__ import annotations

import cProfile
import pstats

import pytest

from model.recognition import recognise_text
from model.values.markup import without_markup
from tests.model.form_texts import EVALUATION_TABS, HEADER

SIZE = 2_000
MOST = 2.4
SHAPES = {
    "labels cut in two": (EVALUATION_TABS, "社会效\n"),
    "labels cut in two, side by side": (HEADER, "产出\t指标\n"),
    "levels without a line": (HEADER, "产出指标\t数量指标\n"),
    "lines without a level": (HEADER, "某某\t≥1.00(个)\n"),
    "lines of words": (EVALUATION_TABS, "某某 ≥1.00(个) 1个 10 10\n"),
    "names of projects": ("", "项目名称\t甲乙\n"),
    "titles": ("", "项目支出绩效目标申报表\n"),
    "notes under the table": (HEADER, "备注：没有\n"),
    "labels of amounts": (HEADER.partition("项目绩效目标")[0], "其他资金\t1.00\n"),
    "goals of many lines": (EVALUATION_TABS.partition("年度总体目标")[0], "预期目标 实际完成情况\n已完成一项工作，\n"),
    "paragraphs of goals": (EVALUATION_TABS.partition("绩效指标\t")[0], "\n需完成一项\n工作\n"),
    "headings nobody knows": (
        HEADER.replace("年度(/项目)指标值\t", "年度(/项目)指标值" + "\t生词" * 90),
        "甲" + "\t乙" * 90 + "\n",
    ),
}


def calls(text: str) -> int:
    """How many calls reading a text takes."""
    profile = cProfile.Profile()
    profile.runcall(recognise_text, text)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined] # missing in the stubs


@pytest.mark.parametrize("shape", SHAPES)
def test_that_twice_the_text_takes_twice_the_work(shape: str) -> None:
    head, piece = SHAPES[shape]
    once, twice = (calls(head + piece * (size // len(piece))) for size in (SIZE, 2 * SIZE))
    assert twice <= MOST * once


@pytest.mark.parametrize("piece", ["1,", "1, ", "<a", '"', "$", "（", "&", "\\a{"])
def test_that_signs_without_end_are_read_in_no_time(piece: str) -> None:
    assert not recognise_text(piece * (40_000 // len(piece))).forms


def test_that_tags_within_tags_are_taken_out_to_the_hundredth_layer() -> None:
    assert without_markup("<a" * 100 + ">" * 100 + "甲") == "甲"
    assert without_markup("<a" * 101 + ">" * 101 + "甲") == "<a>甲"
