"""Text of several lines: one that a small dialog does not squeeze, and one that says where it is cut."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from model.values.excerpts import shortened

_OPENING = ("“", "‘", "（", "《")


class WrappedLabel(QLabel):
    """Plain text that wraps and keeps the height it then needs: the layout of a window does not ask for it itself."""

    def __init__(self, text: str, parent: QWidget | None = None, *, is_muted: bool = False) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)  # names typed by the clerk are not markup
        self.setWordWrap(True)
        if is_muted:
            self.setProperty("muted", "true")

    def setText(self, text: str) -> None:
        """Another text needs another height, also where the label stays as wide as it is."""
        super().setText(text)
        if self.minimumHeight():  # laid out before
            self._keep_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        self._keep_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line that begins with a quotation mark, which is as wide as a letter, begins where every other one does."""
        before = self._air_before()
        if not before:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        room, flags = self.contentsRect().translated(-before, 0), int(self.alignment())
        role, is_enabled = self.foregroundRole(), self.isEnabled()
        self.style().drawItemText(painter, room, flags, self.palette(), is_enabled, self.text(), role)

    def _air_before(self) -> int:
        """How far its letters stand from its edge, where that is one line that begins with an opening mark."""
        text, metrics = self.text(), self.fontMetrics()
        is_one_line = metrics.horizontalAdvance(text) <= self.contentsRect().width()
        return max(0, metrics.tightBoundingRect(text[0]).left()) if text[:1] in _OPENING and text and is_one_line else 0

    def _keep_height(self) -> None:
        self.setMinimumHeight(0)  # Qt never answers with less than what it is now
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))  # Qt says -1 of no text


class GivingLabel(QLabel):
    """Plain text that wraps and may get too little room: then what is seen ends in …, and a tool tip says all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def say(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        self._tell_rest()

    def shown(self) -> str:
        """What there is room for: never a part of a number."""
        text = self.text()
        if self._is_whole:
            return text
        least, most = 0, len(text)
        while most - least > 1:
            middle = (least + most) // 2
            least, most = (middle, most) if self._fits(shortened(text, middle)) else (least, middle)
        return shortened(text, least)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What has room is drawn as by every label, and can be selected."""
        if self._is_whole:
            super().paintEvent(event)
        else:
            painter = QPainter(self)
            painter.setPen(self.palette().windowText().color())
            painter.drawText(self.contentsRect(), self._flags, self.shown())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size has room for more, or for less."""
        super().resizeEvent(event)
        self._tell_rest()

    @property
    def _is_whole(self) -> bool:
        return self.heightForWidth(self.width()) <= self.height()

    @property
    def _flags(self) -> int:
        return int(Qt.TextFlag.TextWordWrap | self.alignment())

    def _fits(self, text: str) -> bool:
        room = self.contentsRect()
        return self.fontMetrics().boundingRect(0, 0, room.width(), 9999, self._flags, text).height() <= room.height()

    def _tell_rest(self) -> None:
        self.setToolTip("" if self._is_whole else self.text())
