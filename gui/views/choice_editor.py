"""A field with suggestions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from gui.desk.choices import Choice
from gui.desk.one_line import keep_to_one_line
from gui.views.editors import gives_up
from gui.views.unfinished import Unfinished


class ChoiceEditor(Unfinished, Choice):
    """A field with suggestions in which anything may be typed."""

    def __init__(self, choices: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt: no completer
        self.addItems(choices)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setEditText("")
        line = self.lineEdit()
        assert line is not None  # editable
        self._line = line
        line.setAcceptDrops(False)  # files go on to the window
        keep_to_one_line(line)
        line.textEdited.connect(self.drafted)
        self.textActivated.connect(self._choose)

    def placeholderText(self) -> str:
        """What stands in grey while the field is blank."""
        return self._line.placeholderText()

    def setPlaceholderText(self, text: str) -> None:
        """Let something else stand in grey while the field is blank; Qt shows its own in fields without typing only."""
        self._line.setPlaceholderText(text)

    def typed_text(self) -> str:
        """The text as typed."""
        return self.currentText()

    def show_text(self, text: str) -> None:
        """Show the text of the record; an unfinished text stays in place."""
        if self.is_dirty() and self.hasFocus():
            return
        self._kept = text
        if self.currentText() != text:
            self.setEditText(text)
            self._line.setCursorPosition(0)

    def put_back(self, text: str) -> None:
        """Show the text of the record in place of what was typed."""
        self.setEditText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter finishes and goes on, Esc gives up, Ctrl+Z takes typing back, Alt+↓ opens the list."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finish()
            self.focusNextChild()
        elif self.is_dirty() and gives_up(event, can_step_back=False):
            self.abandon()
        else:
            super().keyPressEvent(event)

    def _choose(self, text: str) -> None:
        self.drafted.emit(text)
        self.finish()
