"""财政项目支出绩效目标申报表, domain.md §2."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from model.forms.cells import HEADER_CELLS, LEVEL_CELLS, Cell, CellKind
from model.forms.spec import FormNames, FormSpec, Total
from model.quantity import Style
from model.records import Content, Declaration, Project
from model.settings import Settings
from model.values.dates import format_date, parse_date
from model.values.money import MoneyStyle

PROJECT_NATURES = ("其他一次性项目", "其他经常性项目", "阶段性项目", "一次性项目", "经常性项目")
PROJECT_CATEGORIES = ("特定目标类", "其他运转类", "人员类", "公用经费")

DECLARATION_CELLS = (
    Cell("project_nature", "项目性质", CellKind.CHOICE, "project_nature", PROJECT_NATURES, is_needed=True),
    Cell("project_category", "项目类别", CellKind.CHOICE, "project_category", PROJECT_CATEGORIES, is_needed=True),
    Cell("start_date", "计划开始日期", CellKind.DATE, "start_date", is_needed=True),
    Cell("end_date", "计划完成日期", CellKind.DATE, "end_date", is_needed=True),
    Cell("total_requested", "年度资金申请总额", CellKind.MONEY, "funding.total_requested", is_needed=True),
    Cell("fiscal_current", "当年财政拨款", CellKind.MONEY, "funding.fiscal_current"),
    Cell("carried_over", "上年结转资金", CellKind.MONEY, "funding.carried_over"),
    Cell("other", "其他资金", CellKind.MONEY, "funding.other"),
    Cell("project_total", "项目资金总额", CellKind.MONEY, "funding.project_total"),
    Cell("project_fiscal", "财政资金", CellKind.MONEY, "funding.project_fiscal"),
    Cell("project_other", "其他资金", CellKind.MONEY, "funding.project_other"),
    Cell("overall_goal", "项目总目标", CellKind.LONG_TEXT, "overall_goal"),
    Cell("annual_goal", "年度总体目标", CellKind.LONG_TEXT, "annual_goal", is_needed=True),
)

TOTALS: Mapping[str, Total] = MappingProxyType(
    {
        "total_requested": Total(("fiscal_current", "carried_over", "other"), MoneyStyle.PLAIN2),
        "project_total": Total(("project_fiscal", "project_other"), MoneyStyle.PLAIN2),
    }
)


def begin(project: Project, _ids: Iterator[str], _settings: Settings) -> Declaration:
    """A declaration with the dates of the whole year of the project."""
    return Declaration(start_date=f"{project.year}-01-01", end_date=f"{project.year}-12-31")


def for_year(declaration: Content, years: int, ids: Iterator[str]) -> Declaration:
    """复制上年: without the amounts of the year, which are never those of another one, and with its dates moved."""
    assert isinstance(declaration, Declaration)
    return replace(
        declaration,
        total_requested="",
        fiscal_current="",
        carried_over="",
        other="",
        start_date=_moved(declaration.start_date, years),
        end_date=_moved(declaration.end_date, years),
        indicators=tuple(replace(line, id=next(ids)) for line in declaration.indicators),
    )


def _moved(text: str, years: int) -> str:
    """A date so many years later; the 29th of February becomes the 28th, and what is no date stays as typed."""
    day = parse_date(text)
    if day is None:
        return text
    try:
        return format_date(day.replace(year=day.year + years))
    except ValueError:
        return format_date(date(day.year + years, day.month, day.day - 1)) if day.month == 2 else text


SPEC = FormSpec(
    record=Declaration,
    lines_table="indicator",
    names=FormNames(
        printed="财政项目支出绩效目标申报表",
        full="绩效目标申报表",
        title="目标申报表",
        tab="目标申报",
        short="申报表",
        brief="申报",
        goal="绩效目标",
        listing="项目绩效目标汇总表",
        contents="基本信息、项目资金、绩效目标和三级绩效指标",
    ),
    cells=(*HEADER_CELLS, *DECLARATION_CELLS),
    columns=(*LEVEL_CELLS, Cell("target_text", "年度指标值", CellKind.VALUE, "value_text", is_needed=True)),
    totals=TOTALS,
    style=Style.DECLARATION,
    keys=(
        *("kind", "year", "project_name", "project_nature", "project_category", "department", "unit"),
        *("start_date", "end_date", "funding", "overall_goal", "annual_goal", "indicators"),
    ),
    basics=(
        ("project_name", "year"),
        ("department", "unit"),
        ("project_nature", "project_category"),
        ("start_date", "end_date"),
    ),
    goals=("overall_goal", "annual_goal"),
    figures=(
        ("total_requested", "年度资金申请总额"),
        ("fiscal_current", "当年财政拨款"),
        ("carried_over", "上年结转资金"),
        ("other", "其他资金"),
        ("end_date", "计划完成日期"),
    ),
    begin=begin,
    for_year=for_year,
)
