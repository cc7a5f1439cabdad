"""Rows of the lists in dialogs: as high as their texts, and what is chosen is grey while the keyboard is elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from gui.desk.whole_rows import clip_to_lines

AIR = 3
"""Pixels the style leaves beside the text of an item."""
_MUCH = 10_000

Index = QModelIndex | QPersistentModelIndex


class ListRows(QStyledItemDelegate):
    """What a list of a dialog draws its rows with."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one item, and nothing of a line the lower edge of the list would cut through."""
        # the stubs miss the members of style options
        rect: QRect = option.rect  # type: ignore[attr-defined]
        view = self.parent()
        assert isinstance(view, QAbstractItemView)
        painter.save()
        if clip_to_lines(painter, view, rect, option.fontMetrics.height()):  # type: ignore[attr-defined]
            self.draw(painter, option, index)
        painter.restore()

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one item as the style does, upon a ground of its own: the style sheet of a dialog passes over it."""
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None:
            painter.fillRect(option.rect, ground)  # type: ignore[attr-defined] # missing in the stubs
        super().paint(painter, option, index)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Tell the style sheet, which only knows of windows, where the keyboard is."""
        super().initStyleOption(option, index)
        view = self.parent()
        assert isinstance(view, QAbstractItemView)
        if not has_keyboard(view):
            # the stubs miss the members of style options
            option.state &= ~QStyle.StateFlag.State_Active  # type: ignore[attr-defined]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A wrapped text gets the height it needs beside its box: Qt wraps it as if it had the whole row."""
        view = self.parent()
        if not isinstance(view, QListView) or not view.wordWrap():
            return super().sizeHint(option, index)
        room = view.viewport().width() - 2 * view.spacing()
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        text, font = str(index.data() or ""), drawn.font  # type: ignore[attr-defined]
        drawn.text = " "  # type: ignore[attr-defined] # what is around one line
        line = view.style().sizeFromContents(QStyle.ContentsType.CT_ItemViewItem, drawn, QSize(), view)
        needed = self.height_of(text, font, text_width(drawn, view.style(), room), index)
        return QSize(room, line.height() + max(0, needed - QFontMetrics(font).height()))

    def height_of(self, text: str, font: QFont, width: int, index: Index) -> int:
        """How high a text is that wraps in a width."""
        flags = Qt.TextFlag.TextWordWrap
        return QFontMetrics(font).boundingRect(QRect(0, 0, width, _MUCH), flags, text).height()


def shut(item: QListWidgetItem) -> None:
    """Let nobody choose an item that says why, or is a heading: as legible as any quiet text all the same."""
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setForeground(item.listWidget().palette().placeholderText())


class KeptRow(QObject):
    """Keeps the row with the keyboard in sight while what comes above or below its list takes room from it."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A row that was seen whole is seen whole again; who scrolled away from it stays there."""
        if isinstance(event, QResizeEvent) and has_keyboard(self._view):
            place = self._view.visualRect(self._view.currentIndex())
            if not place.isEmpty() and place.top() >= 0 and place.bottom() < event.oldSize().height():
                QTimer.singleShot(0, self, self._show)
        return False

    def _show(self) -> None:
        self._view.scrollTo(self._view.currentIndex())


def has_keyboard(view: QAbstractItemView) -> bool:
    """Whether keys go to a list, or to the editor of one of its cells."""
    focus = QApplication.focusWidget()
    return focus is not None and (focus is view or view.isAncestorOf(focus))


def text_width(option: QStyleOptionViewItem, style: QStyle, width: int) -> int:
    """How wide the text of an item may be, beside what else stands in a row or cell of this width."""
    # the stubs miss the members of style options
    option.rect = QRect(0, 0, width, _MUCH)  # type: ignore[attr-defined]
    text = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, option.widget)  # type: ignore[attr-defined]
    return text.width() - 2 * AIR
