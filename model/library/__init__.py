"""The indicator library: entries by 二级指标, where they come from, and how they are found (docs/library.md)."""

from model.library.entry import SIGNS, Direction, Entry, Key, Known, LibraryRow, Source, entry_of, key_of
from model.library.known import Library
from model.library.spelling import OTHER_READING, Spelling, typed_letters

__all__ = [
    "OTHER_READING",
    "SIGNS",
    "Direction",
    "Entry",
    "Key",
    "Known",
    "Library",
    "LibraryRow",
    "Source",
    "Spelling",
    "entry_of",
    "key_of",
    "typed_letters",
]
