"""A field of one line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QWidget

from gui.desk.labels import elided
from gui.desk.one_line import keep_to_one_line
from gui.views.editors import gives_up, leaves
from gui.views.unfinished import Unfinished

_AROUND = 18
"""Pixels of a field that are not for its text: edges, padding, and the place of the cursor."""
_SPARE = 4
_QT_AROUND = 2
"""Pixels Qt leaves left and right of the text within its margins."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
ELLIPSIS = "…"


class LineEditor(Unfinished, QLineEdit):
    """A field of one line. ``pretty`` shows the text another way (grouped amounts) while nobody is typing in it.

    ``below`` is where Enter leads, in a table the field under this one; without one it leads where Tab does.
    """

    def __init__(self, parent: QWidget | None = None, pretty: Callable[[str], str] | None = None) -> None:
        super().__init__(parent)
        self._pretty = pretty
        self.below: QWidget | None = None
        self._is_typing = False
        self._whole = ""
        self._widest = ""
        self.setAcceptDrops(False)  # files go on to the window
        keep_to_one_line(self)
        self.textEdited.connect(self._draft)
        self.textChanged.connect(self._tell_whole)

    def keep_room_for(self, text: str) -> None:
        """Never be too narrow for this text, in letters of whichever size."""
        if text != self._widest:
            self._widest = text
            self._make_room()

    def typed_text(self) -> str:
        """The text as typed."""
        return self.text() if self._is_typing else self._kept

    def show_text(self, text: str) -> None:
        """Show the text of the record; an unfinished text stays in place."""
        if self.is_dirty():
            return
        self._kept = text
        self._is_typing = False
        shown = text if self.hasFocus() or self._pretty is None else self._pretty(text)
        if shown != self.text():
            self.setText(shown)
            self.setCursorPosition(len(shown) if self.hasFocus() else 0)

    def finish(self) -> None:
        """Finish the field as if the focus had left it; what it shows is no longer typed."""
        super().finish()
        self._is_typing = False

    def put_back(self, text: str) -> None:
        """Show the text of the record in place of what was typed, ready to be typed over."""
        self._is_typing = False
        self.setText(text)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter finishes and goes on, Esc gives up, Ctrl+Z takes typing back."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self.isReadOnly():
            self.finish()
            if self.below is None:
                self.focusNextChild()
            else:
                self.below.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.is_dirty() and gives_up(event, can_step_back=self.isUndoAvailable()):
            self.abandon()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the text as typed while it can be edited."""
        if self._pretty is not None and not self._is_typing and self.text() != self._kept:
            self.setText(self._kept)
        super().focusInEvent(event)
        if self.hasSelectedText():  # Tab selects everything: the cursor goes to the start, so that the start is seen
            self.setSelection(len(self.text()), -len(self.text()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Finish, unless only a menu popped up."""
        super().focusOutEvent(event)
        if leaves(event):
            if self._pretty is not None:
                self.setText(self._pretty(self._kept))
            self.setCursorPosition(0)

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size need another room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._make_room()
            self._tell_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may show all of the text, or no longer."""
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A text that goes on says so at its end; while the field has the keyboard, its cursor leads there."""
        super().paintEvent(event)
        area, metrics = self._area(), self.fontMetrics()
        if self.hasFocus() or self._is_right() or metrics.horizontalAdvance(self.text()) <= area.width():
            return
        shown = elided(self.text(), metrics, area.width())
        start = area.left() + metrics.horizontalAdvance(shown.removesuffix(ELLIPSIS))
        top = area.top() + (area.height() - metrics.height() + 1) // 2
        rest = QRect(start, top, area.right() + 1 + _QT_AROUND - start, metrics.height())
        painter = QPainter(self)
        painter.fillRect(rest, self.palette().base())
        painter.setPen(self.palette().text().color())
        painter.drawText(rest, int(_LEFT), ELLIPSIS)

    def _is_right(self) -> bool:
        """Whether it is a number's, which has room for the widest."""
        return bool(self.alignment() & Qt.AlignmentFlag.AlignRight)

    def _area(self) -> QRect:
        """Where the text is."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return inside.marginsRemoved(self.textMargins()).adjusted(_QT_AROUND, 0, -_QT_AROUND, 0)

    def _make_room(self) -> None:
        if self._widest:
            self.setMinimumWidth(self.fontMetrics().horizontalAdvance(self._widest) + _AROUND + _SPARE)

    def _tell_whole(self) -> None:
        """A text that is wider than the field is whole in its tool tip, unless that says something else."""
        is_cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width() - _AROUND
        whole = self.text() if is_cut else ""
        if whole != self._whole and self.toolTip() == self._whole:
            self.setToolTip(whole)
            self._whole = whole

    def _draft(self, text: str) -> None:
        self._is_typing = True
        self.drafted.emit(text)
