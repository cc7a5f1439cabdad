"""Draws a row of the 问题 list: glyph and what to do, the place, and its actions as links that can be clicked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.desk.focus import paint_frame, paint_rule
from gui.desk.labels import EDGE, wrapping
from gui.desk.signs import in_line, paint_sign
from gui.desk.theme import Appearance
from gui.desk.whole_rows import clip_to_lines
from gui.findings.model import Column, FindingsModel
from gui.findings.places import shown_place
from gui.findings.rows import MORE, Kind, Row, RowAction, actions_of, offered

Index = QModelIndex | QPersistentModelIndex

PAD = EDGE
GLYPH = 20
_INDENT = 16
_GAP = 14
_LINKS_SHOWN = 3
_AROUND = 9
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def links_of(row: Row, most: int = _LINKS_SHOWN) -> tuple[RowAction, ...]:
    """So many actions of a row, or one link to all; 转到 only where it is the only one (Enter goes there anyway)."""
    links = offered(row, max(1, most)) or actions_of(row)
    return links if most or links[0].kind is Kind.GO else (RowAction(Kind.CHOOSE, MORE),)


def remedy_room(row: Row, width: int) -> int:
    """How much of the first column's width is left for its words."""
    return max(1, width - 2 * PAD - GLYPH - (_INDENT if row.is_member else 0))


def least_height(font: QFont) -> int:
    """How high a row of one line is."""
    return QFontMetrics(font).height() + _AROUND


def row_height(row: Row, width: int, font: QFont) -> int:
    """How high a row has to be so that what to do is never cut, in a first column of that width."""
    metrics = QFontMetrics(_weighted(font, row))
    room = remedy_room(row, width)
    if metrics.horizontalAdvance(row.remedy) <= room:
        return least_height(_weighted(font, row))
    return metrics.boundingRect(0, 0, room, 9999, wrapping(row.remedy, metrics, room), row.remedy).height() + _AROUND


