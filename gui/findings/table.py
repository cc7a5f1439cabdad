"""The list of the 问题 panel: rows of findings with their links."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui.findings.model import Column
from gui.findings.painting import FindingDelegate
from model.findings import Finding

_ARRIVING = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.OtherFocusReason}


class FindingsTable(QTableView):
    """The list itself: Enter goes to the cell, the menu key offers everything that can be done.

    Signals:
        gone_to(Finding): Enter or a double-click on a row.
        menu_wanted(Finding, QPoint): the context menu of a row at a point of the screen.
    """

    gone_to = Signal(object)
    menu_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("问题列表")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 7)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.doubleClicked.connect(lambda index: self._go(index.row()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Arriving in a list that stands nowhere puts it on its first row, so that it is seen where the keyboard is."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and event.reason() in _ARRIVING:
            self.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the cell."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._go(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over a link."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        delegate = self.itemDelegate()
        over = None
        if index.isValid() and index.column() == Column.ACTIONS and isinstance(delegate, FindingDelegate):
            finding = index.data(Qt.ItemDataRole.UserRole)
            over = delegate.action_at(self.visualRect(index), finding, self.fontMetrics(), event.position().toPoint())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over is not None else Qt.CursorShape.ArrowCursor)

    def _go(self, row: int) -> None:
        finding = self.model().index(row, 0).data(Qt.ItemDataRole.UserRole)
        if isinstance(finding, Finding):
            self.gone_to.emit(finding)

    def _ask_menu(self, point: QPoint) -> None:
        index = self.indexAt(point) if self.indexAt(point).isValid() else self.currentIndex()
        finding = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(finding, Finding):
            self.menu_wanted.emit(finding, self.viewport().mapToGlobal(point))
