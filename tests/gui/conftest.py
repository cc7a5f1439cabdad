"""What every test of the window shares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from tests.gui.dialogs import opened


@pytest.fixture
def document(given_store: Path, qtbot: QtBot) -> Iterator[Document]:
    """The given forms, opened, with the first project of 2026 on screen."""
    with opened(given_store) as document:
        yield document
