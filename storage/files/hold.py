"""The hold on a store's file: one opening in this program, and a lock that no other look at the file can end.

SQLite's own locks are POSIX locks on Linux, and those end as soon as the process closes *any* descriptor of the file: a
dialog that lists the folder is enough. So a file is known by device and inode before anything opens it, whatever it is
called, and a lock of another sort, which belongs to one descriptor, is kept on it besides (fcntl(2), “open file
description locks”). Windows locks belong to a handle anyhow.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock

if sys.platform == "linux":
    import fcntl
    import struct

Identity = tuple[int, int] | str
"""What makes a file the same one under every name: device and inode."""

# far behind the bytes SQLite locks, and behind every byte of a file: nobody's reading or writing meets it
_LOCKED_BYTE = 2**62
_PIECE = 2**20

_held: dict[Identity, int] = {}  # with the process: a forked one holds nothing yet
_mutex = Lock()


class HeldError(Exception):
    """The file is held already, by this program or another one on this computer."""


def identity(path: Path) -> Identity:
    """Which file stands at ``path``, found out without opening it. Raises OSError when there is none."""
    found = path.stat()
    # some network drives number no files
    return (found.st_dev, found.st_ino) if found.st_ino else str(path.resolve())


def is_held_here(path: Path) -> bool:
    """Whether this program holds the file at ``path``, by whatever name it did so."""
    with suppress(OSError, ValueError):
        return _held.get(identity(path)) == os.getpid()
    return False


class Hold:
    """A file that this program alone may open. :meth:`claim` it before looking into it, then :meth:`seize` it.

    ``identity`` is that of the file claimed.
    """

    def __init__(self, path: Path, identity: Identity) -> None:
        self.path = path
        self.identity = identity
        self._descriptor: int | None = None

    @classmethod
    def claim(cls, path: Path) -> Hold:
        """Reserve a file within this program, by a look at its name alone. Raises HeldError, and OSError."""
        found = identity(path)
        with _mutex:
            if _held.get(found) == os.getpid():
                raise HeldError(path)
            _held[found] = os.getpid()
        return cls(path, found)

    def seize(self, *, reading: bool = False) -> None:
        """Keep programs of this computer out; for ``reading`` only those that write. Raises HeldError, and OSError.

        Where the file system has no such locks those of SQLite have to do.
        """
        if sys.platform != "linux":
            return
        self._descriptor = os.open(self.path, (os.O_RDONLY if reading else os.O_RDWR) | os.O_CLOEXEC)
        sort = fcntl.F_RDLCK if reading else fcntl.F_WRLCK
        try:
            fcntl.fcntl(
                self._descriptor, fcntl.F_OFD_SETLK, struct.pack("hhqqi4x", sort, os.SEEK_SET, _LOCKED_BYTE, 1, 0)
            )
        except OSError as error:
            if error.errno in {errno.EAGAIN, errno.EACCES}:
                raise HeldError(self.path) from error

    def content(self) -> bytes:
        """Every byte of the held file as it is on the disk now. Raises OSError."""
        # never opened once more: closing that again would end SQLite's locks
        if sys.platform == "win32" or self._descriptor is None:
            return self.path.read_bytes()
        content = bytearray()
        while piece := os.pread(self._descriptor, _PIECE, len(content)):
            content += piece
        return bytes(content)

    def release(self) -> None:
        """Let go of the file; SQLite must have let go of it before."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        with _mutex:
            if _held.get(self.identity) == os.getpid():
                del _held[self.identity]
