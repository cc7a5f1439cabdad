"""What lies in a shared folder where a file is expected, and who put it there."""

from __future__ import annotations

from contextlib import suppress

from storage.store import lock
from storage.store.sqlite import utc_now
from storage.working_copy.place import Generation, Place, generation_of
from storage.working_copy.trouble import AwayError, ChangedError


def look(place: Place) -> Generation:
    """What lies in the folder. Raises AwayError."""
    try:
        return generation_of(place.target)
    except (FileNotFoundError, NotADirectoryError) as error:
        with suppress(OSError):
            if place.target.parent.is_dir():
                raise AwayError.missing(place.target) from error
        raise AwayError.unreachable(place.target) from error
    except OSError as error:
        raise AwayError.unreachable(place.target) from error


def changed(place: Place, there: Generation) -> ChangedError:
    """What is said when somebody else's content lies there, with who it may be from."""
    holder = lock.holder_of(place.target)
    other = holder if holder is not None and holder.token != lock.myself(utc_now()).token else None
    return ChangedError.by(place.target, there.modified, other)
