"""Stores of shared folders: edited here, written back whole, and never over what somebody else left there."""

from __future__ import annotations

import errno
import os
import platform
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from model.errors import UserError
from storage.files import atomic
from storage.files.atomic import clean_leftovers
from storage.files.exchange import exchanged, name_between
from storage.store.lock import LockedError, holder_of, lock_path
from storage.store.refusal import UnreadableError
from storage.store.sqlite import Store
from storage.working_copy.copy import WorkingCopy, opened
from storage.working_copy.found import found_again
from storage.working_copy.owner import HeldElsewhereError
from storage.working_copy.place import Generation, Place, generation_of
from storage.working_copy.trouble import AwayError, ChangedError, NotWrittenBackError
from tests.storage.builders import die, fingerprint, in_child, needs_fork
from tests.storage.working_copy.shared import (
    OTHER,
    change_from_elsewhere,
    die_with,
    edit,
    goal,
    goal_in,
    name_holder,
)

EACH = 13  # 1 tries every step, and takes half a minute
FIRST = "保障信息系统安全稳定运行。"


def names_beside(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.parent.iterdir())


def test_that_nothing_is_edited_in_the_folder_until_it_is_written_back_whole(path: Path) -> None:
    before = fingerprint(path.parent)
    copy = WorkingCopy.open(path)
    edit(copy.store, "新的目标")
    assert copy.has_more
    assert copy.written is None
    assert {name: digest for name, digest in fingerprint(path.parent).items() if not name.endswith(".lock")} == before
    assert copy.write_back()
    assert isinstance(copy.written, datetime)
    assert not copy.has_more
    assert not copy.write_back()
    assert goal_in(path) == "新的目标"
    copy.close()
    assert names_beside(path) == ["绩效.jixiao"]


def test_that_closing_writes_back_and_the_next_opening_goes_on_in_the_same_copy(path: Path) -> None:
    copy = WorkingCopy.open(path)
    edit(copy.store, "新的目标")
    copy.close()
    copy.close()
    assert goal_in(path) == "新的目标"
    again = WorkingCopy.open(path)
    assert (goal(again.store), again.told, again.trouble) == ("新的目标", "", None)
    assert [entry.label for entry in again.store.undo_history()[0]][-1] == "改目标"
    again.close()


def test_that_what_others_wrote_meanwhile_is_taken_when_nothing_waits_here(path: Path) -> None:
    WorkingCopy.open(path).close()
    change_from_elsewhere(path, "别人的目标")
    copy = WorkingCopy.open(path)
    assert (goal(copy.store), copy.told, copy.trouble) == ("别人的目标", "", None)
    copy.close()


def test_that_a_file_changed_elsewhere_is_never_overwritten(path: Path) -> None:
    copy = WorkingCopy.open(path)
    edit(copy.store, "我的目标")
    change_from_elsewhere(path, "别人的目标")
    name_holder(path, OTHER)
    with pytest.raises(ChangedError, match=r"张三（PC-02）改动（文件时间 20\d\d-\d\d-\d\d\u00a0\d\d:") as told:
        copy.write_back()
    assert "没有丢失" in str(told.value)
    copy.close()
    assert goal_in(path) == "别人的目标"
    assert holder_of(path) == OTHER


