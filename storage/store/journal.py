"""The journal: every gesture as it was done, kept for ever. It is the audit trail and what undo replays."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select

from model.changes import Change
from model.errors import UserError
from storage.store import digests
from storage.store.journal_codec import from_json, to_json
from storage.store.journal_versions import NewerTextError, current_version
from storage.store.tables import JOURNAL


class JournalKind(StrEnum):
    """What an entry is: a new gesture, one taken back, one done again, or a note of what was no gesture of the clerk's.

    A note changes nothing, or what the program fills in when it makes a file.
    """

    DO = "do"
    UNDO = "undo"
    REDO = "redo"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Entry:
    """One gesture as it was applied.

    ``at`` is in UTC and is only shown, never compared: ``seq`` gives the order. ``changes`` are the changes as applied,
    so those of an UNDO are the inverses. ``refers_to`` is the ``seq`` of the DO entry that an UNDO or REDO is about.
    """

    seq: int
    at: datetime
    kind: JournalKind
    label: str
    changes: tuple[Change, ...]
    refers_to: int | None = None


def append(connection: Connection, entry: Entry) -> Entry:
    """Write an entry at the end of the journal; the one returned has its ``seq``."""
    entry = replace(entry, at=entry.at.astimezone(UTC))
    row = {
        "at": entry.at.isoformat(),
        "kind": entry.kind.value,
        "label": entry.label,
        "changes": to_json(entry.changes),
        "refers_to": entry.refers_to,
    }
    key = connection.execute(insert(JOURNAL), {**row, "digest": digests.of_row(row)}).inserted_primary_key
    assert key is not None
    return replace(entry, seq=key[0])


def read(connection: Connection, seqs: list[int]) -> tuple[Entry, ...]:
    """The entries with these numbers, oldest first. Raises UserError when one of them is damaged."""
    query = select(*JOURNAL.columns).where(JOURNAL.c.seq.in_(seqs)).order_by(JOURNAL.c.seq)
    return tuple(_entry(row) for row in connection.execute(query))


def read_last(connection: Connection, limit: int) -> tuple[Entry, ...]:
    """The newest ``limit`` entries, newest first."""
    query = select(*JOURNAL.columns).order_by(JOURNAL.c.seq.desc()).limit(limit)
    return tuple(_entry(row) for row in connection.execute(query))


def mark(connection: sqlite3.Connection) -> str:
    """What says whether something was done since: the newest entry by its number and its time, "" for none.

    Not by its number alone: a restore takes entries away and adds its own.
    """
    row = connection.execute("SELECT seq, at FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return f"{row[0]} {row[1]}" if row else ""


def undo_history(connection: Connection, limit: int) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """What can be undone and what can be redone, from the journal alone.

    Both are in the order in which they were first done: the last of ``done`` is undone next, the first of ``undone``
    is redone next. A new gesture forgets what had been undone. At most ``limit`` of each are given.

    The newest entry about a gesture says how it stands, so the journal is read backwards and no further than needed.
    """
    settled: set[int] = set()
    done: list[int] = []
    undone: list[int] = []
    new_gesture_seen = False
    query = select(JOURNAL.c.seq, JOURNAL.c.kind, JOURNAL.c.refers_to).order_by(JOURNAL.c.seq.desc())
    with connection.execution_options(yield_per=1000).execute(query) as rows:
        for seq, kind, refers_to in rows:
            gesture = seq if kind == JournalKind.DO else refers_to
            if gesture is not None and gesture not in settled:
                settled.add(gesture)
                if kind != JournalKind.UNDO:
                    done.append(gesture)
                elif not new_gesture_seen:
                    undone.append(gesture)
            new_gesture_seen = new_gesture_seen or kind == JournalKind.DO
            if new_gesture_seen and len(done) >= limit:
                break
    return read(connection, sorted(done)[-limit:]), read(connection, sorted(undone)[:limit])


def _entry(row: Any) -> Entry:
    said = {name: getattr(row, name) for name in ("at", "kind", "label", "changes", "refers_to")}
    try:
        if digests.differs(row.digest, digests.of_row(said)):
            raise ValueError("it is not what was written")
        at, kind, changes = datetime.fromisoformat(row.at), JournalKind(row.kind), from_json(row.changes)
    except NewerTextError as error:
        raise UserError(
            f"第 {row.seq} 条修改记录由更新版本的绩效填报助手保存（记录格式 {error.version}，"
            f"本程序支持到 {current_version()}），无法撤销或重做以前的修改。\n"
            "各项目的内容不受影响，可以继续填报。需要撤销时，请升级程序后再打开。"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(
            f"第 {row.seq} 条修改记录已损坏，无法撤销或重做以前的修改。\n各项目的内容不受影响，可以继续填报。"
        ) from error
    return Entry(row.seq, at, kind, row.label, changes, row.refers_to)
