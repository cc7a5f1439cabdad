"""A device that fails is told as one; only what was read in full and is no sound store is called damage."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from model.errors import UserError
from storage.store import backups, drafts, lock, opening, refusal
from storage.store.backups import list_backups, restore
from storage.store.refusal import UnreadableError
from storage.store.sqlite import Store
from storage.store.summaries import State
from tests.storage.builders import fingerprint, new_store, project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "绩效.jixiao"
    new_store(path, project("p1"), project("p2", "平台网络保障")).close()
    return path


def run(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)


def fails(code: int) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> Any:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = code
        raise error

    return fail


def breaks(number: int) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> Any:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_IOERR_READ, "磁盘出错"),
        (sqlite3.SQLITE_IOERR_SHORT_READ, "磁盘出错"),
        (sqlite3.SQLITE_PROTOCOL, "磁盘出错"),
        (sqlite3.SQLITE_FULL, "磁盘空间不足"),
        (sqlite3.SQLITE_CANTOPEN, "只读"),
        (sqlite3.SQLITE_CORRUPT, "已损坏"),
        (sqlite3.SQLITE_NOTADB, "已损坏"),
    ],
)
def test_that_a_failing_device_at_opening_is_not_called_damage(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    monkeypatch.setattr(opening, "_is_sound", fails(code))
    before = fingerprint(path.parent)
    with pytest.raises(UserError, match=words) as refused:
        Store.open(path)
    assert isinstance(refused.value, UnreadableError) == (words == "已损坏")
    assert "文件未作任何改动" in str(refused.value)
    assert fingerprint(path.parent) == before
    monkeypatch.undo()
    Store.open(path).close()


def test_that_what_sqlite_calls_damage_is_a_failing_device_when_the_file_cannot_be_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_is_sound", fails(sqlite3.SQLITE_CORRUPT))
    monkeypatch.setattr(refusal, "_reading_problem", lambda _: OSError(errno.EIO, "x"))
    with pytest.raises(UserError, match=f"系统错误 {errno.EIO}") as refused:
        Store.open(path)
    assert not isinstance(refused.value, UnreadableError)


def test_that_a_file_that_cannot_be_read_again_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "open", breaks(errno.EIO))
    assert "磁盘出错" in str(refusal.damaged(path))


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EIO, "磁盘出错"), (errno.ENOSPC, "磁盘空间不足"), (errno.EROFS, "只读"), (errno.EACCES, "只读")],
)
@pytest.mark.parametrize("where", ["claim", "seize", "take"])
def test_that_each_step_of_opening_tells_what_the_system_says(
    path: Path, monkeypatch: pytest.MonkeyPatch, where: str, number: int, words: str
) -> None:
    monkeypatch.setattr(lock, where, breaks(number))
    with pytest.raises(UserError, match=words):
        Store.open(path)
    monkeypatch.undo()
    Store.open(path).close()


@pytest.mark.parametrize(("number", "words"), [(errno.EIO, "磁盘出错"), (errno.EACCES, "只读")])
def test_that_a_backup_the_device_does_not_give_back_is_not_called_changed(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    with Store.open(path) as store:
        store.back_up("手动备份")
    before = path.read_bytes()
    monkeypatch.setattr(backups, "_digest", breaks(number))
    with pytest.raises(UserError, match=words):
        restore(path, list_backups(path)[0])
    assert path.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="SQLite takes longer names on Windows")
def test_that_a_path_sqlite_has_no_room_for_is_told_as_such(tmp_path: Path) -> None:
    deep = tmp_path
    while len(os.fsencode(deep)) < 520:
        deep /= "很长的文件夹名称" * 4
    deep.mkdir(parents=True)
    with pytest.raises(UserError, match="名称过长"):
        Store.create(deep / "绩效.jixiao")
    (deep / "绩效.jixiao").touch()
    with pytest.raises(UserError, match="名称过长"):
        Store.open(deep / "绩效.jixiao")


@pytest.mark.skipif(os.name != "posix", reason="names are counted in bytes")
def test_that_a_name_with_no_room_for_what_stands_beside_a_store_is_told_as_such(path: Path) -> None:
    """``NAME.lock``, ``NAME.备份`` and what SQLite and a restore put there are longer than the name itself."""
    room = path.with_name(f"{'绩' * 79}.jixiao")
    Store.create(room).close()
    drafts.drafts_path(room).touch()
    long = path.rename(path.with_name(f"{'绩' * 82}.jixiao"))
    before = fingerprint(long.parent)
    with pytest.raises(UserError, match=r"文件名.*过长"):
        Store.open(long)
    with Store.open(room) as store, pytest.raises(UserError, match=r"文件名.*过长"):
        store.save_copy(long.with_name(f"{'效' * 82}.jixiao"))
    assert list_backups(long) == ()
    assert fingerprint(long.parent) == before


def test_that_a_name_no_file_can_have_has_no_backups_and_is_told(tmp_path: Path) -> None:
    assert list_backups(tmp_path / f"{'绩' * 300}.jixiao") == ()
    for write in (Store.create, Store.open):
        with pytest.raises(UserError, match="文件名"):
            write(tmp_path / "绩\0效.jixiao")


def test_that_a_folder_in_the_place_of_the_lock_file_is_named(path: Path) -> None:
    lock.lock_path(path).mkdir()
    with pytest.raises(UserError, match=r"名为“绩效.jixiao.lock”的文件夹"):
        Store.open(path)
    lock.lock_path(path).rmdir()
    Store.open(path).close()


def test_that_a_lock_file_of_three_thousand_characters_is_not_shown_whole(path: Path) -> None:
    long = "n" * 1500
    lock.lock_path(path).write_text(
        f'{{"user": "{long}", "host": "{long}", "pid": 1, "since": "", "token": ""}}', encoding="utf-8"
    )
    with pytest.raises(UserError) as refused:
        Store.open(path)
    assert "n…" in str(refused.value)
    assert len(str(refused.value)) < 600


@pytest.mark.skipif(os.name == "nt", reason="names are UTF-16 there")
def test_that_a_name_that_is_no_utf_8_is_opened_like_any_other(path: Path) -> None:
    odd = path.rename(path.with_name(os.fsdecode(b"\xbc\xa8\xd0\xa7.jixiao")))
    with Store.open(odd) as store:
        assert len(store.summaries()) == 2
        store.back_up("手动备份")
    assert list_backups(odd)


def test_that_a_state_nobody_knows_is_counted_anew(path: Path) -> None:
    run(path, "UPDATE summary SET state = '未知' WHERE project_id = 'p1'")
    with Store.open(path) as store:
        assert {one.state for one in store.summaries()} <= set(State)
        assert [one.id for one in store.refresh_summaries().summaries] == ["p1"]
        right = {one.id: one.state for one in store.summaries()}
    assert right["p1"] == right["p2"]


@pytest.mark.parametrize("value", [10**15 - 1, 10**15, 2**63 - 1])
def test_that_a_counter_out_of_reach_keeps_nobody_from_a_backup(path: Path, value: int) -> None:
    run(path, f"INSERT OR REPLACE INTO counter VALUES ('backup_sequence', {value})")
    with Store.open(path) as store:
        made = store.back_up("手动备份")
    assert made in list_backups(path)
    assert made.sequence < 10


def test_that_a_setting_nested_a_million_deep_counts_as_its_default(path: Path) -> None:
    run(path, f"INSERT INTO setting (key, text) VALUES ('thresholds', '{'[' * 1_000_000}')")
    with Store.open(path) as store:
        assert store.settings().thresholds == type(store.settings())().thresholds
