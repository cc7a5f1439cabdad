"""The page of a PDF a form was read from, as a picture with the place of the line that is pointed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.desk.theme import Theme

if TYPE_CHECKING:
    from storage.guard.picture import Picture
    from storage.interchange.imported import Region

_HUNDREDTHS = 100
_TINT = 50
_AROUND = 60
"""Pixels of the page around a mark that are seen with it, where there is room."""


_DOTS = 2
"""Dots of a picture to a pixel of a page in its own size."""
_SMALLEST = 0.9
"""A page is drawn no smaller, against its own size: it has to be legible."""


class PagePane(QScrollArea):
    """Shows one page, as wide as there is room; :meth:`point_at` marks a part of it and scrolls there.

    A page that would be illegible so is wider, and scrolled sideways; none is wider than its picture is sharp.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("原文件的页面")
        self.setWidgetResizable(False)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._page = _Page()
        self._region: Region | None = None
        self.setWidget(self._page)

    @property
    def said(self) -> str:
        """The text in the place of a picture, empty when there is one."""
        return self._page.text

    @property
    def marked(self) -> QRect:
        """The part of the page that is marked, null when none is."""
        return self._page.marked

    def say(self, text: str) -> None:
        """A text in the place of a picture: that it is being made, or why there is none."""
        self._region = None
        self._page.show_text(text, self.viewport().size())

    def show_picture(self, picture: Picture) -> None:
        """Another page."""
        dots = picture.dots()
        image = QImage(dots, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGB32).copy()
        image.setDevicePixelRatio(1)
        self._region = None
        self._page.show_image(image, picture.scale)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page follows the width of the pane, and what is marked stays in sight."""
        super().resizeEvent(event)
        self._fit()
        if self._region is not None:
            self.point_at(self._region)

    def _fit(self) -> None:
        room = self.maximumViewportSize()
        high = self._page.height_for(room.width())
        bar = self.verticalScrollBar().sizeHint().width() if high > room.height() else 0
        self._page.fit(room.width() - bar)

    def point_at(self, region: Region | None) -> None:
        """Mark a part of the page on show."""
        self._region = region
        place = self._page.mark(region)
        if not place.isNull():
            spare = self.viewport().size() - place.size()
            across, down = (max(0, min(_AROUND, room // 2)) for room in (spare.width(), spare.height()))
            for corner in (place.bottomRight(), place.topLeft()):  # of what is larger than the pane the beginning
                self.ensureVisible(corner.x(), corner.y(), across, down)


class _Page(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.text = ""
        self._scale = 0
        self.marked = QRect()

    def show_text(self, text: str, size: QSize) -> None:
        self._image, self.text, self.marked = QImage(), text, QRect()
        self.resize(size)
        self.setAccessibleName(text)
        self.update()

    def show_image(self, image: QImage, scale: int) -> None:
        self._image, self.text, self._scale, self.marked = image, "", scale, QRect()
        self.update()

    def height_for(self, width: int) -> int:
        """How high the page is in a width."""
        return self._image.height() * width // max(1, self._image.width())

    def fit(self, room: int) -> None:
        """Be as wide as there is room, and legible."""
        if self._image.isNull():
            return
        whole = self._image.width()
        width = max(int(whole / _DOTS * _SMALLEST), min(room, whole))
        self.resize(width, self.height_for(width))

    def mark(self, region: Region | None) -> QRect:
        """The rectangle of a region on the widget, which is marked; none where there is no picture."""
        if region is None or self._image.isNull():
            self.marked = QRect()
        else:
            left, top, right, bottom = (
                edge * self._scale * self.width() // (self._image.width() * _HUNDREDTHS * _HUNDREDTHS)
                for edge in (region.left, region.top, region.right, region.bottom)
            )
            self.marked = QRect(left, top, right - left, bottom - top)
        self.update()
        return self.marked

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page with its mark, or the text."""
        painter = QPainter(self)
        if self._image.isNull():
            how = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(12, 12, -12, -12), how, self.text)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._image)
        if not self.marked.isNull():
            shade = Theme.light().color("accent")  # the page is white in every theme
            painter.setPen(QPen(shade, 2))
            shade.setAlpha(_TINT)
            painter.fillRect(self.marked, shade)
            painter.drawRect(self.marked)
