"""Where the program keeps what is this user's alone: its log, and copies of files that lie in shared folders."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


def private_folder() -> Path:
    """The folder, beside what else the system keeps of this user's programs; nobody synchronises it."""
    home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(home) / "jixiao"


def leave_no_core() -> None:
    """Have the system write no image of this process when it crashes: every text that is open would be in it."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 there alone

        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
