"""A kill while gestures are written, and in the middle of everything that writes files."""

from __future__ import annotations

import json
import os
import signal
import struct
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from openpyxl import Workbook

from model.errors import UserError
from model.settings import Settings
from storage.excel import export_workbook
from storage.files import atomic
from storage.importing.plan import plan_import, read_files
from storage.interchange.writing import write_forms
from storage.store import backups
from storage.store.sqlite import Store
from tests.torture.stores import (
    COLLEAGUE,
    NAME,
    Clerk,
    contradictions,
    forked,
    last_entry,
    new_store,
    put,
    some_projects,
    store_in_use,
)
from tests.torture.tally import Run, Tally

_EACH_STORE = 20
_KILLED_AGAIN = 6
_SEQUENCE = struct.Struct("<q")
_MOST_ACKS = 6
_PATIENCE = 60.0


def kill_while_writing(run: Run) -> Tally:
    """Kill between and in the commits of gestures, one in six again while the next opening recovers."""
    return _kill_while_writing(run, _write)


def kill_while_pretending(run: Run) -> Tally:
    """The control: a program that says that a gesture is saved before it writes it."""
    return _kill_while_writing(run, _pretend)


def _write(store: Store, clerk: Clerk, told: int) -> None:
    os.write(told, _SEQUENCE.pack(clerk.act()))


def _pretend(store: Store, clerk: Clerk, told: int) -> None:
    os.write(told, _SEQUENCE.pack(last_entry(store) + 1))
    clerk.act()


def _kill_while_writing(run: Run, act: Callable[[Store, Clerk, int], None]) -> Tally:
    tally, chance = Tally(), Random(run.seed)
    path = run.folder / "store" / NAME
    for number in range(run.count):
        if number % _EACH_STORE == 0:
            path = new_store(run.folder / "store")
        with tally.fault():
            acked = _killed(path, chance, act)
            tally.count("acknowledged", len(acked))
            journal = path.with_name(f"{NAME}-journal")
            tally.count("with a hot journal", int(journal.exists() and journal.stat().st_size > 0))
            if chance.randrange(_KILLED_AGAIN) == 0:
                _kill(forked(partial(_open, path)), chance.uniform(0, 0.03))
                tally.count("killed again while recovering")
            _look(tally, path, max(acked, default=0), f"kill {number} of seed {run.seed}")
    return tally


def _killed(path: Path, chance: Random, act: Callable[[Store, Clerk, int], None]) -> list[int]:
    """The numbers of the gestures that were acknowledged before the kill."""
    reading, writing = os.pipe()
    seed = chance.getrandbits(32)

    def work() -> None:
        os.close(reading)
        with Store.open(path, backing_up=False) as store:
            clerk = Clerk(store, Random(seed))
            while True:
                act(store, clerk, writing)

    child = forked(work)
    os.close(writing)
    acked = [_SEQUENCE.unpack(os.read(reading, _SEQUENCE.size))[0] for _ in range(chance.randrange(1, _MOST_ACKS))]
    _kill(child, chance.uniform(0, 0.012))
    while piece := os.read(reading, _SEQUENCE.size):
        acked.append(_SEQUENCE.unpack(piece)[0])
    os.close(reading)
    return acked


def _open(path: Path) -> None:
    Store.open(path).close()


def _kill(child: int, after: float) -> None:
    time.sleep(after)
    kill(child)


def kill(child: int) -> int:
    """End a process this moment, and wait until it is gone; what ended it, a signal as a negative number."""
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _look(tally: Tally, path: Path, acked: int, where: str) -> None:
    try:
        with Store.open(path, backing_up=False) as store:
            if last_entry(store) < acked:
                tally.note("lost", f"{where}: entry {acked} was acknowledged, {last_entry(store)} is the last")
            for problem in contradictions(store):
                tally.note("corrupt", f"{where}: {problem}")
    except UserError as error:
        tally.note("corrupt", f"{where}: {error}")


# Everything else that writes files


