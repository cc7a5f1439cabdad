"""What is on screen: a project, with what is typed over it and what follows from both; or a list of projects."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from gui.document.filling import Filling
from gui.document.project_list import Group
from gui.document.unwritten import TypedText, Unwritten
from model import edits
from model.changes import CellOwner, Change, Part, ProjectChange, SetField, apply_all, changes_of_project
from model.checking import Checked, examine
from model.findings import Finding, Place
from model.forms import FORMS
from model.records import Form, Project
from model.rules import Context
from model.scoring import EvaluationScore
from model.settings import Settings
from model.values.units import UnitTable
from model.years import Dated, Earlier

PAUSE_MS = 700
"""Milliseconds without a key after which a person looks at what was typed."""


class ProjectOnScreen(QObject):
    """One immutable snapshot at a time, or none, with its findings and its score.

    In its place there may be the ``group``: the list of the projects of a year or of a unit's year.

    ``project`` is what the views show: the saved snapshot with the draft of the open editor laid over it, and with
    texts that could not be written; ``saved_project`` is what the file holds. Changes are always computed from
    ``saved_project``.

    Signals:
        project_switched(): another project is on screen, or none, or another list of projects.
        form_changed(): another form of the project is on screen.
        project_changed(): the snapshot, its findings or its score changed, also by a draft.
        typing_changed(): something else is typed and not finished, or nothing any more.
        told_changed(tuple[Finding, ...]): fewer findings of the same snapshot are told quietly (:meth:`awaits`); those
            that were forgotten in a cell, none where a check tells all.
    """

    project_switched = Signal()
    form_changed = Signal()
    project_changed = Signal()
    typing_changed = Signal()
    told_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = Context(Settings())
        self._form = self._chosen_form = next(iter(FORMS))
        self._group: Group | None = None
        self._saved: Checked | None = None
        self._shown: Checked | None = None
        self._draft: tuple[ProjectChange, ...] = ()
        self._typing: tuple[ProjectChange, ...] = ()
        self._unwritten = Unwritten()
        self._filling = Filling()
        self._findings: tuple[Finding, ...] = ()
        self._told_typing: frozenset[str] = frozenset()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._tell_typed)

    @property
    def project(self) -> Project | None:
        """The project on screen with what is typed laid over it, or None."""
        return self._shown.project if self._shown is not None else None

    @property
    def saved_project(self) -> Project | None:
        """The project on screen as the file holds it, or None."""
        return self._saved.project if self._saved is not None else None

    @property
    def group(self) -> Group | None:
        """The year, or the unit's year, whose projects are listed on screen; None beside a project."""
        return self._group

    @property
    def has_draft(self) -> bool:
        """Whether something typed is not in the file yet."""
        return bool(self._draft or self._typing or self._unwritten)

    @property
    def typing(self) -> tuple[ProjectChange, ...]:
        """What is typed in the open editor and not finished: the one cell's text, or a new line; none when as saved."""
        return self._typing

    @property
    def unfinished(self) -> tuple[tuple[ProjectChange, ...], ...]:
        """All that is typed and not in the file, a gesture each: what could not be written, then what is typed."""
        waiting = (self._cell_alone(typed, self.changes_of(typed)) for typed in self._unwritten.beside(self._typing))
        return tuple(changes for changes in (*waiting, self._typing) if changes)

    @property
    def unwritten(self) -> tuple[TypedText, ...]:
        """Texts that were finished but could not be written."""
        return tuple(self._unwritten)

    @property
    def settings(self) -> Settings:
        """The settings of the open store, the defaults when none is open."""
        return self._context.settings

    @property
    def units(self) -> UnitTable:
        """The measuring units of domain.md §5.6 with the clerk's own."""
        return self._context.units

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules say of the project on screen, draft included; every list and count is of these.

        What comes up in a line while a text of it is being typed waits until the text is written or given up; what
        comes up while a field above the table is typed in, until then or until one pauses: 625000 passes through 6 and
        62, of which nothing is to be said. Warnings and hints of what was not filled in yet are told once the form
        awaits nothing more (docs/ux.md §5.1).
        """
        return self._findings

    @property
    def levels_missed(self) -> tuple[Finding, ...]:
        """What the rules say of levels without a line, that which is not told yet included."""
        shown = self._shown.findings if self._shown is not None else ()
        return tuple(one for one in shown if one.place.level and not one.is_closed)

    @property
    def filling(self) -> Filling:
        """Which forms are being filled in; to be kept between two starts."""
        return self._filling

    def awaits(self, finding: Finding) -> bool:
        """Whether an error of the project on screen only says what is not filled in yet: it is told as 待填."""
        return self._filling.awaits(finding)

    def leave_cell(self, left: Place, now: Place) -> None:
        """The keyboard left a cell for another one: what was forgotten in it is told from now on."""
        told = self._filling.leave(self._shown, left, now) if self._shown is not None else ()
        if told:
            self._look()
            self.told_changed.emit(told)

    def tell_all(self, project_ids: Iterable[str] = ()) -> None:
        """Projects, or the one on screen, are checked: what is not filled in is told as the errors it is."""
        here = (self._shown.project.id,) if self._shown is not None else ()
        self._filling.check(tuple(project_ids) or here)
        self._look()
        self.told_changed.emit(())

    @property
    def total_score(self) -> str:
        """The 总分 of the project on screen as it prints, draft included; "" while it has none."""
        return self._shown.total_score if self._shown is not None else ""

    @property
    def score(self) -> EvaluationScore | None:
        """The score of the self-evaluation on screen, draft included; None when it has not been started."""
        return self._shown.score if self._shown is not None else None

    @property
    def earlier(self) -> Earlier | None:
        """What the project on screen was in the newest earlier year in which it was there; None for a new one.

        It is looked up by the name the file holds: one that is being typed is another project's until it is whole.
        """
        return self._context.earlier(self._saved.project) if self._saved is not None else None

    def continues(self, project: Dated) -> bool:
        """Whether a project of the store goes on from one of an earlier year, for certain or because it was said."""
        return bool(self._context.continued(project))

    def earlier_of(self, projects: Iterable[Project]) -> dict[str, Earlier]:
        """What projects were in their earlier years, by their ids; none for new ones."""
        found = {project.id: self._context.earlier(project) for project in projects}
        return {key: earlier for key, earlier in found.items() if earlier is not None}

    @property
    def form(self) -> Form:
        """Which form is on screen."""
        return self._form

    def set_form(self, form: Form) -> None:
        """Put one form of the project on screen."""
        self._chosen_form = form
        self._put_form(form)

    def _put_form(self, form: Form) -> None:
        if form is not self._form:
            self._form = form
            self.form_changed.emit()

    def lay_text(self, part: CellOwner, record_id: str, field: str, text: str) -> None:
        """Show what is being typed into one cell as if it were saved; nothing when the cell is gone."""
        typed = TypedText("", part, record_id, field, text)
        changes = self.changes_of(typed)
        self._lay_draft(changes, self._cell_alone(typed, changes))

    def note_text(self, part: CellOwner, record_id: str, field: str, text: str) -> None:
        """Keep what is being typed into a cell that decides what the text means only when it is left; nothing shows."""
        typed = TypedText("", part, record_id, field, text)
        self._set_typing(self._cell_alone(typed, self.changes_of(typed)))

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Keep what a dialog would write of the project on screen if it were accepted now; nothing shows."""
        if self._saved is not None:
            self._set_typing(changes_of_project(changes, self._saved.project.id))

    def lay_draft(self, changes: tuple[Change, ...]) -> None:
        """Show what is being typed as if it were saved: findings and score follow. Replaces the draft before.

        Raises ValueError, nothing changed, when the changes were not computed from ``saved_project``.
        """
        self._lay_draft(changes, changes)

    def drop_draft(self) -> None:
        """Show what is saved again, and what could not be."""
        self.lay_draft(())

    def changes_of(self, typed: TypedText) -> tuple[ProjectChange, ...]:
        """The gesture that writes a text into a cell; none when it is there already, or its cell is gone."""
        project = self.saved_project
        return _changes(project, typed, self.settings) if project is not None else ()

    def _lay_draft(self, changes: tuple[Change, ...], typing: tuple[Change, ...]) -> None:
        if self._saved is None:
            return
        key = self._saved.project.id
        draft = changes_of_project(changes, key)
        if draft != self._draft:
            self._shown = self._lay(draft)
            self._draft = draft
            self._wait_for_pause()
            self._look()
            self.project_changed.emit()
        self._set_typing(changes_of_project(typing, key))

    def _set_typing(self, typing: tuple[ProjectChange, ...]) -> None:
        if typing != self._typing:
            self._typing = typing
            self.typing_changed.emit()

    def _cell_alone(self, typed: TypedText, changes: tuple[ProjectChange, ...]) -> tuple[ProjectChange, ...]:
        """Of the gesture that writes a text, its own cell: what follows from it is computed when it is written."""
        cells = (change for change in changes if isinstance(change, SetField))
        return tuple(change for change in cells if (change.part, change.record_id, change.field) == typed.cell)

    def _show_saved(self, saved: Checked | None, context: Context) -> None:
        """Take a saved project and what surrounds it. The draft is gone; what could not be written is laid again."""
        self._saved = self._shown = saved
        self._context = context
        self._draft = ()
        self._wait_for_pause()
        if self._unwritten:
            self._shown = self._lay(())
        self._look()
        self._set_typing(())

    def _look(self) -> None:
        self._filling.look(self._shown, self._saved)
        self._findings = self._settled()

    def _wait_for_pause(self) -> None:
        """What is typed into a field above the table is judged once no key has come for a while."""
        if self._draft and all(isinstance(one, SetField) and one.part is not Part.INDICATOR for one in self._draft):
            self._pause.start()
        else:
            self._pause.stop()
            self._told_typing = frozenset()

    def _tell_typed(self) -> None:
        self._told_typing = (
            frozenset(one.key for one in self._shown.findings) if self._shown is not None else frozenset()
        )
        self._look()
        self.project_changed.emit()

    def _typed_lines(self) -> set[str]:
        return {one.record_id for one in self._draft if isinstance(one, SetField) and one.part is Part.INDICATOR}

    def _settled(self) -> tuple[Finding, ...]:
        """The findings but those that only come of what is being typed."""
        shown, saved = self._shown, self._saved
        said = shown.findings if shown is not None else ()
        found = tuple(one for one in said if not self._filling.holds_back(one))
        lines = self._typed_lines()
        if saved is None or not (lines or self._pause.isActive()):
            return found
        known = self._told_typing.union(one.key for one in saved.findings)
        return tuple(one for one in found if one.key in known or (lines and one.place.indicator_id not in lines))

    def _lay(self, draft: tuple[ProjectChange, ...]) -> Checked | None:
        if self._saved is None or not (draft or self._unwritten):
            return self._saved
        project = apply_all(self._saved.project, draft)
        for typed in self._unwritten.beside(draft):
            project = apply_all(project, _changes(project, typed, self.settings))
        return examine(project, self._context)


def _changes(project: Project, typed: TypedText, settings: Settings) -> tuple[ProjectChange, ...]:
    match typed.part:
        case Part.INDICATOR:
            is_there = project.find_indicator(typed.record_id) is not None
        case Form() as form:
            is_there = project.form(form) is not None
        case _:
            is_there = True
    return edits.set_cell(project, typed.part, typed.record_id, typed.field, typed.text, settings) if is_there else ()
