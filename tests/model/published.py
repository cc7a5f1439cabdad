"""The given forms as records: the smallest reader of jixiao-forms/1 the tests of scoring need."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from model.forms import FORMS
from model.forms.evaluation import EVALUATION_CELLS
from model.records import EvaluatedIndicator, Evaluation, Form

GIVEN = Path(__file__).parent.parent / "fixtures" / "forms"


def published_evaluations() -> list[tuple[str, Evaluation]]:
    """The seven self-evaluations of 2022, each with the name of its project."""
    data = json.loads((GIVEN / "evaluations-2022-platform-centre.json").read_text(encoding="utf-8"))
    return [(form["project_name"], _evaluation(form)) for form in data["forms"]]


def _evaluation(form: dict[str, Any]) -> Evaluation:
    cells = {cell.name: _at(form, cell.path) for cell in EVALUATION_CELLS}
    lines = tuple(_line(f"line-{number}", data) for number, data in enumerate(form["indicators"]))
    return Evaluation(indicators=lines, **cells)


def _line(indicator_id: str, data: dict[str, Any]) -> EvaluatedIndicator:
    cells = {cell.name: _at(data, cell.path) for cell in FORMS[Form.EVALUATION].columns}
    return EvaluatedIndicator(indicator_id, **cells)


def _at(data: dict[str, Any], path: str) -> str:
    value: Any = data
    for key in path.split("."):
        value = value.get(key)
    return value or ""
