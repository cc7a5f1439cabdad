"""A device that fails at the very end of a commit: the file may hold the gesture or not, and memory says the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from model.changes import Part, SetField
from model.errors import UserError
from storage.store.sqlite import Store
from tests.storage.builders import new_store, project


@dataclass
class Device:
    """What goes wrong at the next commit: before or after it took place, and whether reading fails from then on."""

    next_fails_before: bool = False
    next_fails_after: bool = False
    then_fails_reading: bool = False
    is_unreadable: bool = False


def disk_error() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
    return error


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Device:
    device = Device()

    class Failing(sqlite3.Connection):
        def cursor(self, *arguments: Any) -> Any:
            if device.is_unreadable:
                raise disk_error()
            return super().cursor(*arguments)

        def commit(self) -> None:
            if not device.next_fails_before:
                super().commit()
            if device.next_fails_before or device.next_fails_after:
                device.next_fails_before = device.next_fails_after = False
                device.is_unreadable = device.then_fails_reading
                raise disk_error()

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **named: connect(*args, **{"factory": Failing} | named))
    return device


@pytest.fixture
def store(tmp_path: Path, device: Device) -> Iterator[Store]:
    with new_store(tmp_path / "a.jixiao", project()) as store:
        yield store


def rename(store: Store, before: str, after: str) -> None:
    """A gesture that everybody's picture of the other projects follows."""
    store.apply("改名", (SetField("p1", Part.PROJECT, "p1", "project_name", before, after),))


def ids_named(store: Store, name: str) -> set[str]:
    return set(store.context().neighbours.ids_named(2026, project().unit, name))


def test_that_a_gesture_that_is_in_the_file_is_written_whatever_the_device_said_last(
    store: Store, device: Device
) -> None:
    old = project().project_name
    assert ids_named(store, old) == {"p1"}
    device.next_fails_after = True
    rename(store, old, "乙")
    assert (store.project("p1").project_name, ids_named(store, "乙")) == ("乙", {"p1"})
    rename(store, "乙", "丙")
    assert (store.project("p1").project_name, ids_named(store, "丙")) == ("丙", {"p1"})


def test_that_a_gesture_that_is_not_in_the_file_is_told_and_forgotten(store: Store, device: Device) -> None:
    old = project().project_name
    device.next_fails_before = True
    with pytest.raises(UserError, match="刚才的修改没有保存"):
        rename(store, old, "乙")
    assert (store.project("p1").project_name, ids_named(store, old)) == (old, {"p1"})
    rename(store, old, "丙")
    assert (store.project("p1").project_name, ids_named(store, "丙")) == ("丙", {"p1"})


def test_that_nobody_is_told_what_nobody_can_know_and_the_next_gesture_looks_again(
    store: Store, device: Device
) -> None:
    old = project().project_name
    device.next_fails_before = device.then_fails_reading = True
    for _ in range(2):
        with pytest.raises(UserError):
            rename(store, old, "乙")
    device.is_unreadable = False
    rename(store, old, "丙")
    assert (store.project("p1").project_name, ids_named(store, "丙")) == ("丙", {"p1"})


def test_that_a_gesture_found_in_the_file_later_asks_to_open_it_again(store: Store, device: Device) -> None:
    old = project().project_name
    device.next_fails_after = device.then_fails_reading = True
    with pytest.raises(UserError, match="无法确定刚才的修改是否已经写入"):
        rename(store, old, "乙")
    device.is_unreadable = False
    for _ in range(2):
        with pytest.raises(UserError, match=r"其实已经写入文件.*\n请重新打开这个文件"):
            rename(store, old, "丙")
    store.close()
    with Store.open(store.path) as again:
        assert again.project("p1").project_name == "乙"
        rename(again, "乙", "丙")
