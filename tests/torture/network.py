"""No network: the main job of the window, traced by the system where it can be, else by Python itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.torture.tally import Run, Tally

_ROOT = Path(__file__).parent.parent.parent
_WORDS = ("AF_INET", "socket.connect", "socket.getaddrinfo", "socket.bind")
_HOOK = (
    "import sys; sys.addaudithook(lambda event, _: event.startswith('socket.') and "
    "sys.stderr.write('AUDIT ' + event + '\\n')); "
)
_PLAY = "from main import main; sys.exit(main(['--selftest', sys.argv[1]]))"
_ASK = "import socket; socket.getaddrinfo('localhost', 80); socket.socket(socket.AF_INET).close()"


def look_for_sockets(run: Run) -> Tally:
    """Play the self-test, and look for any call that reaches out."""
    return _look(run, _HOOK + _PLAY)


def look_at_one_that_asks(run: Run) -> Tally:
    """The control: a program that asks for an address."""
    return _look(run, _HOOK + _ASK)


def _strace() -> str | None:
    """The tracer of the system, where it is there and may trace: some containers forbid it."""
    found = shutil.which("strace")
    if found is None:
        return None
    tried = subprocess.run((found, "-qq", "-o", os.devnull, "true"), capture_output=True, check=False)
    return found if tried.returncode == 0 else None


def _look(run: Run, program: str) -> Tally:
    tally = Tally()
    trace = run.folder / "trace"
    for _ in range(run.count):
        with tally.fault():
            command: Sequence[str] = (sys.executable, "-c", program, str(run.folder / "selftest"))
            if strace := _strace():
                command = (strace, "-f", "-qq", "-e", "trace=%network", "-o", str(trace), *command)
                tally.count("traced by the system")
            surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_STATE_HOME": str(run.folder)}
            done = subprocess.run(command, env=surroundings, cwd=_ROOT, capture_output=True, check=False)
            seen = done.stderr.decode("utf-8", "replace")
            seen += trace.read_text("utf-8", "replace") if trace.exists() else ""
            if done.returncode:
                tally.note("other", f"the program ended with {done.returncode}: {seen[-200:]}")
            for line in seen.splitlines():
                if any(word in line for word in _WORDS):
                    tally.note("other", line[:200])
    return tally
