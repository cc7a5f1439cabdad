"""A disk with next to no room: a small file system of its own, filled up to a few bytes before anything is written.

Where nobody may mount one, as on some build machines, the programme fails and says so; Linux only.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from openpyxl import Workbook

from model.changes import AddProject
from model.errors import UserError
from model.settings import Settings
from storage.excel import export_workbook
from storage.importing.plan import plan_import, read_files
from storage.interchange import ImportedForm
from storage.interchange.writing import write_forms
from storage.store import backups
from storage.store.sqlite import Store
from tests.storage.builders import project
from tests.torture.kills import broken_exports, void
from tests.torture.stores import Clerk, answered, contradictions, last_entry, new_store, put, some_projects
from tests.torture.tally import Run, Tally

_SIZE = 8 * 2**20
_PAGE = 4096
_MOST_LEFT = 400_000
_NEWNS, _NEWUSER = 0x00020000, 0x10000000
_PRIVATE = 0x4000 | 0x40000
_GESTURES = 20

Flow = Callable[[Path], Iterator[int]]
"""Does something with the store at a path, and gives the number of each entry that was acknowledged."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a flow acknowledged and said, what broke that is no message, and what was wrong while the disk was full."""

    acked: int
    told: tuple[str, ...]
    bugs: tuple[str, ...]


def write_without_room(run: Run) -> Tally:
    """Edit, back up, restore, export, import and save a copy with up to 400 kB left."""
    return _fill(run, is_naive=False)


def write_in_place_without_room(run: Run) -> Tally:
    """The control: a workbook that is saved in its place."""
    return _fill(run, is_naive=True)


def _fill(run: Run, *, is_naive: bool) -> Tally:
    tally, chance = Tally(), Random(run.seed)
    template, colleague = run.folder / "template", run.folder / "colleague.jixiao"
    _make(template, colleague)
    flows = {"workbook in place": _in_place} if is_naive else _flows(read_files([colleague]))
    disk = run.folder / "disk"
    disk.mkdir()
    if not _mounted(disk):
        tally.note("other", "no file system could be mounted")
        return tally
    names = list(flows)
    for number in range(run.count):
        name, left = names[number % len(names)], chance.choice((0, _PAGE, chance.randrange(_MOST_LEFT)))
        where = f"{name} with {left} bytes left, {number} of seed {run.seed}"
        with tally.fault():
            path = put(template, disk / "work")
            ballast = disk / "ballast"
            _take_all_but(ballast, left)
            seen = answered(partial(_seen, flows[name], path, ballast))
            ballast.unlink(missing_ok=True)
            _look(tally, path, seen, where)
    return tally


def _make(template: Path, colleague: Path) -> None:
    path = new_store(template)
    with Store.open(path, backing_up=False) as store:
        store.back_up(backups.BY_HAND)
        Clerk(store, Random(1)).act()
    export_workbook(template / "out.xlsx", some_projects()[:1], Settings(), draft=True)
    write_forms(template / "out.json", some_projects()[:1], Settings())
    with Store.create(colleague) as theirs:
        theirs.apply("新建项目", tuple(AddProject(project(f"q{n}", f"同事的项目{n}")) for n in range(40)))


def _mounted(disk: Path) -> bool:
    """Whether this process and those it forks see a small file system there; nobody else does."""
    system = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if system.unshare(_NEWNS) != 0:
        if system.unshare(_NEWNS | _NEWUSER) != 0:
            return False
        with suppress(OSError):
            Path("/proc/self/setgroups").write_text("deny", "ascii")
            Path("/proc/self/uid_map").write_text(f"0 {user} 1", "ascii")
            Path("/proc/self/gid_map").write_text(f"0 {group} 1", "ascii")
    system.mount(b"none", b"/", None, _PRIVATE, None)
    return bool(system.mount(b"tmpfs", os.fsencode(disk), b"tmpfs", 0, f"size={_SIZE}".encode()) == 0)


def _take_all_but(ballast: Path, left: int) -> None:
    found = os.statvfs(ballast.parent)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, found.f_bavail * found.f_frsize - left))