def test_that_a_change_of_the_very_last_moment_is_seen(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = WorkingCopy.open(path)
    edit(copy.store, "我的目标")
    real = atomic.flush

    def flush(file: Path) -> None:
        real(file)
        if file.parent == path.parent:
            monkeypatch.setattr(atomic, "flush", real)
            change_from_elsewhere(path, "别人的目标")

    monkeypatch.setattr(atomic, "flush", flush)
    with pytest.raises(ChangedError):
        copy.write_back()
    copy.close()
    assert goal_in(path) == "别人的目标"


def test_that_a_file_that_comes_while_the_copy_takes_its_place_is_put_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = WorkingCopy.open(path)
    edit(copy.store, "我的目标")

    def exchange(source: Path, target: Path) -> Path | None:
        monkeypatch.setattr(atomic, "exchanged", exchanged)
        change_from_elsewhere(path, "别人的目标")
        return exchanged(source, target)

    monkeypatch.setattr(atomic, "exchanged", exchange)
    with pytest.raises(ChangedError):
        copy.write_back()
    copy.close()
    assert goal_in(path) == "别人的目标"
    assert [one.name for one in path.parent.iterdir() if one.name.startswith(".~")] == []


@pytest.mark.skipif(os.name == "nt", reason="there a whole path, not its name, is what becomes too long")
def test_that_the_longest_name_leaves_room_for_a_copy_beside_it(path: Path) -> None:
    long = path.rename(path.with_name(f"{'绩' * 74}.jixiao"))
    copy = WorkingCopy.open(long)
    edit(copy.store, "我的目标")
    beside = copy.save_beside()
    copy.close()
    assert " 的版本 " in beside.name
    assert goal_in(beside) == "我的目标"


@needs_fork
def test_that_what_a_kill_left_of_somebody_elses_file_between_two_names_is_found_again_and_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = WorkingCopy.open(path)
    edit(copy.store, "我的目标")

    def exchange(source: Path, target: Path) -> None:
        change_from_elsewhere(path, "别人的目标")
        exchanged(source, target)
        die()

    def work() -> None:
        monkeypatch.setattr(atomic, "exchanged", exchange)
        copy.write_back()

    assert in_child(work) == -signal.SIGKILL
    die_with(copy)
    lock_path(path).unlink()
    clean_leftovers(path.parent)
    after = WorkingCopy.open(path)
    (kept,) = path.parent.glob("*（别处的修改 *）.jixiao")
    assert (goal_in(kept), goal_in(path), goal(after.store)) == ("别人的目标", "我的目标", "我的目标")
    assert f"“{kept.name}”" in after.told
    after.close()
    WorkingCopy.open(path).close()
    assert sorted(names_beside(path)) == sorted([path.name, kept.name])


def test_that_nothing_left_between_two_names_goes_while_the_file_itself_is_missing(path: Path) -> None:
    known = {generation_of(path).digest}
    left = path.rename(name_between(path))
    assert found_again(path, known) == ()
    assert left.exists()


@needs_fork
@pytest.mark.parametrize("is_exchanged", [False, True])
def test_that_what_a_kill_left_between_two_names_goes_where_it_is_nobody_elses(
    path: Path, monkeypatch: pytest.MonkeyPatch, is_exchanged: bool
) -> None:
    copy = WorkingCopy.open(path)
    edit(copy.store, "我的目标")

    def exchange(source: Path, target: Path) -> None:
        if is_exchanged:
            exchanged(source, target)
        die()

    def work() -> None:
        monkeypatch.setattr(atomic, "exchanged", exchange)
        copy.write_back()

    assert in_child(work) == -signal.SIGKILL
    die_with(copy)
    lock_path(path).unlink()
    after = WorkingCopy.open(path)
    assert "别处" not in after.told
    after.close()
    assert (names_beside(path), goal_in(path)) == ([path.name], "我的目标")


def test_that_a_file_that_comes_right_behind_the_copy_is_not_taken_for_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = WorkingCopy.open(path)
    edit(copy.store, "我的目标")

    def exchange(source: Path, target: Path) -> Path | None:
        monkeypatch.setattr(atomic, "exchanged", exchanged)
        kept = exchanged(source, target)
        change_from_elsewhere(path, "别人的目标")
        return kept

    monkeypatch.setattr(atomic, "exchanged", exchange)
    with pytest.raises(ChangedError):
        copy.write_back()
    edit(copy.store, "我的另一个目标")
    with pytest.raises(ChangedError):
        copy.write_back()
    copy.close()
    assert goal_in(path) == "别人的目标"


def test_that_a_file_of_the_same_size_and_tick_of_the_clock_is_another_one(path: Path) -> None:
    there = generation_of(path)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(there.modified, there.modified))
    assert not there.is_of(path)


