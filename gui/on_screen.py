"""The project on screen: what the file holds of it, the draft of the open editor, and what follows from both."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gui.derived import Derived, changes_of_project, derive
from model.changes import Change, ProjectChange
from model.findings import Finding
from model.records import Form, Project
from model.rules import Context
from model.scoring import EvaluationScore
from model.settings import Settings
from model.units import UnitTable


class ProjectOnScreen(QObject):
    """One immutable snapshot at a time, or none, with its findings and its score.

    ``project`` is what the views show: the saved snapshot with the draft of the open editor laid over it;
    ``saved_project`` is what the file holds. Changes are always computed from ``saved_project``.

    Signals:
        project_switched(): another project is on screen, or none.
        form_changed(): the other form of the project is on screen.
        project_changed(): the snapshot, its findings or its score changed, also by a draft.
    """

    project_switched = Signal()
    form_changed = Signal()
    project_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = Context(Settings())
        self._form = Form.DECLARATION
        self._saved_project: Project | None = None
        self._draft: tuple[ProjectChange, ...] = ()
        self._derived = Derived()

    @property
    def project(self) -> Project | None:
        """The project on screen with the draft laid over it, or None."""
        return self._derived.project

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
        return self._context.settings

    @property
    def units(self) -> UnitTable:
        """The measuring units of domain.md §5.6 with the clerk's own."""
        return self._context.units

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules say of the project on screen, draft included."""
        return self._derived.findings

    @property
    def score(self) -> EvaluationScore | None:
        """The score of the self-evaluation on screen, draft included; None when it has not been started."""
        return self._derived.score

    @property
    def form(self) -> Form:
        """Which of the two forms is on screen."""
        return self._form

    def set_form(self, form: Form) -> None:
        """Put one form of the project on screen."""
        if form is not self._form:
            self._form = form
            self.form_changed.emit()

    def lay_draft(self, changes: tuple[Change, ...]) -> None:
        """Show what is being typed as if it were saved: findings and score follow. Replaces the draft before.

        Raises ValueError, nothing changed, when the changes were not computed from ``saved_project``.
        """
        if self._saved_project is None:
            return
        draft = changes_of_project(changes, self._saved_project.id)
        if draft != self._draft:
            self._derived = derive(self._saved_project, draft, self._context)
            self._draft = draft
            self.project_changed.emit()

    def drop_draft(self) -> None:
        """Show what is saved again."""
        self.lay_draft(())

    def _show_snapshot(self, project: Project | None, context: Context) -> None:
        """Take a saved project and what surrounds it; the draft is gone."""
        self._saved_project = project
        self._context = context
        self._draft = ()
        self._derived = Derived(project)  # true already, should a rule fail on it
        self._derived = derive(project, (), context)
