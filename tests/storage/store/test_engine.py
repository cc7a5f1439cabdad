from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from sqlalchemy.exc import OperationalError

from model.errors import UserError
from storage.store import engine
from storage.store.engine import PRAGMAS, address_of, make_engine, prepare, raw, user_error
from storage.store.sqlite import Store
from tests.storage.builders import new_store, project

DECIDED = {
    "journal_mode": "truncate",
    "synchronous": 2,
    "locking_mode": "exclusive",
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / ("百分之百%20#.jixiao" if os.name == "nt" else "百分之百%20#?.jixiao")
    new_store(path, project()).close()
    return path


def test_that_an_open_store_runs_with_the_pragmas_that_were_decided(path: Path) -> None:
    with Store.open(path) as store:
        driver = raw(store._file.connection)
        found = {name: driver.execute(f"PRAGMA {name}").fetchone()[0] for name in DECIDED}
        assert found == DECIDED
        assert driver.execute("PRAGMA busy_timeout").fetchone() == (1000,)
        assert driver.isolation_level is None
        with pytest.raises(sqlite3.OperationalError, match="too many attached"):
            driver.execute("ATTACH ':memory:' AS other")


def test_that_a_pragma_that_does_not_take_is_a_loud_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PRAGMAS", (("synchronous", "OFF", 2),))
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(RuntimeError, match="synchronous"):
        prepare(connection)
    assert PRAGMAS


def test_that_every_transaction_begins_immediate(path: Path) -> None:
    made = make_engine(path)
    statements: list[str] = []
    with made.connect() as connection:
        raw(connection).set_trace_callback(statements.append)
        with connection.begin():
            connection.exec_driver_sql("SELECT 1")
        raw(connection).set_trace_callback(None)
    made.dispose()
    assert statements == ["BEGIN IMMEDIATE", "SELECT 1", "COMMIT"]


def test_that_there_is_one_connection_and_never_a_second(path: Path) -> None:
    with Store.open(path) as store:
        pool = store._file.connection.engine.pool
        assert (pool.size(), pool._max_overflow) == (1, 0)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PurePosixPath("/单位/a#1?.jixiao"), "file:///%E5%8D%95%E4%BD%8D/a%231%3F.jixiao?mode=rw"),
        (PureWindowsPath(r"C:\绩效\a b.jixiao"), "file:///C%3A/%E7%BB%A9%E6%95%88/a%20b.jixiao?mode=rw"),
        (PureWindowsPath(r"\\server\share\a.jixiao"), "file:////server/share/a.jixiao?mode=rw"),
    ],
    ids=["posix", "drive", "share"],
)
def test_that_every_kind_of_path_has_an_address_sqlite_understands(path: PurePath, address: str) -> None:
    assert address_of(path, "mode=rw") == address


def test_that_a_file_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    made = make_engine(tmp_path / "none.jixiao")
    with pytest.raises(OperationalError):
        made.connect()
    assert not (tmp_path / "none.jixiao").exists()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (sqlite3.SQLITE_FULL, "磁盘空间不足"),
        (sqlite3.SQLITE_BUSY, "占用"),
        (sqlite3.SQLITE_LOCKED, "占用"),
        (sqlite3.SQLITE_READONLY, "只读"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "移动"),
        (sqlite3.SQLITE_IOERR_FSYNC, "U盘"),
        (sqlite3.SQLITE_CANTOPEN, "U盘"),
        (sqlite3.SQLITE_CORRUPT, "重新打开"),
    ],
)
def test_that_each_failure_of_the_device_is_a_plain_sentence_with_the_file(code: int, message: str) -> None:
    error = sqlite3.OperationalError("english")
    error.sqlite_errorcode = code
    path = Path("某单位.jixiao")
    for wrapped in (error, OperationalError("UPDATE", {}, error)):
        told = user_error(wrapped, path)
        assert isinstance(told, UserError)
        assert message in str(told)
        assert "某单位.jixiao" in str(told)
        assert "english" not in str(told)
        assert "损坏" not in str(told)


def test_that_a_mistake_of_ours_is_not_dressed_up_as_a_failing_device() -> None:
    error = sqlite3.IntegrityError("UNIQUE")
    error.sqlite_errorcode = sqlite3.SQLITE_CONSTRAINT_UNIQUE
    assert user_error(error, Path("a")) is None
    assert user_error(sqlite3.ProgrammingError("closed"), Path("a")) is None


def test_that_an_open_store_says_how_sqlite_is_set(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.jixiao") as store:
        assert store.pragmas() == {name: read for name, _, read in PRAGMAS}
