"""The words for severities and for lines without a name, once: on screen, at the command line, in Excel."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from model.findings import Severity
from model.records import Indicator, Project

SEVERITY_WORDS: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
)
AWAITED = "待填"
"""What is told in place of an error while a form is filled in for the first time (docs/ux.md §5.1)."""


def place_of_line(position: int) -> str:
    """Which line of its form one is: they are counted from one."""
    return f"第{position + 1}条指标"


def name_of_line(name: str, position: int) -> str:
    """What a line is called: its name, or its number while it has none, as dozens may have none."""
    return name.strip() or place_of_line(position)


def name_in_project(line: Indicator, project: Project | None) -> str:
    """What a line of a project is called."""
    place = project.find_indicator(line.id) if project is not None else None
    return name_of_line(line.name, place[1] if place is not None else 0)
