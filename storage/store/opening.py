"""From a path to an open, locked, checked store file, or a refusal that touched nothing."""

from __future__ import annotations

import os
import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from model.errors import GoneError, UserError
from storage.files.hold import Hold
from storage.files.kinds import STORE_SUFFIX
from storage.files.reasons import refuse_unless_file
from storage.store import lock, migrations, refusal, side_files
from storage.store.engine import leave_no_journal, make_engine, raw
from storage.store.lock import Holder
from storage.store.refusal import UnreadableError
from storage.store.watch import Watch

_MAGIC = b"SQLite format 3\x00"
_HEADER_SIZE = 100
_CHOOSE = "请选择扩展名为 .jixiao 的文件。"
_ANOTHER = "文件未作任何改动。请选择别的文件，或从备份恢复。"


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A store file that is locked for this program and found sound."""

    path: Path
    connection: Connection
    holder: Holder
    version: int
    hold: Hold
    watch: Watch
    was_cut_off: bool = False
    """Whether the program that had it open last never closed it: killed, or without power."""

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Around every write: raises GoneError before it when the file is not there any more as it was left."""
        self.refuse_if_gone()
        yield
        self.watch.remember()

    def refuse_if_gone(self) -> None:
        """Raise GoneError when the file is not there any more, or not as it was left."""
        self.watch.refuse_if_gone(raw(self.connection))

    def close(self) -> None:
        """Let go of the file; it stands alone afterwards, with no journal and no lock beside it."""
        if self.connection.closed:
            return
        # whatever happens to the device, the file has to be let go of; beside one that is not ours nothing is touched
        with suppress(sqlite3.Error, GoneError):
            self.refuse_if_gone()
            leave_no_journal(raw(self.connection))
        _drop(self.connection)
        lock.release(self.path, self.holder)
        self.hold.release()


def open_file(path: Path, now: datetime) -> OpenFile:
    """Open, lock and check a store of any version up to ours.

    Raises UserError and touches nothing when there is no such file, it is no store, a newer one, read-only, damaged
    (:class:`UnreadableError`) or open elsewhere (:class:`storage.store.lock.LockedError`).
    """
    refuse_unless_file(path, "", _CHOOSE)
    refusal.refuse_long_path(path)
    lock.refuse_if_held(path)
    refusal.refuse_lock_folder(path)
    with ExitStack() as undo, _in_words(path):
        hold = lock.claim(path)
        undo.callback(hold.release)
        check_header(path)
        _check_writable(path)
        lock.seize(hold)
        was_cut_off = lock.holder_of(path) is not None or bool(side_files.beside(path))
        connection = _connect(path)
        undo.callback(_drop, connection)
        version = check_content(raw(connection), path)
        holder = lock.myself(now)
        lock.take(path, holder)
        watch = Watch(path, hold)
        watch.remember()
        undo.pop_all()
    return OpenFile(path, connection, holder, version, hold, watch, was_cut_off)


def check_header(path: Path, then: str = _ANOTHER) -> None:
    """Look at the first bytes of a file nobody here has open. Raises UserError when it is no store of ours.

    ``then`` are the sentences of the message that say what stayed as it was, and what to do.
    """
    refuse_unless_file(path, "", _CHOOSE)
    with _in_words(path), path.open("rb") as file:
        header = file.read(_HEADER_SIZE)
    if len(header) < _HEADER_SIZE or not header.startswith(_MAGIC):
        raise UnreadableError(f"{_not_ours(path, header)}，无法打开。\n{then}")
    if int.from_bytes(header[68:72], "big") != migrations.APPLICATION_ID:
        raise UnreadableError(f"“{path}”是其他程序的数据库，不是绩效填报助手的文件。\n{then}")
    _check_version(int.from_bytes(header[60:64], "big"), path)


def _not_ours(path: Path, header: bytes) -> str:
    if not header:
        return f"“{path}”是空文件，不是绩效填报助手的文件"
    if path.suffix.lower() == STORE_SUFFIX:  # its name is right: nothing is said of choosing by the name
        return f"“{path}”的扩展名是 {STORE_SUFFIX}，内容却不是绩效填报助手的文件（已损坏，或由别的文件改名而来）"
    return f"“{path}”不是绩效填报助手的文件（{STORE_SUFFIX}）"


def check_content(connection: sqlite3.Connection, path: Path) -> int:
    """Check version, schema and soundness of an open store; its version is returned. Raises UserError."""
    try:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        _check_version(version, path)
        if migrations.schema_of(connection) != migrations.expected_schema(migrations.STEPS[:version]):
            raise UnreadableError(
                f"“{path}”的内部结构与绩效填报助手的不一致（被其他程序改动过）。\n"
                "为安全起见没有打开，文件未作任何改动。请从备份恢复。"
            )
        with _in_words(path):
            sound = _is_sound(connection, path.stat().st_size)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise refusal.of_database(error, path) from error
    if not sound:
        raise refusal.damaged(path)
    return version


def _is_sound(connection: sqlite3.Connection, size: int) -> bool:
    """Whether the structure holds, no page is cut off, nothing lost its project, and every text can be read.

    The journal, which only grows, is not read as a whole. Raises sqlite3.DatabaseError for a text that is no UTF-8.
    """
    pages, page_size = (int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size"))
    if size < pages * page_size or connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        return False
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        return False
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'journal'"):
        deque(connection.execute(f'SELECT * FROM "{table}"'), maxlen=0)  # noqa: S608 a name of our schema
    return True


def _check_version(version: int, path: Path) -> None:
    ours = len(migrations.STEPS)
    if version > ours:
        raise UserError(
            f"“{path}”由更新版本的绩效填报助手保存（文件格式 {version}，本程序支持到 {ours}）。\n"
            "文件未作任何改动。请升级程序后重试。"
        )
    if version < 1:
        raise refusal.damaged(path)


def is_read_only(path: Path) -> bool:
    """Whether a file nobody here has open, or its folder, may not be written. Raises UserError when it is no file."""
    refuse_unless_file(path, "", _CHOOSE)
    lock.refuse_if_held(path)
    try:
        _check_writable(path)
    except UserError:
        return True
    return False


def _check_writable(path: Path) -> None:
    with _in_words(path):
        # the mode bits speak even to an administrator, for whom opening always succeeds; those of a folder mean
        # something else on Windows, where “文档” itself is marked read-only
        if not path.stat().st_mode & 0o222 or (os.name == "posix" and not path.parent.stat().st_mode & 0o222):
            raise refusal.read_only(path)
        with path.open("r+b"):
            pass


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise refusal.of_system(error, path) from error


def _connect(path: Path) -> Connection:
    engine = make_engine(path)
    try:
        connection = engine.connect()
    except (DBAPIError, sqlite3.Error, UnicodeDecodeError) as error:
        engine.dispose()
        raise refusal.of_database(error, path) from error
    try:
        # the first write lock is kept until the end; nothing is written by taking it
        raw(connection).execute("BEGIN EXCLUSIVE")
        raw(connection).execute("COMMIT")
    except sqlite3.Error as error:
        _drop(connection)
        raise refusal.of_database(error, path) from error
    return connection


def _drop(connection: Connection) -> None:
    engine = connection.engine
    connection.close()
    engine.dispose()
