"""What was decided of entries of the indicator library, in its table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, literal_column, select

from model.changes import SetLibraryRow
from model.library import Direction, Entry, LibraryRow
from storage.store.tables import LIBRARY


def read_library_rows(connection: Connection) -> tuple[LibraryRow, ...]:
    """All of them, in the order in which they were decided. One that nobody could have written counts as a kept one."""
    rows = connection.execute(select(*LIBRARY.columns).order_by(literal_column("rowid"))).all()
    return tuple(_read(row) for row in rows)


def write_library_row(connection: Connection, change: SetLibraryRow) -> None:
    """Write one. Raises ValueError when what stands there is not what the change says it was."""
    before, after = change.before, change.after
    if _standing(connection, before or after) != before:
        raise ValueError("the row of the library is not what it was")
    if before is not None:
        connection.execute(delete(LIBRARY).where(_is(before)))
    if after is not None:
        entry = after.entry
        row = {"level2": entry.level2, "name": entry.name, "target": entry.target, "direction": str(entry.direction)}
        connection.execute(insert(LIBRARY), {**row, "pinyin": entry.pinyin, "is_removed": int(after.is_removed)})


def _standing(connection: Connection, row: LibraryRow | None) -> LibraryRow | None:
    found = connection.execute(select(*LIBRARY.columns).where(_is(row))).first() if row is not None else None
    return _read(found) if found is not None else None


def _is(row: LibraryRow) -> ColumnElement[bool]:
    return and_(LIBRARY.c.level2 == row.entry.level2, LIBRARY.c.name == row.entry.name)


def _read(row: Any) -> LibraryRow:
    direction = Direction(row.direction) if row.direction in set(Direction) else Direction.JUDGED
    return LibraryRow(Entry(row.level2, row.name, row.target, direction, row.pinyin), bool(row.is_removed))
