"""``library``: library files into a store, and the unit's own library out of it (docs/library.md)."""

from __future__ import annotations

import argparse

from model.errors import UserError
from model.library import Library
from storage.library import read_library, shipped, spell, spelt, taking, write_library
from storage.store.sqlite import Store
from storage.verbs.opened import opened, opened_to_read
from storage.verbs.streams import Say


def exchange_library(arguments: argparse.Namespace, say: Say, warn: Say) -> None:
    """Take the entries of ``files`` into ``store``, each file whole, then write its library to ``out``.

    Raises UserError; when it is for one of the files, nothing was changed.
    """
    if not arguments.files and arguments.out is None:
        raise UserError("请写明要导入的指标库文件，或用 --out 写明导出到哪个文件。")
    read = [read_library(path) for path in arguments.files]
    with (opened if read else opened_to_read)(arguments.store, warn) as store:
        for entries in read:
            taken = taking(_library_of(store), entries)
            if taken.changes:
                store.apply(taken.label, taken.changes)
            say(taken.text)
        if arguments.out is not None:
            count = write_library(arguments.out, [spelt(entry) for entry in _library_of(store).own()])
            say(f"已导出 {count} 条指标：{arguments.out}")


def _library_of(store: Store) -> Library:
    library = Library(shipped(), spell)
    for row in store.library_rows():
        library.take_row(None, row)
    for project in store.projects():
        library.follow(project)
    return library
