"""Gestures as the journal keeps them: JSON texts with names of their own, whatever Python calls things.

The names of kinds and fields are fixed here: when a class or an attribute is renamed, only that side of the tables
changes which Python sees, and older texts read as before. See :mod:`storage.store.journal_versions` for the rest.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from types import MappingProxyType
from typing import Any, assert_never

from model.changes import (
    AddForm,
    AddProject,
    Change,
    DeleteIndicator,
    InsertIndicator,
    MoveIndicator,
    Part,
    RemoveForm,
    RemoveProject,
    SetField,
    SetSetting,
)
from model.forms import FORMS, form_named
from model.records import Declaration, Evaluation, Form, Indicator, Project
from storage.store.journal_versions import check, current_version, raised


def _alike(*names: str) -> dict[str, str]:
    """Names that are the same in the texts and in Python."""
    return dict(zip(names, names, strict=True))


# name in the texts → attribute that holds it
_CELLS: dict[str, dict[str, str]] = {
    Part.PROJECT: _alike("project_name", "department", "unit"),
    Part.DECLARATION: _alike(
        *("project_nature", "project_category", "start_date", "end_date", "total_requested", "fiscal_current"),
        *("carried_over", "other", "project_total", "project_fiscal", "project_other", "overall_goal", "annual_goal"),
    ),
    Part.EVALUATION: _alike(
        *("initial_total", "initial_fiscal_current", "initial_carried_over", "initial_other"),
        *("adjusted_total", "adjusted_fiscal_current", "adjusted_carried_over", "adjusted_other"),
        *("executed_total", "executed_fiscal_current", "executed_carried_over", "executed_other"),
        *("execution_points", "execution_rate", "execution_score", "execution_choice"),
        *("expected_goal", "actual_completion", "total_points", "total_score"),
    ),
    Part.INDICATOR: _alike(
        *("level1", "level2", "name", "target_text", "actual_text", "points", "score", "achievement"),
        *("deviation_reason", "negative_rule"),
    ),
}
_YEAR = "year"
_CONTENTS: dict[Form, type[Declaration] | type[Evaluation]] = {
    Form.DECLARATION: Declaration,
    Form.EVALUATION: Evaluation,
}


def to_json(changes: tuple[Change, ...]) -> str:
    """A gesture as JSON text of today's version. Blank cells are left out."""
    document = {"version": current_version(), "changes": [_written(change) for change in changes]}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> tuple[Change, ...]:
    """The gesture of a text that :func:`to_json` wrote in this version of the program or an earlier one.

    Raises NewerTextError for one of a later version, and ValueError, KeyError, TypeError, AttributeError or
    RecursionError for what is no such text.
    """
    document = json.loads(text)
    if isinstance(document, list):
        version, changes = 1, document
    else:
        head = _Taken(document)
        version = head.number("version")
        check(version)  # first: what else a later version says may be of any kind
        changes = head.list("changes")
        head.end()
    return tuple(_read(_Taken(change)) for change in raised(changes, version))


# Writing


def _written(change: Change) -> dict[str, Any]:
    match change:
        case SetField():
            return {
                "type": "SetField",
                "project_id": change.project_id,
                "part": change.part.value,
                "record_id": change.record_id,
                "field": _name_of(change.part, change.field),
                "before": change.before,
                "after": change.after,
            }
        case InsertIndicator():
            return {"type": "InsertIndicator", **_written_line(change)}
        case DeleteIndicator():
            return {"type": "DeleteIndicator", **_written_line(change)}
        case MoveIndicator():
            return {
                "type": "MoveIndicator",
                "project_id": change.project_id,
                "form": str(change.form),
                "source": change.source,
                "target": change.target,
            }
        case AddForm():
            return {"type": "AddForm", **_written_form(change)}
        case RemoveForm():
            return {"type": "RemoveForm", **_written_form(change)}
        case AddProject():
            return {"type": "AddProject", "project": _written_project(change.project)}
        case RemoveProject():
            return {"type": "RemoveProject", "project": _written_project(change.project)}
        case SetSetting():
            return {"type": "SetSetting", "key": change.key, "before": change.before, "after": change.after}
        case _:
            assert_never(change)


def _name_of(part: Part, attribute: str) -> str:
    if part is Part.EXPLANATION or (part is Part.PROJECT and attribute == _YEAR):
        return attribute
    return next(name for name, held in _CELLS[part].items() if held == attribute)


def _written_line(change: InsertIndicator | DeleteIndicator) -> dict[str, Any]:
    return {
        "project_id": change.project_id,
        "form": str(change.form),
        "position": change.position,
        "indicator": _written_indicator(change.indicator),
    }


def _written_form(change: AddForm | RemoveForm) -> dict[str, Any]:
    return {
        "project_id": change.project_id,
        "form": str(change.form),
        "content": _written_content(change.form, change.content),
    }


def _written_cells(record: object, part: str) -> dict[str, Any]:
    return {name: text for name, attribute in _CELLS[part].items() if (text := getattr(record, attribute)) != ""}


