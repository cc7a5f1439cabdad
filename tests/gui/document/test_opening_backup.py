"""The backup of an opening: made when the project is on screen, or before the first change, and never kept quiet."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from gui.document.document import Document
from model.changes import Part
from model.edits import set_cell
from storage.store.backups import backup_folder, list_backups


def test_that_an_opening_that_follows_a_change_is_backed_up_without_being_asked(
    given_store: Path, qtbot: QtBot
) -> None:
    document = Document()
    document.open_store(given_store)
    qtbot.waitUntil(lambda: len(list_backups(given_store)) == 1)
    document.close_store()


def test_that_the_backup_is_made_before_the_first_change(given_store: Path, qtbot: QtBot) -> None:
    document = Document()
    document.open_store(given_store)
    first = document.summaries()[0]
    document.select_project(first.id)
    project = document.saved_project
    assert project is not None
    changes = set_cell(project, Part.PROJECT, project.id, "department", "改过的部门", document.settings)
    assert document.push("修改", changes)
    backup = list_backups(given_store)[0]
    assert "改过的部门".encode() not in backup.path.read_bytes()
    document.close_store()


def test_that_a_store_closed_at_once_is_backed_up_too(given_store: Path, qtbot: QtBot) -> None:
    document = Document()
    document.open_store(given_store)
    document.close_store()
    assert len(list_backups(given_store)) == 1


def test_that_a_backup_that_cannot_be_made_is_told_and_keeps_nobody_from_working(
    given_store: Path, qtbot: QtBot
) -> None:
    backup_folder(given_store).write_text("a file where the folder should be", encoding="utf-8")
    document = Document()
    with qtbot.waitSignal(document.backup_failed) as told:
        document.open_store(given_store)
    assert "备份" in told.args[0]
    assert document.summaries()
    document.close_store()
