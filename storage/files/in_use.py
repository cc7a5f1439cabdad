"""Whether something temporary still belongs to a program that runs: a lock on it ends with the program in any case.

Known on Linux; elsewhere nobody can say, and its age has to do.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "linux":
    import fcntl


@contextmanager
def in_use(path: Path) -> Iterator[None]:
    """Mark a file or folder as in use by this program while the body runs, where that can be."""
    descriptor = _locked(path)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def is_abandoned(path: Path) -> bool:
    """Whether the program that marked a file or folder of this computer is gone; False where nobody knows."""
    descriptor = _locked(path)
    if descriptor is not None:
        os.close(descriptor)
    return descriptor is not None


def _locked(path: Path) -> int | None:
    """A descriptor that locks what is at ``path``; None when another one does, or it cannot be locked."""
    if sys.platform != "linux":
        return None
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return None
        return descriptor
    return None
