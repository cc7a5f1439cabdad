"""From starting a process to its window on the screen, as a ratio between two programs measured in turn.

    python measure.py RUNS BARE-COMMAND -- COMMAND

Needs an X display of its own (DISPLAY): the first window of at least 400 x 300 points that is mapped there ends a
measurement. Each command runs once before it is measured, so that both start from a warm disk.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import statistics
import subprocess
import sys
import time

SUBSTRUCTURE_NOTIFY_MASK = 1 << 19
MAP_NOTIFY = 19
SMALLEST = (400, 300)
PATIENCE_S = 60


class MapEvent(ctypes.Structure):
    """XMapEvent of Xlib.h, padded to the size of an XEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("event", ctypes.c_ulong),
        ("window", ctypes.c_ulong),
        ("padding", ctypes.c_long * 24),
    )


class Screen:
    """An X display, watched for new windows."""

    def __init__(self) -> None:
        self._x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        # a window may be gone when it is asked for its size; Xlib would end this program for that
        self._ignore = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: 0)
        self._x.XSetErrorHandler(self._ignore)
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(None))
        if not self._display:
            sys.exit("no X display: set DISPLAY")
        root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        self._x.XSelectInput(self._display, root, ctypes.c_long(SUBSTRUCTURE_NOTIFY_MASK))
        self._x.XSync(self._display, 0)

    def forget(self) -> None:
        """Drop what happened up to now."""
        self._x.XSync(self._display, 1)

    def wait(self) -> None:
        """Return as soon as a window of some size is mapped."""
        deadline = time.monotonic() + PATIENCE_S
        event = MapEvent()
        while time.monotonic() < deadline:
            if not self._x.XPending(self._display):
                time.sleep(0.001)
                continue
            self._x.XNextEvent(self._display, ctypes.byref(event))
            if event.type == MAP_NOTIFY and self._is_large(event.window):
                return
        sys.exit("no window appeared")

    def _is_large(self, window: int) -> bool:
        root, left, top = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_int()
        width, height, border, depth = (ctypes.c_uint() for _ in range(4))
        numbers = (root, left, top, width, height, border, depth)
        done = self._x.XGetGeometry(self._display, ctypes.c_ulong(window), *map(ctypes.byref, numbers))
        return bool(done) and width.value >= SMALLEST[0] and height.value >= SMALLEST[1]


def start(screen: Screen, command: list[str]) -> float:
    """Seconds from starting the command to its window."""
    screen.forget()
    begun = time.monotonic()
    with subprocess.Popen(  # noqa: S603 the two programs to measure
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        screen.wait()
        taken = time.monotonic() - begun
        process.kill()
    time.sleep(0.5)  # the window goes after its program
    return taken


def main() -> int:
    """Measure both commands in turn and print the medians and their ratio."""
    runs, rest = int(sys.argv[1]), sys.argv[2:]
    commands = {"bare": rest[: rest.index("--")], "program": rest[rest.index("--") + 1 :]}
    screen = Screen()
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, command in commands.items():
            seconds = start(screen, command)
            if run > 0:
                taken[name].append(seconds)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    for name, times in taken.items():
        print(f"{name:8} {medians[name]:.2f} s (of {runs}: {min(times):.2f} to {max(times):.2f})")
    print(f"ratio    {medians['program'] / medians['bare']:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
