"""What the program writes to: UTF-8 whatever the system's own encoding, and quiet when nobody takes it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

Say = Callable[[str], None]
"""Writes one line for the person or the program that reads along."""


def prepare_streams() -> None:
    """Make stdout and stderr ready for Chinese. A windowed program on Windows has neither; it gets silent ones."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 open to the end
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def let_go_of_streams() -> None:
    """Write out what is left. Where nobody takes it any more, Python must not complain of that as it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
