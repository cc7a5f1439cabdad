"""Rows of a damaged file that fit nothing else are shown, told, and never dropped."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from model.changes import MoveIndicator
from model.records import Declaration, Form
from storage.importing.other_store import read_store
from storage.store.backups import list_backups
from storage.store.sqlite import Store
from tests.storage.builders import fingerprint, names, new_store, project, set_goal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "绩效.jixiao"
    new_store(path, project("p1"), project("p2", "平台网络保障")).close()
    return path


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_that_a_sound_file_says_nothing_and_is_not_written(path: Path) -> None:
    Store.open(path).close()
    before = fingerprint(path.parent)
    with Store.open(path) as store:
        assert store.taken_in == ""
    assert fingerprint(path.parent) == before


@pytest.mark.parametrize("table", ["summary", "placement"])
def test_that_projects_in_no_list_are_listed_again(path: Path, table: str) -> None:
    with Store.open(path) as store:
        whole = store.projects()
    run(path, f"DELETE FROM {table}")
    with Store.open(path) as store:
        assert "有 2 个项目不在项目清单中" in store.taken_in
        assert str(path) in store.taken_in
        assert store.projects() == whole
        assert {one.id for one in store.summaries()} == {"p1", "p2"}
    with Store.open(path) as store:
        assert store.taken_in == ""


@pytest.mark.parametrize("form", ["x", "evaluation", ""])
def test_that_a_line_of_no_form_stands_behind_the_others_and_can_be_edited(path: Path, form: str) -> None:
    run(path, f"UPDATE indicator SET form = '{form}' WHERE id = 'p1-1'")
    with Store.open(path) as store:
        assert "有 1 条指标不属于任何一张表" in store.taken_in
        shown = store.project("p1")
        if form == "evaluation":  # it says which form it is of: that is begun
            assert names(shown, Form.EVALUATION) == ["巡检次数1"]
        else:
            assert names(shown) == ["巡检次数0", "巡检次数2", "巡检次数1"]
            store.apply("移动", (MoveIndicator("p1", Form.DECLARATION, 2, 1),))
            assert names(store.project("p1")) == ["巡检次数0", "巡检次数1", "巡检次数2"]
        store.apply("改目标", (set_goal(store.project("p1"), "新的目标"),))
        assert next(one.indicator_count for one in store.summaries() if one.id == "p1") == 3
    assert any(backup.reason == "列出遗漏的内容之前" for backup in list_backups(path))


def test_that_the_lines_of_a_form_that_is_gone_begin_it_anew(path: Path) -> None:
    run(path, "DELETE FROM declaration WHERE project_id = 'p1'")
    with Store.open(path) as store:
        shown = store.project("p1")
        assert names(shown) == ["巡检次数0", "巡检次数1", "巡检次数2"]
        content = shown.of(Declaration)
        assert content is not None
        assert content.annual_goal == ""
        store.apply("改目标", (set_goal(shown, "新的目标"),))


def test_that_an_import_takes_them_along(path: Path) -> None:
    run(path, "DELETE FROM placement", "UPDATE indicator SET form = 'x'")
    forms = read_store(path)
    assert len(forms) == 2
