"""The place of a problem in as much room as there is: what tells its indicator from those beside it, and the cell."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics

from gui.desk.alike import Alike
from gui.desk.labels import elided
from model.values.excerpts import end_of, start_of

BETWEEN = " · "
_AROUND = ((4, 2), (4, 0), (2, 0))
"""Characters a name begins with, and of what it has in common with another one, before what tells it from that one."""
_SEEN = 2
"""Characters of that there are to be seen."""
_LEAST = 6
"""Letters of a name there has to be room for before its cell is shown beside it."""


def name_in(where: str) -> str:
    """The name of the indicator a place begins with."""
    return where.partition(BETWEEN)[0]


def shown_place(where: str, alike: Alike, metrics: QFontMetrics, room: int) -> str:
    """A place that fits: whole, or its name shortened where that leaves seen what tells it from the others."""
    if metrics.horizontalAdvance(where) <= room:
        return where
    name, between, cell = where.partition(BETWEEN)
    tail = between + cell
    left = room - metrics.horizontalAdvance(tail)
    if left < _LEAST * metrics.horizontalAdvance("字"):
        tail, left = "", room
    return _shortened(name, alike.shared(name), metrics, left) + tail


def _shortened(name: str, shared: int, metrics: QFontMetrics, room: int) -> str:
    plain = elided(name, metrics, room)
    if plain == name or len(plain.removesuffix("…")) > shared:
        return plain
    for head, before in _AROUND:
        first = name[: end_of(name, head, 0)]
        start = start_of(name, max(len(first), shared - before), shared)
        shown = elided(f"{first}…{name[start:]}", metrics, room)
        seen = len(shown.removesuffix("…")) - len(first) - 1 - (shared - start)
        if seen >= min(_SEEN, len(name) - shared):
            return shown
    return plain
