"""The one undo command: a gesture of the clerk that goes through the document's one door, and back."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QUndoCommand

from gui.document.waiting import waiting
from model.changes import Change
from model.edits import Block


class Door(Protocol):
    """What a command needs of the document."""

    @property
    def is_replaying(self) -> bool:
        """Whether the stack is only being filled from the journal: the file already says what the commands say."""

    def commit(self, label: str, changes: tuple[Change, ...]) -> int | None:
        """Write a new gesture; its sequence number in the journal, or None when it was not written."""

    def take_back(self, sequence: int, changes: tuple[Change, ...], about: Block | None) -> bool:
        """Write the inverse of a gesture, and show its cells; whether that was done."""

    def repeat(self, sequence: int, changes: tuple[Change, ...], about: Block | None) -> bool:
        """Write a gesture that was taken back once more, and show its cells; whether that was done."""


class EditCommand(QUndoCommand):
    """One gesture, one command, one transaction.

    It never raises, because QUndoStack keeps a command whose redo raised; when the door could not write, the command
    is obsolete and the stack drops it. ``sequence`` is the gesture's number in the journal if it was written before,
    ``about`` the cells it was made on, which are shown again with every undo and redo; the journal does not hold them.
    """

    def __init__(
        self,
        door: Door,
        label: str,
        changes: tuple[Change, ...],
        sequence: int | None = None,
        about: Block | None = None,
    ) -> None:
        super().__init__(label)
        self._door = door
        self._label = label
        self._changes = changes
        self._sequence = sequence
        self._about = about

    def redo(self) -> None:
        """Write the gesture: for the first time, or again after an undo."""
        if self._door.is_replaying:
            return
        with waiting(len(self._changes)):
            if self._sequence is None:
                self._sequence = self._door.commit(self._label, self._changes)
                self.setObsolete(self._sequence is None)
            else:
                self.setObsolete(not self._door.repeat(self._sequence, self._changes, self._about))

    def undo(self) -> None:
        """Write the inverse of the gesture."""
        if self._door.is_replaying or self._sequence is None:
            return
        with waiting(len(self._changes)):
            self.setObsolete(not self._door.take_back(self._sequence, self._changes, self._about))
