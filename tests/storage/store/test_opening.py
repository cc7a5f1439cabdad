from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from model.errors import UserError
from storage.store import lock, migrations, opening
from storage.store.refusal import UnreadableError
from storage.store.sqlite import Store
from tests.storage.builders import fingerprint, new_store, project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.jixiao"
    new_store(path, *(project(f"p{n}", f"项目{n}") for n in range(20))).close()
    return path


def _run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def _patch(path: Path, start: int, piece: bytes) -> None:
    content = bytearray(path.read_bytes())
    content[start : start + len(piece)] = piece
    path.write_bytes(content)


def _replace(path: Path, old: bytes, new: bytes) -> None:
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))


def _spoil_index(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'summary_in_order'"
        (page,) = connection.execute(query).fetchone()
    _patch(path, path.read_bytes().index("上海".encode(), (page - 1) * 4096), "北京".encode())


def _smuggle(path: Path, kind: str, table: str, rest: str) -> None:
    """Put an object into the schema by a name that SQLite itself would not let anyone use."""
    _run(
        path,
        "PRAGMA writable_schema = ON",
        f"INSERT INTO sqlite_master VALUES ('{kind}', 'sqlite_x', '{table}', 0, 'CREATE {kind} sqlite_x {rest}')",
    )


def _other_database(path: Path) -> None:
    path.unlink()
    _run(path, "CREATE TABLE project (id TEXT)")


CASES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a text": (lambda path: path.write_text("这是一封信" * 100, "utf-8"), "不是绩效填报助手的文件"),
    "an empty file": (lambda path: path.write_bytes(b""), "不是绩效填报助手的文件"),
    "the start of a store": (lambda path: path.write_bytes(path.read_bytes()[:60]), "不是绩效填报助手的文件"),
    "a workbook": (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(200)), "不是绩效填报助手的文件"),
    "a zeroed header": (lambda path: _patch(path, 0, bytes(100)), "不是绩效填报助手的文件"),
    "another database": (_other_database, "其他程序的数据库"),
    "a newer version": (lambda path: _run(path, "PRAGMA user_version = 99"), "请升级程序"),
    "no version": (lambda path: _run(path, "PRAGMA user_version = 0"), "已损坏"),
    "a zeroed page": (lambda path: _patch(path, 3 * 4096, bytes(4096)), "已损坏"),
    "two thirds of a store": (lambda path: os.truncate(path, path.stat().st_size * 2 // 3), "已损坏"),
    "a destroyed schema": (lambda path: _patch(path, 100, b"\xff" * 500), "已损坏"),
    "a view in place of a table": (
        lambda path: _run(path, "DROP TABLE setting", "CREATE VIEW setting AS SELECT 'a' AS \"key\", 'b' AS text"),
        "内部结构",
    ),
    "a trigger": (
        lambda path: _run(path, "CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM project; END"),
        "内部结构",
    ),
    "a trigger named like one of SQLite's own": (
        lambda path: _smuggle(path, "trigger", "journal", "AFTER INSERT ON journal BEGIN DELETE FROM project; END"),
        "内部结构",
    ),
    "a view named like one of SQLite's own": (
        lambda path: _smuggle(path, "view", "sqlite_x", "AS SELECT 1"),
        "内部结构",
    ),
    "a text that is no UTF-8": (
        lambda path: _run(path, "UPDATE indicator SET name = CAST(x'E58FFF' AS TEXT) WHERE position = 0"),
        "已损坏",
    ),
    "a schema that is no UTF-8": (lambda path: _replace(path, b"tableevaluation", b"table\xe5valuation"), "已损坏"),
    "an index that says otherwise than its table": (_spoil_index, "已损坏"),
    "a last page cut short": (lambda path: os.truncate(path, path.stat().st_size - 100), "已损坏"),
    "lines without their project": (
        lambda path: _run(path, "PRAGMA foreign_keys = OFF", "UPDATE indicator SET project_id = 'nobody'"),
        "已损坏",
    ),
    "a foreign table": (lambda path: _run(path, "CREATE TABLE more (a TEXT)"), "内部结构"),
    "a missing index": (lambda path: _run(path, "DROP INDEX summary_in_order"), "内部结构"),
    "a read-only file": (lambda path: path.chmod(0o400), "只读"),
}


@pytest.mark.parametrize("case", CASES)
def test_that_what_cannot_be_edited_is_refused_in_plain_words_and_not_touched(path: Path, case: str) -> None:
    spoil, message = CASES[case]
    spoil(path)
    before = fingerprint(path.parent)
    with pytest.raises(UserError, match=message) as refusal:
        Store.open(path)
    assert str(path) in str(refusal.value)
    assert "文件未作任何改动" in str(refusal.value)
    assert fingerprint(path.parent) == before


def test_that_opening_and_closing_without_a_change_leaves_every_byte_as_it_was(path: Path) -> None:
    Store.open(path).close()
    before = fingerprint(path.parent)
    with Store.open(path) as store:
        assert len(store.summaries()) == 20
    assert fingerprint(path.parent) == before


def test_that_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到文件"):
        Store.open(tmp_path / "没有.jixiao")
    assert os.listdir(tmp_path) == []
    with pytest.raises(UserError, match="它是一个文件夹"):
        Store.open(tmp_path)
    with pytest.raises(UserError, match="文件名过长"):
        Store.open(tmp_path / ("长" * 300))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe with a name")
def test_that_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jixiao")
    with pytest.raises(UserError, match="不是普通文件"):
        Store.open(tmp_path / "a.jixiao")


@pytest.mark.skipif(os.name != "posix", reason="a folder's mode bits")
def test_that_a_read_only_folder_is_told(path: Path) -> None:
    path.parent.chmod(0o555)
    try:
        with pytest.raises(UserError, match="只读"):
            Store.open(path)
    finally:
        path.parent.chmod(0o755)
    assert os.listdir(path.parent) == [path.name]


def test_that_a_folder_that_refuses_the_lock_file_lets_go_of_the_store(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(lock, "take", refuse)
    with pytest.raises(UserError, match="只读"):
        Store.open(path)
    monkeypatch.undo()
    Store.open(path).close()


def test_that_damage_is_a_kind_of_its_own_because_a_backup_can_mend_it(path: Path) -> None:
    _patch(path, 3 * 4096, bytes(4096))
    with pytest.raises(UnreadableError, match="从最近的备份恢复"):
        Store.open(path)
    _run_version = path.with_name("newer.jixiao")
    Store.create(_run_version).close()
    _run(_run_version, "PRAGMA user_version = 99")
    with pytest.raises(UserError) as refusal:
        Store.open(_run_version)
    assert not isinstance(refusal.value, UnreadableError)


def test_that_a_refused_file_is_not_held(path: Path) -> None:
    _run(path, "CREATE TABLE more (a TEXT)")
    with pytest.raises(UserError, match="内部结构"):
        Store.open(path)
    _run(path, "DROP TABLE more")
    Store.open(path).close()


def test_that_a_missing_application_id_is_noticed_before_any_lock(path: Path) -> None:
    _patch(path, 68, bytes(4))
    with pytest.raises(UnreadableError):
        opening.check_header(path)
    _patch(path, 68, migrations.APPLICATION_ID.to_bytes(4, "big"))
    opening.check_header(path)


@pytest.mark.parametrize("case", ["a text", "an empty file", "the start of a store", "a workbook", "another database"])
def test_that_who_chose_a_file_of_the_right_name_is_not_told_to_choose_one(path: Path, case: str) -> None:
    spoil, _ = CASES[case]
    spoil(path)
    with pytest.raises(UnreadableError, match="请选择别的文件，或从备份恢复。") as refusal:
        Store.open(path)
    assert "请选择扩展名" not in str(refusal.value)


def test_that_a_file_of_another_name_is_said_to_be_none_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "绩效.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(200))
    with pytest.raises(UnreadableError, match=r"不是绩效填报助手的文件（\.jixiao），无法打开。"):
        Store.open(path)
