"""One gesture of the clerk: its changes in order, and what follows from them before it goes to the store."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from model.changes import Altered, CellOwner, InsertIndicator, Part, ProjectChange, SetField
from model.edits.amounts import computed_totals
from model.edits.releases import stale_texts
from model.records import Content, Form, Indicator, Project, text_cells
from model.settings import Settings
from model.values.characters import printable


class Gesture:
    """Collects the changes of one gesture against a project and keeps the snapshot they lead to."""

    def __init__(self, project: Project) -> None:
        self._start = project
        self._changes: list[ProjectChange] = []
        self._altered = Altered(project)

    @property
    def project(self) -> Project:
        """The snapshot the changes so far lead to."""
        return self._altered.project

    def add(self, change: ProjectChange) -> None:
        """Take one more change. Raises ValueError when it does not fit."""
        self._altered.apply(change)
        self._changes.append(change)

    def set(self, part: CellOwner, record_id: str, field: str, after: str | int) -> None:
        """Write one field, unless it holds that already. Raises ValueError for an unknown record or field.

        Of a text only what can be printed is written (:mod:`model.values.characters`).
        """
        before = self._value(part, record_id, field)
        after = printable(after) if isinstance(after, str) else after
        if before != after:
            self.add(SetField(self._start.id, part, record_id, field, before, after))

    def set_line(self, indicator_id: str, field: str, after: str) -> None:
        """Write one cell of an indicator line."""
        self.set(Part.INDICATOR, indicator_id, field, after)

    def insert(self, form: Form, position: int, line: Indicator) -> None:
        """Put a new line into a form; of its texts only what can be printed is written.

        Raises ValueError for a line of another form.
        """
        texts = {name: printable(getattr(line, name)) for name in text_cells(type(line))}
        self.add(InsertIndicator(self._start.id, form, position, replace(line, **cast("dict[str, Any]", texts))))

    @property
    def changes(self) -> tuple[ProjectChange, ...]:
        """What has been collected, and nothing that follows from it: for forms that come and go as they are."""
        return tuple(self._changes)

    def text(self, part: CellOwner, record_id: str, field: str) -> str | None:
        """What a cell holds by now, None when its record is not there."""
        try:
            return str(self._value(part, record_id, field))
        except ValueError:
            return None

    def finish(self, settings: Settings) -> tuple[ProjectChange, ...]:
        """The whole gesture, with the totals and printed figures that follow from it."""
        for form, before in self._start.forms.items():
            after = self.project.form(form)
            if after is not None:
                for field, text in computed_totals(before, after):
                    self.set(form, self.project.id, field, text)
        for part, record_id, field in stale_texts(self._start, self.project, settings):
            self.set(part, record_id, field, "")
        return tuple(self._changes)

    def _value(self, part: CellOwner, record_id: str, field: str) -> str | int:
        if part is Part.EXPLANATION:
            return self.project.explanations.get(field, "")
        record = self._record(part, record_id)
        value = getattr(record, field, None)
        if not isinstance(value, str | int):
            raise ValueError(f"{type(record).__name__} has no cell {field}")
        return value

    def _record(self, part: CellOwner, record_id: str) -> Project | Content | Indicator:
        record: Project | Content | Indicator | None = None
        match part:
            case Form() as form:
                record = self.project.form(form)
            case Part.INDICATOR:
                record = self._altered.line(record_id)
            case _:
                record = self.project
        if record is None:
            raise ValueError(f"no {part} {record_id}")
        return record


def line_of(project: Project, indicator_id: str) -> Indicator | None:
    """The indicator line with this id, or None."""
    place = project.find_indicator(indicator_id)
    return None if place is None else project.indicators(place[0])[place[1]]
