"""The screen of the desktop as a person has it: keys go in, and what a screen reader is told comes out."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parent.parent.parent
QUIET = 0.6
PATIENCE = 40.0


@dataclass(frozen=True, slots=True)
class Event:
    """One thing a screen reader is told; ``gained`` is False for a focus that went."""

    kind: str
    name: str
    role: str
    gained: bool
    said: str

    @property
    def is_caret(self) -> bool:
        """Whether the caret of a text moved."""
        return "caret" in self.kind


@dataclass(frozen=True, slots=True)
class Told:
    """Everything told during one scene, in order."""

    events: tuple[Event, ...]

    @property
    def focused(self) -> str:
        """The name of what got the focus last."""
        names = [event.name for event in self.events if "focused" in event.kind and event.gained]
        return names[-1] if names else ""

    @property
    def announced(self) -> list[str]:
        """The announcements."""
        return [event.said for event in self.events if "announcement" in event.kind]

    @property
    def names(self) -> list[str]:
        """The names that were told to have changed."""
        return [event.name for event in self.events if "accessible-name" in event.kind]


class Screen:
    """Starts listener and program; ends both. ``with Screen(folder, store) as screen``."""

    def __init__(self, folder: Path, store: Path) -> None:
        self._heard = folder / "heard.jsonl"
        self._store = store
        self._read = 0

    def __enter__(self) -> Screen:
        self._listener = subprocess.Popen(
            ["/usr/bin/python3", str(Path(__file__).with_name("listener.py")), str(self._heard)]
        )
        self._wait(lambda: self._heard.is_file() and "ready" in self._heard.read_text("utf-8"), "the listener")
        self._program = subprocess.Popen([sys.executable, "main.py", str(self._store)], cwd=ROOT)
        self._wait(lambda: "绩效自评" in self._heard.read_text("utf-8"), "the window")
        self._wait(lambda: bool(self._windows()), "the window on the screen")
        self._run("xdotool", "windowactivate", "--sync", self._windows()[-1])
        self._settle()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run("xdotool", "key", "ctrl+q")
        try:
            self._program.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._program.kill()
        self._listener.terminate()
        self._listener.wait()

    def told(self, *keys: str, pause: float = 0.15) -> Told:
        """Press keys one after the other; what was told until all is quiet again."""
        self._settle()
        before = self._read
        for key in keys:
            self._run("xdotool", "key", key)
            time.sleep(pause)
        self._settle()
        return Told(tuple(self._events(before)))

    def input_method(self, name: str) -> None:
        """Change the input method, as the person does in the panel."""
        self._run("ibus", "engine", name)
        time.sleep(1)

    def _windows(self) -> list[str]:
        return self._run("xdotool", "search", "--onlyvisible", "--pid", str(self._program.pid)).split()

    def _events(self, first: int) -> list[Event]:
        lines = self._heard.read_text("utf-8").split("\n")[first : self._read]
        return [
            Event(one["kind"], one["name"], one["role"], bool(one["gained"]), one["said"])
            for one in map(json.loads, lines)
        ]

    def _settle(self) -> None:
        """Wait until nothing more is told."""
        last, since = -1, time.monotonic()
        while time.monotonic() - since < QUIET:
            count = self._heard.read_text("utf-8").count("\n")
            if count != last:
                last, since = count, time.monotonic()
            time.sleep(0.05)
        self._read = last

    def _wait(self, is_there: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + PATIENCE
        while not is_there():
            if time.monotonic() > until:
                raise TimeoutError(f"{what} did not come")
            time.sleep(0.1)

    def _run(self, *command: str) -> str:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
