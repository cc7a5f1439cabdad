"""Who works on a file of a shared folder: named beside it, so that the next one is told at once (reliability.md §5.4).

It is the same file that names who has a store open in place (:mod:`storage.store.lock`), so that every version of the
program respects it. It is no lock: what decides whether something is overwritten is what lies in the folder.
"""

from __future__ import annotations

import json
import platform
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from storage.files.atomic import NO_ROOM
from storage.files.running import is_running
from storage.store import lock
from storage.store.lock import Holder, LockedError

_DAY_SECONDS = 24 * 60 * 60
_HOUR_SECONDS = 60 * 60


class HeldElsewhereError(LockedError):
    """Somebody else works on the file; a copy of it can be opened."""


def claim(target: Path, me: Holder, last_token: str) -> None:
    """Name ``me`` beside a file. Raises HeldElsewhereError while somebody else is named who may be at work.

    ``last_token`` is that of the run of this computer whose copy is open here now: what it left is taken over, as is
    what a program of this computer left that no longer runs. Raises OSError when nothing can be written there.
    """
    for _ in range(2):
        holder = lock.holder_of(target)
        if holder is not None and holder.token == me.token:
            return
        if holder is not None and not _is_left_behind(holder, last_token):
            raise HeldElsewhereError(_told(target, holder, me), lock.lock_path(target))
        path = lock.lock_path(target)
        path.unlink(missing_ok=True)
        try:
            with path.open("x", encoding="utf-8") as file:
                json.dump(asdict(me), file)
        except FileExistsError:
            continue  # somebody was quicker; it is looked who
        except OSError as error:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            if error.errno not in NO_ROOM:  # a full disk keeps nobody from reading
                raise
        return


def _is_left_behind(holder: Holder, last_token: str) -> bool:
    if holder.host != platform.node():
        return False
    return (holder.token == last_token != "") or not is_running(holder.pid)


def _told(target: Path, holder: Holder, me: Holder) -> str:
    age = _age(holder.since, me.since)
    since = f"自 {holder.since} 起{f'，已 {age}' if age else ''}"
    return f"“{target}”正在被{holder.user}（{holder.host}）编辑（{since}）。\n{lock.WAIT}"


def _age(since: str, now: str) -> str:
    """How long ago a time was that was written as it is shown; "" when nobody can say, or it was just now."""
    try:
        seconds = (datetime.fromisoformat(now) - datetime.fromisoformat(since)).total_seconds()
    except (ValueError, TypeError):
        return ""
    if seconds >= _DAY_SECONDS:
        return f"{int(seconds // _DAY_SECONDS)} 天"
    return f"{int(seconds // _HOUR_SECONDS)} 小时" if seconds >= _HOUR_SECONDS else ""
