"""What has to be known of a file before it is opened: whether it is open, and whether it is edited in a copy."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from storage.working_copy.waiting import GaveUpError, Waiting, not_at_all


def wants_copy(path: Path) -> bool:
    """Whether a file is edited in a copy, by the folder it is in."""
    from storage.working_copy.choice import wants_copy  # noqa: PLC0415 brings sqlalchemy: not before the first paint

    return wants_copy(path)


def ask_about(
    path: Path, here: Path | None, wanted: Callable[[Path], bool], waiting: Waiting
) -> tuple[bool, bool, Waiting]:
    """Whether a file is the one that is open ``here``, whether it is ``wanted`` in a copy, how it is waited for then.

    Raises GaveUpError when nobody waits any more for the folder of a file that has no copy here.
    """
    from storage.working_copy.place import Place  # noqa: PLC0415 as above

    def ask() -> tuple[bool, bool]:
        is_here = here is not None and _real(here) == _real(path)
        return is_here, not is_here and wanted(path)

    try:
        return (*waiting(ask), waiting)
    except GaveUpError:
        if not Place.named(path).store.is_file():
            raise
        return here == path, True, not_at_all


def _real(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except ValueError:  # a name no file can have; opening says so
        return str(path)
