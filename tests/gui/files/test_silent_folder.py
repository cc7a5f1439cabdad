"""A shared folder that does not answer: the window is not held, says so, can be left, and nothing is lost."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from gui.desk import later_answers, patience
from gui.desk.dialog import Dialog
from gui.files import write_back
from gui.files.backups import RestoreDialog
from gui.files.export import ExportDialog
from gui.files.first_start import FirstStartDialog
from gui.files.write_back import CLOSE_ALL_THE_SAME
from gui.library.verbs import LibraryVerbs
from gui.main_window import MainWindow
from storage.store.lock import lock_path
from storage.store.sqlite import Store
from tests.gui.files.silent_folder import SilentFolder
from tests.gui.files.test_write_back import choose, names_in, rename_in, told
from tests.gui.found import visible
from tests.gui.window import shown_window


@pytest.fixture
def shared(given_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "computer"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "computer"))
    monkeypatch.setattr(write_back, "QUIET_MS", 600_000)
    monkeypatch.setattr(patience, "MOMENT_SECONDS", 0.01)
    monkeypatch.setattr("storage.working_copy.reach._GOODBYE_SECONDS", 0.01)
    for asker in ("gui.desk.preferences", "gui.files.backups"):
        monkeypatch.setattr(f"{asker}.is_on_network", lambda path: path.parent.name == "共享")
    folder = tmp_path / "共享"
    folder.mkdir()
    return Path(shutil.move(given_store, folder / "绩效.jixiao"))


@pytest.fixture
def folder(shared: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[SilentFolder]:
    before = set(threading.enumerate())
    silent = SilentFolder(shared.parent, monkeypatch)
    yield silent
    silent.answer()
    qtbot.waitUntil(lambda: set(threading.enumerate()) <= before)  # what still waits there would do so in the next test
    assert silent.touched == []


@pytest.fixture
def window(folder: SilentFolder, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return made(qtbot, tmp_path)


def made(qtbot: QtBot, folder: Path) -> MainWindow:
    window = shown_window(qtbot, folder)
    window.document.wants_copy = lambda path: path.parent.name == "共享"
    return window


def opened(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    assert window.files.open(path)
    qtbot.waitUntil(lambda: window.document.project is not None)


def open_on_this_computer(qtbot: QtBot, window: MainWindow, shared: Path) -> Path:
    """Have a copy of the shared file open that is in no shared folder."""
    here = shared.parent.with_name("本机.jixiao")
    shutil.copy(shared, here)
    opened(qtbot, window, here)
    return here


def when_it_waits(window: MainWindow, folder: SilentFolder, act: Callable[[Dialog], object]) -> list[str]:
    """Do something as soon as the window says that it waits for a silent folder; what it said."""
    said: list[str] = []
    timer = QTimer(window)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if folder.is_silent and isinstance(dialog, Dialog) and dialog.windowTitle() == patience.TITLE:
            timer.stop()
            said.append(dialog.lead.text())
            act(dialog)

    timer.timeout.connect(look)
    timer.start(1)
    return said


def leave(dialog: Dialog) -> None:
    dialog.close_button.click()


def test_that_an_opening_that_gets_no_answer_can_be_left_and_leaves_nothing_behind(
    window: MainWindow, folder: SilentFolder, shared: Path, qtbot: QtBot
) -> None:
    folder.fall_silent()
    said = when_it_waits(window, folder, leave)
    assert not window.files.open(shared)
    assert "还没有回应" in said[0]
    assert "没有再等" in told(window)
    assert window.document.store is None
    folder.answer()
    opened(qtbot, window, shared)
    assert window.close()
    qtbot.waitUntil(lambda: not lock_path(shared).exists())
    assert [path.name for path in shared.parent.iterdir()] == [shared.name]


def test_that_an_opening_goes_on_by_itself_when_the_answer_comes(
    window: MainWindow, folder: SilentFolder, shared: Path, qtbot: QtBot
) -> None:
    folder.fall_silent()
    said = when_it_waits(window, folder, lambda _dialog: folder.answer())
    opened(qtbot, window, shared)
    assert said
    assert QApplication.activeModalWidget() is None
    assert window.close()


def test_that_what_a_name_left_alone_comes_to_later_is_taken_back(
    window: MainWindow, folder: SilentFolder, shared: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.copyfile

    def copy(source: Path, target: Path) -> Path:
        folder.fall_silent()
        source.stat()
        return Path(real(source, target))

    with monkeypatch.context() as later:
        later.setattr(shutil, "copyfile", copy)
        when_it_waits(window, folder, leave)
        assert not window.files.open(shared)
    folder.answer()
    qtbot.waitUntil(lambda: not lock_path(shared).exists())
    assert window.document.store is None


def test_that_a_copy_here_is_opened_when_the_folder_does_not_answer(
    window: MainWindow, folder: SilentFolder, shared: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    opened(qtbot, window, shared)
    assert window.close()
    again = made(qtbot, tmp_path)
    folder.fall_silent()
    assert again.preferences.last_store() == shared
    when_it_waits(again, folder, leave)
    opened(qtbot, again, shared)
    qtbot.waitUntil(lambda: "现在连不上" in told(again))
    folder.answer()
    again.files.close_store()


def test_that_a_window_whose_folder_does_not_answer_can_be_closed_and_the_next_one_has_everything(
    window: MainWindow, folder: SilentFolder, shared: Path, tmp_path: Path, qtbot: QtBot, message_boxes: list[Any]
) -> None:
    opened(qtbot, window, shared)
    folder.fall_silent()
    rename_in(window, "新的名称")
    window.files.rescue.write_back.begin()  # and it is under way when the window goes
    when_it_waits(window, folder, leave)
    assert not window.close()
    choose(qtbot, message_boxes, CLOSE_ALL_THE_SAME)
    qtbot.waitUntil(lambda: not window.isVisible())
    folder.answer()
    again = made(qtbot, tmp_path)
    opened(qtbot, again, shared)
    assert again.document.project is not None
    assert again.document.project.project_name == "新的名称"
    again.files.rescue.write_back.begin()
    assert again.close()
    assert "新的名称" in names_in(shared)


def test_that_saving_gets_an_answer_later_without_holding_the_window(
    window: MainWindow, folder: SilentFolder, shared: Path, qtbot: QtBot
) -> None:
    opened(qtbot, window, shared)
    folder.fall_silent()
    rename_in(window, "新的名称")
    window.files.rescue.write_back.save()
    rename_in(window, "更新的名称")
    assert "正在写回" in window.status.copy.text()
    with qtbot.waitSignal(window.files.rescue.write_back.written):
        folder.answer()
    assert "新的名称" in names_in(shared)
    assert window.close()
    assert "更新的名称" in names_in(shared)


def test_that_a_window_is_closed_although_a_file_that_is_read_does_not_answer(
    window: MainWindow, folder: SilentFolder, shared: Path, qtbot: QtBot
) -> None:
    folder.fall_silent()
    window.tasks.run("读取文件", lambda _monitor: shared.read_bytes(), lambda _bytes: None, lambda _error: None)
    when_it_waits(window, folder, leave)
    assert window.close()
    assert folder.is_silent
    folder.answer()
    qtbot.waitUntil(lambda: not window.tasks.is_busy)


def test_that_a_file_is_chosen_elsewhere_when_the_folder_last_used_does_not_answer(
    window: MainWindow, folder: SilentFolder, shared: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    window.preferences.set_folder(shared.parent)
    folder.fall_silent()
    for ask in (window.files.ask_store, window.files.import_forms, window.files.new_store):
        said = when_it_waits(window, folder, leave)
        ask()
        assert said
        chooser = next(visible(window, QFileDialog))
        assert Path(chooser.directory().path()) == tmp_path
        chooser.reject()


def test_that_backups_in_a_folder_that_does_not_answer_are_waited_for_and_can_be_left(
    window: MainWindow, folder: SilentFolder, shared: Path
) -> None:
    with Store.open(shared, backing_up=False) as store:
        store.back_up("手动备份")
    folder.fall_silent()
    when_it_waits(window, folder, leave)
    window.files.rescue.restore_file(shared)
    assert QApplication.activeModalWidget() is None
    assert "没有再等" in told(window)
    when_it_waits(window, folder, lambda _dialog: folder.answer())
    window.files.rescue.restore_file(shared)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RestoreDialog)
    assert dialog.table.rowCount() == 1
    folder.fall_silent()
    when_it_waits(window, folder, leave)
    dialog.accept_button.click()
    assert "恢复" in dialog.message.text
    assert dialog.isVisible()
    dialog.reject()
    folder.answer()


def test_that_a_copy_saved_into_a_folder_that_does_not_answer_is_left_and_the_file_stays_open(
    window: MainWindow, folder: SilentFolder, shared: Path, qtbot: QtBot
) -> None:
    here = open_on_this_computer(qtbot, window, shared)
    folder.fall_silent()
    when_it_waits(window, folder, leave)
    window.files.rescue.save_copy_as(shared.with_name("另存.jixiao"))
    assert "没有再等" in told(window)
    assert window.document.path == here
    when_it_waits(window, folder, lambda _dialog: folder.answer())
    window.files.rescue.save_copy_as(shared.with_name("再存.jixiao"))
    assert window.document.path == shared.with_name("再存.jixiao")
    assert window.close()


def test_that_an_export_into_a_folder_that_does_not_answer_can_be_typed_waited_for_and_left(
    window: MainWindow,
    folder: SilentFolder,
    shared: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(later_answers, "AT_ONCE_SECONDS", 0.01)
    open_on_this_computer(qtbot, window, shared)
    (away := shared.parent / "旧.xlsx").write_text("旧")
    window.preferences.set_export_folder(shared.parent)
    folder.fall_silent()
    when_it_waits(window, folder, leave)
    window.files.export()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    assert Path(dialog.path.text()).parent != shared.parent
    (old := tmp_path / "月报.xlsx").write_text("旧")
    dialog.path.setText(str(away))
    assert dialog.message.text == ""
    when_it_waits(window, folder, leave)
    dialog.accept_button.click()
    assert "没有再等" in dialog.message.text
    dialog.path.setText(str(old))  # what is still out there keeps nobody from the next answer
    qtbot.waitUntil(lambda: dialog.message.text == "“月报.xlsx”已存在，导出后将替换它。")
    dialog.path.setText(str(away))
    assert dialog.message.text == ""
    folder.answer()
    qtbot.waitUntil(lambda: "“旧.xlsx”已存在" in dialog.message.text)
    dialog.reject()
    assert window.close()


def test_that_what_turns_out_to_stand_there_is_told_before_it_is_replaced(
    window: MainWindow, folder: SilentFolder, shared: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    open_on_this_computer(qtbot, window, shared)
    window.files.export()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    dialog.path.setText(str(tmp_path / "月报.xlsx"))
    (tmp_path / "月报.xlsx").write_text("别处刚写的")
    dialog.accept_button.click()
    assert dialog.message.text == "“月报.xlsx”已存在，导出后将替换它。"
    assert (tmp_path / "月报.xlsx").read_text() == "别处刚写的"
    dialog.reject()
    assert window.close()


def test_that_the_first_start_waits_for_a_folder_that_does_not_answer_and_stays_when_it_is_left(
    window: MainWindow, folder: SilentFolder, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(later_answers, "AT_ONCE_SECONDS", 0.01)
    window.preferences.set_folder(shared.parent)
    folder.fall_silent()
    window.files.greet()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, FirstStartDialog)
    when_it_waits(window, folder, leave)
    dialog.accept_button.click()
    assert "没有再等" in dialog.message.text
    dialog.reject()


def test_that_what_is_written_or_opened_in_a_folder_that_does_not_answer_is_waited_for_and_can_be_left(
    window: MainWindow,
    folder: SilentFolder,
    shared: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: pytest.fail("it would stand still"))
    open_on_this_computer(qtbot, window, shared)
    library, path = LibraryVerbs(window.files._desk, window.page), shared.with_name("指标库.json")
    verbs = (
        lambda: library.export_to(path),
        lambda: library.write(path),
        lambda: window.files.open_outside(shared.parent, "文件夹"),
    )
    folder.fall_silent()
    for act in verbs:
        when_it_waits(window, folder, leave)
        act()
        assert "没有再等" in told(window)
        window.page.message.hide()
    folder.answer()
    qtbot.waitUntil(path.exists)  # what nobody waited for was written after all
    window.files.open_outside(shared.with_name("没有.xlsx"), "文件")
    assert "已不在原处" in told(window)
    assert window.close()
