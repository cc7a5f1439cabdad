"""An export under way: its progress, that nothing can be changed meanwhile, and that it can be cancelled."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

import storage.excel
from gui.desk.tasks import TaskRunner
from gui.document.document import Document
from gui.files.export import ExportDialog
from model.errors import UserError
from model.findings import Severity
from model.labels import SEVERITY_WORDS
from storage.excel import ExportReport, export
from storage.excel.writer import write_sheet
from tests.gui.dialogs import CONTROL, enter, escape, focus, is_open, press, shown, wait_for_job, was_accepted

STEPS = 10


class SlowExport:
    """Stands in for the export: goes on step by step as the test lets it."""

    def __init__(self) -> None:
        self.times = 0
        self.may_go_on = threading.Event()
        self.reached = threading.Event()
        self.is_deaf = False
        self.problem: Exception | None = None

    def __call__(
        self,
        path: Path,
        *_: Any,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
        **__: Any,
    ) -> ExportReport:
        self.times += 1
        progress(3, STEPS)
        self.reached.set()
        assert self.may_go_on.wait(20)
        if self.problem is not None:
            raise self.problem
        if not self.is_deaf and cancelled():
            progress(4, STEPS)
        path.write_text("工作簿")
        return ExportReport(path, 1, 1, "已导出")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowExport]:
    slow = SlowExport()
    monkeypatch.setattr(storage.excel, "export_workbook", slow)
    yield slow
    slow.may_go_on.set()


@pytest.fixture
def dialog(document: Document, tmp_path: Path, slow: SlowExport, qtbot: QtBot) -> Iterator[ExportDialog]:
    """A dialog whose export has come to its third step."""
    tasks = TaskRunner()
    dialog = shown(qtbot, ExportDialog(document, tasks, folder=tmp_path))
    enter(qtbot)
    qtbot.waitUntil(slow.reached.is_set)
    qtbot.waitUntil(lambda: dialog.progress.value() == 3)
    yield dialog
    slow.may_go_on.set()
    tasks.shut_down()


def test_that_the_progress_is_shown_and_only_cancelling_is_possible(dialog: ExportDialog) -> None:
    assert dialog.progress.isVisible()
    assert dialog.progress.maximum() == STEPS
    assert dialog.doing.text() == "正在导出 Excel…"
    assert not dialog.body.isEnabled()
    assert not dialog.accept_button.isEnabled()
    assert focus() is dialog.close_button


def test_that_a_second_export_cannot_begin_before_the_first_is_over(
    dialog: ExportDialog, slow: SlowExport, qtbot: QtBot
) -> None:
    dialog.path.setText("另一个名称")
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert not dialog.accept_button.isEnabled()
    slow.may_go_on.set()
    qtbot.waitUntil(lambda: was_accepted(dialog))
    assert slow.times == 1


def test_that_an_enter_too_many_cancels_nothing_and_a_space_on_the_button_does(
    dialog: ExportDialog, slow: SlowExport, qtbot: QtBot
) -> None:
    enter(qtbot)
    assert (dialog.doing.text(), dialog.close_button.isDefault()) == ("正在导出 Excel…", False)
    press(qtbot, Qt.Key.Key_Space)
    assert dialog.doing.text() == "正在取消…"
    slow.may_go_on.set()
    wait_for_job(qtbot, dialog)
    assert dialog.close_button.autoDefault()


def test_that_escape_cancels_and_nothing_is_written(
    dialog: ExportDialog, slow: SlowExport, tmp_path: Path, qtbot: QtBot
) -> None:
    escape(qtbot)
    assert dialog.doing.text() == "正在取消…"
    slow.may_go_on.set()
    wait_for_job(qtbot, dialog)
    assert is_open(dialog)
    assert dialog.message.text == "已取消导出，没有写入任何文件；原有文件完好无损。"
    assert list(tmp_path.glob("*.xlsx")) == []


def test_that_a_real_export_that_is_cancelled_is_told_as_cancelled_and_not_as_an_error(
    document: Document, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, may_go_on = threading.Event(), threading.Event()
    real = write_sheet

    def held_up(*arguments: Any) -> None:
        reached.set()
        assert may_go_on.wait(20)
        real(*arguments)

    monkeypatch.setattr(export, "write_sheet", held_up)
    tasks = TaskRunner()
    dialog = shown(qtbot, ExportDialog(document, tasks, folder=tmp_path))
    enter(qtbot)
    qtbot.waitUntil(reached.is_set)
    escape(qtbot)
    may_go_on.set()
    wait_for_job(qtbot, dialog)
    assert dialog.message.accessibleName() == (
        f"{SEVERITY_WORDS[Severity.INFO]}：已取消导出，没有写入任何文件；原有文件完好无损。"
    )
    assert list(tmp_path.glob("*.xlsx")) == []


def test_that_the_export_can_be_begun_anew_after_it_was_cancelled(
    dialog: ExportDialog, slow: SlowExport, tmp_path: Path, qtbot: QtBot
) -> None:
    press(qtbot, Qt.Key.Key_Space)  # the focus is on 取消
    slow.may_go_on.set()
    wait_for_job(qtbot, dialog)
    assert focus() is dialog.one
    assert dialog.accept_button.isDefault()
    enter(qtbot)
    qtbot.waitUntil(lambda: was_accepted(dialog))
    assert len(list(tmp_path.glob("*.xlsx"))) == 1


def test_that_cancelling_too_late_says_that_the_file_is_there(
    dialog: ExportDialog, slow: SlowExport, tmp_path: Path, qtbot: QtBot
) -> None:
    slow.is_deaf = True
    escape(qtbot)
    with qtbot.waitSignal(dialog.exported):
        slow.may_go_on.set()
    qtbot.waitUntil(lambda: was_accepted(dialog))
    assert len(list(tmp_path.glob("*.xlsx"))) == 1


def test_that_a_full_disk_in_the_middle_is_told_and_the_dialog_can_be_used_again(
    dialog: ExportDialog, slow: SlowExport, qtbot: QtBot
) -> None:
    slow.problem = UserError("磁盘空间不足。")
    slow.may_go_on.set()
    wait_for_job(qtbot, dialog)
    assert dialog.message.text == "磁盘空间不足。"
    assert dialog.body.isEnabled()
    assert dialog.accept_button.isEnabled()


def test_that_a_dialog_whose_window_is_closed_does_not_outlive_its_job(
    dialog: ExportDialog, slow: SlowExport, qtbot: QtBot
) -> None:
    dialog.close()
    assert is_open(dialog)
    slow.may_go_on.set()
    wait_for_job(qtbot, dialog)
    dialog.close()
    assert not is_open(dialog)


def test_that_an_export_that_stands_still_is_left_by_a_second_escape_and_can_be_begun_elsewhere(
    dialog: ExportDialog, slow: SlowExport, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.desk.tasks.STILL_MS", 1)
    escape(qtbot)
    qtbot.waitUntil(lambda: dialog.close_button.text() == "不等了")
    assert "没有回应" in dialog.doing.text()
    escape(qtbot)
    assert is_open(dialog)
    assert "没有再等" in dialog.message.text
    assert dialog.close_button.text() == "取消"
    assert dialog.path.isEnabled()
    slow.may_go_on.set()
    dialog.path.setText("另一处")
    enter(qtbot)
    qtbot.waitUntil(lambda: was_accepted(dialog))
