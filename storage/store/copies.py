"""Whole stores made from other ones: checked, in one piece, and never over a file that is there."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from model.errors import UserError
from storage.files import atomic
from storage.store import lock, refusal, side_files
from storage.store.engine import user_error


def copy_checked(source: sqlite3.Connection, target: Path) -> None:
    """Copy an open store page by page into the empty file ``target`` and check it. Raises sqlite3.Error."""
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        source.backup(copy)
        verdict = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)


def save_copy(source: sqlite3.Connection, target: Path) -> None:
    """Write what an open store holds to a new file, also when its own is gone. Raises UserError."""
    refuse_existing(target, "没有另存")
    side_files.set_aside(target)
    try:
        with atomic.replacing(target, private=True) as beside:
            copy_checked(source, beside)
    except sqlite3.Error as error:
        problem = user_error(error, target)
        if problem is not None and error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:
            raise problem from error
        raise UserError("文件的内容已无法完整读出，没有另存。\n请从最近的备份恢复。") from error


def copy_file(source: Path, target: Path) -> None:
    """Copy a closed store, such as the example, to a new file for its owner's eyes only. Raises UserError."""
    refuse_existing(target, "没有复制")
    lock.refuse_if_held(source)
    side_files.set_aside(target)
    with atomic.replacing(target, private=True) as beside:
        shutil.copyfile(source, beside)


def refuse_existing(target: Path, not_done: str) -> None:
    """Raise UserError when something stands where a new file is to be; ``not_done`` says what was not done."""
    if atomic.is_there(target):
        raise UserError(f"“{target}”已经存在，{not_done}。\n请换一个文件名。")
    refusal.refuse_long_path(target)
