"""Stores to be broken, gestures of a restless clerk, and whether a store still is what its journal says."""

from __future__ import annotations

import os
import pickle
import select
import shutil
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TypeVar

from model import edits
from model.changes import (
    AddProject,
    Change,
    MoveIndicator,
    Part,
    RemoveProject,
    SetField,
    SetLibraryRow,
    SetSetting,
    apply,
)
from model.forms import FORMS
from model.records import EvaluatedIndicator, Evaluation, Project, forms_of, text_cells
from model.settings import Settings
from storage.excel import export_workbook
from storage.interchange.writing import write_forms
from storage.store import backups
from storage.store.journal import Entry
from storage.store.port import Applied
from storage.store.sqlite import Store
from tests.model.projects import declaration_of
from tests.storage.builders import project

NAME = "绩效.jixiao"
COLLEAGUE = "colleague.jixiao"
TEXTS = (
    "不少于4万个",
    "≥90%",
    "=100.00(%)",
    "完成情况良好",
    "",
    "=cmd|'/C calc'!A0",
    "1,234.56",
    "２０２６年",
    "😀汉字",
    "a\nb",
    "\u202e倒",
    "0",
    "12.345",
    "保障系统全年稳定运行" * 20,
)


def some_projects() -> tuple[Project, ...]:
    """Three projects, one of them with both forms."""
    first, second, third = project("p1"), project("p2", "平台网络保障"), project("p3", "数据中心", lines=0)
    lines = tuple(
        EvaluatedIndicator(f"e-{line.id}", line.level1, line.level2, line.name, line.target_text, points="10")
        for line in declaration_of(first).indicators
    )
    both = forms_of(*first.forms.values(), Evaluation(executed_total="300,000.00", indicators=lines))
    return replace(first, forms=both), second, third


def new_store(folder: Path) -> Path:
    """An empty folder with a store of a few projects in it; the path of the store."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with Store.create(folder / NAME) as store:
        store.apply("新建项目", tuple(AddProject(one) for one in some_projects()))
    return folder / NAME


def store_in_use(folder: Path) -> Path:
    """A folder with a store, its backup and two exports; a colleague's store lies beside that folder."""
    path = new_store(folder)
    with Store.open(path, backing_up=False) as store:
        store.back_up(backups.BY_HAND)
        Clerk(store, Random(1)).act()
    export_workbook(folder / "out.xlsx", some_projects()[:1], Settings(), draft=True)
    write_forms(folder / "out.json", some_projects()[:1], Settings())
    with Store.create(folder.with_name(COLLEAGUE)) as theirs:
        theirs.apply(
            "新建项目", (AddProject(project("q1", "同事的项目")), AddProject(project("q2", "同事的第二个项目")))
        )
    return folder


