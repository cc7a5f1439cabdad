"""The whole main job in the real window, by key events only, and the same as ``--selftest``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import make_window
from gui.main_window import MainWindow
from gui.selftest import run
from gui.selftest.run import STEPS
from gui.selftest.scenario import BUDGET, Scenario, WrongError
from model.records import Evaluation
from storage.store.journal import JournalKind
from storage.store.sqlite import Store
from tests.gui.found import file_of
from tests.model.projects import evaluation_of


@pytest.fixture
def scenario(tmp_path: Path, qtbot: QtBot) -> Iterator[Scenario]:
    opened: list[MainWindow] = []

    def open_window(path: Path) -> MainWindow:
        window = make_window(tmp_path / "jixiao.ini")
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        window.open_at_start(path)
        opened.append(window)
        return window

    store = tmp_path / "新单位.jixiao"
    Store.create(store).close()
    yield Scenario(store, open_window)
    for window in opened:
        window.close()
        window.deleteLater()
    QApplication.processEvents()


def test_that_the_whole_main_job_can_be_done_with_the_keyboard_alone(scenario: Scenario, tmp_path: Path) -> None:
    for step, _ in STEPS:
        getattr(scenario, step)()
    scenario.export(tmp_path / "导出.xlsx")
    document = scenario.window.document
    project = document.saved_project
    assert project is not None
    assert project.of(Evaluation) is not None
    assert evaluation_of(project).initial_fiscal_current.startswith(BUDGET)
    assert document.score is not None
    assert document.score.total is not None
    assert not [finding for finding in document.findings if finding.blocks_export]


def test_that_every_gesture_of_the_main_job_is_one_entry_of_the_journal_and_can_be_undone(
    scenario: Scenario,
) -> None:
    for step, _ in STEPS[:4]:
        getattr(scenario, step)()
    stack = scenario.window.document.undo_stack
    count = stack.count()
    store = file_of(scenario.window.document)
    assert len([entry for entry in store.journal(1000) if entry.kind is JournalKind.DO]) == count
    stack.setIndex(0)
    assert store.summaries() == ()


def test_that_the_scenario_notices_a_program_that_does_not_do_its_job(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.document.document.Document.push", lambda *_: True)
    with pytest.raises((WrongError, AssertionError, Exception), match=r".+"):
        scenario.start_project()


def test_that_the_self_test_writes_a_report_a_workbook_and_pictures(tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "自检 结果"
    assert run(folder) == 0
    report = json.loads((folder / "selftest.json").read_text(encoding="utf-8"))
    assert report["ok"], report
    assert len(report["steps"]) == len(STEPS) + 1
    assert (folder / report["workbook"]).stat().st_size > 0
    assert [(folder / picture).exists() for picture in report["pictures"]] == [True, True]


def test_that_a_self_test_that_cannot_write_says_why_and_fails(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "自检").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(OSError, match="自检"):
        run(tmp_path / "自检")
