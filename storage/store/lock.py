"""Who has a store open: a small file beside it, so that the refusal can say a name.

The lock itself is SQLite's EXCLUSIVE mode, and :mod:`storage.files.hold` besides. The file beside it speaks where
those do not reach, to another computer, and for the message. One left behind by a crash on this computer is taken
over: the locks have ended with the program that held them.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from model.errors import UserError
from storage.files.atomic import NO_ROOM
from storage.files.hold import HeldError, Hold, is_held_here
from storage.files.ids import new_id

# A process number alone would be taken for another's after a crash: they are given again.
_THIS_PROGRAM = new_id()
_LONGEST = 4_096
_MOST_SHOWN = 64
WAIT = "文件未作任何改动。请等对方关闭后重试，或先打开一份副本。"
"""What to do while somebody else has a file."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who opened a store: account, computer, process, and since when (local time as text, only shown).

    ``token`` is the same for all that one run of the program opens, and never used by another run.
    """

    user: str
    host: str
    pid: int
    since: str
    token: str


class LockedError(UserError):
    """The store is open in another window or on another computer.

    ``text`` is what there is to say at first; all of it also says what to do when nobody has it open any more and the
    name beside it was left behind: that is needed only where trying again did not help.
    """

    def __init__(self, text: str, left_behind: Path | None = None) -> None:
        self.text = text
        more = (
            f"如确认对方已不在使用（例如电脑曾断电），请删除“{left_behind}”后重试。" if left_behind is not None else ""
        )
        super().__init__(text + more)


def lock_path(store: Path) -> Path:
    """The file beside a store that names its holder; beside the store itself where ``store`` is a link to it."""
    real = Path(os.path.realpath(store)) if store.is_symlink() else store
    return real.with_name(f"{real.name}.lock")


def myself(now: datetime) -> Holder:
    """This program as a holder."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):
        # an account without a name, as in a bare container
        user = "未知用户"
    return Holder(user, platform.node(), os.getpid(), f"{now.astimezone():%Y-%m-%d %H:%M}", _THIS_PROGRAM)


def holder_of(store: Path) -> Holder | None:
    """Who the file beside a store names; None when there is none or it cannot be read."""
    path = lock_path(store)
    try:
        if not path.is_file():  # a pipe would be read for ever
            return None
        with path.open("rb") as file:
            data = json.loads(file.read(_LONGEST))
        user, host, since, token = (_shown(data[name]) for name in ("user", "host", "since", "token"))
        return Holder(user, host, int(data["pid"]), since, token)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _shown(value: object) -> str:
    """A text of the file as it may stand in a message."""
    shown = "".join(character for character in str(value)[:_MOST_SHOWN] if character.isprintable())
    return shown if len(str(value)) <= _MOST_SHOWN else f"{shown}…"


def refuse_if_held(store: Path) -> None:
    """Raise LockedError when this program has the store open, by whatever name, or one on another computer.

    Of other programs on this computer :mod:`storage.files.hold` and SQLite know. Nothing is opened but the name beside.
    """
    if is_held_here(store):
        raise held_here(store)
    holder = holder_of(store)
    if holder is not None and holder.host != platform.node():
        raise LockedError(f"{_who(store, holder)}\n{WAIT}", lock_path(store))


def claim(store: Path) -> Hold:
    """Reserve a file within this program, before anything opens it. Raises LockedError, and OSError."""
    try:
        return Hold.claim(store)
    except HeldError as error:
        raise held_here(store) from error


def seize(hold: Hold, *, reading: bool = False) -> None:
    """Keep the programs of this computer out of a claimed file. Raises LockedError, and OSError."""
    try:
        hold.seize(reading=reading)
    except HeldError as error:
        raise held_here(hold.path) from error


def held_here(store: Path) -> LockedError:
    """The refusal when a program on this computer, perhaps this one, has the store open."""
    holder = holder_of(store)
    who = _who(store, holder) if holder else f"文件“{store}”正被另一个程序打开。"
    return LockedError(f"{who}\n文件未作任何改动。请切换到已打开的窗口，或关闭它之后再试。")


def take(store: Path, holder: Holder) -> None:
    """Name ``holder`` beside a store whose SQLite lock is already ours. Raises OSError.

    The file is always a new one: what stands there may be a link to something else, or a pipe.
    """
    path = lock_path(store)
    path.unlink(missing_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            json.dump(asdict(holder), file)
    except OSError as error:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        # a full disk keeps nobody from reading, and on this computer SQLite's own lock holds all the same
        if error.errno not in NO_ROOM:
            raise


def release(store: Path, holder: Holder) -> None:
    """Take the name away again, unless somebody else's stands there by now."""
    found = holder_of(store)
    if found is not None and found.token == holder.token:
        with suppress(OSError):
            lock_path(store).unlink(missing_ok=True)


def _who(store: Path, holder: Holder) -> str:
    return f"“{store}”正在被{holder.user}（{holder.host}）打开（自 {holder.since} 起）。"
