"""The glyphs of the toolbar and the menus: own drawings in one colour, tinted for the theme that is on."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.desk.theme import ICONS, Theme
from gui.desk.tinted import drawing


class _Tinted(QIconEngine):
    """Draws a glyph when it is asked for, in the size it is asked for: thirty icons cost nothing at the start."""

    def __init__(self, name: str, color: str, disabled: str) -> None:
        super().__init__()
        self._name = name
        self._color = color
        self._disabled = disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it into a rectangle."""
        del state
        color = self._disabled if mode is QIcon.Mode.Disabled else self._color
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, _drawn(self._name, color, round(min(rect.width(), rect.height()) * ratio)))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """A picture of a size in device pixels."""
        del state
        color = self._disabled if mode is QIcon.Mode.Disabled else self._color
        return _drawn(self._name, color, max(1, min(size.width(), size.height())))

    def clone(self) -> QIconEngine:
        """Another engine for a copy of the icon."""
        return _Tinted(self._name, self._color, self._disabled)


def icon(name: str, theme: Theme, color: str = "text") -> QIcon:
    """The drawing ``resources/icons/<name>.svg`` in a colour of the theme, greyed when its action is disabled."""
    return QIcon(_Tinted(name, getattr(theme, color), theme.disabled))


def glyph(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """One drawing as a pixmap of ``size`` logical pixels in a ``#rrggbb`` colour, for labels and delegates."""
    pixmap = QPixmap(_drawn(name, color, round(size * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def app_icon() -> QIcon:
    """The icon of the program itself."""
    return QIcon(str(ICONS / "app.svg"))


@lru_cache(maxsize=512)
def _drawn(name: str, color: str, size: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(drawing(ICONS / f"{name}.svg", color).encode()))
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap
