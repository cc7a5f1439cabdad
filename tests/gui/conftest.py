"""What every test of the window shares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.desk import system_look
from gui.desk.theme import body_font
from gui.document.document import Document
from tests.gui.dialogs import opened


@pytest.fixture
def document(given_store: Path, qtbot: QtBot) -> Iterator[Document]:
    """The given forms, opened, with the first project of 2026 on screen."""
    with opened(given_store) as document:
        yield document


@pytest.fixture
def twice(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Text as large as a system asks for that shows everything at 200 %."""
    monkeypatch.setattr(system_look, "text_scale", lambda: 2.0)
    usual = QApplication.font()
    QApplication.setFont(body_font())
    yield
    QApplication.setFont(usual)
