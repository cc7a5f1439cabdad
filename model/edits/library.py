"""Indicators taken from the library into a form (docs/library.md)."""

from __future__ import annotations

from dataclasses import replace

from model.changes import ProjectChange
from model.edits.gesture import Gesture, line_of
from model.records import Indicator, Project
from model.settings import Settings


def named_after(line: Indicator, name: str, target: str) -> Indicator:
    """The line with the name of an entry, and with its 年度指标值 where the line has none: what was typed stays."""
    return replace(line, name=name, target_text=line.target_text if line.target_text.strip() else target)


def take_entry(
    project: Project, indicator_id: str, name: str, target: str, settings: Settings
) -> tuple[ProjectChange, ...]:
    """Give a line the name of an entry, and its 年度指标值, as its form writes it, where the line has none."""
    line = line_of(project, indicator_id)
    if line is None:
        return ()
    gesture = Gesture(project)
    after = named_after(line, name, target)
    gesture.set_line(indicator_id, "name", after.name)
    gesture.set_line(indicator_id, "target_text", after.target_text)
    return gesture.finish(settings)
