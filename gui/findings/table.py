"""The list of the 问题 panel: rows of findings with their links."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui.desk import system_look
from gui.desk.menu_place import asked_at
from gui.desk.whole_rows import end_at_a_row, show_whole, turn_within
from gui.findings.model import Column, FindingsModel
from gui.findings.painting import FindingDelegate, least_height, row_height
from gui.findings.rows import Row

_LARGE = 1.5
"""From so many times its usual size on text is large."""
_BY_HAND = {Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
"""Ways for the keyboard to come to the list that choose a row themselves, or come back to where it was."""
_GOING_ON = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
_ON_THE_WAY = {
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta),
}
"""Keys that lead elsewhere, and those that are held down for it."""


class FindingsTable(QTableView):
    """The list itself: Enter goes to the cell, ← → fold and unfold, the menu key offers everything that can be done.

    Signals:
        gone_to(Row): Enter or a double-click on a row.
        menu_wanted(Row, QRect): the context menu of a row, and where that is on the screen.
        let_go(): the mouse button was let go after what was pressed was done.
    """

    gone_to = Signal(object)
    menu_wanted = Signal(object, object)
    let_go = Signal()

    def __init__(self, rows: FindingsModel, delegate: FindingDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._delegate = delegate
        self._is_pressed = False
        self._is_passing = False
        self.setModel(rows)
        self.setItemDelegate(delegate)
        self.setAccessibleName("问题列表")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().rangeChanged.connect(lambda: end_at_a_row(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        header = self.horizontalHeader()
        header.hide()
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(Column.REMEDY, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.WHERE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(Column.ACTIONS, QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda index: self._go(index.row()))

    @property
    def is_pressed(self) -> bool:
        """Whether the mouse button is down in the list: nothing in it may move until it is let go."""
        return self._is_pressed

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What follows from choosing a row waits until the button is let go: the link under it stays there."""
        self._is_pressed = True
        self.setAutoScroll(False)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what was pressed, then whatever waited for it."""
        super().mouseReleaseEvent(event)
        self.setAutoScroll(True)
        self._is_pressed = False
        self.let_go.emit()

    def fit(self) -> None:
        """Give what to do the room it needs, less where the list is narrow: then it wraps; links are never cut."""
        header, width = self.horizontalHeader(), self.viewport().width()
        taken = self.contentsRect().width() - width
        self._delegate.room_of_bar = max(0, self.verticalScrollBar().sizeHint().width() - taken)
        self._delegate.room_of_links = width * 2 // 5
        header.resizeSection(Column.ACTIONS, max(60, self._widest(Column.ACTIONS)) + self._delegate.room_of_bar)
        left = width - header.sectionSize(Column.ACTIONS)
        header.resizeSection(Column.REMEDY, max(1, min(self._widest(Column.REMEDY), left * 3 // 5)))
        for number in range(self._rows.rowCount()):
            row = self._rows.row(number)
            if row is not None:
                self.setRowHeight(number, row_height(row, header.sectionSize(Column.REMEDY), self.font()))

    def minimumSizeHint(self) -> QSize:
        """As low as two rows of one line, in large text as one: no window has room for more of it then."""
        rows = 1 if system_look.text_scale() >= _LARGE else 2
        return QSize(super().minimumSizeHint().width(), rows * least_height(self.font()) + 2 * self.frameWidth())

    def sizeHint(self) -> QSize:
        """It takes what is left: else what is said below would give way while there are several rows."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def selected_row(self) -> int:
        """The row that is marked, -1 for none."""
        selected = self.selectionModel().selectedRows()
        return selected[0].row() if selected else -1

    def mark(self, number: int) -> None:
        """Mark a row and have it in sight, or none: nothing moves, and the keyboard comes back to where it stood."""
        if number < 0:
            self.clearSelection()
        elif number != self.selected_row():
            self.selectRow(number)

    def top_of(self, key: str) -> tuple[int, int]:
        """The row that is to stay where it is seen, the one of this key if it is in sight, and where that is."""
        own = next((number for number, row in enumerate(self._rows.listed()) if row.key == key), -1)
        is_seen = own >= 0 and 0 <= self.rowViewportPosition(own) < self.viewport().height()
        anchor = own if is_seen else self.rowAt(0)
        return anchor, self.rowViewportPosition(anchor) if anchor >= 0 else 0

    def hold_still(self, before: Sequence[Row], anchor: int, top: int) -> None:
        """Scroll so that a row stands where it stood, or the one that took its place: nothing slides from the hand."""
        near = before[anchor:] if anchor >= 0 else ()
        number = next((found for row in near if (found := self._rows.number_now(row)) >= 0), -1)
        if number >= 0 and self.isVisible():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.rowViewportPosition(number) - top)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Arriving in a list that stands nowhere puts it on its first row, so that it is seen where the keyboard is."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and event.reason() not in _BY_HAND:
            self._begin()

    def stand_nowhere(self) -> None:
        """Nothing is left of the row it stood on: it begins anew, which is seen where the keyboard is in it."""
        self.selectionModel().clear()
        if self.hasFocus():
            self._begin()

    def _begin(self) -> None:
        """Where it stood, if that is in sight; else on the first row that is."""
        stood = self.currentIndex()
        is_seen = stood.isValid() and self.viewport().rect().intersects(self.visualRect(stood))
        self.selectRow(stood.row() if is_seen else max(0, self.rowAt(0)))
        self._is_passing = True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Who only came by with F6 or Tab chose nothing: the list is as it was."""
        super().focusOutEvent(event)
        if self._is_passing and event.reason() in _GOING_ON:
            self.clearSelection()
        self._is_passing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 go to the cell, Ctrl+C copies the row; → shows the lines of a row below it, ← hides them."""
        self._is_passing = self._is_passing and event.key() in _ON_THE_WAY
        here = self.currentIndex().row()
        row = self._rows.row(here)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self._go(here)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Left and row is not None and row.is_member:
            self.selectRow(max(at for at in range(here) if self._heads(at)))
        elif event.key() in {Qt.Key.Key_Right, Qt.Key.Key_Left} and row is not None and row.finding.members:
            self._rows.set_open(here, is_open=event.key() == Qt.Key.Key_Right)
            self.fit()
        elif not turn_within(self, event):
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put what the current row says on the clipboard: how serious, what to do, where, and what is wrong."""
        index = self.currentIndex().siblingAtColumn(Column.REMEDY)
        text = index.data(Qt.ItemDataRole.AccessibleTextRole)
        if text:
            QGuiApplication.clipboard().setText(str(text))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over a link."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        over = None
        if isinstance(row, Row) and index.column() == Column.ACTIONS:
            point = event.position().toPoint()
            over = self._delegate.action_at(self.visualRect(index), row, self.fontMetrics(), point)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over is not None else Qt.CursorShape.ArrowCursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps what to do anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()
        if self.selectionModel().hasSelection():
            self.scrollTo(self.currentIndex())  # what is said of it below the list takes room from the list

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll until a row is seen, and the first row in sight is whole."""
        super().scrollTo(index, hint)
        show_whole(self, index)

    def _widest(self, column: Column) -> int:
        numbers = range(self._rows.rowCount())
        return max((self.sizeHintForIndex(self._rows.index(number, column)).width() for number in numbers), default=0)

    def _heads(self, number: int) -> bool:
        row = self._rows.row(number)
        return row is not None and not row.is_member

    def _go(self, number: int) -> None:
        row = self._rows.row(number)
        if row is not None:
            self.gone_to.emit(row)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Everything that can be done with the row under the mouse, or with that of the keyboard."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        under = QModelIndex() if by_key else self.indexAt(event.pos())
        row = self._rows.row((under if under.isValid() else self.currentIndex()).row())
        if row is not None:
            self.menu_wanted.emit(row, asked_at(self, event))
