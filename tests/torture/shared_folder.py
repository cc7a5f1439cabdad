"""A store in a shared folder, edited in a copy: kills at any moment, and others who bring their own file meanwhile."""

from __future__ import annotations

import os
import select
import shutil
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import IO

from model.errors import UserError
from storage.files import atomic
from storage.store.lock import lock_path
from storage.store.sqlite import Store
from storage.working_copy.copy import WorkingCopy
from storage.working_copy.trouble import ChangedError
from tests.torture.kills import kill
from tests.torture.stores import NAME, Clerk, answered, contradictions, forked, last_entry, new_store
from tests.torture.tally import Run, Tally

_EACH_FOLDER = 10
_EVENT = struct.Struct("<cq")
_OTHERS = "别处的修改"
_ALL = 10**6
_COMES = ("", "", "before", "during", "", "", "after", "during")
"""When somebody else's file comes, by the number of the kill. Before “during” one has come, to which the copy gave way:
the control, which copies over, is told of the next as of a change of somebody else, and would not write at all.
"""
_AFTERWARDS = 12
"""How many events are waited for when it has come: enough that one is the writing back."""

WriteBack = Callable[[WorkingCopy], object]


@dataclass(frozen=True, slots=True)
class _Heard:
    """The last entry that was acknowledged before the kill, and the last one that was said to be in the folder."""

    acked: int
    written: int


def kill_in_a_shared_folder(run: Run) -> Tally:
    """Kill between and in edits and their writing back; in one of two somebody else's file comes."""
    return _kill(run, WorkingCopy.write_back)


def kill_one_that_copies_over(run: Run) -> Tally:
    """The control: a copy that is written over the file of the folder as it is."""
    return _kill(run, _copied_over)


def _copied_over(copy: WorkingCopy) -> None:
    shutil.copyfile(copy.store.path, copy.target)


def _kill(run: Run, write_back: WriteBack) -> Tally:
    tally, chance = Tally(), Random(run.seed)
    shared, home = run.folder / "shared", run.folder / "home"
    os.environ.update(dict.fromkeys(("LOCALAPPDATA", "XDG_STATE_HOME"), str(home)))
    target = shared / NAME
    for number in range(run.count):
        where = f"kill {number} of seed {run.seed}"
        if number % _EACH_FOLDER == 0:
            shutil.rmtree(home, ignore_errors=True)
            target = new_store(shared)
        with tally.fault():
            comes = _COMES[number % len(_COMES)] if number % _EACH_FOLDER else ""
            heard, theirs = _killed(target, write_back, chance, comes)
            tally.count("acknowledged", heard.acked)
            tally.count("somebody else's came", int(bool(theirs)))
            problems = [*_whole(target, theirs, heard), *_gone_on(target, write_back, theirs, heard)]
            for problem in (*problems, *_whole(target, theirs, heard)):
                kind, _, text = problem.partition(": ")
                tally.note(kind, f"{where}, {comes or 'nobody else'}: {text}")
    return tally


def _killed(target: Path, write_back: WriteBack, chance: Random, comes: str) -> tuple[_Heard, str]:
    """What a program said before it was killed, and what somebody else called her change of the file, "" for none."""
    theirs = _theirs(target, chance) if comes == "before" else ""
    reading, writing = os.pipe()
    seed = chance.getrandbits(32)

    def work() -> None:
        os.close(reading)
        _edit(target, write_back, Random(seed), writing)

    child = forked(work)
    os.close(writing)
    with os.fdopen(reading, "rb", buffering=0) as source:
        heard = _heard(source, _Heard(0, 0), chance.randrange(1, 12))
        if comes == "during":
            theirs = _theirs(target, chance)
            heard = _heard(source, heard, _AFTERWARDS, since_now=True)
        time.sleep(chance.uniform(0, 0.02))
        kill(child)
        heard = _heard(source, heard, _ALL)
    return heard, _theirs(target, chance) if comes == "after" else theirs


