"""A field to look for something in, with a cross that empties it: Qt's own has no name and is below 24 pixels."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from gui.desk.icons import icon
from gui.desk.invitation import invite
from gui.desk.one_line import keep_to_one_line
from gui.desk.theme import theme_of

_CROSS = 24
_GLYPH = QSize(14, 14)


class SearchField(QLineEdit):
    """``name`` is for the ear, ``invitation`` stands in the blank one. Tab passes the cross by: keys empty it too."""

    def __init__(self, name: str, invitation: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        invite(self, invitation)
        keep_to_one_line(self)
        self._cross = QToolButton(self)
        self._cross.setAccessibleName("清空")
        self._cross.setToolTip("清空")
        self._cross.setAutoRaise(True)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.setCursor(Qt.CursorShape.ArrowCursor)
        self._cross.setIconSize(_GLYPH)
        self._cross.setFixedSize(_CROSS, _CROSS)
        self._cross.hide()
        self._cross.clicked.connect(self._clear_by_hand)
        self.textChanged.connect(self._show_cross)
        self._draw_cross()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the cross at the right edge."""
        super().resizeEvent(event)
        self._cross.move(self.width() - _CROSS - 1, (self.height() - _CROSS) // 2)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the cross in the colours that are on."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_cross()

    def _draw_cross(self) -> None:
        self._cross.setIcon(icon("close", theme_of(self.palette()), "muted"))

    def _show_cross(self, text: str) -> None:
        self._cross.setVisible(bool(text))
        self.setTextMargins(QMargins(0, 0, _CROSS - 4 if text else 0, 0))

    def _clear_by_hand(self) -> None:
        """As if it was done by hand: whoever follows what is typed hears of it."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.selectAll()
        self.backspace()
