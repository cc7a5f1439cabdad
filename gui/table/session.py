"""What is being typed into the grid: editors, the draft that follows every key, and the one gesture it becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.desk.theme import Theme
from gui.document.document import Document
from gui.plain_window import proxy_of, set_proxy
from gui.table.blanks import Blanks
from gui.table.columns import LEVEL_FIELDS, NAME, TARGET
from gui.table.editors import CellEditor, Leave, NumberEditor, TextEditor, leave_by
from gui.table.model import AnyIndex, GridModel
from gui.table.rows import Key
from gui.table.suggestion_panel import SuggestionPanel
from gui.table.suggestions import LIMIT, Choice, Offer, preview, suggestions
from model import edits
from model.changes import Part, ProjectChange
from model.forms import FORMS
from model.library import Known, key_of
from model.records import Indicator, Project
from model.values.characters import with_word
from model.values.taxonomy import is_timely

if TYPE_CHECKING:
    from gui.table.grid import Grid

EndEditHint = QStyledItemDelegate.EndEditHint

_STEPS: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}

Placing = Callable[[Project, Indicator], tuple[ProjectChange, ...]]
"""What it changes to put a new line where it is wanted."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """The cell an editor is open on: its line and field, and the line itself while it is not in the file yet."""

    line_id: str = ""
    field: str = ""
    fresh: Indicator | None = None
    placing: Placing | None = None


_NEW = "新指标"
"""What a line is called that is only being typed."""


class EditSession(QStyledItemDelegate):
    """Opens the editors of one grid and writes what was typed.

    What is typed is a draft until its editor is left, which makes one command; a new line comes into being with its
    first text and goes again when that is given up. Text that could not be saved is typed on in the same cell.

    Signals:
        opened(): an editor is open and has the focus.
        told(str): what is offered below the editor, in a sentence for those who do not see it.
        left(Leave): the person left the editor by a key; told after the text is written or dropped.
        level_typed(str, str, bool): line id, the text typed on one of its levels, and whether it overwrote the label.
    """

    opened = Signal()
    told = Signal(str)
    left = Signal(object)
    level_typed = Signal(str, str, bool)

    def __init__(self, grid: Grid, model: GridModel, document: Document, theme: Theme) -> None:
        super().__init__(grid)
        self._grid = grid
        self._model = model
        self._document = document
        self._theme = theme
        self._blanks = Blanks(grid, model)
        self.panel = self._make_panel()
        self._editor: CellEditor | None = None
        self._cell = _Cell()
        self._replaces = False
        self._composes = False
        self._is_filling = False
        self._is_touched = False
        self._taken: Choice | None = None
        self._unsaved: tuple[_Cell, str] | None = None
        self._stood: tuple[Key, str] | None = None

    @property
    def editor(self) -> CellEditor | None:
        """The editor that is open, if one is."""
        return self._editor

    def set_theme(self, theme: Theme) -> None:
        """Edit with other colours."""
        self._theme = theme
        self.panel.deleteLater()
        self.panel = self._make_panel()

    # Opening

    def open_next_as(self, *, replaces: bool, composes: bool = False) -> None:
        """Whether the next editor overwrites its cell (it was opened by typing) or continues it.

        One that an input method ``composes`` in leaves the keyboard to the grid, which passes on what is composed.
        """
        self._replaces = replaces
        self._composes = composes

    @property
    def is_composing(self) -> bool:
        """Whether an input method that began in the grid is not done yet."""
        return self._editor is not None and proxy_of(self._editor) is self._grid

    def compose(self, event: QInputMethodEvent) -> None:
        """Give what is composed to the editor, and the keyboard once that has come to a text."""
        editor = self._editor
        if editor is None:
            return
        QApplication.sendEvent(editor, event)
        if not event.preeditString() and self.is_composing:
            set_proxy(editor, None)
            editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_line(self, line: Indicator, placing: Placing, field: str = NAME) -> bool:
        """Lay a new line as a draft, for its editor to be opened next; whether there is a form to put it in."""
        project = self._document.saved_project
        if project is None:
            return False
        here = self._grid.currentIndex()
        row = self._model.row(here)
        self._stood = (row.key, self._model.field(here)) if row is not None else None
        self._document.lay_draft(placing(project, line))
        self._grid.folding.show_line(line.id)
        self._cell = _Cell(line.id, field, line, placing)
        return self._model.index_of(line.id).isValid()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """A line for numbers, growing text for the rest."""
        column = self._model.columns[index.column()]
        editor: CellEditor = NumberEditor(parent, self._theme) if column.is_number else TextEditor(parent, self._theme)
        editor.setFont(self._grid.font())
        editor.replaces = self._replaces
        line_id = self._model.line_id(index)
        if self._cell.fresh is None or self._cell.line_id != line_id:
            self._cell = _Cell(line_id, column.field)
        cell = self._model.cell(index.row(), index.column())
        name = self._model.called(line_id) or _NEW
        editor.setAccessibleName(f"{column.title}，{name}")
        editor.setAccessibleDescription("；".join(cell.messages) if cell is not None else "")
        self._editor = editor
        self._taken = None
        self._is_touched = False
        editor.typed.connect(self._on_typed)
        if isinstance(editor, TextEditor):
            editor.height_changed.connect(self._grid.updateEditorGeometries)
            editor.composing.connect(self._give_room)
        QTimer.singleShot(0, self, self._tell_opened)
        if self._composes:
            set_proxy(editor, self._grid)
        self._grid.viewport().update(self._grid.places.cell_rect(index))  # a merged cell is higher than its editor
        editor.show()
        editor.setFocus(
            Qt.FocusReason.OtherFocusReason
        )  # before its text comes: a screen reader hears where it is first
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Start with the text of the cell; never touch what is being typed."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, NumberEditor | TextEditor) and editor.text() != text:
            if self._cell.field in LEVEL_FIELDS and editor.text():
                return
            self._is_filling = True
            editor.set_text(text)
            self._is_filling = False
            if not editor.replaces:
                editor.cursor_to_end()

    def end_composition(self) -> None:
        """The keyboard or the mouse went elsewhere in the middle: what was composed is given up, the cell as it was."""
        if self.is_composing and self._editor is not None:
            QApplication.sendEvent(self._editor, QInputMethodEvent())
            self.finish()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Exactly over the cell; text may reach below it."""
        rect = self._grid.visualRect(index)
        rect.setWidth(rect.width() - 1)
        rect.setHeight(max(rect.height(), editor.sizeHint().height() if isinstance(editor, TextEditor) else 0))
        editor.setGeometry(rect)
        if not self.panel.isHidden():
            self._offer()

    def pass_on(self, event: QEvent) -> None:
        """Give an event of the grid to the open editor."""
        if self._editor is not None:
            QApplication.sendEvent(self._editor, event)

    # Leaving

    def finish(self) -> None:
        """Keep what is being typed and close the editor."""
        if self._editor is not None:
            editor = self._editor
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, EndEditHint.NoHint)

    def leave(self, how: Leave) -> None:
        """Close the open editor, keeping what was typed unless it is cancelled."""
        editor = self._editor
        if editor is None:
            return
        if how is Leave.NEW_LINE and self._cell.fresh is None and self._grid.gestures.has_block:
            self._fill_block(editor)
            return
        if how is Leave.CANCEL:
            self.closeEditor.emit(editor, EndEditHint.RevertModelCache)
        else:
            self.finish()
        if self._unsaved is None:
            self.left.emit(how)

    def _fill_block(self, editor: CellEditor) -> None:
        """Ctrl+Enter in a block: what was typed goes into every cell of it, and the cursor stays."""
        cell, text = self._cell, editor.text()
        self.closeEditor.emit(editor, EndEditHint.RevertModelCache)
        if not self._grid.gestures.fill_with(text):
            self._unsaved = (cell, text)
            QTimer.singleShot(0, self, self._reopen)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Write what was typed; the model follows the document."""
        if isinstance(editor, NumberEditor | TextEditor):
            self._write(editor)

    def _write(self, editor: CellEditor) -> None:
        cell, text = self._cell, editor.text()
        project = self._document.saved_project
        target = self._target_of(text)
        if project is None:
            return
        if cell.fresh is not None and cell.placing is not None:
            self._cell = _Cell(cell.line_id, cell.field)
            label = with_word("添加指标", text)
            line = _with_text(cell.fresh, cell.field, text)
            line = edits.named_after(line, text, target) if target else line
            if not self._document.push(label, cell.placing(project, line), edits.Block((line.id,), (cell.field,))):
                self._unsaved = (cell, text)
            return
        if project.find_indicator(cell.line_id) is None:
            return
        if cell.field in LEVEL_FIELDS:
            if text.strip() != getattr(_line(project, cell.line_id), cell.field).strip():
                self.level_typed.emit(cell.line_id, text.strip(), editor.replaces)
            else:
                self._document.drop_draft()
            return
        title = next(column.title for column in self._model.columns if column.field == cell.field)
        meant = edits.take_entry(project, cell.line_id, text, target, self._document.settings) if target else ()
        if not self._document.write_text(f"修改{title}", Part.INDICATOR, cell.line_id, cell.field, text, meant):
            self._unsaved = (cell, text)

    def closed(self, hint: QStyledItemDelegate.EndEditHint) -> None:
        """The grid closed an editor: a cancelled one takes its draft along, unsaved text is typed on."""
        if hint == EndEditHint.RevertModelCache:
            if self._cell.fresh is not None or self._cell.field in LEVEL_FIELDS:
                self._document.drop_draft()
                self._go_back()
            else:
                self._document.give_up_text(Part.INDICATOR, self._cell.line_id, self._cell.field)
        if self._unsaved is None:
            self._cell = _Cell()
        else:
            QTimer.singleShot(0, self, self._reopen)

    def _go_back(self) -> None:
        """A new line that was given up leaves the cursor where it stood before."""
        if self._cell.fresh is not None and self._stood is not None:
            self._grid.cursor_moves.go(self._model.index_of_key(*self._stood))

    def destroyEditor(self, editor: QWidget, index: AnyIndex) -> None:
        """The suggestions go with the editor."""
        if editor is self._editor:
            self._editor = None
            self.panel.hide()
        super().destroyEditor(editor, index)

    def _reopen(self) -> None:
        """What could not be saved is still being typed: nothing a person typed is lost."""
        if self._unsaved is None:
            return
        (cell, text), self._unsaved = self._unsaved, None
        if cell.fresh is not None and cell.placing is not None:
            self.start_line(_with_text(cell.fresh, cell.field, text), cell.placing, cell.field)
        self._grid.edit_cell(cell.line_id, cell.field)
        if self._editor is not None:
            self._editor.set_text(text)
            self._editor.cursor_to_end()

    # Typing

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Keys that leave the editor or choose a suggestion; everything else is the editor's."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and editor is self._editor:
            return self._on_key(self._editor, event)
        return super().eventFilter(editor, event)

    def _on_key(self, editor: CellEditor, event: QKeyEvent) -> bool:
        if editor.composition.is_on:  # these keys are the input method's
            return leave_by(event) is not None
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        step = _STEPS.get(event.key(), 0) if plain else 0
        if step and self.panel.step(step):
            return True
        if self._asks_for_suggestions(editor, event):
            self._offer()
            return self.panel.step(1) or not plain
        how = editor.leave(event)
        if how is None:
            return False
        is_offering = not self.panel.isHidden() and bool(self.panel.choices)
        chosen = self.panel.selected if is_offering else None
        if chosen is not None and how in {Leave.DOWN, Leave.NEXT}:
            goes_on = how is Leave.NEXT or self.panel.is_ready or self._cell.field in {NAME, *LEVEL_FIELDS}
            self._take_suggestion(chosen)
            if not goes_on:
                return True
        if how is Leave.CANCEL and is_offering and (self._is_touched or chosen is not None):
            self.panel.hide()
            return True
        self.leave(how)
        return True

    def _asks_for_suggestions(self, editor: CellEditor, event: QKeyEvent) -> bool:
        """Whether it is Alt+↓, or a ↓ that has no line to go to and no cell to leave for."""
        if event.key() != Qt.Key.Key_Down or not self.panel.isHidden():
            return False
        if event.modifiers() == Qt.KeyboardModifier.AltModifier:
            return True
        is_plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        return is_plain and not editor.replaces and isinstance(editor, TextEditor) and editor.is_one_line

    def open_suggestions(self) -> None:
        """Offer what could be typed, the first of it chosen."""
        self._offer()
        self.panel.step(1)

    def _on_typed(self) -> None:
        if self._editor is None or self._is_filling:
            return
        self._is_touched = True
        cell, text = self._cell, self._editor.text()
        project = self._document.saved_project
        if cell.fresh is not None and cell.placing is not None and project is not None:
            self._document.lay_draft(cell.placing(project, _with_text(cell.fresh, cell.field, text)))
        elif cell.field in LEVEL_FIELDS:
            self._document.note_text(Part.INDICATOR, cell.line_id, cell.field, text)
        else:
            self._document.lay_text(Part.INDICATOR, cell.line_id, cell.field, text)
        self._offer()

    def _tell_opened(self) -> None:
        if self._editor is not None:
            self.opened.emit()
            if self._cell.field in LEVEL_FIELDS:
                self._offer()

    def _offer(self) -> None:
        if self._editor is None:
            return
        field, text = self._cell.field, self._editor.text()
        style = FORMS[self._model.form].style
        project = self._document.saved_project
        line = _line(project, self._cell.line_id) if project is not None else FORMS[self._model.form].line("")
        offer = Offer(field, text, line, style, self._document.units)
        found = suggestions(offer, self._search)
        text = found.choices[0].text if found.is_ready else text  # what Enter makes of it is what prints
        shown = preview(text, style, self._document.units, timely=is_timely(line.level2)) if field == TARGET else ""
        inside = self._editor.blanks if isinstance(self._editor, TextEditor) else ()
        around = self._blanks.around(self._model.index_of(self._cell.line_id, field))
        place = self._editor.geometry()
        self.panel.offer(found.choices, shown, place, is_ready=found.is_ready, inside=inside, around=around)

    def _give_room(self) -> None:
        """What an input method composes takes the place of a preview beside the text."""
        if self.panel.is_beside:
            self.panel.hide()

    def _search(self, offer: Offer) -> Iterable[Known]:
        """What the library knows; a new line has its level in what is shown of it, not in the file yet."""
        here = self._document.project
        if here is None:
            return ()
        line = _line(here, self._cell.line_id)
        if offer.field == NAME:
            return self._document.library.find(offer.typed, line.level2, here.id, LIMIT + 1)
        known = self._document.library.known(key_of(line.level2, line.name)) if line.name.strip() else None
        return () if known is None else (known,)

    def _take_suggestion(self, choice: Choice) -> None:
        if self._editor is not None:
            self._editor.set_text(choice.text)
            self._editor.cursor_to_end()
            self._taken = choice
            self.panel.hide()

    def _target_of(self, name: str) -> str:
        """The 年度指标值 that comes with a name that was taken and not typed on."""
        taken, self._taken = self._taken, None
        return taken.target if taken is not None and taken.text == name else ""

    def _make_panel(self) -> SuggestionPanel:
        panel = SuggestionPanel(self._grid.viewport(), self._theme)
        panel.chosen.connect(self._take_suggestion)
        panel.told.connect(self.told)
        return panel

    # Painting is the grid's

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Nothing: the grid paints its cells itself."""


def _with_text(line: Indicator, field: str, text: str) -> Indicator:
    return replace(line, **cast("dict[str, Any]", {field: text}))


def _line(project: Project, line_id: str) -> Indicator:
    return edits.line_of(project, line_id) or Indicator(line_id)
