"""Rows whose cells take a line each among rows whose cells are parted by tabs."""

from __future__ import annotations

import pytest

from model.recognition import recognise_text
from model.records import EvaluatedIndicator

DECLARATION = "项目支出绩效目标申报表\n（2026年度）\n项目名称\t信息化运维项目\n"
EVALUATION = "项目支出绩效自评表\n（2025年度）\n项目名称\t信息化运维项目\n"
HEADINGS = "一级指标\t二级指标\t三级指标\t年度指标值\n"
FIRST = "产出指标\t数量指标\t巡检次数\t≥12次\n"
LAST = "满意度指标\t服务对象满意度指标\t用户满意度\t≥90%\n"


@pytest.mark.parametrize(
    ("between", "row"),
    [
        ("质量指标\n合格率\n≥95%\n", ("质量指标", "合格率", "≥95%")),
        ("质量指标\n运行情况\n稳定\n", ("质量指标", "运行情况", "稳定")),
        ("合格率\n≥95.00(%)\n", ("数量指标", "合格率", "≥95.00(%)")),
    ],
)
def test_that_a_row_with_a_cell_a_line_among_rows_with_tabs_is_a_row_of_its_own(
    between: str, row: tuple[str, str, str]
) -> None:
    (form,) = recognise_text(f"{DECLARATION}{HEADINGS}{FIRST}{between}{LAST}").forms
    found = [(line.level2, line.name, line.target_text) for line in form.content.indicators]
    assert found == [
        ("数量指标", "巡检次数", "≥12次"),
        row,
        ("服务对象满意度指标", "用户满意度", "≥90%"),
    ]


def test_that_rows_with_a_cell_a_line_follow_one_another() -> None:
    (form,) = recognise_text(f"{DECLARATION}{HEADINGS}{FIRST}质量指标\n合格率\n≥95%\n完好率\n≥98%\n{LAST}").forms
    assert [line.name for line in form.content.indicators] == ["巡检次数", "合格率", "完好率", "用户满意度"]


def test_that_half_of_a_name_below_its_row_still_goes_on_with_it() -> None:
    cut = "产出指标\t数量指标\t科技资源巡检\t≥12次\n质量指标\n次数\n合格率\t≥95%\n"
    (form,) = recognise_text(f"{DECLARATION}{HEADINGS}{cut}{LAST}").forms
    assert [line.name for line in form.content.indicators] == ["科技资源巡检次数", "合格率", "用户满意度"]


def test_that_a_row_of_a_self_evaluation_with_a_cell_a_line_is_a_row_of_its_own() -> None:
    headings = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n"
    first, last = (
        "产出指标\t数量指标\t巡检次数\t≥12次\t12次\t20\t20\n",
        "".join(f"时效指标\t第{n}季度及时率\t≥90%\t95%\t5\t5\n" for n in range(1, 9)),
    )
    alone = "质量指标\n合格率\n≥95%\n90%\n30\n28.42\n两件返工，已更换供应商。\n"
    (form,) = recognise_text(f"{EVALUATION}{headings}{first}{alone}{last}").forms
    lines = form.content.indicators
    assert [line.name for line in lines][:3] == ["巡检次数", "合格率", "第1季度及时率"]
    second = lines[1]
    assert isinstance(second, EvaluatedIndicator)
    assert (second.target_text, second.actual_text, second.points, second.score, second.deviation_reason) == (
        *("≥95%", "90%", "30", "28.42"),
        "两件返工，已更换供应商。",
    )
