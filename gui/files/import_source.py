"""The text a form was read from, beside what was read: passages that took a decision are marked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, zip_longest

from PySide6.QtGui import QPalette, QResizeEvent, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from model.recognition import SourceText, Span

_GAP = 12
_WIDEST, _NARROWEST = 16, 4
"""Characters of a column; a longer text in it reaches into the next one."""
_IN_COLUMNS, _IN_LINES = "\t", "｜"
"""What parts the cells of a table."""


class SourcePane(QPlainTextEdit):
    """Shows the text of one form; every doubtful passage is underlined, the one asked about looks selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName("原文")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._source: SourceText | None = None
        self._doubtful: Sequence[Span] = ()
        self._asked: Span | None = None
        self._widths: list[list[int]] = []
        self._on_show: tuple[SourceText, str] | None = None

    def show_form(self, source: SourceText, doubtful: Sequence[Span]) -> None:
        """The text of a form, from its beginning."""
        if source != self._source:
            self._source, self._doubtful = source, doubtful
            self._asked = None
            width = self.fontMetrics().horizontalAdvance
            self._widths = [[width(cell) for cell in line.split("\t")] for line in source.text.splitlines()]
            self._set_columns()
        self._mark(None)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_passage(self, span: Span) -> None:
        """Go to a passage of the text on show."""
        self._mark(span)
        self._go_to(span)

    @property
    def marked(self) -> str:
        """The passage that is asked about, empty when none is."""
        return self._cursor(self._asked).selectedText() if self._asked else ""

    def _go_to(self, span: Span) -> None:
        """Have a passage in sight, of what is higher than the pane the beginning."""
        first, last = self._cursor(span), self._cursor(span)
        first.setPosition(first.selectionStart())
        self.setTextCursor(first)
        self.centerCursor()
        line, above = max(1, self.cursorRect(first).height()), self.cursorRect(first).top()
        below = self.cursorRect(last).bottom() + 1 - self.viewport().height()
        bar = self.verticalScrollBar()  # which counts lines
        bar.setValue(bar.value() + max(0, min(-(-below // line), above // line)))

    def _mark(self, asked: Span | None) -> None:
        self._asked = asked
        doubtful, chosen, colors = QTextCharFormat(), QTextCharFormat(), self.palette()
        doubtful.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        doubtful.setUnderlineColor(colors.color(QPalette.ColorRole.Highlight))
        chosen.setBackground(colors.highlight())
        chosen.setForeground(colors.highlightedText())
        looks = [(span, doubtful) for span in self._doubtful] + ([(asked, chosen)] if asked else [])
        self.setExtraSelections([self._selection(span, look) for span, look in looks])

    def _selection(self, span: Span, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.format = look  # type: ignore[attr-defined] # missing in the stubs
        selection.cursor = self._cursor(span)  # type: ignore[attr-defined]
        return selection

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns become narrower before there are none."""
        super().resizeEvent(event)
        self._set_columns()
        if self._asked is not None:
            self._go_to(self._asked)

    def _set_columns(self) -> None:
        """Tabs part the cells of a table: every column is as wide as its texts, or as there is room for.

        Where there is none even for narrow ones, its rows are lines of text that wrap, a bar between their cells, empty
        ones too: what only half looks like columns would have a value under the heading of another one.
        """
        em = self.fontMetrics().horizontalAdvance("表")
        room = self.viewport().width() - 2 * self.document().documentMargin()
        widest = (most * em for most in range(_WIDEST, _NARROWEST, -1))
        stops = next((stops for most in widest if (stops := _stops(self._widths, most, room)) is not None), None)
        self._part_cells(_IN_COLUMNS if stops is not None else _IN_LINES)
        option = self.document().defaultTextOption()
        option.setTabs([QTextOption.Tab(stop, QTextOption.TabType.LeftTab) for stop in stops or ()])
        self.document().setDefaultTextOption(option)

    def _part_cells(self, sign: str) -> None:
        """Have a sign between the cells; passages stay where they are."""
        if self._source is not None and self._on_show != (self._source, sign):
            self._on_show = self._source, sign
            self.setPlainText(self._source.text.replace(_IN_COLUMNS, sign))
            self._mark(self._asked)

    def _cursor(self, span: Span) -> QTextCursor:
        assert self._source is not None
        text = self._source.text
        cursor = QTextCursor(self.document())
        cursor.setPosition(_in_utf16(text, span.start))
        cursor.setPosition(_in_utf16(text, span.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _stops(rows: Sequence[Sequence[int]], widest: int, room: float) -> list[int] | None:
    """Where the columns of a table begin after the first, None where there is no room for them.

    The last cell of a row is of no column: it may wrap.
    """
    columns = zip_longest(*(row[:-1] for row in rows), fillvalue=0)
    stops = list(accumulate(min(max(widths), widest) + _GAP for widths in columns))
    ends = ([0, *stops][len(row) - 1] + min(row[-1], widest) for row in rows if row)
    return stops if max(ends, default=0) <= room else None


def _in_utf16(text: str, place: int) -> int:
    """Where a character stands for Qt, which counts those outside the first plane twice."""
    return place + sum(character > "\uffff" for character in text[:place])
