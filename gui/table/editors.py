"""The editors that open inside a cell: a line for numbers, growing text for everything else.

Both are ordinary children of the table, never a Qt.Popup, so that a Chinese input method composes inside the cell.
"""

from __future__ import annotations

from enum import Enum, auto
from math import ceil

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from gui.desk.one_line import on_one_line, without_end
from gui.desk.theme import Theme

PADDING_X = 6
PADDING_Y = 3
FRAME = 2

_NO_MODIFIER = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class Leave(Enum):
    """How a person leaves an editor, and so where the cursor goes next.

    DOWN and UP are Enter's: they go back to the column a run of Tabs began in. BELOW and ABOVE are the arrows'.
    """

    DOWN = auto()
    UP = auto()
    BELOW = auto()
    ABOVE = auto()
    NEXT = auto()
    PREVIOUS = auto()
    NEW_LINE = auto()
    CHOOSE = auto()
    CANCEL = auto()


_ARROWS: dict[int, Leave] = {Qt.Key.Key_Up: Leave.ABOVE, Qt.Key.Key_Down: Leave.BELOW}


def leave_by(event: QKeyEvent) -> Leave | None:
    """What a key that ends editing in every editor means; None for a key that is typed or moves the text cursor."""
    key, held = event.key(), event.modifiers()
    modifiers = held ^ (held & Qt.KeyboardModifier.KeypadModifier)  # not & ~: see gui.table.keys
    if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return {
            Qt.KeyboardModifier.NoModifier: Leave.DOWN,
            Qt.KeyboardModifier.ShiftModifier: Leave.UP,
            Qt.KeyboardModifier.ControlModifier: Leave.NEW_LINE,
        }.get(modifiers)
    if key == Qt.Key.Key_Tab and modifiers == Qt.KeyboardModifier.NoModifier:
        return Leave.NEXT
    if key == Qt.Key.Key_Backtab:
        return Leave.PREVIOUS
    if key == Qt.Key.Key_F4 and modifiers == Qt.KeyboardModifier.NoModifier:
        return Leave.CHOOSE
    return Leave.CANCEL if key == Qt.Key.Key_Escape else None


def editor_style(theme: Theme) -> str:
    """The style sheet that makes an editor sit on its cell: same text, same place, an accent frame around it."""
    return (
        f"background: {theme.base}; color: {theme.text}; border: {FRAME}px solid {theme.focus}; border-radius: 0;"
        f"selection-background-color: {theme.accent}; selection-color: {theme.on_accent};"
        f"padding: {PADDING_Y - FRAME}px {PADDING_X - FRAME}px; margin: 0; min-height: 0;"
    )


class Composition:
    """What an input method is doing in an editor, and what its text was before."""

    def __init__(self) -> None:
        self.is_on = False
        self.was_given_up = False
        self.text_before = ""

    def follow(self, event: QInputMethodEvent, text: str) -> None:
        """Take note of an event before the editor handles it; ``text`` is the editor's own."""
        is_on = bool(event.preeditString())
        if is_on and not self.is_on:
            self.text_before = text
        self.was_given_up = self.is_on and not is_on and not event.commitString()
        self.is_on = is_on


