"""Draws a row of the navigator: a year, a unit in as many lines as it needs, or a project with its badge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from gui.desk.focus import paint_frame
from gui.desk.icons import glyph
from gui.desk.labels import elided, wrapping
from gui.desk.signs import SIGN, in_line, paint_sign
from gui.desk.theme import Appearance, Theme
from gui.desk.whole_rows import clip_to_lines
from gui.navigator.marks import SIGNS, Mark
from gui.navigator.model import NavigatorModel, NavigatorRole
from gui.navigator.rows import Level

Index = QModelIndex | QPersistentModelIndex

_INDENT = {Level.YEAR: 8, Level.UNIT: 20, Level.PROJECT: 22}
_ARROW = 14
_RIGHT = 8
_NAME_LINES = 2
_BADGE_COLORS: Mapping[object, str] = {Mark.ERROR: "error", Mark.WARNING: "warning"}
"""What numbers beside these marks are drawn in; any other number is grey."""
_WHOLE_NAME = 12
"""Lines a name gets that would look like another one of its unit's year."""


class NavigatorDelegate(QStyledItemDelegate):
    """Indents, arrows, badges and the bar of the selected project."""

    def __init__(
        self, appearance: Appearance, view: QTreeView, rows: NavigatorModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._view = view
        self._rows = rows
        self._heights: dict[tuple[str, int, int], int] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        level = index.data(NavigatorRole.LEVEL)
        if not isinstance(level, Level):
            return
        rect: QRect = option.rect  # type: ignore[attr-defined] # the stubs miss the members of style options
        font: QFont = option.font  # type: ignore[attr-defined] # the stubs miss the members of style options
        painter.save()
        if clip_to_lines(painter, self._view, rect, QFontMetrics(font).height()):
            self._paint_background(painter, option, index)
            inner = rect.adjusted(_INDENT[level], 0, -_RIGHT, 0)
            painter.setFont(_font(font, level))
            if level is Level.PROJECT:
                self._paint_project(painter, inner, index, is_selected=_is_selected(option))
            else:
                self._paint_level(painter, inner, index, level, is_selected=_is_selected(option))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line, two for a long name, or as many as a unit's name needs."""
        level = self._rows.level(index)
        font = self._view.font()
        if level is Level.PROJECT:
            return QSize(80, self._height("", 0, font) * len(self.lines(index, font)) + 8)
        if level is Level.UNIT:
            width = self._view.viewport().width() - _INDENT[level] - _RIGHT - _ARROW
            return QSize(80, self._height(self._rows.label(index), max(40, width), font) + 6)
        return QSize(80, self._height("", 0, font) + 8)

    def lines(self, index: Index, font: QFont) -> tuple[str, ...]:
        """A project's name as it is shown: two lines at most, unless it would look like another one of its unit's."""
        name, widths = " ".join(self._rows.label(index).split()), self._name_widths(index, font)
        lines = _name_lines(name, font, *widths)
        shown = sum(len(line) for line in lines) - 1
        if not lines[-1].endswith("…") or self._rows.is_told_apart(index, name, shown):
            return lines
        return _name_lines(name, font, *widths, most=_WHOLE_NAME)

    def _name_widths(self, index: Index, font: QFont) -> tuple[int, int]:
        """The room of the first line, which the badge stands in, and of the others."""
        room = self._view.viewport().width() - _INDENT[Level.PROJECT] - SIGN - 6 - _RIGHT
        badge = self._rows.widest_badge(index)
        taken = QFontMetrics(font).horizontalAdvance(badge) + 8 if badge else 0
        return max(40, room - taken), max(40, room)

    def _height(self, text: str, width: int, font: QFont) -> int:
        """The height of a text wrapped at a width. Remembered: a year may have many hundred units."""
        key = (text, width, font.pixelSize() or font.pointSize())
        if key not in self._heights:
            metrics = QFontMetrics(font)
            wrapped = metrics.boundingRect(0, 0, width, 999, wrapping(text, metrics, width), text)
            self._heights[key] = wrapped.height() if text else metrics.height()
        return self._heights[key]

    def _paint_background(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._appearance.theme
        rect: QRect = option.rect  # type: ignore[attr-defined] # the stubs miss the members of style options
        if _is_selected(option):
            painter.fillRect(rect, theme.color("selection"))
            if self._rows.is_on_screen(index):  # among several that are selected it is told apart
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.color("accent"))
        elif _state(option) & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        if _state(option) & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            paint_frame(painter, rect, theme.color("focus"))

    def _paint_level(self, painter: QPainter, rect: QRect, index: Index, level: Level, *, is_selected: bool) -> None:
        theme = self._appearance.theme
        color = "accent" if is_selected else "text" if level is Level.YEAR else "muted"
        painter.setPen(theme.color(color))
        is_open = self._view.isExpanded(index)
        arrow = QRect(0, 0, _ARROW, _ARROW)
        arrow.moveCenter(QPoint(rect.left() + 4, rect.top() + 3 + QFontMetrics(painter.font()).height() // 2))
        name = "chevron-down" if is_open else "chevron-right"
        painter.drawPixmap(arrow, glyph(name, theme.muted, _ARROW, painter.device().devicePixelRatioF()))
        text = rect.adjusted(_ARROW, 3, 0, 0)
        name = str(index.data())
        flags = int(Qt.AlignmentFlag.AlignTop) | wrapping(name, QFontMetrics(painter.font()), text.width())
        painter.drawText(text, flags, name)

    def _paint_project(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        theme = self._appearance.theme
        mark = index.data(NavigatorRole.MARK)
        badge = self._rows.badge(index)
        metrics = QFontMetrics(painter.font())
        top = rect.adjusted(0, 4, 0, 0)
        painter.setPen(theme.color(_BADGE_COLORS.get(mark, "muted")))
        painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, badge)
        if isinstance(mark, Mark):
            paint_mark(painter, in_line(QRect(top.topLeft(), QSize(top.width(), metrics.height()))), mark, theme)
        painter.setPen(theme.color("accent" if is_selected else "text"))
        left = rect.left() + SIGN + 6
        for number, line in enumerate(self.lines(index, painter.font())):
            painter.drawText(left, top.top() + number * metrics.height() + metrics.ascent(), line)


def is_on_arrow(x: int, level: Level) -> bool:
    """Whether a place in a heading, in pixels from its left edge, is on the arrow that folds it."""
    return x < _INDENT[level] + _ARROW


def paint_mark(painter: QPainter, place: QRect, mark: Mark, theme: Theme) -> None:
    """Draw how far a project is."""
    sign = SIGNS[mark]
    paint_sign(painter, place, sign, theme.color(sign.color))


@lru_cache(maxsize=4096)
def _lines_at(text: str, key: str, first: int, width: int, most: int) -> tuple[str, ...]:
    font = QFont()
    font.fromString(key)
    lines = _broken(text, font, [first, *[width] * (most - 1)])
    if len(lines) > 1 and len(lines[-1]) == 1:  # one character alone on a line reads as a slip
        metrics = QFontMetrics(font)
        rooms = [metrics.horizontalAdvance(line) for line in lines]
        rooms[-2:] = [rooms[-2] - 1, width]
        fuller = _broken(text, font, rooms)
        breaks_a_word = fuller[-2][-1:].isascii() and fuller[-1][:1].isascii()
        lines = lines if breaks_a_word or not text.endswith(fuller[-1]) else fuller
    return tuple(lines) or ("",)


def _broken(text: str, font: QFont, rooms: Sequence[int]) -> list[str]:
    """A text on as many lines as there are rooms for, at most; the last takes all that is left, ending in … if cut."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    for room in rooms[:-1]:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(room)
        lines.append(text[line.textStart() : line.textStart() + line.textLength()].strip())
    last = layout.createLine()
    if last.isValid():
        rest = text[last.textStart() :]
        lines.append(elided(rest, QFontMetrics(font), rooms[-1]))
    layout.endLayout()
    return lines


def _name_lines(name: str, font: QFont, first: int, width: int, *, most: int = _NAME_LINES) -> tuple[str, ...]:
    """A project's name on so many lines; what does not fit ends in an ellipsis and stands in the tool tip."""
    return _lines_at(name, font.toString(), first, width, most)


def _is_selected(option: QStyleOptionViewItem) -> bool:
    return bool(_state(option) & QStyle.StateFlag.State_Selected)


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    state: QStyle.StateFlag = option.state  # type: ignore[attr-defined] # the stubs miss the members of style options
    return state


def _font(font: QFont, level: Level) -> QFont:
    copy = QFont(font)
    copy.setBold(level is Level.YEAR)
    return copy
