"""What the style sheet looks at in a widget, changed while it is shown: Qt then has to dress it anew."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


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
