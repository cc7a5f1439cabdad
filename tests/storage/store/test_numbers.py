"""Numbers of rows at their end: counted on where that can be, and told as what it is where it cannot."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from model.changes import AddProject
from model.errors import UserError
from storage.store import engine
from storage.store.numbers import LAST
from storage.store.sqlite import Store
from tests.storage.builders import new_store, project, set_goal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "绩效.jixiao"
    new_store(path, project("p1")).close()
    return path


def run(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)


@pytest.mark.parametrize("wrong", [LAST, LAST - 1, 0, -5])
@pytest.mark.parametrize("table", ["journal", "placement"])
def test_that_a_count_nobody_could_have_reached_goes_on_behind_the_rows_there_are(
    path: Path, table: str, wrong: int
) -> None:
    run(path, f"UPDATE sqlite_sequence SET seq = {wrong} WHERE name = '{table}'")
    with Store.open(path) as store:
        assert store.apply("新建", (AddProject(project("p2", "另一个")),)).entry.seq == 2
        assert [one.place for one in store.summaries()] == [1, 2]


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE journal SET seq = {LAST}",
        f"INSERT INTO placement (place, project_id) VALUES ({LAST}, 'gone')",
    ],
)
def test_that_a_row_with_the_last_number_is_not_told_as_a_full_disk(path: Path, statement: str) -> None:
    run(path, statement)
    with Store.open(path) as store:
        with pytest.raises(UserError, match="编号已经用到尽头") as told:
            store.apply("新建", (AddProject(project("p2", "另一个")), set_goal(project("p1"), "新的目标")))
        assert "磁盘空间不足" not in str(told.value)
        assert store.projects() == (project("p1"),)


def test_that_a_file_that_takes_nothing_any_more_is_told_at_opening(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PRAGMAS", (*engine.PRAGMAS, ("query_only", "ON", 1)))
    with pytest.raises(UserError, match="只读"):
        Store.open(path)
