"""The tree of the left panel: folded by its arrows, chosen by keys and mouse; what is asked of it is told, not done."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from gui.desk.menu_place import asked_at
from gui.desk.ranges import Ranges
from gui.desk.whole_rows import end_at_a_row, show_whole
from gui.navigator.model import NavigatorRole
from gui.navigator.painting import is_on_arrow
from gui.navigator.rows import Level


class NavigatorTree(QTreeView):
    """The tree: a click on the arrow of a year or unit folds it, as ← and → do; Enter goes on to what is on screen.

    Signals:
        entered(): Enter on a row.
        rename_wanted(): F2 on a project.
        remove_wanted(): Delete on a project, or on several.
        heading_kept(): F2 on a year or a unit, or Delete where only such are selected, which have neither.
        menu_wanted(QRect): a right click, or the menu key, on a row; where that row is on the screen.
        all_wanted(): Ctrl+A.
        focused(): the keyboard came to the tree.
    """

    entered = Signal()
    rename_wanted = Signal()
    remove_wanted = Signal()
    heading_kept = Signal()
    menu_wanted = Signal(object)
    all_wanted = Signal()
    focused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("项目列表")
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().rangeChanged.connect(lambda: end_at_a_row(self))
        self._is_followed = False

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Ranges are those of the rows of this model."""
        super().setModel(model)
        self._ranges = Ranges(self, self._between)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold a year or unit by its arrow; choose anything else."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        level = index.data(NavigatorRole.LEVEL) if index.isValid() and self.model().hasChildren(index) else None
        is_left = event.button() is Qt.MouseButton.LeftButton
        if self._ranges.is_range(event):
            self._ranges.extend_to(index)
        elif is_left and isinstance(level, Level) and is_on_arrow(place.x() - self.visualRect(index).left(), level):
            self.setExpanded(index, not self.isExpanded(index))
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to what the row stands for; F2 renames a project, Delete removes it, Ctrl+C copies names."""
        index = self.currentIndex()
        is_project = index.isValid() and not self.model().hasChildren(index)
        move = self._ranges.move_of(event)
        if move is not None:
            self._ranges.extend_to(self.moveCursor(move, Qt.KeyboardModifier.NoModifier))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if index.isValid():
                self.entered.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif index.isValid() and event.key() == Qt.Key.Key_F2:
            (self.rename_wanted if is_project else self.heading_kept).emit()
        elif event.key() == Qt.Key.Key_Delete and event.isAutoRepeat():
            pass  # held down too long it would go on with the neighbours
        elif index.isValid() and event.key() == Qt.Key.Key_Delete:
            (self.remove_wanted if self.has_selected_project() else self.heading_kept).emit()
        else:
            super().keyPressEvent(event)

    def has_selected_project(self) -> bool:
        """Whether not only headings are selected, on whichever row one stands: Ctrl+A may leave one on a heading.

        Where nothing is selected, the row one stands on.
        """
        indexes = self.selectionModel().selectedRows() or [self.currentIndex()]
        return any(not self.model().hasChildren(index) for index in indexes)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the selected rows; a right click beside them chooses the row under the mouse."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        if not self.selectionModel().isSelected(index):
            self.stand_on(index)
        self.menu_wanted.emit(asked_at(self, event))

    def copy(self) -> None:
        """Put the names of the selected rows on the clipboard, a line each, in the order they are listed."""
        chosen = sorted(self.selectionModel().selectedRows(), key=lambda index: self.visualRect(index).top())
        QGuiApplication.clipboard().setText("\n".join(str(index.data()) for index in chosen))

    def stand_on(self, index: QModelIndex) -> None:
        """Make a row the current one and select it alone, whatever keys are held down."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll until a row is seen, and the first row in sight is whole."""
        super().scrollTo(index, hint)
        show_whole(self, index)

    def _between(self, start: QModelIndex, end: QModelIndex) -> QItemSelection:
        """The rows that are open from one to another."""
        first, last = sorted((start, end), key=lambda index: self.visualRect(index).top())
        selection = QItemSelection(first, first)
        while first.isValid() and first != last:
            first = self.indexBelow(first)
            selection.append(QItemSelectionRange(first))
        return selection

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is chosen here is what commands act on from now on."""
        super().focusInEvent(event)
        self.focused.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names wrap anew; the row that is open stays in sight."""
        here = self.visualRect(self.currentIndex())
        self._is_followed = self._is_followed or (not here.isNull() and 0 <= here.top() < event.oldSize().height())
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        if self._is_followed:
            self._is_followed = False
            self.scrollTo(self.currentIndex())
