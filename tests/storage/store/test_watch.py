from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from model.errors import GoneError, UserError
from storage.store.sqlite import Store
from tests.storage.builders import fingerprint, goal_of, new_store, project, set_goal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody remove or replace an open file")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "单位").mkdir()
    with new_store(tmp_path / "单位" / "a.jixiao", project()) as store:
        yield store


def edit(store: Store, text: str) -> None:
    (before,) = store.projects()
    store.apply("改", (set_goal(before, text),))


def remove(path: Path) -> None:
    path.unlink()


def replace(path: Path) -> None:
    shutil.copy(path, path.with_name("other"))
    os.replace(path.with_name("other"), path)


def rename(path: Path) -> None:
    path.rename(path.with_name("b.jixiao"))


def remove_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


def rename_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("另一个"))


def truncate(path: Path) -> None:
    os.truncate(path, 0)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 4096)


def overwrite(path: Path) -> None:
    path.write_bytes(b"x" * path.stat().st_size)


def overwrite_in_the_middle(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"x" * 4096)


def another_store(path: Path) -> None:
    other = path.with_name("other.jixiao")
    new_store(other, project(name="另一个项目")).close()
    path.write_bytes(other.read_bytes())


GONE: dict[str, tuple[Callable[[Path], None], str]] = {
    "removed": (remove, "已不在原处"),
    "replaced": (replace, "已被另一个文件替换"),
    "renamed": (rename, "已不在原处"),
    "folder removed": (remove_folder, "已不在原处"),
    "folder renamed": (rename_folder, "已不在原处"),
}
CHANGED: dict[str, tuple[Callable[[Path], None], str]] = {
    "truncated": (truncate, "被其他程序改动过"),
    "cut": (cut, "被其他程序改动过"),
    "overwritten": (overwrite, "被其他程序改动过"),
    "overwritten in the middle": (overwrite_in_the_middle, "被其他程序改动过"),
    "overwritten by another store": (another_store, "被其他程序改动过"),
}


@pytest.mark.parametrize("edits_before", [0, 1])
@pytest.mark.parametrize("case", [*GONE, *CHANGED])
def test_that_the_very_next_edit_is_refused_when_the_file_is_not_what_was_left(
    store: Store, case: str, edits_before: int
) -> None:
    for n in range(edits_before):
        edit(store, f"之前{n}")
    goal = goal_of(store.projects()[0])
    spoil, message = {**GONE, **CHANGED}[case]
    spoil(store.path)
    for _ in range(2):
        with pytest.raises(GoneError, match=message) as refusal:
            store.apply("改", (set_goal(project(), "之后", before=goal),))
        assert str(store.path) in str(refusal.value)
        assert "没有保存" in str(refusal.value)
        assert "另存一份" in str(refusal.value)
    for act in (
        lambda: store.back_up("手动备份"),
        store.refuse_if_gone,
        store.refresh_summaries,
        lambda: store.undo(1),
    ):
        with pytest.raises(GoneError):
            act()


@pytest.mark.parametrize("case", GONE)
def test_that_all_that_was_saved_can_be_saved_once_more_elsewhere(store: Store, case: str, tmp_path: Path) -> None:
    edit(store, "还在")
    GONE[case][0](store.path)
    store.save_copy(tmp_path / "另存.jixiao")
    store.close()
    with Store.open(tmp_path / "另存.jixiao") as copy:
        assert goal_of(copy.projects()[0]) == "还在"
        assert [entry.label for entry in copy.journal()] == ["改", "新建项目"]
        edit(copy, "继续")


def test_that_what_cannot_be_read_any_more_is_not_called_saved(store: Store, tmp_path: Path) -> None:
    for n in range(10, 24):
        edit(store, f"{n}" * 60_000)  # more than SQLite keeps in memory
    truncate(store.path)
    with pytest.raises(UserError, match="没有另存"):
        store.save_copy(tmp_path / "另存.jixiao")
    assert not (tmp_path / "另存.jixiao").exists()


def test_that_a_copy_never_replaces_a_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "信.jixiao").write_text("重要")
    for target in (tmp_path / "信.jixiao", store.path):
        with pytest.raises(UserError, match="已经存在，没有另存"):
            store.save_copy(target)
    assert (tmp_path / "信.jixiao").read_text() == "重要"
    store.save_copy(tmp_path / "副本.jixiao")  # of a store that is well, too
    edit(store, "原文件照常编辑")


@pytest.mark.parametrize("case", [*GONE, *CHANGED])
def test_that_closing_touches_nothing_that_stands_there_by_then(store: Store, case: str) -> None:
    edit(store, "一")
    {**GONE, **CHANGED}[case][0](store.path)
    store.path.parent.mkdir(exist_ok=True)
    journal = store.path.with_name("a.jixiao-journal")
    journal.write_text("somebody else's by now")
    lock = store.path.with_name("a.jixiao.lock")
    lock.unlink(missing_ok=True)
    before = fingerprint(store.path.parent)
    store.close()
    assert fingerprint(store.path.parent) == before


def test_that_a_file_that_was_merely_touched_or_looked_at_is_edited_on(store: Store) -> None:
    edit(store, "一")
    os.utime(store.path, ns=(0, 0))
    edit(store, "二")
    store.path.read_bytes()
    edit(store, "三")
    assert goal_of(store.projects()[0]) == "三"


def test_that_a_file_that_came_back_to_its_place_is_edited_on(store: Store) -> None:
    away = store.path.with_name("b.jixiao")
    store.path.rename(away)
    with pytest.raises(GoneError):
        store.apply("改", (set_goal(project(), "一"),))
    away.rename(store.path)
    edit(store, "二")
    store.back_up("手动备份")
    edit(store, "三")
    store.close()
    with Store.open(store.path) as again:
        assert goal_of(again.projects()[0]) == "三"


def test_that_a_file_out_of_reach_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.stat

    def fail(self: Path, **options: bool) -> os.stat_result:
        if self == store.path:
            raise OSError(5, "Input/output error")
        return real(self, **options)

    monkeypatch.setattr(Path, "stat", fail)
    with pytest.raises(GoneError, match="系统错误 5"):
        store.apply("改", (set_goal(project(), "一"),))
    monkeypatch.undo()
    edit(store, "二")


def test_that_edits_and_backups_of_our_own_never_look_like_those_of_others(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closer_look(*_: object) -> bool:
        raise AssertionError("the file was read as a whole")

    monkeypatch.setattr("storage.store.watch.Watch._is_as_read", closer_look)
    for n in range(3):
        edit(store, f"{n}" * 9000)
        store.back_up("手动备份")
        store.refresh_summaries()
    with pytest.raises(ValueError, match="not what it was"):
        store.apply("改", (set_goal(project(), "二", before="不是这个"),))
    edit(store, "最后")
