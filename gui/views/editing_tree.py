"""The tree whose cells are edited: editors, drafts that follow every keystroke, and text that cannot be saved."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTreeView, QWidget

from gui.delegates.cell_delegate import CellDelegate
from gui.delegates.cell_editors import Leave
from gui.delegates.suggestions import SuggestionPanel
from gui.desk.theme import Theme
from gui.document.document import Document
from gui.models.columns import COLUMNS
from gui.models.indicators import IndicatorModel
from gui.models.keyed_tree import AnyIndex
from gui.views.table_cursor import Move, TableCursor
from gui.views.table_keys import Gesture
from model import edits
from model.changes import Part, ProjectChange
from model.records import Form, Project

EditTrigger = QAbstractItemView.EditTrigger

_AFTER_LEAVING = {
    Leave.DOWN: Move.ENTER,
    Leave.UP: Move.ENTER_BACK,
    Leave.NEXT: Move.NEXT,
    Leave.PREVIOUS: Move.PREVIOUS,
}


class EditingTree(QTreeView):
    """Shows the indicators of one form and edits their cells.

    What is typed is a draft until its editor is left, which makes one command. Text that could not be saved is typed
    on in the same cell.
    """

    def __init__(self, document: Document, form: Form, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._form = form
        self._unsaved: tuple[str, str, str] | None = None
        self._model = IndicatorModel(document, form, self)
        self._delegate = CellDelegate(self, form, theme)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setEditTriggers(EditTrigger.DoubleClicked | EditTrigger.EditKeyPressed | EditTrigger.AnyKeyPressed)
        self._cursor = TableCursor(self, self._model)
        self._delegate.typed.connect(self._on_typed)
        self._delegate.committed.connect(self._on_committed)
        self._delegate.left.connect(self._on_left)
        self._delegate.height_changed.connect(self.updateEditorGeometries)
        self._delegate.offer_from(document.known_names, lambda: document.units)
        document.project_changed.connect(self._on_project_changed)

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

    def run(self, gesture: Gesture) -> None:
        """Make a gesture, whichever key or menu entry asked for it."""
        raise NotImplementedError

    def kept_project(self) -> Project | None:
        """What is saved now, after the open editor has been kept; None when the form is not started."""
        self.finish_editing()
        project = self._document.saved_project
        return project if project is not None and project.form(self._form) is not None else None

    def typing(self, project: Project, line_id: str, field: str, text: str) -> tuple[ProjectChange, ...]:
        """What it changes to type a text into a cell; nothing when its line is gone."""
        if project.find_indicator(line_id) is None:
            return ()
        return edits.set_cell(project, Part.INDICATOR, line_id, field, text, self._document.settings)

    # Editing: the draft follows every keystroke, leaving the editor makes one command

    def finish_editing(self) -> None:
        """Keep what is being typed and close the editor."""
        editor = self._delegate.editor
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

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
            self._document.give_up_text(Part.INDICATOR, *self._delegate.place)
        super().closeEditor(editor, hint)
        if self._unsaved is not None:
            QTimer.singleShot(0, self, self._reopen)

    def _on_typed(self, line_id: str, field: str, text: str) -> None:
        self._document.lay_text(Part.INDICATOR, line_id, field, text)

    def _on_committed(self, line_id: str, field: str, text: str) -> None:
        project = self._document.saved_project
        if project is None or project.find_indicator(line_id) is None:
            return
        title = next(column.title for column in COLUMNS[self._form] if column.field == field)
        if not self._document.write_text(f"修改{title}", Part.INDICATOR, line_id, field, text):
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

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A character that an input method gives at once (，《≥) starts to type, too; Qt would lose it."""
        is_whole = bool(event.commitString()) and not event.preeditString()
        if self._delegate.editor is not None or not is_whole:
            super().inputMethodEvent(event)
        elif self.edit(self.currentIndex(), EditTrigger.AnyKeyPressed, event):
            self._delegate.pass_on(event)

    def _on_project_changed(self) -> None:
        if self._delegate.editor is not None:
            self.updateEditorGeometries()
