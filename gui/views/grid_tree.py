"""The tree with the manners of a spreadsheet: cursor, columns, painting. Gestures come on top of it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from gui.desk.theme import Theme
from gui.document.document import Document
from gui.models.columns import COLUMNS, NAME
from gui.models.keyed_tree import AnyIndex
from gui.views.column_widths import ColumnWidths
from gui.views.editing_tree import EditingTree
from gui.views.table_cursor import Move
from gui.views.table_keys import gesture_for, move_for
from gui.views.table_painting import TablePainter
from model.findings import Place
from model.records import Form

_INDENTATION = 16
LONGEST_VALUE = 24
"""Characters of an actual value: a longer one is a sentence and wants a wider column."""


class GridTree(EditingTree):
    """Moves, selects and folds as a spreadsheet does, fills its width and paints its grid.

    Signals:
        line_selected(str): the line the cursor is on, "" for none.
    """

    line_selected = Signal(str)

    def __init__(self, document: Document, form: Form, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(document, form, theme, parent)
        self._painting = TablePainter(self, theme)
        self._widths = ColumnWidths(self, COLUMNS[form])
        self._set_manners()
        self._widths.changed.connect(self.scheduleDelayedItemsLayout)
        self._model.modelReset.connect(self._on_reset)
        self._model.rowsInserted.connect(self._on_rows_inserted)
        document.project_switched.connect(self._suit_columns)
        self.expandAll()

    def _suit_columns(self) -> None:
        project = self._document.project
        lines = project.indicators(self._form) if project is not None else ()
        self._widths.suit(is_wordy=any(len(line.actual_text) > LONGEST_VALUE for line in lines))

    def _set_manners(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIndentation(_INDENTATION)
        self.setExpandsOnDoubleClick(False)

    # What is where

    def go_to(self, place: Place) -> None:
        """Put the cursor on a cell, or on a level that lacks a line, and bring it into sight.

        A place without either takes the focus only.
        """
        self.finish_editing()
        index = self._model.index_of(place.indicator_id, place.field or NAME)
        if place.level:
            index = self._group(place.level)
        parent = index.parent()
        while parent.isValid():
            self.expand(parent)
            parent = parent.parent()
        self._cursor.go(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _group(self, level: str) -> QModelIndex:
        index = self._model.index_of_group(level)
        if not index.isValid():
            self._model.show_all_levels_here()
            index = self._model.index_of_group(level)
        return index

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours."""
        self.finish_editing()
        self._delegate.set_theme(theme)
        self._painting = TablePainter(self, theme)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    # Following the model

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Tell which line the cursor is on."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if self._model.line_id(current) != self._model.line_id(previous):
            self.line_selected.emit(self._model.line_id(current))

    def _on_reset(self) -> None:
        self.expandAll()
        self.line_selected.emit("")

    def _on_rows_inserted(self, parent: QModelIndex) -> None:
        if parent.isValid():
            self.expand(parent)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves and gestures; any other key starts to type."""
        gesture = gesture_for(event)
        move = move_for(event)
        if gesture is not None:
            self.run(gesture)
        elif move is not None and not self._fold(move[0]):
            self._cursor.move(move[0], extend=move[1])
        elif move is None:
            super().keyPressEvent(event)
            return
        event.accept()

    def _fold(self, move: Move) -> bool:
        """← and → close and open the level the cursor is on."""
        index = self.currentIndex()
        if not index.isValid() or self._model.line_id(index) or move not in {Move.LEFT, Move.RIGHT}:
            return False
        self.setExpanded(index, move is Move.RIGHT)
        return True

    def keyboardSearch(self, search: str) -> None:
        """Typing on a level does nothing: letters never make the cursor jump."""

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab moves within the table; F6 and Ctrl+Tab leave it."""
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click starts a new selection; Shift+click goes on from the last."""
        super().mousePressEvent(event)
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._cursor.set_anchor(self.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Arriving by keyboard in a table without a cursor puts it on the first line."""
        super().focusInEvent(event)
        if not self._model.line_id(self.currentIndex()) and event.reason() in {
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        }:
            self._cursor.move(Move.TABLE_START)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns fill the width."""
        super().resizeEvent(event)
        self._widths.apply()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows in sight."""
        self._painting.begin()
        super().paintEvent(event)

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Background, cells, grid, and the frame of the cursor."""
        rect = QRect(options.rect)  # type: ignore[attr-defined] # the stubs miss the members of style options
        self._painting.paint_background(painter, rect, index)
        super().drawRow(painter, options, index)
        self._painting.paint_grid(painter, rect, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        """The arrow of a level."""
        self._painting.paint_arrow(painter, rect, index)

    def sizeHint(self) -> QSize:
        """Room for a dozen lines."""
        return QSize(860, 360)
