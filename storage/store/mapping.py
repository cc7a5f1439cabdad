"""Records in and out of the tables: whole projects are read, only what differs is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from model.forms import FORMS, FormSpec
from model.records import Content, Form, Indicator, Project, forms_of, text_cells
from storage.store.tables import EXPLANATION, PLACEMENT, PROJECT, form_table, lines_table

_PROJECT_TEXTS = text_cells(Project)

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


_EXPLANATIONS = _of_projects(EXPLANATION, ("key", "text")).order_by(EXPLANATION.c.key)


@cache
def _contents_of(form: Form) -> Any:
    """The query for the cells of a form."""
    return _of_projects(form_table(form), text_cells(FORMS[form].record))


@cache
def _lines_of(form: Form) -> Any:
    """The query for the lines of a form, in their order."""
    table = lines_table(FORMS[form].lines_table)
    names = ("id", *text_cells(FORMS[form].line))
    return _of_projects(table, names).where(table.c.form == str(form)).order_by(table.c.position)


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
    contents: dict[str, list[Content]] = defaultdict(list)
    for spec in FORMS.values():
        for project_id, content in _read_contents(connection, spec, ids):
            contents[project_id].append(content)
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
                forms=forms_of(*contents[row.id]),
                explanations=MappingProxyType(explanations.get(row.id, {})),
            ),
        )
        for row in heads
    ]


def _read_contents(connection: Connection, spec: FormSpec, ids: list[str]) -> Iterator[tuple[str, Content]]:
    lines: dict[str, list[Indicator]] = defaultdict(list)
    for row in connection.execute(_lines_of(spec.form), {"ids": ids}):
        lines[row[0]].append(spec.line(*row[1:]))
    record: Any = spec.record
    names = text_cells(spec.record)
    for row in connection.execute(_contents_of(spec.form), {"ids": ids}):
        cells = dict(zip(names, row[1:], strict=True))
        yield row[0], record(**cells, indicators=tuple(lines[row[0]]))


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
    for spec in FORMS.values():
        _write_form(connection, after.id, spec, before.form(spec.form) if before else None, after.form(spec.form))
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
    connection: Connection, project_id: str, spec: FormSpec, before: Content | None, after: Content | None
) -> None:
    if before is after:
        return
    table, names = form_table(spec.form), text_cells(spec.record)
    if after is None:
        connection.execute(delete(table).where(table.c.project_id == project_id))
    elif before is None:
        connection.execute(insert(table), {"project_id": project_id, **_texts(after, names)})
    else:
        _update(connection, table, "project_id", project_id, _texts(before, names), _texts(after, names))


def _write_lines(connection: Connection, before: Project | None, after: Project) -> None:
    for name in {spec.lines_table: None for spec in FORMS.values()}:
        forms = [spec for spec in FORMS.values() if spec.lines_table == name]
        old, new = _lines(before, forms) if before else {}, _lines(after, forms)
        if old != new:
            _write_rows(connection, lines_table(name), after.id, old, new)


def _write_rows(connection: Connection, table: Table, project_id: str, old: _Rows, new: _Rows) -> None:
    gone = [{"row_key": line_id} for line_id in old if line_id not in new]
    if gone:
        connection.execute(delete(table).where(table.c.id == bindparam("row_key")), gone)
    for line_id, row in new.items():
        if line_id in old and old[line_id] != row:
            _update(connection, table, "id", line_id, old[line_id], row)
    added = [{"id": line_id, "project_id": project_id, **row} for line_id, row in new.items() if line_id not in old]
    if added:
        connection.execute(insert(table), added)


_Rows = Mapping[str, Mapping[str, Any]]


def _lines(project: Project, specs: Sequence[FormSpec]) -> _Rows:
    """The rows of the lines of some forms by their ids. Raises ValueError when two lines have one id."""
    blank = dict.fromkeys((name for spec in specs for name in text_cells(spec.line)), "")
    rows = {
        line.id: {**blank, "form": str(spec.form), "position": position} | _texts(line, text_cells(spec.line))
        for spec in specs
        for position, line in enumerate(project.indicators(spec.form))
    }
    if len(rows) != sum(len(project.indicators(spec.form)) for spec in specs):
        raise ValueError(f"two lines of project {project.id} have one id")
    return rows


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
