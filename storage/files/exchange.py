"""A file put in the place of another in one step that gives the other back, where a system has such a step.

Between looking at a file and replacing it somebody else may put hers there; only what was really replaced tells. While
two files change places, the one that is not in place has a name of its own that no cleaning takes away: when the
program is killed then, only somebody who knows its content can say whose it is.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from pathlib import Path

from storage.files.ids import new_id
from storage.files.names import marked

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE
_NO_SUCH_STEP = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}
_NO_SUCH_STEP_ON_WINDOWS = {1, 50, 87, 120}  # INVALID_FUNCTION, NOT_SUPPORTED, INVALID_PARAMETER, CALL_NOT_IMPLEMENTED
_IN_USE = {1175, 1176}  # UNABLE_TO_REMOVE_REPLACED, UNABLE_TO_MOVE_REPLACEMENT
_TARGET_MOVED = 1177  # UNABLE_TO_MOVE_REPLACEMENT_2: the target has the name of what is kept already
_MARK = 8


def name_between(target: Path) -> Path:
    """A new name in the folder of ``target`` for what is about to change places with it."""
    return target.with_name(f"{_between(target)}{new_id()[:_MARK]}")


def left_between(target: Path) -> list[Path]:
    """What a kill left in the folder of ``target`` under such names: each a whole file, nobody knows whose."""
    return sorted(target.parent.glob(f"{_between(target)}*"))


def name_that_stays(target: Path) -> Path:
    """A new name beside ``target`` for what somebody else put in its place, for people to see."""
    return marked(target, f"（别处的修改 {new_id()[:_MARK]}）")


def _between(target: Path) -> str:
    name = os.path.normcase(target.name).encode("utf-8", "surrogatepass")
    return f".~{hashlib.blake2b(name, digest_size=_MARK).hexdigest()}.between-"


def exchanged(source: Path, target: Path) -> Path | None:
    """Put ``source`` in the place of ``target``; where what was there lies now, in the same folder.

    None, with nothing moved, where the system or the file system of the folder cannot. Raises OSError.
    """
    return _exchanged(source, target)


if sys.platform == "win32":
    import ctypes

    def _exchanged(source: Path, target: Path) -> Path | None:
        kept = source.with_name(f"{source.name}.old")
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        if kernel.ReplaceFileW(str(target), str(source), str(kept), 0, None, None):
            return kept
        code = ctypes.get_last_error()
        if code == _TARGET_MOVED:
            kept.rename(target)
        if code in _NO_SUCH_STEP_ON_WINDOWS:
            return None
        if code in _IN_USE:
            raise PermissionError(errno.EACCES, "in use", str(target))
        raise ctypes.WinError(code)

else:
    import ctypes

    def _exchanged(source: Path, target: Path) -> Path | None:
        library = ctypes.CDLL(None, use_errno=True)
        if not hasattr(library, "renameat2"):
            return None
        if library.renameat2(_HERE, os.fsencode(source), _HERE, os.fsencode(target), _EXCHANGE) == 0:
            return source
        code = ctypes.get_errno()
        if code in _NO_SUCH_STEP:
            return None
        raise OSError(code, os.strerror(code), str(target))
