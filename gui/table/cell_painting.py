"""How one cell of the grid is measured and painted.

Heights and painting share one layout (:class:`Anatomy`), so a row is always as tall as what is painted in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPolygonF, QTextLayout, QTextOption

from gui.desk.labels import elided
from gui.desk.signs import SIGN, Sign, paint_sign
from gui.desk.theme import Theme, TypeSize, scaled
from gui.table.cells import MARKED, CellView, LevelView
from gui.table.editors import PADDING_X, PADDING_Y
from model.findings import Severity
from model.scoring.figures import parse_points

BAR = 3
PENCIL_ROOM = 12
GLYPH_ROOM = 16
TAG_GAP = 8
TAG_PADDING = 6
MINIMUM_ROW = 24
WORDS = 5
"""Characters a column of numbers gives to words in it, before they take another line."""
LONGEST_POINTS = 9
"""Characters of the longest points a column of numbers makes room for: 100000.00."""
MANY = 1000
"""Lines of text no cell comes to."""
ELLIPSIS = "…"

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Fonts:
    """The sizes and weights of text in the grid."""

    body: QFont
    bold: QFont
    small: QFont

    @staticmethod
    def of(font: QFont) -> Fonts:
        """The fonts that go with the grid's own."""
        points = font.pointSizeF()
        small = points * TypeSize.SMALL.value / TypeSize.TEXT.value  # the grid grows and shrinks as a whole
        return Fonts(font, scaled(font, points, bold=True), scaled(font, small))


@lru_cache(maxsize=8192)
def wrapped(text: str, width: int, font_key: str) -> tuple[str, ...]:
    """The lines of a text wrapped at a width in pixels. ``font_key`` is ``QFont.toString()``."""
    if "\n" not in text and text_width(text, font_key) <= width:
        return (text,)
    layout = QTextLayout(text.replace("\n", "\u2028"), _font(font_key))
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        lines.append(text[line.textStart() : line.textStart() + line.textLength()].rstrip("\n"))
    layout.endLayout()
    return tuple(lines) or ("",)


@lru_cache(maxsize=8192)
def text_width(text: str, font_key: str) -> int:
    """The width of text on one line, in pixels."""
    return ceil(_metrics(font_key).horizontalAdvance(text))


@lru_cache(maxsize=64)
def _font(font_key: str) -> QFont:
    font = QFont()
    font.fromString(font_key)
    return font


@lru_cache(maxsize=64)
def _metrics(font_key: str) -> QFontMetrics:
    return QFontMetrics(_font(font_key))


@dataclass(frozen=True, slots=True)
class Anatomy:
    """Where the parts of a cell are, relative to its top left corner, and the height it needs.

    ``lines`` is the text as it is wrapped, cut to the lines there is room for; ``is_cut`` says that there are more.
    """

    text: QRect
    tag: QRect
    glyph: QRect
    height: int
    lines: tuple[str, ...]
    is_cut: bool = False


