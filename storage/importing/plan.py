"""Bringing forms of files into a store: planned and shown first, then applied as one gesture, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from model import edits
from model.changes import AddProject, Change, apply_all
from model.errors import UserError
from model.records import Project
from model.rules import matching_name
from model.settings import Settings
from storage.files.hold import is_held_here
from storage.files.ids import new_id
from storage.foreign.plain_text import CLIPBOARD, refuse_endless
from storage.guard.process import pasted_guarded, read_guarded
from storage.importing.replacing import in_place_of, is_alike
from storage.interchange import ImportedForm
from storage.store.lock import held_here
from storage.store.port import OpenStore
from storage.store.summaries import ProjectSummary

IMPORT_LABEL = "导入"


class Action(StrEnum):
    """What an import does with one form, in the words its line shows."""

    NEW = "新建项目"
    JOINED = "并入同名项目"
    SAME = "内容相同，跳过"
    REPLACED = "替换已有的"
    CONFLICT = "内容不同，不导入"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """What happens to one form.

    ``remark`` names a project it resembles, or what of the form it replaces is kept; empty when there is nothing to
    say. ``losses`` names what the form it replaces has and nothing will have afterwards.
    """

    form: ImportedForm
    action: Action
    project_id: str
    remark: str = ""
    losses: tuple[str, ...] = ()

    @property
    def comes_in(self) -> bool:
        """Whether the form changes anything."""
        return self.action not in _IDLE

    @property
    def text(self) -> str:
        """The line for stdout and the preview."""
        what = f"{self.form.title}（{len(self.form.content.indicators)} 条指标）：{self.action}"
        return f"{what}；{self.remark}" if self.remark else what

    @property
    def warning(self) -> str:
        """What is lost, in one sentence for the clerk; empty when nothing is."""
        if not self.losses:
            return ""
        return f"替换后不再有{'、'.join(self.losses)}；需要时可以撤销这次导入。"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """An import as it would happen: a line for every form, and the changes that carry it out."""

    lines: tuple[PlanLine, ...]
    changes: tuple[Change, ...]

    @property
    def conflicts(self) -> tuple[PlanLine, ...]:
        """The forms that stand in the store with other content; ``changes`` leaves them alone."""
        return tuple(line for line in self.lines if line.action is Action.CONFLICT)

    @property
    def label(self) -> str:
        """What undo and the journal call this import."""
        return f"{IMPORT_LABEL} {sum(line.comes_in for line in self.lines)} 张表"


Owner = tuple[int, str, str, str]  # ImportedForm.owner

_IDLE = {Action.SAME, Action.CONFLICT}


def _nobody(_done: int, _total: int, _text: str) -> None:
    """Whom it is told how far the reading is, where nobody asks."""


def _never() -> bool:
    """Whether the reading was cancelled, where nobody can."""
    return False


def read_files(
    paths: Iterable[Path],
    tell: Callable[[int, int, str], None] = _nobody,
    is_cancelled: Callable[[], bool] = _never,
    refused: list[UserError] | None = None,
) -> tuple[ImportedForm, ...]:
    """The forms of several files, each read behind the guard (:mod:`storage.guard`).

    ``tell`` is told how many of how many files are read, and which one is next. Raises UserError when one of them
    cannot be read, or is of a kind not read; with a list ``refused`` that is put there, and the other files are read
    all the same. Raises CancelledError when ``is_cancelled`` says so.
    """
    files = list(paths)
    forms: list[ImportedForm] = []
    for number, path in enumerate(files):
        tell(number, len(files), f"“{path.name}”")
        try:
            if is_held_here(path):  # whatever it is called: reading and closing it would end its lock
                raise held_here(path)
            forms += read_guarded(path, is_cancelled)
        except UserError as error:
            if refused is None:
                raise
            refused.append(error)
    return tuple(forms)


def read_pasted(text: str, is_cancelled: Callable[[], bool] = _never) -> tuple[ImportedForm, ...]:
    """The forms of a text from the clipboard, read behind the guard, too; raises as :func:`read_files` does."""
    refuse_endless(text, CLIPBOARD)
    return pasted_guarded(text, CLIPBOARD, is_cancelled)


def plan_import(
    store: OpenStore | None,
    forms: Sequence[ImportedForm],
    *,
    replacing: bool = False,
    next_id: Callable[[], str] = new_id,
) -> ImportPlan:
    """What importing these forms into a store (None: one still to be made) would do, in their order.

    A form joins the project with the same year, name, department and unit if that has no such form yet. A form that
    is there with other content is a conflict, or takes its place if ``replacing``. Nothing is written.
    """
    planner = _Planner(store, forms, next_id)
    lines = tuple(planner.place(form, replacing) for form in forms)
    return ImportPlan(lines, tuple(planner.changes))


class _Planner:
    """The projects an import concerns, changing as the forms are placed one after the other."""

    def __init__(self, store: OpenStore | None, forms: Sequence[ImportedForm], next_id: Callable[[], str]) -> None:
        self.changes: list[Change] = []
        self._next_id = next_id
        self._settings = store.context().settings if store else Settings()
        self._projects: dict[Owner, list[Project]] = {}
        self._alike: dict[tuple[int, str, str], list[Owner]] = {}
        self._touched: set[tuple[str, str]] = set()
        summaries = store.summaries() if store else ()
        owners = {form.owner for form in forms}
        wanted = [summary.id for summary in summaries if _owner(summary) in owners]
        for project in store.projects(ids=wanted) if store and wanted else ():
            self._projects.setdefault(_owner(project), []).append(project)
        for summary in summaries:
            self._alike.setdefault(_key(summary), []).append(_owner(summary))

    def place(self, form: ImportedForm, replacing: bool) -> PlanLine:
        """Find a form its project, note the changes that takes, and say what happens."""
        candidates = self._projects.setdefault(form.owner, [])
        if not candidates:
            return self._add_project(form)
        for project in candidates:
            if is_alike(form, project, self._settings):
                return PlanLine(form, Action.SAME, project.id)
        for position, project in enumerate(candidates):
            if project.form(form.kind) is None:
                self._bring(form.with_ids(self._next_id), position)
                return PlanLine(form, Action.JOINED, project.id)
        project = candidates[0]
        was_brought = (project.id, form.kind) in self._touched
        if not replacing or was_brought:
            return PlanLine(form, Action.CONFLICT, project.id, "本次导入中另有一张" if was_brought else "")
        replacement = in_place_of(form.with_ids(self._next_id), project, self._settings)
        self._bring(replacement.form, 0)
        remark = f"沿用了文件里没有的内容：{'、'.join(replacement.kept)}" if replacement.kept else ""
        return PlanLine(form, Action.REPLACED, project.id, remark, replacement.lost)

    def _add_project(self, form: ImportedForm) -> PlanLine:
        project_id = self._next_id()
        project = form.with_ids(self._next_id).as_project(project_id)
        self.changes.append(AddProject(project))
        self._projects[form.owner].append(project)
        self._touched.add((project.id, form.kind))
        alike = self._alike.setdefault(_key(project), [])
        remark = _resemblance(form, alike[0]) if alike else ""
        alike.append(form.owner)
        return PlanLine(form, Action.NEW, project.id, remark)

    def _bring(self, form: ImportedForm, position: int) -> None:
        """A form, its lines with ids of their own, into a project that has none of the kind, or in the place of it."""
        projects = self._projects[form.owner]
        project = projects[position]
        changes = edits.bring_form(project, form.content, form.explanations)
        projects[position] = apply_all(project, changes)
        self.changes += changes
        self._touched.add((project.id, form.kind))


def _resemblance(form: ImportedForm, other: Owner) -> str:
    _, name, department, unit = other
    if (name, unit) == (form.project_name, form.unit):
        return f"已有同名项目，但主管部门是“{department}”，按独立的项目导入，请核对"
    return f"与已有项目“{name}”（{unit}）只有写法不同，按独立的项目导入，请核对"


def _owner(project: Project | ProjectSummary) -> Owner:
    return project.year, project.project_name, project.department, project.unit


def _key(project: Project | ProjectSummary) -> tuple[int, str, str]:
    """What tells projects apart across documents (domain.md §8.3)."""
    return project.year, matching_name(project.unit), matching_name(project.project_name)
