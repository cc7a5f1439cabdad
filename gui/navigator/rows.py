"""Draws a row of the navigator: a year, a unit in as many lines as it needs, or a project with its badge."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from gui.desk.icons import glyph
from gui.desk.theme import Appearance
from gui.navigator.model import Level, NavigatorModel, NavigatorRole, Tone

Index = QModelIndex | QPersistentModelIndex

_INDENT = {Level.YEAR: 8, Level.UNIT: 20, Level.PROJECT: 32}
_ARROW = 14
_RIGHT = 8
_WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere


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
        self._paint_background(painter, option, level)
        inner = rect.adjusted(_INDENT[level], 0, -_RIGHT, 0)
        painter.setFont(_font(font, level))
        if level is Level.PROJECT:
            self._paint_project(painter, inner, index, is_selected=_is_selected(option))
        else:
            self._paint_level(painter, inner, index, level)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line, or as many as a unit's name needs."""
        level = self._rows.level(index)
        font = self._view.font()
        if level is Level.UNIT:
            width = self._view.viewport().width() - _INDENT[level] - _RIGHT - _ARROW
            return QSize(80, self._height(self._rows.label(index), max(40, width), font) + 6)
        return QSize(80, self._height("", 0, font) + 8)

    def _height(self, text: str, width: int, font: QFont) -> int:
        """The height of a text wrapped at a width. Remembered: a year may have many hundred units."""
        key = (text, width, font.pixelSize() or font.pointSize())
        if key not in self._heights:
            metrics = QFontMetrics(font)
            wrapped = metrics.boundingRect(0, 0, width, 999, int(_WRAP), text)
            self._heights[key] = wrapped.height() if text else metrics.height()
        return self._heights[key]

    def _paint_background(self, painter: QPainter, option: QStyleOptionViewItem, level: Level) -> None:
        theme = self._appearance.theme
        rect: QRect = option.rect  # type: ignore[attr-defined] # the stubs miss the members of style options
        if _is_selected(option):
            painter.fillRect(rect, theme.color("selection"))
            if level is Level.PROJECT:
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.color("accent"))
        elif _state(option) & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        if _state(option) & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setPen(theme.color("focus"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_level(self, painter: QPainter, rect: QRect, index: Index, level: Level) -> None:
        theme = self._appearance.theme
        painter.setPen(theme.color("text" if level is Level.YEAR else "muted"))
        is_open = self._view.isExpanded(index)
        arrow = QRect(0, 0, _ARROW, _ARROW)
        arrow.moveCenter(QPoint(rect.left() + 4, rect.top() + 3 + QFontMetrics(painter.font()).height() // 2))
        name = "chevron-down" if is_open else "chevron-right"
        painter.drawPixmap(arrow, glyph(name, theme.muted, _ARROW, painter.device().devicePixelRatioF()))
        text = rect.adjusted(_ARROW, 3, 0, 0)
        painter.drawText(text, int(Qt.AlignmentFlag.AlignTop) | int(_WRAP), str(index.data()))

    def _paint_project(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        theme = self._appearance.theme
        badge = str(index.data(NavigatorRole.BADGE) or "")
        is_error = index.data(NavigatorRole.TONE) is Tone.ERROR
        painter.setPen(theme.color("error" if is_error else "muted"))
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | centre, badge)
        metrics = QFontMetrics(painter.font())
        room = rect.width() - (metrics.horizontalAdvance(badge) + 8 if badge else 0)
        painter.setPen(theme.color("accent" if is_selected else "text"))
        # names of one unit often begin alike and differ at their end: （运维）, （第2包）
        label = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | centre, label)


def _is_selected(option: QStyleOptionViewItem) -> bool:
    return bool(_state(option) & QStyle.StateFlag.State_Selected)


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    state: QStyle.StateFlag = option.state  # type: ignore[attr-defined] # the stubs miss the members of style options
    return state


def _font(font: QFont, level: Level) -> QFont:
    copy = QFont(font)
    copy.setBold(level is Level.YEAR)
    return copy
