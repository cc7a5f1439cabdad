"""A device that fails: the n-th call of a flow gives an error, once or from then on, at every n there is."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from model.errors import UserError
from model.settings import Settings
from storage.excel import export_workbook
from storage.importing.plan import plan_import, read_files
from storage.interchange.writing import write_forms
from storage.store import backups
from storage.store.sqlite import Store
from tests.torture.kills import broken_exports, void
from tests.torture.power import library
from tests.torture.stores import (
    COLLEAGUE,
    Clerk,
    answered,
    contradictions,
    last_entry,
    put,
    some_projects,
    store_in_use,
)
from tests.torture.tally import Run, Tally

_ERRORS = (errno.EIO, errno.ENOSPC, errno.EROFS)
_NEVER = 10**9
_GESTURES = 3

Flow = Callable[[Path], Iterator[int]]
"""Does something with the store at a path, and gives the number of each entry that was acknowledged."""


@dataclass(frozen=True, slots=True)
class Point:
    """One call of a flow that fails."""

    flow: str
    error: int
    is_once: bool
    call: int

    def __str__(self) -> str:
        how = "once" if self.is_once else "from then on"
        return f"{self.flow}, call {self.call}, {errno.errorcode[self.error]} {how}"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a flow answered: what it acknowledged, what it said, and what broke that is no message."""

    acked: tuple[int, ...]
    told: tuple[str, ...]
    bugs: tuple[str, ...]
    calls: int
    fired: int


def fail_the_device(run: Run) -> Tally:
    """Fail calls of the real store, exporters and importer; a count of 0 fails every one there is."""
    return _in_worker(run, honest=True)


def fail_it_for_one_that_hides_it(run: Run) -> Tally:
    """The control: a program that says a gesture is saved although an error came back."""
    return _in_worker(run, honest=False)


def _in_worker(run: Run, *, honest: bool) -> Tally:
    surroundings = {**os.environ, "LD_PRELOAD": str(library(run.folder))}
    parts = f"{run.piece}/{run.pieces}"
    arguments = [str(run.folder), str(run.count), str(run.seed), parts, "honest" if honest else "hiding"]
    command = [sys.executable, "-m", "tests.torture.worker", "device", *arguments]
    done = subprocess.run(command, env=surroundings, check=True, stdout=subprocess.PIPE)
    return Tally(**json.loads(done.stdout))


def worker(run: Run, *, honest: bool) -> None:
    """Try the points of this piece, and print what came of them."""
    folder = run.folder
    template, work = store_in_use(folder / "template"), folder / "work"
    flows: dict[str, Flow] = _flows(folder / COLLEAGUE) if honest else {"gestures": _hiding}
    points = list(_points(flows, template, work))[run.piece :: run.pieces]
    if run.count:
        points = Random(run.seed).sample(points, min(run.count, len(points)))
    tally = Tally()
    for point in points:
        with tally.fault():
            place = put(template, work)
            seen = _tried(flows[point.flow], place, point)
            _look(tally, place, point, seen)
    tally.measure()
    sys.stdout.write(json.dumps(asdict(tally)))


def _points(flows: dict[str, Flow], template: Path, work: Path) -> Iterator[Point]:
    for name, flow in flows.items():
        for error in _ERRORS:
            seen = _tried(flow, put(template, work), Point(name, error, is_once=True, call=_NEVER))
            assert seen is not None
            for is_once in (True, False):
                yield from (Point(name, error, is_once, call) for call in range(1, seen.calls + 1))


def _tried(flow: Flow, path: Path, point: Point) -> Seen | None:
    return answered(lambda: _seen(flow, path, point))


def _seen(flow: Flow, path: Path, point: Point) -> Seen:
    device = ctypes.CDLL(None)
    arm = device.torture_arm
    arm.argtypes = (ctypes.c_char_p, ctypes.c_long, ctypes.c_int, ctypes.c_int)
    acked, told, bugs = [], [], []
    steps = flow(path)
    next(steps)  # what comes before the device fails
    arm(os.fsencode(path.parent), point.call, point.error, int(point.is_once))
    while True:
        try:
            acked.append(next(steps))
        except StopIteration:
            break
        except UserError as error:
            told.append(str(error))
            break
        except Exception as error:  # noqa: BLE001 this is what is looked for
            bugs.append(f"{type(error).__name__}: {error}")
            break
    calls, fired = device.torture_calls(), device.torture_fired()
    arm(b"", -1, 0, 1)
    return Seen(tuple(acked), tuple(told), tuple(bugs), calls, fired)


def _look(tally: Tally, path: Path, point: Point, seen: Seen | None) -> None:
    if seen is None:
        tally.note("other", f"{point}: no answer within a minute, or ended by a signal")
        return
    tally.count("fired", int(bool(seen.fired)))
    tally.count("told", len(seen.told))
    for bug in seen.bugs:
        tally.note("other", f"{point}: {bug}")
    try:
        with Store.open(path, backing_up=False) as store:
            if point.flow == "gestures" and last_entry(store) < max(seen.acked, default=0):
                tally.note("lost", f"{point}: entry {max(seen.acked)} was acknowledged")
            for problem in contradictions(store):
                tally.note("corrupt", f"{point}: {problem}")
            Clerk(store, Random(2)).act()
    except UserError as error:
        tally.note("corrupt", f"{point}: {error}")
    for problem in broken_exports(path.parent):
        tally.note("corrupt", f"{point}: {problem}")
    if any(not backups._is_as_written(one) for one in backups.list_backups(path)):
        tally.note("corrupt", f"{point}: a backup is listed that is not what was written")


def _flows(colleague: Path) -> dict[str, Flow]:
    """The seven flows; the first thing each gives is that it is ready."""

    def gestures(path: Path) -> Iterator[int]:
        store = Store.open(path, backing_up=False)
        clerk = Clerk(store, Random(3))
        yield 0
        for _ in range(_GESTURES):
            yield clerk.act()

    def opening(path: Path) -> Iterator[int]:
        yield 0
        with Store.open(path) as store:
            if store.backup_problem:
                raise UserError(store.backup_problem)
            store.back_up(backups.BY_HAND)

    def restoring(path: Path) -> Iterator[int]:
        yield 0
        backups.restore(path, backups.list_backups(path)[0])

    def workbook(path: Path) -> Iterator[int]:
        yield 0
        void(export_workbook(path.with_name("out.xlsx"), some_projects()[:1], Settings(), draft=True))

    def exchange(path: Path) -> Iterator[int]:
        yield 0
        void(write_forms(path.with_name("out.json"), some_projects(), Settings()))

    def creating(path: Path) -> Iterator[int]:
        yield 0
        Store.create(path.with_name("新.jixiao")).close()

    forms = read_files([colleague])

    def bringing(path: Path) -> Iterator[int]:
        yield 0
        with Store.open(path, backing_up=False) as store:
            plan = plan_import(store, forms)
            store.apply(plan.label, plan.changes)

    return {
        "gestures": gestures,
        "opening and backing up": opening,
        "restoring": restoring,
        "workbook": workbook,
        "JSON": exchange,
        "new store": creating,
        "import": bringing,
    }


def _hiding(path: Path) -> Iterator[int]:
    store = Store.open(path, backing_up=False)
    clerk = Clerk(store, Random(3))
    last = last_entry(store)
    yield 0
    for number in range(1, _GESTURES + 1):
        try:
            clerk.act()
        except UserError:
            yield last + number
            return
        yield last + number
