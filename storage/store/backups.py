"""Checked copies beside a store, numbered by the store itself, and the way back from one (reliability.md §6.2, D10)."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from model.errors import UserError
from storage.files import atomic
from storage.store import lock, opening, refusal, side_files
from storage.store.copies import copy_checked
from storage.store.engine import address_of, is_full, raw
from storage.store.refusal import UnreadableError

KEPT = 10
_ANOTHER = "当前文件未作任何改动。请选择另一份备份。"
BY_HAND = "手动备份"

_NAME = re.compile(r"([0-9]{6,15})\.jixiao")
_HIGHEST = 10**15 - 1
_SEQUENCE = "backup_sequence"
_HOLDS_UP_TO = "backup_holds_up_to"
_HELD_BY = "backup_held_by"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup. ``sequence`` alone gives the order; ``at`` (UTC) is only shown. ``size`` is in bytes."""

    sequence: int
    path: Path
    at: datetime
    size: int
    project_count: int
    entry_count: int
    reason: str
    digest: str

    @property
    def is_by_hand(self) -> bool:
        """Whether somebody asked for it; the others are made by the program."""
        return self.reason == BY_HAND


@dataclass(frozen=True, slots=True)
class Restoration:
    """What a restore did: the backup it took, where the state before it is kept, and the counts of both.

    ``kept`` is an older backup when one held that state already, None when no file was there. ``journals`` are what an
    older file of that name had left beside, renamed.
    """

    backup: Backup
    kept: Path | None
    projects_before: int | None
    projects_after: int
    journals: tuple[Path, ...] = ()

    @property
    def kept_as(self) -> int | None:
        """The number of the backup that leads back; None where none does."""
        return int(self.kept.stem) if self.kept is not None and self.projects_before is not None else None


def backup_folder(store: Path) -> Path:
    """Where the backups of a store are: a folder beside it."""
    return store.with_name(f"{store.name}.备份")


def store_of(path: Path) -> Path:
    """The store that a backup is of; any other path is that of a store itself."""
    folder = path.parent
    suffix = backup_folder(Path("x")).name[1:]
    return folder.with_name(folder.name.removesuffix(suffix)) if folder.name.endswith(suffix) else path


def list_backups(store: Path) -> tuple[Backup, ...]:
    """The backups of a store, newest first by their own number."""
    found: list[Backup] = []
    with suppress(OSError, ValueError):  # a name no file can have, or a folder that cannot be read: nothing to offer
        found = [backup for path in backup_folder(store).glob("*.jixiao") if (backup := _read_note(path)) is not None]
    return tuple(sorted(found, key=lambda backup: backup.sequence, reverse=True))


def changed_since_backup(connection: Connection, store: Path) -> bool:
    """Whether something was done that no backup beside the store holds."""
    driver = raw(connection)
    return _last_entry(driver) != 0 and _holder(driver, store) is None


def write_backup(
    connection: Connection, store: Path, reason: str, now: datetime, *, sparing: Backup | None = None
) -> Backup:
    """Copy an open store and check the copy. Raises UserError; the store itself is safe.

    The last ten made by the program are kept, and besides them the last ten made by hand; ``sparing`` is kept too.
    ``connection`` must be outside a transaction.
    """
    driver = raw(connection)
    folder = backup_folder(store)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        highest = max((backup.sequence for backup in list_backups(store)), default=0)
        counted = _counter(driver, _SEQUENCE)
        # a number no file name has room for is damage: the files themselves then say where the counting stands
        sequence = max(counted if counted < _HIGHEST else 0, highest) + 1
        _set_counter(driver, _SEQUENCE, sequence)
        target = folder / f"{sequence:06}.jixiao"
        with atomic.replacing(target, private=True) as beside:
            copy_checked(driver, beside)
            projects, entries = _counts(beside)
            digest = _digest(beside)
            about = {
                "sequence": sequence,
                "at": now.astimezone(UTC).isoformat(timespec="seconds"),
                "projects": projects,
                "entries": entries,
                "reason": reason,
            }
            # the note first: a copy without one is not a backup yet
            with atomic.replacing(_note_path(target), private=True) as note:
                note.write_text(
                    f"# {json.dumps(about, ensure_ascii=False)}\n{digest} *{target.name}\n", encoding="utf-8"
                )
        _set_holder(driver, sequence)
    except (OSError, sqlite3.Error) as error:
        if _has_no_room(error):
            why, what_to_do = "磁盘空间不足，没有完成备份", "请清理磁盘空间，再备份一次"
        else:
            why, what_to_do = "没有完成备份", f"请检查“{folder}”能否写入、磁盘空间是否充足"
        raise UserError(f"{why}。\n“{store}”本身完好无损。{what_to_do}。") from error
    backup = _read_note(target)
    assert backup is not None
    _prune(store, sparing)
    return backup


