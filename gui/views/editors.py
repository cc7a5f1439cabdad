"""What every field of a form has in common: who gets Ctrl+Z, what gives a text up, when a field is finished.

A field tells every keystroke as a draft and one finished text at the end. Nothing typed is ever refused. Esc and
Ctrl+Z give the unfinished text up; without one, Ctrl+Z belongs to the window.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, Qt, SignalInstance
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence


class Editor(Protocol):
    """What every kind of field offers to the form it stands in.

    Signals:
        drafted(str): the text as it stands after a keystroke.
        finished(str): the person is done with the field (Enter, Tab, focus elsewhere).
        abandoned(): the person gave the unfinished text up.
    """

    @property
    def drafted(self) -> SignalInstance:
        """Signal: after each keystroke."""

    @property
    def finished(self) -> SignalInstance:
        """Signal: done with the field."""

    @property
    def abandoned(self) -> SignalInstance:
        """Signal: the unfinished text was given up."""

    def placeholderText(self) -> str:
        """What stands in grey while the field is blank."""

    def setPlaceholderText(self, text: str) -> None:
        """Let something else stand in grey while the field is blank."""

    def typed_text(self) -> str:
        """The text as typed, never the pretty form of it."""

    def is_dirty(self) -> bool:
        """Whether something typed is not finished yet."""

    def show_text(self, text: str) -> None:
        """Show the text of the record; an unfinished text stays in place."""

    def finish(self) -> None:
        """Finish the field as if the focus had left it."""

    def abandon(self) -> None:
        """Give the unfinished text up."""


def is_undo(event: QEvent) -> bool:
    """Whether a key asks to undo."""
    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)


def is_history_override(event: QEvent) -> bool:
    """Whether Qt asks who gets Ctrl+Z or Ctrl+Y: the field or the window."""
    return event.type() is QEvent.Type.ShortcutOverride and (
        is_undo(event) or (isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Redo))
    )


def gives_up(event: QKeyEvent, *, can_step_back: bool) -> bool:
    """Esc always; Ctrl+Z once the field itself has nothing more to take back."""
    return event.key() == Qt.Key.Key_Escape or (is_undo(event) and not can_step_back)


def leaves(event: QFocusEvent) -> bool:
    """Whether the focus really leaves: a menu or a list that pops up does not count."""
    return event.reason() is not Qt.FocusReason.PopupFocusReason
