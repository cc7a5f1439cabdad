"""The library of the open store: counted late, followed gesture by gesture."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.document import library as library_module
from gui.document.document import Document
from model import edits
from model.changes import RemoveProject
from model.errors import UserError
from model.library import Source
from storage.library import shipped
from storage.store.sqlite import Store
from tests.gui.hands import QUALITY, declared, document_of, line

HERE = declared(line("a"))
THERE = declared(line("x", QUALITY, name="验收合格率"), line("y", name="专线巡检次数"), project_id="q", name="往年")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_module, "BEGIN_AFTER_MS", 0)
    monkeypatch.setattr(library_module, "PROJECTS_AT_ONCE", 1)


def counted(qtbot: QtBot, document: Document) -> None:
    qtbot.waitUntil(lambda: document.library.is_counted)


def names(document: Document, typed: str) -> list[str]:
    return [known.entry.name for known in document.library.find(typed, "数量指标", here="p")]


def test_that_what_comes_with_the_program_is_there_at_once_and_the_units_own_soon(qtbot: QtBot, tmp_path: Path) -> None:
    with document_of(tmp_path / "库.jixiao", HERE, THERE) as document:
        assert len(document.library.find("")) == len(shipped())
        assert names(document, "巡检次数") == ["巡检次数"]
        with qtbot.waitSignal(document.library.changed):
            counted(qtbot, document)
        assert names(document, "巡检次数") == ["专线巡检次数", "巡检次数"]
        assert names(document, "zxxj") == ["专线巡检次数"]
        assert document.library.find("验收合格率")[0].source is Source.USED
        assert names(document, "指标a") == []


def test_that_a_gesture_changes_what_is_known_of_its_project(qtbot: QtBot, tmp_path: Path) -> None:
    with document_of(tmp_path / "库.jixiao", HERE, THERE) as document:
        counted(qtbot, document)
        document.select_project("q")
        assert document.saved_project is not None
        changes = edits.take_entry(document.saved_project, "y", "光缆巡检次数", "≥3次", document.settings)
        document.push("改名", changes)
        counted(qtbot, document)
        assert names(document, "巡检次数") == ["光缆巡检次数", "巡检次数"]
        assert document.saved_project is not None
        document.push("删除", (RemoveProject(document.saved_project),))
        counted(qtbot, document)
        assert names(document, "巡检次数") == ["巡检次数"]
        document.close_store()
        assert document.library.is_counted


def test_that_a_file_that_cannot_be_read_leaves_what_comes_with_the_program(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise UserError("读不出来。")

    with document_of(tmp_path / "库.jixiao", HERE, THERE) as document:
        monkeypatch.setattr(Store, "projects", refuse)
        counted(qtbot, document)
        assert names(document, "巡检次数") == ["巡检次数"]
        assert "the library knows no more" in caplog.text


def test_that_nothing_is_counted_while_somebody_is_typing(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with document_of(tmp_path / "库.jixiao", HERE, THERE) as document:
        counted(qtbot, document)
        monkeypatch.setattr(Document, "has_draft", property(lambda _: True))
        document.library.open(document.store, ["q"])
        with qtbot.waitSignal(document.library._timer.timeout):
            pass
        with qtbot.waitSignal(document.library._timer.timeout):
            pass
        assert not document.library.is_counted
        monkeypatch.undo()
        counted(qtbot, document)


def test_that_counting_rests_while_the_filter_is_typed(qtbot: QtBot, tmp_path: Path) -> None:
    with document_of(tmp_path / "库.jixiao", HERE, THERE) as document:
        with qtbot.waitSignal(document.library._timer.timeout):
            pass
        document.library.rest()
        assert document.library._timer.interval() == 0  # as long as at the beginning, which is no time in these tests
        counted(qtbot, document)
        document.library.rest()
        assert document.library.is_counted
