"""Text of several lines that a small dialog does not squeeze."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget


class WrappedLabel(QLabel):
    """Plain text that wraps and keeps the height it then needs: the layout of a window does not ask for it itself."""

    def __init__(self, text: str, parent: QWidget | None = None, *, is_muted: bool = False) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)  # names typed by the clerk are not markup
        self.setWordWrap(True)
        if is_muted:
            self.setProperty("muted", "true")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))  # Qt says -1 of no text
