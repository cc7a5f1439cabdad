"""What the window tells after a restore in every state, and which folder it proposes after the example."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from gui.desk.notify import MessageStrip
from gui.files.backups import RestoreDialog
from gui.files.export import ExportDialog
from gui.main_window import MainWindow
from model.changes import AddProject, RemoveProject
from storage.store.sqlite import Store
from tests.gui.dialogs import enter, names, opened, press, saved
from tests.gui.found import children, visible
from tests.gui.window import shown_window
from tests.storage.builders import project

# A restore is told


def backed_up(path: Path) -> Path:
    """A store with one backup, of how it is now."""
    with Store.open(path, backing_up=False) as store:
        store.back_up("手动备份")
    return path


def restore_oldest(qtbot: QtBot, window: MainWindow) -> None:
    """Bring the last backup of the list back by keys: the only one, or, on a slow machine, that below the opening's."""
    window.commands["restore"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RestoreDialog)
    qtbot.waitUntil(dialog.table.hasFocus)
    press(qtbot, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert dialog.table.currentRow() == dialog.table.rowCount() - 1
    with qtbot.waitSignal(dialog.restored):
        enter(qtbot)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def told(window: MainWindow) -> list[str]:
    """What can be read above the centre."""
    return [strip.text for strip in children(window, MessageStrip) if strip.isVisible()]


def test_that_a_restore_is_told_when_the_project_on_screen_is_in_the_backup(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, backed_up(given_store))
    restore_oldest(qtbot, window)
    assert re.fullmatch(
        "已恢复第 1 份备份：现有 25 个项目（恢复前 25 个，在第 [1-4] 份备份里）。", "".join(told(window))
    )


def test_that_a_restore_is_told_when_the_project_on_screen_is_not_in_the_backup(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, backed_up(given_store))
    assert window.document.push("新建项目", (AddProject(project("new", "备份以后新建的")),))
    window.document.select_project("new")
    restore_oldest(qtbot, window)
    assert saved(window.document).id != "new"
    assert window.page.isVisible()
    assert re.fullmatch(
        "已恢复第 1 份备份：现有 25 个项目（恢复前 26 个，在第 [1-4] 份备份里）。", "".join(told(window))
    )
    window.commands["undo"].trigger()
    assert told(window) == []


def test_that_a_restore_is_told_when_no_project_was_on_screen(qtbot: QtBot, tmp_path: Path, given_store: Path) -> None:
    window = shown_window(qtbot, tmp_path, backed_up(given_store))
    window.document.select_project(None)
    restore_oldest(qtbot, window)
    assert len(told(window)) == 1


def test_that_a_restore_is_told_when_the_backup_has_no_project(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "空.jixiao"
    Store.create(path).close()
    with Store.open(backed_up(path)) as store:
        store.apply("新建项目", (AddProject(project()),))
    window = shown_window(qtbot, tmp_path, path)
    restore_oldest(qtbot, window)
    assert window.empty_page.isVisible()
    assert re.fullmatch("已恢复第 1 份备份：现有 0 个项目（恢复前 1 个，在第 [1-4] 份备份里）。", "".join(told(window)))


def test_that_a_restore_is_told_when_every_project_had_been_removed(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    backed_up(given_store)
    with opened(given_store) as document:
        assert document.store is not None
        everything = document.store.projects()
        assert document.push("删除", tuple(RemoveProject(one) for one in everything))
        assert names(document, 2026) == []
    window = shown_window(qtbot, tmp_path)
    assert window.files.open(given_store)
    restore_oldest(qtbot, window)
    assert window.page.isVisible()
    assert len(told(window)) == 1


def test_that_restores_in_the_window_leave_one_backup_of_what_stood_before(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, backed_up(given_store))
    assert window.document.push("新建项目", (AddProject(project("new", "备份以后新建的")),))
    for _ in range(5):
        restore_oldest(qtbot, window)
    qtbot.wait(500)  # the backup of an opening is made a moment after it
    window.commands["restore"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RestoreDialog)
    assert dialog.table.rowCount() == 2
    dialog.reject()


# The example and the proposed folder


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this person keeps documents, as the system says."""
    folder = tmp_path / "文档"
    folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(folder))
    return folder


@pytest.fixture
def beginner(
    qtbot: QtBot, tmp_path: Path, given_store: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """A window in which nothing but the example was ever opened."""
    monkeypatch.setattr("gui.files.verbs.EXAMPLE", given_store)
    window = shown_window(qtbot, tmp_path)
    window.files.open_example()
    qtbot.waitUntil(lambda: window.document.project is not None)
    return window


def proposed_for_new(window: MainWindow) -> Path:
    """The folder 新建数据文件 begins in."""
    window.commands["new_store"].trigger()
    chooser = next(visible(window, QFileDialog))
    folder = Path(chooser.directory().path())
    chooser.close()
    return folder


def proposed_for_export(window: MainWindow) -> Path:
    """The folder 导出 proposes."""
    window.commands["export"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    folder = Path(dialog.path.text()).parent
    dialog.reject()
    return folder


def test_that_with_only_the_example_opened_files_are_proposed_in_the_documents_folder(
    beginner: MainWindow, documents: Path
) -> None:
    assert proposed_for_new(beginner) == documents
    assert proposed_for_export(beginner) == documents


def test_that_without_a_documents_folder_they_are_proposed_in_the_home_folder(
    beginner: MainWindow, documents: Path
) -> None:
    documents.rmdir()
    assert proposed_for_new(beginner) == Path.home()
    assert proposed_for_export(beginner) == Path.home()


def test_that_the_example_does_not_change_the_folder_of_the_last_file(beginner: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "数据").mkdir()
    beginner.files.create(tmp_path / "数据" / "本单位.jixiao")
    beginner.files.open_example()
    beginner.files.open(beginner.files.example_path)
    assert proposed_for_new(beginner) == tmp_path / "数据"
    assert proposed_for_export(beginner) == tmp_path / "数据"


def test_that_the_example_opened_again_at_the_next_start_changes_no_folder_either(
    qtbot: QtBot, beginner: MainWindow, tmp_path: Path, documents: Path
) -> None:
    last = beginner.preferences.last_store()
    beginner.close()
    again = shown_window(qtbot, tmp_path)
    again.open_at_start(last)
    qtbot.waitUntil(lambda: again.document.project is not None)
    assert again.preferences.folder() == str(documents)


def test_that_projects_a_damaged_file_lists_nowhere_are_told_when_it_opens(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    with closing(sqlite3.connect(given_store, isolation_level=None)) as connection:
        connection.execute("DELETE FROM placement")
    window = shown_window(qtbot, tmp_path, given_store)
    qtbot.waitUntil(lambda: any("有 25 个项目不在项目清单中" in text for text in told(window)))
    assert len(window.document.projects) == 25
