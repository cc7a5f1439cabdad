"""What the window remembers and tells after a file went out or came back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.files.backups import RestoreDialog
from gui.files.export import ExportDialog
from gui.main_window import MainWindow
from gui.settings.dialog import SettingsDialog
from model import edits
from model.changes import SetSetting
from model.settings import Settings
from storage.store.sqlite import Store
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


def correct_unit(qtbot: QtBot, window: MainWindow, unit: str, department: str) -> None:
    """设置, by keys: another 实施单位 and 主管部门."""
    window.commands["settings"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SettingsDialog)
    dialog.unit.setText(unit)
    dialog.department.setText(department)
    QTest.keyClick(dialog.unit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def unit_of(window: MainWindow) -> tuple[str, str]:
    settings = window.document.settings
    return settings.unit_name, settings.department


def test_that_a_unit_name_corrected_in_the_settings_does_not_come_back_in_the_next_file(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = shown_window(qtbot, tmp_path)
    window.preferences.set_unit("某某中新", "某局")
    window.files.create(tmp_path / "一.jixiao")
    assert unit_of(window) == ("某某中新", "某局")
    correct_unit(qtbot, window, "某某中心", "某局")
    window.files.create(tmp_path / "二.jixiao")
    assert unit_of(window) == ("某某中心", "某局")


def test_that_what_the_program_fills_into_a_new_file_is_no_step_to_undo(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown_window(qtbot, tmp_path)
    window.preferences.set_unit("某某中心", "某局")
    window.files.create(tmp_path / "一.jixiao")
    assert unit_of(window) == ("某某中心", "某局")
    assert not window.commands["undo"].isEnabled()
    window.files.close_store()
    assert window.files.open(tmp_path / "一.jixiao")
    assert unit_of(window) == ("某某中心", "某局")
    assert not window.commands["undo"].isEnabled()
    assert isinstance(window.document.store, Store)
    assert [entry.label for entry in window.document.store.journal()] == ["填写本单位"]


def test_that_a_unit_first_named_in_the_settings_is_that_of_the_next_file(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown_window(qtbot, tmp_path)
    window.files.create(tmp_path / "一.jixiao")
    correct_unit(qtbot, window, "某某中心", "")
    window.files.create(tmp_path / "二.jixiao")
    assert unit_of(window) == ("某某中心", "")


def test_that_the_settings_of_a_file_of_another_unit_leave_ones_own_name_alone(qtbot: QtBot, tmp_path: Path) -> None:
    with Store.create(tmp_path / "外来.jixiao") as other:
        settings = Settings(unit_name="兄弟单位", department="某局")
        other.apply("填写本单位", edits.set_setting_changes(Settings(), settings))
    window = shown_window(qtbot, tmp_path)
    window.preferences.set_unit("某某中心", "某局")
    assert window.files.open(tmp_path / "外来.jixiao")
    correct_unit(qtbot, window, "兄弟单位（改）", "另一局")
    window.files.create(tmp_path / "二.jixiao")
    assert unit_of(window) == ("某某中心", "某局")


def test_that_a_refused_change_of_the_unit_is_not_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown_window(qtbot, tmp_path)
    window.preferences.set_unit("某某中心", "")
    window.files.create(tmp_path / "一.jixiao")
    window.commands["settings"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SettingsDialog)
    dialog.unit.setText("没有保存")
    dialog.reject()
    window.files.create(tmp_path / "二.jixiao")
    assert unit_of(window) == ("某某中心", "")


def test_that_a_file_whose_settings_do_not_count_says_so_when_it_is_opened(qtbot: QtBot, tmp_path: Path) -> None:
    with Store.create(tmp_path / "较新.jixiao") as other:
        other.apply("设置", (SetSetting("profile/2026", "", '{"negative": "N9"}'),))
    window = shown_window(qtbot, tmp_path)
    assert window.files.open(tmp_path / "较新.jixiao")
    told = window.page.message.text + window.empty_page.message.text
    assert "本版本不能识别文件里的设置：2026 年度的计分方案" in told
