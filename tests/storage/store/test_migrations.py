from __future__ import annotations

import ast
import signal
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from model.errors import UserError
from storage.store import migrations
from storage.store.backups import list_backups
from storage.store.sqlite import Store
from tests.storage.builders import die, fingerprint, in_child, needs_fork, new_store, project

TODAY = len(migrations.STEPS)
NEXT = (
    "CREATE TABLE monitoring (id TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL) STRICT",
    "INSERT INTO monitoring SELECT id, project_name FROM project",
    "CREATE INDEX monitoring_text ON monitoring (text)",
)


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.jixiao"
    new_store(path, project()).close()
    return path


def test_that_steps_are_plain_sql_that_never_look_at_todays_program() -> None:
    folder = Path(migrations.__file__).parent
    steps = sorted(folder.glob("to*.py"))
    assert [step.name for step in steps] == [f"to{n}.py" for n in range(1, len(migrations.STEPS) + 1)]
    for step in steps:
        imports = [
            node
            for node in ast.walk(ast.parse(step.read_text("utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        assert imports == []


def test_that_an_older_store_is_backed_up_and_brought_up_to_date_on_opening(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = path.read_bytes()
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, NEXT))
    with Store.open(path) as store:
        assert store.projects() == (project(),)
        kept = list_backups(path)
    with closing(_connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (TODAY + 1,)
        assert connection.execute("SELECT * FROM monitoring").fetchall() == [("p1", "信息化运维项目")]
        assert migrations.schema_of(connection) == migrations.expected_schema(migrations.STEPS)
    before_it = kept[-1]
    assert before_it.reason == "升级文件格式之前"
    with closing(_connect(before_it.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (TODAY,)
    assert len(before_it.path.read_bytes()) == len(old)


def test_that_a_step_that_fails_leaves_the_old_store_and_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(_connect(path)) as connection:
        before = (migrations.schema_of(connection), connection.execute("SELECT * FROM project").fetchall())
        with pytest.raises(sqlite3.OperationalError):
            migrations.migrate(connection, (*migrations.STEPS, (*NEXT, "CREATE TABLE monitoring (again)")))
        assert not connection.in_transaction
        assert (migrations.schema_of(connection), connection.execute("SELECT * FROM project").fetchall()) == before
        assert connection.execute("PRAGMA user_version").fetchone() == (TODAY,)
    with Store.open(path) as store:
        assert store.projects() == (project(),)


def test_that_a_full_disk_while_an_older_store_is_brought_up_to_date_is_told_and_leaves_it_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (*migrations.STEPS, ("PRAGMA max_page_count = 1", *NEXT)))
        for _ in range(2):  # the first try let go of the file
            with pytest.raises(UserError, match="磁盘空间不足"):
                Store.open(path)
    assert "升级文件格式之前" in {backup.reason for backup in list_backups(path)}
    with closing(_connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (TODAY,)
        assert migrations.schema_of(connection) == migrations.expected_schema()
    with Store.open(path) as store:
        assert store.projects() == (project(),)


def test_that_an_up_to_date_store_is_not_touched(path: Path) -> None:
    before = fingerprint(path.parent)
    with closing(_connect(path)) as connection:
        assert migrations.migrate(connection) == len(migrations.STEPS)
    assert fingerprint(path.parent) == before


def test_that_a_store_of_a_later_version_is_refused_and_stays_as_it_is(path: Path) -> None:
    with closing(_connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(migrations.STEPS) + 1}")
    before = fingerprint(path.parent)
    with pytest.raises(UserError, match="请升级程序"):
        Store.open(path)
    assert fingerprint(path.parent) == before


@needs_fork
def test_that_a_kill_at_any_statement_of_a_migration_leaves_the_old_schema_or_the_new_one(path: Path) -> None:
    """Deterministic: the migrating process kills itself at each point in turn (reliability.md §2.2)."""
    original = path.read_bytes()
    old, new = migrations.expected_schema(), migrations.expected_schema((*migrations.STEPS, NEXT))
    for fatal in range(len(NEXT) + 1):
        path.write_bytes(original)
        assert in_child(partial(_migrate_and_die, path, fatal)) == -signal.SIGKILL
        assert _schema_after_recovery(path) == old
        Store.open(path).close()
    path.write_bytes(original)
    assert in_child(lambda: _migrate_and_die(path, None)) == 0
    assert _schema_after_recovery(path) == new


@needs_fork
def test_that_these_kills_would_catch_a_migration_without_a_transaction(path: Path) -> None:
    def without_transaction() -> None:
        connection = _connect(path)
        for statement in NEXT[:2]:
            connection.execute(statement)
        die()

    assert in_child(without_transaction) == -signal.SIGKILL
    old, new = migrations.expected_schema(), migrations.expected_schema((*migrations.STEPS, NEXT))
    assert _schema_after_recovery(path) not in (old, new)


def _migrate_and_die(path: Path, fatal: int | None) -> None:
    connection = _connect(path)
    connection.execute("PRAGMA cache_size = 1")
    connection.create_function("die", 0, die)
    step = list(NEXT)
    if fatal is not None:
        step.insert(fatal, "SELECT die()")
    migrations.migrate(connection, (*migrations.STEPS, tuple(step)))


def _schema_after_recovery(path: Path) -> frozenset[tuple[str, str, str]]:
    with closing(_connect(path)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        return migrations.schema_of(connection)
