"""The cells of both forms, each described once: its name, its printed label, its kind, its place in the JSON.

Screen, printed sheet, findings and interchange all take a cell's Chinese label and JSON path from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from model.records import Form


class CellKind(StrEnum):
    """How a cell is typed, checked and aligned."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    DATE = "date"
    MONEY = "money"
    VALUE = "value"
    NUMBER = "number"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a form. ``path`` is its dotted place in jixiao-forms/1; ``label`` is how the form prints it."""

    name: str
    label: str
    kind: CellKind
    path: str
    choices: tuple[str, ...] = ()


PROJECT_NATURES = ("其他一次性项目", "其他经常性项目", "阶段性项目", "一次性项目", "经常性项目")
PROJECT_CATEGORIES = ("特定目标类", "其他运转类", "人员类", "公用经费")

HEADER_CELLS = (
    Cell("year", "预算年度", CellKind.NUMBER, "year"),
    Cell("project_name", "项目名称", CellKind.TEXT, "project_name"),
    Cell("department", "主管部门", CellKind.TEXT, "department"),
    Cell("unit", "实施单位", CellKind.TEXT, "unit"),
)

DECLARATION_CELLS = (
    Cell("project_nature", "项目性质", CellKind.CHOICE, "project_nature", PROJECT_NATURES),
    Cell("project_category", "项目类别", CellKind.CHOICE, "project_category", PROJECT_CATEGORIES),
    Cell("start_date", "计划开始日期", CellKind.DATE, "start_date"),
    Cell("end_date", "计划完成日期", CellKind.DATE, "end_date"),
    Cell("total_requested", "年度资金申请总额", CellKind.MONEY, "funding.total_requested"),
    Cell("fiscal_current", "当年财政拨款", CellKind.MONEY, "funding.fiscal_current"),
    Cell("carried_over", "上年结转资金", CellKind.MONEY, "funding.carried_over"),
    Cell("other", "其他资金", CellKind.MONEY, "funding.other"),
    Cell("project_total", "项目资金总额", CellKind.MONEY, "funding.project_total"),
    Cell("project_fiscal", "财政资金", CellKind.MONEY, "funding.project_fiscal"),
    Cell("project_other", "其他资金", CellKind.MONEY, "funding.project_other"),
    Cell("overall_goal", "项目总目标", CellKind.LONG_TEXT, "overall_goal"),
    Cell("annual_goal", "年度总体目标", CellKind.LONG_TEXT, "annual_goal"),
)

MONEY_COLUMNS = (
    ("initial", "年初预算数", "initial_budget"),
    ("adjusted", "全年预算数", "adjusted_budget"),
    ("executed", "全年执行数", "executed"),
)
MONEY_SOURCES = (
    ("total", "年度资金总额"),
    ("fiscal_current", "当年财政拨款"),
    ("carried_over", "上年结转资金"),
    ("other", "其他资金"),
)

EVALUATION_CELLS = (
    *(
        Cell(
            f"{column}_{source}",
            f"{column_label}：{source_label}",
            CellKind.MONEY,
            f"funding.{path}.{source}",
        )
        for column, column_label, path in MONEY_COLUMNS
        for source, source_label in MONEY_SOURCES
    ),
    Cell("execution_points", "预算执行率分值", CellKind.NUMBER, "funding.points"),
    Cell("execution_rate", "执行率", CellKind.COMPUTED, "funding.execution_rate"),
    Cell("execution_score", "预算执行率得分", CellKind.COMPUTED, "funding.score"),
    Cell("expected_goal", "预期目标", CellKind.LONG_TEXT, "expected_goal"),
    Cell("actual_completion", "实际完成情况", CellKind.LONG_TEXT, "actual_completion"),
    Cell("total_points", "分值合计", CellKind.COMPUTED, "total_points"),
    Cell("total_score", "总分", CellKind.COMPUTED, "total_score"),
)

_LEVEL_CELLS = (
    Cell("level1", "一级指标", CellKind.CHOICE, "level1"),
    Cell("level2", "二级指标", CellKind.CHOICE, "level2"),
    Cell("name", "三级指标", CellKind.TEXT, "name"),
)

INDICATOR_CELLS = {
    Form.DECLARATION: (*_LEVEL_CELLS, Cell("target_text", "年度指标值", CellKind.VALUE, "value_text")),
    Form.EVALUATION: (
        *_LEVEL_CELLS,
        Cell("target_text", "年度指标值", CellKind.VALUE, "target_text"),
        Cell("actual_text", "实际完成值", CellKind.VALUE, "actual_text"),
        Cell("points", "分值", CellKind.NUMBER, "points"),
        Cell("score", "得分", CellKind.NUMBER, "score"),
        Cell("achievement", "达成等级", CellKind.CHOICE, "achievement"),
        Cell("deviation_reason", "偏差原因分析及改进措施", CellKind.LONG_TEXT, "deviation_reason"),
    ),
}

FORM_CELLS = {
    Form.DECLARATION: (*HEADER_CELLS, *DECLARATION_CELLS),
    Form.EVALUATION: (*HEADER_CELLS, *EVALUATION_CELLS),
}
