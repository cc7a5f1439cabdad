from __future__ import annotations

import errno
import getpass
import json
import os
import platform
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pytest

from storage.store.lock import Holder, LockedError, holder_of, lock_path, myself, release, take
from storage.store.sqlite import Store
from tests.storage.builders import fingerprint, in_child, needs_fork, new_store, project

ENDLESS = json.dumps({"user": "", "host": "", "pid": float("inf"), "since": "", "token": ""})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.jixiao"
    new_store(path, project()).close()
    return path


def test_that_an_open_store_names_its_holder_beside_it_until_it_is_closed(path: Path) -> None:
    with Store.open(path):
        holder = holder_of(path)
        assert holder is not None
        assert (holder.host, holder.pid) == (platform.node(), os.getpid())
        assert holder.user
    assert not lock_path(path).exists()


def test_that_a_second_opening_is_refused_with_the_name_of_the_first(path: Path) -> None:
    with Store.open(path):
        take(path, Holder("张三", platform.node(), 4711, "2026-11-21 14:32", "token"))
        with pytest.raises(LockedError, match=f"正在被张三（{platform.node()}）打开（自 2026-11-21 14:32 起）"):
            Store.open(path)


@needs_fork
def test_that_another_program_is_refused_and_the_first_one_keeps_working(path: Path) -> None:
    reader, writer = os.pipe()

    def second() -> None:
        try:
            Store.open(path)
        except LockedError as error:
            os.write(writer, str(error).encode())

    with Store.open(path) as store:
        assert in_child(second) == 0
        os.close(writer)
        assert "正在被" in os.read(reader, 1000).decode()
        os.close(reader)
        assert store.projects() == (project(),)
        assert lock_path(path).exists()


def test_that_a_program_that_merely_holds_the_file_is_told_without_a_name(path: Path) -> None:
    with Store.open(path):
        lock_path(path).unlink()
        with pytest.raises(LockedError, match="正被另一个程序打开"):
            Store.open(path)


def test_that_a_name_from_another_computer_is_respected_and_nothing_is_touched(path: Path) -> None:
    take(path, Holder("李四", "财务科-02", 99, "2026-11-20 09:00", "token"))
    before = fingerprint(path.parent)
    with pytest.raises(LockedError, match="李四（财务科-02）") as refusal:
        Store.open(path)
    assert str(lock_path(path)) in str(refusal.value)
    assert fingerprint(path.parent) == before


def test_that_a_name_left_by_a_crash_here_is_taken_over(path: Path) -> None:
    take(path, Holder("张三", platform.node(), os.getpid(), "2026-11-20 09:00", "old token"))
    with Store.open(path) as store:
        holder = holder_of(path)
        assert holder is not None
        assert holder.token != "old token"
        assert store.projects() == (project(),)
    assert not lock_path(path).exists()


@pytest.mark.parametrize(
    "text", ["", "不是JSON", "[]", json.dumps({"user": "张三"}), "\x00" * 40, "[" * 100_000, ENDLESS], ids=range(7)
)
def test_that_a_damaged_name_counts_as_none(path: Path, text: str) -> None:
    lock_path(path).write_text(text, encoding="utf-8")
    assert holder_of(path) is None
    with Store.open(path):
        assert holder_of(path) is not None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe with a name")
def test_that_a_pipe_in_the_place_of_the_name_is_not_waited_for(path: Path) -> None:
    os.mkfifo(lock_path(path))
    with Store.open(path):
        assert holder_of(path) is not None


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_that_the_name_is_never_written_through_a_link(path: Path) -> None:
    letter = path.with_name("信.txt")
    letter.write_text("重要", encoding="utf-8")
    lock_path(path).symlink_to(letter)
    with Store.open(path):
        assert not lock_path(path).is_symlink()
    assert letter.read_text(encoding="utf-8") == "重要"


def test_that_a_full_disk_keeps_nobody_from_reading(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = json.dump

    def full(data: object, file: IO[str]) -> None:
        real(data, file)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(json, "dump", full)
    with Store.open(path) as store:
        assert store.projects() == (project(),)
        assert not lock_path(path).exists()


def test_that_a_name_says_nothing_a_screen_cannot_show(path: Path) -> None:
    take(path, Holder("张\x1b[31m三\u202e", "财务科-02", 1, "2026-11-20", "token"))
    with pytest.raises(LockedError, match="张\\[31m三（财务科-02）"):
        Store.open(path)


@needs_fork
def test_that_opening_the_open_store_once_more_does_not_end_its_lock(path: Path) -> None:
    def another_program() -> None:
        lock_path(path).unlink()
        try:
            Store.open(path).close()
        except LockedError:
            os._exit(3)

    with Store.open(path):
        with pytest.raises(LockedError):
            Store.open(path)
        assert in_child(another_program) == 3


def test_that_only_the_own_name_is_taken_away(path: Path) -> None:
    mine = myself(datetime(2026, 11, 21, tzinfo=UTC))
    other = replace(mine, token="another run of the program")
    take(path, mine)
    take(path, other)
    release(path, mine)
    assert holder_of(path) == other
    release(path, other)
    assert not lock_path(path).exists()


def test_that_an_account_without_a_name_still_gets_a_lock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert myself(datetime(2026, 11, 21, tzinfo=UTC)).user == "未知用户"
