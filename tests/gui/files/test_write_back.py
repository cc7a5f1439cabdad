"""A file in a shared folder: edited here, written back in quiet seconds, by Ctrl+S and at the end, over nobody."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.desk.notify import MessageStrip
from gui.desk.preferences import Preferences
from gui.desk.signs import Sign
from gui.files import write_back
from gui.files.write_back import CLOSE_ALL_THE_SAME, GIVE_WAY, KEEP_BESIDE, RETRY
from gui.main_window import MainWindow
from model.changes import Part, SetField
from storage.store.lock import lock_path
from storage.store.sqlite import Store
from storage.working_copy.copy import WorkingCopy
from tests.gui.dialogs import is_drawn_with, press, tab_to
from tests.gui.found import children
from tests.gui.window import shown_window
from tests.storage.working_copy.shared import OTHER, die_with, name_holder


@pytest.fixture
def shared(given_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "computer"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "computer"))
    monkeypatch.setattr(write_back, "QUIET_MS", 1)
    folder = tmp_path / "共享"
    folder.mkdir()
    return Path(shutil.move(given_store, folder / "绩效.jixiao"))


@pytest.fixture
def window(shared: Path, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return opened(qtbot, tmp_path, shared)


def opened(qtbot: QtBot, folder: Path, store: Path) -> MainWindow:
    window = shown_window(qtbot, folder)
    window.document.wants_copy = lambda path: path.parent.name == "共享"
    assert window.files.open(store)
    qtbot.waitUntil(lambda: window.document.project is not None)
    return window


def rename_in(window: MainWindow, name: str) -> None:
    project = window.document.saved_project
    assert project is not None
    change = SetField(project.id, Part.PROJECT, project.id, "project_name", project.project_name, name)
    assert window.document.push("改名", (change,))


def names_in(path: Path) -> set[str]:
    """The projects in a file, as it lies there."""
    copy = path.parent.parent / "looked at.jixiao"
    copy.unlink(missing_ok=True)
    shutil.copyfile(path, copy)
    with Store.open(copy, backing_up=False) as store:
        return {project.project_name for project in store.projects()}


def change_from_elsewhere(path: Path) -> None:
    copy = path.parent.parent / "elsewhere.jixiao"
    shutil.copyfile(path, copy)
    with Store.open(copy, backing_up=False) as store:
        project = store.projects()[-1]
        change = SetField(project.id, Part.PROJECT, project.id, "project_name", project.project_name, "别人改的项目")
        store.apply("改名", (change,))
    copy.replace(path)


def told(window: MainWindow) -> str:
    return "".join(strip.text for strip in children(window, MessageStrip) if strip.isVisible())


def choose(qtbot: QtBot, boxes: list[Any], verb: str) -> None:
    """Press a button of the box that opened last, by keyboard."""
    qtbot.waitUntil(lambda: bool(boxes) and boxes[-1][0].isActiveWindow())
    tab_to(qtbot, verb)
    press(qtbot, Qt.Key.Key_Space)


def test_that_a_gesture_is_written_back_after_a_quiet_while_and_the_status_bar_says_so(
    window: MainWindow, shared: Path, qtbot: QtBot
) -> None:
    assert window.windowTitle().startswith("绩效 - ")
    assert (window.status.copy.text(), window.status.path.full_text()) == ("正在本机副本上编辑", str(shared))
    with qtbot.waitSignal(window.files.rescue.write_back.written):
        rename_in(window, "新的名称")
    assert "新的名称" in names_in(shared)
    qtbot.waitUntil(lambda: "已写回" in window.status.saved.text())
    qtbot.waitUntil(lambda: window.status.copy.text() == "正在本机副本上编辑")  # the time is not said twice
    window.files.rescue.write_back._quiet.setInterval(600_000)
    rename_in(window, "更新的名称")
    assert "写回" not in window.status.saved.text()
    assert window.status.copy.text().startswith("正在本机副本上编辑，上次写回 ")
    assert window.status.copy.sign is None
    window.close()
    assert [path.name for path in shared.parent.iterdir()] == ["绩效.jixiao"]


def test_that_closing_writes_back_what_waits(window: MainWindow, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window.files.rescue.write_back._quiet.setInterval(600_000)
    rename_in(window, "新的名称")
    assert "新的名称" not in names_in(shared)
    assert window.close()
    assert "新的名称" in names_in(shared)
    assert not lock_path(shared).exists()


def test_that_ctrl_s_writes_back_now(window: MainWindow, shared: Path, qtbot: QtBot) -> None:
    window.files.rescue.write_back._quiet.setInterval(600_000)
    rename_in(window, "新的名称")
    with qtbot.waitSignal(window.files.rescue.write_back.written):
        qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "新的名称" in names_in(shared)


@pytest.mark.parametrize("verb", [KEEP_BESIDE, GIVE_WAY])
def test_that_two_versions_are_asked_about_and_both_are_kept(
    verb: str, window: MainWindow, shared: Path, qtbot: QtBot, message_boxes: list[Any]
) -> None:
    change_from_elsewhere(shared)
    rename_in(window, "我改的项目")
    qtbot.waitUntil(lambda: "已在别处" in told(window))
    assert window.status.copy.text() == "正在本机副本上编辑，未写回"
    assert window.status.copy.sign is Sign.WARNING
    assert "我改的项目" not in names_in(shared)
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert is_drawn_with(message_boxes[-1][0], Sign.ERROR)
    said = message_boxes[-1][0].informativeText()
    assert "请选择怎样处理：" in said
    assert [line.partition("：")[0] for line in said.splitlines()[2:]] == [
        "• 我的另存在旁边",
        "• 我的只留备份",
        "• 取消",
    ]
    assert all(place in said for place in ("同一文件夹", "恢复备份…"))
    assert "请选择怎样处理" not in told(window)  # the button of the message says it
    choose(qtbot, message_boxes, verb)
    qtbot.waitUntil(lambda: "现在打开的是对方的版本" in told(window))
    listed = {summary.project_name for summary in window.document.summaries()}
    assert "别人改的项目" in listed
    assert "我改的项目" not in listed
    beside = list(shared.parent.glob("*的版本*"))
    assert len(beside) == (verb == KEEP_BESIDE)
    assert all("我改的项目" in names_in(path) for path in beside)
    if verb == GIVE_WAY:
        store = window.document.store
        assert store is not None
        kept = sorted((store.path.parent / f"{store.path.name}.备份").glob("*.jixiao"))
        assert "我改的项目" in names_in(kept[-1])
    window.close()
    assert "别人改的项目" in names_in(shared)


def test_that_with_the_folder_away_work_goes_on_and_closing_asks(
    window: MainWindow, shared: Path, tmp_path: Path, qtbot: QtBot, message_boxes: list[Any]
) -> None:
    away = tmp_path / "away"
    shared.parent.rename(away)
    rename_in(window, "新的名称")
    qtbot.waitUntil(lambda: "现在连不上" in told(window))
    rename_in(window, "更新的名称")
    assert not window.close()
    choose(qtbot, message_boxes, CLOSE_ALL_THE_SAME)
    qtbot.waitUntil(lambda: not window.isVisible())
    again = opened(qtbot, tmp_path, shared)
    assert "现在连不上" in told(again)
    assert again.document.project is not None
    assert again.document.project.project_name == "更新的名称"
    away.rename(shared.parent)
    with qtbot.waitSignal(again.files.rescue.write_back.written):
        qtbot.keyClick(again, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "已写回" in told(again))
    assert "更新的名称" in names_in(shared)


def test_that_what_a_killed_program_had_not_written_back_is_found_told_and_written_back(
    shared: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    copy = WorkingCopy.open(shared)
    project = copy.store.projects()[0]
    change = SetField(project.id, Part.PROJECT, project.id, "project_name", project.project_name, "新的名称")
    copy.store.apply("改名", (change,))
    die_with(copy)
    window = shown_window(qtbot, tmp_path)
    window.document.wants_copy = lambda path: path.parent.name == "共享"
    with qtbot.waitSignal(window.files.rescue.write_back.written):
        assert window.files.open(shared)
        qtbot.waitUntil(lambda: "已找回" in told(window))
    assert "新的名称" in names_in(shared)


def test_that_a_file_somebody_works_on_is_refused_with_the_name_and_opened_as_a_copy(
    shared: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    name_holder(shared, OTHER)
    window = shown_window(qtbot, tmp_path)
    window.document.wants_copy = lambda path: path.parent.name == "共享"
    assert not window.files.open(shared)
    assert "张三（PC-02）" in told(window)
    new = tmp_path / "副本.jixiao"
    window.files.rescue.open_copy(shared, new)
    assert window.document.path == new
    assert "副本" in told(window)
    assert names_in(new) == names_in(shared)


@pytest.mark.parametrize("is_copied", [True, False])
def test_that_a_file_somebody_has_is_tried_again_and_only_then_the_name_left_beside_it_is_spoken_of(
    is_copied: bool, shared: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    name_holder(shared, OTHER)
    window = shown_window(qtbot, tmp_path)
    window.document.wants_copy = lambda _: is_copied
    assert not window.files.open(shared)
    assert "重试" in told(window)
    assert lock_path(shared).name not in told(window)
    press_in_strip(qtbot, window, RETRY)
    assert lock_path(shared).name in told(window)
    lock_path(shared).unlink()
    press_in_strip(qtbot, window, RETRY)
    assert window.document.path == shared


def press_in_strip(qtbot: QtBot, window: MainWindow, verb: str) -> None:
    (button,) = (one for one in children(window, QPushButton) if one.isVisible() and one.text() == verb)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_that_a_backup_of_a_working_copy_is_restored_and_written_back(
    window: MainWindow, shared: Path, qtbot: QtBot
) -> None:
    first = window.document.saved_project
    assert first is not None
    assert window.document.store is not None
    window.document.store.back_up("手动备份")
    with qtbot.waitSignal(window.files.rescue.write_back.written):
        rename_in(window, "新的名称")
    window.files.rescue.restore()
    from gui.files.backups import RestoreDialog  # noqa: PLC0415

    (dialog,) = children(window, RestoreDialog)
    with qtbot.waitSignal(window.files.rescue.write_back.written):
        dialog.accept_button.click()
    assert window.document.path == shared
    assert window.preferences.last_store() == shared
    assert first.project_name in names_in(shared)
    assert "新的名称" not in names_in(shared)


def test_that_a_person_may_have_files_edited_where_they_lie_and_the_choice_is_kept(
    given_store: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.working_copy.choice.is_remote", lambda *_: True)
    window = shown_window(qtbot, tmp_path, given_store)
    assert window.document.working_copy is not None
    window.commands["work_on_copy"].trigger()
    assert "直接在原处编辑" in told(window)
    window.files.close_store()
    assert window.files.open(given_store)
    assert window.document.working_copy is None
    assert not Preferences(tmp_path / "config" / "jixiao.ini").works_on_copy()


def test_that_a_file_of_a_folder_that_is_away_is_listed_and_opened_again_while_it_has_a_copy(
    window: MainWindow, shared: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    assert window.close()
    shared.parent.rename(tmp_path / "away")
    preferences = Preferences(tmp_path / "config" / "jixiao.ini")
    assert preferences.last_store() == shared
    assert preferences.recent() == [str(shared)]
    again = opened(qtbot, tmp_path, shared)
    assert "现在连不上" in told(again)


def test_that_a_new_file_in_a_shared_folder_is_there_at_once(shared: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window = shown_window(qtbot, tmp_path)
    window.document.wants_copy = lambda path: path.parent.name == "共享"
    new = shared.parent / "新的.jixiao"
    window.files.create(new)
    assert window.document.path == new
    assert names_in(new) == set()
    window.close()
    assert not lock_path(new).exists()
