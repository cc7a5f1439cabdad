from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from model.errors import UserError
from storage.store import backups, side_files
from storage.store.backups import backup_folder, list_backups
from storage.store.copies import copy_file
from storage.store.sqlite import Store
from tests.storage.builders import goal_of, needs_fork, new_store, project, set_goal

HOT = bytes.fromhex("d9d505f920a163d7")  # how SQLite begins a journal that is to be played back


def leave_hot_journal(path: Path) -> bytes:
    """A store with a backup, of which a program was killed in the middle of a write; what it left beside."""
    with new_store(path, *(project(f"p{n}", f"项目{n}") for n in range(12))) as store:
        store.back_up(backups.BY_HAND)
    child = os.fork()
    if child == 0:
        store = Store.open(path, backing_up=False)
        driver = store._file.connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA cache_size = 1")
        driver.execute("BEGIN IMMEDIATE")
        driver.execute("UPDATE indicator SET name = name || hex(randomblob(2000))")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    journal = path.with_name(f"{path.name}-journal").read_bytes()
    assert journal.startswith(HOT)
    return journal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "绩效.jixiao"


@needs_fork
def test_that_a_new_store_is_not_spoilt_by_the_journal_of_an_old_one_of_its_name(path: Path) -> None:
    journal = leave_hot_journal(path)
    path.unlink()
    with Store.create(path) as store:
        assert store.projects() == ()
        (kept,) = store.set_aside
    assert kept.name == "绩效.jixiao-journal.旧-1"
    assert kept.read_bytes() == journal
    with Store.open(path) as store:
        assert store.projects() == ()
        assert store.set_aside == ()


@needs_fork
def test_that_a_restored_store_is_the_backup_when_the_old_one_is_missing(path: Path) -> None:
    journal = leave_hot_journal(path)
    path.unlink()
    (backup,) = list_backups(path)
    done = backups.restore(path, backup)
    assert done.kept is None
    assert [kept.read_bytes() for kept in done.journals] == [journal]
    with Store.open(path) as store:
        assert store.projects() == tuple(project(f"p{n}", f"项目{n}") for n in range(12))


@needs_fork
def test_that_what_was_interrupted_is_finished_before_a_restore_over_it_and_kept_as_a_backup(path: Path) -> None:
    leave_hot_journal(path)
    done = backups.restore(path, list_backups(path)[0])
    assert done.journals == ()
    assert done.projects_before == 12
    assert not path.with_name(f"{path.name}-journal").exists()


@needs_fork
def test_that_a_damaged_file_and_its_journal_are_kept_together(path: Path) -> None:
    journal = leave_hot_journal(path)
    path.write_bytes(b"damaged" * 1000)
    done = backups.restore(path, list_backups(path)[0])
    assert done.kept is not None
    assert done.kept.read_bytes() == b"damaged" * 1000
    assert done.kept.with_name(f"{done.kept.name}-journal").read_bytes() == journal
    with Store.open(path) as store:
        assert len(store.projects()) == 12


@needs_fork
def test_that_a_copy_is_what_it_was_copied_from(path: Path, tmp_path: Path) -> None:
    journal = leave_hot_journal(path)
    path.unlink()
    new_store(tmp_path / "示例.jixiao", project()).close()
    copy_file(tmp_path / "示例.jixiao", path)
    assert path.with_name("绩效.jixiao-journal.旧-1").read_bytes() == journal
    assert path.stat().st_mode & 0o077 == 0
    with Store.open(path) as store:
        assert store.projects() == (project(),)


@needs_fork
def test_that_a_store_saved_under_an_old_name_is_what_was_open(path: Path, tmp_path: Path) -> None:
    leave_hot_journal(path)
    path.unlink()
    with new_store(tmp_path / "打开的.jixiao", project()) as store:
        store.save_copy(path)
    with Store.open(path) as store:
        assert store.projects() == (project(),)


def test_that_a_log_of_the_other_sort_is_set_aside_too_and_an_empty_journal_is_none(path: Path) -> None:
    for suffix in ("-wal", "-shm"):
        path.with_name(f"{path.name}{suffix}").write_text("old")
    path.with_name(f"{path.name}-journal").write_text("")
    path.with_name(f"{path.name}-wal.旧-1").write_text("older")
    with Store.create(path) as store:
        assert [kept.name for kept in store.set_aside] == ["绩效.jixiao-wal.旧-2", "绩效.jixiao-shm.旧-1"]
    assert path.with_name(f"{path.name}-wal.旧-1").read_text() == "older"


def test_that_a_copy_never_replaces_a_file_and_never_comes_from_an_open_one(path: Path, tmp_path: Path) -> None:
    new_store(tmp_path / "示例.jixiao", project()).close()
    path.write_text("重要")
    with pytest.raises(UserError, match="已经存在，没有复制"):
        copy_file(tmp_path / "示例.jixiao", path)
    assert path.read_text() == "重要"


def test_that_a_journal_that_cannot_be_renamed_keeps_the_new_store_from_being_made(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Path:
        raise PermissionError(13, "denied")

    path.with_name(f"{path.name}-journal").write_text("old")
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(UserError, match="没有写入"):
        Store.create(path)
    assert not path.exists()


def test_that_a_store_that_is_well_is_left_alone(path: Path) -> None:
    with new_store(path, project()) as store:
        assert side_files.beside(path) == ()
        store.apply("改", (set_goal(project(), "一"),))
        assert goal_of(store.projects()[0]) == "一"
    assert not backup_folder(path).exists()