def kill_while_replacing(run: Run) -> Tally:
    """Kill exports, backups, restores, imports, copies and the making of stores at any moment of theirs."""
    tally, chance = Tally(), Random(run.seed)
    template, work = store_in_use(run.folder / "template"), run.folder / "work"
    flows = _flows(work, run.folder)
    lasts = {name: _lasts(template, work, act) for name, act in flows.items()}
    names = list(flows)
    for number in range(run.count):
        name = names[number % len(names)]
        with tally.fault():
            path = put(template, work)
            _kill(forked(flows[name]), chance.uniform(0, lasts[name] * 1.05))
            _look_at_files(tally, path, f"kill {number} ({name}) of seed {run.seed}")
    return tally


def kill_while_overwriting(run: Run) -> Tally:
    """The control: a program that saves a workbook in its place."""
    tally, chance = Tally(), Random(run.seed)
    template, work = store_in_use(run.folder / "template"), run.folder / "work"

    def save() -> None:
        book = Workbook()
        for row in range(2000):
            book.active.append([row] * 20)  # type: ignore[union-attr]
        book.save(work / "out.xlsx")

    for number in range(run.count):
        with tally.fault():
            path = put(template, work)
            before = (work / "out.xlsx").stat()
            child = forked(save)
            while (now := (work / "out.xlsx").stat()).st_size == before.st_size and now.st_mtime == before.st_mtime:
                time.sleep(0.0005)
            _kill(child, chance.uniform(0, 0.002))
            _look_at_files(tally, path, f"kill {number}")
    return tally


def _flows(work: Path, folder: Path) -> dict[str, Callable[[], None]]:
    path = work / NAME

    def back_up() -> None:
        with Store.open(path, backing_up=False) as store:
            store.back_up(backups.BY_HAND)

    def bring() -> None:
        with Store.open(path, backing_up=False) as store:
            plan = plan_import(store, read_files([folder / COLLEAGUE]))
            store.apply(plan.label, plan.changes)

    def save_copy() -> None:
        with Store.open(path, backing_up=False) as store:
            store.save_copy(work / "另存.jixiao")

    return {
        "workbook": lambda: void(export_workbook(work / "out.xlsx", some_projects(), Settings(), draft=True)),
        "JSON": lambda: void(write_forms(work / "out.json", some_projects(), Settings())),
        "backup": back_up,
        "restore": lambda: void(backups.restore(path, backups.list_backups(path)[-1])),
        "import": bring,
        "copy": save_copy,
        "new store": lambda: Store.create(work / "新.jixiao").close(),
    }


def void(_: object) -> None:
    """Nothing is made of what a flow gives."""


def _lasts(template: Path, work: Path, act: Callable[[], None]) -> float:
    """How many seconds a flow takes when nobody disturbs it."""
    put(template, work)
    start = time.monotonic()
    os.waitpid(forked(act), 0)
    return time.monotonic() - start


def _look_at_files(tally: Tally, path: Path, where: str) -> None:
    _look(tally, path, 0, where)
    for name in ("另存.jixiao", "新.jixiao"):
        if path.with_name(name).exists():
            _look(tally, path.with_name(name), 0, f"{where}, {name}")
    for problem in broken_exports(path.parent):
        tally.note("corrupt", f"{where}: {problem}")
    if any(not backups._is_as_written(one) for one in backups.list_backups(path)):
        tally.note("corrupt", f"{where}: a backup is listed that is not what was written")
    left = [one.name for one in path.parent.iterdir() if one.name.startswith(".~")]
    tally.count("temporary files left", len(left))
    atomic.clean_leftovers(path.parent)
    if [one.name for one in path.parent.iterdir() if one.name.startswith(".~")]:
        tally.note("other", f"{where}: what was left is not taken away")


def broken_exports(folder: Path) -> list[str]:
    """What is wrong with the exports in a folder."""
    found = []
    try:
        with zipfile.ZipFile(folder / "out.xlsx") as book:
            found += [f"a part of the workbook is broken: {book.testzip()}"] if book.testzip() else []
    except (OSError, zipfile.BadZipFile) as error:
        found.append(f"the workbook is broken: {error}")
    try:
        json.loads((folder / "out.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        found.append(f"the JSON file is broken: {error}")
    return found
