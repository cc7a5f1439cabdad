"""What fields of all kinds do alike with a text that is not finished: it is told, kept, or given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from gui.views.editors import is_history_override, leaves

if TYPE_CHECKING:
    _Field = QWidget
else:
    _Field = object  # the widget stands behind it among the bases of a field: there may be but one


class Unfinished(_Field):
    """Half of an :class:`~gui.views.editors.Editor`, named before the widget that is the other half.

    The field itself says what is typed (:meth:`typed_text`) and shows a text in its place (:meth:`put_back`).
    """

    drafted = Signal(str)
    finished = Signal(str)
    abandoned = Signal()

    _kept = ""
    """The text of the record, or the one that was finished last."""

    if TYPE_CHECKING:

        def typed_text(self) -> str:
            """The text as typed, never the pretty form of it."""

        def put_back(self, text: str) -> None:
            """Show the text of the record in place of what was typed."""

    def is_dirty(self) -> bool:
        """Whether something typed is not finished yet."""
        return self.typed_text() != self._kept

    def finish(self) -> None:
        """Finish the field as if the focus had left it."""
        if self.is_dirty():
            self._kept = self.typed_text()
            self.finished.emit(self._kept)

    def abandon(self) -> None:
        """Give the unfinished text up."""
        if self.is_dirty():
            self.put_back(self._kept)
            self.abandoned.emit()

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z and Ctrl+Y to the window unless there is an unfinished text."""
        if is_history_override(event):
            event.setAccepted(self.is_dirty())
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Finish, unless only a menu or a list popped up."""
        super().focusOutEvent(event)
        if leaves(event):
            self.finish()
