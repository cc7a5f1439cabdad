"""Entries ready to be searched: a key asks all of them, so they are asked in one text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from model.library.entry import Key, Known
from model.library.spelling import Spelling
from model.values.matching import matching_name

_BETWEEN = "\0"


class Spelt:
    """An entry ready to be searched: by its ``name``, and by its ``sounds``; ``serial`` says when it came first."""

    __slots__ = ("_heads", "_initials", "known", "name", "serial", "sounds", "spelling")

    def __init__(self, known: Known, spelling: Spelling, serial: int) -> None:
        self.known = known
        self.spelling = spelling
        self.serial = serial
        self.name = matching_name(known.entry.name).casefold()
        self._initials = "\n" + "\n".join(spelling.initials)
        self._heads = "\n" + "\n".join(spelling.full)
        self.sounds = self._initials + self._heads

    def quality(self, name: str, letters: str) -> int | None:
        """How well what was typed fits, 0 the best: the name begins with it, holds it, the same of its pinyin."""
        if name in self.name:
            return 0 if self.name.startswith(name) else 1
        if not letters:
            return None
        beginning = f"\n{letters}"
        if beginning in self._initials:
            return 2
        if beginning in self._heads:
            return 3
        return 4 if letters in self._initials else None


class Group:
    """Entries that are searched together."""

    def __init__(self) -> None:
        self._entries: dict[Key, Spelt] = {}
        self._names: _Joined | None = None
        self._sounds: _Joined | None = None

    def put(self, key: Key, spelt: Spelt) -> None:
        """Add an entry, or have another one in its place."""
        self._entries[key] = spelt
        self._names = self._sounds = None

    def drop(self, key: Key) -> None:
        """Take an entry out."""
        del self._entries[key]
        self._names = self._sounds = None

    def holding(self, name: str, letters: str) -> Iterator[Spelt]:
        """The entries that hold one of the two somewhere, each once: all that can be found by what was typed."""
        if not name and not letters:
            yield from self._entries.values()
            return
        if self._names is None or self._sounds is None:
            self._names = _Joined(self._entries.values(), lambda one: one.name)
            self._sounds = _Joined(self._entries.values(), lambda one: one.sounds)
        by_sound = set(self._sounds.at(letters)) if letters else set()
        everything = list(self._entries.values())
        for at in by_sound.union(self._names.at(name)):
            yield everything[at]


class _Joined:
    """One text of many, and where each of them begins in it."""

    def __init__(self, entries: Iterable[Spelt], text_of: Callable[[Spelt], str]) -> None:
        texts = [text_of(one) for one in entries]
        self._text = _BETWEEN.join(texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)]

    def at(self, wanted: str) -> Iterator[int]:
        """The numbers of the texts that hold another one."""
        found = self._text.find(wanted)
        while found >= 0:
            number = bisect_right(self._starts, found) - 1
            yield number
            found = self._text.find(wanted, self._starts[number + 1])