def _heard(source: IO[bytes], heard: _Heard, most: int, *, since_now: bool = False) -> _Heard:
    """What was heard after so many events more, or all there are; ``since_now`` does not count those told already."""
    while most > 0:
        since_now = since_now and bool(select.select([source], [], [], 0)[0])
        if not (piece := source.read(_EVENT.size)):
            break
        kind, number = _EVENT.unpack(piece)
        heard = _Heard(max(heard.acked, number), number if kind == b"W" else heard.written)
        most -= not since_now
    return heard


def _edit(target: Path, write_back: WriteBack, chance: Random, told: int) -> None:
    copy = WorkingCopy.open(target, backing_up=False)
    clerk = Clerk(copy.store, chance)
    while True:
        entry = clerk.act()
        os.write(told, _EVENT.pack(b"E", entry))
        if copy.trouble is None and chance.random() < 0.4:
            try:
                write_back(copy)
                os.write(told, _EVENT.pack(b"W", entry))
            except ChangedError as error:
                copy.trouble = error


def _theirs(target: Path, chance: Random) -> str:
    """Put what somebody else makes of the file in its place, whole; what she calls her change."""
    made, label = target.parent.parent / "elsewhere.jixiao", f"{_OTHERS}{chance.getrandbits(32)}"
    shutil.copyfile(target, made)
    return label if answered(partial(_change, made, target, label)) else ""


def _change(path: Path, target: Path, label: str) -> bool:
    with Store.open(path, backing_up=False) as store:
        Clerk(store, Random(label)).edit(label)
    path.replace(target)
    return True


def _has(store: Store, label: str) -> bool:
    return not label or any(entry.label == label for entry in store.journal(_ALL))


def _whole(target: Path, theirs: str, heard: _Heard) -> Iterator[str]:
    """What is wrong with the file in the folder."""
    looked = target.parent.parent / "looked.jixiao"
    shutil.copyfile(target, looked)
    try:
        with Store.open(looked, backing_up=False) as store:
            yield from (f"corrupt: {problem}" for problem in contradictions(store))
            if not _has(store, theirs):
                yield "lost: somebody else's file was overwritten"
            if not theirs and last_entry(store) < heard.written:
                yield f"lost: entry {heard.written} was said to be in the folder"
    except UserError as error:
        yield f"corrupt: {error}"


def _gone_on(target: Path, write_back: WriteBack, theirs: str, heard: _Heard) -> Iterator[str]:
    """What is wrong with how the next start goes on."""
    found = answered(lambda: tuple(_opened(target, write_back, theirs, heard)))
    yield from ("other: the next start gave no answer",) if found is None else found
    atomic.clean_leftovers(target.parent)
    names = [one.name for one in target.parent.iterdir()]
    if left := [name for name in names if name.startswith(".~") or name == lock_path(target).name]:
        yield f"other: left behind: {left}"


def _opened(target: Path, write_back: WriteBack, theirs: str, heard: _Heard) -> Iterator[str]:
    """Open the file again: all that was acknowledged is in the copy, or beside the file where somebody else's came."""
    try:
        copy = WorkingCopy.open(target, backing_up=False)
    except UserError as error:
        yield f"other: {error}"
        return
    try:
        if copy.trouble is not None and theirs:
            with Store.open(copy.save_beside(), backing_up=False) as store:
                if last_entry(store) < heard.acked:
                    yield f"lost: entry {heard.acked} is not in what was saved beside"
            copy.give_way()
            return
        if last_entry(copy.store) < heard.acked and not (theirs and heard.acked <= heard.written):
            yield f"lost: entry {heard.acked} was acknowledged, {last_entry(copy.store)} is the last"
        if not _has(copy.store, theirs):
            yield "lost: somebody else's change is not in what was opened"
        yield from (f"corrupt: {problem}" for problem in contradictions(copy.store))
        write_back(copy)
    except UserError as error:
        yield f"other: {error}"
    finally:
        copy.close()
