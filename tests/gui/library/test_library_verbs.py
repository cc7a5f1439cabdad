"""What the menu does with the library: lines kept, files taken in and written, everything told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from gui.desk.desk import Desk
from gui.document import library as library_module
from gui.library.dialog import LibraryDialog
from gui.library.verbs import LibraryVerbs
from gui.main_window import MainWindow
from model import edits
from model.changes import AddProject
from model.findings import Place
from model.library import entry_of
from model.records import Form
from storage.library import FORMAT, read_library, write_library
from storage.store.sqlite import Store
from tests.gui.found import child
from tests.gui.hands import declared, line, lines_of
from tests.gui.window import shown_window, type_text


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setattr(library_module, "BEGIN_AFTER_MS", 0)
    path = tmp_path / "本单位.jixiao"
    lines = (line("a", name="热线接听数", target_text="≥500.00(个)"), line("b", ("自定", "自定级别"), name="别的"))
    with Store.create(path) as store:
        store.apply("导入", (AddProject(declared(*lines, line("c", name=""))),))
    window = shown_window(qtbot, tmp_path, path)
    qtbot.waitUntil(lambda: window.document.library.is_counted)
    return window


def told(window: MainWindow) -> str:
    return window.page.message.text


@pytest.fixture
def verbs(window: MainWindow) -> LibraryVerbs:
    desk = Desk(window.document, window.tasks, window.tell, window.appearance, window.preferences, window)
    return LibraryVerbs(desk, window.page)


def go(window: MainWindow, line_id: str) -> None:
    window.go_to(Place(Form.DECLARATION, "name", line_id))


def test_that_a_line_is_kept_by_one_key_told_and_taken_back(qtbot: QtBot, window: MainWindow) -> None:
    go(window, "a")
    window.commands["keep_lines"].trigger()
    assert told(window) == "已存入指标库：“热线接听数 ≥500.00(个)”。"
    (row,) = window.document.library.rows.values()
    assert row.entry.pinyin.startswith("re xian")
    window.commands["keep_lines"].trigger()
    assert told(window).startswith("指标库里已有")
    window.commands["undo"].trigger()
    assert window.document.library.rows == {}


def test_that_a_line_that_fits_into_no_library_is_told(window: MainWindow) -> None:
    for line_id, why in (("b", "不是标准名称"), ("c", "有名称的指标")):
        go(window, line_id)
        window.commands["keep_lines"].trigger()
        assert why in told(window)
    assert window.document.library.rows == {}


def test_that_the_library_opens_by_its_key_and_the_cursor_goes_to_what_was_inserted(
    qtbot: QtBot, window: MainWindow
) -> None:
    go(window, "a")
    window.commands["library"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, LibraryDialog)
    type_text(qtbot, dialog.search, "pxrc")
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    new = list(lines_of(window.document))[1]
    assert window.page.table.current_id() == new
    dialog = _open(window)
    for row in (0, 1):
        dialog.model.setData(dialog.model.index(row, 0), None, Qt.ItemDataRole.CheckStateRole)
    dialog.accept_button.click()
    assert told(window) == "已插入 2 条指标。"


def _open(window: MainWindow) -> LibraryDialog:
    window.commands["library"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, LibraryDialog)
    return dialog


def test_that_a_file_is_taken_in_as_one_gesture_and_what_is_there_already_is_counted(
    qtbot: QtBot, window: MainWindow, verbs: LibraryVerbs, tmp_path: Path
) -> None:
    path = tmp_path / "别的单位.json"
    entries = [entry_of("数量指标", name, "≥3次") for name in ("走访次数", "热线接听数")]
    write_library(path, entries)
    verbs.import_from(path)
    qtbot.waitUntil(lambda: "已导入" in told(window))
    assert told(window) == "已导入 2 条指标。"
    assert window.document.library.find("zfcs")[0].entry.name == "走访次数"
    verbs.import_from(path)
    qtbot.waitUntil(lambda: "没有新的指标" in told(window))
    write_library(path, [entry_of("数量指标", "走访次数", "≥9次"), entries[1]])
    verbs.import_from(path)
    qtbot.waitUntil(lambda: "改写" in told(window))
    assert told(window) == "已导入 1 条指标，其中 1 条改写了自存的指标值，1 条已有。"
    window.commands["undo"].trigger()
    assert window.document.library.find("zfcs")[0].entry.target == "≥3次"


def test_that_a_file_of_another_version_or_with_nonsense_is_told_and_changes_nothing(
    qtbot: QtBot, window: MainWindow, verbs: LibraryVerbs, tmp_path: Path
) -> None:
    path = tmp_path / "坏.json"
    for document, why in (
        ({"format": "jixiao-library/9"}, "只支持"),
        ({"format": FORMAT, "entries": [1]}, "第 1 条"),
    ):
        path.write_text(json.dumps(document), encoding="utf-8")
        verbs.import_from(path)
        qtbot.waitUntil(lambda expected=why: expected in told(window))  # type: ignore[misc]
        assert "没有导入任何内容" in told(window)
    assert window.document.library.rows == {}


def test_that_the_units_own_is_written_to_a_file_and_one_that_is_there_is_asked_about(
    window: MainWindow, verbs: LibraryVerbs, tmp_path: Path, message_boxes: list[tuple[str, str]]
) -> None:
    path = tmp_path / "指标库.json"
    verbs.export_to(path)
    assert told(window) == f"已导出 1 条指标：{path}"
    assert [entry.name for entry in read_library(path)] == ["热线接听数"]
    path.write_text("", encoding="utf-8")
    verbs.export_to(path)
    box = child(window, QMessageBox)
    next(button for button in box.buttons() if button.text() == "替换").click()
    assert [text for _, text in message_boxes] == ["“指标库.json”已经存在。要替换它吗？"]
    assert len(read_library(path)) == 1
    verbs.export_to(tmp_path / "没有的文件夹" / "指标库.json")
    assert "没有的文件夹" in told(window)


def test_that_files_are_asked_for_and_nothing_to_write_is_told(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: asked.append(dialog.windowTitle()))
    window.commands["import_library"].trigger()
    window.commands["export_library"].trigger()
    assert asked == ["导入指标库", "导出指标库"]
    document = window.document
    project = document.saved_project
    assert project is not None
    document.push("清空", edits.delete_lines(project, ("a", "b"), document.settings))
    window.commands["export_library"].trigger()
    assert "正在统计" in told(window)
    qtbot.waitUntil(lambda: document.library.is_counted)
    window.commands["export_library"].trigger()
    assert "没有可导出的" in told(window)
