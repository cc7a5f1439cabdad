"""The curated forms as other units, systems and programs lay them out: rows of cells, then drawn one way or another.

A layout gives the rows of a form and the form as it should be read from them: without what the layout has no place
for, with the values as a reader puts their columns together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from model.recognition import Grid

Data = dict[str, Any]
Rows = list[list[str]]
_VALUE = re.compile(r"\s*(>=|<=|[≥≤=<>])?\s*([\d,]+(?:\.\d+)?)\s*(?:\((\D{1,12})\)|(\D{0,12}))\s*")
_SOURCES = (
    ("total", "年度资金总额"),
    ("fiscal_current", "其中：财政拨款"),
    ("carried_over", "上年结转资金"),
    ("other", "其他资金"),
)
_COLUMNS = ("initial_budget", "adjusted_budget", "executed")


@dataclass(frozen=True, slots=True)
class Style:
    """What a layout does otherwise than ours; ``before`` and ``after`` are columns more, with the text of each row."""

    declaration: str = "项目支出绩效目标表"
    evaluation: str = "项目支出绩效自评表"
    headings: Mapping[str, str] = field(default_factory=dict)
    before: tuple[tuple[str, str], ...] = ()
    after: tuple[tuple[str, str], ...] = ()
    is_in_wan: bool = False
    has_wan_beside: bool = False
    repeats_levels: bool = False
    splits_values: bool = False
    goals: tuple[str, str] = ("年度目标", "")
    has_side: bool = True
    has_level_points: bool = False
    has_execution_row: bool = False
    is_inline: bool = False


def laid_out(data: Data, style: Style) -> tuple[Rows, Data]:
    """The rows of a form in a style, and the form as it should be read."""
    right = deepcopy(data)
    is_evaluation = data["kind"] == "evaluation"
    rows: Rows = [[style.evaluation if is_evaluation else style.declaration], [f"（{data['year']}年度）"]]
    rows += _header(right, style)
    rows += _evaluated_money(right, style) if is_evaluation else _declared_money(right, style)
    rows += _evaluated_goals(right) if is_evaluation else _declared_goals(right, style)
    rows += _table(right, style, is_evaluation)
    return rows, right


def _header(right: Data, style: Style) -> Rows:
    for name in ("project_nature", "project_category", "start_date", "end_date"):
        if name in right:
            right[name] = ""
    if style.is_inline:
        return [
            [f"项目名称：{right['project_name']}"],
            [f"主管部门：{right['department']}", f"实施单位：{right['unit']}"],
        ]
    return [
        ["项目名称", right["project_name"]],
        ["主管部门及代码", right["department"], "实施单位", right["unit"]],
    ]


def _amount(text: str | None, style: Style) -> str:
    if not text:
        return ""
    if style.has_wan_beside:
        return f"{Decimal(text.replace(',', '')) / 10_000:f}万元"
    return f"{Decimal(text.replace(',', '')) / 10_000:f}" if style.is_in_wan else text


def _declared_money(right: Data, style: Style) -> Rows:
    funding = right["funding"]
    unit = "" if style.has_wan_beside else "（万元）" if style.is_in_wan else "（元）"
    names = ("total_requested", "fiscal_current", "carried_over", "other")
    for name in set(funding) - set(names):
        funding[name] = ""
    rows = [["", label, _amount(funding[name], style)] for name, (_, label) in zip(names, _SOURCES, strict=True)]
    rows[0][0] = f"项目资金{unit}"
    return rows


def _evaluated_money(right: Data, style: Style) -> Rows:
    funding = right["funding"]
    unit = "" if style.has_wan_beside else "（万元）" if style.is_in_wan else "（元）"
    rows = [[f"项目资金{unit}", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]]
    for name, label in _SOURCES:
        row = ["", label, *(_amount(funding[column][name], style) for column in _COLUMNS)]
        row += [funding["points"], funding["execution_rate"], funding["score"]] if name == "total" else ["—", "", "—"]
        rows.append([cell or "" for cell in row])
    return rows


def _declared_goals(right: Data, style: Style) -> Rows:
    annual, overall = style.goals
    if not overall:
        right["overall_goal"] = ""
        return [[annual, right["annual_goal"]]]
    return [[overall, annual], [right["overall_goal"], right["annual_goal"]]]


def _evaluated_goals(right: Data) -> Rows:
    return [
        ["年度总体目标", "预期目标", "", "", "", "实际完成情况"],
        ["", right["expected_goal"], "", "", "", right["actual_completion"]],
    ]


_PRINTED = {
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "sign": "指标性质",
    "target_text": "指标值",
    "unit": "计量单位",
    "actual_text": "全年实际完成值",
    "points": "分值",
    "score": "得分",
    "deviation_reason": "偏差原因分析及改进措施",
}


def _table(right: Data, style: Style, is_evaluation: bool) -> Rows:
    fields = ["level1", "level2", "name"]
    fields += ["sign", "target_text", "unit"] if style.splits_values else ["target_text"]
    fields += ["actual_text", "points", "score", "deviation_reason"] if is_evaluation else []
    headings = _PRINTED | dict(style.headings)
    side = ["绩效指标"] if style.has_side else []
    rows: Rows = [
        side
        + [word for word, _ in style.before]
        + [headings[name] for name in fields]
        + [word for word, _ in style.after]
    ]
    if style.has_execution_row and is_evaluation:
        right["indicators"].insert(0, _execution_line(right))
    above = ("", "")
    for number, line in enumerate(right["indicators"], 1):
        line.setdefault("target_text", line.pop("value_text", ""))
        shown = _shown(line, style)
        if style.has_level_points:
            shown["level1"] += "（50分）" if shown["level1"] else ""
        levels = (line["level1"], line["level2"])
        if not style.repeats_levels:
            shown["level1"] = "" if levels[0] == above[0] else shown["level1"]
            shown["level2"] = "" if levels == above else shown["level2"]
        above = levels
        row = ["" for _ in side]
        row += [text.format(number=number) for _, text in style.before]
        row += [shown.get(name) or "" for name in fields]
        row += [text.format(number=number) for _, text in style.after]
        rows.append(row)
        line["value_text"] = line["target_text"]
    if is_evaluation:
        total = ["" for _ in rows[0]]
        total[0] = "总分"
        points = len(side) + len(style.before) + fields.index("points")
        total[points : points + 2] = [right["total_points"], right["total_score"]]
        rows.append(total)
    return rows


def _shown(line: Data, style: Style) -> Data:
    """The cells of a line; its target as it is read is put into the line itself."""
    shown = dict(line)
    value = _VALUE.fullmatch(line["target_text"]) if style.splits_values else None
    if value is not None and value[1]:
        unit = (value[3] or value[4] or "").strip()
        shown |= {"sign": value[1], "target_text": value[2], "unit": unit}
        line["target_text"] = value[1] + value[2] + unit
    elif style.splits_values:
        shown |= {"sign": "定性", "unit": ""}
    return shown


def _execution_line(right: Data) -> Data:
    """The execution of the budget as a line of the table, as some provinces have it."""
    funding = right["funding"]
    return {
        "level1": "预算执行情况",
        "level2": "预算执行率",
        "name": "预算执行率",
        "target_text": "100%",
        "actual_text": funding["execution_rate"],
        "points": "10",
        "score": funding["score"],
        "deviation_reason": "",
    }


STYLES: dict[str, Style] = {
    "national, 万元": Style(is_in_wan=True),
    "levels in each row, 序号 and 指标说明": Style(
        repeats_levels=True, before=(("序号", "{number}"),), after=(("指标说明", "见附件"),)
    ),
    "values in three columns": Style(
        splits_values=True, headings={"sign": "运算符号", "unit": "度量单位"}, after=(("评分标准", "按比例得分"),)
    ),
    "指标方向, 权重 and 指标解释": Style(
        splits_values=True,
        repeats_levels=True,
        after=(("指标方向", "正向"), ("指标解释", "按合同")),
        headings={"points": "权重", "actual_text": "完成值"},
    ),
    "amounts with 万元": Style(has_wan_beside=True, evaluation="项目绩效自评情况表", declaration="项目绩效目标批复表"),
    "goals side by side": Style(goals=("年度绩效目标", "中长期目标"), declaration="预算项目绩效目标申报表"),
    "labels with colons": Style(is_inline=True, evaluation="2022年度项目支出绩效自评结果表"),
    "执行率 in the table": Style(has_execution_row=True),
    "points in the levels": Style(has_level_points=True, has_side=False),
}


# how rows are drawn


def as_grid(rows: Rows) -> Grid:
    """As the cells of a workbook, one form below the other."""
    return Grid({(row, column): text for row, cells in enumerate(rows) for column, text in enumerate(cells) if text})


def as_tabs(rows: Rows) -> str:
    """As a program of tables copies them."""
    return "\n".join("\t".join(row) for row in rows) + "\n"


def as_spaces(rows: Rows) -> str:
    """With spaces for tabs, as a mail or a chat keeps them; blank cells are gone."""
    return "\n".join("    ".join("".join(text.split()) for text in row if text) for row in rows) + "\n"


def as_markdown(rows: Rows) -> str:
    """As a table of Markdown."""
    width = max(map(len, rows))
    lines = [
        "| " + " | ".join([*(text.replace("\n", "<br>") for text in row), *[""] * (width - len(row))]) + " |"
        for row in rows
    ]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]]) + "\n"


def as_html(rows: Rows) -> str:
    """As the source of a web page."""
    body = "\n".join("<tr>" + "".join(f'<td style="width:20%">{text}</td>' for text in row) + "</tr>" for row in rows)
    return f'<table border="1">\n<tbody>\n{body}\n</tbody></table>\n'


def as_pages(rows: Rows) -> str:
    """With tabs, and over and under each page its header and its number."""
    lines = as_tabs(rows).splitlines()
    pages = [lines[start : start + 14] for start in range(0, len(lines), 14)]
    return "\n".join(
        "\n".join(["某某单位2025年度部门预算", *page, "", f"— {number} —", ""]) for number, page in enumerate(pages, 1)
    )


def as_broken(rows: Rows) -> str:
    """With tabs, long cells broken by line ends at places of their own."""
    return "\n".join("\t".join("\n".join(_parts(text)) for text in row) for row in rows) + "\n"


def _parts(text: str) -> list[str]:
    return [text[start : start + 13] for start in range(0, len(text), 13)] or [""]


DRAWINGS: dict[str, Callable[[Rows], Grid | str]] = {
    "cells": as_grid,
    "tabs": as_tabs,
    "spaces": as_spaces,
    "Markdown": as_markdown,
    "HTML": as_html,
    "pages": as_pages,
    "broken lines": as_broken,
}
