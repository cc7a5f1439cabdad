"""Runs one programme and its control, each in a process and a folder of its own."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from tests.torture.report import Result
from tests.torture.stores import answered
from tests.torture.tally import Programme, Run, Tally

_MEMORY = Path("/dev/shm")
_HOURS = 4 * 3600.0


def ran(programme: Programme, seed: int, *, is_long: bool, share: int = 1) -> Result:
    """What a programme and its control found."""
    whole = programme.long if is_long else programme.short
    start = monotonic()
    tally = _apart(programme.run, whole if whole == 0 else max(1, whole // share), seed)
    control = _apart(programme.control, programme.control_count, seed)
    return Result(programme, tally, control, monotonic() - start)


def _apart(work: Callable[[Run], Tally], count: int, seed: int) -> Tally:
    place = _MEMORY if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="jixiao-torture-", dir=place))

    def measured() -> Tally:
        tally = work(Run(count, seed, folder))
        tally.measure()
        return tally

    try:
        found = answered(measured, _HOURS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if found is None:
        found = Tally()
        found.note("other", "the programme itself ended without an answer")
    return found
