"""Names of sheets that Excel accepts: valid, at most 31 UTF-16 units, no two alike (reliability.md §3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_LONGEST = 31
_RESERVED = "history"
_NAMELESS = "未命名项目"


def sheet_names(wanted: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """A valid name for each (name, ending), as near to both joined as can be; the ending survives the shortening."""
    taken: set[str] = set()
    names: list[str] = []
    for name, ending in wanted:
        chosen = _unique(_cleaned(name), _FORBIDDEN.sub(" ", ending).rstrip(" '"), taken)
        taken.add(chosen.casefold())
        names.append(chosen)
    return tuple(names)


def _cleaned(name: str) -> str:
    words = " ".join(_FORBIDDEN.sub(" ", name).split())
    return words.strip("' ") or _NAMELESS


def _unique(name: str, ending: str, taken: set[str]) -> str:
    number, tail = 1, ending
    while True:
        candidate = _shortened(name, _LONGEST - _utf16_length(tail)) + tail
        if candidate.casefold() not in taken and candidate.casefold() != _RESERVED:
            return candidate
        number += 1
        tail = f"{ending}({number})"


def _shortened(name: str, room: int) -> str:
    name = name[:room]  # no character takes less than one unit
    while _utf16_length(name) > room:
        name = name[:-1]
    return name.rstrip(" '")


def _utf16_length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
