"""Which files are edited in a copy, made anew in a shared folder, copied out of it, and by verbs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from model.errors import UserError
from storage.files.remote import THIS_SYSTEM, System
from storage.store.lock import lock_path
from storage.store.sqlite import Store
from storage.working_copy.choice import Way, wants_copy
from storage.working_copy.copy import WorkingCopy, list_backups
from storage.working_copy.place import Place
from storage.working_copy.taking import copy_out
from tests.storage.working_copy.shared import OTHER, die_with, edit, goal, goal_in, name_holder


def mounted(folder: Path) -> System:
    """A system on which this folder is a network drive."""
    return replace(THIS_SYSTEM, mounts=lambda: f"1 0 0:1 / / rw - ext4 d rw\n2 1 0:2 / {folder} rw - nfs4 s rw\n")


def test_that_the_folder_decides_unless_the_person_does(path: Path) -> None:
    system = mounted(path.parent)
    assert [wants_copy(path, way, system) for way in (Way.BY_FOLDER, Way.COPY, Way.IN_PLACE)] == [True, True, False]
    assert [wants_copy(path, way) for way in (Way.BY_FOLDER, Way.COPY, Way.IN_PLACE)] == [False, True, False]


def test_that_a_copy_that_holds_more_is_opened_whatever_the_person_decided_since(path: Path) -> None:
    copy = WorkingCopy.open(path)
    copy.close()
    assert wants_copy(path)
    assert not wants_copy(path, Way.IN_PLACE)
    copy = WorkingCopy.open(path)
    edit(copy.store, "我的目标")
    die_with(copy)
    assert wants_copy(path, Way.IN_PLACE)
    Place.of(path).store.write_bytes(b"x" * 4096)
    assert wants_copy(path, Way.IN_PLACE)


def test_that_a_new_file_is_in_the_folder_at_once_and_never_takes_the_place_of_another(path: Path) -> None:
    with pytest.raises(UserError, match="已经存在，没有新建"):
        WorkingCopy.create(path)
    new = path.with_name("新的.jixiao")
    copy = WorkingCopy.create(new)
    assert new.is_file()
    assert copy.trouble is None
    assert copy.store.projects() == ()
    copy.close()
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["新的.jixiao", "绩效.jixiao"]


def test_that_a_file_somebody_works_on_can_be_copied_out(path: Path, tmp_path: Path) -> None:
    name_holder(path, OTHER)
    copy_out(path, tmp_path / "副本.jixiao")
    with Store.open(tmp_path / "副本.jixiao") as store:
        assert goal(store) == goal_in(path)
    with pytest.raises(UserError, match="已经存在"):
        copy_out(path, tmp_path / "副本.jixiao")
    path.with_name(f"{path.name}-journal").write_bytes(b"half a write")
    with pytest.raises(UserError, match="正在被改写"):
        copy_out(path, tmp_path / "另一份.jixiao")
    assert not (tmp_path / "另一份.jixiao").exists()


def test_that_backups_of_the_file_and_of_its_copy_are_listed_together(path: Path) -> None:
    with Store.open(path) as store:
        store.back_up("手动备份")
        highest = store.back_up("手动备份").sequence
    copy = WorkingCopy.open(path)
    edit(copy.store, "我的目标")
    copy.store.back_up("手动备份")
    copy.close()
    listed = [backup.sequence for backup in list_backups(path)]
    assert listed == sorted(listed, reverse=True)
    assert listed[0] > highest


def test_that_a_verb_writes_into_the_folder_whole(
    path: Path, forms_file: Callable[..., Path], verb: Callable[..., tuple[int, str, str]]
) -> None:
    WorkingCopy.open(path).close()
    form = {"kind": "declaration", "year": 2026, "project_name": "另一个项目"}
    code, _, _ = verb("import", "--store", path, forms_file(form))
    assert code == 0
    with Store.open(path) as store:
        assert {one.project_name for one in store.projects()} == {"信息化运维项目", "另一个项目"}
    assert not lock_path(path).exists()
