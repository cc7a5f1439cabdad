"""Rows with a box to tick: the box stands apart from its text, as it does beside every button."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

GAP = 2
"""Pixels between box and text, beside the margins that the style keeps."""
PADDING = 10
"""Pixels the style sheet keeps left and right of a row together."""


class TickedRows(QStyledItemDelegate):
    """Qt has no distance for them, but one for a picture between them: one that shows nothing."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Leave room for a picture where there is a box."""
        super().initStyleOption(option, index)
        if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            # the stubs miss the members of style options
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration  # type: ignore[attr-defined]
            option.decorationSize = QSize(GAP, 1)  # type: ignore[attr-defined]

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A wrapped text gets the height it needs beside its box: Qt wraps it as if it had the whole row."""
        view = self.parent()
        if not isinstance(view, QListView) or not view.wordWrap():
            return super().sizeHint(option, index)
        room = view.viewport().width() - 2 * view.spacing()
        taken = PADDING
        if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            metric = view.style().pixelMetric
            taken += metric(QStyle.PixelMetric.PM_IndicatorWidth) + metric(QStyle.PixelMetric.PM_CheckBoxLabelSpacing)
        narrower = QStyleOptionViewItem(option)
        narrower.rect = QRect(0, 0, room - taken, 1)  # type: ignore[attr-defined]
        return QSize(room, super().sizeHint(narrower, index).height())
