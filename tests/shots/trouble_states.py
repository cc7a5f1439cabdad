"""What is shown when disks, folders, other people or the program itself fail."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from gui.desk.crash import CrashDialog, report_text
from gui.files.write_back import WriteBack
from model.changes import Part, SetField
from model.records import Form
from storage.store.backups import BY_HAND
from storage.store.sqlite import Store
from tests.gui.found import file_of
from tests.shots.stage import EXAMPLE, Stage
from tests.storage.working_copy.shared import OTHER, name_holder

PROMOTION = "上海研发公共服务平台宣传推广"


def _rename(on: Stage, name: str) -> None:
    project = on.window.document.saved_project
    assert project is not None
    change = SetField(project.id, Part.PROJECT, project.id, "project_name", project.project_name, name)
    on.window.document.push("改名", (change,))


def _damaged(on: Stage) -> None:
    """A file that cannot be opened, with the way to its backups."""
    path = Path(shutil.copyfile(EXAMPLE, on.folder / "绩效.jixiao"))
    with Store.open(path) as store:
        store.back_up(BY_HAND)
    path.write_bytes(path.read_bytes()[:40_000])
    on.window.files.open(path)


def _spoilt(on: Stage) -> None:
    """A project that is not as it was written."""
    path = file_of(on.window.document).path
    on.window.files.close_store()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE declaration SET annual_goal = annual_goal || '。'")
        connection.commit()
    on.window.files.open(path)
    on.open(PROMOTION, 2026, Form.DECLARATION)


def _second_instance(on: Stage) -> None:
    """A file somebody has open on another computer."""
    path = Path(shutil.copyfile(EXAMPLE, on.folder / "绩效.jixiao"))
    name_holder(path, OTHER)
    on.window.files.open(path)


def _disk_gone(on: Stage) -> None:
    """An edit whose file is not there any more."""
    on.open(PROMOTION, 2026, Form.DECLARATION)
    file_of(on.window.document).path.unlink()
    _rename(on, "研发公共服务平台宣传推广")


def _crash(on: Stage) -> None:
    """A mistake of the program's own, with its report."""
    on.open(PROMOTION, 2026, Form.DECLARATION)
    try:
        raise KeyError("annual_goal")
    except KeyError as error:
        CrashDialog(report_text(error), on.window).open()


def _in_shared_folder(on: Stage) -> tuple[Path, WriteBack]:
    """A file of a shared folder, open as a copy on this computer."""
    for name in ("LOCALAPPDATA", "XDG_STATE_HOME"):
        os.environ[name] = str(on.folder / "computer")
    folder = on.folder / "共享"
    folder.mkdir()
    path = Path(shutil.copyfile(EXAMPLE, folder / "绩效.jixiao"))
    on.window.document.wants_copy = lambda wanted: wanted.parent == folder
    on.window.files.open(path)
    on.open(PROMOTION, 2026, Form.DECLARATION)
    return path, on.window.files.rescue.write_back


def _working_copy(on: Stage) -> None:
    """The status bar while a copy is edited that was written back."""
    _, write_back = _in_shared_folder(on)
    _rename(on, "研发公共服务平台宣传推广")
    write_back.save()
    on.wait_for(lambda: "已写回" in on.window.status.saved.text())


def _copy_away(on: Stage) -> None:
    """The network is gone; the work goes on."""
    path, write_back = _in_shared_folder(on)
    path.parent.rename(on.folder / "away")
    _rename(on, "研发公共服务平台宣传推广")
    write_back.save()
    on.wait_for(lambda: "未写回" in on.window.status.copy.text())


def _copy_conflict(on: Stage) -> None:
    """Two versions of one file, and what to do about them."""
    path, write_back = _in_shared_folder(on)
    other = Path(shutil.copyfile(path, on.folder / "other.jixiao"))
    with Store.open(other, backing_up=False) as store:
        store.apply("核对", ())
    other.replace(path)
    name_holder(path, OTHER)
    _rename(on, "研发公共服务平台宣传推广")
    write_back.save()
    on.wait_for(lambda: "未写回" in on.window.status.copy.text())
    write_back.save()


TROUBLE_STATES: dict[str, tuple[Callable[[Stage], None], bool]] = {
    "damaged": (_damaged, False),
    "spoilt": (_spoilt, True),
    "second-instance": (_second_instance, False),
    "disk-gone": (_disk_gone, True),
    "crash": (_crash, True),
    "working-copy": (_working_copy, False),
    "working-copy-away": (_copy_away, False),
    "working-copy-conflict": (_copy_conflict, False),
}