def test_that_both_sides_of_a_conflict_are_kept_and_the_other_one_can_be_opened(path: Path) -> None:
    copy = WorkingCopy.open(path)
    edit(copy.store, "我的目标")
    change_from_elsewhere(path, "别人的目标")
    die_with(copy)
    copy = WorkingCopy.open(path)
    assert isinstance(copy.trouble, ChangedError)
    assert goal(copy.store) == "我的目标"
    assert "另一台电脑" in copy.told
    mine = [copy.save_beside(), copy.save_beside()]
    assert all(" 的版本 " in one.name and one.parent == path.parent for one in mine)
    assert len(set(mine)) == 2
    copy.give_way()
    copy.close()
    assert goal_in(path) == "别人的目标"
    again = WorkingCopy.open(path)
    assert (goal(again.store), again.told, again.trouble) == ("别人的目标", "", None)
    again.close()
    with Store.open(mine[0]) as store:
        assert goal(store) == "我的目标"


def test_that_one_who_merely_touched_the_file_changed_nothing(path: Path) -> None:
    copy = WorkingCopy.open(path)
    edit(copy.store, "我的目标")
    os.utime(path, (1, 1))
    assert copy.write_back()
    copy.close()


def test_that_work_goes_on_while_the_folder_is_away_and_is_written_back_afterwards(path: Path, tmp_path: Path) -> None:
    copy = WorkingCopy.open(path)
    away = tmp_path / "away"
    path.parent.rename(away)
    edit(copy.store, "我的目标")
    with pytest.raises(AwayError, match="现在连不上"):
        copy.write_back()
    copy.close()
    copy = WorkingCopy.open(path)
    assert isinstance(copy.trouble, AwayError)
    assert goal(copy.store) == "我的目标"
    edit(copy.store, "第二个目标")
    away.rename(path.parent)
    assert copy.write_back()
    assert copy.trouble is None
    copy.close()
    assert goal_in(path) == "第二个目标"


def test_that_a_drive_that_does_not_answer_is_away_and_lets_the_copy_be_closed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = WorkingCopy.open(path)
    edit(copy.store, "我的目标")
    real = os.stat

    def stat(asked: Any, *arguments: Any, **more: Any) -> os.stat_result:
        if str(asked).startswith(str(path.parent)):
            raise OSError(errno.EHOSTDOWN, "the computer is down")
        return real(asked, *arguments, **more)

    def look(asked: Path) -> Generation:
        if asked.parent == path.parent:
            raise OSError(errno.EHOSTDOWN, "the computer is down")
        return generation_of(asked)

    monkeypatch.setattr(os, "stat", stat)
    monkeypatch.setattr("storage.working_copy.there.generation_of", look)
    with pytest.raises(AwayError, match="现在连不上"):
        copy.write_back()
    copy.close()
    again = WorkingCopy.open(path)
    assert isinstance(again.trouble, AwayError)
    assert goal(again.store) == "我的目标"
    again.close()


def test_that_a_file_that_is_gone_is_not_made_anew_by_itself(path: Path) -> None:
    copy = WorkingCopy.open(path)
    edit(copy.store, "我的目标")
    path.unlink()
    with pytest.raises(AwayError, match="已不在原处"):
        copy.write_back()
    copy.close()
    assert not path.exists()


def test_that_a_folder_that_takes_nothing_is_told_and_loses_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = WorkingCopy.open(path)
    edit(copy.store, "我的目标")
    real = shutil.copyfile

    def refuse(source: Path, target: Path) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr("storage.working_copy.copy.shutil.copyfile", refuse)
    with pytest.raises(NotWrittenBackError, match="磁盘空间不足"):
        copy.write_back()
    monkeypatch.setattr("storage.working_copy.copy.shutil.copyfile", real)
    assert goal_in(path) == FIRST
    assert copy.write_back()
    copy.close()


def test_that_what_the_network_garbled_does_not_take_the_place_of_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = WorkingCopy.open(path)
    edit(copy.store, "我的目标")

    def garble(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:-1] + b"?")

    monkeypatch.setattr("storage.working_copy.copy.shutil.copyfile", garble)
    with pytest.raises(NotWrittenBackError, match="不一致"):
        copy.write_back()
    monkeypatch.undo()
    copy.store.close()
    assert goal_in(path) == FIRST


