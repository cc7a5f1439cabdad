"""The text a form was read from, beside what was read: passages that took a decision are marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from model.recognition import SourceText, Span

_TINT = 60
_STRONG = 130


class SourcePane(QPlainTextEdit):
    """Shows the text of one form; every doubtful passage is tinted, the one asked about more strongly."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName("原文")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._source: SourceText | None = None
        self._doubtful: Sequence[Span] = ()

    def show_form(self, source: SourceText, doubtful: Sequence[Span]) -> None:
        """The text of a form, from its beginning."""
        if source != self._source:
            self._source, self._doubtful = source, doubtful
            self.setPlainText(source.text)
        self._mark(None)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_passage(self, span: Span) -> None:
        """Go to a passage of the text on show."""
        self._mark(span)
        cursor = self._cursor(span)
        cursor.setPosition(cursor.selectionStart())
        self.setTextCursor(cursor)
        self.centerCursor()

    @property
    def marked(self) -> str:
        """The passage that is marked more strongly, empty when none is."""
        found = [one for one in self.extraSelections() if one.format.background().color().alpha() == _STRONG]  # type: ignore[attr-defined] # missing in the stubs
        return str(found[-1].cursor.selectedText()) if found else ""  # type: ignore[attr-defined]

    def _mark(self, asked: Span | None) -> None:
        spans = [(span, _TINT) for span in self._doubtful]
        spans += [(asked, _STRONG)] if asked else []
        self.setExtraSelections([self._selection(span, alpha) for span, alpha in spans])

    def _selection(self, span: Span, alpha: int) -> QTextEdit.ExtraSelection:
        shade = QColor(self.palette().color(QPalette.ColorRole.Highlight))
        shade.setAlpha(alpha)
        form = QTextCharFormat()
        form.setBackground(shade)
        selection = QTextEdit.ExtraSelection()
        selection.format = form  # type: ignore[attr-defined]
        selection.cursor = self._cursor(span)  # type: ignore[attr-defined]
        return selection

    def _cursor(self, span: Span) -> QTextCursor:
        assert self._source is not None
        text = self._source.text
        cursor = QTextCursor(self.document())
        cursor.setPosition(_in_utf16(text, span.start))
        cursor.setPosition(_in_utf16(text, span.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _in_utf16(text: str, place: int) -> int:
    """Where a character stands for Qt, which counts those outside the first plane twice."""
    return place + sum(character > "\uffff" for character in text[:place])
