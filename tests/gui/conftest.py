"""What every test of the window shares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.desk import system_look
from gui.desk.theme import Appearance, AppearanceChoice, body_font
from gui.document.document import Document
from tests.gui.dialogs import opened
from tests.gui.window import dress_application


@pytest.fixture(autouse=True)
def _in_the_look_of_the_program(qapp: QApplication) -> Iterator[None]:
    """Every test begins in the light theme and the font of the program, whatever the one before it left on.

    Nor does it leave a dialog: one that has something to lose does not close, and is deleted at some later time.
    """
    dress_application()
    if QApplication.font() != body_font():
        qapp.setFont(body_font())
    Appearance().choose(AppearanceChoice.LIGHT)
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert QApplication.activeModalWidget() is None


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