def test_that_a_killed_program_has_its_changes_found_and_written_back(path: Path) -> None:
    copy = WorkingCopy.open(path)
    edit(copy.store, "我的目标")
    die_with(copy)
    assert lock_path(path).exists()
    copy = WorkingCopy.open(path)
    assert "已找回" in copy.told
    assert goal(copy.store) == "我的目标"
    copy.close()
    assert goal_in(path) == "我的目标"


def test_that_somebody_on_another_computer_is_named_and_never_overruled(path: Path) -> None:
    name_holder(path, OTHER)
    before = fingerprint(path.parent)
    for _ in range(2):
        with pytest.raises(HeldElsewhereError, match=r"张三（PC-02）编辑（自 2026-11-21 14:32 起，已 \d+ 天）"):
            WorkingCopy.open(path)
    assert fingerprint(path.parent) == before
    lock_path(path).unlink()
    copy = WorkingCopy.open(path)
    edit(copy.store, "我的目标")
    name_holder(path, OTHER)
    with pytest.raises(NotWrittenBackError, match="张三（PC-02）"):
        copy.write_back()
    copy.close()
    assert holder_of(path) == OTHER
    with pytest.raises(HeldElsewhereError):  # with changes that wait here, too
        WorkingCopy.open(path)


@needs_fork
def test_that_what_another_program_of_this_computer_left_is_taken_over_once_it_runs_no_more(path: Path) -> None:
    ended = os.fork()
    if ended == 0:
        os._exit(0)
    os.waitpid(ended, 0)
    name_holder(path, replace(OTHER, host=platform.node(), pid=os.getpid()))
    with pytest.raises(HeldElsewhereError):
        WorkingCopy.open(path)
    name_holder(path, replace(OTHER, host=platform.node(), pid=ended))
    copy = WorkingCopy.open(path)
    assert goal(copy.store) == FIRST
    copy.close()
    assert names_beside(path) == ["绩效.jixiao"]


def test_that_a_second_opening_by_the_same_person_is_refused_in_words_about_her_file(path: Path) -> None:
    copy = WorkingCopy.open(path)
    with pytest.raises(LockedError, match="正在被") as told:
        WorkingCopy.open(path)
    assert str(path) in str(told.value)
    assert str(copy.store.path) not in str(told.value)
    copy.close()


def test_that_a_store_open_in_place_is_not_copied_from_under_itself(path: Path) -> None:
    with Store.open(path), pytest.raises(LockedError):
        WorkingCopy.open(path)


def test_that_a_file_that_is_none_is_told_as_such_and_nothing_is_made_beside_it(path: Path) -> None:
    path.write_bytes(b"a letter")
    with pytest.raises(UnreadableError, match="不是绩效填报助手的文件"):
        WorkingCopy.open(path)
    path.unlink()
    with pytest.raises(UserError, match="找不到文件"):
        WorkingCopy.open(path)
    assert names_beside(path) == []


def test_that_a_damaged_file_does_not_take_the_place_of_a_sound_copy(path: Path) -> None:
    WorkingCopy.open(path).close()
    kept = Place.of(path).store.read_bytes()
    path.write_bytes(path.read_bytes()[:8192])
    with pytest.raises(UnreadableError, match=r"“绩效.jixiao.备份”") as told:
        WorkingCopy.open(path)
    assert str(path) in str(told.value)
    assert Place.of(path).store.read_bytes() == kept
    assert names_beside(path) == ["绩效.jixiao"]


def test_that_a_damaged_copy_is_set_aside_and_the_file_is_taken_anew(path: Path) -> None:
    copy = WorkingCopy.open(path)
    place = copy.store.path
    copy.close()
    place.write_bytes(b"x" * 8192)
    copy = WorkingCopy.open(path)
    assert "本机副本已损坏" in copy.told
    assert goal(copy.store) == FIRST
    copy.close()
    assert (place.parent / "损坏的副本-1.jixiao").read_bytes() == b"x" * 8192