def restore(store: Path, backup: Backup, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Restoration:
    """Put a backup in the place of a closed store. What stood there is kept: as a backup, or as it is when damaged.

    No backup is made of a state that one holds already, and none will be due when the restored store is opened.
    Raises UserError with nothing replaced when the backup is not what was written, or the store is open somewhere.
    """
    try:
        return _restore(store, backup, now)
    except (sqlite3.Error, DBAPIError) as error:
        if _has_no_room(error):
            why, what_to_do = "磁盘空间不足", "请清理磁盘空间"
        else:
            why, what_to_do = f"读写“{store}”或它的备份时出错", "请检查磁盘或U盘是否连接正常、空间是否充足"
        raise UserError(f"{why}，没有恢复。\n文件现在的内容完好无损。{what_to_do}，然后重试。") from error


def _restore(store: Path, backup: Backup, now: Callable[[], datetime]) -> Restoration:
    _verify(backup)
    place = Path(os.path.realpath(store)) if store.is_symlink() else store  # a link stays one
    kept, projects_before, sequence = _keep_present(store, place, backup, now())
    journals = side_files.set_aside(place)
    with atomic.replacing(place, private=True) as beside:
        shutil.copyfile(backup.path, beside)
        with closing(sqlite3.connect(beside, isolation_level=None)) as copy:
            copy.execute("PRAGMA synchronous = FULL")
            copy.execute("BEGIN IMMEDIATE")
            _set_counter(copy, _SEQUENCE, max(sequence, backup.sequence))
            copy.execute(
                "INSERT INTO journal (at, kind, label, changes) VALUES (?, 'note', ?, '[]')",
                (now().astimezone(UTC).isoformat(timespec="milliseconds"), f"恢复备份（第{backup.sequence}份）"),
            )
            if backup in list_backups(store):  # that of another store may not stay
                _set_holder(copy, backup.sequence)
            copy.execute("COMMIT")
            projects_after = _count(copy, "project")
    return Restoration(backup, kept, projects_before, projects_after, journals)


def _keep_present(store: Path, place: Path, backup: Backup, now: datetime) -> tuple[Path | None, int | None, int]:
    """Keep what stands at ``place``: where, how many projects it had, and the highest backup number used."""
    highest = max(found.sequence for found in (*list_backups(store), backup))
    if not atomic.is_there(place):
        return None, None, highest
    try:
        present = opening.open_file(store, now)
    except UnreadableError:
        return _set_aside(store, place, highest), None, highest
    try:
        safety = _holder(raw(present.connection), store)
        if safety is None or not _is_as_written(safety):
            with present.writing():
                safety = write_backup(present.connection, store, "恢复备份之前", now, sparing=backup)
        return safety.path, safety.project_count, max(highest, _counter(raw(present.connection), _SEQUENCE))
    finally:
        present.close()


def _set_aside(store: Path, place: Path, number: int) -> Path:
    folder = backup_folder(store)
    kept = next(
        name for name in (folder / f"损坏的文件-{number}-{n}.jixiao" for n in range(1, 10**6)) if not name.exists()
    )
    hold = lock.claim(place)
    try:
        lock.seize(hold)  # a program whose file was spoilt under it may still have it open
        folder.mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(place, kept)
    except OSError as error:
        raise atomic.write_error(error, kept) from error
    finally:
        hold.release()
    side_files.move_with(place, kept)
    return kept


def _verify(backup: Backup) -> None:
    lock.refuse_if_held(backup.path)  # somebody may have opened the backup itself
    if not _is_as_written(backup):
        raise UserError(f"备份“{backup.path}”与写入时不一致（校验值不符），没有恢复。\n{_ANOTHER}")
    address = address_of(backup.path.absolute(), "mode=ro&immutable=1")
    try:
        opening.check_header(backup.path)
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as copy:
            opening.check_content(copy, backup.path)
    except UnreadableError as error:  # which says to go back to a backup
        raise UserError(f"备份“{backup.path}”已损坏，没有恢复。\n{_ANOTHER}") from error


def _is_as_written(backup: Backup) -> bool:
    try:
        return _digest(backup.path) == backup.digest
    except FileNotFoundError:
        return False
    except OSError as error:
        raise refusal.of_system(error, backup.path) from error


def _has_no_room(error: OSError | sqlite3.Error | DBAPIError) -> bool:
    return error.errno in atomic.NO_ROOM if isinstance(error, OSError) else is_full(error)


def _counts(copy: Path) -> tuple[int, int]:
    """Projects and journal entries in a closed copy."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        return _count(connection, "project"), _count(connection, "journal")


def _prune(store: Path, spared: Backup | None) -> None:
    found = list_backups(store)
    by_hand = [backup for backup in found if backup.is_by_hand]
    automatic = [backup for backup in found if not backup.is_by_hand]
    for backup in (*by_hand[KEPT:], *automatic[KEPT:]):
        if backup == spared:
            continue
        with suppress(OSError):
            backup.path.unlink(missing_ok=True)
            _note_path(backup.path).unlink(missing_ok=True)


def _note_path(backup: Path) -> Path:
    return backup.with_name(f"{backup.name}.sha256")


def _read_note(path: Path) -> Backup | None:
    """The backup at ``path``, None when its note is missing or unreadable: such a copy was never finished."""
    name = _NAME.fullmatch(path.name)
    try:
        about, digest = _note_path(path).read_text(encoding="utf-8").splitlines()
        data = json.loads(about.removeprefix("# "))
        if name is None or int(name[1]) != data["sequence"]:
            return None
        return Backup(
            sequence=data["sequence"],
            path=path,
            at=datetime.fromisoformat(data["at"]),
            size=path.stat().st_size,
            project_count=int(data["projects"]),
            entry_count=int(data["entries"]),
            reason=str(data["reason"]),
            digest=digest.split(" ")[0],
        )
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _holder(connection: sqlite3.Connection, store: Path) -> Backup | None:
    """The backup that holds everything done in a store, None when there is none any more."""
    if _counter(connection, _HOLDS_UP_TO) != _last_entry(connection):
        return None
    number = _counter(connection, _HELD_BY)
    return next((backup for backup in list_backups(store) if backup.sequence == number), None)


def _set_holder(connection: sqlite3.Connection, sequence: int) -> None:
    _set_counter(connection, _HOLDS_UP_TO, _last_entry(connection))
    _set_counter(connection, _HELD_BY, sequence)


def _last_entry(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0])


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 a name of our own


def _counter(connection: sqlite3.Connection, name: str) -> int:
    row = connection.execute("SELECT value FROM counter WHERE name = ?", (name,)).fetchone()
    return int(row[0]) if row else 0


def _set_counter(connection: sqlite3.Connection, name: str, value: int) -> None:
    connection.execute(
        "INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