def _seen(flow: Flow, path: Path, ballast: Path) -> _Seen:
    """What a flow answers on the full disk, and how it goes on when there is room again."""
    acked, told, bugs = 0, [], []
    steps = flow(path)
    try:
        for entry in steps:
            acked = max(acked, entry)
            ballast.unlink(missing_ok=True)
            _take_all_but(ballast, 0)
    except UserError as error:
        told.append(str(error))
    except Exception as error:  # noqa: BLE001 this is what is looked for
        bugs.append(f"{type(error).__name__}: {error}")
    return _Seen(acked, tuple(told), tuple(bugs))


def _look(tally: Tally, path: Path, seen: _Seen | None, where: str) -> None:
    if seen is None:
        tally.note("other", f"{where}: no answer within a minute, or ended by a signal")
        return
    tally.count("told", len(seen.told))
    tally.count("done", 1 - len(seen.told))
    for bug in seen.bugs:
        tally.note("other", f"{where}: {bug}")
    for said in seen.told:
        if "空间不足" not in said:
            tally.note("other", f"{where}: says {said!r}")
    try:
        with Store.open(path, backing_up=False) as store:
            if last_entry(store) < seen.acked:
                tally.note("lost", f"{where}: entry {seen.acked} was acknowledged")
            for problem in contradictions(store):
                tally.note("corrupt", f"{where}: {problem}")
    except UserError as error:
        tally.note("corrupt", f"{where}: {error}")
    for problem in broken_exports(path.parent):
        tally.note("corrupt", f"{where}: {problem}")
    if any(not backups._is_as_written(one) for one in backups.list_backups(path)):
        tally.note("corrupt", f"{where}: a backup is listed that is not what was written")
    left = sorted(one.name for one in path.parent.rglob("*") if one.name.startswith(".~") or one.suffix == ".lock")
    if left:
        tally.note("other", f"{where}: left behind: {left}")


def _flows(forms: tuple[ImportedForm, ...]) -> dict[str, Flow]:
    def gestures(path: Path) -> Iterator[int]:
        with Store.open(path, backing_up=False) as store:
            clerk = Clerk(store, Random(3))
            for _ in range(_GESTURES):
                try:
                    yield clerk.act()
                except UserError as error:
                    if store.projects() and "空间不足" in str(error):  # it can still be read, and goes on with room
                        path.parent.with_name("ballast").unlink(missing_ok=True)
                        yield clerk.act()
                    raise

    def opening(path: Path) -> Iterator[int]:
        with Store.open(path) as store:
            if store.backup_problem:
                raise UserError(store.backup_problem)
            store.back_up(backups.BY_HAND)
        yield 0

    def restoring(path: Path) -> Iterator[int]:
        backups.restore(path, backups.list_backups(path)[0])
        yield 0

    def bringing(path: Path) -> Iterator[int]:
        with Store.open(path, backing_up=False) as store:
            plan = plan_import(store, forms)
            yield store.apply(plan.label, plan.changes).entry.seq

    def copying(path: Path) -> Iterator[int]:
        with Store.open(path, backing_up=False) as store:
            store.save_copy(path.with_name("另存.jixiao"))
        yield 0

    def exporting(path: Path) -> Iterator[int]:
        void(export_workbook(path.with_name("out.xlsx"), some_projects(), Settings(), draft=True))
        yield 0

    def exchanging(path: Path) -> Iterator[int]:
        void(write_forms(path.with_name("out.json"), some_projects(), Settings()))
        yield 0

    return {
        "edits": gestures,
        "opening and backing up": opening,
        "restoring": restoring,
        "import": bringing,
        "copy": copying,
        "workbook": exporting,
        "JSON": exchanging,
    }


def _in_place(path: Path) -> Iterator[int]:
    book = Workbook()
    for row in range(2000):
        book.active.append([row] * 20)  # type: ignore[union-attr]
    try:
        book.save(path.with_name("out.xlsx"))
    except OSError as error:
        raise UserError("磁盘空间不足") from error
    yield 0
