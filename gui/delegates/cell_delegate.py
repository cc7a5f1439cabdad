"""Paints the cells of the indicator table and opens their editors. It writes nothing: it says what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from gui.delegates.cell_editors import CellEditor, Leave, NumberEditor, TextEditor, leave_by
from gui.delegates.cell_painting import CellPainter
from gui.delegates.suggestions import SuggestionPanel, preview, suggestions
from gui.desk.theme import Theme
from gui.models.cells import CellView, LevelView
from gui.models.columns import COLUMNS, TARGET
from gui.models.indicators import IndicatorModel, Role
from gui.models.keyed_tree import AnyIndex
from model.forms import FORMS
from model.records import Form
from model.values.units import UnitTable

_STEPS: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class CellDelegate(QStyledItemDelegate):
    """One delegate for all columns of one table.

    Signals:
        typed(str, str, str): line id, field, and the text of the open editor after each keystroke.
        committed(str, str, str): line id, field, and the text to keep.
        left(Leave): the person left the editor by a key; told after the text is committed or dropped.
        height_changed(): the open editor wants another height.
    """

    typed = Signal(str, str, str)
    committed = Signal(str, str, str)
    left = Signal(object)
    height_changed = Signal()

    def __init__(self, table: QTreeView, form: Form, theme: Theme) -> None:
        super().__init__(table)
        self._table = table
        self._columns = COLUMNS[form]
        self._style = FORMS[form].style
        self._theme = theme
        self.painter = CellPainter(theme, table.font())
        self.panel = SuggestionPanel(table.viewport(), theme)
        self.panel.chosen.connect(self._take_suggestion)
        self._editor: CellEditor | None = None
        self._place: tuple[str, str] = ("", "")
        self._replaces = False
        self._known_names: Callable[[str], Iterable[str]] = lambda _line_id: ()
        self._units: Callable[[], UnitTable] | None = None

    def set_theme(self, theme: Theme) -> None:
        """Paint and edit with other colours."""
        self._theme = theme
        self.painter = CellPainter(theme, self._table.font())
        panel = SuggestionPanel(self._table.viewport(), theme)
        panel.chosen.connect(self._take_suggestion)
        self.panel.deleteLater()
        self.panel = panel

    def offer_from(self, known_names: Callable[[str], Iterable[str]], units: Callable[[], UnitTable]) -> None:
        """Where the suggestions come from: names for the line with an id, and the measuring units."""
        self._known_names = known_names
        self._units = units

    @property
    def editor(self) -> CellEditor | None:
        """The editor that is open, if one is."""
        return self._editor

    @property
    def place(self) -> tuple[str, str]:
        """Line id and field of the cell that was last edited."""
        return self._place

    def open_next_as(self, *, replaces: bool) -> None:
        """Whether the next editor overwrites its cell (it was opened by typing) or continues it."""
        self._replaces = replaces

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """A cell of a line, or of a level. The row's background is the table's."""
        rect: QRect = option.rect  # type: ignore[attr-defined] # the stubs miss the members of style options
        column = self._columns[index.column()]
        cell = index.data(Role.CELL)
        level = index.data(Role.LEVEL) if cell is None else None
        painter.save()
        painter.setClipRect(rect)
        if isinstance(cell, CellView):
            self.painter.paint_cell(painter, cell, rect, is_number=column.is_number)
        elif isinstance(level, LevelView):
            self.painter.paint_level(painter, level, str(index.data() or ""), rect, is_number=column.is_number)
            if column.field == TARGET and level.asks_for_lines:
                here = index.internalId() == self._table.currentIndex().internalId()
                self.painter.paint_level_hint(painter, "Ctrl+Enter 添加指标" if here else "＋ 添加指标", rect)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """The height of the wrapped cell at the column's width."""
        width = self._cell_width(index)
        cell = index.data(Role.CELL)
        if not isinstance(cell, CellView):
            return QSize(width, self.painter.row_height)
        column = self._columns[index.column()]
        parts = self.painter.anatomy(cell, width, is_number=column.is_number)
        return QSize(width, parts.height)

    def _cell_width(self, index: AnyIndex) -> int:
        width = self._table.columnWidth(index.column())
        if index.column() == 0:
            depth, parent = 1, index.parent()
            while parent.isValid():
                depth, parent = depth + 1, parent.parent()
            width -= depth * self._table.indentation()
        return max(1, width - 1)

    # Editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """A line for numbers, growing text for the rest."""
        column = self._columns[index.column()]
        editor: CellEditor = NumberEditor(parent, self._theme) if column.is_number else TextEditor(parent, self._theme)
        editor.setFont(self._table.font())
        editor.setAccessibleName(column.title)
        editor.replaces = self._replaces
        self._editor = editor
        self._place = (self._model().line_id(index), column.field)
        editor.typed.connect(self._on_typed)
        if isinstance(editor, TextEditor):
            editor.height_changed.connect(self.height_changed)
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Start with the text of the cell; never touch what is being typed."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, NumberEditor | TextEditor) and editor.text() != text:
            editor.set_text(text)
            if not editor.replaces:
                editor.cursor_to_end()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Say what was typed; the model follows the document."""
        if isinstance(editor, NumberEditor | TextEditor):
            field = self._columns[index.column()].field
            self.committed.emit(self._model().line_id(index), field, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Exactly over the cell; text may reach below it."""
        rect = self._table.visualRect(index)
        rect.setWidth(rect.width() - 1)
        rect.setHeight(max(rect.height(), editor.sizeHint().height() if isinstance(editor, TextEditor) else 0))
        editor.setGeometry(rect)
        if not self.panel.isHidden():
            self._offer()

    def destroyEditor(self, editor: QWidget, index: AnyIndex) -> None:
        """The suggestions go with the editor."""
        if editor is self._editor:
            self._editor = None
            self.panel.hide()
        super().destroyEditor(editor, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Keys that leave the editor or choose a suggestion; everything else is the editor's."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and editor is self._editor:
            return self._on_key(self._editor, event)
        return super().eventFilter(editor, event)

    def pass_on(self, event: QEvent) -> None:
        """Give an event of the table to the open editor."""
        if self._editor is not None:
            QApplication.sendEvent(self._editor, event)

    def leave(self, how: Leave) -> None:
        """Close the open editor, keeping what was typed unless it is cancelled."""
        editor = self._editor
        if editor is None:
            return
        if how is Leave.CANCEL:
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)
        else:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.left.emit(how)

    def _on_key(self, editor: CellEditor, event: QKeyEvent) -> bool:
        if editor.composition.is_on:  # these keys are the input method's
            return leave_by(event) is not None
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        step = _STEPS.get(event.key(), 0) if plain else 0
        if step and self.panel.step(step):
            return True
        how = editor.leave(event)
        if how is None:
            return False
        chosen = self.panel.selected if not self.panel.isHidden() else ""
        if chosen and how in {Leave.DOWN, Leave.NEXT}:
            self._take_suggestion(chosen)
            if how is Leave.DOWN:
                return True
        if how is Leave.CANCEL and not self.panel.isHidden() and chosen:
            self.panel.hide()
            return True
        self.leave(how)
        return True

    def _on_typed(self) -> None:
        if self._editor is None:
            return
        self.typed.emit(*self._place, self._editor.text())
        self._offer()

    def _offer(self) -> None:
        if self._editor is None or self._units is None:
            return
        line_id, field = self._place
        text, units = self._editor.text(), self._units()
        offers = suggestions(field, text, units, self._known_names(line_id))
        shown = preview(text, self._style, units) if field == TARGET else ""
        self.panel.offer(offers, shown, self._editor.geometry())

    def _take_suggestion(self, text: str) -> None:
        if self._editor is not None:
            self._editor.set_text(text)
            self._editor.cursor_to_end()
            self.panel.hide()

    def _model(self) -> IndicatorModel:
        model = self._table.model()
        assert isinstance(model, IndicatorModel)
        return model
