"""Where all that is temporary of one run of the program lies: a folder for its owner's eyes only, gone when it ends.

Libraries write there too: openpyxl lays down the sheets of a workbook. What a killed run left, the next
start takes away.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.files.in_use import in_use, is_abandoned

_PREFIX = "jixiao-run-"
_DAY_SECONDS = 24 * 60 * 60


@contextmanager
def scratch() -> Iterator[None]:
    """Keep temporary files of this process in a folder of its own; where none can be made, where they always do."""
    usual = Path(tempfile.gettempdir())
    clean(usual)
    before = tempfile.tempdir
    try:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=usual))
    except OSError:
        yield
        return
    with in_use(folder):
        tempfile.tempdir = str(folder)
        try:
            yield
        finally:
            tempfile.tempdir = before
            shutil.rmtree(folder, ignore_errors=True)


def clean(place: Path) -> None:
    """Take away what killed runs of this user left in a folder for temporary files."""
    with suppress(OSError):
        for folder in [path for path in place.glob(f"{_PREFIX}*") if path.is_dir() and not path.is_symlink()]:
            with suppress(OSError):
                if _is_ours(folder) and (is_abandoned(folder) or _is_old(folder)):
                    shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    return os.name != "posix" or folder.stat().st_uid == os.getuid()


def _is_old(folder: Path) -> bool:
    """Whether nobody has put anything there for a day, where the lock says nothing."""
    return os.name != "posix" and folder.stat().st_mtime < time.time() - _DAY_SECONDS
