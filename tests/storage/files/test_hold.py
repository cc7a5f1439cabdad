from __future__ import annotations

import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from model.errors import UserError
from storage.files.atomic import replacing
from storage.files.hold import HeldError, Hold, is_held_here
from storage.importing.plan import read_files
from storage.store.copies import copy_file
from storage.store.lock import LockedError, holder_of
from storage.store.sqlite import Store
from tests.storage.builders import goal_of, in_child, needs_fork, new_store, project, set_goal

needs_own_locks = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a lock belongs to a handle anyhow")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.jixiao"
    new_store(path, project()).close()
    return path


def own_name(path: Path) -> Path:
    return path


def relative_path(path: Path) -> Path:
    return Path(os.path.relpath(path))


def through_a_folder(path: Path) -> Path:
    (path.parent / "b").mkdir()
    return path.parent / "b" / ".." / path.name


def symbolic_link(path: Path) -> Path:
    link = path.parent / "link.jixiao"
    link.symlink_to(path)
    return link


def hard_link(path: Path) -> Path:
    link = path.parent / "hard.jixiao"
    os.link(path, link)
    return link


def linked_workbook(path: Path) -> Path:
    link = path.parent / "a.xlsx"
    os.link(path, link)
    return link


NAMES = (own_name, relative_path, through_a_folder, symbolic_link, hard_link)


def a_second_program_is_refused(path: Path) -> bool:
    def second() -> None:
        try:
            Store.open(path).close()
        except LockedError:
            os._exit(3)

    return in_child(second) == 3


def read(path: Path) -> object:
    return read_files([path])


def replace(path: Path) -> object:
    with replacing(path) as beside:
        beside.write_text("")
    return None


def copy(path: Path) -> object:
    copy_file(path, path.with_name("copy.jixiao"))
    return None


@needs_fork
@pytest.mark.parametrize("use", [Store.open, read, replace, copy], ids=["open", "import", "export over it", "copy"])
@pytest.mark.parametrize("name", NAMES)
def test_that_an_open_store_is_known_by_every_name_and_looking_at_it_again_does_not_end_its_lock(
    path: Path, name: Callable[[Path], Path], use: Callable[[Path], object]
) -> None:
    with Store.open(path) as store:
        alias = name(path)
        with pytest.raises(UserError):
            use(alias)
        assert a_second_program_is_refused(path)
        assert a_second_program_is_refused(alias)
        store.apply("改", (set_goal(project(), "第一个程序"),))
    with Store.open(path) as store:
        assert goal_of(store.projects()[0]) == "第一个程序"


@needs_fork
def test_that_a_link_called_like_a_workbook_is_not_looked_into(path: Path) -> None:
    with Store.open(path):
        with pytest.raises(LockedError):
            read_files([linked_workbook(path)])
        assert a_second_program_is_refused(path)


@needs_own_locks
def test_that_a_look_nobody_could_foresee_does_not_let_a_second_program_in(path: Path) -> None:
    """Any library may open and close the file, as Qt's file dialogs do: SQLite's own locks are gone then."""
    link = hard_link(path)
    with Store.open(path):
        path.read_bytes()
        assert a_second_program_is_refused(path)
        assert a_second_program_is_refused(link)

        def importer() -> None:
            try:
                read_files([link])
            except UserError as error:  # from the process that reads it
                os._exit(3 if "正被另一个程序打开" in str(error) else 4)

        assert in_child(importer) == 3
        holder = holder_of(path)
        assert holder is not None
        assert holder.pid == os.getpid()


@needs_fork
def test_that_a_file_being_imported_cannot_be_opened_but_read_by_others(path: Path) -> None:
    claimed = Hold.claim(path)
    claimed.seize(reading=True)
    try:
        assert a_second_program_is_refused(path) is (sys.platform == "linux")

        def reader() -> None:
            os._exit(5 if len(read_files([path])) == 1 else 0)

        assert in_child(reader) == 5
    finally:
        claimed.release()
    Store.open(path).close()


@needs_fork
def test_that_a_killed_program_holds_nothing_any_more(path: Path) -> None:
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        Store.open(path)
        os.write(write_end, b"x")
        time.sleep(60)
        os._exit(0)
    assert os.read(read_end, 1) == b"x"
    with pytest.raises(LockedError):
        Store.open(path)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with Store.open(path) as store:
        assert store.projects() == (project(),)
    for descriptor in (read_end, write_end):
        os.close(descriptor)


def test_that_a_file_is_free_again_after_its_store_is_closed_or_was_refused(path: Path) -> None:
    Store.open(path).close()
    assert not is_held_here(path)
    content = path.read_bytes()
    path.write_bytes(content[:3000])
    with pytest.raises(UserError, match="已损坏"):
        Store.open(path)
    assert not is_held_here(path)
    path.write_bytes(content)
    Store.open(path).close()


def test_that_a_file_is_claimed_once_and_a_missing_one_not_at_all(path: Path) -> None:
    claimed = Hold.claim(path)
    with pytest.raises(HeldError):
        Hold.claim(path)
    claimed.release()
    Hold.claim(path).release()
    with pytest.raises(FileNotFoundError):
        Hold.claim(path.with_name("b.jixiao"))
    assert not is_held_here(path.with_name("b.jixiao"))


def test_that_a_held_file_can_be_read_whole_without_opening_it_again(path: Path) -> None:
    content = path.read_bytes()
    claimed = Hold.claim(path)
    assert claimed.content() == content
    claimed.release()


@needs_own_locks
def test_that_a_held_file_can_be_read_under_its_new_name(path: Path) -> None:
    content = path.read_bytes()
    claimed = Hold.claim(path)
    claimed.seize()
    path.rename(path.with_name("b.jixiao"))
    assert claimed.content() == content
    claimed.release()


@needs_own_locks
def test_that_a_drive_without_such_locks_is_used_all_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "fcntl", no_locks)
    with Store.open(path) as store:
        assert store.projects() == (project(),)
        assert a_second_program_is_refused(path)  # by SQLite's own locks


def test_that_a_drive_that_numbers_no_files_is_told_apart_by_paths(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.stat

    class Numberless:
        def __init__(self, found: os.stat_result) -> None:
            self.st_ino = 0
            self.st_mode, self.st_size, self.st_mtime_ns = found.st_mode, found.st_size, found.st_mtime_ns

    monkeypatch.setattr(Path, "stat", lambda self, **_: Numberless(real(self)))
    claimed = Hold.claim(path)
    assert is_held_here(through_a_folder(path))
    assert not is_held_here(path.parent)
    claimed.release()
