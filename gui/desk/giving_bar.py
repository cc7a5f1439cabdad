"""A tool bar whose words give way: what stands at its end is never pushed out of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QToolBar, QWidget

from gui.desk import system_look

_ICON = 17
_BESIDE, _ALONE = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly


class GivingToolBar(QToolBar):
    """Words beside the icons where there is room for all of them, else icons alone, with the words as their tool tips.

    Qt would hide the last ones behind an arrow, and a key that leads to one of them would lead nowhere.
    """

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._with_words = 0
        self._show(_BESIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more, or for less."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """So have letters of another size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self.isVisible():
            self._show(_BESIDE)
            self._fit()

    def _fit(self) -> None:
        if self.toolButtonStyle() is _BESIDE:
            self._with_words = self.sizeHint().width()
        wanted = _BESIDE if self._with_words <= self.width() else _ALONE
        if wanted is not self.toolButtonStyle():
            self._show(wanted)

    def _show(self, style: Qt.ToolButtonStyle) -> None:
        side = round(_ICON * system_look.text_scale()) if style is _ALONE else _ICON
        self.setIconSize(QSize(side, side))
        self.setToolButtonStyle(style)
