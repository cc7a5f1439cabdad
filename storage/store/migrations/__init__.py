"""The schema, one numbered module a version, in plain SQL that never looks at today's table classes.

A store carries its version in ``PRAGMA user_version``. All missing steps run in one exclusive transaction together
with the new version number, so that a kill leaves exactly the old schema or exactly the new one (reliability.md §2.2).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from storage.store.migrations import to1, to2, to3, to4, to5, to6, to7, to8, to9

Step = tuple[str, ...]

STEPS: tuple[Step, ...] = (
    to1.STATEMENTS,
    to2.STATEMENTS,
    to3.STATEMENTS,
    to4.STATEMENTS,
    to5.STATEMENTS,
    to6.STATEMENTS,
    to7.STATEMENTS,
    to8.STATEMENTS,
    to9.STATEMENTS,
)

# "JXIA": what `file` and our own open dialog know a store by. It must never change.
APPLICATION_ID = 0x4A584941


def migrate(connection: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> int:
    """Bring a store (or an empty file) to version ``len(steps)``; the version it had before is returned.

    The connection must be in autocommit mode (``isolation_level=None``). Raises sqlite3.Error with nothing changed.
    """
    before = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if before >= len(steps):
        return before
    connection.execute("BEGIN EXCLUSIVE")
    try:
        for step in steps[before:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return before


def schema_of(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    """Every object of a schema as (type, name, SQL with blanks evened out), for an exact comparison.

    None is left out for its name: SQLite runs a trigger smuggled into the file as ``sqlite_…`` like any other.
    """
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master")
    return frozenset((kind, name, " ".join((sql or "").split())) for kind, name, sql in rows)


def expected_schema(steps: Sequence[Step] = STEPS) -> frozenset[tuple[str, str, str]]:
    """The schema a store of version ``len(steps)`` has."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection, steps)
        return schema_of(connection)
    finally:
        connection.close()
