"""The list sheets of a year: 项目绩效目标汇总表 (domain.md §8.1) and its counterpart for the self-evaluations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from model.findings import Finding
from model.forms import FORMS
from model.records import Content, Declaration, Evaluation, Form, Project
from model.scoring import EvaluationScore, format_points, format_total, parse_points, score_evaluation
from model.settings import Settings
from model.sheets import texts
from model.sheets.board import Board, Placed
from model.sheets.evaluation import printed_total
from model.sheets.layout import CellStyle, Sheet
from model.sheets.lists import (
    MONEY_NOTE,
    ROW,
    add_list_header,
    add_list_title,
    heading_of,
    state_of,
)
from model.values.excerpts import shortened
from model.values.money import MoneyStyle, format_fen, parse_fen
from model.values.taxonomy import LEVEL1, canonical_level1

_GOAL_LENGTH = 60
_GOAL_COLUMNS = (5, 22, 10, 9, 13, 13, 12, 12, 5, 5, 5, 6, 36, 8)
_GOAL_SINGLE = {
    0: "序号",
    1: "项目名称",
    2: "项目性质",
    3: "项目类别",
    4: "年度资金申请总额",
    12: "年度总体目标",
    13: "状态",
}
_GOAL_PARTS = ("当年财政拨款", "上年结转资金", "其他资金", "成本", "产出", "效益", "满意度")
_AMOUNTS = ("total_requested", "fiscal_current", "carried_over", "other")

_EVALUATION_COLUMNS = (5, 40, 16, 16, 16, 10, 8, 8, 10, 8, 14)
_EVALUATION_LABELS = (
    "序号",
    "项目名称",
    "年初预算数",
    "全年预算数",
    "全年执行数",
    "执行率",
    "指标数",
    "分值",
    "总分",
    "等次",
    "状态",
)
_TOTALS = ("initial_total", "adjusted_total", "executed_total")

Findings = Mapping[str, Sequence[Finding]]
"""The findings of each project, by the project's id."""


def summary_sheet(
    projects: Sequence[Project], settings: Settings, year: int, *, findings: Findings | None = None, draft: bool = False
) -> Sheet:
    """项目绩效目标汇总表 of one unit and year: a row for each project that has a declaration, and their sums."""
    listed = [project for project in projects if project.of(Declaration) is not None]
    board = Board(_GOAL_COLUMNS)
    title = heading_of(Form.DECLARATION, projects, settings, year)
    add_list_title(board, title, draft=draft, note=MONEY_NOTE)
    _add_goal_header(board)
    for number, project in enumerate(listed, 1):
        errors = _of_form(findings, project, Form.DECLARATION)
        _add_goal_row(board, number, project, project.of(Declaration) or Declaration(), errors)
    _add_goal_totals(board, [project.of(Declaration) or Declaration() for project in listed])
    return board.sheet(FORMS[Form.DECLARATION].names.listing, title, landscape=True, draft=draft)


def evaluation_summary_sheet(
    projects: Sequence[Project],
    settings: Settings,
    year: int,
    *,
    findings: Findings | None = None,
    draft: bool = False,
) -> Sheet:
    """项目绩效自评汇总表 of one unit and year: a row for each self-evaluation with 总分 and 等次, sums and the mean."""
    listed = [project for project in projects if project.of(Evaluation) is not None]
    board = Board(_EVALUATION_COLUMNS)
    title = heading_of(Form.EVALUATION, projects, settings, year)
    add_list_title(board, title, draft=draft, note=MONEY_NOTE)
    add_list_header(board, _EVALUATION_LABELS)
    totals = []
    for number, project in enumerate(listed, 1):
        evaluation = project.of(Evaluation) or Evaluation()
        score = score_evaluation(evaluation, settings, project.year)
        state = state_of(_of_form(findings, project, Form.EVALUATION), "已自评" if score.total is not None else "草稿")
        _add_evaluation_row(board, number, project.project_name, evaluation, score, state)
        totals.append(printed_total(evaluation, score))
    _add_evaluation_totals(board, [project.of(Evaluation) or Evaluation() for project in listed], totals)
    return board.sheet(FORMS[Form.EVALUATION].names.listing, title, landscape=True, draft=draft)


def _of_form(findings: Findings | None, project: Project, form: Form) -> list[Finding]:
    return [finding for finding in (findings or {}).get(project.id, ()) if finding.place.form is form]


def _add_goal_header(board: Board) -> None:
    header = CellStyle.LIST_HEADER
    first = board.add_row(ROW, (5, 3, "其中", header), (8, 4, "指标数", header))
    last = board.add_row(ROW, *((column, 1, label, header) for column, label in enumerate(_GOAL_PARTS, 5)))
    board.header_rows = (first, last)
    board.pages.inseparable.update((last, last + 1))
    for column, label in _GOAL_SINGLE.items():
        board.add_side_label(first, (column, 1, label, header))


def _add_goal_row(
    board: Board, number: int, project: Project, declaration: Declaration, errors: Sequence[Finding]
) -> None:
    goal = declaration.annual_goal
    board.add_row(
        ROW,
        (0, 1, str(number), CellStyle.LIST_CENTRED),
        (1, 1, project.project_name, CellStyle.LIST_TEXT),
        (2, 1, declaration.project_nature, CellStyle.LIST_CENTRED),
        (3, 1, declaration.project_category, CellStyle.LIST_CENTRED),
        *_amount_cells(4, [texts.amount(getattr(declaration, name), MoneyStyle.GROUPED) for name in _AMOUNTS]),
        *_count_cells(_counts(declaration), CellStyle.LIST_CENTRED),
        (12, 1, shortened(goal, _GOAL_LENGTH), CellStyle.LIST_TEXT),
        (13, 1, state_of(errors, "完整"), CellStyle.LIST_CENTRED),
        numbers=_amounts(4, [parse_fen(getattr(declaration, name)) for name in _AMOUNTS])
        | _numbers_of(_counts(declaration), number),
    )


