"""Draws a cell of the list on a page: the mark and its word, a name that may end in …, numbers; the row that is on."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from gui.desk.focus import paint_frame, paint_rule
from gui.desk.labels import elided
from gui.desk.signs import SIGN, in_line
from gui.desk.theme import Appearance
from gui.desk.whole_rows import clip_to_lines
from gui.navigator.marks import Mark
from gui.navigator.painting import paint_mark
from gui.overview.model import LineRole

Index = QModelIndex | QPersistentModelIndex

LEFT, RIGHT = 7, 8
"""Pixels around a text, as its heading has them."""
MARK_ROOM = SIGN + 6
"""What a mark takes before its word."""


class LineDelegate(QStyledItemDelegate):
    """A row is selected as a whole: blue where the keyboard is, grey where it is not."""

    def __init__(self, appearance: Appearance, view: QTableView) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        font: QFont = option.font  # type: ignore[attr-defined] # the stubs miss the members of style options
        painter.save()
        painter.setFont(font)
        if clip_to_lines(painter, self._view, option.rect, QFontMetrics(font).height()):  # type: ignore[attr-defined]
            self._paint_cell(painter, option, index)
        painter.restore()

    def _paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._appearance.theme
        rect: QRect = option.rect  # type: ignore[attr-defined] # the stubs miss the members of style options
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined] # the stubs miss the members of style options
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        if is_selected:
            painter.fillRect(rect, theme.color(theme.selected(has_keyboard=self._view.hasFocus())))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        self._paint_lines(painter, rect, index)
        inner = rect.adjusted(LEFT, 0, -RIGHT, 0)
        mark = index.data(LineRole.MARK)
        if isinstance(mark, Mark):
            paint_mark(painter, in_line(inner), mark, theme)
            inner.setLeft(inner.left() + MARK_ROOM)
        painter.setPen(theme.color("text"))
        text = elided(str(index.data()), QFontMetrics(painter.font()), inner.width() + 1)
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(inner, int(alignment), text)

    def _paint_lines(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """A faint line below each row; around the current one a frame where the keyboard is."""
        theme = self._appearance.theme
        paint_rule(painter, rect, theme.color("grid"))
        if index.row() == self._view.currentIndex().row() and self._view.hasFocus():
            first, last = index.column() == 0, index.column() == index.model().columnCount() - 1
            paint_frame(painter, rect, theme.color("focus"), first=first, last=last)
