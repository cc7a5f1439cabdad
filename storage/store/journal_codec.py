"""Gestures as the journal keeps them: JSON texts.

The kinds of change have names fixed here, cells those of the records, forms their ids. A cell that is renamed needs a
:class:`storage.store.journal_versions.Step`, so that older texts read as before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from types import MappingProxyType
from typing import Any, assert_never

from model.changes import (
    AddForm,
    AddProject,
    CellOwner,
    Change,
    DeleteIndicator,
    InsertIndicator,
    MoveIndicator,
    Part,
    RemoveForm,
    RemoveProject,
    SetField,
    SetLibraryRow,
    SetSetting,
)
from model.forms import FORMS, form_named
from model.library import Direction, Entry, LibraryRow
from model.records import Content, Form, Indicator, Project, forms_of, text_cells
from storage.store.journal_versions import check, current_version, raised

_YEAR = "year"


def _cells(part: CellOwner) -> tuple[str, ...]:
    """The names of the cells of a record in the texts."""
    match part:
        case Form() as form:
            return text_cells(FORMS[form].record)
        case Part.INDICATOR:
            return tuple(dict.fromkeys(name for spec in FORMS.values() for name in text_cells(spec.line)))
        case _:
            return text_cells(Project)


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
                "part": str(change.part),
                "record_id": change.record_id,
                "field": change.field,
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
        case SetLibraryRow():
            rows = {"before": change.before, "after": change.after}
            return {
                "type": "SetLibraryRow",
                **{name: _written_row(row) for name, row in rows.items() if row is not None},
            }
        case _:
            assert_never(change)


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
        "content": _written_content(change.content),
    }


def _written_cells(record: Project | Content | Indicator) -> dict[str, Any]:
    return {name: text for name in text_cells(type(record)) if (text := getattr(record, name)) != ""}


def _written_indicator(line: Indicator) -> dict[str, Any]:
    return {"id": line.id, **_written_cells(line)}


def _written_content(content: Content) -> dict[str, Any]:
    lines = [_written_indicator(line) for line in content.indicators]
    return {**_written_cells(content), "indicators": lines}


def _written_project(project: Project) -> dict[str, Any]:
    data: dict[str, Any] = {"id": project.id, _YEAR: project.year, **_written_cells(project)}
    for form in FORMS:
        content = project.form(form)
        if content is not None:
            data[form] = _written_content(content)
    return {**data, "explanations": dict(project.explanations)}


def _written_row(row: LibraryRow) -> dict[str, Any]:
    entry = row.entry
    texts = {"target": entry.target, "direction": str(entry.direction), "pinyin": entry.pinyin}
    return {"level2": entry.level2, "name": entry.name, **texts, "is_removed": int(row.is_removed)}


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

    def cells(self, record: type[Project] | type[Content] | type[Indicator]) -> dict[str, str]:
        """The text cells of a record; those left out are blank, whatever a new record has there."""
        return {name: self.text(name) if self.has(name) else "" for name in text_cells(record)}

    def pass_over(self, names: Iterable[str]) -> None:
        """Leave out texts of these cells: every line had those of all forms once, and no form showed another's."""
        for name in names:
            if self.has(name):
                self.text(name)

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
    part, name = _target(data.text("part")), data.text("field")
    if not (part is Part.EXPLANATION or (part is Part.PROJECT and name == _YEAR) or name in _cells(part)):
        raise KeyError(name)
    return SetField(
        data.text("project_id"),
        part,
        data.text("record_id"),
        name,
        data.text_or_number("before"),
        data.text_or_number("after"),
    )


def _target(text: str) -> CellOwner:
    return Form(text) if text in FORMS else Part(text)


def _read_line(data: _Taken) -> tuple[str, Form, int, Indicator]:
    form, position = form_named(data.text("form")), data.number("position")
    return data.text("project_id"), form, position, _read_indicator(form, data.object("indicator"))


def _read_form(data: _Taken) -> tuple[str, Form, Content]:
    form = form_named(data.text("form"))
    return data.text("project_id"), form, _read_content(form, data.object("content"))


def _read_indicator(form: Form, data: _Taken) -> Indicator:
    record = FORMS[form].line
    line = record(data.text("id"), **data.cells(record))
    data.pass_over(_cells(Part.INDICATOR))
    data.end()
    return line


def _read_content(form: Form, data: _Taken) -> Content:
    lines = data.list("indicators")
    record: Any = FORMS[form].record
    cells = data.cells(record)
    data.end()
    content: Content = record(**cells, indicators=tuple(_read_indicator(form, _Taken(line)) for line in lines))
    return content


def _read_project(data: _Taken) -> Project:
    data = data.object("project")
    forms = forms_of(*(_read_content(form, data.object(form)) for form in FORMS if data.has(form)))
    explanations = data.object("explanations").texts() if data.has("explanations") else {}
    cells: dict[str, Any] = data.cells(Project)
    project = Project(
        data.text("id"), data.number(_YEAR), **cells, forms=forms, explanations=MappingProxyType(explanations)
    )
    data.end()
    return project


def _read_library_row(data: _Taken) -> SetLibraryRow:
    before, after = (_read_row(data.object(name)) if data.has(name) else None for name in ("before", "after"))
    return SetLibraryRow(before, after)


def _read_row(data: _Taken) -> LibraryRow:
    level2, name, target = data.text("level2"), data.text("name"), data.text("target")
    entry = Entry(level2, name, target, Direction(data.text("direction")), data.text("pinyin"))
    row = LibraryRow(entry, is_removed=bool(data.number("is_removed")))
    data.end()
    return row


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
    "SetLibraryRow": _read_library_row,
}
