"""What can be done with a 绩效运行监控表: two rules, how they look at it, its sheet, and how that is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from model.catalogue import Abilities
from model.findings import Severity
from model.quantity import printed
from model.recognition.readings import Reading
from model.records import Indicator, Project
from model.rules.context import Context, FormView, Line, around_lines, look_at_lines
from model.rules.registry import Hit, hit, line_rule, rule
from model.settings import Settings
from model.sheets.board import Board, Placed
from model.sheets.layout import CellStyle, Sheet
from model.sheets.parts import add_indicators, add_title, text_cell, value_cell
from model.values.units import STANDARD
from tests.third_form.facts import MONITORING, SPEC, MonitoredLine, Monitoring


@dataclass(frozen=True, eq=False)
class MonitoringView(FormView):
    """The form with its lines parsed."""

    content: Monitoring


def look(project: Project, context: Context) -> MonitoringView | None:
    """The form as its rules see it."""
    content = project.of(Monitoring)
    if content is None:
        return None
    around = around_lines(MONITORING, project.year, context)
    return MonitoringView(project, content, around, look_at_lines(content.indicators, around))


@rule("MON-001", Severity.ERROR, "请填写执行情况。", why="监控表的必填格（监控表）。", remedy="填写执行情况")
def progress_is_missing(form: MonitoringView) -> Iterable[Hit]:
    """Nothing is said of how far the goal is."""
    if not form.content.progress.strip():
        yield hit("progress")


@line_rule(
    "MON-002",
    Severity.WARNING,
    "“{name}”没有填写全年预计完成值。",
    why="监控要看能否完成（监控表）。",
    remedy="填写预计完成值",
)
def forecast_is_missing(line: Line) -> Iterable[Hit]:
    """A line without what the whole year is expected to reach."""
    if isinstance(line.indicator, MonitoredLine) and not line.indicator.forecast_text.strip():
        yield hit("forecast_text", name=line.name)


def sheet(project: Project, settings: Settings, draft: bool = False, *, heading: str = "") -> Sheet:
    """The form as it prints."""
    content = project.of(Monitoring) or Monitoring()
    units = STANDARD.with_own(settings.own_units)
    board = Board((16, 12, 12, 18, 14, 14, 14))
    add_title(board, SPEC.names.printed, project.year, draft=draft, heading=heading)
    board.add_row(24, (0, 1, "项目名称", CellStyle.LABEL), (1, 6, project.project_name, CellStyle.TEXT))
    board.add_row(24, (0, 1, SPEC.names.goal, CellStyle.LABEL), (1, 6, content.progress, CellStyle.TEXT))

    def cells_of(line: Indicator) -> tuple[Placed, ...]:
        assert isinstance(line, MonitoredLine)
        target = value_cell(4, 1, printed(line.target_text, SPEC.style, units))
        return (
            text_cell(3, 1, line.name),
            target,
            value_cell(5, 1, line.half_year_text),
            value_cell(6, 1, line.forecast_text),
        )

    labels = [(column, 1, cell.label) for column, cell in enumerate(SPEC.columns, 1)]
    add_indicators(board, labels, content.indicators, cells_of)
    return board.sheet(project.project_name, SPEC.names.printed, draft=draft)


READING = Reading(
    title="绩效运行监控表",
    goals={SPEC.names.goal: "progress"},
    columns={cell.label: cell.name for cell in SPEC.columns if cell.name in ("half_year_text", "forecast_text")},
    only=frozenset(["上半年执行情况", "全年预计完成值"]),
)

ABILITIES = Abilities(look=look, rules=(progress_is_missing, forecast_is_missing), sheet=sheet, reading=READING)
