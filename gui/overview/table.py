"""The list on a page: rows of projects or units, with the keys of a list in Excel or in a file manager."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui.desk.list_rows import KeptRow
from gui.desk.menu_place import asked_at
from gui.desk.ranges import Ranges
from gui.desk.theme import Appearance, Theme
from gui.desk.whole_rows import end_at_a_row, show_whole
from gui.document.project_list import Group
from gui.overview.columns import NAME
from gui.overview.lines import Line
from gui.overview.model import AnyIndex, LinesModel
from gui.overview.painting import LEFT, MARK_ROOM, RIGHT, LineDelegate
from gui.table.clipboard import copied

TYPING_MS = 1000
"""Letters typed within this time are looked for together."""
_AROUND = 9
_NAME_AT_LEAST = 160
_MOST_MEASURED = 2000
_ENSURE_VISIBLE = QAbstractItemView.ScrollHint.EnsureVisible


class LinesTable(QTableView):
    """Enter opens a row, letters find one, Ctrl+C copies the selected rows with their headings.

    Signals:
        opened(Line): Enter or a double click on a row.
        left(): Esc.
        menu_wanted(QRect): a right click, or the menu key, on a row; where that row is on the screen.
        rename_wanted(): F2 on a project.
        remove_wanted(): Delete on a project, or on several.
        heading_kept(): F2 or Delete on a unit, which has neither.
        chosen(): rows were selected, or the keyboard came to the list.
    """

    opened = Signal(object)
    left = Signal()
    menu_wanted = Signal(object)
    rename_wanted = Signal()
    remove_wanted = Signal()
    heading_kept = Signal()
    chosen = Signal()

    def __init__(self, rows: LinesModel, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._typed = ""
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self.setModel(rows)
        self._ranges = Ranges(self, self._between)
        self.setItemDelegate(LineDelegate(appearance, self))
        KeptRow(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalScrollBar().rangeChanged.connect(lambda: end_at_a_row(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setMinimumSectionSize(20)
        header.sortIndicatorChanged.connect(rows.sort)
        header.sortIndicatorChanged.connect(self.fit)
        self.doubleClicked.connect(self._open)
        self.selectionModel().selectionChanged.connect(self.chosen)
        appearance.changed.connect(self._dress)

    # Which rows

    def selected_rows(self) -> list[int]:
        """The numbers of the selected rows, from the top."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def selected(self) -> list[Line]:
        """The selected lines, from the top."""
        return [line for row in self.selected_rows() if (line := self._rows.line(row)) is not None]

    def select(self, rows: Iterable[int]) -> None:
        """Select some rows and stand on the first of them."""
        wanted = list(rows)
        self.go(wanted[0])
        flags = QItemSelectionModel.SelectionFlag
        for row in wanted[1:]:
            self.selectionModel().select(self._rows.index(row, NAME), flags.Select | flags.Rows)

    def go(self, row: int) -> None:
        """Stand on a row, and select it alone."""
        index = self._rows.index(row, NAME)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def scrollTo(self, index: AnyIndex, hint: QAbstractItemView.ScrollHint = _ENSURE_VISIBLE) -> None:
        """Scroll until a row is seen, and the first row in sight is whole."""
        super().scrollTo(index, hint)
        show_whole(self, index)

    # Look

    def fit(self) -> None:
        """Give every column the room it needs, names no more than is left: numbers stand near the name they are of.

        Where names lack room the columns give up what their headings keep for the arrow of a sorted one.
        """
        metrics, header = QFontMetrics(self.font()), self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + _AROUND)
        numbers = range(len(self._rows.columns))
        wanted = [self._wanted(number, metrics) for number in numbers]
        widths = wanted
        if sum(wanted) > self.viewport().width():
            widths = [self._wanted(number, metrics, has_arrow=self._is_sorted_by(number)) for number in numbers]
        if len(widths) > NAME:
            left = self.viewport().width() - sum(widths) + widths[NAME]
            widths[NAME] = max(_NAME_AT_LEAST, min(widths[NAME], left))
        for number in numbers:  # what is left over after that goes to as many headings as it does for
            if 0 < wanted[number] - widths[number] <= self.viewport().width() - sum(widths):
                widths[number] = wanted[number]
        for number, width in enumerate(widths):
            header.setSectionResizeMode(number, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(number, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width leaves another one for the names."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def _is_sorted_by(self, number: int) -> bool:
        return self.horizontalHeader().sortIndicatorSection() == number

    def _wanted(self, number: int, metrics: QFontMetrics, *, has_arrow: bool = True) -> int:
        """The width of all that stands in a column; its heading has room for the arrow of a sorted one."""
        column, header = self._rows.columns[number], self.horizontalHeader()
        texts = {column.text(line) for line in self._measured()}
        room = max(map(metrics.horizontalAdvance, texts), default=0) + (MARK_ROOM if number == 0 else 0)
        bare = header.fontMetrics().horizontalAdvance(column.title) + LEFT + RIGHT
        return max(room + LEFT + RIGHT, header.sectionSizeHint(number) if has_arrow else bare)

    def _measured(self) -> Iterator[Line]:
        """The lines whose texts say how wide a column is: all that anybody will scroll past."""
        for row in range(min(self._rows.rowCount(), _MOST_MEASURED)):
            line = self._rows.line(row)
            if line is not None:
                yield line

    def _dress(self, theme: Theme) -> None:
        del theme
        self.viewport().update()

    # Hands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Esc leaves, Ctrl+C copies; letters find a name."""
        move = self._ranges.move_of(event)
        if move is not None:
            self._ranges.extend_to(self._rows.index(self._reached(move), NAME))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_F2:
            (self.heading_kept if self._stands_on_unit else self.rename_wanted).emit()
        elif event.key() == Qt.Key.Key_Delete and event.isAutoRepeat():
            pass  # held down too long it would go on with the neighbours
        elif event.key() == Qt.Key.Key_Delete:
            (self.heading_kept if self._stands_on_unit else self.remove_wanted).emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Home and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.go(0)
        elif event.key() == Qt.Key.Key_End and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.go(self._rows.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Shift selects up to the row under the mouse."""
        if self._ranges.is_range(event):
            self._ranges.extend_to(self.indexAt(event.position().toPoint()))
        else:
            super().mousePressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Go to the next row whose name has what was typed within the last second, in characters or in pinyin."""
        if not search.strip():
            return
        is_more = self._typing.isActive()
        self._typed = self._typed + search if is_more else search
        self._typing.start()
        here = max(0, self.currentIndex().row())
        row = self._rows.found(self._typed, here if is_more else here + 1)
        if row >= 0:
            self.go(row)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, under their headings."""
        QGuiApplication.clipboard().setMimeData(copied(self._rows.copied(self.selected_rows())))

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Names are looked for in Chinese on every row."""
        super().currentChanged(current, previous)
        self._let_input_method_in()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Arriving in a list that stands nowhere puts it on its first row."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._rows.rowCount():
            self.go(0)
        self._let_input_method_in()
        self.chosen.emit()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The selection goes grey."""
        super().focusOutEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the selected rows; a right click beside them selects the row under it."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        if not self.selectionModel().isRowSelected(index.row(), QModelIndex()):
            self.go(index.row())
        self.menu_wanted.emit(asked_at(self, event))

    def _between(self, start: QModelIndex, end: QModelIndex) -> QItemSelection:
        first, last = sorted((start.row(), end.row()))
        return QItemSelection(self._rows.index(first, NAME), self._rows.index(last, NAME))

    def _reached(self, move: QAbstractItemView.CursorAction) -> int:
        """The row a key goes to; Home and End go to the first and the last, not along the row."""
        if move is QAbstractItemView.CursorAction.MoveHome:
            return 0
        if move is QAbstractItemView.CursorAction.MoveEnd:
            return self._rows.rowCount() - 1
        return self.moveCursor(move, Qt.KeyboardModifier.NoModifier).row()

    def _let_input_method_in(self) -> None:
        """Qt does so only where a cell can be edited."""
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    @property
    def _stands_on_unit(self) -> bool:
        line = self._rows.line(self.currentIndex()) if self.currentIndex().isValid() else None
        return line is not None and isinstance(line.opens, Group)

    def _open(self, index: QModelIndex) -> None:
        line = self._rows.line(index) if index.isValid() else None
        if line is not None:
            self.opened.emit(line)
