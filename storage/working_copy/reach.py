"""Reaching into a shared folder: one thing after the other for each file, waited for as somebody waits."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Lock, Thread

from storage.files import atomic
from storage.files.hold import is_held_here
from storage.store import lock, refusal
from storage.working_copy import found, owner
from storage.working_copy.place import Note, Place
from storage.working_copy.waiting import GaveUpError, Result, Waiting, not_at_all

_GOODBYE_SECONDS = 1 / 2
"""How long the taking away of a name is waited for; nothing depends on it."""

_under_way: dict[Path, Lock] = {}  # by the folder of a copy: what nobody waits for any more still comes before the next


def claim(place: Place, now: Callable[[], datetime], last: Note, waiting: Waiting) -> tuple[str, str]:
    """Name this program beside the file, and clean away or find again what a kill left there. Raises UserError.

    ``last`` is what was noted last. Given are the token of this program, and what is to be said of what was found.
    """
    me = lock.myself(now())

    def name() -> str:
        if is_held_here(place.target):
            raise lock.held_here(place.target)
        refusal.refuse_lock_folder(place.target)
        try:
            owner.claim(place.target, me, last.token)
        except OSError as error:
            raise refusal.of_system(error, place.target) from error
        atomic.clean_leftovers(place.target.parent)
        return found.about(place.target, found.found_again(place.target, last.own))

    told = reach(place, waiting, name, partial(_release, place, now))
    return me.token, told


def _release(place: Place, now: Callable[[], datetime]) -> None:
    with suppress(OSError), lock_of(place):  # a folder that is away keeps the name; it is known by its token
        lock.release(place.target, lock.myself(now()))


def let_go(place: Place, now: Callable[[], datetime]) -> None:
    """Take the name away beside whatever comes next: a folder that does not answer keeps nobody."""
    goodbye = Thread(target=_release, args=(place, now), daemon=True)
    goodbye.start()
    goodbye.join(_GOODBYE_SECONDS)


def place_of(target: Path, waiting: Waiting) -> tuple[Place, Waiting]:
    """The place for a file, and how its folder is waited for from then on.

    Where nobody waits until the folder says whether the file is a link, one that has a copy is taken for none. Raises
    GaveUpError.
    """
    try:
        return waiting(lambda: Place.of(target)), waiting
    except GaveUpError:
        place = Place.named(target)
        if not place.store.is_file():
            raise
        return place, not_at_all


def lock_of(place: Place) -> Lock:
    """What is held while something is done in the folder of a file."""
    return _under_way.setdefault(place.folder, Lock())


def reach(
    place: Place, waiting: Waiting, work: Callable[[], Result], undo: Callable[[], object] | None = None
) -> Result:
    """Do something in the folder, after whatever is under way there."""

    def alone() -> Result:
        with lock_of(place):
            return work()

    return waiting(alone, undo)
