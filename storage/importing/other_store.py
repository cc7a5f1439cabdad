"""The forms of another ``.jixiao`` file: several people fill in files of their own and bring them together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from model.errors import UserError
from model.forms import FORMS
from storage.files.reasons import reason, refuse_unless_file, remedy
from storage.interchange import NOTHING_DONE, ImportedForm
from storage.store import lock
from storage.store.engine import address_of
from storage.store.opening import check_header
from storage.store.sqlite import Store

_SPOILT = "这张表的内容与对方文件保存时不一致，文件受过损坏或被其他程序改动过。请逐项核对，或请对方用备份重新给一份。"
_ASK_AGAIN = "请用它的备份，或请对方重新给一份。"
_PARTS = ("", "-journal", "-wal")
"""SQLite's names: a file somebody was cut off from writing, or another program left, is whole with these alone."""


def read_store(path: Path) -> tuple[ImportedForm, ...]:
    """Every form of a store, complete; the file stays as it is, lock and all.

    Raises UserError when it is no store, newer, damaged, or open somewhere.
    """
    with copied(path) as store:
        projects = store.projects()
        spoilt = {project.id for project in projects if not store.is_as_written(project)}
    numbers = count(1)
    return tuple(
        replace(
            ImportedForm.of(project, kind, path.name, next(numbers)),
            notices=(_SPOILT,) if project.id in spoilt else (),
        )
        for project in projects
        for kind in FORMS
        if project.form(kind) is not None
    )


@contextmanager
def copied(path: Path) -> Iterator[Store]:
    """A store opened as a copy, which may be read whatever the rights to the file and its folder.

    Raises UserError when it is no store, newer, damaged, or open somewhere.
    """
    refuse_unless_file(path, NOTHING_DONE, "请选择扩展名为 .jixiao 的文件。")
    lock.refuse_if_held(path)
    with ExitStack() as stack:
        copy = Path(stack.enter_context(TemporaryDirectory())) / path.name
        with _held_still(path):
            check_header(path, f"{NOTHING_DONE}{_ASK_AGAIN}")
            _copy(path, copy)
        try:
            store = stack.enter_context(Store.open(copy, backing_up=False))
        except UserError as error:
            raise UserError(f"文件“{path.name}”已损坏或被其他程序改动过。\n{NOTHING_DONE}{_ASK_AGAIN}") from error
        yield store


@contextmanager
def _held_still(path: Path) -> Iterator[None]:
    """Keep everybody from writing meanwhile. Raises LockedError when somebody has the store open."""
    with ExitStack() as stack:
        try:
            hold = lock.claim(path)
            stack.callback(hold.release)
            lock.seize(hold, reading=True)
        except OSError as error:
            raise _out_of_reach(path, error) from error
        address = address_of(path.absolute(), "mode=ro")
        with closing(sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)) as reader:
            try:
                reader.execute("BEGIN")
                reader.execute("SELECT 1 FROM sqlite_master").fetchone()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                    raise lock.held_here(path) from error
                # somebody was cut off while writing: nobody writes now, and the copy will be put right
            except sqlite3.DatabaseError:
                pass  # damaged: opening the copy says so
            yield


def _copy(path: Path, copy: Path) -> None:
    try:
        for suffix in _PARTS:
            source = path.with_name(path.name + suffix)
            if not suffix or source.exists():
                copyfile(source, copy.with_name(copy.name + suffix))
    except OSError as error:
        raise _out_of_reach(path, error) from error


def _out_of_reach(path: Path, error: OSError) -> UserError:
    return UserError(f"无法读取“{path}”：{reason(error)}。\n{NOTHING_DONE}{remedy(error)}")
