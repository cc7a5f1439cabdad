"""Distances of dialogs, and what the style sheet looks at, changed while it is shown: Qt has to dress it anew then."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

AROUND = (18, 16, 18, 14)
"""Pixels around what stands in a dialog: left, top, right, bottom."""
BETWEEN = 10
"""And between its parts."""


def set_style(widget: QWidget, name: str, value: str) -> None:
    """Give a property of a widget another value, by which the style sheet chooses its look."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        _dress(widget)


def set_kind(widget: QWidget, name: str) -> None:
    """Give a widget another object name, by which the style sheet chooses its look."""
    if widget.objectName() != name:
        widget.setObjectName(name)
        _dress(widget)


def _dress(widget: QWidget) -> None:
    widget.style().unpolish(widget)
    widget.style().polish(widget)
