"""Names of one thing in two years, spelled ever more loosely (domain.md §8.4)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Generic, TypeVar

from model.values.matching import matching_name

_DIGIT = "[0-9〇○零一二三四五六七八九]"
_YEAR = rf"(?:(?<![0-9])(?:19|20)[0-9]{{2}}(?![0-9])|(?<!{_DIGIT})二[〇○零]{_DIGIT}{{2}}(?!{_DIGIT}))"
_COUNTED = "家个人次场项件套台万亿千百元篇份名户亩米吨条位册期批节课班辆座栋所处株头只天日月号"
_YEARS = re.compile(
    rf"{_YEAR}年?[-—–~～至到](?:{_YEAR}|[0-9]{{2}})(?:学年度?|财年|年度?)|{_YEAR}(?:学年度?|财年|年度?)"
    rf"|(?<![0-9])[0-9]{{2}}年度|[本当]年度|^{_YEAR}(?![{_COUNTED}])|{_YEAR}(?=[)\]】]|$)"
)
_NO_LETTER = re.compile(r"[\W_]")
_SUFFIXES = ("专项资金", "专项经费", "专项", "项目", "经费", "资金", "建设", "工作", "费用", "费")


@lru_cache(maxsize=65_536)
def loose_name(text: str) -> str:
    """A name without its years, brackets, quotes and punctuation, in small letters; what stands in brackets stays.

    A name that is nothing else keeps them.
    """
    name = matching_name(text).lower()
    return _NO_LETTER.sub("", _YEARS.sub("", name)) or name


@lru_cache(maxsize=65_536)
def bare_name(text: str) -> str:
    """A loose name without the words that end so many: 建设, 项目, 经费 … and without the ones after one another."""
    name = loose_name(text)
    while True:
        shorter = next((name.removesuffix(suffix) for suffix in _SUFFIXES if name.endswith(suffix)), name)
        if len(shorter) < 2 or shorter == name:
            return name
        name = shorter


@lru_cache(maxsize=65_536)
def likeness(one: str, other: str) -> int:
    """How alike two names are, in per cent: the share of characters both have in the same order, suffixes aside."""
    mine, theirs = bare_name(one), bare_name(other)
    if not mine or not theirs:
        return 0
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    return 200 * sum(block.size for block in blocks) // (len(mine) + len(theirs))


Item = TypeVar("Item")


class Alike(Generic[Item]):
    """Finds the likeliest of many names: those that share a pair of characters which not everybody has are compared."""

    def __init__(self, named: Iterable[tuple[str, Item]]) -> None:
        self._named = list(named)
        self._having: dict[str, list[int]] = {}
        for at, (name, _) in enumerate(self._named):
            for pair in _pairs(name):
                self._having.setdefault(pair, []).append(at)

    def likeliest(self, name: str, least: int, count: int) -> list[Item]:
        """Up to so many of at least this likeness, the likeliest first and of equal ones the first."""
        shared: Counter[int] = Counter()
        for pair in _pairs(name):
            having = self._having.get(pair, ())
            shared.update(having if len(having) <= _EVERYBODYS else ())
        found = [(likeness(name, self._named[at][0]), -at) for at, _ in shared.most_common(_COMPARED)]
        return [self._named[-at][1] for alike, at in sorted(found, reverse=True)[:count] if alike >= least]


_EVERYBODYS = 400
_COMPARED = 24


def _pairs(name: str) -> set[str]:
    bare = bare_name(name)
    return {bare[at : at + 2] for at in range(max(1, len(bare) - 1))} if bare else set()
