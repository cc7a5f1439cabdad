"""财政项目支出绩效自评表, domain.md §3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from model.forms.cells import HEADER_CELLS, LEVEL_CELLS, Cell, CellKind
from model.forms.spec import FormNames, FormSpec, Total
from model.quantity import Style, printed
from model.records import Content, Declaration, EvaluatedIndicator, Evaluation, Indicator, Project
from model.settings import Settings
from model.values.money import MoneyStyle, format_fen, parse_fen
from model.values.taxonomy import is_timely
from model.values.units import STANDARD, UnitTable

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
            is_needed=source == "total" and column != "initial",
        )
        for column, column_label, path in MONEY_COLUMNS
        for source, source_label in MONEY_SOURCES
    ),
    Cell("execution_points", "预算执行率分值", CellKind.NUMBER, "funding.points"),
    Cell("execution_rate", "执行率", CellKind.COMPUTED, "funding.execution_rate"),
    Cell("execution_score", "预算执行率得分", CellKind.COMPUTED, "funding.score"),
    Cell("expected_goal", "预期目标", CellKind.LONG_TEXT, "expected_goal", is_needed=True),
    Cell("actual_completion", "实际完成情况", CellKind.LONG_TEXT, "actual_completion", is_needed=True),
    Cell("total_points", "分值合计", CellKind.COMPUTED, "total_points", is_needed=True),
    Cell("total_score", "总分", CellKind.COMPUTED, "total_score"),
)

_TOTAL, *_PARTS = (source for source, _label in MONEY_SOURCES)

TOTALS: Mapping[str, Total] = MappingProxyType(
    {
        f"{column}_{_TOTAL}": Total(
            tuple(f"{column}_{part}" for part in _PARTS),
            MoneyStyle.SHORT if column == "executed" else MoneyStyle.PLAIN2,
        )
        for column, _label, _path in MONEY_COLUMNS
    }
)


def begin(project: Project, ids: Iterator[str], settings: Settings) -> Evaluation:
    """A self-evaluation from the declaration: its lines with targets in the print style of the evaluation, 年度总体目标
    as 预期目标 and the requested amounts as 年初预算数. Without a declaration it is empty."""
    declared = project.of(Declaration)
    if declared is None:
        return Evaluation()
    units = STANDARD.with_own(settings.own_units)
    return Evaluation(
        initial_total=_amount(declared.total_requested, MoneyStyle.PLAIN2),
        initial_fiscal_current=_amount(declared.fiscal_current, MoneyStyle.SHORT),
        initial_carried_over=_amount(declared.carried_over, MoneyStyle.SHORT),
        initial_other=_amount(declared.other, MoneyStyle.SHORT),
        expected_goal=declared.annual_goal,
        indicators=tuple(_evaluated(line, next(ids), units) for line in declared.indicators),
    )


def for_year(evaluation: Content, _years: int, ids: Iterator[str]) -> Evaluation:
    """复制上年: the goal, the lines, targets and points; amounts, actual values and scores are dropped."""
    assert isinstance(evaluation, Evaluation)
    return Evaluation(
        execution_points=evaluation.execution_points,
        expected_goal=evaluation.expected_goal,
        indicators=tuple(_without_results(line, next(ids)) for line in evaluation.indicators),
    )


def _evaluated(line: Indicator, indicator_id: str, units: UnitTable) -> EvaluatedIndicator:
    target = printed(line.target_text, Style.EVALUATION, units, timely=is_timely(line.level2))
    return EvaluatedIndicator(indicator_id, line.level1, line.level2, line.name, target)


def _without_results(line: EvaluatedIndicator, indicator_id: str) -> EvaluatedIndicator:
    return replace(line, id=indicator_id, actual_text="", score="", achievement="", deviation_reason="")


def _amount(text: str, style: MoneyStyle) -> str:
    """An amount in the way the self-evaluation prints it; what is no amount stays as typed."""
    fen = parse_fen(text)
    return text if fen is None else format_fen(fen, style)


SPEC = FormSpec(
    record=Evaluation,
    lines_table="indicator",
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
        Cell("target_text", "年度指标值", CellKind.VALUE, "target_text", is_needed=True),
        Cell("actual_text", "实际完成值", CellKind.VALUE, "actual_text", is_needed=True),
        Cell("points", "分值", CellKind.NUMBER, "points", is_needed=True),
        Cell("score", "得分", CellKind.NUMBER, "score"),
        Cell("achievement", "达成等级", CellKind.CHOICE, "achievement"),
        Cell("deviation_reason", "偏差原因分析及改进措施", CellKind.LONG_TEXT, "deviation_reason"),
    ),
    totals=TOTALS,
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
        ("execution_score", "得分 / 分值"),
    ),
    begin=begin,
    for_year=for_year,
)
