"""Whether the file that is open still stands where it was opened, with what this program left in it.

SQLite keeps its descriptors to the end of an exclusive session: after the first edit it never looks at the name again,
and would write on into a file that was removed or replaced long ago (reliability.md §5.2).
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from model.errors import GoneError
from storage.files.hold import Hold, identity


class Watch:
    """Looks after one open file; cheap enough for every edit."""

    def __init__(self, path: Path, hold: Hold) -> None:
        self._path = path
        self._hold = hold
        self._left: tuple[int, int] | None = None

    def remember(self) -> None:
        """What stands in the file now is this program's own doing."""
        try:
            self._left = _state(self._path)
        except OSError:
            self._left = None  # the next look says why

    def refuse_if_gone(self, connection: sqlite3.Connection) -> None:
        """Raise GoneError unless the file is there, is the one that was opened, and holds what was left in it."""
        try:
            is_same, state = identity(self._path) == self._hold.identity, _state(self._path)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise GoneError(
                f"“{self._path}”已不在原处：文件或文件夹被移动、改名或删除，或者U盘、网络盘已断开。"
            ) from error
        except OSError as error:
            raise GoneError(f"无法再访问“{self._path}”（系统错误 {error.errno}）。") from error
        # Windows lets nobody replace an open file, and its network drives may number a file anew
        if not is_same and os.name == "posix":
            raise GoneError(f"“{self._path}”已被另一个文件替换（例如被同步软件或另一份拷贝覆盖）。")
        if state == self._left and is_same:
            return
        # somebody else wrote, or merely touched it; a network drive may also set times of its own
        if not self._is_as_read(connection):
            raise GoneError(f"“{self._path}”的内容被其他程序改动过。")
        self._left = state

    def _is_as_read(self, connection: sqlite3.Connection) -> bool:
        try:
            return self._hold.content() == connection.serialize()
        except (OSError, sqlite3.Error):
            return False


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns
