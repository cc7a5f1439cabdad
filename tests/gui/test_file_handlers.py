"""What the window remembers and tells after a file went out or came back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.dialogs.backups import RestoreDialog
from gui.dialogs.export import ExportDialog
from tests.gui.window import shown_window


def test_that_the_next_export_starts_in_the_folder_of_the_last(qtbot: QtBot, tmp_path: Path, given_store: Path) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    target = tmp_path / "导出"
    target.mkdir()
    window.commands["export"].trigger()
    first = QApplication.activeModalWidget()
    assert isinstance(first, ExportDialog)
    first.path.setFocus()
    first.path.setText(str(target / "表.xlsx"))
    QTest.keyClick(first.path, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: (target / "表.xlsx").exists() and QApplication.activeModalWidget() is None, timeout=20_000)
    window.commands["export"].trigger()
    second = QApplication.activeModalWidget()
    assert isinstance(second, ExportDialog)
    assert Path(second.path.text()).parent == target
    second.reject()


def test_that_a_restored_backup_is_told_in_the_window(qtbot: QtBot, tmp_path: Path, given_store: Path) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    window.commands["back_up"].trigger()
    window.commands["restore"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RestoreDialog)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    qtbot.waitUntil(lambda: "已恢复" in window.page.message.text + window.empty_page.message.text)
