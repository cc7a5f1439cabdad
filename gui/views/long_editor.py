"""A field of several lines."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from gui.views.editors import gives_up
from gui.views.unfinished import Unfinished


class LongEditor(Unfinished, QPlainTextEdit):
    """A field of several lines that grows with its text between ``least`` and ``most`` lines."""

    def __init__(self, parent: QWidget | None = None, least: int = 2, most: int = 6) -> None:
        super().__init__(parent)
        self._last = ""
        self._least = least
        self._most = most
        self._beside: tuple[LongEditor, ...] = ()
        self.setAcceptDrops(False)  # files go on to the window
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._draft)
        self._grow()

    def stand_beside(self, *others: LongEditor) -> None:
        """Be as high as those beside it: the one with the longest text says how high."""
        self._beside = others
        self._grow()

    def typed_text(self) -> str:
        """The text as typed."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show the text of the record; an unfinished text stays in place."""
        if self.is_dirty() and self.hasFocus():
            return
        self._kept = self._last = text
        if text != self.toPlainText():
            self.put_back(text)

    def put_back(self, text: str) -> None:
        """Show the text of the record in place of what was typed."""
        with QSignalBlocker(self):
            self.setPlainText(text)
        self._last = text
        self._grow()

    def sizeHint(self) -> QSize:
        """As high as the text needs, or one beside it."""
        return QSize(super().sizeHint().width(), self._shared_height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up, Ctrl+Z takes typing back, Ctrl+Enter finishes."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if self.is_dirty() and gives_up(event, can_step_back=self.document().isUndoAvailable()):
            self.abandon()
        elif is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finish()
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrapping differs in another width, so the height may.

        Growing resizes from within a resize, and Qt then takes the width it wrapped at for the one it has now; an
        event without an old size makes it wrap anew.
        """
        super().resizeEvent(QResizeEvent(event.size(), QSize()))
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        """So may it in letters of another size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._grow()

    def _draft(self) -> None:
        text = self.toPlainText()
        if text != self._last:  # composing in an input method changes the document, not yet the text
            self._last = text
            self._grow()
            self.drafted.emit(text)

    def _wanted_height(self) -> int:
        height, count = self._text_height(), max(1, round(self.document().size().height()))
        line = max(self.fontMetrics().lineSpacing(), ceil(height / count))
        text = max(self._least * line, min(self._most * line, ceil(height)))
        margins = self.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * round(self.document().documentMargin()) + 2 * self.frameWidth()
        return text + around + 2

    def _text_height(self) -> float:
        """As laid out: lines with letters of another font are higher than those of the field's own.

        The first block begins with the margin of the document, which is no text.
        """
        block, height = self.document().begin(), -self.document().documentMargin()
        while block.isValid():
            height += self.blockBoundingRect(block).height()
            block = block.next()
        return height

    def _grow(self) -> None:
        height = self._shared_height()
        for one in (self, *self._beside):
            if one.height() != height:
                one.setFixedHeight(height)

    def _shared_height(self) -> int:
        return max(one._wanted_height() for one in (self, *self._beside))
