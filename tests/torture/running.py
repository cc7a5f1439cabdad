"""Runs programmes and their controls in pieces side by side, each in a process and a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tests.torture.lanes import side_by_side
from tests.torture.report import Result
from tests.torture.tally import Programme, Run, Tally

_MEMORY, _ROOM = Path("/dev/shm"), 2 << 30
_WORTH_A_PIECE = 4
_TRIES = 10


@dataclass(frozen=True, slots=True)
class Size:
    """How much is run: the long size or the short one, one of ``share`` of its faults, ``lanes`` pieces at a time."""

    is_long: bool = False
    share: int = 1
    lanes: int = 2

    def faults(self, programme: Programme) -> int:
        """How many faults of a programme; 0 stands for all there are."""
        whole = programme.long if self.is_long else programme.short
        return whole if whole == 0 else max(1, whole // self.share)


@dataclass(frozen=True, slots=True)
class _Piece:
    programme: Programme
    is_control: bool
    work: Callable[[], Tally]


def ran(programmes: Sequence[Programme], seed: int, size: Size) -> Iterator[Result]:
    """What programmes and their controls found, each when all of it is through."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that folders are removed then, too
    has_room = os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM
    folder = Path(tempfile.mkdtemp(prefix="jixiao-torture-", dir=_MEMORY if has_room else None))
    results = {one.number: Result(one, Tally(), Tally(), seed) for one in programmes}
    pieces = [piece for one in programmes for piece in _pieces(one, seed, size, folder)]
    left = {one.number: sum(piece.programme is one for piece in pieces) for one in programmes}
    try:
        for ended in side_by_side([piece.work for piece in pieces], size.lanes):
            piece = pieces[ended.number]
            result = results[piece.programme.number]
            found = Tally() if ended.answer is None else ended.answer
            if ended.answer is None and not piece.is_control:
                found.note("other", "the programme itself ended without an answer")
            (result.control if piece.is_control else result.tally).add(found)
            result.seconds += ended.seconds
            left[piece.programme.number] -= 1
            if not left[piece.programme.number]:
                yield result
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _pieces(programme: Programme, seed: int, size: Size, folder: Path) -> Iterator[_Piece]:
    whole = size.faults(programme)
    count = size.lanes if whole == 0 else max(1, min(size.lanes, whole // _WORTH_A_PIECE))
    place = folder / programme.number
    for piece in range(count):
        own = whole // count + int(piece < whole % count)
        run = Run(own, seed + piece, place / str(piece), piece, count)
        yield _Piece(programme, is_control=False, work=partial(_apart, programme.run, run))
    control = Run(programme.control_count, seed, place / "control")
    yield _Piece(programme, is_control=True, work=partial(_apart, partial(until_it_fails, programme.control), control))


def until_it_fails(control: Callable[[Run], Tally], run: Run) -> Tally:
    """What a control finds, tried again with another seed while it finds nothing: where a fault falls is chance.

    A control that finds something in half of its runs finds nothing in ten of them once in a thousand times.
    """
    tally = Tally()
    for number in range(_TRIES):
        folder = run.folder / f"try-{number}"  # no blank: the loader reads a list of libraries with blanks between
        folder.mkdir(parents=True)
        tally.add(control(replace(run, seed=run.seed + number, folder=folder)))
        if tally.failures:
            break
    return tally


def _apart(work: Callable[[Run], Tally], run: Run) -> Tally:
    """What comes of a run in this process, which was begun for it; its folder is gone afterwards."""
    temporary = run.folder.with_name(f"{run.folder.name}-tmp")
    for place in (run.folder, temporary):
        place.mkdir(parents=True)
    os.environ["TMPDIR"] = tempfile.tempdir = str(temporary)
    try:
        tally = work(run)
    finally:
        for place in (run.folder, temporary):
            shutil.rmtree(place, ignore_errors=True)
    tally.measure()
    return tally
