"""How many backups there are: what a restore adds, what a new backup pushes out, and what it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.store.backups import BY_HAND, KEPT, Backup, list_backups, restore
from storage.store.sqlite import Store
from tests.storage.builders import goal_of, new_store, project, set_goal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with five backups, the newest of which lacks the last edit."""
    path = tmp_path / "a.jixiao"
    new_store(path, project()).close()
    for number in range(5):
        _edit(path, f"第{number}稿")
    return path


def _edit(path: Path, text: str) -> None:
    """One session with one edit."""
    with Store.open(path) as store:
        store.apply(f"改为{text}", (set_goal(project(), text, before=goal_of(store.project("p1"))),))


def _back_up(path: Path, reason: str = BY_HAND) -> Backup:
    with Store.open(path, backing_up=False) as store:
        return store.back_up(reason)


def _numbers(path: Path) -> list[int]:
    return [backup.sequence for backup in list_backups(path)]


def _goal(path: Path) -> str:
    with Store.open(path) as store:
        return goal_of(store.project("p1"))


# What a restore adds


def test_that_a_restore_of_a_changed_store_and_its_reopening_make_one_backup_together(path: Path) -> None:
    before = _numbers(path)
    restore(path, list_backups(path)[-1])
    with Store.open(path) as store:
        assert store.opening_backup is None
    added = [backup.reason for backup in list_backups(path) if backup.sequence not in before]
    assert added == ["恢复备份之前"]


def test_that_a_restore_of_a_store_that_equals_its_newest_backup_makes_none(path: Path) -> None:
    newest = _back_up(path)
    before = _numbers(path)
    done = restore(path, list_backups(path)[-1])
    Store.open(path).close()
    assert _numbers(path) == before
    assert (done.kept, done.projects_before) == (newest.path, 1)


def test_that_looking_at_five_backups_one_after_another_pushes_none_of_them_out(path: Path) -> None:
    before = list_backups(path)
    for backup in before:
        restore(path, backup)
        Store.open(path).close()
    assert list_backups(path)[1:] == before


def test_that_an_edit_after_a_restore_is_backed_up_at_the_next_opening(path: Path) -> None:
    restore(path, list_backups(path)[-1])
    _edit(path, "恢复之后")
    with Store.open(path) as store:
        assert store.opening_backup is not None
    restore(path, list_backups(path)[-1])
    restore(path, list_backups(path)[0])
    assert _goal(path) == "恢复之后"


def test_that_a_restored_store_is_backed_up_when_the_backup_it_came_from_is_gone(path: Path) -> None:
    chosen = list_backups(path)[-1]
    restore(path, chosen)
    chosen.path.unlink()
    with Store.open(path) as store:
        assert store.opening_backup is not None


def test_that_a_restore_does_not_rely_on_a_backup_that_was_spoilt_since(path: Path) -> None:
    newest = _back_up(path)
    newest.path.write_bytes(newest.path.read_bytes()[:-1] + b"?")
    done = restore(path, list_backups(path)[-1])
    assert done.kept not in (None, newest.path)
    assert list_backups(path)[0].reason == "恢复备份之前"


def test_that_a_store_restored_from_the_backup_of_another_is_backed_up_when_it_is_opened(
    path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "b.jixiao"
    new_store(other, project()).close()
    _back_up(other)
    restore(other, list_backups(path)[-1])
    with Store.open(other) as store:
        assert store.opening_backup is not None


def test_that_numbers_go_on_after_a_restore_that_made_no_backup(path: Path) -> None:
    newest = _back_up(path)
    restore(path, list_backups(path)[-1])
    assert _back_up(path).sequence == newest.sequence + 1


# What is pushed out


def test_that_backups_made_on_purpose_are_not_pushed_out_by_automatic_ones(path: Path) -> None:
    made = _back_up(path)
    assert made.is_by_hand
    for number in range(2 * KEPT):
        _edit(path, f"以后{number}")
    kept = list_backups(path)
    assert made in kept
    assert len([backup for backup in kept if not backup.is_by_hand]) == KEPT


def test_that_automatic_backups_are_not_pushed_out_by_those_made_on_purpose(path: Path) -> None:
    automatic = list_backups(path)
    made = [_back_up(path) for _ in range(KEPT + 3)]
    kept = list_backups(path)
    assert [backup for backup in kept if backup.is_by_hand] == made[: -KEPT - 1 : -1]
    assert tuple(backup for backup in kept if not backup.is_by_hand) == automatic


def test_that_a_restore_leaves_ten_automatic_backups_beside_the_one_it_took(path: Path) -> None:
    for number in range(KEPT):
        _edit(path, f"以后{number}")
    for number in range(3):
        oldest = list_backups(path)[-1]
        restore(path, oldest)
        kept = list_backups(path)
        assert oldest in kept
        assert len(kept) == KEPT + 1
        with Store.open(path) as store:
            change = set_goal(project(), f"又{number}", before=goal_of(store.project("p1")))
            store.apply("改", (change,))
