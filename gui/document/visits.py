"""What was on screen before, and the way back to it."""

from __future__ import annotations

from collections.abc import Callable

from gui.document.project_list import Group

Visit = str | Group
"""A project by its id, or the list of a group."""

KEPT = 50


class Visits:
    """The last things on screen, each noted when it is left."""

    def __init__(self) -> None:
        self._before: list[Visit] = []
        self._is_going_back = False

    def leave(self, here: Visit | None) -> None:
        """Something else comes on screen; on the way back nothing is noted."""
        if here is not None and not self._is_going_back:
            self._before = [*self._before, here][-KEPT:]

    def before(self, here: Visit | None) -> Visit | None:
        """What was on screen before something else."""
        return next((one for one in reversed(self._before) if one != here), None)

    def clear(self) -> None:
        """Another file is open."""
        self._before = []

    def go_back(
        self, here: Callable[[], Visit | None], is_there: Callable[[Visit], bool], go: Callable[[Visit], None]
    ) -> bool:
        """Go to the last one that still is there; whether that was done. One that could not be left to stays noted."""
        start = here()
        while self._before:
            last = self._before.pop()
            if last == start or not is_there(last):
                continue
            self._is_going_back = True
            go(last)
            self._is_going_back = False
            if here() != last:
                self._before.append(last)
            return here() == last
        return False
