"""Rows with a box to tick: the box stands apart from its text, as it does beside every button."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

GAP = 2
"""Pixels between box and text, beside the margins that the style keeps."""
AIR = 3
"""Pixels the style leaves beside the text of an item."""
_MUCH = 10_000

Index = QModelIndex | QPersistentModelIndex


class TickedRows(QStyledItemDelegate):
    """Qt has no distance for them, but one for a picture between them: one that shows nothing."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave room for a picture where there is a box."""
        super().initStyleOption(option, index)
        if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            # the stubs miss the members of style options
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration  # type: ignore[attr-defined]
            option.decorationSize = QSize(GAP, 1)  # type: ignore[attr-defined]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A wrapped text gets the height it needs beside its box: Qt wraps it as if it had the whole row."""
        view = self.parent()
        if not isinstance(view, QListView) or not view.wordWrap():
            return super().sizeHint(option, index)
        room = view.viewport().width() - 2 * view.spacing()
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        text, font = str(index.data() or ""), drawn.font  # type: ignore[attr-defined]
        drawn.text = " "  # type: ignore[attr-defined] # what is around one line
        line = view.style().sizeFromContents(QStyle.ContentsType.CT_ItemViewItem, drawn, QSize(), view)
        needed = self.height_of(text, font, text_width(drawn, view.style(), room), index)
        return QSize(room, line.height() + max(0, needed - QFontMetrics(font).height()))

    def height_of(self, text: str, font: QFont, width: int, index: Index) -> int:
        """How high a text is that wraps in a width."""
        flags = Qt.TextFlag.TextWordWrap
        return QFontMetrics(font).boundingRect(QRect(0, 0, width, _MUCH), flags, text).height()


def text_width(option: QStyleOptionViewItem, style: QStyle, width: int) -> int:
    """How wide the text of an item may be, beside what else stands in a row or cell of this width."""
    # the stubs miss the members of style options
    option.rect = QRect(0, 0, width, _MUCH)  # type: ignore[attr-defined]
    text = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, option.widget)  # type: ignore[attr-defined]
    return text.width() - 2 * AIR
