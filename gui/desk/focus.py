"""Who has the keyboard when what had it is gone."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QWidget


def lasting(focus: QWidget) -> QWidget:
    """The widget to give the keyboard back to: of the editor of a cell, which goes when it is left, its table."""
    parent = focus.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractItemView):
            return parent
        parent = parent.parentWidget()
    return focus
