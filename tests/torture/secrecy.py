"""What is left on the disk: no text of a form outside the store, its backups, its drafts and what was exported."""

from __future__ import annotations

import logging
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from model.changes import AddProject
from model.errors import UserError
from model.records import Project, forms_of, text_cells
from model.settings import Settings
from storage.excel import export_workbook
from storage.files import atomic
from storage.files.log_file import log_to_file
from storage.files.scratch import scratch
from storage.files.traces import report
from storage.importing.plan import plan_import, read_files
from storage.interchange.writing import write_forms
from storage.store.sqlite import Store
from tests.model.projects import declaration_of
from tests.torture.stores import NAME, forked, some_projects
from tests.torture.tally import Run, Tally

SECRET = "机密文字"
_ALLOWED = (".jixiao", ".xlsx", ".json")


def search_what_is_left(run: Run) -> Tally:
    """Edit, export, import and fail with a secret in every cell, killed at every step; then start again and search."""
    return _search(run, careless=False)


def search_after_a_careless_one(run: Run) -> Tally:
    """The control: a program that logs what it was asked to write."""
    return _search(run, careless=True)


def _search(run: Run, *, careless: bool) -> Tally:
    tally = Tally()
    home, user = run.folder / "home", run.folder / "documents"
    steps = _steps(user)
    for number in range(run.count):
        step = list(steps)[number % len(steps)]
        user.mkdir(exist_ok=True)
        with tally.fault():
            start = partial(_run, home, user, careless=careless)
            os.waitpid(forked(partial(start, steps[step], is_killed=number % 2 == 0)), 0)
            os.waitpid(forked(partial(start, _nothing, is_killed=False)), 0)
            for found in _found(run.folder, user):
                tally.note("other", f"after {step}: {found}")
            if os.name == "posix":
                for path in _open_to_others(home):
                    tally.note("other", f"after {step}: {path.name} can be read by others")
    return tally


def _nothing() -> None:
    """A start at which nothing is done."""


def _run(home: Path, user: Path, step: Callable[[], None], *, careless: bool, is_killed: bool) -> None:
    """One run of the program: its folders, its log, a step, and an end."""
    os.environ.update(dict.fromkeys(("LOCALAPPDATA", "XDG_STATE_HOME"), str(home)) | {"TMPDIR": str(home / "tmp")})
    (home / "tmp").mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = None
    logging.getLogger().handlers.clear()  # this is a fork: whoever began it may log elsewhere
    with scratch():
        log_to_file()
        atomic.clean_leftovers(user)
        try:
            step()
        except UserError:
            logging.getLogger("jixiao").exception("a message")
        except Exception as error:  # noqa: BLE001 as the program's own hook does
            logging.getLogger("jixiao").critical("uncaught exception\n%s", report(error))
        if careless:
            logging.getLogger("jixiao").warning("wrote %s", secret_project().project_name)
        if is_killed:
            os.kill(os.getpid(), signal.SIGKILL)


def secret_project() -> Project:
    """A project with the secret in every cell."""
    base = some_projects()[1]
    content = declaration_of(base)
    lines = tuple(
        replace(line, **{cell: f"{SECRET}{cell}{at}" for cell in ("level1", "level2", "name", "target_text")})
        for at, line in enumerate(content.indicators)
    )
    cells = {cell: f"{SECRET}{cell}" for cell in text_cells(type(content))}
    filled = replace(content, indicators=lines, **cells)
    return replace(base, project_name=f"{SECRET}项目", department=SECRET, unit=SECRET, forms=forms_of(filled))


def _steps(user: Path) -> dict[str, Callable[[], None]]:
    path = user / NAME

    def open_store() -> Store:
        return Store.open(path) if path.exists() else Store.create(path)

    def write() -> None:
        with open_store() as store:
            if not store.projects():
                store.apply("新建", (AddProject(secret_project()),))

    def fail_to_write() -> None:
        write()
        with open_store() as store:
            store.apply("新建", (AddProject(secret_project()),))  # it is there already: a bug of the caller

    def export() -> None:
        export_workbook(user / "全部.xlsx", (secret_project(),), Settings(), draft=True)
        write_forms(user / "全部.json", (secret_project(),), Settings())

    def cut_off_an_export() -> None:
        def kill(done: int, _of: int) -> None:
            if done > 1:
                os.kill(os.getpid(), signal.SIGKILL)

        export_workbook(user / "全部.xlsx", (secret_project(),), Settings(), draft=True, progress=kill)

    def bring() -> None:
        export()
        with open_store() as store:
            plan = plan_import(store, read_files([user / "全部.json", user / "全部.xlsx"]))
            if plan.changes:
                store.apply(plan.label, plan.changes)

    def fail() -> None:
        int(secret_project().project_name)

    return {
        "writing": write,
        "a gesture that does not fit": fail_to_write,
        "an export": export,
        "an export that was cut off": cut_off_an_export,
        "an import": bring,
        "a bug": fail,
    }


def _found(folder: Path, user: Path) -> Iterator[str]:
    """Files with the secret in them that are none of those that have to hold it."""
    needles = [SECRET.encode(coding) for coding in ("utf-8", "utf-16-le", "gb18030")]
    for path in (one for one in folder.rglob("*") if one.is_file()):
        is_own = path.is_relative_to(user) and path.suffix in _ALLOWED and not path.name.startswith(".~")
        if not is_own and any(needle in path.read_bytes() for needle in needles):
            yield f"{path.relative_to(folder)} holds a text of a form"


def _open_to_others(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file() and path.stat().st_mode & 0o077]
