"""What is open: the store, its projects, the one on screen with what is typed over it, and undo.

Everything the window shows comes from here, and every edit goes in here (ARCHITECTURE.md, "How one edit travels").
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from gui.document.commands import EditCommand
from gui.document.counting import Counting
from gui.document.history import is_of_whole_projects, refill, whereabouts
from gui.document.library import UnitLibrary
from gui.document.on_screen import ProjectOnScreen
from gui.document.opening import created_store, opened_store, wants_copy
from gui.document.project_list import Group, ListChange, ProjectList, order_of
from gui.document.unwritten import TypedText
from gui.document.visits import Visit, Visits
from model.changes import CellOwner, Change, Part
from model.checking import Checked, examine
from model.edits import Block
from model.errors import UserError
from model.findings import Place
from model.rules import Context
from model.settings import Settings
from model.values.characters import with_word
from storage.files.ids import new_id
from storage.store.port import Applied, OpenStore
from storage.working_copy.waiting import Waiting, as_long_as_it_takes

if TYPE_CHECKING:  # it brings sqlmodel, which the first paint does not wait for
    from storage.store.summaries import ProjectSummary
    from storage.working_copy.copy import WorkingCopy

log = logging.getLogger(__name__)

HISTORY_LIMIT = 200
BACKUP_AFTER_MS = 400
NOT_FITTING = "这一步与文件中现在的内容对不上，没有执行。\n文件和屏幕上的内容都没有改变。"


class Document(ProjectOnScreen):
    """The open store and its one project on screen.

    ``waiting`` is how it is waited for a shared folder that may not answer.

    Signals, beside those of :class:`ProjectOnScreen`:
        store_changed(): another store is open, or none.
        summaries_changed(ListChange): what the navigator lists changed, and how.
        settings_changed(): the store's settings changed.
        saved(str): a gesture is in the file, at this time of day (``14:32``).
        not_written(str): a gesture did not get into the file; a text for the person.
        not_read(str): something in the file could not be read; what is on screen stays. A text for the person.
        backup_failed(str): the backup of this opening could not be made; everything else is saved. A text.
        unwritten_changed(): more texts, or fewer, wait for being written.
        leave_asked(object): somebody wants to leave the project while texts wait for being written; the function to
            call when they are written or given up.
        chosen_changed(): other projects are chosen in a list.
        place_requested(Place): somebody asks the window to go to a cell.
        block_requested(Block): and to select these cells of lines with it.
    """

    store_changed = Signal()
    summaries_changed = Signal(object)
    settings_changed = Signal()
    saved = Signal(str)
    not_written = Signal(str)
    not_read = Signal(str)
    backup_failed = Signal(str)
    unwritten_changed = Signal()
    leave_asked = Signal(object)
    chosen_changed = Signal()
    place_requested = Signal(object)
    block_requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.projects = ProjectList()
        self.wants_copy: Callable[[Path], bool] = wants_copy
        self.waiting: Waiting = as_long_as_it_takes
        self._store: OpenStore | None = None
        self._visits = Visits()
        self._copy: WorkingCopy | None = None
        self._chosen: tuple[str, ...] = ()
        self.library = UnitLibrary(lambda: self.has_draft, self)
        self._list: Group | None = None  # the one somebody went to, not the one left where a project went
        self._is_replaying = False
        self._last_write_failed = False
        self._is_text = False
        self._backup_is_due = False
        self._counting = Counting(lambda: self._store, self)
        self._counting.counted.connect(lambda lines: self.summaries_changed.emit(self.projects.take(lines, ())))
        self._counting.failed.connect(self.not_read)

    # What is open

    @property
    def store(self) -> OpenStore | None:
        """The open store, or None on the start page."""
        return self._store

    @property
    def working_copy(self) -> WorkingCopy | None:
        """The copy that is edited of a file in a shared folder; None for a file that is edited where it lies."""
        return self._copy

    @property
    def path(self) -> Path | None:
        """The person's file, which is not the store's own path where a working copy is edited."""
        if self._copy is not None:
            return self._copy.target
        return self._store.path if self._store is not None else None

    def new_id(self) -> str:
        """A new id for a project or a line."""
        return new_id()

    def summaries(self) -> tuple[ProjectSummary, ...]:
        """What the navigator lists of the open store."""
        return self.projects.all()

    def awaited_errors(self, project_id: str) -> int:
        """How many errors of a project that is being filled in only say what is not there yet.

        Of one that was not on screen since the program was started what stands in its forms says it.
        """
        known, summary = self._filling.errors(project_id), self.projects.get(project_id)
        return known if known is not None else summary.awaited if summary is not None else 0

    @property
    def chosen(self) -> tuple[ProjectSummary, ...]:
        """The projects that commands for whole projects act on, in the order of the list.

        Those that are chosen in a list; without any the one on screen.
        """
        here = self.saved_project
        ids = self._chosen or ((here.id,) if here is not None else ())
        found = (self.projects.get(project_id) for project_id in ids)
        return tuple(sorted((one for one in found if one is not None), key=order_of))

    def choose(self, ids: Iterable[str]) -> None:
        """Take the projects that are chosen in a list; none leaves the one on screen."""
        chosen = tuple(ids)
        if chosen != self._chosen:
            self._chosen = chosen
            self.chosen_changed.emit()

    # Opening

    def open_store(self, path: Path) -> None:
        """Open a store in place of the one that is open. Raises UserError, and then nothing has changed."""
        opened = opened_store(path, self.path, self.wants_copy, self.waiting)
        if opened is not None:
            # the backup of this opening is made when the project is on screen, or before the first change
            self._take(*opened)
            self._backup_is_due = True
            QTimer.singleShot(BACKUP_AFTER_MS, self, self._back_up_once)

    def create_store(self, path: Path) -> None:
        """Make a new store and open it. Raises UserError, and then nothing has changed."""
        self._take(*created_store(path, self.wants_copy, self.waiting))

    def close_store(self) -> None:
        """Close the open store; the start page is next."""
        self._take(None)

    def select_project(self, project_id: str | None) -> None:
        """Put a project on screen, or none; where texts wait for being written, they are asked about first.

        A project that cannot be read is told through ``not_read``.
        """
        here = self.saved_project
        if project_id == (here.id if here is not None else None) and self._group is None:
            return
        if self._unwritten:
            self.leave_asked.emit(lambda: self.select_project(project_id))
            return
        try:
            saved = None
            if project_id is not None and self._store is not None:
                saved = examine(self._store.project(project_id), self._store.context())
        except KeyError:
            return  # it was removed since the caller learnt its id
        except UserError as error:
            self.not_read.emit(str(error))
            return
        self._switch(saved, None)

    def select_group(self, group: Group) -> None:
        """Put the list of the projects of a year or of a unit's year on screen, as :meth:`select_project` one."""
        if group != self._group:
            self.leave(lambda: self._switch(None, group))

    def go_back(self) -> bool:
        """Put on screen what was there before; whether there was anything that is still in the file."""
        return self._visits.go_back(self._here, self._is_listed, self._visit)

    def _visit(self, what: Visit) -> None:
        if isinstance(what, Group):
            self.select_group(what)
        else:
            self.select_project(what)

    def _is_listed(self, what: Visit) -> bool:
        if isinstance(what, Group):
            return bool(self.projects.of(what))
        return self.projects.get(what) is not None

    def _here(self) -> Visit | None:
        """The project on screen, or the list in its place."""
        return self._group or (self._saved.project.id if self._saved is not None else None)

    def _switch(self, saved: Checked | None, group: Group | None) -> None:
        self._visits.leave(self._here())
        self._group = self._list = group
        self._chosen = ()
        self._show_saved(saved, self._context)
        self.project_switched.emit()
        if saved is not None:
            self._put_form(self.projects.form_to_show(saved.project, self._chosen_form))
        self.project_changed.emit()

    def leave(self, then: Callable[[], object]) -> None:
        """Do what takes the project off the screen, at once or when the texts that wait are written or given up."""
        if self._unwritten:
            self.leave_asked.emit(then)
        else:
            then()

    def request_place(self, place: Place) -> None:
        """Ask the window to go to a cell, whichever form it is in."""
        self.place_requested.emit(place)

    # Editing

    def write_text(
        self, label: str, part: CellOwner, record_id: str, field: str, text: str, meant: tuple[Change, ...] = ()
    ) -> bool:
        """Write what was typed into one cell, or the gesture that was ``meant`` by it.

        False when it could not be written: then the text is kept, and shown.
        """
        typed = TypedText(label, part, record_id, field, text)
        waited = self._unwritten.discard(typed.cell)
        about = Block((record_id,), (field,)) if part is Part.INDICATOR else None
        self._is_text = True
        is_written = self.push(with_word(label, text), meant or self.changes_of(typed), about)
        self._is_text = False
        if not is_written:
            self._unwritten.keep(typed)
        if waited or not is_written:
            self._show_unwritten()
        return is_written

    @property
    def can_try_again(self) -> bool:
        """Whether texts wait for being written, or one that is just not written will."""
        return self._is_text or bool(self._unwritten)

    def write_unwritten(self) -> bool:
        """Try again to write what could not be written; whether all of it is in the file now."""
        for typed in self._unwritten:
            if not self.write_text(typed.label, typed.part, typed.record_id, typed.field, typed.text):
                return False
        return True

    def give_up_unwritten(self) -> None:
        """Forget the texts that could not be written."""
        self._unwritten.clear()
        self._show_unwritten()

    def give_up_text(self, part: CellOwner, record_id: str, field: str) -> None:
        """Forget what was typed into one cell: its draft, and its text that could not be written."""
        waited = self._unwritten.discard((part, record_id, field))
        self.drop_draft()
        if waited:
            self._show_unwritten()

    def push(self, label: str, changes: tuple[Change, ...], about: Block | None = None) -> bool:
        """Do one gesture: one command, one transaction. False when it was not written (``not_written`` says why).

        An empty gesture only drops the draft. ``about`` are the cells of lines it is made on: they are selected again
        when it is taken back or repeated; without them those it changes are.
        """
        if not changes:
            self.drop_draft()
            return True
        self._last_write_failed = False
        self.undo_stack.push(EditCommand(self, label, changes, about=about))
        return not self._last_write_failed

    def fill_in(self, label: str, changes: tuple[Change, ...]) -> None:
        """Write what the program fills in by itself: there is no step to undo that the clerk never made."""
        if changes:
            self._write(lambda store: store.fill_in(label, changes))

    def _show_unwritten(self) -> None:
        self._show_saved(self._saved, self._context)
        self.project_changed.emit()
        self.unwritten_changed.emit()

    # The door: called by the commands of the undo stack, so nothing here may raise

    @property
    def is_replaying(self) -> bool:
        """Whether the undo stack is only being filled from the journal."""
        return self._is_replaying

    def commit(self, label: str, changes: tuple[Change, ...]) -> int | None:
        """Write a new gesture; its sequence number in the journal, or None when it was not written."""
        applied = self._write(lambda store: store.apply(label, changes))
        return applied.entry.seq if applied is not None else None

    def take_back(self, sequence: int, changes: tuple[Change, ...], about: Block | None) -> bool:
        """Write the inverse of a gesture and show where it was, or what was there before it; whether that was done."""
        here, before = self._here(), self._visits.before(self._here())
        is_done = self._show_after(self._write(lambda store: store.undo(sequence)), changes, about)
        gone: tuple[Visit, ...] = () if here is None else (here, *(one.project_id for one in changes))
        if is_done and gone and before and self._is_listed(before) and not any(map(self._is_listed, gone)):
            self._visit(before)
        return is_done

    def repeat(self, sequence: int, changes: tuple[Change, ...], about: Block | None) -> bool:
        """Write a gesture that was taken back once more and show where it was; whether that was done."""
        return self._show_after(self._write(lambda store: store.redo(sequence)), changes, about)

    def _write(self, write: Callable[[OpenStore], Applied]) -> Applied | None:
        store = self._store
        if store is None:
            self._last_write_failed = True
            return None
        self._back_up_once()
        try:
            applied = write(store)
        except UserError as error:
            self._give_up(str(error))
        except ValueError:
            log.exception("a gesture did not fit the store")
            self._give_up(NOT_FITTING)
        except Exception:  # noqa: BLE001 QUndoStack keeps a command that raised: hand the bug to the crash dialog
            sys.excepthook(*sys.exc_info())
            self._give_up("")
        else:
            self._guarded(lambda: self._arrive(applied))
            return applied
        return None

    def _guarded(self, work: Callable[[], None]) -> None:
        """Do what follows a write: whatever goes wrong now, the gesture is in the file and stays on the stack."""
        try:
            work()
        except UserError as error:
            self.not_read.emit(str(error))
        except Exception:  # noqa: BLE001 see _write
            sys.excepthook(*sys.exc_info())

    def _arrive(self, applied: Applied) -> None:
        """The gesture is in the file: memory takes what the store says of it, and everybody is told."""
        if applied.settings is not None:
            self._context = replace(self._context, settings=applied.settings)
        here = self.saved_project
        is_gone = self._follow_project(applied)
        unit = self.projects.get(here.id) if is_gone and here is not None else None
        change = self.projects.take(applied.summaries, applied.gone)
        self._filling.follow(applied.projects, change)
        self.library.follow(applied)
        if is_gone:
            group = Group.of(unit) if unit is not None else None
            self._group = group if group is not None and self.projects.of(group) else None
            self.project_switched.emit()
        self.project_changed.emit()
        if applied.settings is not None:
            self.settings_changed.emit()
        self.summaries_changed.emit(change)
        self.saved.emit(applied.entry.at.astimezone().strftime("%H:%M"))
        if applied.stale_lines:
            self._counting.start()
        if self._unwritten:  # what could not be written before may be writable now
            QTimer.singleShot(0, self, self.write_unwritten)

    def _follow_project(self, applied: Applied) -> bool:
        """Show the project on screen as the gesture left it; whether it is gone."""
        here = self.saved_project
        if here is None:
            return False
        if here.id in applied.projects:
            saved = applied.projects[here.id]
            if saved is None:
                self._unwritten.clear()
                self.unwritten_changed.emit()
            self._show_saved(saved, self._context)
            return saved is None
        # another project, or a setting: of this one something else may hold now
        self._show_saved(examine(here, self._context), self._context)
        return False

    def _give_up(self, message: str) -> None:
        """The gesture is not in the file: the stack takes its history from the journal again."""
        self._last_write_failed = True
        QTimer.singleShot(0, self, self._rebuild_history)
        if message:
            self.not_written.emit(message)

    def _show_after(self, applied: Applied | None, changes: tuple[Change, ...], about: Block | None) -> bool:
        """Bring the project of a gesture that was undone or redone on screen, and its cells."""
        if applied is not None:
            self._guarded(lambda: self._show(changes, about))
        return applied is not None

    def _show(self, changes: tuple[Change, ...], about: Block | None) -> None:
        """Of several projects the first, unless one of them is on screen, or a list in which they came."""
        touched = dict.fromkeys(change.project_id for change in changes if self._is_listed(change.project_id))
        listed = self.projects.of(self._list) if self._list is not None and is_of_whole_projects(changes) else ()
        is_seen = self._here() in touched or any(one.id in touched for one in listed)
        if touched and not is_seen and not self._unwritten:
            self.select_project(next(iter(touched)))
        self.show_changes(changes, about)

    def show_changes(self, changes: tuple[Change, ...], about: Block | None = None) -> None:
        """Ask the window to go to the cells of a gesture, if they are on screen."""
        where = whereabouts(changes, self.saved_project, about, self.form)
        if where is not None:
            self.place_requested.emit(where.place)
            if len(where.block.cells) > 1:
                self.block_requested.emit(where.block)

    def _back_up_once(self) -> None:
        """Make the backup of this opening if it was not made yet, and tell when it could not be made."""
        if self._store is None or not self._backup_is_due:
            return
        self._backup_is_due = False
        self._store.back_up_if_changed()
        if self._store.backup_problem:
            self.backup_failed.emit(self._store.backup_problem)

    def count_stale(self) -> None:
        """Count the lines of the list that are out of date, a few at a time."""
        self._counting.start()

    # What is in memory

    def _take(self, store: OpenStore | None, copy: WorkingCopy | None = None) -> None:
        self._back_up_once()
        if self._copy is not None:
            self._copy.finish()  # it may be waited for: everything still is as it was
        self._counting.stop()
        if self._copy is not None:
            self._copy.close()
        elif self._store is not None:
            self._store.close()
        self._store, self._copy = store, copy
        self._unwritten.clear()
        self._context = Context(Settings())
        self.projects = ProjectList()
        try:
            if store is not None:
                self.projects = ProjectList(store.summaries())
                self._context = store.context()
                self._counting.start()
                self._tell_taken_in(store.taken_in)
        except UserError as error:
            self.not_read.emit(str(error))
        self._visits.clear()
        self._group, self._list, self._chosen = None, None, ()
        self.library.open(store, (summary.id for summary in self.projects.all()))
        self._show_saved(None, self._context)
        self._rebuild_history()
        self.store_changed.emit()
        self.project_switched.emit()
        self.project_changed.emit()
        self.settings_changed.emit()
        self.summaries_changed.emit(ListChange(is_new=True))
        self.unwritten_changed.emit()

    def _tell_taken_in(self, text: str) -> None:
        if text:
            # when the page it is told on is there
            QTimer.singleShot(0, self, lambda: self.not_read.emit(text))

    def _rebuild_history(self) -> None:
        """Fill the undo stack with what the journal says can be undone and redone."""
        try:
            done, undone = self._store.undo_history(HISTORY_LIMIT) if self._store is not None else ((), ())
        except UserError as error:
            self.not_read.emit(str(error))
            return
        self._is_replaying = True
        refill(self.undo_stack, self, done, undone)
        self._is_replaying = False
