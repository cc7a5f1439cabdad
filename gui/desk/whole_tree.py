"""A list of texts some of which may be higher than there is room: every line can be reached, and none is cut."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QWidget

from gui.desk.whole_rows import end_at_a_row, show_whole, turn_within


class WholeRowsTree(QTreeWidget):
    """Scrolls by pixels: row by row Qt never comes to the end of a row that is higher than the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().rangeChanged.connect(lambda: end_at_a_row(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An arrow key shows the rest of the row first."""
        if not turn_within(self, event):
            super().keyPressEvent(event)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll until a row is seen, and the first row in sight is whole."""
        super().scrollTo(index, hint)
        show_whole(self, index)
