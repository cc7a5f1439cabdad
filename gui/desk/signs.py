"""One drawn sign for each meaning, wherever it is shown: error, warning, hint, done, half, empty.

They are drawn, not letters: fonts differ too much in theirs, and a letter would be read out.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from gui.desk.theme import Theme
from model.findings import Severity

SIGN = 14
"""The side of a sign beside a line of text, in pixels."""
SIGN_ROOM = SIGN + 4
"""What a sign takes of a line of text, with the gap between the two."""
_CORE = 7.0
_STROKE = 0.26


class Sign(StrEnum):
    """What a sign means; ``color`` is the name of its colour in the theme."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    DONE = "done"
    HALF = "half"
    EMPTY = "empty"

    @property
    def color(self) -> str:
        """The colour it has where it stands by itself."""
        return self.value if self in {Sign.ERROR, Sign.WARNING, Sign.INFO} else "muted"


def sign_of(severity: Severity) -> Sign:
    """The sign of a severity."""
    return Sign(severity.value)


def in_line(line: QRect) -> QRect:
    """Where a sign stands at the left of a line of text: in the middle of its letters, which are a little low in it."""
    return QRect(line.left(), line.top() + (line.height() - SIGN) // 2 + 1, SIGN, SIGN)


def paint_sign(painter: QPainter, place: QRect | QRectF, sign: Sign, color: QColor) -> None:
    """Draw a sign in the middle of a place, as large as there is room for."""
    room = QRectF(place)
    half = min(room.width(), room.height()) / SIGN * _CORE * 0.68
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(room.center())
    painter.scale(half, half)
    painter.setPen(
        QPen(color, _STROKE * 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _DRAWN[sign](painter, color)
    painter.restore()


def _cross(painter: QPainter, _color: QColor) -> None:
    painter.drawLine(QPointF(-0.8, -0.8), QPointF(0.8, 0.8))
    painter.drawLine(QPointF(-0.8, 0.8), QPointF(0.8, -0.8))


def _exclamation(painter: QPainter, color: QColor) -> None:
    painter.drawLine(QPointF(0, -1), QPointF(0, 0.25))
    _dot(painter, color, 0.95)


def _letter_i(painter: QPainter, color: QColor) -> None:
    painter.drawLine(QPointF(0, -0.2), QPointF(0, 1))
    _dot(painter, color, -0.9)


def _tick(painter: QPainter, _color: QColor) -> None:
    painter.drawPolyline([QPointF(-0.95, 0.1), QPointF(-0.3, 0.75), QPointF(0.95, -0.7)])


def _ring(painter: QPainter, color: QColor) -> None:
    painter.setPen(QPen(color, _STROKE))
    painter.drawEllipse(QPointF(0, 0), 1, 1)


def _half_ring(painter: QPainter, color: QColor) -> None:
    _ring(painter, color)
    painter.setBrush(color)
    painter.drawPie(QRectF(-1, -1, 2, 2), 90 * 16, 180 * 16)


def _dot(painter: QPainter, color: QColor, y: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(QPointF(0, y), _STROKE, _STROKE)


_DRAWN: dict[Sign, Callable[[QPainter, QColor], None]] = {
    Sign.ERROR: _cross,
    Sign.WARNING: _exclamation,
    Sign.INFO: _letter_i,
    Sign.DONE: _tick,
    Sign.HALF: _half_ring,
    Sign.EMPTY: _ring,
}


class _SignEngine(QIconEngine):
    """Draws a sign when it is asked for; in the colour ``off`` on a button that is not checked."""

    def __init__(self, sign: Sign, on: str, off: str) -> None:
        super().__init__()
        self._sign, self._on, self._off = sign, on, off

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it into a rectangle."""
        del mode
        paint_sign(painter, rect, self._sign, QColor(self._on if state is QIcon.State.On else self._off))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """A picture of a size in device pixels."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        """Another engine for a copy of the icon."""
        return _SignEngine(self._sign, self._on, self._off)


def sign_icon(sign: Sign, theme: Theme, off: str = "", on: str = "") -> QIcon:
    """A sign as the icon of a button; ``off`` is the colour of the theme where the button is not checked.

    ``on`` is that where it is checked, when it is not the sign's own.
    """
    color = str(getattr(theme, on or sign.color))
    return QIcon(_SignEngine(sign, color, str(getattr(theme, off)) if off else color))


def sign_pixmap(sign: Sign, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """A sign as a picture of ``size`` logical pixels in a ``#rrggbb`` colour."""
    pixels = round(size * ratio)
    pixmap = _SignEngine(sign, color, color).pixmap(QSize(pixels, pixels), QIcon.Mode.Normal, QIcon.State.On)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


class SignedLabel(QLabel):
    """A text with a sign before its first line, in the colour of its text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)  # names typed by the clerk are not markup
        self._sign: Sign | None = None

    @property
    def sign(self) -> Sign | None:
        """What stands before the text."""
        return self._sign

    def set_sign(self, sign: Sign | None) -> None:
        """Put another sign before the text, or none."""
        if sign is self._sign:
            return
        self._sign = sign
        self.setIndent(0)
        self.setMargin(0)
        self._keep_room()
        self.update()

    def event(self, event: QEvent) -> bool:
        """Whatever dresses the label anew, as another theme does, takes the room of the sign away: it is made again."""
        done = super().event(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.Polish, QEvent.Type.Show, QEvent.Type.PaletteChange}:
            self._keep_room()
        return done

    def _keep_room(self) -> None:
        room, margins = SIGN_ROOM if self._sign is not None else 0, self.contentsMargins()
        if margins.left() != room:
            margins.setLeft(room)
            self.setContentsMargins(margins)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, and the sign."""
        super().paintEvent(event)
        if self._sign is None:
            return
        painter = QPainter(self)
        inside, line = self.contentsRect(), self.fontMetrics().height()
        is_top = bool(self.alignment() & Qt.AlignmentFlag.AlignTop) or self.wordWrap()
        top = inside.top() if is_top else inside.center().y() - line // 2
        left = inside.left()
        if self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            left += (inside.width() - self.fontMetrics().horizontalAdvance(self.text())) // 2
        place = QRect(left - SIGN_ROOM, top + (line - SIGN) // 2, SIGN, SIGN)
        paint_sign(painter, place, self._sign, self.palette().color(QPalette.ColorRole.WindowText))
        painter.end()
