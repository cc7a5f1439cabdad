"""A kill while a person types in the real window: what was finished is in the file, what was typed lies beside it."""

from __future__ import annotations

import os
import select
import signal
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

from model.errors import UserError
from storage.store import drafts
from storage.store.sqlite import Store
from tests.torture.stores import contradictions, forked, last_entry, new_store
from tests.torture.tally import Run, Tally

_EACH_STORE = 10
_START_PATIENCE = 120.0
_IN_FRONT = -10
_BEHIND = 1.0
"""How many seconds what is typed may be behind on the disk (reliability.md §6.3)."""
_EVENT = struct.Struct("<cdq")


@dataclass(slots=True)
class _Heard:
    """What the window told before it was killed: entries saved, and how many letters were typed by when."""

    is_ready: bool = False
    saved: int = 0
    typed: list[tuple[float, int]] = field(default_factory=list)


def kill_while_typing(run: Run) -> Tally:
    """Kill at any moment of typing into a long field, leaving it now and then."""
    return _kill(run, keeps_drafts=True)


def kill_one_without_drafts(run: Run) -> Tally:
    """The control: the window with its drafts kept in memory only."""
    return _kill(run, keeps_drafts=False)


def _kill(run: Run, *, keeps_drafts: bool) -> Tally:
    from tests.torture import window_typist  # noqa: PLC0415 Qt, loaded once: each window is a fork of this

    with suppress(PermissionError):  # the window a person types in is not kept waiting by what else a machine does
        os.setpriority(os.PRIO_PROCESS, 0, _IN_FRONT)
    tally, chance = Tally(), Random(run.seed)
    path = new_store(run.folder / "store")
    for number in range(run.count):
        if number % _EACH_STORE == 0:
            path = new_store(run.folder / "store")
        drafts.write(path, ())
        with tally.fault():
            type_on = partial(window_typist.type_for_ever, path, run.folder / "config", keeps_drafts=keeps_drafts)
            heard, killed = _heard(type_on, chance)
            _look(tally, path, heard, killed, f"kill {number} of seed {run.seed}")
    return tally


def _heard(type_on: Callable[[Random, int], None], chance: Random) -> tuple[_Heard, float]:
    """What was heard of a window up to its end, and when that was."""
    reading, writing = os.pipe()
    seed, lasts = chance.getrandbits(32), chance.uniform(0.3, 4.0)

    def work() -> None:
        os.close(reading)
        type_on(Random(seed), writing)

    child = forked(work)
    os.close(writing)
    heard, end = _Heard(), time.monotonic() + _START_PATIENCE
    while (left := end - time.monotonic()) > 0 and select.select([reading], [], [], left)[0]:
        piece = os.read(reading, _EVENT.size)
        if not piece:
            break
        kind, at, number = _EVENT.unpack(piece)
        if kind == b"R":
            heard.is_ready = True
            heard.saved = number
            end = time.monotonic() + lasts
        elif kind == b"S":
            heard.saved = number
            heard.typed.clear()
        else:
            heard.typed.append((at, number))
    killed = time.monotonic()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(reading, _EVENT.size):
        kind, at, number = _EVENT.unpack(piece)
        if kind == b"S":
            heard.saved = number
            heard.typed.clear()
        elif kind == b"T":
            heard.typed.append((at, number))
    os.close(reading)
    return heard, killed


def _look(tally: Tally, path: Path, heard: _Heard, killed: float, where: str) -> None:
    if not heard.is_ready:
        tally.note("other", f"{where}: the window was never ready to be typed into")
    tally.count("typing when killed", int(bool(heard.typed)))
    due = max((number for at, number in heard.typed if at < killed - _BEHIND), default=0)
    kept = max(
        (len(str(getattr(change, "after", ""))) for one in drafts.read(path) for change in one.changes), default=0
    )
    try:
        with Store.open(path, backing_up=False) as store:
            # killed after the gesture was written and before it was told: what was typed is in the file
            if kept < due and last_entry(store) <= heard.saved:
                tally.note("lost", f"{where}: {due} letters were typed a second before, {kept} are kept")
            if last_entry(store) < heard.saved:
                tally.note("lost", f"{where}: entry {heard.saved} was shown as saved")
            for problem in contradictions(store):
                tally.note("corrupt", f"{where}: {problem}")
    except UserError as error:
        tally.note("corrupt", f"{where}: {error}")


def event(kind: bytes, number: int) -> bytes:
    """What the window tells: ``R`` ready, with the last entry; ``S`` an entry is saved; ``T`` so many letters."""
    return _EVENT.pack(kind, time.monotonic(), number)
