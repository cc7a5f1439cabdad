"""财政项目支出绩效自评表 as cells (domain.md §3.1).

Nine columns: the label column, the three levels, 年度指标值, 实际完成值, 分值, 得分 and 偏差原因分析及改进措施; the
funding rows use the same columns for 年初预算数, 全年预算数, 全年执行数, 分值, 执行率 and 得分.
"""

from __future__ import annotations

from model.forms.evaluation import MONEY_COLUMNS, MONEY_SOURCES, SPEC
from model.quantity import Style, printed
from model.records import EvaluatedIndicator, Evaluation, Project
from model.scoring import OMISSION_PRINTED, EvaluationScore, LineScore, format_points, score_evaluation
from model.settings import Settings
from model.sheets import texts
from model.sheets.board import Board, Placed
from model.sheets.layout import CellStyle, Sheet
from model.sheets.parts import add_goals, add_indicators, add_title, text_cell, value_cell
from model.values.money import MoneyStyle
from model.values.taxonomy import is_timely
from model.values.units import STANDARD

TITLE = SPEC.names.printed

_COLUMNS = (16, 10, 11, 16, 11, 11, 6, 9, 11)
_COLUMNS_WITH_REASONS = (16, 9, 10, 15, 10, 10, 6, 9, 16)
_ROW = 24
_LINE_ROW = 21
_NOT_SCORED = "—"

_INDICATOR_LABELS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)
_TOTAL_STYLES = {
    "initial": MoneyStyle.PLAIN2,
    "adjusted": MoneyStyle.PLAIN2,
    "executed": MoneyStyle.GROUPED_SHORT,
}
_BLANK_WHEN_ZERO = {("initial", "carried_over"), ("initial", "other")}
_FUNDING_LABELS = {
    "total": ("年度资金总额", CellStyle.LABEL_LEFT),
    "fiscal_current": ("其中：当年财政拨款", CellStyle.LABEL_LEFT),
    "carried_over": ("上年结转资金", CellStyle.LABEL_INDENTED),
    "other": ("其他资金", CellStyle.LABEL_INDENTED),
}


def evaluation_sheet(
    project: Project,
    settings: Settings,
    draft: bool = False,
    *,
    heading: str = "",
) -> Sheet:
    """The self-evaluation of a project, with computed figures where no printed ones were kept.

    ``heading`` and the sheet's name are as in :func:`model.sheets.declaration.declaration_sheet`.
    """
    evaluation = project.of(Evaluation) or Evaluation()
    score = score_evaluation(evaluation, settings, project.year)
    board = Board(_COLUMNS_WITH_REASONS if _has_reasons(evaluation) else _COLUMNS)
    add_title(board, TITLE, project.year, draft=draft, heading=heading)
    _add_project(board, project)
    _add_funding(board, evaluation, score)
    add_goals(
        board,
        "年度总体目标",
        ("预期目标", 1, 3, evaluation.expected_goal),
        ("实际完成情况", 4, 5, evaluation.actual_completion),
    )
    _add_indicators(board, evaluation, settings, score)
    _add_total(board, evaluation, score)
    return board.sheet(project.project_name, TITLE, draft=draft)


def printed_score(indicator: EvaluatedIndicator, score: LineScore | None) -> str:
    """得分 of a line as printed: what was typed or published, else the computed score, blank while it is open.

    A line that does not apply says so instead, and what becomes of its points.
    """
    if score is not None and score.omission is not None:
        return OMISSION_PRINTED[score.omission]
    if indicator.score:
        return texts.points(indicator.score)
    return format_points(score.computed) if score is not None and score.computed is not None else ""


def printed_total(evaluation: Evaluation, score: EvaluationScore) -> str:
    """总分 as printed: what was published, else the computed total, blank while a line is open."""
    if evaluation.total_score:
        return texts.total(evaluation.total_score)
    return score.total_text if score.total is not None else ""


def _has_reasons(evaluation: Evaluation) -> bool:
    return any(indicator.deviation_reason for indicator in evaluation.indicators)


