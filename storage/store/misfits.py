"""Rows that fit nothing else in a sound file: taken in where they can be seen, because what is read would drop them.

Only damage and other programs make them: a project that is in no list, a line of a form nobody knows, or of a form its
project has not started (docs/reliability.md §6.1). Nothing they say is changed but where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    insert,
    not_,
    or_,
    select,
    update,
)

from model.forms import FORMS, FormSpec
from model.records import text_cells
from storage.store.tables import PLACEMENT, PROJECT, SUMMARY, form_table, lines_table


@dataclass(frozen=True, slots=True)
class Misfits:
    """What was found: projects in no list, and lines of no form, by how many."""

    unlisted: int
    lines: int

    def in_words(self, path: Path) -> str:
        """What was taken in, for the clerk."""
        kinds = ((self.unlisted, "个项目不在项目清单中"), (self.lines, "条指标不属于任何一张表"))
        found = "、".join(f"有 {number} {what}" for number, what in kinds if number)
        return (
            f"“{path}”受过损坏或被其他程序改动过：{found}，现已补列出来，没有丢弃任何内容。\n"
            "请核对这些项目；要回到以前的样子，请用“恢复备份…”。"
        )

    def __bool__(self) -> bool:
        return bool(self.unlisted or self.lines)


def found(connection: Connection) -> Misfits:
    """How many rows fit nothing else."""
    lines = sum(len(connection.execute(_stray(table, specs)).all()) for table, specs in _tables())
    return Misfits(len(connection.execute(_UNLISTED).all()), lines)


def take_in(connection: Connection) -> tuple[str, ...]:
    """Give every such row a place; the ids of the projects that have to be counted anew.

    A line goes behind those of the form its project has, or begins that form.
    """
    changed = [key for (key,) in connection.execute(_UNLISTED)]
    for table, specs in _tables():
        strays = connection.execute(_stray(table, specs)).all()
        for line_id, project_id in strays:
            _take_in_line(connection, table, specs, line_id, project_id)
            changed.append(project_id)
    placed = connection.execute(select(PLACEMENT.c.project_id)).scalars().all()
    for key in (key for key in dict.fromkeys(changed) if key not in set(placed)):
        connection.execute(insert(PLACEMENT), {"project_id": key})
    return tuple(dict.fromkeys(changed))


_UNLISTED = (
    select(PROJECT.c.id)
    .where(
        or_(
            not_(exists().where(PLACEMENT.c.project_id == PROJECT.c.id)),
            not_(exists().where(SUMMARY.c.project_id == PROJECT.c.id)),
        )
    )
    .order_by(PROJECT.c.year, PROJECT.c.id)
)


def _tables() -> Iterable[tuple[Table, list[FormSpec]]]:
    names = {spec.lines_table: None for spec in FORMS.values()}
    return [(lines_table(name), [spec for spec in FORMS.values() if spec.lines_table == name]) for name in names]


def _stray(table: Table, specs: Sequence[FormSpec]) -> Select[Any]:
    fits: list[ColumnElement[bool]] = [
        and_(table.c.form == str(spec.form), exists().where(form_table(spec.form).c.project_id == table.c.project_id))
        for spec in specs
    ]
    return select(table.c.id, table.c.project_id).where(not_(or_(*fits))).order_by(table.c.project_id, table.c.position)


def _take_in_line(
    connection: Connection, table: Table, specs: Sequence[FormSpec], line_id: str, project_id: str
) -> None:
    said = connection.execute(select(table.c.form).where(table.c.id == line_id)).scalar_one()
    own = next((spec for spec in specs if str(spec.form) == said), None)
    started = [spec for spec in specs if _is_started(connection, spec, project_id)]
    spec = own or (started or specs)[0]
    if spec not in started:
        blank = dict.fromkeys(text_cells(spec.record), "")
        connection.execute(insert(form_table(spec.form)), {"project_id": project_id, **blank})
    lines = select(table.c.id).where(table.c.project_id == project_id, table.c.form == str(spec.form))
    ids = [*connection.execute(lines.order_by(table.c.position)).scalars()]
    if own is None:
        ids.append(line_id)
    # positions count without gaps: what is moved later is written by them
    connection.execute(
        update(table).where(table.c.id == bindparam("row_key")),
        [{"row_key": key, "form": str(spec.form), "position": position} for position, key in enumerate(ids)],
    )


def _is_started(connection: Connection, spec: FormSpec, project_id: str) -> bool:
    table = form_table(spec.form)
    return connection.execute(select(table.c.project_id).where(table.c.project_id == project_id)).first() is not None
