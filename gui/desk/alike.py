"""Which texts of a list look alike when only their beginning is shown."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import takewhile


class Alike:
    """The texts of a list; the same one twice is one."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = sorted(set(texts))

    def shared(self, text: str) -> int:
        """How many characters a text begins with that another one begins with, too: in order that is one beside it."""
        at = bisect_left(self._texts, text)
        is_here = at < len(self._texts) and self._texts[at] == text
        beside = (*self._texts[max(0, at - 1) : at], *self._texts[at + is_here : at + is_here + 1])
        return max((_together(text, other) for other in beside), default=0)


def _together(text: str, other: str) -> int:
    pairs = zip(text, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
