"""The given forms as projects under the numbers of domain.md: 000-04, 003-05, and 001-3 for form 3 of 001."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from model.checking import check
from model.findings import Finding
from model.forms import FORMS, HEADER_CELLS
from model.records import Declaration, Evaluation, Form, Project, forms_of
from model.rules import Context, Neighbours, ProjectKey
from model.settings import Settings

GIVEN = Path(__file__).parent.parent.parent / "fixtures" / "forms"
FILES = {
    "000": "declarations-2026-platform-centre.json",
    "003": "declarations-2025-exchange-centre.json",
    "001": "evaluations-2022-platform-centre.json",
}


@cache
def given_projects() -> dict[str, Project]:
    """Every given form as a project of its own."""
    projects = {}
    for file, name in FILES.items():
        data = json.loads((GIVEN / name).read_text(encoding="utf-8"))
        for number, form in enumerate(data["forms"], 1):
            label = f"{file}-{number}" if file == "001" else f"{file}-{number:02d}"
            projects[label] = _project(label, form)
    return projects


@cache
def given_context() -> Context:
    """The context of one store that holds all of them."""
    keys = map(ProjectKey.of, given_projects().values())
    return Context(Settings(), Neighbours(keys))


@cache
def given_findings() -> dict[str, tuple[Finding, ...]]:
    """What the rules find in each of them."""
    return {label: check(project, given_context()) for label, project in given_projects().items()}


def hits(rule: str) -> dict[str, int]:
    """How often a rule is broken in each form where it is broken at all."""
    counts = {label: sum(finding.rule == rule for finding in findings) for label, findings in given_findings().items()}
    return {label: count for label, count in counts.items() if count}


def _project(label: str, data: dict[str, Any]) -> Project:
    form = Form(data["kind"])
    cells: dict[str, Any] = {cell.name: _at(data, cell.path) for cell in FORMS[form].cells[len(HEADER_CELLS) :]}
    cells["indicators"] = tuple(
        FORMS[form].line(f"{label}/{number}", **{cell.name: _at(line, cell.path) for cell in FORMS[form].columns})
        for number, line in enumerate(data["indicators"])
    )
    header = (label, data["year"], data["project_name"], data["department"], data["unit"])
    if form is Form.DECLARATION:
        return Project(*header, forms=forms_of(Declaration(**cells)))
    return Project(*header, forms=forms_of(Evaluation(**cells)))


def _at(data: dict[str, Any], path: str) -> str:
    value: Any = data
    for key in path.split("."):
        value = value.get(key) if value else None
    return value or ""