def _add_project(board: Board, project: Project) -> None:
    board.add_row(_ROW, (0, 1, "项目名称", CellStyle.LABEL), (1, 8, project.project_name, CellStyle.TEXT))
    board.add_row(
        _ROW,
        (0, 1, "主管部门", CellStyle.LABEL),
        (1, 3, project.department, CellStyle.TEXT),
        (4, 1, "实施单位", CellStyle.LABEL),
        (5, 4, project.unit, CellStyle.TEXT),
    )


def _add_funding(board: Board, evaluation: Evaluation, score: EvaluationScore) -> None:
    columns = ((1, 2, ""), (3, 1, "年初预算数"), (4, 1, "全年预算数"), (5, 1, "全年执行数"))
    figures = ((6, 1, "分值"), (7, 1, "执行率"), (8, 1, "得分"))
    header = board.add_row(_LINE_ROW, *((*column, CellStyle.LABEL) for column in (*columns, *figures)))
    computed, omission = score.execution.score, score.execution.omission
    earned = texts.points(evaluation.execution_score) or ("" if computed is None else format_points(computed))
    execution = (
        texts.points(evaluation.execution_points),
        evaluation.execution_rate or score.execution.rate_text,
        OMISSION_PRINTED[omission] if omission is not None else earned,
    )
    for source, _ in MONEY_SOURCES:
        label, style = _FUNDING_LABELS[source]
        board.add_row(
            _LINE_ROW,
            (1, 2, label, style),
            *(
                (column, 1, _amount(evaluation, name, source), CellStyle.AMOUNT)
                for column, (name, _, _) in enumerate(MONEY_COLUMNS, 3)
            ),
            *(
                (column, 1, text, CellStyle.CENTRED if source == "total" else CellStyle.LABEL)
                for column, text in enumerate(execution if source == "total" else (_NOT_SCORED, "", ""), 6)
            ),
        )
    board.add_side_label(header, (0, 1, "项目资金（元）", CellStyle.LABEL))


def _amount(evaluation: Evaluation, column: str, source: str) -> str:
    text: str = getattr(evaluation, f"{column}_{source}")
    if source == "total":
        return texts.amount(text, _TOTAL_STYLES[column])
    if (column, source) in _BLANK_WHEN_ZERO:
        return texts.amount_unless_zero(text, MoneyStyle.SHORT)
    return texts.amount(text, MoneyStyle.SHORT)


def _add_indicators(board: Board, evaluation: Evaluation, settings: Settings, score: EvaluationScore) -> None:
    units = STANDARD.with_own(settings.own_units) if settings.own_units else STANDARD
    scores = {line.indicator_id: line for line in score.lines}

    def cells_of(line: EvaluatedIndicator) -> tuple[Placed, ...]:
        return (
            (3, 1, line.name, CellStyle.TEXT),
            value_cell(4, 1, printed(line.target_text, Style.EVALUATION, units, timely=is_timely(line.level2))),
            value_cell(5, 1, printed(line.actual_text, Style.EVALUATION, units, timely=is_timely(line.level2))),
            (6, 1, texts.points(line.points), CellStyle.CENTRED),
            (7, 1, printed_score(line, scores.get(line.id)), CellStyle.CENTRED),
            text_cell(8, 1, line.deviation_reason),
        )

    labels = tuple((column, 1, label) for column, label in enumerate(_INDICATOR_LABELS, 1))
    add_indicators(board, labels, evaluation.indicators, cells_of)


def _add_total(board: Board, evaluation: Evaluation, score: EvaluationScore) -> None:
    row = board.add_row(
        _ROW,
        (0, 6, "总分", CellStyle.LABEL_BOLD),
        (6, 1, texts.points(evaluation.total_points) or format_points(score.total_points), CellStyle.TOTAL),
        (7, 1, printed_total(evaluation, score), CellStyle.TOTAL),
        (8, 1, score.short_note, CellStyle.LABEL_LEFT),
    )
    board.pages.inseparable.add(row)
