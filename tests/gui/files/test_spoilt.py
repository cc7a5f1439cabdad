"""A file whose content is not what was written is told in the real window, with what to do; nothing is lost by it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from gui.desk.notify import MessageStrip
from gui.desk.signs import Sign
from gui.document import soundness
from gui.files.backups import RestoreDialog
from gui.files.rescue import ACCEPT
from gui.main_window import MainWindow
from storage.store.sqlite import Store
from tests.gui.dialogs import enter, is_drawn_with
from tests.gui.found import children
from tests.gui.window import shown_window
from tests.storage.builders import goal_of, new_store, project


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(soundness, "LOOK_AFTER_MS", 0)
    monkeypatch.setattr(soundness, "EACH_MS", 0)
    path = tmp_path / "绩效.jixiao"
    with new_store(path, project("p1"), project("p2", "平台网络保障")) as store:
        store.back_up("打开文件")
    return path


def spoil(path: Path, project_id: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE declaration SET annual_goal = '别的' WHERE project_id = ?", (project_id,))


def box(qtbot: QtBot) -> QMessageBox:
    found: list[QMessageBox] = []

    def is_there() -> bool:
        found[:] = [one for one in [QApplication.activeModalWidget()] if isinstance(one, QMessageBox)]
        return bool(found)

    qtbot.waitUntil(is_there)
    return found[0]


def click(shown: QMessageBox, verb: str) -> None:
    next(button for button in shown.buttons() if button.text() == verb).click()


def told(window: MainWindow) -> str:
    return "".join(strip.text for strip in children(window, MessageStrip) if strip.isVisible())


def opened(qtbot: QtBot, folder: Path, path: Path) -> MainWindow:
    window = shown_window(qtbot, folder)
    assert window.files.open(path)
    return window


def test_that_a_spoilt_project_on_screen_is_told_and_its_backups_are_offered(
    qtbot: QtBot, tmp_path: Path, path: Path, message_boxes: list[Any]
) -> None:
    spoil(path, "p1")
    window = opened(qtbot, tmp_path, path)
    window.document.select_project("p1")
    shown = box(qtbot)
    assert "2026 年度“信息化运维项目”的内容与保存时不一致" in shown.text()
    assert is_drawn_with(shown, Sign.ERROR)
    qtbot.waitUntil(shown.isActiveWindow)
    enter(qtbot)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), RestoreDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RestoreDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    enter(qtbot)
    qtbot.waitUntil(lambda: told(window).startswith("已恢复"))
    store = window.document.store
    assert store is not None
    assert store.projects() == (project("p1"), project("p2", "平台网络保障"))


def test_that_a_project_somebody_looked_over_is_told_no_more(
    qtbot: QtBot, tmp_path: Path, path: Path, message_boxes: list[Any]
) -> None:
    spoil(path, "p1")
    window = opened(qtbot, tmp_path, path)
    window.document.select_project("p1")
    click(box(qtbot), ACCEPT)
    assert "按现在的内容继续，已记入修改记录" in told(window)
    assert len(message_boxes) == 1
    window.close()
    with Store.open(path) as store:
        assert store.is_as_written(store.project("p1"))
        assert goal_of(store.project("p1")) == "别的"


def test_that_a_spoilt_project_that_is_not_on_screen_is_told_when_all_were_looked_at(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    spoil(path, "p2")
    window = opened(qtbot, tmp_path, path)
    qtbot.waitUntil(lambda: "2026 年度“平台网络保障”的内容与保存时不一致" in told(window))


def test_that_a_sound_file_is_looked_through_without_a_word(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    window = opened(qtbot, tmp_path, path)
    qtbot.waitUntil(lambda: not window.soundness._timer.isActive())
    assert told(window) == ""
    assert QApplication.activeModalWidget() is None


def test_that_a_line_of_the_list_that_is_not_as_written_comes_right_by_itself(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE summary SET project_name = '错的' WHERE project_id = 'p2'")
    window = opened(qtbot, tmp_path, path)
    qtbot.waitUntil(lambda: "平台网络保障" in {one.project_name for one in window.document.summaries()})
