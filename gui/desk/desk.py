"""What a room is given of the window it stands in: its desk, and never the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from gui.desk.notify import Teller
from gui.desk.preferences import Preferences
from gui.desk.tasks import TaskRunner
from gui.desk.theme import Appearance
from gui.document.document import Document

Verbs = Mapping[str, Callable[[], object]]
"""What a room can do, by the names of the actions that ask for it (:mod:`gui.actions`)."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The things of one window that all its rooms share.

    ``document`` is what is open, ``tasks`` runs long work, ``tell`` shows a message below the page; ``appearance``
    is the theme, ``preferences`` what this person's window remembers. Dialogs open over ``parent``.
    """

    document: Document
    tasks: TaskRunner
    tell: Teller
    appearance: Appearance
    preferences: Preferences
    parent: QWidget


def joined(rooms: Iterable[Verbs]) -> Verbs:
    """The verbs of all rooms. Raises ValueError when two of them do the same action: one would never be done."""
    all_verbs: dict[str, Callable[[], object]] = {}
    for verbs in rooms:
        twice = all_verbs.keys() & verbs.keys()
        if twice:
            raise ValueError(f"two rooms do {', '.join(sorted(twice))}")
        all_verbs |= verbs
    return all_verbs
