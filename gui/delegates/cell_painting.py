"""How one cell of the indicator table is measured and painted.

Heights and painting share one layout (:class:`Anatomy`), so a row is always as tall as what is painted in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF, QTextLayout, QTextOption

from gui.delegates.cell_editors import PADDING_X, PADDING_Y
from gui.desk.theme import SMALL_POINTS, Theme, scaled
from gui.models.cells import CellView, LevelView
from model.findings import Severity
from model.labels import SEVERITY_GLYPHS

BAR = 3
GLYPH_ROOM = 16
TAG_GAP = 8
TAG_PADDING = 6
MINIMUM_ROW = 28

MARKED = (Severity.ERROR, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Fonts:
    """The three sizes of text in the table."""

    body: QFont
    bold: QFont
    small: QFont

    @staticmethod
    def of(font: QFont) -> Fonts:
        """The fonts that go with the table's own."""
        return Fonts(font, scaled(font, font.pointSizeF(), bold=True), scaled(font, SMALL_POINTS))


@lru_cache(maxsize=8192)
def text_height(text: str, width: int, font_key: str) -> int:
    """The height of wrapped text, in pixels. ``font_key`` is ``QFont.toString()``."""
    font = QFont()
    font.fromString(font_key)
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    layout.setTextOption(_wrapping(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    count = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        count += 1
    layout.endLayout()
    return max(1, count) * QFontMetrics(font).lineSpacing()


@lru_cache(maxsize=2048)
def text_width(text: str, font_key: str) -> int:
    """The width of text on one line, in pixels."""
    font = QFont()
    font.fromString(font_key)
    return ceil(QFontMetrics(font).horizontalAdvance(text))


def _wrapping(alignment: Qt.AlignmentFlag) -> QTextOption:
    option = QTextOption(alignment)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


@dataclass(frozen=True, slots=True)
class Anatomy:
    """Where the parts of a cell are, relative to its top left corner: text, tag and glyph, and the height it needs."""

    text: QRect
    tag: QRect
    glyph: QRect
    height: int


class CellPainter:
    """Measures and paints cells in one theme and font."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.theme = theme
        self.fonts = Fonts.of(font)
        self._body_key = self.fonts.body.toString()
        self._small_key = self.fonts.small.toString()
        self._line = QFontMetrics(self.fonts.body).lineSpacing()
        self._small_line = QFontMetrics(self.fonts.small).lineSpacing()

    @property
    def row_height(self) -> int:
        """The height of a row with one line of text."""
        return max(MINIMUM_ROW, self._line + 2 * PADDING_Y)

    def anatomy(self, cell: CellView, width: int, *, is_number: bool) -> Anatomy:
        """The layout of a cell of this width."""
        left = PADDING_X
        room = width - 2 * PADDING_X
        glyph = QRect()
        if cell.mark in MARKED:
            side = left - 2 if is_number else width - GLYPH_ROOM
            glyph = QRect(side, PADDING_Y, GLYPH_ROOM - 4, self._line)
            if not is_number:
                room -= GLYPH_ROOM - 4
        text = cell.text or cell.hint
        if is_number:
            return self._number_anatomy(cell, QRect(left, PADDING_Y, room, self._line), glyph)
        tag_size = self.tag_width(cell)
        beside = tag_size and self._width(text) + TAG_GAP + tag_size <= room
        height = text_height(text, room, self._body_key)
        area = QRect(left, PADDING_Y, room, height)
        tag = QRect()
        if tag_size:
            top = PADDING_Y if beside else PADDING_Y + height + 2
            start = left + room - tag_size if beside else left
            tag = QRect(start, top, min(tag_size, room), self._line)
            height = height if beside else height + 2 + self._line
        return Anatomy(area, tag, glyph, max(self.row_height, height + 2 * PADDING_Y))

    def _number_anatomy(self, cell: CellView, text: QRect, glyph: QRect) -> Anatomy:
        if not cell.tag:
            return Anatomy(text, QRect(), glyph, self.row_height)
        tag = QRect(text.left() - 4, text.bottom() + 1, text.width() + 4, self._small_line)
        return Anatomy(text, tag, glyph, max(self.row_height, tag.bottom() + 1 + PADDING_Y))

    def tag_width(self, cell: CellView) -> int:
        """The width of a cell's tag with its arrow, 0 without one."""
        return text_width(tag_text(cell), self._small_key) + 2 * TAG_PADDING if cell.tag else 0

    def _width(self, text: str) -> int:
        return text_width(text, self._body_key)

    def paint_cell(self, painter: QPainter, cell: CellView, rect: QRect, *, is_number: bool) -> None:
        """The text, marks and tag of a cell of an indicator line."""
        parts = self.anatomy(cell, rect.width(), is_number=is_number)
        origin = rect.topLeft()
        self._paint_mark(painter, cell, rect, parts)
        painter.setFont(self.fonts.body)
        painter.setPen(self.theme.color("text" if cell.text else "muted"))
        side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        area = QRectF(parts.text.translated(origin))
        if is_number:
            painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), cell.text or cell.hint)
        else:
            painter.drawText(area, cell.text or cell.hint, _wrapping(side))
        if cell.tag and is_number:
            self._paint_small(painter, parts.tag.translated(origin), f"计算 {cell.tag}", "muted", side)
        elif cell.tag:
            self._paint_tag(painter, cell, parts.tag.translated(origin))
        if cell.is_manual:
            self._paint_pencil(painter, cell, parts.text.translated(origin))

    def _paint_mark(self, painter: QPainter, cell: CellView, rect: QRect, parts: Anatomy) -> None:
        """A bar at the left edge and a glyph: a finding is not told by colour alone."""
        if cell.mark not in MARKED:
            return
        color = self.theme.color("error" if cell.mark is Severity.ERROR else "warning")
        painter.fillRect(QRect(rect.left(), rect.top(), BAR, rect.height() - 1), color)
        glyph = parts.glyph.translated(rect.topLeft())
        if cell.mark is Severity.ERROR:
            self._paint_cross(painter, glyph, color)
            return
        painter.setFont(self.fonts.bold)
        painter.setPen(color)
        painter.drawText(glyph, int(Qt.AlignmentFlag.AlignCenter), SEVERITY_GLYPHS[cell.mark])

    def _paint_cross(self, painter: QPainter, rect: QRect, color: QColor) -> None:
        """✕, drawn: fonts differ too much in theirs."""
        arm = 3.5
        center = QPointF(rect.center()) + QPointF(0.5, 1.0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(center + QPointF(-arm, -arm), center + QPointF(arm, arm))
        painter.drawLine(center + QPointF(-arm, arm), center + QPointF(arm, -arm))
        painter.restore()

    def _paint_tag(self, painter: QPainter, cell: CellView, rect: QRect) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("warning_soft" if cell.tag_is_open else "info_soft"))
        painter.drawRoundedRect(QRectF(rect), 4, 4)
        painter.restore()
        self._paint_small(
            painter, rect, tag_text(cell), "warning" if cell.tag_is_open else "muted", Qt.AlignmentFlag.AlignHCenter
        )

    def _paint_small(self, painter: QPainter, rect: QRect, text: str, color: str, alignment: Qt.AlignmentFlag) -> None:
        painter.setFont(self.fonts.small)
        painter.setPen(self.theme.color(color))
        painter.drawText(rect, int(alignment | Qt.AlignmentFlag.AlignVCenter), text)

    def _paint_pencil(self, painter: QPainter, cell: CellView, rect: QRect) -> None:
        """A small pencil before a score that a person gave."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.right() - self._width(cell.text) - 9, rect.center().y() + 1)
        painter.rotate(45)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("accent"))
        painter.drawRect(QRectF(-1.8, -6.5, 3.6, 1.8))
        painter.drawRect(QRectF(-1.8, -4.0, 3.6, 6.0))
        painter.drawPolygon(QPolygonF([QPointF(-1.8, 2.6), QPointF(1.8, 2.6), QPointF(0, 6.2)]))
        painter.restore()

    def paint_level(self, painter: QPainter, level: LevelView, text: str, rect: QRect, *, is_number: bool) -> None:
        """The label or a subtotal of a level row."""
        painter.setFont(self.fonts.bold if level.is_level1 else self.fonts.body)
        painter.setPen(self.theme.color("text" if level.is_level1 else "level2_text"))
        side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        area = rect.adjusted(PADDING_X if is_number else 4, 0, -PADDING_X, 0)
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), text)

    def paint_level_hint(self, painter: QPainter, text: str, rect: QRect) -> None:
        """What to do on a level that has no line yet."""
        area = rect.adjusted(PADDING_X, 0, -PADDING_X, 0)
        text = QFontMetrics(self.fonts.small).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        self._paint_small(painter, area, text, "muted", Qt.AlignmentFlag.AlignLeft)


def tag_text(cell: CellView) -> str:
    """What a tag says; the arrow tells that it opens."""
    return f"{cell.tag} ▼"
