"""A small log for the maintainers, for its owner's eyes only, without a text of any form."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from storage.files.private import private_folder
from storage.files.traces import SafeFormatter

_BYTES = 1_000_000
_LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"


class _PrivateFile(RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        def private(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        return open(self.baseFilename, "a", encoding="utf-8", opener=private)


def log_path() -> Path:
    """Where the log is."""
    return private_folder() / "jixiao.log"


def log_to_file(level: int = logging.INFO) -> None:
    """Log to :func:`log_path` from now on; without a place to write there is simply no log."""
    path = log_path()
    logging.raiseExceptions = False  # a log that fails must not print what it was to hold
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _keep_private(path)
        handler = _PrivateFile(path, maxBytes=_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        logging.basicConfig(level=level, handlers=[logging.NullHandler()])
        return
    handler.setFormatter(SafeFormatter(_LINE))
    logging.basicConfig(level=level, handlers=[handler])


def _keep_private(path: Path) -> None:
    """Close what earlier versions left open to everybody."""
    path.parent.chmod(0o700)
    for old in (path, path.with_name(f"{path.name}.1")):
        with suppress(FileNotFoundError):
            old.chmod(0o600)