def put(template: Path, folder: Path) -> Path:
    """A copy of the folder of a store; the path of the store in it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    return folder / NAME


class Clerk:
    """Makes one random gesture after another on an open store; ``chance`` decides which."""

    def __init__(self, store: Store, chance: Random) -> None:
        self._store = store
        self._chance = chance
        self._done: list[int] = []
        self.look_again()

    def look_again(self) -> None:
        """Read the projects anew, which somebody else changed."""
        self._projects = {one.id: one for one in self._store.projects()}

    def act(self) -> int:
        """Make a gesture, or take one of its own back; the number of its entry in the journal."""
        if self._done and self._chance.random() < 0.15:
            return self._follow(self._store.undo(self._done.pop()))
        return self.edit()

    def edit(self, label: str = "修改") -> int:
        """Make a gesture; the number of its entry in the journal."""
        changes: tuple[Change, ...] = ()
        while not changes:
            changes = gesture(self._chance.choice(list(self._projects.values())), self._chance)
        applied = self._store.apply(label, changes)
        self._done.append(applied.entry.seq)
        return self._follow(applied)

    def _follow(self, applied: Applied) -> int:
        self._projects.update({key: one.project for key, one in applied.projects.items() if one is not None})
        for key in (key for key, one in applied.projects.items() if one is None):
            self._projects.pop(key, None)
        return applied.entry.seq


def gesture(on: Project, chance: Random) -> tuple[Change, ...]:
    """One random gesture on a project; () for one that changes nothing."""
    text = chance.choice(TEXTS) + chance.choice(("", str(chance.randrange(1000))))
    forms = [form for form in FORMS if on.form(form) is not None]
    kind = chance.random()
    if not forms or kind < 0.1:
        return edits.set_cell(on, Part.PROJECT, on.id, chance.choice(text_cells(Project)), text, Settings())
    form = chance.choice(forms)
    lines = on.indicators(form)
    if kind < 0.35 or not lines:
        field = chance.choice(text_cells(FORMS[form].record))
        return edits.set_cell(on, form, on.id, field, text, Settings())
    line = chance.choice(lines)
    if kind < 0.7:
        return edits.set_cell(
            on, Part.INDICATOR, line.id, chance.choice(text_cells(FORMS[form].line)), text, Settings()
        )
    if kind < 0.8 and len(lines) < 40:
        new = FORMS[form].line(f"{chance.getrandbits(128):032x}", "产出指标", "数量指标", text)
        return edits.insert_line(on, form, chance.randrange(len(lines) + 1), new, Settings())
    if kind < 0.9:
        return edits.delete_lines(on, [line.id], Settings())
    return (MoveIndicator(on.id, form, chance.randrange(len(lines)), chance.randrange(len(lines))),)


def replayed(entries: Iterable[Entry]) -> dict[str, Project]:
    """The projects that a journal, oldest entry first, leads to from nothing."""
    projects: dict[str, Project] = {}
    for change in (change for entry in entries for change in entry.changes):
        match change:
            case AddProject(project=one):
                projects[one.id] = one
            case RemoveProject(project=one):
                del projects[one.id]
            case SetSetting() | SetLibraryRow():
                continue
            case SetField(part=Part.INDICATOR) if not _is_cell(projects[change.project_id], change):
                continue  # the first version wrote cells that the line never showed
            case _:
                projects[change.project_id] = apply(projects[change.project_id], change)
    return projects


def _is_cell(project: Project, change: SetField) -> bool:
    place = project.find_indicator(change.record_id)
    return place is None or change.field in text_cells(FORMS[place[0]].line)


def contradictions(store: Store) -> Iterator[str]:
    """What in an open store does not fit the rest of it."""
    entries = store.journal(10**6)[::-1]
    projects = store.projects()
    try:
        if replayed(entries) != {one.id: one for one in projects}:
            yield "the journal leads to other projects"
    except (KeyError, ValueError) as error:
        yield f"the journal leads nowhere: {error}"
    if not all(store.is_as_written(one) for one in projects):
        yield "a project is not as it was written"
    if {one.id for one in store.summaries()} != {one.id for one in projects}:
        yield "the list has other projects"
    if store.taken_in:
        yield store.taken_in


def last_entry(store: Store) -> int:
    """The number of the newest entry of the journal, 0 when there is none."""
    return max((entry.seq for entry in store.journal(1)), default=0)


Answer = TypeVar("Answer")


def answered(work: Callable[[], Answer], patience: float = 60.0) -> Answer | None:
    """What ``work`` gives in a process of its own; None when a signal ended that, or it took too long and was ended."""
    reading, writing = os.pipe()

    def answer() -> None:
        os.close(reading)
        with os.fdopen(writing, "wb") as out:
            out.write(pickle.dumps(work()))

    child = forked(answer)
    os.close(writing)
    received, end = b"", time.monotonic() + patience
    while select.select([reading], [], [], max(0.0, end - time.monotonic()))[0]:
        piece = os.read(reading, 2**16)
        if not piece:
            break
        received += piece
    os.close(reading)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return pickle.loads(received) if received else None


def forked(work: Callable[[], object]) -> int:
    """Begin ``work`` in a process of its own that never comes back here; its number."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 a child may not go on as its parent
            os.write(2, f"child: {type(error).__name__} {error}\n".encode())
            os._exit(1)
        os._exit(0)
    return child
