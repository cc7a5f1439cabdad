from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from model.changes import AddProject, RemoveProject
from model.errors import UserError
from storage.files import atomic
from storage.store import backups
from storage.store.backups import KEPT, Backup, backup_folder, list_backups, restore, store_of
from storage.store.journal import JournalKind
from storage.store.lock import LockedError
from storage.store.sqlite import Store
from tests.storage.builders import (
    NOON,
    clock,
    die,
    fingerprint,
    goal_of,
    in_child,
    needs_fork,
    new_store,
    project,
    set_goal,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.jixiao"
    new_store(path, project()).close()
    return path


def _edit(path: Path, text: str, at: datetime = NOON) -> Backup | None:
    """One session with one edit; the backup its opening made."""
    with Store.open(path, clock(at)) as store:
        old = goal_of(store.project("p1"))
        store.apply(f"改为{text}", (set_goal(project(), text, before=old),))
        return store.opening_backup


def _goal_in(path: Path) -> str:
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as copy:
        assert copy.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        return str(copy.execute("SELECT annual_goal FROM declaration").fetchone()[0])


def test_that_every_opening_that_follows_a_change_makes_a_checked_backup(path: Path) -> None:
    _edit(path, "第一稿")
    made = _edit(path, "第二稿", NOON + timedelta(days=1))
    assert made is not None
    assert (made.sequence, made.at, made.project_count, made.entry_count) == (2, NOON + timedelta(days=1), 1, 2)
    assert made.size == made.path.stat().st_size
    assert _goal_in(made.path) == "第一稿"
    assert list_backups(path)[0] == made


def test_that_the_hash_beside_a_backup_is_one_any_tool_can_check(path: Path) -> None:
    Store.open(path).close()
    (backup,) = list_backups(path)
    note = backup.path.with_name(f"{backup.path.name}.sha256").read_text("utf-8").splitlines()
    assert note[0].startswith("#")
    assert note[1:] == [f"{hashlib.sha256(backup.path.read_bytes()).hexdigest()} *{backup.path.name}"]


def test_that_a_backup_leads_to_its_store_and_any_other_file_to_itself(path: Path) -> None:
    Store.open(path).close()
    (backup,) = list_backups(path)
    assert store_of(backup.path) == path
    assert store_of(path) == path


def test_that_an_opening_without_a_change_makes_none(path: Path) -> None:
    Store.open(path).close()
    before = fingerprint(path.parent)
    with Store.open(path) as store:
        assert store.opening_backup is None
    assert fingerprint(path.parent) == before


def test_that_an_empty_store_is_not_backed_up(tmp_path: Path) -> None:
    Store.create(tmp_path / "b.jixiao").close()
    Store.open(tmp_path / "b.jixiao").close()
    assert not backup_folder(tmp_path / "b.jixiao").exists()


def test_that_backups_thrown_away_are_made_again(path: Path) -> None:
    Store.open(path).close()
    shutil.rmtree(backup_folder(path))
    Store.open(path).close()
    assert [backup.sequence for backup in list_backups(path)] == [2]


def test_that_the_last_ten_are_kept_whatever_the_clock_says(path: Path) -> None:
    jumps = [0, 1, -3650, 2, 3650, 3, -1, 4, 5, -3650, 6, 7, -20]
    for number, days in enumerate(jumps):
        _edit(path, f"第{number}稿", NOON + timedelta(days=days))
    kept = list_backups(path)
    assert [backup.sequence for backup in kept] == list(range(len(jumps), len(jumps) - KEPT, -1))
    assert [_goal_in(backup.path) for backup in kept[:-1]] == [
        f"第{n}稿" for n in range(len(jumps) - 2, len(jumps) - KEPT - 1, -1)
    ]
    assert len(os.listdir(backup_folder(path))) == 2 * KEPT


def test_that_a_number_is_never_used_twice_even_when_the_store_forgot_it(path: Path) -> None:
    for text in "甲乙丙":
        _edit(path, text)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM counter")
    _edit(path, "丁")
    assert [backup.sequence for backup in list_backups(path)] == [4, 3, 2, 1]


def test_that_a_backup_folder_that_cannot_be_written_does_not_keep_anyone_from_working(path: Path) -> None:
    backup_folder(path).write_text("a file stands in the way", "utf-8")
    with Store.open(path) as store:
        assert "没有完成备份" in store.backup_problem
        assert store.opening_backup is None
        store.apply("改", (set_goal(project(), "新"),))
        with pytest.raises(UserError, match="没有完成备份"):
            store.back_up("手工备份")


def test_that_a_full_disk_leaves_no_half_backup(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, Store.open(path) as store:
        patch.setattr(atomic, "flush", full)
        with pytest.raises(UserError, match="磁盘空间不足"):
            store.back_up("手工备份")
    assert [backup.sequence for backup in list_backups(path)] == [1]
    assert not [name for name in os.listdir(backup_folder(path)) if name.startswith(".~")]


def test_that_no_room_for_a_backup_or_a_restore_is_told_as_that(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    with monkeypatch.context() as patch, Store.open(path) as store:
        patch.setattr(backups, "copy_checked", full)
        with pytest.raises(UserError, match=r"磁盘空间不足，没有完成备份"):
            store.back_up("手工备份")
    before = path.read_bytes()
    monkeypatch.setattr(backups, "_set_holder", full)
    with pytest.raises(UserError, match=r"磁盘空间不足，没有恢复"):
        restore(path, list_backups(path)[0])
    assert path.read_bytes() == before


@needs_fork
def test_that_a_copy_that_was_never_finished_is_no_backup(path: Path) -> None:
    def killed_before_the_move() -> None:
        vars(os)["replace"] = lambda *_: die()
        Store.open(path)

    assert in_child(killed_before_the_move) != 0
    assert list_backups(path) == ()
    Store.open(path).close()
    assert len(list_backups(path)) == 1


STRANGE_NOTES = [
    "",
    "x",
    "# {}\nhash *000001.jixiao\n",
    "# []\nh *n\n",
    '# {"sequence": 7}\nh *n\n',
    f"# {'[' * 100_000}\nh *n\n",
    '# {"sequence": 9, "at": "2026-11-21T04:00:00", "projects": 1e999, "entries": 1, "reason": ""}\nh *n\n',
]


@pytest.mark.parametrize("note", STRANGE_NOTES, ids=range(len(STRANGE_NOTES)))
def test_that_strange_files_among_the_backups_are_passed_over(path: Path, note: str) -> None:
    Store.open(path).close()
    (backup_folder(path) / "我的备份.jixiao").write_bytes(b"x")
    (backup_folder(path) / "000009.jixiao").write_bytes(b"x")
    (backup_folder(path) / "000009.jixiao.sha256").write_text(note, "utf-8")
    assert [backup.sequence for backup in list_backups(path)] == [1]


def test_that_a_number_too_large_for_the_store_is_no_backup_of_it(path: Path) -> None:
    Store.open(path).close()
    for name in ("000001.jixiao", "000001.jixiao.sha256"):
        (backup_folder(path) / name).rename(backup_folder(path) / name.replace("000001", "9" * 24))
    note = backup_folder(path) / f"{'9' * 24}.jixiao.sha256"
    note.write_text(note.read_text("utf-8").replace('"sequence": 1', f'"sequence": {"9" * 24}'), "utf-8")
    assert list_backups(path) == ()
    with Store.open(path) as store:
        assert store.opening_backup is not None
        assert store.opening_backup.sequence == 2


# Restoring


def test_that_a_restore_brings_the_old_state_back_and_keeps_the_present_one(path: Path) -> None:
    for text in ("第一稿", "第二稿"):
        _edit(path, text)
    newest, oldest = list_backups(path)
    with Store.open(path) as store:
        store.apply("新建", (AddProject(project("p2", "另一个")),))
    done = restore(path, oldest, clock(NOON))
    assert (done.backup, done.projects_before, done.projects_after) == (oldest, 2, 1)
    assert done.kept is not None
    assert _goal_in(done.kept) == "第二稿"
    assert [one.path for one in list_backups(path) if one.sequence == done.kept_as] == [done.kept]
    with Store.open(path) as store:
        assert store.projects() == (project(),)
        remark = store.journal()[0]
        assert (remark.kind, remark.at) == (JournalKind.NOTE, NOON)
        assert f"第{oldest.sequence}份" in remark.label
        assert [entry.label for entry in store.undo_history()[0]] == ["新建项目"]
    assert newest.sequence < list_backups(path)[0].sequence


def test_that_a_restore_can_itself_be_taken_back(path: Path) -> None:
    _edit(path, "第一稿")
    _edit(path, "第二稿")
    restore(path, list_backups(path)[-1])
    (undo,) = [backup for backup in list_backups(path) if backup.reason == "恢复备份之前"]
    restore(path, undo)
    with Store.open(path) as store:
        assert goal_of(store.project("p1")) == "第二稿"


def test_that_numbers_go_on_after_a_restore(path: Path) -> None:
    for text in "甲乙丙丁":
        _edit(path, text)
    restore(path, list_backups(path)[-1])
    for text in "戊己":
        _edit(path, text)
    sequences = [backup.sequence for backup in list_backups(path)]
    assert sequences == sorted(set(sequences), reverse=True)
    assert _goal_in(list_backups(path)[0].path) == "戊"


def test_that_the_backup_being_restored_is_not_pruned_by_the_one_made_before_it(path: Path) -> None:
    for number in range(KEPT):
        _edit(path, f"第{number}稿")
    oldest = list_backups(path)[-1]
    _edit(path, "最后")
    with Store.open(path) as store:
        store.apply("删除", (RemoveProject(store.project("p1")),))
    oldest = list_backups(path)[-1]
    restore(path, oldest)
    assert oldest.path.exists()


def test_that_a_damaged_backup_is_refused_and_the_store_is_not_touched(path: Path) -> None:
    _edit(path, "第一稿")
    _edit(path, "第二稿")
    backup = list_backups(path)[0]
    content = bytearray(backup.path.read_bytes())
    content[-1] ^= 1
    backup.path.write_bytes(content)
    before = fingerprint(path.parent)
    with pytest.raises(UserError, match="校验值不符"):
        restore(path, backup)
    backup.path.unlink()
    with pytest.raises(UserError, match="校验值不符"):
        restore(path, backup)
    before.pop(str(backup.path.relative_to(path.parent)))
    assert fingerprint(path.parent) == before


@pytest.mark.parametrize("size", [60, 3 * 4096])
def test_that_a_backup_that_was_damaged_before_it_was_noted_leads_to_another_one(path: Path, size: int) -> None:
    _edit(path, "第一稿")
    _edit(path, "第二稿")
    backup = list_backups(path)[0]
    content = backup.path.read_bytes()[:size]
    backup.path.write_bytes(content)
    before = fingerprint(path.parent)
    with pytest.raises(UserError, match=r"已损坏，没有恢复。\n当前文件未作任何改动。请选择另一份备份。"):
        restore(path, replace(backup, digest=hashlib.sha256(content).hexdigest()))
    assert fingerprint(path.parent) == before


def test_that_a_store_that_is_open_is_not_replaced(path: Path) -> None:
    with Store.open(path) as store:
        backup = list_backups(path)[0]
        with pytest.raises(LockedError):
            restore(path, backup)
        store.apply("改", (set_goal(project(), "还在"),))
    with Store.open(path) as store:
        assert goal_of(store.project("p1")) == "还在"


def test_that_a_damaged_store_is_kept_as_it_is_and_its_journal_never_reaches_the_restored_one(path: Path) -> None:
    _edit(path, "第一稿")
    _edit(path, "第二稿")
    damaged = b"\0" * 100 + path.read_bytes()[100:]
    path.write_bytes(damaged)
    path.with_name(f"{path.name}-journal").write_bytes(b"a journal that belongs to the damaged file")
    done = restore(path, list_backups(path)[0])
    assert done.kept is not None
    assert done.kept.read_bytes() == damaged
    assert done.kept.with_name(f"{done.kept.name}-journal").exists()
    assert (done.projects_before, done.kept_as) == (None, None)
    with Store.open(path) as store:
        assert goal_of(store.project("p1")) == "第一稿"
    path.write_bytes(b"damaged again")
    again = restore(path, list_backups(path)[0])
    assert again.kept not in (None, done.kept)
    assert done.kept.read_bytes() == damaged


def test_that_a_damaged_store_that_cannot_be_kept_is_not_replaced(path: Path, tmp_path: Path) -> None:
    Store.open(path).close()
    damaged = tmp_path / "b.jixiao"
    damaged.write_bytes(b"damaged")
    backup_folder(damaged).write_text("a file stands in the way", "utf-8")
    for _ in range(2):  # whatever failed lets go of the file
        with pytest.raises(UserError, match="原有文件完好无损") as refusal:
            restore(damaged, list_backups(path)[0])
        assert str(backup_folder(damaged)) in str(refusal.value)
    assert damaged.read_bytes() == b"damaged"


def test_that_a_store_that_was_deleted_comes_back(path: Path) -> None:
    _edit(path, "第一稿")
    _edit(path, "第二稿")
    path.unlink()
    done = restore(path, list_backups(path)[0])
    assert (done.kept, done.projects_before) == (None, None)
    with Store.open(path) as store:
        assert goal_of(store.project("p1")) == "第一稿"


def test_that_every_kept_backup_of_many_sessions_can_be_restored(path: Path) -> None:
    for number in range(15):
        _edit(path, f"第{number}稿", NOON + timedelta(days=(number * 7919) % 4000 - 2000))
    Store.open(path).close()
    assert _goal_in(list_backups(path)[0].path) == "第14稿"
    for backup in list_backups(path):
        wanted = _goal_in(backup.path)
        target = path.with_name(f"{backup.sequence}.jixiao")
        restore(target, backup)
        with Store.open(target) as store:
            assert goal_of(store.project("p1")) == wanted
            assert store.journal()[0].kind is JournalKind.NOTE


def test_that_a_backup_copies_the_open_store_without_closing_it(path: Path) -> None:
    with Store.open(path) as store:
        store.apply("改", (set_goal(project(), "正在编辑"),))
        backup = store.back_up("导入之前")
        assert (backup.reason, _goal_in(backup.path)) == ("导入之前", "正在编辑")
        store.apply("再改", (set_goal(project(), "继续", before="正在编辑"),))
    assert backups.list_backups(path)[0] == backup
    assert backup.at.tzinfo is UTC


class _Broken(sqlite3.Connection):
    """A device that fails at one statement, the one with the number ``fails_at``, counted over all connections."""

    fails_at = 0
    statements = 0

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        """Count, and fail when it is time."""
        _Broken.statements += 1
        if _Broken.statements == _Broken.fails_at:
            raise sqlite3.OperationalError("disk I/O error")
        return super().execute(*arguments)


def test_that_a_device_that_fails_at_any_statement_of_a_restore_is_told_in_words_and_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every statement of a restore in turn (reliability.md §6.2): never a raw error, and the file as it was."""
    with Store.open(path) as store:
        backup = store.back_up("立即备份")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **kwargs: connect(*args, **{"factory": _Broken} | kwargs))
    told: list[str] = []
    _Broken.statements, number = 1, 0
    while _Broken.statements >= number:
        number += 1
        _Broken.fails_at = 0
        with Store.open(path, backing_up=False) as store:
            store.apply("新建", (AddProject(project("p2", "另一个")),))
            there = store.projects()
        _Broken.statements, _Broken.fails_at = 0, number
        try:
            restore(path, backup)
        except UserError as error:
            told.append(str(error))
            _Broken.fails_at = 0
            with Store.open(path, backing_up=False) as store:
                assert store.projects() == there
                store.apply("删除", (RemoveProject(store.project("p2")),))
            _Broken.statements = number
    assert len(told) > 20
    assert not any("disk" in text for text in told)
