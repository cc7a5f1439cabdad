"""Where the program keeps what is this user's alone: its log, and copies of files that lie in shared folders."""

from __future__ import annotations

import os
from pathlib import Path


def private_folder() -> Path:
    """The folder, beside what else the system keeps of this user's programs; nobody synchronises it."""
    home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(home) / "jixiao"
