"""Which names of a unit's year look like another one of it when only their beginning is shown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from gui.navigator.rows import Row

_LAST = "\U0010ffff"
"""Stands behind every text that begins alike."""


class Names:
    """The names below a row in order, kept until one of them is another."""

    def __init__(self) -> None:
        self._names: dict[int, list[str]] = {}

    def forget(self) -> None:
        """Projects came, went, or are called something else."""
        self._names.clear()

    def is_told_apart(self, row: Row, name: str, length: int) -> bool:
        """Whether no other name beside a project's begins with the same so many characters."""
        parent = row.parent
        if parent is None:
            return True
        if parent.number not in self._names:
            names = (one.summary.project_name for one in parent.children if one.summary is not None)
            self._names[parent.number] = sorted(" ".join(text.split()) for text in names)
        names_beside, start = self._names[parent.number], name[:length]
        first, last = bisect_left(names_beside, start), bisect_right(names_beside, start + _LAST) - 1
        return first > last or names_beside[first] == names_beside[last] == name
