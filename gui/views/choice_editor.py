"""A field with suggestions."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from gui.views.editors import gives_up, is_history_override, leaves


class ChoiceEditor(QComboBox):
    """A field with suggestions in which anything may be typed."""

    drafted = Signal(str)
    finished = Signal(str)
    abandoned = Signal()

    def __init__(self, choices: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = ""
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt: no completer
        self.addItems(choices)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setEditText("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        line = self.lineEdit()
        assert line is not None  # editable
        self._line = line
        line.textEdited.connect(self.drafted)
        self.textActivated.connect(self._choose)

    def typed_text(self) -> str:
        """The text as typed."""
        return self.currentText()

    def is_dirty(self) -> bool:
        """Whether something typed is not finished yet."""
        return self.currentText() != self._kept

    def show_text(self, text: str) -> None:
        """Show the text of the record; an unfinished text stays in place."""
        if self.is_dirty() and self.hasFocus():
            return
        self._kept = text
        if self.currentText() != text:
            self.setEditText(text)
            self._line.setCursorPosition(0)

    def finish(self) -> None:
        """Finish the field as if the focus had left it."""
        if self.is_dirty():
            self._kept = self.currentText()
            self.finished.emit(self._kept)

    def abandon(self) -> None:
        """Give the unfinished text up."""
        if self.is_dirty():
            self.setEditText(self._kept)
            self.abandoned.emit()

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z and Ctrl+Y to the window unless there is an unfinished text."""
        if is_history_override(event):
            event.setAccepted(self.is_dirty())
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter finishes and goes on, Esc gives up, Ctrl+Z takes typing back, Alt+↓ opens the list."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finish()
            self.focusNextChild()
        elif self.is_dirty() and gives_up(event, can_step_back=False):
            self.abandon()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Finish, unless only the list popped up."""
        super().focusOutEvent(event)
        if leaves(event):
            self.finish()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel scroll the form: it must not change a text by accident."""
        event.ignore()

    def _choose(self, text: str) -> None:
        self.drafted.emit(text)
        self.finish()
