"""A file that cannot be opened, is missing, or is gone while it is open: by keyboard, in the real window."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from gui.desk.notify import MessageStrip
from gui.files.backups import RestoreDialog
from gui.main_window import MainWindow
from storage.store.backups import backup_folder, list_backups
from storage.store.sqlite import Store
from tests.gui.dialogs import called, enter, focus, names, press, rename, saved, tab_to
from tests.gui.found import child, children, visible
from tests.gui.window import shown_window, type_text
from tests.storage.builders import die, in_child, needs_fork

on_posix = pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody remove or replace an open file")


@pytest.fixture
def backed_up(given_store: Path) -> Path:
    """The given forms with two backups."""
    with Store.open(given_store, backing_up=False) as store:
        store.back_up("打开文件")
        store.back_up("手动备份")
    return given_store


def damage(path: Path) -> bytes:
    path.write_bytes(path.read_bytes()[:20_000])
    return path.read_bytes()


def told(window: MainWindow) -> str:
    """What can be read above the centre."""
    return "".join(strip.text for strip in children(window, MessageStrip) if strip.isVisible())


def press_in_strip(qtbot: QtBot, window: MainWindow, button: str) -> None:
    """Go to the button of the message and press it; Tab alone would stay in the table."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    (wanted,) = (one for one in children(window, QPushButton) if one.isVisible() and one.text() == button)
    wanted.setFocus(Qt.FocusReason.TabFocusReason)
    enter(qtbot)


