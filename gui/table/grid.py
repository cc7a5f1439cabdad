"""The grid of indicators: the lines of one form as the printed form shows them, under the hands of a clerk."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QItemSelection, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QApplication, QTableView, QToolTip, QWidget

from gui.desk.theme import Theme, scaled
from gui.document.document import Document
from gui.table.choices import Choices
from gui.table.columns import ACTUAL, LEVEL_FIELDS, NAME, PAST_FIELDS, column_of
from gui.table.cursor import GridCursor, Move
from gui.table.editors import Leave
from gui.table.folding import Folding
from gui.table.gestures import Gestures
from gui.table.headings import Headings
from gui.table.heights import GridMeasures
from gui.table.keys import Gesture, gesture_for, move_for, types_text
from gui.table.model import AnyIndex, GridModel
from gui.table.mouse import ZOOMS, GridMouse, GridSelection
from gui.table.outlines import Outlines
from gui.table.painting import GridPainter
from gui.table.places import GridPlaces
from gui.table.refusals import why_read_only
from gui.table.rows import RowKind
from gui.table.session import EditSession, Placing
from gui.table.suggestion_panel import SuggestionPanel
from gui.table.sums import summed
from gui.table.widths import ColumnWidths
from model.edits import Block
from model.findings import Place
from model.records import Form, Indicator

EditTrigger = QAbstractItemView.EditTrigger

_BY_KEY = (EditTrigger.AnyKeyPressed, EditTrigger.EditKeyPressed)
_AFTER_LEAVING = {
    Leave.DOWN: Move.ENTER,
    Leave.UP: Move.ENTER_BACK,
    Leave.BELOW: Move.DOWN,
    Leave.ABOVE: Move.UP,
    Leave.NEXT: Move.NEXT,
    Leave.PREVIOUS: Move.PREVIOUS,
}


class Grid(QTableView):
    """Shows and edits the indicators of one form of the project on screen.

    It has its cursor, its edit session, its gestures, its painter and its column widths, and passes events on to them.

    Signals:
        line_selected(str): the line the cursor is on, "" for none.
        look_changed(): its theme or size of letters changed.
        arranged(): widths, size of letters or folded levels are what a person made them now.
        summed(str): what the selected numbers come to, "" for less than two.
        said(str): what became of a gesture, in a sentence for the person.
        offered(str): what there is to choose below an open editor, for those who do not see it.
        extended(str): how far the selection reaches now, for those who do not see it.
    """

    line_selected = Signal(str)
    look_changed = Signal()
    arranged = Signal()
    summed = Signal(str)
    said = Signal(str)
    offered = Signal(str)
    extended = Signal(str)

    def __init__(self, document: Document, form: Form, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("indicatorTable")  # before anything asks the style how large it is
        self._document = document
        self._body = self.font()
        self._zoom = 100
        self._lines = GridModel(document, form, self)
        self.measures = GridMeasures(self, self._lines)
        self.setModel(self._lines)
        selection = GridSelection(self, self._lines)
        self.setSelectionModel(selection)
        self._mouse = GridMouse(self, selection)
        self._session = EditSession(self, self._lines, document, theme)
        self.setItemDelegate(self._session)
        self.outlines = Outlines(self)
        self.painting = GridPainter(self, self._lines, theme)
        measures = self.measures
        self._widths = ColumnWidths(
            self, self._lines.columns, measures.needed_width, measures.wished_width, measures.heading_width
        )
        self.headings = Headings(self, self._lines, self._widths, self.measures.fitting_width)
        self.cursor_moves = GridCursor(self, self._lines)
        self.folding = Folding(self, self._lines)
        self.places = GridPlaces(self, self._lines)
        self.choices = Choices(self, self._lines, document)
        self.gestures = Gestures(self, self._lines, document)
        self._set_manners()
        self._dress(theme)
        self._connect()
        self._open_project()
        self.measures.measure_all()

    def _set_manners(self) -> None:
        self.setAccessibleName("绩效指标表")
        self.setAccessibleDescription(
            "一级、二级、三级指标；F2 修改，Ctrl+Enter 添加，Alt+↓ 打开列表，Alt+Shift+↑↓ 移动，Shift+F1 查看全部按键"
        )
        self.setEditTriggers(EditTrigger.DoubleClicked | EditTrigger.EditKeyPressed | EditTrigger.AnyKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()  # it tells a screen reader which line a cell is in
        self.verticalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _connect(self) -> None:
        self._session.left.connect(self._on_left)
        self._session.told.connect(self.offered)
        self._session.level_typed.connect(self.gestures.type_level)
        self._widths.dragged.connect(self.arranged)
        self._widths.changed.connect(self.measures.measure_all)
        self._lines.modelReset.connect(self._on_reset)
        self._lines.rowsInserted.connect(lambda _parent, first, last: self.measures.measure(range(first, last + 1)))
        self._lines.levels_changed.connect(self._on_levels_changed)
        self._document.project_switched.connect(self._open_project)
        self._document.undo_stack.indexChanged.connect(self.outlines.forget)
        self._document.project_changed.connect(self._on_project_changed)
        self.headings.arranged.connect(self.arranged)

    # What it shows

    @property
    def form(self) -> Form:
        """The form whose indicators these are."""
        return self._lines.form

    @property
    def rows(self) -> GridModel:
        """The item model."""
        return self._lines

    @property
    def block(self) -> Block:
        """The selected cells of lines."""
        return self.gestures.block

    @property
    def suggestion_panel(self) -> SuggestionPanel:
        """The list that opens below an editor."""
        return self._session.panel

    @property
    def is_editing(self) -> bool:
        """Whether an editor is open."""
        return self.state() is QAbstractItemView.State.EditingState

    @property
    def widths(self) -> ColumnWidths:
        """The widths of its columns."""
        return self._widths

    def current_id(self) -> str:
        """The line the cursor is on, "" for none."""
        return self._lines.line_id(self.currentIndex())

    def go_to(self, place: Place) -> None:
        """Put the cursor on a cell, or where the first line of a level would be typed, and bring it into sight.

        A place without either takes the focus only.
        """
        self.finish_editing()
        if place.level:
            self._lines.show_level(place.level)
            self.cursor_moves.go(self._lines.index_of_level(place.level))
        else:
            self.folding.show_line(place.indicator_id)
            self.cursor_moves.go(self._lines.index_of(place.indicator_id, place.field or NAME))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def select_block(self, block: Block) -> None:
        """Select cells of lines, the cursor on the first of them, and show what of them is folded away or hidden."""
        self.folding.show_lines(block.ids)
        self.headings.show(block.fields)
        self.cursor_moves.select(block.ids, block.fields)
        self.cursor_moves.leave_out(block.holes)

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours, and with letters as large as the system asks for now."""
        self.finish_editing()
        self._session.set_theme(theme)
        self._body = QApplication.font()
        self._dress(theme)

    @property
    def zoom(self) -> int:
        """The size of its letters, in per cent of those of the window."""
        return self._zoom

    def set_zoom(self, percent: int) -> None:
        """Show larger or smaller letters."""
        self.finish_editing()
        self._zoom = max(ZOOMS[0], min(percent, ZOOMS[-1]))
        self._dress(self.painting.theme)
        self.arranged.emit()

    def _dress(self, theme: Theme) -> None:
        font = scaled(self._body, self._body.pointSizeF() * self._zoom / 100)
        self.setFont(font)
        self.horizontalHeader().setFont(font)
        self.painting = GridPainter(self, self._lines, theme)
        self.horizontalHeader().setFixedHeight(self.painting.cells.row_height + 1)
        self.measures.take_look()
        self._widths.look()
        self.look_changed.emit()
        self.viewport().update()

    def set_all_levels_shown(self, shown: bool) -> None:
        """Give every official 二级指标 a row, or only those that have lines or are asked for."""
        self.finish_editing()
        self._lines.set_all_levels_shown(shown)

    # Gestures

    def run(self, gesture: Gesture) -> None:
        """Make a gesture, whichever key or menu entry asked for it."""
        self.gestures.run(gesture)

    def type_new(self, line: Indicator, placing: Placing, field: str) -> None:
        """A new line, of which a cell is typed at once; Esc takes the line back."""
        if self._session.start_line(line, placing, field):
            self.gestures.begin(line.id)
            self.edit_cell(line.id, field)

    # Editing

    def finish_editing(self) -> None:
        """Keep what is being typed and close the editor."""
        self._session.finish()

    def edit_cell(self, line_id: str, field: str) -> None:
        """Open the editor of a cell."""
        self.folding.show_line(line_id)
        index = self._lines.index_of(line_id, field)
        self.cursor_moves.go(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit(index)

    def edit_emptied(self) -> None:
        """Open the editor of the cell under the cursor without its text, which Esc brings back."""
        emptying = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier)
        self.edit(self.currentIndex(), EditTrigger.AnyKeyPressed, emptying)  # the editor opens with its text selected

    def edit(  # type: ignore[override] # a slot and a virtual share the name
        self, index: AnyIndex, trigger: EditTrigger = EditTrigger.AllEditTriggers, event: QEvent | None = None
    ) -> bool:
        """Open an editor; one that is opened by typing overwrites its cell, and begins a line where there is none."""
        opens = trigger == EditTrigger.AllEditTriggers or bool(trigger & self.editTriggers())
        row = self._lines.row(index)
        if opens and row is not None and row.kind in {RowKind.VACANT, RowKind.NEW} and types_text(trigger, event):
            index = self._begin_line(index)
        elif row is not None and trigger in _BY_KEY and types_text(trigger, event):
            self.gestures.say(why_read_only(row, self._lines.columns[index.column()]))
        composes = isinstance(event, QInputMethodEvent) and bool(event.preeditString())
        self._session.open_next_as(replaces=trigger == EditTrigger.AnyKeyPressed, composes=composes)
        return super().edit(index, trigger, event)  # type: ignore[arg-type] # the stubs forbid the event to be None

    def _begin_line(self, index: AnyIndex) -> AnyIndex:
        """Lay a new line where there is none; its cell in the same column, or its name."""
        field = self._lines.field(index)
        field = NAME if field in (*LEVEL_FIELDS, *PAST_FIELDS) else field
        line, placing = self.gestures.new_line_here()
        if not self._session.start_line(line, placing, field):
            return index
        self.gestures.begin(line.id)
        started = self._lines.index_of(line.id, field)
        self.cursor_moves.go(started)
        return started

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """The session decides what becomes of what was typed."""
        super().closeEditor(editor, hint)
        self._session.closed(hint)
        self._widths.follow()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """An input method starts to type too, also with a character it gives at once (，《≥), which Qt would lose.

        A composition goes on here until it comes to a text: an input method that is given another widget forgets the
        letters it has.
        """
        is_whole = bool(event.commitString()) and not event.preeditString()
        if self._session.editor is not None:
            self._session.compose(event)
        elif not is_whole:
            super().inputMethodEvent(event)
        elif self.edit(self.currentIndex(), EditTrigger.AnyKeyPressed, event):
            self._session.pass_on(event)

    def _on_left(self, how: Leave) -> None:
        if how is Leave.NEW_LINE:
            self.run(Gesture.ADD_LINE)
        elif how is Leave.CHOOSE:
            self.run(Gesture.CHOOSE)
        elif how in _AFTER_LEAVING:
            self.cursor_moves.move(_AFTER_LEAVING[how])

    def offer_in_editor(self) -> None:
        """Open what there is to choose below the editor."""
        self._session.open_suggestions()

    # Following the model

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Tell which line the cursor is on."""
        self.measures.follow(current)
        super().currentChanged(current, previous)
        self._update_rows((current, previous))
        if self._lines.line_id(current) != self._lines.line_id(previous):
            self.line_selected.emit(self._lines.line_id(current))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """A block is tinted as a whole, a single cell tints its row."""
        super().selectionChanged(selected, deselected)
        self.viewport().update()
        indexes = self.selectedIndexes()
        self.summed.emit(summed(str(index.data() or "") for index in indexes) if len(indexes) > 1 else "")

    def dataChanged(self, first: AnyIndex, last: AnyIndex, roles: Iterable[int] = ()) -> None:
        """Only the cells that changed are painted, and only their rows are measured anew."""
        super().dataChanged(first, last, list(roles))
        self.painting.forget_numbers()
        self.measures.measure(range(first.row(), last.row() + 1))

    def _on_levels_changed(self) -> None:
        """Labels and subtotals stand in the level columns."""
        self.painting.forget_numbers()
        widths = [self.columnWidth(n) for n, one in enumerate(self._lines.columns) if one.is_level]
        self.viewport().update(QRect(self.columnViewportPosition(0), 0, sum(widths), self.viewport().height()))

    def _on_project_changed(self) -> None:
        if self.is_editing:
            self.updateEditorGeometries()
            return
        self._widths.follow()
        if not self.currentIndex().isValid():
            self._go_to_first()

    def _on_reset(self) -> None:
        self.painting.forget_numbers()
        self.measures.measure_all()
        self.line_selected.emit("")

    def _open_project(self) -> None:
        """Another project opens at its first line."""
        self._widths.look()
        self.scrollToTop()
        self._go_to_first()

    def _go_to_first(self) -> None:
        """Where typing goes on: 实际完成值 of a form that has it and a line that has its name, else the name."""
        if not self._lines.rowCount():
            return
        name = self._lines.index(0, column_of(self.form, NAME))
        self.cursor_moves.go(name.siblingAtColumn(column_of(self.form, ACTUAL if name.data() else NAME)))

    # Where things are

    def _update_rows(self, indexes: Iterable[AnyIndex]) -> None:
        for index in indexes:
            if index.isValid():
                rect = self.visualRect(index).united(self.places.cell_rect(index))
                self.viewport().update(QRect(0, rect.top(), self.viewport().width(), rect.height()))

    def _update_selection(self) -> None:
        """Paint the row of the cursor, or the block around it, anew."""
        if len(self.selectedIndexes()) > 1:
            self.viewport().update()
        else:
            self._update_rows((self.currentIndex(),))

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves and gestures; any other key starts to type."""
        if event.key() == Qt.Key.Key_Escape:
            self.outlines.forget()
        gesture = gesture_for(event)
        move = move_for(event)
        if gesture is not None:
            self.run(gesture)
        elif move is not None:
            self.cursor_moves.move(move[0], extend=move[1])
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def keyboardSearch(self, search: str) -> None:
        """Typing where nothing can be typed does nothing: letters never make the cursor jump."""

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab moves within the grid; F6 and Ctrl+Tab leave it."""
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click starts a new selection, Shift+click goes on from the last; one on an arrow folds its level."""
        self._session.end_composition()
        if not self._mouse.folds(event):
            with self._mouse.extending(event):
                super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A block grows from where the button was pressed, and the cursor stays there."""
        with self._mouse.extending(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a tag opens its choice, one on ＋ begins a line."""
        super().mouseReleaseEvent(event)
        self._mouse.let_go(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the lines at hand, at the mouse or, from the keyboard, below the cursor."""
        is_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        self.choices.open_menu(None if is_keyboard else event.pos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel show larger or smaller letters."""
        if not self._mouse.zooms(event):
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """A tool tip says what a cell has no room for, then what there is to say about it."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self.places.tool_tip(self.indexAt(event.pos()))
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Arriving by keyboard in a grid without a cursor puts it on the first line."""
        super().focusInEvent(event)
        by_key = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        if by_key and not self.currentIndex().isValid():
            self.cursor_moves.move(Move.TABLE_START)
        self._update_selection()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The cursor and what is selected turn grey; a composition is over."""
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._session.end_composition()
        super().focusOutEvent(event)
        self._update_selection()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns fill the width, and rows fill half the view at most."""
        super().resizeEvent(event)
        self.measures.cap_rows()
        if event.size().width() != event.oldSize().width():
            self._widths.apply()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells that are to be painted anew."""
        painter = QPainter(self.viewport())
        self.painting.paint(painter, event.region())
        painter.end()

    def sizeHint(self) -> QSize:
        """Room for a dozen lines."""
        return QSize(860, 360)
