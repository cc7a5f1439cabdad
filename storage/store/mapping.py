"""Records in and out of the tables: whole projects are read, only what differs is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, delete, insert, select, update

from model.forms import FORMS
from model.records import Declaration, Evaluation, Form, Indicator, Project
from storage.store.tables import (
    DECLARATION,
    EVALUATION,
    EXPLANATION,
    INDICATOR,
    PLACEMENT,
    PROJECT,
    text_fields,
)

_PROJECT_TEXTS = text_fields(Project)
_DECLARATION_TEXTS = text_fields(Declaration)
_EVALUATION_TEXTS = text_fields(Evaluation)
_INDICATOR_TEXTS = text_fields(Indicator)

# SQLite allows some ten thousand bound values in a statement; a slice of this size stays far below.
_SLICE = 500

_ALL_PROJECTS = select(
    PROJECT.c.id, PROJECT.c.year, *(PROJECT.c[name] for name in _PROJECT_TEXTS), PLACEMENT.c.place
).join_from(PROJECT, PLACEMENT, PROJECT.c.id == PLACEMENT.c.project_id)
_SOME_PROJECTS = _ALL_PROJECTS.where(PROJECT.c.id.in_(bindparam("ids", expanding=True)))


def _of_projects(table: Table, names: Sequence[str]) -> Any:
    return select(table.c.project_id, *(table.c[name] for name in names)).where(
        table.c.project_id.in_(bindparam("ids", expanding=True))
    )


_DECLARATIONS = _of_projects(DECLARATION, _DECLARATION_TEXTS)
_EVALUATIONS = _of_projects(EVALUATION, _EVALUATION_TEXTS)
_EXPLANATIONS = _of_projects(EXPLANATION, ("key", "text")).order_by(EXPLANATION.c.key)
_INDICATORS = _of_projects(INDICATOR, ("form", "id", *_INDICATOR_TEXTS)).order_by(INDICATOR.c.position)


def read_projects(connection: Connection, ids: Iterable[str]) -> tuple[Project, ...]:
    """The projects with these ids in the order in which they came in; unknown ids are left out."""
    wanted = list(ids)
    found: list[tuple[int, Project]] = []
    for start in range(0, len(wanted), _SLICE):
        found.extend(_read_slice(connection, wanted[start : start + _SLICE]))
    return tuple(project for _, project in sorted(found, key=lambda pair: pair[0]))


def _read_slice(connection: Connection, ids: list[str]) -> list[tuple[int, Project]]:
    heads = connection.execute(_SOME_PROJECTS, {"ids": ids}).all()
    if not heads:
        return []
    lines: dict[tuple[str, str], list[Indicator]] = defaultdict(list)
    for row in connection.execute(_INDICATORS, {"ids": ids}):
        lines[row[0], row[1]].append(Indicator(*row[2:]))
    declarations = {
        row[0]: _content(Declaration, _DECLARATION_TEXTS, row, lines[row[0], Form.DECLARATION])
        for row in connection.execute(_DECLARATIONS, {"ids": ids})
    }
    evaluations = {
        row[0]: _content(Evaluation, _EVALUATION_TEXTS, row, lines[row[0], Form.EVALUATION])
        for row in connection.execute(_EVALUATIONS, {"ids": ids})
    }
    explanations: dict[str, dict[str, str]] = defaultdict(dict)
    for project_id, key, text in connection.execute(_EXPLANATIONS, {"ids": ids}):
        explanations[project_id][key] = text
    return [
        (
            row.place,
            Project(
                row.id,
                row.year,
                **{name: getattr(row, name) for name in _PROJECT_TEXTS},
                declaration=declarations.get(row.id),
                evaluation=evaluations.get(row.id),
                explanations=MappingProxyType(explanations.get(row.id, {})),
            ),
        )
        for row in heads
    ]


def _content(record: Any, names: Sequence[str], row: Row[Any], lines: list[Indicator]) -> Any:
    return record(**dict(zip(names, row[1:], strict=True)), indicators=tuple(lines))


def write_difference(connection: Connection, before: Project | None, after: Project | None) -> None:
    """Make the tables say ``after`` where they said ``before``, touching only the rows and columns that differ."""
    if after is None:
        if before is not None:
            connection.execute(delete(PROJECT).where(PROJECT.c.id == before.id))
        return
    head = {"year": after.year, **_texts(after, _PROJECT_TEXTS)}
    if before is None:
        connection.execute(insert(PROJECT), {"id": after.id, **head})
        _give_place(connection, after.id)
    else:
        _update(connection, PROJECT, "id", after.id, {"year": before.year, **_texts(before, _PROJECT_TEXTS)}, head)
    for form, table, names in (
        (Form.DECLARATION, DECLARATION, _DECLARATION_TEXTS),
        (Form.EVALUATION, EVALUATION, _EVALUATION_TEXTS),
    ):
        _write_form(connection, after.id, table, names, (before.form(form) if before else None, after.form(form)))
    _write_lines(connection, before, after)
    _write_explanations(connection, after.id, before.explanations if before else {}, after.explanations)


def _give_place(connection: Connection, project_id: str) -> None:
    kept = connection.execute(select(PLACEMENT.c.place).where(PLACEMENT.c.project_id == project_id)).first()
    if kept is None:
        connection.execute(insert(PLACEMENT), {"project_id": project_id})


def _texts(record: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _update(
    connection: Connection, table: Table, key: str, value: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    changed = {name: after[name] for name in after if after[name] != before[name]}
    if changed:
        done = connection.execute(
            update(table).where(table.c[key] == bindparam("row_key")), {"row_key": value, **changed}
        )
        if done.rowcount != 1:
            raise ValueError(f"{table.name} has no row {value}")


def _write_form(
    connection: Connection,
    project_id: str,
    table: Table,
    names: Sequence[str],
    contents: tuple[Declaration | Evaluation | None, Declaration | Evaluation | None],
) -> None:
    before, after = contents
    if before is after:
        return
    if after is None:
        connection.execute(delete(table).where(table.c.project_id == project_id))
    elif before is None:
        connection.execute(insert(table), {"project_id": project_id, **_texts(after, names)})
    else:
        _update(connection, table, "project_id", project_id, _texts(before, names), _texts(after, names))


def _write_lines(connection: Connection, before: Project | None, after: Project) -> None:
    old = _lines(before) if before else {}
    new = _lines(after)
    gone = [{"row_key": line_id} for line_id in old if line_id not in new]
    if gone:
        connection.execute(delete(INDICATOR).where(INDICATOR.c.id == bindparam("row_key")), gone)
    for line_id, row in new.items():
        if line_id in old and old[line_id] != row:
            _update(connection, INDICATOR, "id", line_id, old[line_id], row)
    added = [{"id": line_id, "project_id": after.id, **row} for line_id, row in new.items() if line_id not in old]
    if added:
        connection.execute(insert(INDICATOR), added)


def _lines(project: Project) -> dict[str, dict[str, Any]]:
    return {
        line.id: {"form": str(form), "position": position, **_texts(line, _INDICATOR_TEXTS)}
        for form in FORMS
        for position, line in enumerate(project.indicators(form))
    }


def _write_explanations(
    connection: Connection, project_id: str, before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    if before == after:
        return
    changed = [key for key in before if before[key] != after.get(key)]
    for key in changed:
        connection.execute(delete(EXPLANATION).where(EXPLANATION.c.project_id == project_id, EXPLANATION.c.key == key))
    new = [key for key in after if after[key] != before.get(key)]
    if new:
        connection.execute(
            insert(EXPLANATION), [{"project_id": project_id, "key": key, "text": after[key]} for key in new]
        )