class CellPainter:
    """Measures and paints cells in one theme and font. ``most_lines`` is how many lines a cell may fill."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.theme = theme
        self.fonts = Fonts.of(font)
        self._body_key = self.fonts.body.toString()
        self._bold_key = self.fonts.bold.toString()
        self._small_key = self.fonts.small.toString()
        self._line = _metrics(self._body_key).lineSpacing()
        self._small_line = _metrics(self._small_key).lineSpacing()
        self._ascent = _metrics(self._body_key).ascent()

    @property
    def row_height(self) -> int:
        """The height of a row with one line of text."""
        return max(MINIMUM_ROW, self._line + 2 * PADDING_Y + 1)

    @property
    def line_height(self) -> int:
        """The height of one more line of text."""
        return self._line

    def width(self, text: str) -> int:
        """The width of a text on one line."""
        return text_width(text, self._body_key)

    def fraction(self, text: str) -> int:
        """The width of what stands from the decimal point on, 0 for a text that is no number a form has."""
        return self.width(_decimals(text)) if is_points(text) else 0

    def bold_fraction(self, text: str) -> int:
        """The same in bold letters, whose digits are wider."""
        return self.bold_width(_decimals(text))

    def anatomy(self, cell: CellView, width: int, *, is_number: bool, most_lines: int = MANY) -> Anatomy:
        """The layout of a cell of this width."""
        left = PADDING_X
        room = width - 2 * PADDING_X
        top = (self.row_height - 1 - self._line) // 2
        glyph = QRect()
        if cell.sign is not None:
            side = BAR + 1 if is_number else width - GLYPH_ROOM
            glyph = QRect(side, top, GLYPH_ROOM - 4, self._line)
            if not is_number:
                room -= GLYPH_ROOM - 4
        text = cell.text or cell.hint
        if is_number:
            return self._number_anatomy(cell, QRect(left, top, room, self._line), glyph, most_lines)
        tag_size = self.tag_width(cell)
        lines = wrapped(text, room, self._body_key)
        if not cell.text:  # what is asked for takes one line: a row must not jump while its value is typed
            lines = (elided(text, _metrics(self._body_key), room),)
        beside = tag_size and len(lines) == 1 and self.width(lines[0]) + TAG_GAP + tag_size <= room
        most = max(1, most_lines - 1) if tag_size and not beside else most_lines
        is_cut = len(lines) > most
        lines = self._at_most(most, lines, room)
        height = len(lines) * self._line
        area = QRect(left, top, room, height)
        tag = QRect()
        if tag_size:
            tag_top = top if beside else top + height + 1
            start = left + room - tag_size if beside else left
            tag = QRect(start, tag_top, min(tag_size, room), self._line)
            height = height if beside else height + 1 + self._line
        return Anatomy(area, tag, glyph, max(self.row_height, height + 2 * top + 1), lines, is_cut)

    def _at_most(self, most: int, lines: tuple[str, ...], room: int) -> tuple[str, ...]:
        """So many lines, the last of which says that there are more."""
        if len(lines) <= most:
            return lines
        last = "".join(lines[most - 1 : most + 1])  # a whole book would be measured letter by letter
        return (
            *lines[: most - 1],
            elided(last + ELLIPSIS, _metrics(self._body_key), room),
        )

    def hint_lines(self, cell: CellView, room: int, height: int, most_lines: int = MANY) -> tuple[str, ...]:
        """What an empty cell asks for, on as many lines as its row has anyway for what stands beside it.

        Where that is too little, in few words.
        """
        free = (height - (self.row_height - 1 - self._line)) // self._line
        most = max(1, min(free, most_lines))
        lines = wrapped(cell.hint, room, self._body_key)
        if cell.brief and len(lines) > most:
            lines = wrapped(cell.brief, room, self._body_key)
        return self._at_most(most, lines, room)

    def _number_anatomy(self, cell: CellView, text: QRect, glyph: QRect, most_lines: int) -> Anatomy:
        """A number stands on one line; words in its place (不适用（不计分）) may take several."""
        shown: tuple[str, ...] = (cell.text or cell.hint,)
        whole = QRect(text)
        if not is_points(shown[0]):  # a number has room for both signs in the width of its column
            text.setLeft((glyph.right() + 1 if cell.mark in MARKED else text.left()) + PENCIL_ROOM * cell.is_manual)
        if is_words(shown[0]) and self.width(shown[0]) > text.width():
            shown = tuple(line for part in parts_of(shown[0]) for line in wrapped(part, text.width(), self._body_key))
        is_elided = not is_words(shown[0]) and not is_points(shown[0]) and self.width(shown[0]) > text.width()
        if is_elided:
            shown = (elided(shown[0], _metrics(self._body_key), text.width()),)
        is_cut = len(shown) > most_lines
        if is_cut:
            rest = elided("".join(shown[most_lines - 1 :]) + ELLIPSIS, _metrics(self._body_key), text.width())
            shown = (*shown[: most_lines - 1], rest)
        is_cut = is_cut or is_elided
        text.setHeight(len(shown) * self._line)
        height = max(self.row_height, text.bottom() + 1 + text.top() + 1)
        if not cell.tag:
            return Anatomy(text, QRect(), glyph, height, shown, is_cut)
        tag = QRect(whole.left(), text.bottom() + 1, whole.width(), self._small_line)
        return Anatomy(text, tag, glyph, max(height, tag.bottom() + 1 + PADDING_Y), shown, is_cut)

    def tag_width(self, cell: CellView) -> int:
        """The width of a cell's tag with its arrow, 0 without one."""
        return text_width(tag_text(cell), self._small_key) + 2 * TAG_PADDING if cell.tag else 0

    def bold_width(self, text: str) -> int:
        """The width of a bold text on one line."""
        return text_width(text, self._bold_key)

    def small_width(self, text: str) -> int:
        """The width of a small text on one line."""
        return text_width(text, self._small_key)

    def number_width(self, text: str, fraction: int) -> int:
        """The width a number and its mark need in a column whose decimals take ``fraction`` pixels.

        Words need that of a part of them: they may take another line.
        """
        if is_words(text):
            widest = max(min(self.width(part), WORDS * self.width("字")) for part in parts_of(text))
            return widest + 2 * PADDING_X + 1
        if not is_points(text):
            return GLYPH_ROOM - 2 + min(self.width(text), WORDS * self.width("字")) + 2 * PADDING_X + 1
        return GLYPH_ROOM - 2 + self.width(text) + max(0, fraction - self.fraction(text)) + 2 * PADDING_X + 1

    # Painting

    def paint_cell(
        self,
        painter: QPainter,
        cell: CellView,
        rect: QRect,
        *,
        is_number: bool = False,
        fraction: int = 0,
        most_lines: int = MANY,
        stands_right: bool = False,
    ) -> None:
        """The text, marks and tag of a cell of an indicator line; numbers stand right, and one line that is to."""
        parts = self.anatomy(cell, rect.width(), is_number=is_number, most_lines=most_lines)
        origin = rect.topLeft()
        self._paint_mark(painter, cell, rect, parts)
        color = "text" if cell.text and not cell.is_past else "muted"
        area = parts.text.translated(origin)
        if is_number:
            if is_points(cell.text):
                area.setRight(area.right() - max(0, fraction - self.fraction(cell.text)))
            for number, line in enumerate(parts.lines):
                place = QRect(area.left(), area.top() + number * self._line, area.width(), self._line)
                self.paint_text(painter, place, line, color, _RIGHT)
        else:
            lines = parts.lines if cell.text else self.hint_lines(cell, area.width(), rect.height(), most_lines)
            if stands_right:
                self.paint_text(painter, area, lines[0], color, _RIGHT)
            else:
                self._paint_lines(painter, area, lines, color)
        if cell.tag and is_number:
            self.paint_small(painter, parts.tag.translated(origin), computed_text(cell.tag), "muted", _RIGHT)
        elif cell.tag:
            self._paint_tag(painter, cell, parts.tag.translated(origin))
        if cell.is_manual:
            self._paint_pencil(painter, area.right() - self.width(parts.lines[0]) - 9, area.center().y() + 1)

    def paint_text(
        self, painter: QPainter, rect: QRect, text: str, color: str, alignment: Qt.AlignmentFlag = _LEFT
    ) -> None:
        """One line of body text."""
        painter.setFont(self.fonts.body)
        painter.setPen(self.theme.color(color))
        painter.drawText(rect, int(alignment | Qt.TextFlag.TextSingleLine), text)

    def paint_bold(self, painter: QPainter, rect: QRect, text: str, alignment: Qt.AlignmentFlag = _LEFT) -> None:
        """One line of bold text."""
        painter.setFont(self.fonts.bold)
        painter.setPen(self.theme.color("text"))
        painter.drawText(rect, int(alignment | Qt.TextFlag.TextSingleLine), text)

    def paint_small(
        self, painter: QPainter, rect: QRect, text: str, color: str, alignment: Qt.AlignmentFlag = _LEFT
    ) -> None:
        """One line of small text."""
        painter.setFont(self.fonts.small)
        painter.setPen(self.theme.color(color))
        painter.drawText(rect, int(alignment | Qt.TextFlag.TextSingleLine), text)

    def _paint_lines(self, painter: QPainter, area: QRect, lines: tuple[str, ...], color: str) -> None:
        painter.setFont(self.fonts.body)
        painter.setPen(self.theme.color(color))
        for number, line in enumerate(lines):
            painter.drawText(area.left(), area.top() + number * self._line + self._ascent, line)

    def paint_bar(self, painter: QPainter, mark: Severity | None, rect: QRect) -> None:
        """The bar of a finding at the left edge of a cell."""
        if mark in MARKED:
            color = self.theme.color("error" if mark is Severity.ERROR else "warning")
            painter.fillRect(QRect(rect.left(), rect.top(), BAR, rect.height() - 1), color)

    def _paint_mark(self, painter: QPainter, cell: CellView, rect: QRect, parts: Anatomy) -> None:
        """A bar at the left edge and a glyph: a finding is not told by colour alone."""
        self.paint_bar(painter, cell.mark, rect)
        self.paint_sign(painter, cell.sign, parts.glyph.translated(rect.topLeft()))

    def paint_sign(self, painter: QPainter, sign: Sign | None, place: QRect) -> None:
        """The sign of a cell in the middle of a place."""
        if sign is not None:
            square = QRect(0, 0, SIGN, SIGN)
            square.moveCenter(place.center())
            paint_sign(painter, square, sign, self.theme.color(sign.color))

    def _paint_tag(self, painter: QPainter, cell: CellView, rect: QRect) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("warning_soft" if cell.tag_is_open else "info_soft"))
        painter.drawRoundedRect(QRectF(rect), 4, 4)
        painter.restore()
        self.paint_small(painter, rect, tag_text(cell), "warning" if cell.tag_is_open else "muted", _CENTRE)

    def _paint_pencil(self, painter: QPainter, x: int, y: int) -> None:
        """A small pencil before a score that a person gave."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(x, y)
        painter.rotate(45)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("accent"))
        painter.drawRect(QRectF(-1.8, -6.5, 3.6, 1.8))
        painter.drawRect(QRectF(-1.8, -4.0, 3.6, 6.0))
        painter.drawPolygon(QPolygonF([QPointF(-1.8, 2.6), QPointF(1.8, 2.6), QPointF(0, 6.2)]))
        painter.restore()

    def paint_level(
        self, painter: QPainter, level: LevelView, rect: QRect, sums: tuple[int, int], *, is_first: bool, aside: int
    ) -> None:
        """The label of a 一级 (``is_first``) or 二级指标 with its subtotal, in the middle of a rectangle.

        ``sums`` are the widths of the widest score and points of its column: points stand one under another. ``aside``
        is the room of a sign at the right, which the label leaves free. Where there is no room for both, the subtotal
        gives way; where there is none for the label, its 指标 does.
        """
        area = rect.adjusted(4, 0, -4 - aside, 0)
        lines = self.level_lines(level.label, area.width(), max(1, rect.height() // self._line), is_first=is_first)
        height = len(lines) * self._line
        shows_subtotal = bool(level.subtotal) and height + self._small_line + 2 <= rect.height()
        whole = height + (self._small_line if shows_subtotal else 0)
        top = rect.top() + max(0, (rect.height() - 1 - whole) // 2)
        painter.setFont(self.fonts.bold if is_first else self.fonts.body)
        painter.setPen(self.theme.color("text"))
        for number, line in enumerate(lines):
            place = QRect(area.left(), top + number * self._line, area.width(), self._line)
            painter.drawText(place, int(_CENTRE | Qt.TextFlag.TextSingleLine), line)
        if shows_subtotal:
            score, points = (
                max(0, (widest - self.small_width(own)))
                for widest, own in zip(sums, (level.score, level.points), strict=True)
            )
            place = QRect(rect.left() + score // 2 - points // 2, top + height, rect.width(), self._small_line)
            self.paint_small(painter, place, level.subtotal, "muted", _CENTRE)

    def level_lines(self, label: str, width: int, most: int, *, is_first: bool) -> tuple[str, ...]:
        """The label of a level in at most so many lines."""
        key = self._bold_key if is_first else self._body_key
        lines = wrapped(label, width, key)
        if len(lines) <= most:
            return lines
        lines = wrapped(label.removesuffix("指标"), width, key)
        if len(lines) <= most:
            return lines
        rest = "".join(lines[most - 1 :])
        return (*lines[: most - 1], elided(rest, _metrics(key), width))

    def paint_arrow(self, painter: QPainter, rect: QRect, *, is_open: bool) -> None:
        """A small triangle, pointing down when the level is open."""
        x, y = rect.center().x(), rect.center().y()
        points = (
            [QPointF(x - 4, y - 2), QPointF(x + 4, y - 2), QPointF(x, y + 3)]
            if is_open
            else [QPointF(x - 2, y - 4), QPointF(x + 3, y), QPointF(x - 2, y + 4)]
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("muted"))
        painter.drawPolygon(QPolygonF(points))
        painter.restore()


def _decimals(text: str) -> str:
    """What stands from the decimal point on, "" for a text that is no number; thousands may be set off."""
    whole, point, decimals = text.partition(".")
    is_number = whole.removeprefix("-").replace(",", "").isdigit() and decimals.isdigit()
    return point + decimals if is_number else ""


def is_points(text: str) -> bool:
    """Whether a text is a number as long as those a form has, which is never shown in part."""
    return len(text) <= LONGEST_POINTS and parse_points(text) is not None


def is_words(text: str) -> bool:
    """Whether what stands where a number belongs is none, and may be shown in several lines: a number never is."""
    return bool(text) and not any(character.isdigit() for character in text)


def whole_in(view: QRect, text: str, area: QRect, number: QRect) -> tuple[str, QRect]:
    """A number and its area; where a side of the view cuts through the ``number``, a sign and what is seen of it.

    What is left of a number would be another one.
    """
    if view.left() <= number.left() and number.right() <= view.right():
        return text, area
    return ELLIPSIS, area.intersected(QRect(view.left(), area.top(), view.width(), area.height()))


def parts_of(words: str) -> tuple[str, ...]:
    """Words and what they add in brackets, which may stand on the next line."""
    before, bracket, rest = words.partition("（")
    return (before, bracket + rest) if before and bracket else (words,)


def computed_text(score: str) -> str:
    """What is written below a score a person gave that is another one than this."""
    return f"计算 {score}"


def tag_text(cell: CellView) -> str:
    """What a tag says; the arrow tells that it opens."""
    return f"{cell.tag} ▼"
