"""财政项目支出绩效自评表, domain.md §3."""

from __future__ import annotations

from model.forms.cells import HEADER_CELLS, LEVEL_CELLS, Cell, CellKind
from model.forms.spec import FormNames, FormSpec
from model.quantity import Style
from model.records import Form

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

SPEC = FormSpec(
    form=Form.EVALUATION,
    names=FormNames(
        printed="财政项目支出绩效自评表",
        full="绩效自评表",
        title="绩效自评表",
        tab="绩效自评",
        short="自评表",
        brief="自评",
        goal="年度总体目标",
        listing="项目绩效自评汇总表",
        contents="预算执行、实际完成值、得分和偏差原因",
    ),
    cells=(*HEADER_CELLS, *EVALUATION_CELLS),
    columns=(
        *LEVEL_CELLS,
        Cell("target_text", "年度指标值", CellKind.VALUE, "target_text"),
        Cell("actual_text", "实际完成值", CellKind.VALUE, "actual_text"),
        Cell("points", "分值", CellKind.NUMBER, "points"),
        Cell("score", "得分", CellKind.NUMBER, "score"),
        Cell("achievement", "达成等级", CellKind.CHOICE, "achievement"),
        Cell("deviation_reason", "偏差原因分析及改进措施", CellKind.LONG_TEXT, "deviation_reason"),
    ),
    style=Style.EVALUATION,
    keys=(
        *("kind", "year", "project_name", "department", "unit", "funding", "expected_goal", "actual_completion"),
        *("indicators", "total_points", "total_score"),
    ),
    basics=(("project_name", "year"), ("department", "unit")),
    goals=("expected_goal", "actual_completion"),
    figures=(
        ("initial_total", "年初预算数"),
        ("adjusted_total", "全年预算数"),
        ("executed_total", "全年执行数"),
        ("execution_rate", "执行率"),
        ("execution_score", "分值 / 得分"),
    ),
)