class NumberEditor(QLineEdit):
    """One line of right-aligned text for 分值 and 得分. Anything can be typed: a finding tells what is expected.

    Signals:
        typed(): the text was changed by the person.
    """

    typed = Signal()

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setAcceptDrops(False)  # files go on to the window
        self.composition = Composition()
        self.replaces = False
        self.setFrame(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setStyleSheet(f"QLineEdit {{ {editor_style(theme)} }}")
        self.textChanged.connect(self._on_text)
        self.textEdited.connect(self._on_edited)

    def set_text(self, text: str) -> None:
        """Start with this text, all of it selected."""
        self.setText(text)
        self.selectAll()

    def cursor_to_end(self) -> None:
        """F2: continue behind what is there."""
        self.end(False)  # noqa: FBT003 Qt's signature

    def leave(self, event: QKeyEvent) -> Leave | None:
        """How this key leaves the editor; ↑ and ↓ do when the cell was overwritten, as in a spreadsheet.

        Ctrl+Z takes typing back, and the edit itself once there is no more of it.
        """
        if self.composition.is_on:
            return None
        if event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            return Leave.CANCEL
        if self.replaces and event.modifiers() in _NO_MODIFIER:
            return _ARROWS.get(event.key()) or leave_by(event)
        return leave_by(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A composition that is given up puts back what it stood on."""
        self.composition.follow(event, self.text())
        super().inputMethodEvent(event)
        if self.composition.was_given_up and self.text() != self.composition.text_before:
            self.set_text(self.composition.text_before)

    def _on_text(self) -> None:
        if not self.composition.is_on:
            self.typed.emit()

    def _on_edited(self, text: str) -> None:
        """What was pasted may hold what no line of text does."""
        if on_one_line(text) != text:
            self.setText(on_one_line(text))


class TextEditor(QPlainTextEdit):
    """Wrapped text that grows with what is typed. Alt+Enter breaks the line.

    Signals:
        typed(): the text was changed by the person.
        height_changed(): it wants another height.
        composing(): an input method composes in it, which makes its text longer.
    """

    typed = Signal()
    height_changed = Signal()
    composing = Signal()

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setAcceptDrops(False)  # files go on to the window
        self.composition = Composition()
        self.replaces = False
        self._height = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(f"QPlainTextEdit {{ {editor_style(theme)} }}")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._on_text)
        self.verticalScrollBar().valueChanged.connect(self._show_all)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size)

    def text(self) -> str:
        """What is typed, without what an input method is still composing."""
        return self.toPlainText()

    @property
    def is_one_line(self) -> bool:
        """Whether the text is a single line as it is wrapped now."""
        return self._line_count() == 1

    @property
    def blanks(self) -> tuple[QRect, QRect]:
        """What is blank behind the last line of its text, and below that, where it stands."""
        inside = FRAME + 1  # at 150 % the frame ends within a pixel, and is to be seen whole
        line, place = self.fontMetrics().lineSpacing(), self.geometry().adjusted(inside, inside, -inside, -inside)
        above, layout = (self._line_count() - 1) * line, self.document().lastBlock().layout()
        count = layout.lineCount()
        last = layout.lineAt(count - 1).naturalTextWidth() if count else place.width()
        low = place.adjusted(0, above, 0, 0)
        behind = low.adjusted(ceil(last) + 2 * PADDING_X - inside, 0, 0, 0)
        behind.setHeight(min(behind.height(), line + 2 * (PADDING_Y - FRAME)))
        return behind, low.adjusted(0, line, 0, 0)

    def set_text(self, text: str) -> None:
        """Start with this text, all of it selected."""
        self.setPlainText(text)
        self.selectAll()

    def cursor_to_end(self) -> None:
        """F2: continue behind what is there."""
        self.moveCursor(QTextCursor.MoveOperation.End)

    def leave(self, event: QKeyEvent) -> Leave | None:
        """How this key leaves the editor; ↑ and ↓ do when one line overwrote the cell, as in a spreadsheet.

        Ctrl+Z takes typing back, and the edit itself once there is no more of it.
        """
        if self.composition.is_on:
            return None
        if event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable():
            return Leave.CANCEL
        if self.replaces and event.modifiers() in _NO_MODIFIER and self.is_one_line:
            return _ARROWS.get(event.key()) or leave_by(event)
        return leave_by(event)

    def sizeHint(self) -> QSize:
        """The height of the text as it is wrapped now, composed text included."""
        height = self._line_count() * self.fontMetrics().lineSpacing()
        return QSize(self.width(), height + 2 * PADDING_Y)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A higher editor shows its text from the top again."""
        super().resizeEvent(event)
        self._show_all()

    def minimumSizeHint(self) -> QSize:
        """No cell is too small to edit in."""
        return QSize(0, 0)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A composition that is given up puts back what it stood on."""
        self.composition.follow(event, self.text())
        super().inputMethodEvent(event)
        if self.composition.was_given_up and self.text() != self.composition.text_before:
            self.set_text(self.composition.text_before)
        if self.composition.is_on:
            self.composing.emit()
        self._on_size()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What is pasted into a cell that is open becomes part of its text."""
        self.insertPlainText(without_end(source.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Enter breaks the line; the rest is typed."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.insertPlainText("\n")
            return
        super().keyPressEvent(event)

    def _show_all(self) -> None:
        """Where all of the text has room, none of it is scrolled out of sight."""
        if self.height() >= self.sizeHint().height():
            self.verticalScrollBar().setValue(0)

    def _line_count(self) -> int:
        # a plain text document measures its height in lines
        return max(1, ceil(self.document().size().height()))

    def _on_text(self) -> None:
        if not self.composition.is_on:
            self.typed.emit()

    def _on_size(self) -> None:
        height = self.sizeHint().height()
        if height != self._height:
            self._height = height
            self.height_changed.emit()


CellEditor = NumberEditor | TextEditor
