"""Draws a row of the 问题 list: glyph, message, rule id, and its actions as links that can be clicked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.desk.theme import Appearance
from gui.findings.model import Column, Kind, RowAction, actions_of
from model.findings import Finding
from model.labels import SEVERITY_GLYPHS

Index = QModelIndex | QPersistentModelIndex

_PAD = 10
_GLYPH = 20
_GAP = 14
_LINKS_SHOWN = 3


def links_of(finding: Finding) -> tuple[RowAction, ...]:
    """The actions a row has room for: 转到 only where it is the only one (double-click and Enter go there anyway)."""
    actions = actions_of(finding)
    useful = tuple(action for action in actions if action.kind is not Kind.GO)
    return (useful or actions)[:_LINKS_SHOWN]


class FindingDelegate(QStyledItemDelegate):
    """Paints the cells and turns a click on a link into its action.

    Signals:
        acted(Finding, RowAction): a link was clicked.
    """

    acted = Signal(object, object)

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        finding = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(finding, Finding):
            return
        theme = self._appearance.theme
        rect = QRect(option.rect)  # type: ignore[attr-defined] # the stubs miss the members of style options
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setFont(option.font)  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selection"))
        painter.setPen(theme.color("grid"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        match Column(index.column()):
            case Column.MESSAGE:
                self._paint_message(painter, rect, finding, str(index.data()))
            case Column.RULE:
                painter.setPen(theme.color("muted"))
                painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, finding.rule)
            case Column.ACTIONS:
                painter.setPen(theme.color("accent"))
                metrics = QFontMetrics(painter.font())
                for action, place in self._links(rect, finding, metrics):
                    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, action.label)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Wide enough for what a column holds."""
        metrics = QFontMetrics(option.font)  # type: ignore[attr-defined]
        finding = index.data(Qt.ItemDataRole.UserRole)
        height = metrics.height() + 9
        if index.column() == Column.ACTIONS and isinstance(finding, Finding):
            width = sum(metrics.horizontalAdvance(action.label) + _GAP for action in links_of(finding))
            return QSize(width + _PAD, height)
        return QSize(metrics.horizontalAdvance(str(index.data())) + _GLYPH + 2 * _PAD, height)

    def action_at(self, rect: QRect, finding: Finding, metrics: QFontMetrics, position: QPoint) -> RowAction | None:
        """The link under a point of the actions cell."""
        links = self._links(rect, finding, metrics)
        return next((action for action, place in links if place.contains(position)), None)

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click on a link acts."""
        finding = index.data(Qt.ItemDataRole.UserRole)
        if (
            event.type() is QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and index.column() == Column.ACTIONS
            and isinstance(finding, Finding)
        ):
            metrics = QFontMetrics(option.font)  # type: ignore[attr-defined]
            rect = QRect(option.rect)  # type: ignore[attr-defined]
            action = self.action_at(rect, finding, metrics, event.position().toPoint())
            if action is not None:
                self.acted.emit(finding, action)
                return True
        return False

    def _paint_message(self, painter: QPainter, rect: QRect, finding: Finding, words: str) -> None:
        theme = self._appearance.theme
        rect = rect.adjusted(_PAD, 0, -_PAD, 0)
        glyph = "✓" if finding.is_closed else SEVERITY_GLYPHS[finding.severity]
        painter.setPen(theme.color("muted" if finding.is_closed else finding.severity.value))
        bold = QFont(painter.font())
        plain = QFont(painter.font())
        bold.setBold(True)
        painter.setFont(bold)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, glyph)
        painter.setFont(plain)
        rect.setLeft(rect.left() + _GLYPH)
        if not finding.is_closed:
            painter.setPen(theme.color("text"))
            self._line(painter, rect, words)
            return
        used = self._line(painter, rect.adjusted(0, 0, -rect.width() // 3, 0), words)
        self._line(painter, rect.adjusted(used + 12, 0, 0, 0), f"已说明：{finding.explanation}")

    def _line(self, painter: QPainter, rect: QRect, text: str) -> int:
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        return metrics.horizontalAdvance(shown)

    def _links(self, rect: QRect, finding: Finding, metrics: QFontMetrics) -> list[tuple[RowAction, QRect]]:
        links = []
        right = rect.right() - _PAD
        for action in reversed(links_of(finding)):
            width = metrics.horizontalAdvance(action.label)
            links.append((action, QRect(right - width, rect.top(), width + 1, rect.height())))
            right -= width + _GAP
        return links[::-1]
