"""What is open: the store, the project on screen with the draft laid over it, what follows from it, and undo.

Everything the window shows comes from here, and every edit goes in here (architecture.md, "How one edit travels").
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from gui.commands import EditCommand
from gui.derived import after
from gui.history import place_of, refill
from gui.on_screen import ProjectOnScreen
from gui.past_names import PastNames
from model.changes import Change, SetSetting, invert_all
from model.errors import UserError
from model.findings import Place
from model.records import Project
from model.rules import Context
from model.settings import Settings
from storage.ids import new_id

if TYPE_CHECKING:  # it brings sqlmodel, which the first paint does not wait for
    from storage.journal import Entry
    from storage.store import Store
    from storage.summaries import ProjectSummary

log = logging.getLogger(__name__)

HISTORY_LIMIT = 200
BACKUP_AFTER_MS = 400
NOT_FITTING = "这一步与文件中现在的内容对不上，没有执行。\n文件和屏幕上的内容都没有改变。"


class Document(ProjectOnScreen):
    """The open store and its one project on screen.

    Signals, beside those of :class:`ProjectOnScreen`:
        store_changed(): another store is open, or none.
        summaries_changed(): what the navigator lists changed.
        settings_changed(): the store's settings changed.
        saved(str): a gesture is in the file, at this time of day (``14:32:05``).
        failed(str): something outside the program stopped an edit; a text for the person.
        place_requested(Place): somebody asks the window to go to a cell.
    """

    store_changed = Signal()
    summaries_changed = Signal()
    settings_changed = Signal()
    saved = Signal(str)
    failed = Signal(str)
    place_requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._store: Store | None = None
        self._summaries: tuple[ProjectSummary, ...] = ()
        self._summaries_are_fresh = True
        self._past_names = PastNames()
        self._is_replaying = False
        self._last_write_failed = False
        self._backup_is_due = False

    # What is open

    @property
    def store(self) -> Store | None:
        """The open store, or None on the start page."""
        return self._store

    def new_id(self) -> str:
        """A new id for a project or a line."""
        return new_id()

    def summaries(self) -> tuple[ProjectSummary, ...]:
        """What the navigator lists of the open store, read once after every change.

        When it cannot be read, that is told and the list stays as it was.
        """
        if not self._summaries_are_fresh:
            self._summaries_are_fresh = True
            try:
                self._summaries = self._store.summaries() if self._store is not None else ()
            except UserError as error:
                self.failed.emit(str(error))
        return self._summaries

    def known_names(self, line_id: str) -> tuple[str, ...]:
        """Names of indicators the unit has used elsewhere, those of the line's own 二级指标 first."""
        try:
            return self._past_names.for_line(line_id, self.project, self._store, self.summaries())
        except UserError:
            log.exception("no names to offer")
            return ()

    # Opening

    def open_store(self, path: Path) -> None:
        """Open a store in place of the one that is open. Raises UserError, and then nothing has changed."""
        from storage.store import Store  # noqa: PLC0415 brings sqlmodel: not before the first paint

        if self._store is None or self._store.path.resolve() != path.resolve():
            # the backup of this opening is made when the project is on screen, or before the first change
            self._take(Store.open(path, backing_up=False))
            self._backup_is_due = True
            QTimer.singleShot(BACKUP_AFTER_MS, self, self._back_up_once)

    def create_store(self, path: Path) -> None:
        """Make a new store and open it. Raises UserError, and then nothing has changed."""
        from storage.store import Store  # noqa: PLC0415 brings sqlmodel: not before the first paint

        self._take(Store.create(path))

    def close_store(self) -> None:
        """Close the open store; the start page is next."""
        self._take(None)

    def select_project(self, project_id: str | None) -> None:
        """Put a project on screen, or none. A project that cannot be read is told through ``failed``."""
        if project_id == (self._saved_project.id if self._saved_project is not None else None):
            return
        try:
            project = self._store.project(project_id) if project_id is not None and self._store is not None else None
        except KeyError:
            return  # it was removed since the caller learnt its id
        except UserError as error:
            self.failed.emit(str(error))
            return
        self._past_names.forget()
        self._set_snapshot(project)
        self.project_switched.emit()
        self.project_changed.emit()

    def request_place(self, place: Place) -> None:
        """Ask the window to go to a cell, whichever form it is in."""
        self.place_requested.emit(place)

    # Editing

    def push(self, label: str, changes: tuple[Change, ...]) -> bool:
        """Do one gesture: one command, one transaction. False when it could not be written (``failed`` says why).

        An empty gesture only drops the draft.
        """
        if not changes:
            self.drop_draft()
            return True
        self._last_write_failed = False
        self.undo_stack.push(EditCommand(self, label, changes))
        return not self._last_write_failed

    # The door: called by the commands of the undo stack, so nothing here may raise

    @property
    def is_replaying(self) -> bool:
        """Whether the undo stack is only being filled from the journal."""
        return self._is_replaying

    def commit(self, label: str, changes: tuple[Change, ...]) -> int | None:
        """Write a new gesture; its sequence number in the journal, or None when it was not written."""
        entry = self._write(changes, lambda store: store.apply(label, changes))
        return entry.seq if entry is not None else None

    def take_back(self, sequence: int, changes: tuple[Change, ...]) -> bool:
        """Write the inverse of a gesture and show where it was; whether that was done."""
        entry = self._write(invert_all(changes), lambda store: store.undo(sequence))
        return self._show_after(entry, changes)

    def repeat(self, sequence: int, changes: tuple[Change, ...]) -> bool:
        """Write a gesture that was taken back once more and show where it was; whether that was done."""
        entry = self._write(changes, lambda store: store.redo(sequence))
        return self._show_after(entry, changes)

    def _write(self, changes: tuple[Change, ...], write: Callable[[Store], Entry]) -> Entry | None:
        if self._store is None:
            self._last_write_failed = True
            return None
        self._back_up_once()
        try:
            project = after(self._saved_project, changes)
            entry = write(self._store)
        except UserError as error:
            self._give_up(str(error))
        except ValueError:
            log.exception("a gesture did not fit the store")
            self._give_up(NOT_FITTING)
        except Exception:  # noqa: BLE001 QUndoStack keeps a command that raised: hand the bug to the crash dialog
            sys.excepthook(*sys.exc_info())
            self._give_up("")
        else:
            self._guarded(lambda: self._arrive(project, changes, entry))
            return entry
        return None

    def _guarded(self, work: Callable[[], None]) -> None:
        """Do what follows a write: whatever goes wrong now, the gesture is in the file and stays on the stack."""
        try:
            work()
        except UserError as error:
            self.failed.emit(str(error))
        except Exception:  # noqa: BLE001 see _write
            sys.excepthook(*sys.exc_info())

    def _arrive(self, project: Project | None, changes: tuple[Change, ...], entry: Entry) -> None:
        """The gesture is in the file: memory follows and everybody is told."""
        self._summaries_are_fresh = False
        is_gone = project is None and self._saved_project is not None
        self._set_snapshot(project)
        if is_gone:
            self.project_switched.emit()
        self.project_changed.emit()
        if any(isinstance(change, SetSetting) for change in changes):
            self.settings_changed.emit()
        self.summaries_changed.emit()
        self.saved.emit(entry.at.astimezone().strftime("%H:%M:%S"))

    def _give_up(self, message: str) -> None:
        """The gesture is not in the file: the stack takes its history from the journal again."""
        self._last_write_failed = True
        QTimer.singleShot(0, self, self._rebuild_history)
        if message:
            self.failed.emit(message)

    def _show_after(self, entry: Entry | None, changes: tuple[Change, ...]) -> bool:
        """Bring the project of a gesture that was undone or redone on screen, and its cell."""
        if entry is not None:
            self._guarded(lambda: self._show(changes))
        return entry is not None

    def _show(self, changes: tuple[Change, ...]) -> None:
        touched = {change.project_id for change in changes if change.project_id}
        if len(touched) == 1:
            self.select_project(touched.pop())
        place = place_of(changes[0], self._saved_project)
        if place is not None:
            self.place_requested.emit(place)

    def _back_up_once(self) -> None:
        """Make the backup of this opening if it was not made yet, and tell when it could not be made."""
        if self._store is None or not self._backup_is_due:
            return
        self._backup_is_due = False
        self._store.back_up_if_changed()
        if self._store.backup_problem:
            self.failed.emit(self._store.backup_problem)

    # What is in memory

    def _take(self, store: Store | None) -> None:
        self._back_up_once()
        if self._store is not None:
            self._store.close()
        self._store = store
        self._summaries_are_fresh = False
        self._past_names.forget()
        self._set_snapshot(None)
        self._rebuild_history()
        self.store_changed.emit()
        self.project_switched.emit()
        self.project_changed.emit()
        self.settings_changed.emit()
        self.summaries_changed.emit()

    def _set_snapshot(self, project: Project | None) -> None:
        """Take a saved project. What surrounds it stays as it was when it cannot be read, and that is told."""
        context = self._context
        try:
            if self._store is None:
                context = Context(Settings())
            else:
                context = self._store.context(project) if project is not None else Context(self._store.settings())
        except UserError as error:
            self.failed.emit(str(error))
        self._show_snapshot(project, context)

    def _rebuild_history(self) -> None:
        """Fill the undo stack with what the journal says can be undone and redone."""
        try:
            done, undone = self._store.undo_history(HISTORY_LIMIT) if self._store is not None else ((), ())
        except UserError as error:
            self.failed.emit(str(error))
            return
        self._is_replaying = True
        refill(self.undo_stack, self, done, undone)
        self._is_replaying = False
