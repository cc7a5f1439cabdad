"""A folder of a computer that went away: every call into it stands still until it answers again."""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable
from pathlib import Path
from threading import Event, current_thread, main_thread
from typing import Any

import pytest

_LONGEST = 60
_CALLS: tuple[tuple[Any, str], ...] = (
    *((os, name) for name in ("stat", "lstat", "open", "unlink", "replace", "rename", "mkdir", "listdir", "scandir")),
    *((os, name) for name in ("readlink", "access", "chmod")),
    (builtins, "open"),
    (io, "open"),
)


class SilentFolder:
    """``touched`` are the calls the window itself made while the folder was silent: there must be none."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.touched: list[str] = []
        self._inside = f"{folder}{os.sep}"
        self._answers = Event()
        self._answers.set()
        for module, name in _CALLS:
            monkeypatch.setattr(module, name, self._standing_still(name, getattr(module, name)))

    @property
    def is_silent(self) -> bool:
        """Whether nothing there answers."""
        return not self._answers.is_set()

    def fall_silent(self) -> None:
        """From now on nothing there answers."""
        self._answers.clear()

    def answer(self) -> None:
        """All that stood still goes on."""
        self._answers.set()

    def _standing_still(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            first = arguments[0] if arguments else ""
            if not self._answers.is_set() and isinstance(first, str | Path) and self._is_inside(str(first)):
                if current_thread() is main_thread():
                    self.touched.append(f"{name} {first}")
                    raise TimeoutError("the window would stand still")
                assert self._answers.wait(_LONGEST), "a test left a folder silent"
            return real(*arguments, **more)

        return call

    def _is_inside(self, path: str) -> bool:
        return f"{path}{os.sep}".startswith(self._inside)