class FindingDelegate(QStyledItemDelegate):
    """Paints the cells and turns a click on a link into its action.

    ``room_of_bar`` are the pixels kept free at the right edge for a scroll bar that is not there: no link moves when
    it comes. ``room_of_links`` is how much of a row its links may take: where that is little they are fewer.

    Signals:
        acted(Row, RowAction): a link was clicked.
    """

    acted = Signal(object, object)

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.room_of_bar = 0
        self.room_of_links = 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        row, view = index.data(Qt.ItemDataRole.UserRole), option.widget  # type: ignore[attr-defined] # the stubs miss the members of style options
        if not isinstance(row, Row):
            return
        painter.save()
        painter.setFont(option.font)  # type: ignore[attr-defined]
        line = option.fontMetrics.height()  # type: ignore[attr-defined]
        if not isinstance(view, QAbstractItemView) or clip_to_lines(painter, view, QRect(option.rect), line):  # type: ignore[attr-defined]
            self._paint_cell(painter, option, index, row)
        painter.restore()

    def _paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: Row) -> None:
        theme = self._appearance.theme
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        widget: QWidget | None = option.widget  # type: ignore[attr-defined]
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        has_keyboard = is_selected and widget is not None and widget.hasFocus()
        if is_selected:
            painter.fillRect(rect, theme.color(theme.selected(has_keyboard=has_keyboard)))
        paint_rule(painter, rect, theme.color("grid"))
        if has_keyboard:
            first, last = index.column() == Column.REMEDY, index.column() == Column.ACTIONS
            paint_frame(painter, rect, theme.color("focus"), first=first, last=last)
        seen = QRect(rect)
        if isinstance(widget, QAbstractItemView) and rect.height() > widget.viewport().height():
            seen.setHeight(least_height(painter.font()))  # of a row higher than its list the first line is in sight
        match Column(index.column()):
            case Column.REMEDY:
                self._paint_remedy(painter, rect, seen, row)
            case Column.WHERE:
                beside = _beside(self._cell_beside(widget, index, Column.ACTIONS), seen)
                self._paint_place(painter, seen.united(beside), seen, row, index)
            case Column.ACTIONS:
                place = _beside(self._cell_beside(widget, index, Column.WHERE), seen)
                self._paint_place(painter, seen.united(place), seen, row, index)
                painter.setPen(theme.color("accent"))
                metrics = QFontMetrics(painter.font())
                for action, link in self._links(seen, row, metrics):
                    painter.drawText(link, Qt.AlignmentFlag.AlignCenter, action.label)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Wide enough for what a column holds."""
        font: QFont = option.font  # type: ignore[attr-defined] # the stubs miss the members of style options
        metrics = QFontMetrics(font)
        row = index.data(Qt.ItemDataRole.UserRole)
        height = metrics.height() + _AROUND
        if not isinstance(row, Row):
            return QSize(0, height)
        if index.column() == Column.ACTIONS:
            return QSize(_width_of(self.shown_links(row, metrics), metrics) + PAD, height)
        bold = QFontMetrics(_weighted(font, row))
        around = 2 * PAD + GLYPH + (_INDENT if row.is_member else 0)
        return QSize(bold.horizontalAdvance(str(index.data())) + around, height)

    def shown_links(self, row: Row, metrics: QFontMetrics) -> tuple[RowAction, ...]:
        """The actions of a row there is room for; where there is for none, one link to all of them."""
        ways = (links_of(row, most) for most in range(_LINKS_SHOWN, -1, -1))
        return next((links for links in ways if _width_of(links, metrics) <= self.room_of_links), links_of(row, 0))

    def action_at(self, rect: QRect, row: Row, metrics: QFontMetrics, position: QPoint) -> RowAction | None:
        """The link under a point of the actions cell."""
        links = self._links(rect, row, metrics)
        return next((action for action, place in links if place.contains(position)), None)

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click on a link acts."""
        row = index.data(Qt.ItemDataRole.UserRole)
        if (
            event.type() is QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and index.column() == Column.ACTIONS
            and isinstance(row, Row)
        ):
            metrics = QFontMetrics(option.font)  # type: ignore[attr-defined]
            rect = QRect(option.rect)  # type: ignore[attr-defined]
            action = self.action_at(rect, row, metrics, event.position().toPoint())
            if action is not None:
                self.acted.emit(row, action)
                return True
        return False

    def _paint_remedy(self, painter: QPainter, rect: QRect, seen: QRect, row: Row) -> None:
        theme, finding, font = self._appearance.theme, row.finding, QFont(painter.font())
        rect = rect.adjusted(PAD + (_INDENT if row.is_member else 0), 0, -PAD, 0)
        place = in_line(_beside(rect, seen)).translated(-2, 0)
        paint_sign(painter, place, row.sign, theme.color(row.sign.color))
        painter.setFont(_weighted(font, row))
        painter.setPen(theme.color("muted" if finding.is_closed else "text"))
        words = rect.adjusted(GLYPH, 0, 0, 0)
        flags = int(_LEFT) | wrapping(row.remedy, QFontMetrics(painter.font()), words.width())
        painter.drawText(words, flags, row.remedy)

    @staticmethod
    def _cell_beside(widget: QWidget | None, index: Index, column: Column) -> QRect:
        """Where another cell of a row is."""
        return (
            widget.visualRect(index.sibling(index.row(), column)) if isinstance(widget, QAbstractItemView) else QRect()
        )

    def _paint_place(self, painter: QPainter, both: QRect, cell: QRect, row: Row, index: Index) -> None:
        """The part of the place that is in one of the two cells it may reach over: up to the links of its own row."""
        metrics = QFontMetrics(painter.font())
        painter.save()
        painter.setClipRect(cell, Qt.ClipOperation.IntersectClip)
        painter.setPen(self._appearance.theme.color("muted" if row.finding.is_closed or row.is_member else "text"))
        words = self.place_words(both, row, index, metrics)
        painter.drawText(both, _LEFT, words)
        painter.restore()

    def place_words(self, both: QRect, row: Row, index: Index, metrics: QFontMetrics) -> str:
        """What is shown of the place of a row in the cells of place and links."""
        links = self._links(both, row, metrics)
        right = links[0][1].left() - _GAP if links else both.right() - PAD
        rows = index.model()
        assert isinstance(rows, FindingsModel)
        return shown_place(" ".join(row.where.split()), rows.alike(), metrics, right - both.left())

    def _links(self, rect: QRect, row: Row, metrics: QFontMetrics) -> list[tuple[RowAction, QRect]]:
        links = []
        right = rect.right() - PAD - self.room_of_bar
        for action in reversed(self.shown_links(row, metrics)):
            width = metrics.horizontalAdvance(action.label)
            links.append((action, QRect(right - width, rect.top(), width + 1, rect.height())))
            right -= width + _GAP
        return links[::-1]


def _beside(cell: QRect, seen: QRect) -> QRect:
    """The part of another cell of a row that is in sight as this one is."""
    return QRect(cell.left(), seen.top(), cell.width(), seen.height())


def _width_of(links: tuple[RowAction, ...], metrics: QFontMetrics) -> int:
    return sum(metrics.horizontalAdvance(action.label) + _GAP for action in links)


def _weighted(font: QFont, row: Row) -> QFont:
    """What heads several findings is bold."""
    copy = QFont(font)
    copy.setBold(bool(row.finding.members))
    return copy
