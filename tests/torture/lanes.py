"""Several works side by side, each in a process of its own that may not fill the disk and leaves nobody behind."""

from __future__ import annotations

import os
import pickle
import resource
import select
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Generic, TypeVar

from tests.torture.stores import forked

LARGEST_FILE = 2**30
"""How many bytes no file of a programme may exceed: one that was let loose once filled a whole disk."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Ended(Generic[Answer]):
    """Which work ended, counted from 0, what it gave (None when it ended without an answer), and after how long."""

    number: int
    answer: Answer | None
    seconds: float


@dataclass(slots=True)
class _Running:
    number: int
    child: int
    since: float
    received: bytearray = field(default_factory=bytearray)


def side_by_side(works: Sequence[Callable[[], Answer]], lanes: int) -> Iterator[Ended[Answer]]:
    """Do the works in their order, so many at a time; each is given as it ends."""
    waiting = list(enumerate(works))[::-1]
    running: dict[int, _Running] = {}
    try:
        while waiting or running:
            while waiting and len(running) < lanes:
                number, work = waiting.pop()
                descriptor, child = _begun(work)
                running[descriptor] = _Running(number, child, monotonic())
            for descriptor in select.select(list(running), [], [])[0]:
                piece = os.read(descriptor, 2**16)
                running[descriptor].received += piece
                if not piece:
                    yield _ended(descriptor, running.pop(descriptor))
    finally:
        for descriptor, one in running.items():
            _ended(descriptor, one)


def _begun(work: Callable[[], Answer]) -> tuple[int, int]:
    """Where the answer of a work that was begun comes out, and its process."""
    reading, writing = os.pipe()

    def answer() -> None:
        os.close(reading)
        os.setpgid(0, 0)
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        limit = LARGEST_FILE if most == resource.RLIM_INFINITY else min(LARGEST_FILE, most)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        with os.fdopen(writing, "wb") as out:
            out.write(pickle.dumps(work()))

    child = forked(answer)
    os.close(writing)
    return reading, child


def _ended(descriptor: int, one: _Running) -> Ended[Answer]:
    os.close(descriptor)
    with suppress(ProcessLookupError, PermissionError):  # whatever it began and did not end goes with it
        os.killpg(one.child, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.kill(one.child, signal.SIGKILL)
    os.waitpid(one.child, 0)
    return Ended(one.number, pickle.loads(one.received) if one.received else None, monotonic() - one.since)
