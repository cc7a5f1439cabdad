"""The glyphs of the toolbar and the menus: own drawings in one colour, tinted for the theme that is on."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.theme import RESOURCES, Theme

_SIZES = (16, 20, 24, 32, 48, 64)


def icon(name: str, theme: Theme, color: str = "text") -> QIcon:
    """The drawing ``resources/icons/<name>.svg`` in a colour of the theme, greyed when its action is disabled."""
    result = QIcon()
    for size in _SIZES:
        result.addPixmap(_drawn(name, getattr(theme, color), size), QIcon.Mode.Normal)
        result.addPixmap(_drawn(name, theme.disabled, size), QIcon.Mode.Disabled)
    return result


def glyph(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """One drawing as a pixmap of ``size`` logical pixels in a ``#rrggbb`` colour, for labels and delegates."""
    pixmap = QPixmap(_drawn(name, color, round(size * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def app_icon() -> QIcon:
    """The icon of the program itself."""
    return QIcon(str(RESOURCES / "icons" / "app.svg"))


@lru_cache(maxsize=512)
def _drawn(name: str, color: str, size: int) -> QPixmap:
    source = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", color).encode()))
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap
