"""The 50 typical mistakes of injected_mistakes.json, each made on its given form, and the rules that speak of it then.

``python -m tests.model.rules.injected`` prints the table.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from model.changes import with_indicators
from model.checking import check
from model.findings import Finding
from model.records import Declaration, Indicator, Project
from tests.model.projects import declaration_of, evaluation_of
from tests.model.rules.given import given_context, given_projects

MISTAKES = Path(__file__).parent.parent.parent / "fixtures" / "cases" / "injected_mistakes.json"
_HEADER = ("project_name", "department", "unit", "year")
_MONEY = {"initial_budget": "initial", "adjusted_budget": "adjusted", "executed": "executed"}
_LINE = re.compile(r"indicators\[(\d+|\*)\](?:\.(\w+))?")


def mistakes() -> list[dict[str, Any]]:
    """The mistakes as they are listed."""
    listed: list[dict[str, Any]] = json.loads(MISTAKES.read_text(encoding="utf-8"))
    return listed


def new_findings(mistake: dict[str, Any]) -> list[Finding]:
    """What the rules find after a mistake and did not find before it."""
    project = _given(mistake["form"])
    known = {(finding.key, finding.message) for finding in check(project, given_context())}
    spoilt = _spoilt(project, mistake)
    return [f for f in check(spoilt, given_context()) if (f.key, f.message) not in known]


def _given(form: list[Any]) -> Project:
    _, year, name, unit = form
    (found,) = [p for p in given_projects().values() if (p.year, p.project_name, p.unit) == (year, name, unit)]
    return found


def _spoilt(project: Project, mistake: dict[str, Any]) -> Project:
    path, after, note = mistake["path"], mistake.get("after", ""), mistake.get("note", "")
    content = project.of(Declaration) or evaluation_of(project)
    lines: list[Indicator] = [*content.indicators]
    match mistake["op"]:
        case "set" if place := _LINE.fullmatch(path):
            position, field = int(place[1]), {"value_text": "target_text"}.get(place[2], place[2])
            cells = {field: after}
            if "level1" in note:
                cells["level1"] = "效益指标"
            if "reason filled" in note:
                cells["deviation_reason"] = "无"
            lines[position] = replace(lines[position], **cells)
        case "set":
            return project.with_form(content.form, replace(content, **_cells(path, after, note)))
        case "duplicate":
            position = int(_place(path)[1])
            copy = replace(lines[position], id="copy", target_text=after or lines[position].target_text)
            if note.startswith("named"):
                copy = replace(copy, name=note.removeprefix("named "))
            lines.insert(position + 1, copy)
        case "delete level":
            lines = [line for line in lines if line.level1 != path]
        case "copy rows":
            source = _given(["declaration", 2026, path.partition(" of ")[2], project.unit])
            assert source.of(Declaration) is not None
            lines += [replace(line, id=f"copy{line.id}") for line in declaration_of(source).indicators[:5]]
        case "every actual := target":
            lines = [
                replace(line, actual_text=line.target_text.lstrip("<>=")) for line in evaluation_of(project).indicators
            ]
    return with_indicators(project, content.form, tuple(lines))


def _cells(path: str, after: str, note: str) -> dict[str, Any]:
    name = path.rpartition(".")[2]
    if path.startswith("funding.") and path.count(".") == 2:
        name = f"{_MONEY[path.split('.')[1]]}_{name}"
    cells = {name: after}
    if likewise := re.match(r"and (\w+) likewise", note):
        cells[likewise[1]] = after
    return cells


def _place(path: str) -> re.Match[str]:
    place = _LINE.fullmatch(path)
    assert place is not None
    return place


def _print() -> None:
    for number, mistake in enumerate(mistakes(), 1):
        said = "; ".join(f"{f.rule} {f.severity[0].upper()} {f.message}" for f in new_findings(mistake))
        print(f"{number:2} {mistake['kind']} {mistake['path']} → {said or '—'}")


if __name__ == "__main__":
    _print()
