"""Finding projects by their name and indicators by their name or value, for the search box."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gui.document.project_list import NO_NAME, ProjectList
from model.forms import FORMS
from model.records import Form, Project

LIMIT = 30


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. ``form`` and ``line_id`` are there for an indicator; ``detail`` says where it is."""

    project_id: str
    text: str
    detail: str
    form: Form | None = None
    line_id: str = ""


def find_projects(text: str, projects: ProjectList) -> list[Hit]:
    """Projects whose name, unit or year contain every word."""
    words = text.casefold().split()
    return [
        Hit(summary.id, summary.project_name or NO_NAME, f"{summary.year} 年度 · {summary.unit}")
        for summary in (projects.matching(words, LIMIT) if words else ())
    ]


def find_indicators(text: str, projects: Iterable[Project]) -> list[Hit]:
    """Indicator lines whose name or value contain every word."""
    words = text.casefold().split()
    hits = [
        Hit(
            project.id,
            line.name or "（未填名称）",
            f"{project.year} {FORMS[form].names.brief} · {project.project_name}",
            form,
            line.id,
        )
        for project in projects
        for form in FORMS
        for line in project.indicators(form)
        if words and _matches(words, f"{line.name} {line.target_text}")
    ]
    return hits[:LIMIT]


def _matches(words: list[str], text: str) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)
