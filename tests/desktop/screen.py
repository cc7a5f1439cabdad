"""The screen of the desktop as a person has it: keys go in, and what a screen reader is told comes out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parent.parent.parent
LISTENER = str(Path(__file__).with_name("listener.py"))
BEAT = "按键 "
"""What the program under test announces with the number of keys so far, once all that they lead to is told."""
BEATS = re.compile(rf"{BEAT}(\d+)")
BUG = "ctrl+shift+F11"
"""The key at which the program under test fails."""
LOOK = 0.02
"""Seconds between two looks at whether something is there."""
CALM = 1.0
"""Seconds without a word after which a start is over; no step waits like that."""
PATIENCE = 120.0
ENOUGH = 8.0
"""Seconds a busy machine has for what a scene promises; a scene that keeps its promise never waits for them."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing a screen reader is told; ``gained`` is False for a focus that went, ``about`` is the description."""

    kind: str
    name: str
    role: str
    about: str
    gained: bool
    said: str

    @property
    def is_caret(self) -> bool:
        """Whether the caret of a text moved."""
        return "caret" in self.kind

    @property
    def is_focus(self) -> bool:
        """Whether something got the focus."""
        return "focused" in self.kind and self.gained


@dataclass(frozen=True, slots=True)
class Told:
    """Everything told during one step, in order."""

    events: tuple[Event, ...]

    @property
    def focus(self) -> Event:
        """What got the focus last."""
        found = [event for event in self.events if event.is_focus]
        return found[-1] if found else Event("", "", "", "", gained=False, said="")

    @property
    def windows(self) -> list[str]:
        """The names of the windows that came to the front."""
        return [event.name for event in self.events if event.kind.startswith("window")]

    @property
    def announced(self) -> list[str]:
        """The announcements."""
        return [event.said for event in self.events if "announcement" in event.kind and BEAT not in event.said]

    @property
    def names(self) -> list[str]:
        """The names that were told to have changed."""
        return [event.name for event in self.events if "accessible-name" in event.kind]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something a reader finds in a window."""

    name: str
    role: str
    about: str
    text: str
    is_default: bool
    takes_keys: bool


Judge = Callable[[Told], list[str]]


class Screen:
    """Starts listener and program; ends both. ``with Screen(folder, store) as screen``."""

    def __init__(self, folder: Path, store: Path, arguments: Sequence[str] = ()) -> None:
        self._heard = folder / "heard.jsonl"
        self._start = [sys.executable, "-m", "tests.desktop.program", str(store), *arguments]
        self._is_faulty = bool(arguments)
        self._pressed = 0

    def __enter__(self) -> Screen:
        self._listener = subprocess.Popen(["/usr/bin/python3", LISTENER, str(self._heard)])
        self._wait(lambda: self._heard.is_file() and "ready" in self._heard.read_text("utf-8"), "the listener")
        self._program = subprocess.Popen(self._start, cwd=ROOT)
        try:
            self._wait_for_window()
        except TimeoutError:
            self._program.kill()
            self._listener.kill()
            raise
        return self

    def _wait_for_window(self) -> None:
        self._wait(lambda: "绩效自评" in self._heard.read_text("utf-8"), "the window")
        self._wait(self._has_keyboard, "the window on the screen")
        self._wait(lambda: time.time() - self._heard.stat().st_mtime > CALM, "the end of what a start has to tell")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None or self._is_faulty:  # its scene may have ended in a dialog, which Ctrl+Q does not close
            self._program.kill()
        else:
            self._run("xdotool", "key", "ctrl+q")
        try:
            self._program.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._program.kill()
        self._listener.terminate()
        self._listener.wait()

    def press(self, keys: Sequence[str], judge: Judge) -> list[str]:
        """Press keys one after the other and wait until what is told is as promised; what is still missing then."""
        before = len(self._lines())
        for key in keys:
            self._run("xdotool", "key", key)
            self._pressed += key.count("+") + 1
            self._wait(lambda: self._answered() >= self._pressed, f"an answer to {key}")
        until = time.monotonic() + ENOUGH
        while True:
            faults = judge(Told(tuple(self._events(before))))
            if not faults or time.monotonic() > until:
                return faults
            time.sleep(LOOK)

    def input_method(self, name: str) -> None:
        """Change the input method, as the person does in the panel."""
        self._run("ibus", "engine", name)
        self._wait(lambda: self._run("ibus", "engine").strip() == name, f"the input method {name}")

    def window(self) -> tuple[Thing, ...]:
        """What a reader finds in the window that is active."""
        found = json.loads(self._run("/usr/bin/python3", LISTENER, "--window") or "[]")
        return tuple(Thing(**one) for one in found)

    def _has_keyboard(self) -> bool:
        """Whether the window has the keyboard; it is asked to the front until the window manager is there."""
        found = self._run("xdotool", "search", "--onlyvisible", "--pid", str(self._program.pid)).split()
        if found:
            self._run("xdotool", "windowactivate", found[-1])
        told = self._heard.read_text("utf-8")
        return self._run("xdotool", "getwindowfocus").strip() in found and "state-changed:focused" in told

    def _events(self, first: int) -> list[Event]:
        return [Event(**{**one, "gained": bool(one["gained"])}) for one in map(json.loads, self._lines()[first:])]

    def _lines(self) -> list[str]:
        return self._heard.read_text("utf-8").split("\n")[:-1]

    def _answered(self) -> int:
        """How many keys the program says it has dealt with."""
        return max((int(found) for found in BEATS.findall(self._heard.read_text("utf-8"))), default=0)

    def _wait(self, is_there: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + PATIENCE
        while not is_there():
            if time.monotonic() > until:
                raise TimeoutError(f"{what} did not come")
            time.sleep(LOOK)

    def _run(self, *command: str) -> str:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