def _add_goal_totals(board: Board, declarations: Sequence[Declaration]) -> None:
    total = CellStyle.LIST_TOTAL
    sums = [_sum(declarations, name) for name in _AMOUNTS]
    counts = sum((_counts(one) for one in declarations), Counter[str]())
    row = board.add_row(
        ROW,
        (0, 4, f"合计（{len(declarations)}个项目）", total),
        *_amount_cells(4, [_sum_text(fen) for fen in sums], CellStyle.LIST_TOTAL_AMOUNT),
        *_count_cells(counts, total),
        (12, 1, "", total),
        (13, 1, "", total),
        numbers=_amounts(4, sums) | _numbers_of(counts),
    )
    board.pages.inseparable.add(row)


def _counts(declaration: Declaration) -> Counter[str]:
    return Counter(canonical_level1(line.level1) or "" for line in declaration.indicators)


def _count_cells(counts: Counter[str], style: CellStyle) -> tuple[Placed, ...]:
    return tuple((column, 1, str(counts[level1]), style) for column, level1 in enumerate(LEVEL1, 8))


def _numbers_of(counts: Counter[str], number: int | None = None) -> dict[int, Decimal]:
    """The counts of the first levels and the number of the row, by column."""
    first = {} if number is None else {0: Decimal(number)}
    return first | {column: Decimal(counts[level1]) for column, level1 in enumerate(LEVEL1, 8)}


def _amounts(first: int, fen: Sequence[int | None]) -> dict[int, Decimal]:
    """Amounts in 元 by column, those of 分 that there are."""
    return {column: Decimal(one).scaleb(-2) for column, one in enumerate(fen, first) if one is not None}


def _amount_cells(first: int, amounts: Sequence[str], style: CellStyle = CellStyle.LIST_AMOUNT) -> tuple[Placed, ...]:
    return tuple((column, 1, amount, style) for column, amount in enumerate(amounts, first))


def _add_evaluation_row(
    board: Board, number: int, name: str, evaluation: Evaluation, score: EvaluationScore, state: str
) -> None:
    centred = CellStyle.LIST_CENTRED
    points = texts.points(evaluation.total_points) or format_points(score.total_points)
    total = printed_total(evaluation, score)
    board.add_row(
        ROW,
        (0, 1, str(number), centred),
        (1, 1, name, CellStyle.LIST_TEXT),
        *_amount_cells(2, [texts.amount(getattr(evaluation, column), MoneyStyle.GROUPED) for column in _TOTALS]),
        (5, 1, evaluation.execution_rate or score.execution.rate_text, centred),
        (6, 1, str(len(evaluation.indicators)), centred),
        (7, 1, points, centred),
        (8, 1, total, CellStyle.LIST_SCORE),
        (9, 1, score.graded, centred),
        (10, 1, state, centred),
        numbers={0: Decimal(number), 6: Decimal(len(evaluation.indicators))}
        | _amounts(2, [parse_fen(getattr(evaluation, column)) for column in _TOTALS])
        | _figures({7: points, 8: total}),
    )


def _add_evaluation_totals(board: Board, evaluations: Sequence[Evaluation], totals: Sequence[str]) -> None:
    style = CellStyle.LIST_TOTAL
    sums = [_sum(evaluations, column) for column in _TOTALS]
    row = board.add_row(
        ROW,
        (0, 2, f"合计（{len(evaluations)}个项目）", style),
        *_amount_cells(2, [_sum_text(fen) for fen in sums], CellStyle.LIST_TOTAL_AMOUNT),
        (5, 1, "", style),
        (6, 1, str(sum(len(one.indicators) for one in evaluations)), style),
        (7, 1, "平均分", style),
        (8, 1, _mean(totals), CellStyle.LIST_TOTAL_SCORE),
        (9, 1, "", style),
        (10, 1, "", style),
        numbers=_amounts(2, sums)
        | {6: Decimal(sum(len(one.indicators) for one in evaluations))}
        | _figures({8: _mean(totals)}),
    )
    board.pages.inseparable.add(row)


def _sum(contents: Sequence[Content], name: str) -> int | None:
    """What an amount comes to in all, blank ones as 0; None where one of them cannot be read or computed."""
    return None if any(_is_unknown(one, name) for one in contents) else sum(_fen(one, name) or 0 for one in contents)


def _is_unknown(content: Content, name: str) -> bool:
    total = FORMS[content.form].totals.get(name)
    if str(getattr(content, name)).strip():
        return _fen(content, name) is None
    return total is not None and bool(total.unreadable_in(content))


def _fen(content: Content, name: str) -> int | None:
    return parse_fen(str(getattr(content, name)))


def _sum_text(fen: int | None) -> str:
    return "—" if fen is None else format_fen(fen, MoneyStyle.GROUPED)


def _figures(printed: Mapping[int, str]) -> dict[int, Decimal]:
    """The numbers of points and scores that print as they are, by column."""
    return {column: number for column, text in printed.items() if (number := parse_points(text)) is not None}


def _mean(totals: Sequence[str]) -> str:
    """The simple mean of the totals there are (domain.md §8.2), two decimals."""
    numbers = [number for text in totals if (number := parse_points(text)) is not None]
    return format_total(sum(numbers, Decimal(0)) / len(numbers)) if numbers else ""
