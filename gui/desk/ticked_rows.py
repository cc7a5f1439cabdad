"""Rows with a box to tick: the box stands apart from its text, as it does beside every button."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

GAP = 2
"""Pixels between box and text, beside the margins that the style keeps."""


class TickedRows(QStyledItemDelegate):
    """Qt has no distance for them, but one for a picture between them: one that shows nothing."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Leave room for a picture where there is a box."""
        super().initStyleOption(option, index)
        if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            # the stubs miss the members of style options
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration  # type: ignore[attr-defined]
            option.decorationSize = QSize(GAP, 1)  # type: ignore[attr-defined]
