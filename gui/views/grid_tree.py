"""The tree with the manners of a spreadsheet: cursor, cell editors, drafts, painting. Gestures come on top of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget

from gui.delegates.cell_delegate import CellDelegate
from gui.delegates.cell_editors import Leave
from gui.delegates.suggestions import SuggestionPanel
from gui.document import Document
from gui.models.columns import COLUMNS, NAME
from gui.models.indicators import IndicatorModel
from gui.theme import Theme
from gui.views.column_widths import ColumnWidths
from gui.views.table_cursor import Move, TableCursor
from gui.views.table_gestures import Gestures
from gui.views.table_keys import Gesture, gesture_for, move_for
from gui.views.table_painting import TablePainter
from model.findings import Place
from model.records import Form

AnyIndex = QModelIndex | QPersistentModelIndex
EditTrigger = QAbstractItemView.EditTrigger

_AFTER_LEAVING = {
    Leave.DOWN: Move.ENTER,
    Leave.UP: Move.ENTER_BACK,
    Leave.NEXT: Move.NEXT,
    Leave.PREVIOUS: Move.PREVIOUS,
}
_INDENTATION = 16


class GridTree(QTreeView):
    """Shows the indicators of one form and edits their cells.

    Signals:
        line_selected(str): the line the cursor is on, "" for none.
    """

    line_selected = Signal(str)

    def __init__(self, document: Document, form: Form, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._form = form
        self._unsaved: tuple[str, str, str] | None = None
        self._model = IndicatorModel(document, form, self)
        self._delegate = CellDelegate(self, form, theme)
        self._painting = TablePainter(self, theme)
        self._set_manners()
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self._widths = ColumnWidths(self, COLUMNS[form])
        self._cursor = TableCursor(self, self._model)
        self._connect()
        self.expandAll()

    def _set_manners(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(EditTrigger.DoubleClicked | EditTrigger.EditKeyPressed | EditTrigger.AnyKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIndentation(_INDENTATION)
        self.setExpandsOnDoubleClick(False)

    def _connect(self) -> None:
        self._widths.changed.connect(self.scheduleDelayedItemsLayout)
        self._model.modelReset.connect(self._on_reset)
        self._model.rowsInserted.connect(self._on_rows_inserted)
        self._model.rowsMoved.connect(lambda *_: self.line_selected.emit(self.current_id()))
        self._delegate.typed.connect(self._on_typed)
        self._delegate.committed.connect(self._on_committed)
        self._delegate.left.connect(self._on_left)
        self._delegate.height_changed.connect(self.updateEditorGeometries)
        self._delegate.offer_from(self._document.known_names, lambda: self._document.units)
        self._document.project_changed.connect(self._on_project_changed)

    # What is where

    @property
    def form(self) -> Form:
        """The form whose indicators these are."""
        return self._form

    @property
    def indicators(self) -> IndicatorModel:
        """The item model of the table."""
        return self._model

    @property
    def suggestion_panel(self) -> SuggestionPanel:
        """The list that opens below an editor."""
        return self._delegate.panel

    def current_id(self) -> str:
        """The line the cursor is on, "" for none."""
        return self._model.line_id(self.currentIndex())

    def go_to(self, place: Place) -> None:
        """Put the cursor on a cell and bring it into sight. A place without a line takes the focus only."""
        self.finish_editing()
        index = self._model.index_of(place.indicator_id, place.field or NAME)
        parent = index.parent()
        while parent.isValid():
            self.expand(parent)
            parent = parent.parent()
        self._cursor.go(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours."""
        self.finish_editing()
        self._delegate.set_theme(theme)
        self._painting = TablePainter(self, theme)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def run(self, gesture: Gesture) -> None:
        """Make a gesture, whichever key or menu entry asked for it."""
        raise NotImplementedError

    def gestures(self) -> Gestures | None:
        """The gestures on what is saved now, after the open editor has been; None when the form is not started."""
        self.finish_editing()
        project = self._document.saved_project
        if project is None or project.form(self._form) is None:
            return None
        return Gestures(project, self._form, self._document.settings)

    # Editing: the draft follows every keystroke, leaving the editor makes one command

    def finish_editing(self) -> None:
        """Keep what is being typed and close the editor."""
        editor = self._delegate.editor
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def cancel_editing(self) -> None:
        """Give up what is being typed and close the editor, as Esc does."""
        self._delegate.leave(Leave.CANCEL)

    def edit_cell(self, line_id: str, field: str) -> None:
        """Open the editor of a cell."""
        index = self._model.index_of(line_id, field)
        self._cursor.go(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit(index)

    def edit(  # type: ignore[override] # a slot and a virtual share the name
        self, index: AnyIndex, trigger: EditTrigger = EditTrigger.AllEditTriggers, event: QEvent | None = None
    ) -> bool:
        """Open an editor; one that is opened by typing overwrites its cell."""
        self._delegate.open_next_as(replaces=trigger == EditTrigger.AnyKeyPressed)
        return super().edit(index, trigger, event)  # type: ignore[arg-type] # the stubs forbid the event to be None

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """A cancelled editor takes its draft along; one whose text could not be saved opens again with it."""
        if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self._document.drop_draft()
        super().closeEditor(editor, hint)
        if self._unsaved is not None:
            QTimer.singleShot(0, self, self._reopen)

    def _on_typed(self, line_id: str, field: str, text: str) -> None:
        project = self._document.saved_project
        if project is not None and project.find_indicator(line_id) is not None:
            self._document.lay_draft(Gestures(project, self._form, self._document.settings).write(line_id, field, text))

    def _on_committed(self, line_id: str, field: str, text: str) -> None:
        project = self._document.saved_project
        if project is None or project.find_indicator(line_id) is None:
            return
        title = next(column.title for column in COLUMNS[self._form] if column.field == field)
        changes = Gestures(project, self._form, self._document.settings).write(line_id, field, text)
        if not self._document.push(f"修改{title}", changes):
            self._unsaved = (line_id, field, text)

    def _on_left(self, how: Leave) -> None:
        if self._unsaved is not None:
            return
        if how is Leave.NEW_LINE:
            self.run(Gesture.ADD_LINE)
        elif how in _AFTER_LEAVING:
            self._cursor.move(_AFTER_LEAVING[how])

    def _reopen(self) -> None:
        """What could not be saved is still being typed: nothing a person typed is lost."""
        if self._unsaved is None:
            return
        line_id, field, text = self._unsaved
        self._unsaved = None
        self.edit_cell(line_id, field)
        editor = self._delegate.editor
        if editor is not None:
            editor.set_text(text)
            editor.cursor_to_end()

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

    def _on_project_changed(self) -> None:
        if self._delegate.editor is not None:
            self.updateEditorGeometries()

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
