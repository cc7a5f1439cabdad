"""Edits, undo and redo without end, killed again and again: the journal alone leads to what the tables hold."""

from __future__ import annotations

import os
import signal
import struct
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

from model.errors import UserError
from model.records import Project
from storage.store.sqlite import Store
from tests.torture.kills import kill
from tests.torture.stores import Clerk, answered, contradictions, forked, last_entry, new_store, put
from tests.torture.tally import Run, Tally

_OPERATIONS = (30, 80)
"""How many gestures a kill waits for."""
_ALL_THE_WAY_EACH = 25
_NUMBER = struct.Struct("<q")
_ALL = 10**6

Act = Callable[[Store, Random], int]
"""Makes a gesture, takes one back or does one again; the number of its entry."""


def kill_between_undo_and_redo(run: Run) -> Tally:
    """Kill in random edits, undo and redo of one store; at every start its journal has to lead to its tables."""
    return _kill(run, partial(_acting, is_careless=False))


def kill_one_that_forgets_the_journal(run: Run) -> Tally:
    """The control: a store that now and then changes a text that its journal does not know."""
    return _kill(run, partial(_acting, is_careless=True))


def _acting(path: Path, seed: int, told: int, *, is_careless: bool) -> None:
    chance = Random(seed)
    with Store.open(path, backing_up=False) as store:
        clerk = Clerk(store, chance)
        while True:
            done, undone = store.undo_history(20)
            kind = chance.random()
            if kind < 0.3 and len(done) > 1:  # the first one made the projects
                seq = store.undo(done[-1].seq).entry.seq
            elif kind < 0.55 and undone:
                seq = store.redo(undone[0].seq).entry.seq
            else:
                clerk.look_again()
                seq = clerk.edit()
            if is_careless and chance.random() < 0.02:
                with store._transaction() as connection:
                    connection.exec_driver_sql("UPDATE project SET department = department || '!'")
            os.write(told, _NUMBER.pack(seq))


def _kill(run: Run, acting: Callable[[Path, int, int], None]) -> Tally:
    tally, chance = Tally(), Random(run.seed)
    path = new_store(run.folder / "store")
    for number in range(run.count):
        where = f"kill {number} of seed {run.seed}"
        with tally.fault():
            acked, is_killed = _killed(path, acting, chance)
            if not is_killed:
                tally.note("other", f"{where}: the program ended by itself")
            tally.count("operations", len(acked))
            try:
                with Store.open(path, backing_up=False) as store:
                    if last_entry(store) < max(acked, default=0):
                        tally.note("lost", f"{where}: entry {max(acked)} was acknowledged")
                    for problem in contradictions(store):
                        tally.note("corrupt", f"{where}: {problem}")
            except UserError as error:
                tally.note("corrupt", f"{where}: {error}")
            if number % _ALL_THE_WAY_EACH == _ALL_THE_WAY_EACH - 1 or number == run.count - 1:
                tally.count("all the way back and forth")
                copy = put(path.parent, run.folder / "copy")
                problems = answered(lambda at=copy: tuple(_there_and_back(at)), 600.0)  # type: ignore[misc]
                for problem in ("no answer",) if problems is None else problems:
                    tally.note("corrupt", f"{where}: {problem}")
    return tally


def _killed(path: Path, acting: Callable[[Path, int, int], None], chance: Random) -> tuple[list[int], bool]:
    """The numbers of the entries that were acknowledged before the kill, and whether it was the kill that ended it."""
    reading, writing = os.pipe()
    seed, count = chance.getrandbits(32), chance.randrange(*_OPERATIONS)

    def work() -> None:
        os.close(reading)
        acting(path, seed, writing)

    child = forked(work)
    os.close(writing)
    with os.fdopen(reading, "rb") as source:
        acked = [_NUMBER.unpack(piece)[0] for piece in (source.read(_NUMBER.size) for _ in range(count)) if piece]
        time.sleep(chance.uniform(0, 0.012))
        is_killed = kill(child) == -signal.SIGKILL
        while piece := source.read(_NUMBER.size):
            acked.append(_NUMBER.unpack(piece)[0])
    return acked, is_killed


def _there_and_back(path: Path) -> Iterator[str]:
    """What is wrong after everything that can be undone was undone, and done again."""
    with Store.open(path, backing_up=False) as store:
        done, undone = store.undo_history(_ALL)
        for entry in undone:
            store.redo(entry.seq)
        newest = _by_id(store)
        for entry in [*undone[::-1], *done[::-1]]:
            store.undo(entry.seq)
        if store.projects():
            yield "undone to the start, the store is not empty"
        yield from contradictions(store)
        for entry in [*done, *undone]:
            store.redo(entry.seq)
        if _by_id(store) != newest:
            yield "undone and done again, the projects are other ones"


def _by_id(store: Store) -> dict[str, Project]:
    return {project.id: project for project in store.projects()}
