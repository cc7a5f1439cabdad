"""A key as a keyboard shows it: a cap around each of the keys that are pressed together."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

_AROUND = 5
"""Pixels of a cap left and right of its letters."""
_BETWEEN = 3
_OR = 9
"""Pixels around the stroke between two keys of which either does."""


class KeyCaps(QLabel):
    """``Ctrl+Shift+N`` as three caps, ``Home / End`` as two with a stroke between; its text stays the plain one."""

    def sizeHint(self) -> QSize:
        """As wide as its caps."""
        return QSize(sum(width for _, width in self._parts()), self.fontMetrics().height() + 3)

    def minimumSizeHint(self) -> QSize:
        """A cap is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Caps in the quiet colours of the palette, letters in its text colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, height = 0.0, self.sizeHint().height() - 1
        for text, width in self._parts():
            area = QRectF(left + 0.5, 0.5, width - _BETWEEN, height)
            if text != "/":
                painter.setPen(self.palette().mid().color())
                painter.setBrush(self.palette().alternateBase())
                painter.drawRoundedRect(area, 4, 4)
            painter.setPen(self.palette().windowText().color())
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
            left += width
        painter.end()

    def _parts(self) -> list[tuple[str, int]]:
        """Every cap and stroke with its width."""
        parts: list[tuple[str, int]] = []
        for number, keys in enumerate(self.text().split(" / ")):
            if number:
                parts.append(("/", _OR + _BETWEEN))
            caps = [cap or "+" for cap in keys.split("+")]
            width = self.fontMetrics().horizontalAdvance
            parts += [(cap, max(width(cap) + 2 * _AROUND, self.fontMetrics().height()) + _BETWEEN) for cap in caps]
        return parts
