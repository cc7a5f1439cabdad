"""绩效运行监控表 as a record, with the facts the program asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from model.forms import HEADER_CELLS, LEVEL_CELLS, Cell, CellKind, FormNames, FormSpec, Total
from model.quantity import Style
from model.records import Content, Declaration, Form, Indicator, Project
from model.settings import Settings
from model.values.money import MoneyStyle

MONITORING = Form("monitoring")


@dataclass(frozen=True, slots=True)
class MonitoredLine(Indicator):
    """A line with what was reached by the middle of the year, and what the whole of it is expected to reach."""

    half_year_text: str = ""
    forecast_text: str = ""


@dataclass(frozen=True, slots=True)
class Monitoring(Content):
    """What was spent by the middle of the year, by source, and how far the goal is."""

    form: ClassVar[Form] = MONITORING
    line: ClassVar[type[Indicator]] = MonitoredLine

    cut_off_date: str = ""
    spent_total: str = ""
    spent_fiscal: str = ""
    spent_other: str = ""
    progress: str = ""


def begin(project: Project, ids: Iterator[str], _settings: Settings) -> Monitoring:
    """From the declaration: its lines, and the goal as what is to be reported on."""
    declared = project.of(Declaration)
    lines = declared.indicators if declared is not None else ()
    taken = (MonitoredLine(next(ids), line.level1, line.level2, line.name, line.target_text) for line in lines)
    return Monitoring(cut_off_date=f"{project.year}-06-30", indicators=tuple(taken))


def for_year(content: Content, _years: int, ids: Iterator[str]) -> Monitoring:
    """Only its lines."""
    lines = (MonitoredLine(next(ids), line.level1, line.level2, line.name) for line in content.indicators)
    return Monitoring(indicators=tuple(lines))


TOTALS: Mapping[str, Total] = MappingProxyType(
    {"spent_total": Total(("spent_fiscal", "spent_other"), MoneyStyle.PLAIN2)}
)

SPEC = FormSpec(
    record=Monitoring,
    lines_table="monitoring_line",
    names=FormNames(
        printed="项目支出绩效运行监控表",
        full="绩效运行监控表",
        title="运行监控表",
        tab="运行监控",
        short="监控表",
        brief="监控",
        goal="目标执行情况",
        listing="项目绩效运行监控汇总表",
        contents="执行数、执行情况和全年预计完成值",
    ),
    cells=(
        *HEADER_CELLS,
        Cell("cut_off_date", "监控截止日期", CellKind.DATE, "cut_off_date"),
        Cell("spent_total", "已执行总额", CellKind.MONEY, "funding.spent_total"),
        Cell("spent_fiscal", "其中：财政拨款", CellKind.MONEY, "funding.spent_fiscal"),
        Cell("spent_other", "其他资金", CellKind.MONEY, "funding.spent_other"),
        Cell("progress", "执行情况", CellKind.LONG_TEXT, "progress", is_needed=True),
    ),
    columns=(
        *LEVEL_CELLS,
        Cell("target_text", "年度指标值", CellKind.VALUE, "target_text"),
        Cell("half_year_text", "上半年执行情况", CellKind.VALUE, "half_year_text"),
        Cell("forecast_text", "全年预计完成值", CellKind.VALUE, "forecast_text"),
    ),
    totals=TOTALS,
    style=Style.EVALUATION,
    keys=(
        *("kind", "year", "project_name", "department", "unit", "cut_off_date", "funding", "progress"),
        "indicators",
    ),
    basics=(("project_name", "year"), ("department", "unit"), ("cut_off_date",)),
    goals=("progress",),
    figures=(("spent_total", "已执行总额"), ("cut_off_date", "监控截止日期")),
    begin=begin,
    for_year=for_year,
)

TABLES = (
    """CREATE TABLE monitoring (
        project_id TEXT NOT NULL PRIMARY KEY REFERENCES project (id) ON DELETE CASCADE,
        cut_off_date TEXT NOT NULL,
        spent_total TEXT NOT NULL,
        spent_fiscal TEXT NOT NULL,
        spent_other TEXT NOT NULL,
        progress TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE monitoring_line (
        id TEXT NOT NULL PRIMARY KEY,
        project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
        form TEXT NOT NULL,
        position INTEGER NOT NULL,
        level1 TEXT NOT NULL,
        level2 TEXT NOT NULL,
        name TEXT NOT NULL,
        target_text TEXT NOT NULL,
        half_year_text TEXT NOT NULL,
        forecast_text TEXT NOT NULL
    ) STRICT""",
)
