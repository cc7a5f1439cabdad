"""The dialog, and the folder it exports to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.desk.tasks import TaskRunner
from gui.document.document import Document
from gui.files.export import ExportDialog
from tests.gui.dialogs import shown
from tests.gui.files.export.steps import Opener


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "上报"
    folder.mkdir()
    return folder


@pytest.fixture
def open_dialog(document: Document, folder: Path, qtbot: QtBot) -> Iterator[Opener]:
    tasks = TaskRunner()
    yield lambda: shown(qtbot, ExportDialog(document, tasks, folder=folder))
    tasks.shut_down()
