"""The wait cursor while a gesture of many lines is done: it is worked out, written and shown before anything else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

MUCH = 300
"""Changes or rows that may take longer than half a second on a slow computer."""


@contextmanager
def waiting(amount: int) -> Iterator[None]:
    """Show that the program is at work for as long as so many changes or rows are dealt with, if they are many."""
    if amount < MUCH:
        yield
        return
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()