def _written_indicator(line: Indicator) -> dict[str, Any]:
    return {"id": line.id, **_written_cells(line, Part.INDICATOR)}


def _written_content(form: Form, content: Declaration | Evaluation) -> dict[str, Any]:
    lines = [_written_indicator(line) for line in content.indicators]
    return {**_written_cells(content, form), "indicators": lines}


def _written_project(project: Project) -> dict[str, Any]:
    data: dict[str, Any] = {"id": project.id, _YEAR: project.year, **_written_cells(project, Part.PROJECT)}
    for form in FORMS:
        content = project.form(form)
        if content is not None:
            data[form] = _written_content(form, content)
    return {**data, "explanations": dict(project.explanations)}


# Reading


class _Taken:
    """The values of one JSON object, each taken once. What is of another kind than it should be raises TypeError."""

    def __init__(self, data: object) -> None:
        self._rest: dict[str, Any] = dict(self._checked(data, dict))

    def text(self, name: str) -> str:
        return str(self._checked(self._rest.pop(name), str))

    def number(self, name: str) -> int:
        return int(self._checked(self._rest.pop(name), int))

    def text_or_number(self, name: str) -> str | int:
        return self.number(name) if isinstance(self._rest[name], int) else self.text(name)

    def list(self, name: str) -> list[Any]:
        return list(self._checked(self._rest.pop(name), list))

    def object(self, name: str) -> _Taken:
        return _Taken(self._rest.pop(name))

    def has(self, name: str) -> bool:
        return name in self._rest

    def cells(self, part: str) -> dict[str, str]:
        """The text cells of a record by attribute; those left out are blank, whatever a new record has there."""
        return {held: self.text(name) if self.has(name) else "" for name, held in _CELLS[part].items()}

    def texts(self) -> dict[str, str]:
        """All of it, of texts only."""
        return {name: self.text(name) for name in tuple(self._rest)}

    def end(self) -> None:
        """Raises ValueError when something is left: nothing is dropped in silence."""
        if self._rest:
            raise ValueError(f"unknown names: {sorted(self._rest)}")

    @staticmethod
    def _checked(value: Any, kind: type) -> Any:
        if not isinstance(value, kind) or isinstance(value, bool):
            raise TypeError(f"{value!r} is no {kind.__name__}")
        return value


def _read(data: _Taken) -> Change:
    kind = data.text("type")
    change = _READERS[kind](data)
    data.end()
    return change


def _read_field(data: _Taken) -> SetField:
    part = Part(data.text("part"))
    name = data.text("field")
    is_own_name = part is Part.EXPLANATION or (part is Part.PROJECT and name == _YEAR)
    return SetField(
        data.text("project_id"),
        part,
        data.text("record_id"),
        name if is_own_name else _CELLS[part][name],
        data.text_or_number("before"),
        data.text_or_number("after"),
    )


def _read_line(data: _Taken) -> tuple[str, Form, int, Indicator]:
    form, position = form_named(data.text("form")), data.number("position")
    return data.text("project_id"), form, position, _read_indicator(data.object("indicator"))


def _read_form(data: _Taken) -> tuple[str, Form, Declaration | Evaluation]:
    form = form_named(data.text("form"))
    return data.text("project_id"), form, _read_content(form, data.object("content"))


def _read_indicator(data: _Taken) -> Indicator:
    line = Indicator(data.text("id"), **data.cells(Part.INDICATOR))
    data.end()
    return line


def _read_content(form: Form, data: _Taken) -> Declaration | Evaluation:
    lines = data.list("indicators") if data.has("indicators") else []
    cells: dict[str, Any] = data.cells(form)
    data.end()
    return _CONTENTS[form](**cells, indicators=tuple(_read_indicator(_Taken(line)) for line in lines))


def _read_project(data: _Taken) -> Project:
    data = data.object("project")
    forms: dict[str, Any] = {form: _read_content(form, data.object(form)) for form in FORMS if data.has(form)}
    explanations = data.object("explanations").texts() if data.has("explanations") else {}
    cells: dict[str, Any] = data.cells(Part.PROJECT)
    project = Project(
        data.text("id"), data.number(_YEAR), **cells, **forms, explanations=MappingProxyType(explanations)
    )
    data.end()
    return project


# kind of change in the texts → what reads the rest of it
_READERS: dict[str, Callable[[_Taken], Change]] = {
    "SetField": _read_field,
    "InsertIndicator": lambda data: InsertIndicator(*_read_line(data)),
    "DeleteIndicator": lambda data: DeleteIndicator(*_read_line(data)),
    "MoveIndicator": lambda data: MoveIndicator(
        data.text("project_id"), form_named(data.text("form")), data.number("source"), data.number("target")
    ),
    "AddForm": lambda data: AddForm(*_read_form(data)),
    "RemoveForm": lambda data: RemoveForm(*_read_form(data)),
    "AddProject": lambda data: AddProject(_read_project(data)),
    "RemoveProject": lambda data: RemoveProject(_read_project(data)),
    "SetSetting": lambda data: SetSetting(data.text("key"), data.text("before"), data.text("after")),
}
