"""What the actions of 编辑 and 项目 do to the project on screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from gui.desk.desk import Desk, Verbs
from gui.desk.focus import WayBack, lasting
from gui.desk.notify import Tone, show_dialog, tell_undoable
from gui.document.project_list import NO_NAME
from gui.table.keys import Gesture
from gui.views.choice_editor import ChoiceEditor
from gui.views.line_editor import LineEditor
from gui.views.long_editor import LongEditor
from gui.views.project_page import ProjectPage
from model import edits
from model.changes import Change
from model.errors import UserError
from model.findings import Place, in_order
from model.forms import FORMS
from model.records import Form, Project

if TYPE_CHECKING:
    from gui.projects.copy_year import CopyYearDialog

_IN_GRID = {
    "cut": Gesture.CUT,
    "copy": Gesture.COPY,
    "paste": Gesture.PASTE,
    "fill_down": Gesture.FILL_DOWN,
    "clear": Gesture.CLEAR_CELLS,
    "add_line": Gesture.ADD_LINE,
    "delete_lines": Gesture.DELETE_LINES,
    "move_up": Gesture.MOVE_UP,
    "move_down": Gesture.MOVE_DOWN,
}


NAMED = 3
"""So many of several projects are named on the strip."""

_NEW_PROJECT = "没有找到往年的同一个项目，没有可以对照的。改过名的，用“项目 → 与往年项目对应…”指定。"


class ProjectVerbs:
    """Bound to the page of the project; table actions go to the table on screen."""

    def __init__(self, desk: Desk, page: ProjectPage) -> None:
        self._window = desk.parent
        self._tell = desk.tell
        self._document = desk.document
        self._page = page

    def by_name(self) -> Verbs:
        """What is done, by the names of the actions."""
        in_grid = {name: lambda made=gesture: self._page.table.run(made) for name, gesture in _IN_GRID.items()}
        return in_grid | {
            "undo": self.undo,
            "redo": self._document.undo_stack.redo,
            "new_project": self.new_project,
            "copy_year": self.copy_year,
            "link_years": self.link_years,
            "check_projects": self.check_projects,
            "show_past": self.show_past,
            "start_form": lambda: self.start_form(self._document.form),
            "start_forms": self.start_forms,
            "remove_form": self.remove_form,
            "rename_project": self.rename_project,
            "remove_project": self.remove_project,
            "sort": self.sort,
            "distribute": self.distribute,
            "adopt_scores": self.adopt_scores,
            "infer_levels": self.infer_levels,
        }

    def undo(self) -> None:
        """Give up what is being typed; otherwise take the last gesture back."""
        focus = QApplication.focusWidget()
        if self._document.has_draft and isinstance(focus, LineEditor | LongEditor | ChoiceEditor):
            focus.abandon()
        else:
            self._document.undo_stack.undo()

    def new_project(self) -> None:
        """Ask for the name of a new project."""
        from gui.projects.new_project import NewProjectDialog  # noqa: PLC0415 loaded when first asked for

        dialog = NewProjectDialog(self._document, self._window)
        dialog.accepted.connect(self._page.go_to_first_empty)
        show_dialog(dialog)

    def copy_year(self) -> None:
        """Ask which projects of a year are copied to which one; several that are chosen are ticked."""
        from gui.projects.copy_year import CopyYearDialog  # noqa: PLC0415 loaded when first asked for

        dialog = CopyYearDialog(self._document, self._window, chosen=self._document.chosen)
        dialog.accepted.connect(lambda: self._take_copies(dialog))
        show_dialog(dialog)

    def _take_copies(self, dialog: CopyYearDialog) -> None:
        """Say what was copied; the first copy is gone on with where something is missing, mostly its amounts."""
        tell_undoable(self._tell, dialog.report, self._document.undo_stack)
        self._page.go_to_first_empty()

    def check_projects(self) -> None:
        """Say how many problems each of the chosen projects has, and go to the first of one."""
        from gui.projects.check import CheckDialog  # noqa: PLC0415 loaded when first asked for

        self._document.tell_all(one.id for one in self._document.chosen)
        dialog = CheckDialog(self._document, self._document.chosen, self._window)
        dialog.found.connect(self._go_to_problem)
        show_dialog(dialog)

    def _go_to_problem(self, project_id: str) -> None:
        self._document.select_project(project_id)
        here = self._document.saved_project
        findings = in_order(list(self._document.findings))
        if here is not None and here.id == project_id and findings and not findings[0].is_closed:
            self._document.request_place(findings[0].place)

    def link_years(self) -> None:
        """Ask which projects of an earlier year those of this year continue."""
        from gui.projects.link_years import LinkYearsDialog  # noqa: PLC0415 loaded when first asked for

        show_dialog(LinkYearsDialog(self._document, self._window))

    def show_past(self) -> None:
        """Show what the lines were in the earlier year beside them, or hide it again."""
        shown = not self._page.table.headings.shows_past
        for page in self._page.pages.values():
            page.table.headings.show_past(shown=shown)
        if shown:
            self._page.page.sheet.show_rows()
        if shown and self._document.earlier is None:
            self._tell(Tone.INFO, _NEW_PROJECT)

    def start_form(self, form: Form) -> None:
        """Start a form of the project and show it."""
        project = self._document.saved_project
        if project is None or project.form(form) is not None:
            return
        changes = edits.start_form(project, form, self._new_ids(), self._document.settings)
        self._document.set_form(form)
        if self._document.push(f"开始{FORMS[form].names.tab}", changes):
            self._page.go_to_first_empty()

    def start_forms(self) -> None:
        """Start the form on screen in every project of the year that has the one before it, as one gesture."""
        here, form, store = self._document.saved_project, self._document.form, self._document.store
        if here is None or store is None:
            return
        label = FORMS[form].names.tab
        before = list(FORMS)[: list(FORMS).index(form)]
        of_year = (one for one in self._document.summaries() if one.year == here.year and form not in one.forms)
        wanted = [one.id for one in of_year if not one.forms.isdisjoint(before)]
        try:
            projects = store.projects(ids=wanted)
        except UserError as error:
            self._tell(Tone.FAILED, str(error))
            return
        settings = self._document.settings
        started = [edits.start_form(one, form, self._new_ids(), settings) for one in projects]
        if not started:
            self._tell(Tone.INFO, f"{here.year} 年度没有可以开始{label}的项目：都已开始，或者还没有前一张表。")
        elif self._document.push(f"开始 {len(started)} 个项目的{label}", tuple(chain.from_iterable(started))):
            done = f"已开始 {len(started)} 个项目的{label}，指标、指标值、目标和预算数从前一张表带来。"
            tell_undoable(self._tell, done, self._document.undo_stack)

    def remove_form(self) -> None:
        """Remove the form on screen. Nobody is asked: the strip says what is gone and takes it back.

        But for what could not be written yet, as before anything else that takes it off the screen.
        """
        self._document.leave(self._remove_form)

    def _remove_form(self) -> None:
        project, form = self._document.saved_project, self._document.form
        content = project.form(form) if project is not None else None
        if project is None or content is None:
            return
        label = FORMS[form].names.tab
        if self._document.push(f"删除{label}", edits.remove_form(project, form)):
            name, lines = project.project_name or NO_NAME, len(content.indicators)
            gone = f"已删除“{name}”（{project.year} 年度）的{label}：全部内容和 {lines} 条指标。"
            tell_undoable(self._tell, gone, self._document.undo_stack)

    def remove_project(self) -> None:
        """Remove the chosen projects as one gesture, as :meth:`remove_form` a form."""
        self._document.leave(self._remove_project)

    def _remove_project(self) -> None:
        store, chosen = self._document.store, self._document.chosen
        if store is None or not chosen:
            return
        try:
            found = {one.id: one for one in store.projects(ids=[one.id for one in chosen])}
        except UserError as error:
            self._tell(Tone.FAILED, str(error))
            return
        projects = [found[one.id] for one in chosen if one.id in found]  # in the order in which they are listed
        label = "删除项目" if len(projects) == 1 else f"删除 {len(projects)} 个项目"
        if not self._document.push(label, tuple(chain.from_iterable(map(edits.remove_project, projects)))):
            return
        tell_undoable(self._tell, f"已{label}{_removed(projects)}。", self._document.undo_stack)

    def rename_project(self) -> None:
        """Go to the field of the project's name, from which Enter and Esc lead back to where the keyboard was.

        Of several that are chosen none is meant more than the others.
        """
        before, is_listed = QApplication.focusWidget(), self._document.group is not None
        chosen = self._document.chosen
        if len(chosen) > 1:
            self._tell(Tone.INFO, f"选中了 {len(chosen)} 个项目，一次只能给一个改名：先单击它，再按 F2。")
            return
        if self._document.saved_project is None and len(chosen) == 1:
            self._document.select_project(chosen[0].id)
        if self._document.saved_project is not None:
            self._document.request_place(Place(self._document.form, "project_name"))
            field = QApplication.focusWidget()
            if isinstance(field, LineEditor) and before is not None and before is not field:
                WayBack(field, partial(self._go_back_to, lasting(before), is_listed=is_listed))

    def _go_back_to(self, before: QWidget, *, is_listed: bool) -> None:
        """Give the keyboard back to who had it, on the page of a year or of a unit where it was there."""
        if is_listed:
            self._document.go_back()
        if isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def sort(self) -> None:
        """Bring the lines into the order of the official form."""
        project = self._document.saved_project
        if project is not None:
            self._push(
                "按标准顺序排列指标", edits.sort_indicators(project, self._document.form, self._document.settings)
            )

    def distribute(self) -> None:
        """平均分配."""
        project = self._document.saved_project
        if project is not None:
            self._push("平均分配分值", edits.distribute_points(project, self._document.settings))

    def adopt_scores(self) -> None:
        """Let the computed scores count everywhere."""
        project = self._document.saved_project
        if project is not None:
            self._push("全部采用计算得分", edits.adopt_computed_scores(project, self._document.settings))

    def infer_levels(self) -> None:
        """Let every line that waits for its level take the one its printed score says."""
        project = self._document.saved_project
        if project is None:
            return
        changes = edits.infer_achievements(project, self._document.settings)
        if changes:
            self._push("全部按得分推定等级", changes)
        else:
            self._tell(Tone.INFO, "没有可以推定的：只推定还没有选达成等级、表上已有得分的指标。")

    def _push(self, label: str, changes: tuple[Change, ...]) -> None:
        self._document.push(label, changes)

    def _new_ids(self) -> Iterator[str]:
        while True:
            yield self._document.new_id()


def _removed(projects: Sequence[Project]) -> str:
    """Which projects, in words: of one the forms that were started, of several the first names."""
    if len(projects) == 1:
        started = "、".join(spec.names.tab for form, spec in FORMS.items() if projects[0].form(form) is not None)
        what = f"{projects[0].year} 年度" + (f"，{started}" if started else "")
        return f"“{projects[0].project_name or NO_NAME}”（{what}）"
    named = "、".join(f"“{one.project_name or NO_NAME}”" for one in projects[:NAMED])
    return f"：{named}" + (" 等" if len(projects) > NAMED else "")