def restore_dialog(qtbot: QtBot) -> RestoreDialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RestoreDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def choose_file(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    """Type the path into the file dialog that is open."""
    chooser = next(visible(window, QFileDialog))
    qtbot.waitUntil(chooser.isActiveWindow)
    name = child(chooser, QLineEdit)
    name.setFocus()
    name.selectAll()
    type_text(qtbot, name, str(path))
    enter(qtbot)
    qtbot.waitUntil(lambda: not chooser.isVisible())


def test_that_a_damaged_file_is_restored_from_the_message_that_refuses_it(
    qtbot: QtBot, tmp_path: Path, backed_up: Path
) -> None:
    content = damage(backed_up)
    window = shown_window(qtbot, tmp_path)
    assert not window.files.open(backed_up)
    assert "已损坏" in told(window)
    press_in_strip(qtbot, window, "恢复备份…")
    dialog = restore_dialog(qtbot)
    assert dialog.file.isVisible()
    assert dialog.file.full_text().startswith("given.jixiao（")
    assert dialog.table.rowCount() == 2
    assert [dialog.table.model().index(0, column).data() for column in (1, 4)] == ["25 个", "手动备份（第 2 份）"]
    enter(qtbot)
    qtbot.waitUntil(lambda: window.document.project is not None)
    assert window.document.store is not None
    assert window.document.store.path == backed_up
    assert told(window) == (
        "已恢复第 2 份备份：现有 25 个项目"
        "（恢复前的文件无法读取，已另存为“given.jixiao.备份”文件夹中的“损坏的文件-2-1.jixiao”）。"
    )
    assert (backup_folder(backed_up) / "损坏的文件-2-1.jixiao").read_bytes() == content
    assert str(backed_up) in window.preferences.recent()
    assert window.preferences.last_store() == backed_up


def test_that_one_window_says_once_how_to_go_back_to_a_backup(qtbot: QtBot, tmp_path: Path, backed_up: Path) -> None:
    damage(backed_up)
    window = shown_window(qtbot, tmp_path)

    def said() -> int:
        texts = [one.text() for one in visible(window, QPushButton)] + [one.text() for one in visible(window, QLabel)]
        return sum("恢复备份" in text for text in texts)

    assert said() == 1
    before = window.start_page.new.geometry()
    window.files.open(backed_up)
    assert "已损坏" in told(window)
    qtbot.waitUntil(lambda: said() == 1)
    assert window.start_page.new.geometry().topLeft() == before.topLeft()
    window.start_page.message.hide()
    qtbot.waitUntil(window.start_page.restore.isVisible)
    assert said() == 1


def test_that_a_file_is_restored_from_the_start_page_by_keyboard_alone(
    qtbot: QtBot, tmp_path: Path, backed_up: Path
) -> None:
    content = damage(backed_up)
    window = shown_window(qtbot, tmp_path)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    tab_to(qtbot, called(window.start_page.restore))
    enter(qtbot)
    choose_file(qtbot, window, backed_up)
    restore_dialog(qtbot)
    press(qtbot, Qt.Key.Key_Down)
    enter(qtbot)
    qtbot.waitUntil(lambda: window.document.project is not None)
    assert told(window).startswith("已恢复第 1 份备份：现有 25 个项目")
    assert content in [path.read_bytes() for path in backup_folder(backed_up).glob("损坏的文件*.jixiao")]


@pytest.mark.parametrize("is_missing", [True, False])
def test_that_one_of_the_backups_may_be_chosen_for_its_file(
    qtbot: QtBot, tmp_path: Path, backed_up: Path, is_missing: bool
) -> None:
    if is_missing:
        backed_up.unlink()
    window = shown_window(qtbot, tmp_path)
    assert window.commands["restore"].isEnabled()
    window.commands["restore"].trigger()
    choose_file(qtbot, window, list_backups(backed_up)[1].path)
    assert restore_dialog(qtbot).file.full_text().startswith("given.jixiao（")
    enter(qtbot)
    qtbot.waitUntil(lambda: window.document.project is not None)
    assert window.document.store is not None
    assert window.document.store.path == backed_up
    assert ("恢复前原处没有文件" in told(window)) is is_missing


def test_that_a_missing_file_offers_its_backups_and_one_without_backups_does_not(
    qtbot: QtBot, tmp_path: Path, backed_up: Path
) -> None:
    backed_up.unlink()
    window = shown_window(qtbot, tmp_path)
    assert not window.files.open(backed_up)
    assert "找不到文件" in told(window)
    press_in_strip(qtbot, window, "恢复备份…")
    restore_dialog(qtbot).reject()
    shutil.rmtree(backup_folder(backed_up))
    assert not window.files.open(backed_up)
    assert not [strip for strip in children(window, MessageStrip) if strip._button.isVisible()]


def test_that_a_damaged_file_without_backups_says_where_they_would_be(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    damage(given_store)
    window = shown_window(qtbot, tmp_path)
    window.files.rescue.restore_file(given_store)
    dialog = restore_dialog(qtbot)
    assert "given.jixiao.备份" in dialog.message.text
    assert not dialog.accept_button.isEnabled()
    assert focus() is dialog.close_button
    enter(qtbot)
    assert not dialog.isVisible()


def test_that_another_file_is_restored_while_one_is_open_and_that_one_is_kept(
    qtbot: QtBot, tmp_path: Path, backed_up: Path
) -> None:
    other = tmp_path / "另一个.jixiao"
    shutil.copy(backed_up, other)
    damage(backed_up)
    window = shown_window(qtbot, tmp_path, other)
    rename(window.document, "另一个文件里改的")
    assert not window.files.open(backed_up)
    press_in_strip(qtbot, window, "恢复备份…")
    restore_dialog(qtbot)
    enter(qtbot)
    qtbot.waitUntil(lambda: window.document.store is not None and window.document.store.path == backed_up)
    with Store.open(other) as store:
        assert "另一个文件里改的" in {summary.project_name for summary in store.summaries()}


def test_that_a_restore_that_fails_leaves_the_open_file_open(qtbot: QtBot, tmp_path: Path, backed_up: Path) -> None:
    other = tmp_path / "另一个.jixiao"
    shutil.copy(backed_up, other)
    window = shown_window(qtbot, tmp_path, other)
    window.files.rescue.restore_file(backed_up)
    dialog = restore_dialog(qtbot)
    list_backups(backed_up)[0].path.write_bytes(b"spoilt")
    enter(qtbot)
    assert "与写入时不一致" in dialog.message.text
    assert window.document.store is not None
    assert window.document.store.path == other
    dialog.reject()


def replace(path: Path) -> None:
    shutil.copy(path, path.with_name("other"))
    os.replace(path.with_name("other"), path)


@on_posix
@pytest.mark.parametrize("spoil", [Path.unlink, replace], ids=["removed", "replaced"])
def test_that_an_edit_into_a_file_that_is_gone_offers_a_copy_and_goes_on_in_it(
    qtbot: QtBot, tmp_path: Path, given_store: Path, spoil: Any
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    rename(window.document, "已经保存的")
    on_screen = saved(window.document).id
    spoil(given_store)
    with pytest.raises(AssertionError):
        rename(window.document, "没有保存的")
    assert "没有保存" in told(window)
    press_in_strip(qtbot, window, "另存一份…")
    choose_file(qtbot, window, tmp_path / "另存.jixiao")
    qtbot.waitUntil(lambda: window.document.store is not None and window.document.store.path.name == "另存.jixiao")
    assert saved(window.document).id == on_screen
    assert saved(window.document).project_name == "已经保存的"
    assert "已另存为" in told(window)
    rename(window.document, "接着改的")
    assert "接着改的" in names(window.document, saved(window.document).year)


def answer(qtbot: QtBot, boxes: list[Any], button: str) -> None:
    """Press a button of the box that just opened, by keys."""
    box = boxes[-1][0]
    assert isinstance(box, QMessageBox)
    qtbot.waitUntil(box.isActiveWindow)
    tab_to(qtbot, button)
    press(qtbot, Qt.Key.Key_Space)


@on_posix
@pytest.mark.parametrize("how", ["close the window", "close the file", "open another", "new file", "restore"])
def test_that_nothing_is_closed_unasked_that_could_not_be_read_again(
    qtbot: QtBot, tmp_path: Path, backed_up: Path, message_boxes: list[Any], how: str
) -> None:
    other = tmp_path / "另一个.jixiao"
    shutil.copy(backed_up, other)
    window = shown_window(qtbot, tmp_path, backed_up)
    rename(window.document, "只在这里的")
    backed_up.unlink()
    acts = {
        "close the window": window.close,
        "close the file": window.files.close_store,
        "open another": lambda: window.files.open(other),
        "new file": lambda: window.files.create(tmp_path / "新.jixiao"),
        "restore": window.files.rescue.restore,
    }
    acts[how]()
    assert "再也读不出来" in message_boxes[-1][1]
    answer(qtbot, message_boxes, "取消")
    assert window.isVisible()
    assert "只在这里的" in names(window.document, 2026)
    acts[how]()
    answer(qtbot, message_boxes, "另存一份…")
    choose_file(qtbot, window, tmp_path / "另存.jixiao")
    qtbot.waitUntil(lambda: window.document.store is not None and window.document.store.path.name == "另存.jixiao")
    assert "只在这里的" in names(window.document, 2026)


@on_posix
def test_that_what_is_given_up_is_closed_and_the_rest_follows(
    qtbot: QtBot, tmp_path: Path, given_store: Path, message_boxes: list[Any]
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    shutil.copy(given_store, tmp_path / "older")
    rename(window.document, "只在这里的")
    os.replace(tmp_path / "older", given_store)
    assert not window.files.open(given_store)  # the file that stands there now
    answer(qtbot, message_boxes, "不另存，继续")
    qtbot.waitUntil(lambda: window.document.project is not None)
    assert "只在这里的" not in names(window.document, 2026)
    rename(window.document, "新的那份里改的")
    given_store.unlink()
    window.close()
    assert window.isVisible()
    answer(qtbot, message_boxes, "不另存，继续")
    qtbot.waitUntil(lambda: not window.isVisible())


@on_posix
def test_that_a_copy_that_cannot_be_made_is_told_and_nothing_is_closed(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    given_store.unlink()
    window.files.rescue.save_copy_as(tmp_path / "没有这个文件夹" / "另存.jixiao")
    assert "不存在" in told(window)
    assert window.document.store is not None
    window.files.rescue.save_copy_as(tmp_path / "另存.jixiao")
    assert "已另存为" in told(window)


def test_that_a_journal_set_aside_is_told_when_a_file_is_made(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "新.jixiao-journal").write_text("of an older file")
    window = shown_window(qtbot, tmp_path)
    window.files.create(tmp_path / "新.jixiao")
    assert "“新.jixiao-journal.旧-1”" in told(window)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux lists its locks")
def test_that_a_file_dialog_that_lists_the_folder_leaves_the_lock_of_the_open_file_alone(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    rename(window.document, "写过")

    def locks() -> list[str]:
        number = f":{given_store.stat().st_ino} "
        return sorted(line.split()[1] for line in Path("/proc/locks").read_text().splitlines() if number in line)

    before = locks()
    assert "POSIX" in before
    window.files.ask_store()
    chooser = next(visible(window, QFileDialog))
    chooser.setViewMode(QFileDialog.ViewMode.Detail)
    qtbot.wait(800)
    chooser.close()
    assert locks() == before


@needs_fork
def test_that_a_file_that_was_not_closed_properly_says_that_it_was_checked(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    def cut_off() -> None:
        Store.open(given_store, backing_up=False)
        die()

    assert in_child(cut_off) == -signal.SIGKILL
    window = shown_window(qtbot, tmp_path)
    assert window.files.open(given_store)
    assert "上次没有正常关闭这个文件" in told(window)
    window.document.close_store()
    with Store.open(given_store) as store:
        assert not store.was_cut_off
