from __future__ import annotations

import errno
import os
import signal
import stat
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from model.errors import UserError
from storage.files import atomic
from storage.files.atomic import (
    OtherFileError,
    clean_leftovers,
    folder_beside,
    is_there,
    replace_file,
    replacing,
    temporary_beside,
)
from storage.files.exchange import exchanged, left_between, name_that_stays
from storage.store.sqlite import Store
from tests.storage.builders import die, in_child, needs_fork

DAY = 24 * 60 * 60


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "绩效目标表.xlsx"
    path.write_bytes(b"old")
    return path


def _fail(code: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


def test_that_the_new_file_takes_the_place_of_the_old_one_and_nothing_is_left_over(target: Path) -> None:
    with replacing(target) as beside:
        assert beside.parent == target.parent
        beside.write_bytes(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert os.listdir(target.parent) == [target.name]


def _is_old(path: Path) -> bool:
    return path.read_bytes() == b"old"


def test_that_a_file_is_replaced_only_while_it_is_the_one_that_was_meant(target: Path) -> None:
    with replacing(target, only_over=_is_old) as beside:
        beside.write_bytes(b"new")
    assert (target.read_bytes(), os.listdir(target.parent)) == (b"new", [target.name])
    with pytest.raises(OtherFileError), replacing(target, only_over=_is_old) as beside:
        beside.write_bytes(b"newer")
    assert (target.read_bytes(), os.listdir(target.parent)) == (b"new", [target.name])


def _hers_comes_behind(target: Path) -> Callable[[Path], bool]:
    """What is asked of the file: right after the first answer somebody else's lies there."""
    theirs = target.with_name("theirs")
    theirs.write_bytes(b"hers")

    def is_old(path: Path) -> bool:
        answer = _is_old(path)
        if theirs.exists():
            theirs.replace(target)
        return answer

    return is_old


def test_that_a_file_that_comes_in_the_last_moment_is_put_back(target: Path) -> None:
    with pytest.raises(OtherFileError), replacing(target, only_over=_hers_comes_behind(target)) as beside:
        beside.write_bytes(b"new")
    assert (target.read_bytes(), os.listdir(target.parent)) == (b"hers", [target.name])


def test_that_a_file_that_was_replaced_and_cannot_be_read_is_put_back(target: Path) -> None:
    def is_old(path: Path) -> bool:
        if path != target:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return _is_old(path)

    with pytest.raises(OtherFileError), replacing(target, only_over=is_old) as beside:
        beside.write_bytes(b"new")
    assert (target.read_bytes(), os.listdir(target.parent)) == (b"old", [target.name])


def test_that_a_file_that_cannot_be_put_back_gets_a_name_that_stays(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def once(source: Path, target: Path) -> Path | None:
        monkeypatch.setattr(atomic, "exchanged", _fail(errno.EIO))
        return exchanged(source, target)

    monkeypatch.setattr(atomic, "exchanged", once)
    with pytest.raises(UserError), replacing(target, only_over=_hers_comes_behind(target)) as beside:
        beside.write_bytes(b"new")
    (kept,) = target.parent.glob("*（别处的修改 *）.xlsx")
    assert (kept.read_bytes(), target.read_bytes()) == (b"hers", b"new")


def test_that_a_file_that_could_not_change_places_is_untouched_and_nothing_is_left_beside_it(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic, "exchanged", _fail(errno.EIO))
    with pytest.raises(UserError), replacing(target, only_over=_is_old) as beside:
        beside.write_bytes(b"new")
    assert (target.read_bytes(), os.listdir(target.parent)) == (b"old", [target.name])


@needs_fork
def test_that_what_a_kill_left_between_two_names_is_not_cleaned_away(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exchange(source: Path, target: Path) -> None:
        exchanged(source, target)
        die()

    def begin() -> None:
        monkeypatch.setattr(atomic, "exchanged", exchange)
        with replacing(target, only_over=_hers_comes_behind(target)) as beside:
            beside.write_bytes(b"new")

    assert in_child(begin) == -signal.SIGKILL
    (left,) = left_between(target)
    os.utime(left, (0, 0))
    clean_leftovers(target.parent)
    assert (left.read_bytes(), target.read_bytes()) == (b"hers", b"new")


def test_that_a_file_is_put_back_by_an_ordinary_move_where_the_step_is_refused_the_second_time(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def once(source: Path, target: Path) -> Path | None:
        monkeypatch.setattr(atomic, "exchanged", lambda *_: None)
        return exchanged(source, target)

    monkeypatch.setattr(atomic, "exchanged", once)
    with pytest.raises(OtherFileError), replacing(target, only_over=_hers_comes_behind(target)) as beside:
        beside.write_bytes(b"new")
    assert (target.read_bytes(), os.listdir(target.parent)) == (b"hers", [target.name])


def test_that_a_file_is_replaced_where_no_step_gives_the_other_back(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic, "exchanged", lambda *_: None)
    with replacing(target, only_over=_is_old) as beside:
        beside.write_bytes(b"new")
    assert (target.read_bytes(), os.listdir(target.parent)) == (b"new", [target.name])


def test_that_the_name_that_stays_fits_beside_the_longest_name(tmp_path: Path) -> None:
    target = tmp_path / f"{'目' * 82}.xlsx"
    target.touch()
    kept = name_that_stays(target)
    target.rename(kept)
    assert "（别处的修改 " in kept.name
    assert kept.suffix == ".xlsx"


def test_that_two_files_change_places_in_one_step(target: Path) -> None:
    source = target.with_name("new")
    source.write_bytes(b"new")
    kept = exchanged(source, target)
    assert kept is not None
    assert (kept.read_bytes(), target.read_bytes(), len(os.listdir(target.parent))) == (b"old", b"new", 2)
    with pytest.raises(FileNotFoundError):
        exchanged(target.with_name("gone"), target)
    assert target.read_bytes() == b"new"


def test_that_a_target_that_was_not_there_is_made(tmp_path: Path) -> None:
    with replacing(tmp_path / "a.json") as beside:
        beside.write_text("{}", "utf-8")
    assert (tmp_path / "a.json").read_text("utf-8") == "{}"


def test_that_an_error_in_the_middle_leaves_the_old_file_and_no_rubbish(target: Path) -> None:
    with pytest.raises(ZeroDivisionError), replacing(target) as beside:
        beside.write_bytes(b"half"[: 1 // 0])
    assert target.read_bytes() == b"old"
    assert os.listdir(target.parent) == [target.name]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EROFS, "权限"),
        (errno.EACCES, "权限"),
        (errno.EIO, f"出错（系统错误 {errno.EIO}）"),
    ],
)
def test_that_a_disk_that_fails_while_writing_is_told_in_words(target: Path, code: int, message: str) -> None:
    with pytest.raises(UserError, match=message) as refusal, replacing(target):
        _fail(code)()
    assert "原有文件完好无损" in str(refusal.value)
    assert str(target) in str(refusal.value)
    assert target.read_bytes() == b"old"


def test_that_a_full_disk_at_the_last_flush_keeps_the_old_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", _fail(errno.ENOSPC))
    with pytest.raises(UserError, match="磁盘空间不足"), replacing(target) as beside:
        beside.write_bytes(b"new")
    assert target.read_bytes() == b"old"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such call")
def test_that_a_drive_that_cannot_flush_a_folder_takes_files_and_one_that_fails_is_told(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, code = os.fsync, errno.EINVAL

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(code, "no such call")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with replacing(target) as beside:
        beside.write_bytes(b"new")
    assert target.read_bytes() == b"new"
    code = errno.EIO
    with pytest.raises(UserError, match="出错"), replacing(target) as beside:
        beside.write_bytes(b"newer")


@pytest.mark.parametrize(
    ("code", "message"),
    [(errno.EACCES, "文件夹“.*”是只读的"), (errno.EROFS, "只读"), (errno.ENOSPC, "磁盘空间不足"), (errno.EIO, "出错")],
)
def test_that_a_folder_that_cannot_be_written_is_told(
    target: Path, monkeypatch: pytest.MonkeyPatch, code: int, message: str
) -> None:
    monkeypatch.setattr(os, "open", _fail(code))
    with pytest.raises(UserError, match=message), replacing(target):
        pytest.fail("there is nothing to write to")
    assert target.read_bytes() == b"old"


def test_that_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不存在"):
        temporary_beside(tmp_path / "没有" / "a.xlsx")


def test_that_a_folder_that_cannot_be_made_beside_a_target_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"文件夹“.*没有”不存在"), folder_beside(tmp_path / "没有" / "a.jixiao"):
        pytest.fail("there is nothing to write to")
    assert os.listdir(tmp_path) == []


def test_that_a_target_that_is_busy_for_a_moment_is_waited_for(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, refusals, pauses = os.replace, [1, 2, 3, 4], []

    def busy(source: Path, to: Path) -> None:
        if refusals:
            refusals.pop()
            raise PermissionError(13, "used by another process")
        real(source, to)

    monkeypatch.setattr(os, "replace", busy)
    beside, _ = temporary_beside(target)
    replace_file(beside, target, lambda: pauses.append(1))
    assert target.read_bytes() == b""
    assert len(pauses) == 4


def test_that_a_target_open_in_excel_is_told_and_stays_whole(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "replace", _fail(errno.EACCES))
    monkeypatch.setattr(time, "sleep", lambda _: None)
    with pytest.raises(UserError, match="Excel") as refusal, replacing(target) as beside:
        beside.write_bytes(b"new")
    assert "绩效目标表(1).xlsx" in str(refusal.value)
    assert target.read_bytes() == b"old"
    assert os.listdir(target.parent) == [target.name]


def test_that_all_the_waiting_stays_within_two_seconds() -> None:
    assert atomic._ATTEMPTS == 5
    assert (atomic._ATTEMPTS - 1) * atomic._PAUSE_MILLISECONDS <= 2000


def test_that_leftovers_of_a_kill_are_cleaned_after_a_day_and_nothing_else(tmp_path: Path) -> None:
    now = int(time.time())
    ages = {
        f".~{'a' * 32}.tmp": 2 * DAY,
        f".~{'a' * 32}.tmp-journal": 2 * DAY,
        f".~{'b' * 32}.tmp": DAY // 2,
        ".~wps.tmp": 2 * DAY,
        "~$报表.xlsx": 2 * DAY,
        "a.tmp": 2 * DAY,
    }
    for name, age in ages.items():
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (now - age, now - age))
    clean_leftovers(tmp_path)
    assert sorted(os.listdir(tmp_path)) == [f".~{'b' * 32}.tmp", ".~wps.tmp", "a.tmp", "~$报表.xlsx"]


def _left_by_a_kill(work: Callable[[], AbstractContextManager[Path]]) -> None:
    def begin() -> None:
        with work() as beside:
            inner = beside / "绩效.jixiao" if beside.is_dir() else beside.with_name(f"{beside.name}-journal")
            inner.touch()
            die()

    assert in_child(begin) == -signal.SIGKILL


@needs_fork
@pytest.mark.parametrize("work", [replacing, folder_beside])
def test_that_what_a_kill_left_goes_the_next_time_and_what_is_in_use_stays(
    target: Path, work: Callable[[Path], AbstractContextManager[Path]]
) -> None:
    _left_by_a_kill(lambda: work(target))
    assert len(os.listdir(target.parent)) > 1
    with work(target) as beside:
        clean_leftovers(target.parent)
        assert sorted(os.listdir(target.parent)) == sorted([target.name, beside.name])
    assert os.listdir(target.parent) == [target.name]


@needs_fork
def test_that_what_another_computer_is_writing_stays_for_a_day(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _left_by_a_kill(lambda: replacing(target))
    monkeypatch.setattr(atomic, "_this_computer", lambda: "00000000")
    before = sorted(os.listdir(target.parent))
    clean_leftovers(target.parent)
    assert sorted(os.listdir(target.parent)) == before


def test_that_nobody_else_may_read_an_export_until_it_is_whole(tmp_path: Path) -> None:
    with replacing(tmp_path / "a.xlsx") as beside:
        assert beside.stat().st_mode & 0o077 == 0


def test_that_a_folder_left_by_a_kill_is_cleaned_with_all_that_is_in_it(target: Path) -> None:
    left = target.parent / f".~{'c' * 32}.tmp"
    left.mkdir()
    (left / "绩效.jixiao").touch()
    long_ago = int(time.time()) - 2 * DAY
    os.utime(left, (long_ago, long_ago))
    with folder_beside(target) as beside:
        assert [path.name for path in target.parent.iterdir() if path != target] == [beside.name]
    assert os.listdir(target.parent) == [target.name]


def test_that_a_folder_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(UserError, match="xlsx”是一个文件夹"), replacing(tmp_path / "a.xlsx"):
        pytest.fail("there is nothing to write to")
    assert os.listdir(tmp_path) == ["a.xlsx"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe with a name")
def test_that_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xlsx")
    with pytest.raises(UserError, match="不是普通文件"), replacing(tmp_path / "a.xlsx"):
        pytest.fail("there is nothing to write to")


def test_that_a_file_marked_read_only_is_not_replaced(target: Path) -> None:
    target.chmod(0o444)
    with pytest.raises(UserError, match="只读"), replacing(target):
        pytest.fail("there is nothing to write to")
    assert target.read_bytes() == b"old"


def test_that_the_store_in_use_is_not_replaced_by_an_export(store: Store) -> None:
    before = store.path.read_bytes()
    with pytest.raises(UserError, match="正在使用的绩效文件"), replacing(store.path):
        pytest.fail("there is nothing to write to")
    assert store.path.read_bytes() == before


def test_that_a_name_no_file_can_have_is_not_called_free(tmp_path: Path) -> None:
    assert not is_there(tmp_path / "a.xlsx")
    with pytest.raises(UserError, match="过长"):
        is_there(tmp_path / f"{'长' * 300}.xlsx")


def test_that_a_name_too_long_for_the_disk_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="过长"), replacing(tmp_path / f"{'长' * 300}.xlsx"):
        pytest.fail("there is nothing to write to")
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows files take the rights of their folder")
def test_that_a_replaced_workbook_stays_as_open_as_it_was(target: Path) -> None:
    target.chmod(0o660)
    with replacing(target) as beside:
        beside.write_bytes(b"new")
    assert target.stat().st_mode & 0o777 == 0o660


@needs_fork
def test_that_a_kill_while_writing_leaves_the_old_file(target: Path) -> None:
    def write_and_die() -> None:
        with replacing(target) as beside:
            beside.write_bytes(b"half")
            die()

    assert in_child(write_and_die) != 0
    assert target.read_bytes() == b"old"


@pytest.mark.skipif(os.name == "nt", reason="Windows files take the rights of their folder")
@pytest.mark.parametrize(("private", "mode"), [(True, 0o600), (False, 0o644)])
def test_that_an_export_can_be_read_by_colleagues_and_a_store_by_its_owner_alone(
    tmp_path: Path, private: bool, mode: int
) -> None:
    before = os.umask(0o022)
    try:
        with replacing(tmp_path / "a", private=private) as beside:
            beside.write_text("x", encoding="utf-8")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == mode
