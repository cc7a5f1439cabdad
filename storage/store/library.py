"""What was decided of entries of the indicator library, in its table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, literal_column, select, tuple_

from model.changes import SetLibraryRow
from model.library import Direction, Entry, LibraryRow
from storage.store import digests
from storage.store.tables import LIBRARY

_SLICE = 400  # far below the ten thousand values SQLite binds in a statement


def read_library_rows(connection: Connection) -> tuple[LibraryRow, ...]:
    """All of them, in the order in which they were decided. One that nobody could have written counts as a kept one."""
    rows = connection.execute(select(*LIBRARY.columns).order_by(literal_column("rowid"))).all()
    return tuple(_read(row) for row in rows)


def write_library_rows(connection: Connection, changes: Sequence[SetLibraryRow]) -> None:
    """Write some of them. Raises ValueError when what stands there is not what the changes say it was."""
    befores = [change.before for change in changes if change.before is not None]
    afters = [change.after for change in changes if change.after is not None]
    standing = dict(_standing(connection, {_key(row) for row in (*befores, *afters)}))
    for change in changes:
        before, after = change.before, change.after
        if before is not None and standing.pop(_key(before), None) != before:
            raise ValueError("the row of the library is not what it was")
        if after is not None:
            if _key(after) in standing:
                raise ValueError("the library has such a row already")
            standing[_key(after)] = after
    if befores:
        is_it = and_(LIBRARY.c.level2 == bindparam("its_level2"), LIBRARY.c.name == bindparam("its_name"))
        gone = [{"its_level2": level2, "its_name": name} for level2, name in map(_key, befores)]
        connection.execute(delete(LIBRARY).where(is_it), gone)
    if afters:
        connection.execute(insert(LIBRARY), [_written(row) for row in afters])


def _standing(connection: Connection, keys: Iterable[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], LibraryRow]]:
    """The rows with these keys, as far as they are there."""
    wanted = sorted(keys)
    for start in range(0, len(wanted), _SLICE):
        some = wanted[start : start + _SLICE]
        query = select(*LIBRARY.columns).where(tuple_(LIBRARY.c.level2, LIBRARY.c.name).in_(some))
        for row in connection.execute(query):
            yield (row.level2, row.name), _read(row)


def _key(row: LibraryRow) -> tuple[str, str]:
    return row.entry.level2, row.entry.name


def _written(row: LibraryRow) -> dict[str, Any]:
    entry = row.entry
    texts = {"level2": entry.level2, "name": entry.name, "target": entry.target, "pinyin": entry.pinyin}
    said = {**texts, "direction": str(entry.direction), "is_removed": int(row.is_removed)}
    return {**said, "digest": digests.of_row(said)}


def _read(row: Any) -> LibraryRow:
    direction = Direction(row.direction) if row.direction in set(Direction) else Direction.JUDGED
    return LibraryRow(Entry(row.level2, row.name, row.target, direction, row.pinyin), bool(row.is_removed))
