"""Stores opened and made for the document: what has to be known of a file first, and where it is edited in a copy."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from storage.files.remote import is_on_network
from storage.store.port import OpenStore
from storage.working_copy.waiting import GaveUpError, Waiting, not_at_all

if TYPE_CHECKING:
    from storage.working_copy.copy import WorkingCopy


def wants_copy(path: Path) -> bool:
    """Whether a file is edited in a copy, by the folder it is in."""
    from storage.working_copy.choice import wants_copy  # noqa: PLC0415 brings sqlalchemy: not before the first paint

    return wants_copy(path)


def opened_store(
    path: Path, here: Path | None, wanted: Callable[[Path], bool], waiting: Waiting
) -> tuple[OpenStore, WorkingCopy | None] | None:
    """The store of a file and the copy it is edited in; None for the file that is open ``here``. Raises UserError."""
    from storage.store.sqlite import Store  # noqa: PLC0415 as above

    is_here, in_copy, waits = _ask_about(path, here, wanted, waiting)
    if is_here:
        return None
    if not in_copy:
        return Store.open(path, backing_up=False), None
    from storage.working_copy.copy import WorkingCopy  # noqa: PLC0415 as above

    copy = WorkingCopy.open(path, backing_up=False, waiting=waits)
    copy.waiting = waiting
    return copy.store, copy


def created_store(path: Path, wanted: Callable[[Path], bool], waiting: Waiting) -> tuple[OpenStore, WorkingCopy | None]:
    """A new store and the copy it is edited in. Raises UserError."""
    from storage.store.sqlite import Store  # noqa: PLC0415 as above

    if not waiting(lambda: wanted(path)):
        return Store.create(path), None
    from storage.working_copy.copy import WorkingCopy  # noqa: PLC0415 as above

    copy = WorkingCopy.create(path, waiting=waiting)
    return copy.store, copy


def save_copy(store: OpenStore, path: Path, wanted: Callable[[Path], bool], waiting: Waiting) -> None:
    """Write all a store holds to a new file. Raises UserError."""
    if may_not_answer(path, wanted, waiting):
        from storage.working_copy.taking import put_out  # noqa: PLC0415 as above

        put_out(store, path, waiting)
    else:
        store.save_copy(path)


def may_not_answer(path: Path, wanted: Callable[[Path], bool], waiting: Waiting) -> bool:
    """Whether a file lies in a folder that is waited for. Raises GaveUpError."""
    return is_on_network(path) or waiting(lambda: wanted(path))


def _ask_about(
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
