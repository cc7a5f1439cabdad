"""A kill at every statement of bringing a store of an earlier version up to date, and at any moment of it."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from model.errors import UserError
from storage.interchange import to_json
from storage.store import backups, migrations
from storage.store.migrations import Step
from storage.store.sqlite import Store
from tests.torture.stores import NAME, answered, contradictions, forked
from tests.torture.tally import Run, Tally

_FIRST = Path(__file__).parent.parent / "fixtures" / "first_version" / "first.jixiao"
_BEFORE = "升级文件格式之前"
_NEVER = 10**9
_TODAY = len(migrations.STEPS)

Migrate = Callable[[sqlite3.Connection, Sequence[Step]], int]


@dataclass(frozen=True, slots=True)
class _Point:
    """A version to come from, and when the kill is: at a statement, or after so much of the time it takes."""

    version: int
    statement: int
    part: float

    def __str__(self) -> str:
        when = f"statement {self.statement}" if self.statement < _NEVER else f"{self.part:.2f} of the time"
        return f"from version {self.version}, {when}"


def kill_while_migrating(run: Run) -> Tally:
    """Kill at every statement from every version; what the count has room for besides at any moment."""
    return _kill(run, migrations.migrate)


def kill_without_a_transaction(run: Run) -> Tally:
    """The control: steps that are written one by one."""
    return _kill(run, _one_by_one, only_steps=True)


def _one_by_one(connection: sqlite3.Connection, steps: Sequence[Step] = migrations.STEPS) -> int:
    before = int(connection.execute("PRAGMA user_version").fetchone()[0])
    for statement in (one for step in steps[before:] for one in step):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(steps)}")
    return before


def _kill(run: Run, migrate: Migrate, *, only_steps: bool = False) -> Tally:
    tally, chance = Tally(), Random(run.seed)
    olds = {version: _of_version(run.folder / f"{version}.jixiao", version) for version in range(1, _TODAY)}
    work = run.folder / "work"
    whole, lasts, points = "", dict[int, float](), list[_Point]()
    for version, old in olds.items():
        start = time.monotonic()
        count = answered(partial(_statements, _put(old, work), migrate))
        lasts[version] = time.monotonic() - start
        assert count is not None
        if only_steps:
            count = sum(len(step) for step in migrations.STEPS[version:])
        points += [_Point(version, number, 1.0) for number in range(1, count + 1)]
        whole = answered(partial(_content, work / NAME)) or ""
    points = points[run.piece :: run.pieces]
    points += [
        _Point(chance.choice(list(olds)), _NEVER, chance.random()) for _ in range(max(0, run.count - len(points)))
    ]
    for point in chance.sample(points, min(run.count, len(points))):
        with tally.fault():
            path = _put(olds[point.version], work)
            child = forked(partial(_statements, path, migrate, point.statement))
            if point.statement == _NEVER:
                time.sleep(point.part * lasts[point.version])
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            _look(tally, path, point, whole, f"{point}, seed {run.seed}")
    return tally


def _of_version(path: Path, version: int) -> Path:
    """What the first version left behind, brought up to a later one by the steps of then."""
    shutil.copyfile(_FIRST, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrations.migrate(connection, migrations.STEPS[:version])
    return path


def _put(old: Path, work: Path) -> Path:
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    shutil.copyfile(old, work / NAME)
    return work / NAME


def _statements(path: Path, migrate: Migrate, fatal: int = _NEVER) -> int:
    """Open an old store, killed as that statement begins; how many there were from the first step on."""
    seen = 0

    def count(_statement: str) -> None:
        nonlocal seen
        seen += 1
        if seen == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(connection: sqlite3.Connection, steps: Sequence[Step]) -> int:
        if not connection.execute("PRAGMA database_list").fetchone()[2]:
            return migrate(connection, steps)  # in memory, to compare schemas
        connection.execute("PRAGMA cache_size = 1")  # so that pages reach the file before the commit
        connection.set_trace_callback(count)
        return migrate(connection, steps)

    migrations.migrate = watched  # type: ignore[assignment]
    Store.open(path).close()
    return seen


def _look(tally: Tally, path: Path, point: _Point, whole: str, where: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        schema = migrations.schema_of(connection)
    tally.count("old" if version == point.version else "new")
    if version not in (point.version, _TODAY) or schema != migrations.expected_schema(migrations.STEPS[:version]):
        tally.note("corrupt", f"{where}: half of version {version}")
        return
    kept = [one for one in backups.list_backups(path) if one.reason == _BEFORE]
    if point.statement < _NEVER and not (kept and backups._is_as_written(kept[0])):
        tally.note("lost", f"{where}: no backup of what was there before")
    try:
        with Store.open(path) as store:
            for problem in (*contradictions(store), *_unknown(path, store)):
                tally.note("corrupt", f"{where}: {problem}")
    except UserError as error:
        tally.note("corrupt", f"{where}: {error}")
    if answered(partial(_content, path)) != whole:
        tally.note("lost", f"{where}: it says something else")


def _unknown(path: Path, store: Store) -> Iterator[str]:
    """Projects and settings of an open store nobody could tell damage of."""
    for table in ("project", "setting"):
        rows = store._file.connection.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE digest IS NULL")
        if number := rows.scalar_one():
            yield f"{number} of table {table} in {path.name} have no digest"


def _content(path: Path) -> str:
    with Store.open(path) as store:
        return repr((to_json(store.projects(), store.settings()), store.undo_history(_NEVER)))
