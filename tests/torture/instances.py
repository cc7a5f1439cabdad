"""Programs that want the same file: twenty at once, beside a living one, after a killed one, and one elsewhere."""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from json import dumps
from pathlib import Path
from random import Random

from model.errors import UserError
from storage.store.lock import Holder, LockedError, lock_path
from storage.store.sqlite import Store
from tests.torture.kills import kill
from tests.torture.lanes import side_by_side
from tests.torture.stores import Clerk, contradictions, forked, last_entry, new_store
from tests.torture.tally import Run, Tally

_AT_ONCE = 20
_SOON = 0.5
_IN_TIME = 2.0
"""How many seconds of its own a program may take to say that another one has the file (reliability.md §5.1)."""

Open = Callable[[Path], None]
"""Opens a store, makes a gesture in it and keeps it open for a while. Raises UserError."""


@dataclass(frozen=True, slots=True)
class _Start:
    """How a start went: whether it got the file, what it was told instead, and after how many seconds."""

    is_open: bool
    told: str
    seconds: float


def start_together(run: Run) -> Tally:
    """All that several programs do with one file, by the store."""
    return _start(run, _opened)


def start_without_locks(run: Run) -> Tally:
    """The control: programs that open the file as SQLite does by itself."""
    return _start(run, _opened_plainly)


def _opened(path: Path) -> None:
    with Store.open(path, backing_up=False) as store:
        Clerk(store, Random(os.getpid())).act()
        time.sleep(_SOON)


def _opened_plainly(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE project SET department = department || '!'")
        time.sleep(_SOON)


def _start(run: Run, opened: Open) -> Tally:
    tally, chance = Tally(), Random(run.seed)
    scenes = (_twenty_at_once, _beside_a_living_one, _after_a_killed_one, _while_one_elsewhere_has_it)
    for number in range(run.count):
        scene = scenes[number % len(scenes)]
        path = new_store(run.folder / "store")
        where = f"{scene.__name__.strip('_').replace('_', ' ')}, {number} of seed {run.seed}"
        with tally.fault():
            for problem in scene(path, opened, chance, tally):
                tally.note("other", f"{where}: {problem}")
            lock_path(path).unlink(missing_ok=True)
            try:
                with Store.open(path, backing_up=False) as store:
                    for problem in contradictions(store):
                        tally.note("corrupt", f"{where}: {problem}")
            except UserError as error:
                tally.note("corrupt", f"{where}: {error}")
    return tally


def _twenty_at_once(path: Path, opened: Open, _chance: Random, tally: Tally) -> Iterator[str]:
    at = time.monotonic() + _SOON
    ended = list(side_by_side([partial(_started, path, opened, at) for _ in range(_AT_ONCE)], _AT_ONCE))
    starts = [one.answer for one in ended if one.answer is not None]
    got = sum(one.is_open for one in starts)
    tally.count("starts", len(starts))
    tally.count("told who has it", sum(platform.node() in one.told for one in starts))
    if len(starts) < _AT_ONCE:
        yield f"{_AT_ONCE - len(starts)} starts gave no answer"
    if got != 1:
        yield f"{got} programs had the file at once"
    yield from _refusals(starts)


def _beside_a_living_one(path: Path, opened: Open, chance: Random, tally: Tally) -> Iterator[str]:
    """Also under another name, and when its name beside the file was taken away or is somebody else's."""
    aliases = (path, path.with_name("链接.jixiao"), path.with_name("硬链接.jixiao"))
    aliases[1].symlink_to(path)
    os.link(path, aliases[2])
    with Store.open(path, backing_up=False) as store:
        clerk = Clerk(store, chance)
        clerk.act()
        match chance.randrange(3):
            case 0:
                lock_path(path).unlink()
            case 1:
                _name(path, platform.node(), 999_999)
            case _:
                pass
        for alias in aliases:
            start = _in_another_process(alias, opened)
            tally.count("starts")
            if start is None or start.is_open:
                yield f"a second program got {alias.name} ({start})"
            else:
                yield from _refusals([start])
        acked = clerk.act()
    with Store.open(path, backing_up=False) as store:
        if last_entry(store) != acked:
            yield f"entry {acked} of the living one is not the last"


def _after_a_killed_one(path: Path, opened: Open, chance: Random, tally: Tally) -> Iterator[str]:
    def hold() -> None:
        with Store.open(path, backing_up=False) as store:
            clerk = Clerk(store, Random(1))
            while True:
                clerk.act()

    child = forked(hold)
    end = time.monotonic() + 20
    while not lock_path(path).exists() and time.monotonic() < end:
        time.sleep(0.005)
    time.sleep(chance.uniform(0, 0.1))
    kill(child)
    tally.count("starts")
    start = _in_another_process(path, opened)
    if start is None or not start.is_open:
        yield f"the next start did not get it: {start}"


def _while_one_elsewhere_has_it(path: Path, opened: Open, _chance: Random, tally: Tally) -> Iterator[str]:
    _name(path, "财务科-02", 4711)
    before = path.read_bytes()
    tally.count("starts")
    start = _in_another_process(path, opened)
    if start is None or start.is_open or path.read_bytes() != before:
        yield f"somebody on another computer was overruled: {start}"
    elif "财务科-02" not in start.told or "张三" not in start.told:
        yield f"it does not say who: {start.told!r}"
    lock_path(path).unlink(missing_ok=True)
    start = _in_another_process(path, opened)
    if start is None or not start.is_open:
        yield f"when that one is gone it cannot be opened: {start}"


def _name(path: Path, host: str, number: int) -> None:
    """Have somebody else's name beside a store."""
    lock_path(path).unlink(missing_ok=True)
    holder = Holder("张三", host, number, "2026-11-21 14:32", "token")
    lock_path(path).write_text(dumps(asdict(holder)), "utf-8")


def _in_another_process(path: Path, opened: Open) -> _Start | None:
    (ended,) = side_by_side([partial(_started, path, opened, 0.0)], 1)
    return ended.answer


def _started(path: Path, opened: Open, at: float) -> _Start:
    time.sleep(max(0.0, at - time.monotonic()))
    start, used = time.monotonic(), time.process_time()
    try:
        opened(path)
    except LockedError as error:
        # of its own: twenty share two cores
        waited = min(time.monotonic() - start, time.process_time() - used + _SOON * 2)
        return _Start(is_open=False, told=str(error), seconds=waited)
    except (UserError, sqlite3.Error) as error:
        return _Start(is_open=False, told=f"no refusal for being open elsewhere: {error}", seconds=0.0)
    return _Start(is_open=True, told="", seconds=0.0)


def _refusals(starts: list[_Start]) -> Iterator[str]:
    """What is wrong with how starts were refused."""
    for one in starts:
        if not one.is_open and "no refusal" in one.told:
            yield one.told
        if one.seconds > _IN_TIME:
            yield f"refused after {one.seconds:.1f} s"
