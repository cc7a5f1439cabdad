"""The left and the right edges of a dialog: those that nearly align were meant to."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.gui.found import children, visible
from tests.gui.test_left_edges import edges
from tests.gui.window import shown_window

NEAR = 12
"""Pixels from the right of a dialog within which what ends there is meant to end at its edge."""
APART = 8
"""Pixels by which two edges are seen to be meant."""


def right_edges(dialog: QDialog) -> set[int]:
    """Where fields, lists and buttons end."""
    kinds = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QPushButton)
    shown = (one for one in visible(dialog, QWidget) if isinstance(one, kinds))
    outer = (one for one in shown if not isinstance(one.parent(), QComboBox | QAbstractSpinBox | QAbstractItemView))
    return {one.mapTo(dialog, QPoint(0, 0)).x() + one.width() for one in outer}


@pytest.mark.parametrize("action", ["new_project", "copy_year", "settings", "export", "restore", "about"])
def test_that_no_two_edges_of_a_dialog_nearly_align(
    qtbot: QtBot, tmp_path: Path, given_store: Path, action: str
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    window.commands["back_up"].trigger()
    window.commands[action].trigger()
    dialog = next(visible(window, QDialog))
    pages = children(dialog, QTabWidget)
    for page in range(pages[0].count() if pages else 1):
        for tabs in pages:
            tabs.setCurrentIndex(page)
        QApplication.processEvents()
        found = edges(dialog)
        ends = right_edges(dialog)
        assert all(dialog.width() - end > NEAR or end == max(ends) for end in ends), (page, ends)
        assert all(after - before >= APART for before, after in pairwise(found)), (page, found)
