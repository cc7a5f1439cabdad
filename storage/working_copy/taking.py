"""What lies in a shared folder, taken as the copy on this computer: whole, checked, found again after a kill.

Whatever is refused on the way leaves the copy as it was (reliability.md §5.4).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from model.errors import UserError
from storage.files import atomic
from storage.files.reasons import refuse_unless_file
from storage.store import copies, journal, opening, refusal, side_files
from storage.store.engine import address_of
from storage.store.port import OpenStore
from storage.store.refusal import UnreadableError
from storage.working_copy.place import Generation, Note, Place, generation_of
from storage.working_copy.reach import reach
from storage.working_copy.waiting import Waiting

CHOOSE = "请选择扩展名为 .jixiao 的文件。"


def copy_out(target: Path, path: Path) -> None:
    """Copy what lies in a shared folder to a new file, also while somebody works on it. Raises UserError."""
    copies.refuse_existing(path, "没有复制")
    refuse_unless_file(target, "", CHOOSE)
    opening.check_header(target)
    side_files.set_aside(path)
    try:
        with atomic.replacing(path, private=True) as beside:
            _fetch(target, beside)
    except OSError as error:
        raise refusal.of_system(error, target) from error


def put_out(store: OpenStore, path: Path, waiting: Waiting) -> None:
    """Write all an open store holds to a new file of a shared folder, which gets it whole. Raises UserError."""
    waiting(lambda: copies.refuse_existing(path, "没有另存"))
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        whole = Path(folder) / path.name
        store.save_copy(whole)
        content = whole.read_bytes()  # what nobody waits for any more outlives the folder
    waiting(lambda: _put(content, path))


def _put(content: bytes, path: Path) -> None:
    side_files.set_aside(path)
    with atomic.replacing(path, private=True) as beside:
        beside.write_bytes(content)


def _fetch(target: Path, copy: Path) -> tuple[Generation, str]:
    """Copy a file of a shared folder while it keeps still, and check it: what it is, and its mark.

    Raises UserError, and OSError.
    """
    before = generation_of(target)
    shutil.copyfile(target, copy)
    if generation_of(copy).digest != before.digest or side_files.beside(target):
        raise UserError(f"“{target}”正在被改写，没有打开。\n文件未作任何改动。请稍后再试。")
    return before, _checked(copy, target)


def take(place: Place, now: Callable[[], datetime], note: Note, waiting: Waiting) -> Note:
    """Replace the copy by what lies in the folder, checked before. Raises UserError; the copy is then as it was."""
    target = place.target
    reach(place, waiting, lambda: _make_whole(target, now))
    side_files.set_aside(place.store)
    try:
        with atomic.replacing(place.store, private=True) as beside:
            there, mark = reach(place, waiting, lambda: _fetch(target, beside))
            place.write(replace(note, arriving=there.digest))
    except OSError as error:
        raise refusal.of_system(error, target) from error
    note = Note(str(target), there, mark, note.written, token=note.token)
    place.write(note)
    return note


def _make_whole(target: Path, now: Callable[[], datetime]) -> None:
    """Look what lies in the folder, and put it right where a program that edited it in place was cut off."""
    opening.check_header(target)
    if side_files.beside(target):  # without its journal it is not whole
        opening.open_file(target, now()).close()


def _checked(copy: Path, target: Path) -> str:
    """The mark of a content that was fetched. Raises UserError when it is that of no sound store."""
    address = address_of(copy.absolute(), "mode=ro&immutable=1")
    try:
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
            opening.check_content(connection, copy)
            return journal.mark(connection)
    except UnreadableError as error:
        raise UnreadableError(str(error).replace(copy.name, target.name)) from error
    except sqlite3.Error as error:
        raise refusal.of_database(error, target) from error


def settled_here(place: Place, note: Note) -> Note:
    """What is noted, when the kill came between the arrival of a content and the note of it."""
    if not note.arriving:
        return note
    arrived = generation_of(place.store)
    if arrived.digest != note.arriving:
        return replace(note, arriving="")
    return replace(note, taken=arrived, mark=_checked(place.store, place.store), arriving="", leaving=())


def settled_there(note: Note, there: Generation) -> Note:
    """What is noted, when the kill came between the arrival of a content in the folder and the note of it."""
    left = next((one for one in note.leaving if one.digest == there.digest), None)
    return note if left is None else replace(note, taken=there, mark=left.mark, leaving=())


def set_aside(place: Place) -> Path:
    """Rename a copy that cannot be read, with what lies beside it."""
    names = (place.folder / f"损坏的副本-{number}{place.store.suffix}" for number in range(1, 10**6))
    kept = next(name for name in names if not name.exists())
    try:
        os.replace(place.store, kept)
    except OSError as error:
        raise atomic.write_error(error, kept) from error
    side_files.move_with(place.store, kept)
    return kept
