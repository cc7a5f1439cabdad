"""Clocks that go back, stand still, leap by years or are set for summer: order is by number, never by the time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random

from model.errors import UserError
from storage.files.atomic import clean_leftovers, temporary_beside
from storage.store import backups
from storage.store.backups import BY_HAND
from storage.store.sqlite import Store
from tests.torture.stores import Clerk, contradictions, new_store
from tests.torture.tally import Run, Tally

_NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
_SESSIONS, _GESTURES = 3, 6

Clock = Callable[[int], datetime]
"""What the clock says when it is looked at for the n-th time."""

CLOCKS: dict[str, Clock] = {
    "ten years back in every session": lambda n: _NOON - timedelta(days=3650) * (n // 10),
    "ten years on in every session": lambda n: _NOON + timedelta(days=3650) * (n // 10),
    "an hour back in between": lambda n: _NOON + timedelta(minutes=n) - timedelta(hours=n // 7),
    "an hour on in between": lambda n: _NOON + timedelta(minutes=n) + timedelta(hours=n // 7),
    "back at every look": lambda n: _NOON - timedelta(seconds=n),
    "standing still": lambda _: _NOON,
    "by years to and fro": lambda n: _NOON + timedelta(days=3650) * (-1) ** n,
    "set for summer": lambda n: _NOON.astimezone(timezone(timedelta(hours=8 + n % 2))) + timedelta(minutes=n),
    "far east, far west": lambda n: _NOON.astimezone(timezone(timedelta(hours=14 if n % 2 else -12))),
    "the first year there is": lambda n: datetime(1, 1, 2, tzinfo=UTC) + timedelta(seconds=n),
    "the last year there is": lambda n: datetime(9999, 12, 30, tzinfo=UTC) + timedelta(seconds=n),
    "the day a counter of 32 bits ends": lambda n: datetime(2038, 1, 19, 3, 14, tzinfo=UTC) + timedelta(seconds=n * 3),
}


def set_the_clock(run: Run) -> Tally:
    """Three sessions of edits, undo and backups under each clock."""
    return _set(run, lambda found: found)


def order_by_the_clock(run: Run) -> Tally:
    """The control: backups and entries ordered by the time they carry."""
    return _set(run, lambda found: sorted(found, key=lambda one: one.at, reverse=True))


def _set(run: Run, ordered: Callable[[list], list]) -> Tally:  # type: ignore[type-arg]
    tally = Tally()
    for number, (name, clock) in list(enumerate(CLOCKS.items()))[run.piece : run.count * run.pieces : run.pieces]:
        with tally.fault():
            path = new_store(run.folder / str(number))
            try:
                for problem in _lived(path, clock, Random(run.seed + number), ordered):
                    tally.note("lost", f"{name}, seed {run.seed}: {problem}")
            except (UserError, ArithmeticError, ValueError) as error:
                tally.note("other", f"{name}, seed {run.seed}: {type(error).__name__}: {error}")
    return tally


def _lived(path: Path, clock: Clock, chance: Random, ordered: Callable[[list], list]) -> Iterator[str]:  # type: ignore[type-arg]
    looks = iter(range(10**6))
    states: list[str] = []
    for _ in range(_SESSIONS):
        with Store.open(path, now=lambda: clock(next(looks))) as store:
            if store.backup_problem:
                yield store.backup_problem
            clerk = Clerk(store, chance)
            made = [(store.undo_history(1)[0][-1].seq, _said(store))]
            made += [(clerk.edit(), _said(store)) for _ in range(_GESTURES)]
            entries = ordered(list(store.journal(_GESTURES)))
            if [one.seq for one in entries] != [seq for seq, _ in made[:0:-1]]:
                yield "the newest entries are not those just made"
            for (seq, _), (_, before) in zip(made[:0:-1], made[-2::-1], strict=True):
                if store.undo_history(1)[0][-1].seq != seq:
                    yield f"undo would take back another entry than {seq}"
                store.undo(seq)
                if _said(store) != before:
                    yield f"entry {seq} taken back, it is not as before"
            for seq, after in made[1:]:
                store.redo(seq)
                if _said(store) != after:
                    yield f"entry {seq} done again, it is not as after"
            store.back_up(BY_HAND)
            states.append(_said(store))
            yield from contradictions(store)
        _leave_behind(path.parent, chance)
    newest = ordered(list(backups.list_backups(path)))[0]
    backups.restore(path, newest, now=lambda: clock(next(looks)))
    with Store.open(path, now=lambda: clock(next(looks))) as store:
        if _said(store) != states[-1]:
            yield "the newest backup is not of the newest state"


def _leave_behind(folder: Path, chance: Random) -> None:
    """What a kill left of a file that was written, from a time that is yet to come or long gone, goes all the same."""
    beside, _ = temporary_beside(folder / "out.xlsx")
    at = (_NOON + timedelta(days=3650) * chance.choice((-1, 1))).timestamp()
    os.utime(beside, (at, at))
    clean_leftovers(folder)
    if beside.exists():
        raise ValueError("a temporary file of another time stays")


def _said(store: Store) -> str:
    return repr(sorted(store.projects(), key=lambda one: one.id))
