"""Whether a file is edited in a copy on this computer or where it lies."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from enum import StrEnum
from pathlib import Path

from storage.files.remote import THIS_SYSTEM, System, is_remote
from storage.store import journal
from storage.store.engine import address_of
from storage.working_copy.place import Place


class Way(StrEnum):
    """How a person wants files edited: by where they lie, always in a copy, or always in place."""

    BY_FOLDER = "by_folder"
    COPY = "copy"
    IN_PLACE = "in_place"


def wants_copy(path: Path, way: Way = Way.BY_FOLDER, system: System = THIS_SYSTEM) -> bool:
    """Whether a file is to be opened in a copy. One whose copy holds more than the folder always is."""
    if way is Way.COPY:
        return True
    place = Place.of(path)
    if place.store.is_file():
        return way is Way.BY_FOLDER or _holds_more(place)
    return way is Way.BY_FOLDER and is_remote(place.target, system)


def _holds_more(place: Place) -> bool:
    """Whether a copy that nobody has open may hold something the folder does not."""
    note = place.read()
    try:
        with closing(sqlite3.connect(address_of(place.store, "mode=ro"), uri=True)) as connection:
            return note is None or bool(note.leaving) or journal.mark(connection) != note.mark
    except sqlite3.Error:
        return True
