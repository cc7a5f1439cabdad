"""取消 of a reading that would never end: what happens, in which order, while the window goes on working."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from gui.desk.tasks import TaskRunner
from gui.document.document import Document
from gui.files.import_preview import ImportDialog
from gui.main_window import MainWindow
from storage.guard import process
from storage.store.sqlite import Store
from tests.gui.dialogs import escape, opened, shown
from tests.gui.window import shown_window

pytestmark = pytest.mark.guarded
BEATS = 5


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What becomes of the reading process, which never answers."""
    told: list[str] = []

    class Endless(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **how: Any) -> None:
            super().__init__(*arguments, **how)
            told.append("reading")

        def kill(self) -> None:
            super().kill()
            self.wait()
            told.append("reader gone")

    monkeypatch.setattr("storage.guard.process.subprocess.Popen", Endless)
    monkeypatch.setattr(process, "_command", lambda: [sys.executable, "-S", "-c", "import time; time.sleep(600)"])
    return told


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.shut_down()


@pytest.fixture
def empty(tmp_path: Path, qtbot: QtBot) -> Iterator[Document]:
    Store.create(tmp_path / "新.jixiao").close()
    with opened(tmp_path / "新.jixiao") as document:
        yield document


@pytest.mark.parametrize("source", ["表.pdf", "绩效目标申报表\n项目名称\t办公" * 100])
def test_that_cancelling_closes_the_dialog_at_once_and_the_reader_is_ended_while_the_window_lives(
    empty: Document, tasks: TaskRunner, qtbot: QtBot, tmp_path: Path, events: list[str], source: str
) -> None:
    paper = tmp_path / source if source.endswith(".pdf") else source
    dialog = shown(qtbot, ImportDialog(empty, tasks, [paper] if isinstance(paper, Path) else paper))
    dialog.finished.connect(lambda _result: events.append("closed"))
    beats: list[bool] = []
    heart = QTimer(tasks)
    heart.timeout.connect(lambda: beats.append(True))
    heart.start(0)
    qtbot.waitUntil(lambda: events == ["reading"] and len(beats) > BEATS)
    events.append("asked to stop")
    escape(qtbot)
    beats.clear()
    qtbot.waitUntil(lambda: not tasks.is_busy)
    assert events == ["reading", "asked to stop", "closed", "reader gone"]
    assert beats
    assert empty.summaries() == ()


def test_that_closing_the_window_ends_the_reader_first(
    qtbot: QtBot, tmp_path: Path, given_store: Path, events: list[str]
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    window.files.preview_import([tmp_path / "表.pdf"])
    qtbot.waitUntil(lambda: events == ["reading"])
    assert window.close()
    events.append("window gone")
    assert events == ["reading", "reader gone", "window gone"]
    assert is_let_go(window)


def is_let_go(window: MainWindow) -> bool:
    """Whether the window holds neither a job nor a file."""
    return not window.tasks.is_busy and window.document.store is None
