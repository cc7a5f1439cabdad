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
from model.changes import (
    AddProject,
    Change,
    DeleteIndicator,
    InsertIndicator,
    MoveIndicator,
    Part,
    ProjectChange,
    RemoveProject,
    SetField,
    SetSetting,
    apply_all,
    invert_all,
)
from model.errors import UserError
from model.findings import Finding, Place
from model.records import Form, Project
from model.rules import Context, check
from model.scoring import EvaluationScore, score_evaluation
from model.settings import Settings
from model.units import STANDARD, UnitTable
from storage.ids import new_id

if TYPE_CHECKING:  # it brings sqlmodel, which the first paint does not wait for
    from storage.journal import Entry
    from storage.store import Store
    from storage.summaries import ProjectSummary

log = logging.getLogger(__name__)

HISTORY_LIMIT = 200
PROJECTS_WITH_NAMES = 60
NOT_FITTING = "这一步与文件中现在的内容对不上，没有执行；文件和屏幕上的内容都没有改变。"


class Document(QObject):
    """The open store and its one project on screen.

    ``project`` is what the views show: the saved snapshot with the draft of the open editor laid over it;
    ``saved_project`` is what the file holds. Changes are always computed from ``saved_project``.

    Signals:
        store_changed(): another store is open, or none.
        project_switched(): another project is on screen, or none.
        form_changed(): the other form of the project is on screen.
        project_changed(): the snapshot, its findings or its score changed, also by a draft.
        summaries_changed(): what the navigator lists changed.
        settings_changed(): the store's settings changed.
        saved(str): a gesture is in the file, at this time of day (``14:32:05``).
        failed(str): something outside the program stopped an edit; a text for the person.
        place_requested(Place): somebody asks the window to go to a cell.
    """

    store_changed = Signal()
    project_switched = Signal()
    form_changed = Signal()
    project_changed = Signal()
    summaries_changed = Signal()
    settings_changed = Signal()
    saved = Signal(str)
    failed = Signal(str)
    place_requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._store: Store | None = None
        self._settings = Settings()
        self._units = STANDARD
        self._context = Context(self._settings, ())
        self._form = Form.DECLARATION
        self._saved_project: Project | None = None
        self._draft: tuple[ProjectChange, ...] = ()
        self._project: Project | None = None
        self._findings: tuple[Finding, ...] = ()
        self._score: EvaluationScore | None = None
        self._past_names: tuple[tuple[str, str], ...] | None = None
        self._is_replaying = False
        self._last_write_failed = False

    # What is open

    @property
    def store(self) -> Store | None:
        """The open store, or None on the start page."""
        return self._store

    @property
    def project(self) -> Project | None:
        """The project on screen with the draft laid over it, or None."""
        return self._project

    @property
    def saved_project(self) -> Project | None:
        """The project on screen as the file holds it, or None."""
        return self._saved_project

    @property
    def has_draft(self) -> bool:
        """Whether something typed is not in the file yet."""
        return bool(self._draft)

    @property
    def settings(self) -> Settings:
        """The settings of the open store, the defaults when none is open."""
        return self._settings

    @property
    def units(self) -> UnitTable:
        """The measuring units of domain.md §5.6 with the clerk's own."""
        return self._units

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules say of the project on screen, draft included."""
        return self._findings

    @property
    def score(self) -> EvaluationScore | None:
        """The score of the self-evaluation on screen, draft included; None when it has not been started."""
        return self._score

    @property
    def form(self) -> Form:
        """Which of the two forms is on screen."""
        return self._form

    @property
    def is_replaying(self) -> bool:
        """Whether the undo stack is only being filled from the journal."""
        return self._is_replaying

    def new_id(self) -> str:
        """A new id for a project or a line."""
        return new_id()

    def summaries(self) -> tuple[ProjectSummary, ...]:
        """What the navigator lists of the open store."""
        return self._store.summaries() if self._store is not None else ()

    def known_names(self, line_id: str) -> tuple[str, ...]:
        """Names of indicators the unit has used elsewhere, those of the line's own 二级指标 first."""
        if self._past_names is None:
            self._past_names = self._read_past_names()
        found = self._project.find_indicator(line_id) if self._project is not None else None
        if self._project is None or found is None:
            return ()
        level2 = self._project.indicators(found[0])[found[1]].level2
        own = [name for name, level in self._past_names if level == level2]
        return tuple(dict.fromkeys((*own, *(name for name, _ in self._past_names))))

    def _read_past_names(self) -> tuple[tuple[str, str], ...]:
        """(name, 二级指标) of the lines of the newest other projects of the same unit."""
        here = self._saved_project
        if self._store is None or here is None:
            return ()
        others = [s.id for s in self._store.summaries() if s.unit == here.unit and s.id != here.id]
        return tuple(
            (line.name, line.level2)
            for project in self._store.projects(ids=others[:PROJECTS_WITH_NAMES])
            for form in Form
            for line in project.indicators(form)
            if line.name.strip()
        )

    # Opening

    def open_store(self, path: Path) -> None:
        """Open a store in place of the one that is open. Raises UserError, and then nothing has changed."""
        from storage.store import Store  # noqa: PLC0415 brings sqlmodel: not before the first paint

        self._take(Store.open(path))

    def create_store(self, path: Path) -> None:
        """Make a new store and open it. Raises UserError, and then nothing has changed."""
        from storage.store import Store  # noqa: PLC0415 brings sqlmodel: not before the first paint

        self._take(Store.create(path))

    def close_store(self) -> None:
        """Close the open store; the start page is next."""
        self._take(None)

    def _take(self, store: Store | None) -> None:
        if self._store is not None:
            self._store.close()
        self._store = store
        self._set_snapshot(None)
        self._load_settings()
        self._rebuild_history()
        self.store_changed.emit()
        self.project_switched.emit()
        self.summaries_changed.emit()
        self.project_changed.emit()

    def select_project(self, project_id: str | None) -> None:
        """Put a project on screen, or none. A project that cannot be read is told through ``failed``."""
        if project_id == (self._saved_project.id if self._saved_project is not None else None):
            return
        project = None
        if project_id is not None and self._store is not None:
            try:
                project = self._store.project(project_id)
            except KeyError:
                return  # it was removed since the caller learnt its id
            except UserError as error:
                self.failed.emit(str(error))
                return
        self._past_names = None
        self._set_snapshot(project)
        self.project_switched.emit()
        self.project_changed.emit()

    def set_form(self, form: Form) -> None:
        """Put one form of the project on screen."""
        if form is not self._form:
            self._form = form
            self.form_changed.emit()

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

    def lay_draft(self, changes: tuple[Change, ...]) -> None:
        """Show what is being typed as if it were saved: findings and score follow. Replaces the draft before."""
        draft = tuple(change for change in changes if not isinstance(change, AddProject | RemoveProject | SetSetting))
        if draft == self._draft or self._saved_project is None:
            return
        self._draft = draft
        self._derive()
        self.project_changed.emit()

    def drop_draft(self) -> None:
        """Show what is saved again."""
        self.lay_draft(())

    # The door: called by the commands of the undo stack, so nothing here may raise

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
            return None
        try:
            after = self._after(changes)
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
            self._guarded(lambda: self._arrive(after, changes, entry))
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

    def _after(self, changes: tuple[Change, ...]) -> Project | None:
        """The project on screen after ``changes``. Raises ValueError when they do not fit it."""
        project = self._saved_project
        for change in changes:
            if project is None or change.project_id != project.id:
                continue
            if isinstance(change, RemoveProject):
                return None
            if isinstance(change, AddProject | SetSetting):
                continue
            project = apply_all(project, (change,))
        return project

    def _arrive(self, project: Project | None, changes: tuple[Change, ...], entry: Entry) -> None:
        """The gesture is in the file: memory follows and everybody is told."""
        is_gone = project is None and self._saved_project is not None
        has_settings = any(isinstance(change, SetSetting) for change in changes)
        if has_settings:
            self._load_settings()
        self._set_snapshot(project)
        if is_gone:
            self.project_switched.emit()
        self.project_changed.emit()
        if has_settings:
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

    # What follows from the snapshot

    def _set_snapshot(self, project: Project | None) -> None:
        self._saved_project = project
        self._draft = ()
        if project is not None and self._store is not None:
            self._context = self._store.context(project)
        self._derive()

    def _derive(self) -> None:
        """Lay the draft over the snapshot; check and score the result."""
        project = self._saved_project
        if project is not None:
            project = apply_all(project, self._draft)
        self._project = project
        self._findings = check(project, self._context) if project is not None else ()
        evaluation = project.evaluation if project is not None else None
        self._score = (
            score_evaluation(evaluation, self._settings, project.year)
            if project is not None and evaluation is not None
            else None
        )

    def _load_settings(self) -> None:
        self._settings = self._store.settings() if self._store is not None else Settings()
        self._units = STANDARD.with_own(self._settings.own_units)

    def _rebuild_history(self) -> None:
        """Fill the undo stack with what the journal says can be undone and redone."""
        done: tuple[Entry, ...] = ()
        undone: tuple[Entry, ...] = ()
        try:
            if self._store is not None:
                done, undone = self._store.undo_history(HISTORY_LIMIT)
        except UserError as error:
            self.failed.emit(str(error))
        self._is_replaying = True
        self.undo_stack.clear()
        for entry in (*done, *undone):
            self.undo_stack.push(EditCommand(self, entry.label, entry.changes, entry.seq))
        self.undo_stack.setIndex(len(done))
        self._is_replaying = False


def place_of(change: Change, project: Project | None) -> Place | None:
    """The cell a change was made in, if it is on ``project`` and has one."""
    if project is None or change.project_id != project.id:
        return None
    match change:
        case SetField(part=Part.INDICATOR, record_id=line_id, field=field):
            found = project.find_indicator(line_id)
            return Place(found[0], field, line_id) if found is not None else None
        case SetField(part=Part.DECLARATION, field=field):
            return Place(Form.DECLARATION, field)
        case SetField(part=Part.EVALUATION, field=field):
            return Place(Form.EVALUATION, field)
        case InsertIndicator(form=form, indicator=line) | DeleteIndicator(form=form, indicator=line):
            return Place(form, "name", line.id) if project.find_indicator(line.id) is not None else None
        case MoveIndicator(form=form, target=position):
            return Place(form, "name", project.indicators(form)[position].id)
        case _:
            return None