def test_that_a_note_nobody_can_read_makes_a_difference_a_conflict_and_no_difference_none(path: Path) -> None:
    copy = WorkingCopy.open(path)
    note = copy.store.path.parent / "本机副本.json"
    copy.close()
    note.write_text("{", encoding="utf-8")
    copy = WorkingCopy.open(path)
    assert isinstance(copy.trouble, ChangedError)
    copy.give_way()
    copy.close()
    copy = WorkingCopy.open(path)
    assert copy.trouble is None
    copy.close()


def test_that_a_file_a_killed_program_edited_in_place_is_made_whole_before_it_is_taken(path: Path) -> None:
    journal = path.with_name(f"{path.name}-journal")
    journal.write_bytes(b"x" * 600)  # no journal of SQLite's: nothing is played back
    copy = WorkingCopy.open(path)
    assert goal(copy.store) == FIRST
    copy.close()


def test_that_a_link_stays_one(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "链接.jixiao"
    link.symlink_to(path)
    with opened(link) as store:
        edit(store, "我的目标")
    assert link.is_symlink()
    assert goal_in(path) == "我的目标"


def test_that_what_is_done_at_once_is_written_back_at_once_or_refused(path: Path) -> None:
    with opened(path) as store:
        edit(store, "我的目标")
    assert goal_in(path) == "我的目标"
    copy = WorkingCopy.open(path)
    edit(copy.store, "第二个目标")
    change_from_elsewhere(path, "别人的目标")
    die_with(copy)
    with pytest.raises(ChangedError), opened(path):
        raise AssertionError("never begun")


def test_that_rights_to_the_file_stay_as_they_were(path: Path) -> None:
    path.chmod(0o664)
    with opened(path) as store:
        edit(store, "我的目标")
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o664
        assert Place.of(path).store.stat().st_mode & 0o777 == 0o600


def _killed_at(step: int, work: Callable[[], None], folders: tuple[Path, ...]) -> bool:
    """Do ``work`` in a process that is killed before its n-th step on a file of these folders; whether it was."""

    def child() -> None:
        left = step

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal left
            if event in {"open", "os.rename", "os.remove", "os.mkdir", "sqlite3.connect"} and any(
                str(folder) in str(arguments[0]) for folder in folders
            ):
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        work()

    return in_child(child) == -signal.SIGKILL


@needs_fork
def test_that_a_kill_before_any_step_of_writing_back_loses_nothing_and_makes_no_conflict(path: Path) -> None:
    step, text = 0, ""

    def work() -> None:
        copy.write_back()
        copy.close()

    while True:
        text = f"目标{step}"
        copy = WorkingCopy.open(path)
        edit(copy.store, text)
        place = copy.store.path.parent
        was_killed = _killed_at(step, work, (path.parent, place))
        die_with(copy)
        lock_path(path).unlink(missing_ok=True)
        assert goal_in(path) in {text, f"目标{step - EACH}", FIRST}
        after = WorkingCopy.open(path)
        assert (goal(after.store), after.trouble) == (text, None)
        after.close()
        assert goal_in(path) == text
        assert names_beside(path) == ["绩效.jixiao"]
        if not was_killed:
            break
        step += EACH
    assert step > 3 * EACH


@needs_fork
def test_that_a_kill_before_any_step_of_taking_leaves_the_old_or_the_new_and_no_conflict(path: Path) -> None:
    WorkingCopy.open(path).close()
    place, step = Place.of(path).folder, 0

    def work() -> None:
        WorkingCopy.open(path, backing_up=False).close()

    while True:
        text = f"别人的目标{step}"
        change_from_elsewhere(path, text)
        was_killed = _killed_at(step, work, (path.parent, place))
        after = WorkingCopy.open(path)
        assert (goal(after.store), after.trouble) == (text, None)
        after.close()
        assert names_beside(path) == ["绩效.jixiao"]
        if not was_killed:
            break
        step += EACH
    assert step > 3 * EACH
