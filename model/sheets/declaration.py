"""财政项目支出绩效目标申报表 as cells (domain.md §2.1).

Seven columns: the label column, 一级指标, 二级指标, two for 三级指标 and two for the value; the header rows use the
same columns as label, value, label, value, label, value.
"""

from __future__ import annotations

from model.forms.declaration import SPEC
from model.quantity import printed
from model.records import Declaration, Form, Indicator, Project
from model.settings import Settings
from model.sheets import texts
from model.sheets.board import Board, Placed
from model.sheets.layout import CellStyle, Sheet
from model.sheets.parts import add_goals, add_indicators, add_title, value_cell
from model.values.money import MoneyStyle
from model.values.taxonomy import is_timely
from model.values.units import STANDARD

TITLE = SPEC.names.printed

_COLUMNS = (16, 16, 14, 14, 16, 10, 12)
_ROW = 24
_LINE_ROW = 21


def declaration_sheet(project: Project, settings: Settings, draft: bool = False, *, heading: str = "") -> Sheet:
    """The declaration of a project, blank where nothing has been typed.

    ``heading`` is the unit's title line over the first form of a bundle. The sheet bears the project's name; in a
    workbook it is named by :func:`model.sheets.names.sheet_names`.
    """
    declaration = project.of(Declaration) or Declaration()
    board = Board(_COLUMNS)
    add_title(board, TITLE, project.year, draft=draft, heading=heading)
    _add_project(board, project, declaration)
    _add_funding(board, declaration)
    add_goals(
        board,
        "项目绩效目标",
        ("项目总目标", 1, 2, declaration.overall_goal),
        ("年度总体目标", 3, 4, declaration.annual_goal),
    )
    _add_indicators(board, project, settings)
    return board.sheet(project.project_name, TITLE, draft=draft)


def _add_project(board: Board, project: Project, declaration: Declaration) -> None:
    label, text, centred = CellStyle.LABEL, CellStyle.TEXT, CellStyle.CENTRED
    board.add_row(
        _ROW,
        (0, 1, "项目名称", label),
        (1, 2, project.project_name, text),
        (3, 1, "项目性质", label),
        (4, 1, declaration.project_nature, centred),
        (5, 1, "项目类别", label),
        (6, 1, declaration.project_category, centred),
    )
    board.add_row(
        _ROW,
        (0, 1, "主管部门", label),
        (1, 2, project.department, text),
        (3, 1, "实施单位", label),
        (4, 3, project.unit, text),
    )
    board.add_row(
        _ROW,
        (0, 1, "计划开始日期", label),
        (1, 2, texts.date(declaration.start_date), text),
        (3, 1, "计划完成日期", label),
        (4, 3, texts.date(declaration.end_date), text),
    )


def _add_funding(board: Board, declaration: Declaration) -> None:
    first, of_which = CellStyle.LABEL_LEFT, CellStyle.LABEL_INDENTED
    rows = (
        (
            ("项目资金总额：", first, declaration.project_total),
            ("年度资金申请总额：", first, declaration.total_requested),
        ),
        (
            ("其中：财政资金", first, declaration.project_fiscal),
            ("其中：当年财政拨款", first, declaration.fiscal_current),
        ),
        (("", first, ""), ("上年结转资金", of_which, declaration.carried_over)),
        (("其他资金", of_which, declaration.project_other), ("其他资金", of_which, declaration.other)),
    )
    start = board.next_row
    for (left, left_style, left_amount), (right, right_style, right_amount) in rows:
        board.add_row(
            _LINE_ROW,
            (1, 1, left, left_style),
            (2, 1, texts.amount(left_amount, MoneyStyle.GROUPED), CellStyle.AMOUNT),
            (3, 2, right, right_style),
            (5, 2, texts.amount(right_amount, MoneyStyle.GROUPED), CellStyle.AMOUNT),
        )
    board.add_side_label(start, (0, 1, "项目资金（元）", CellStyle.LABEL))


def _add_indicators(board: Board, project: Project, settings: Settings) -> None:
    units = STANDARD.with_own(settings.own_units) if settings.own_units else STANDARD

    def cells_of(line: Indicator) -> tuple[Placed, ...]:
        value = printed(line.target_text, SPEC.style, units, timely=is_timely(line.level2))
        return (3, 2, line.name, CellStyle.TEXT), value_cell(5, 2, value)

    labels = ((1, 1, "一级指标"), (2, 1, "二级指标"), (3, 2, "三级指标"), (5, 2, "年度(/项目)指标值"))
    add_indicators(board, labels, project.indicators(Form.DECLARATION), cells_of)
