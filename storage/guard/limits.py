"""What the process that reads a foreign file may use, put on it by itself (Linux) or from outside (Windows)."""

from __future__ import annotations

import os
import sys
from typing import Any

MEGABYTE = 1024 * 1024
MEMORY = 300 * MEGABYTE
"""The most memory it may use for data."""
WRITTEN = 1024 * MEGABYTE
"""The largest file it may write (Linux): a store is read in a copy, and nothing a parser lays down fills the disk."""
SECONDS = 9
"""The processor time it may take; whatever the machine does besides."""
PATIENCE = 30
"""How many seconds it may stand about, as on a drive that does not answer, before it is stopped all the same."""

IS_WINDOWS = os.name == "nt"
_NO_CORE = (0, 0)


def limit_this_process() -> None:
    """Keep this process within the limits; elsewhere than on Linux whoever started it does so (:func:`hold`)."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 not on Windows

    resource.setrlimit(resource.RLIMIT_CORE, _NO_CORE)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    written = WRITTEN if most == resource.RLIM_INFINITY else min(WRITTEN, most)
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))


def hold(process_handle: int) -> Any:
    """Put a process of Windows into a job with the limits; it ends when what is returned is let go.

    Gives None where there are no jobs.
    """
    if not IS_WINDOWS:
        return None
    from storage.guard.job_object import Job  # noqa: PLC0415 Windows only

    return Job(process_handle, memory=MEMORY, seconds=SECONDS)
