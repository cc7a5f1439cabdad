"""Years of sessions on a clock that jumps: the newest backups are there, and each is restored to what it held."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random

from model.errors import UserError
from storage.store import backups
from storage.store.backups import BY_HAND, KEPT, Backup
from storage.store.sqlite import Store
from tests.torture.stores import Clerk, answered, contradictions, new_store, put
from tests.torture.tally import Run, Tally

_JUMPS = 0.05
_JUMP_EACH = 20
_DRILL_EACH = 50
_START = datetime(2026, 1, 5, 8, tzinfo=UTC)
_SPAN = timedelta(days=3650)


def restore_what_is_kept(run: Run) -> Tally:
    """Open, edit and close, by hand backed up now and then; every fifty sessions restore every backup there is."""
    return _sessions(run)


def restore_what_a_clock_kept(run: Run) -> Tally:
    """The control: backups that are thrown away by their time."""
    by_number = backups.list_backups
    backups.list_backups = lambda store: tuple(sorted(by_number(store), key=lambda one: one.at, reverse=True))
    return _sessions(run)


@dataclass(slots=True)
class _Clock:
    """Goes on from session to session; wrong by years in every twentieth, and in one of twenty others by chance."""

    chance: Random
    at: datetime = _START
    error: timedelta = timedelta()

    def next_session(self, number: int) -> None:
        self.at += timedelta(hours=self.chance.uniform(1, 40))
        is_wrong = number % _JUMP_EACH == _JUMP_EACH - 1 or self.chance.random() < _JUMPS
        self.error = _SPAN * self.chance.uniform(-1, 1) if is_wrong else timedelta()

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=self.chance.uniform(0, 90))
        return self.at + self.error


@dataclass(frozen=True, slots=True)
class _Session:
    """What a session left: the digest of what each backup it made held, by its number, and of the store at its end."""

    made: dict[int, str]
    state: str


def _sessions(run: Run) -> Tally:
    tally, clock = Tally(), _Clock(Random(run.seed))
    path = new_store(run.folder / "store")
    held: dict[int, str] = {}
    by_hand: set[int] = set()
    for number in range(run.count):
        clock.next_session(number)
        where = f"session {number} of seed {run.seed}"
        with tally.fault():
            left = answered(partial(_session, path, clock, clock.chance.getrandbits(32)))
            if left is None:
                tally.note("other", f"{where}: no answer")
                continue
            held |= left.made
            tally.count("backups", len(left.made))
            listed = backups.list_backups(path)
            by_hand = (by_hand | {one.sequence for one in listed if one.is_by_hand}) & set(held)
            for problem in _missing(listed, held, by_hand):
                tally.note("lost", f"{where}: {problem}")
            if number % _DRILL_EACH == _DRILL_EACH - 1 or number == run.count - 1:
                for one in listed:
                    tally.count("restored")
                    copy = put(path.parent, run.folder / "drill")
                    problems = answered(partial(_drill, copy, one.sequence, held.get(one.sequence, ""), left.state))
                    for problem in ("no answer",) if problems is None else problems:
                        tally.note("corrupt", f"{where}, backup {one.sequence}: {problem}")
    return tally


def _session(path: Path, clock: Callable[[], datetime], seed: int) -> _Session:
    chance, made = Random(seed), dict[int, str]()
    with Store.open(path, now=clock) as store:
        if store.opening_backup is not None:
            made[store.opening_backup.sequence] = _state(store)
        clerk = Clerk(store, chance)
        for _ in range(chance.randrange(1, 4)):
            clerk.act()
        if chance.random() < 0.2:
            made[store.back_up(BY_HAND).sequence] = _state(store)
        return _Session(made, _state(store))


def _missing(listed: tuple[Backup, ...], held: dict[int, str], by_hand: set[int]) -> Iterator[str]:
    """What of the last ten of each kind is not there, or not as it was written."""
    there = {one.sequence for one in listed if backups._is_as_written(one)}
    for kind, numbers in (("by hand", by_hand), ("by the program", set(held) - by_hand)):
        if gone := set(sorted(numbers)[-KEPT:]) - there:
            yield f"backups {kind} that are gone or spoilt: {sorted(gone)}"


def _drill(path: Path, sequence: int, held: str, present: str) -> tuple[str, ...]:
    """What is wrong with restoring a backup, and with going back to what stood there before."""
    found = []
    try:
        chosen = next(one for one in backups.list_backups(path) if one.sequence == sequence)
        kept = backups.restore(path, chosen).kept
        with Store.open(path, backing_up=False) as store:
            found += [] if _state(store) == held else ["restored, the store says something else than when it was made"]
            found += contradictions(store)
        back = next((one for one in backups.list_backups(path) if kept is not None and one.path == kept), None)
        if back is None:
            return (*found, "what stood there before was not kept as a backup")
        backups.restore(path, back)
        with Store.open(path, backing_up=False) as store:
            found += [] if _state(store) == present else ["taken back, the store is not what stood there before"]
    except UserError as error:
        found.append(str(error))
    return tuple(found)


def _state(store: Store) -> str:
    return sha256(repr((sorted(store.projects(), key=lambda one: one.id), store.settings())).encode()).hexdigest()
