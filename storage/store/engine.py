"""One connection to a store, with the pragmas and the explicit transactions decided in reliability.md §1."""

from __future__ import annotations

import sqlite3
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, event
from sqlalchemy.exc import DBAPIError
from sqlmodel import create_engine

from model.errors import UserError

BUSY_SECONDS = 1
SQLITE_VERSION = sqlite3.sqlite_version

# Each pragma with the value it must read back as (D1, D2, D4). locking_mode comes before the first read.
PRAGMAS: tuple[tuple[str, str, object], ...] = (
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
    ("foreign_keys", "ON", 1),
    ("synchronous", "FULL", 2),
    ("journal_mode", "TRUNCATE", "truncate"),
)


def make_engine(path: Path) -> Engine:
    """An engine that keeps one connection to the existing file ``path``; every transaction is BEGIN IMMEDIATE."""
    address = address_of(path.absolute(), "mode=rw")
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,  # they are the clerk's texts, and errors are logged
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def address_of(path: PurePath, options: str) -> str:
    """The address SQLite opens an absolute path by, on Windows shares too (which ``as_uri`` writes another way)."""
    place = path.as_posix()
    return f"file://{'' if place.startswith('/') else '/'}{quote(place, errors='surrogateescape')}?{options}"


def prepare(connection: sqlite3.Connection) -> None:
    """Set every pragma and read it back. Raises sqlite3.Error, or RuntimeError when one did not take."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for name, value, expected in PRAGMAS:
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
        found = connection.execute(f"PRAGMA {name}").fetchall()
        # mmap_size reads back as no row at all where SQLite was built without it
        if found and found[0][0] != expected:
            raise RuntimeError(f"PRAGMA {name} is {found[0][0]!r}, not {expected!r}")


def read_back(connection: sqlite3.Connection) -> dict[str, object]:
    """What each pragma of the decisions stands at now, by its name."""
    rows = {name: connection.execute(f"PRAGMA {name}").fetchone() for name, _, _ in PRAGMAS}
    return {name: row[0] for name, row in rows.items() if row is not None}


def raw(connection: Connection) -> sqlite3.Connection:
    """The driver's connection under an SQLAlchemy one, for what SQLite alone can do (pragmas, online backup)."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def leave_no_journal(connection: sqlite3.Connection) -> None:
    """Switch to the mode that deletes the rollback journal, so that a clean close leaves the one file only."""
    connection.execute("PRAGMA journal_mode = DELETE").fetchall()


def user_error(error: sqlite3.Error | DBAPIError, path: Path) -> UserError | None:
    """What a database error means to the clerk, or None when it can only be a mistake of ours."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:
        is_no_text = isinstance(cause, sqlite3.OperationalError) and "decode to UTF-8" in str(cause)
        return _unreadable(path) if is_no_text else None
    return _MEANING[code & 0xFF](path) if code & 0xFF in _MEANING else None


def is_full(error: sqlite3.Error | DBAPIError) -> bool:
    """Whether SQLite has no room: on the disk, or for another number."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL


def _prepare(connection: Any, _record: object) -> None:
    prepare(connection)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _full(path: Path) -> UserError:
    return UserError(
        f"磁盘空间不足，刚才的修改没有保存到“{path}”。\n此前已保存的内容完好无损。请清理磁盘空间后再试一次。"
    )


def _busy(path: Path) -> UserError:
    return UserError(f"文件“{path}”正被其他程序占用。\n文件未作任何改动。请关闭占用它的程序后再试一次。")


def _read_only(path: Path) -> UserError:
    return UserError(
        f"文件“{path}”变为只读，或已被移动、替换，刚才的修改没有保存。\n请检查文件的位置和只读属性，然后重新打开。"
    )


def _unreadable(path: Path) -> UserError:
    return UserError(
        f"“{path}”中有一处文字已损坏，无法读取。\n文件未作任何改动。请用“恢复备份…”恢复最近的备份（在“{path.name}.备份”文件夹中）。"
    )


def _broken_device(path: Path) -> UserError:
    return UserError(
        f"读写“{path}”时出错，刚才的修改没有保存。\n此前已保存的内容仍在文件中。请检查磁盘或U盘是否连接正常，然后重新打开文件。"
    )


# While a device fails SQLite may call a sound file malformed (reliability.md §2.3), so damage is never declared here.
_MEANING = {
    sqlite3.SQLITE_FULL: _full,
    sqlite3.SQLITE_BUSY: _busy,
    sqlite3.SQLITE_LOCKED: _busy,
    sqlite3.SQLITE_READONLY: _read_only,
    sqlite3.SQLITE_PERM: _read_only,
    sqlite3.SQLITE_CANTOPEN: _broken_device,
    sqlite3.SQLITE_IOERR: _broken_device,
    sqlite3.SQLITE_CORRUPT: _broken_device,
    sqlite3.SQLITE_NOTADB: _broken_device,
}
