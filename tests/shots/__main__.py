"""Renders every state in the room windows have on real screens, at 100, 150 and 200 % and with large text.

python -m tests.shots [FOLDER] [STATE...]    everything, or some states, to be looked at; 1 where something is cut
python -m tests.shots --publish              the pictures of the README and of the manual, committed (needs ImageMagick)
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch


class Size(NamedTuple):
    """The pixels of a screen, its scale, the room a maximised window has on it in logical pixels, how large text is."""

    screen: tuple[int, int]
    scale: str
    room: tuple[int, int]
    text: float = 1.0


_SMALL, _FULL = (1366, 768), (1920, 1080)
SIZES = {
    "1366x689": Size(_SMALL, "1", (1366, 689)),
    "911x459@150": Size(_SMALL, "1.5", (911, 459)),
    "1024x700": Size((1024, 768), "1", (1024, 700)),
    "1280x633@150": Size(_FULL, "1.5", (1280, 633)),
    "1920x1000": Size(_FULL, "1", (1920, 1000)),
    "960x459@200": Size(_FULL, "2", (960, 459)),
    "911x459-large": Size(_SMALL, "1.5", (911, 459), text=2.0),
}
PUBLISHED_SIZE = "1366x689"


def main(arguments: list[str]) -> int:
    """One process for each size, because Qt reads the scale factor once."""
    if os.environ.get("JIXIAO_SHOT_SIZE"):
        if arguments == ["--publish"]:
            from tests.shots.publish import publish  # noqa: PLC0415 Qt reads the scale factor when it is loaded

            return publish(*SIZES[PUBLISHED_SIZE].room)
        return _render(os.environ["JIXIAO_SHOT_SIZE"], Path(arguments[0]), arguments[1:])
    if arguments == ["--publish"]:
        return _in_size(PUBLISHED_SIZE, arguments)
    folder = Path(arguments[0] if arguments else "build/shots")
    folder.mkdir(parents=True, exist_ok=True)
    codes = [_in_size(size, [str(folder), *arguments[1:]]) for size in SIZES]
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    return max(codes)


def _in_size(size: str, arguments: list[str]) -> int:
    """Run this module on a screen of one size: a dialog never opens larger than the screen."""
    (width, height), scale, *_ = SIZES[size]
    screen = {"name": "shots", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as config:
        json.dump({"screens": [screen]}, config)
        config.flush()
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": f"offscreen:configfile={config.name}",
            "QT_SCALE_FACTOR": scale,
            "JIXIAO_SHOT_SIZE": size,
        }
        command = [sys.executable, "-m", "tests.shots", *arguments]
        return subprocess.run(command, env=environment, check=False).returncode


def _render(size: str, folder: Path, wanted: list[str]) -> int:
    from gui.app import make_application  # noqa: PLC0415 Qt reads the scale factor when it is loaded
    from gui.desk import system_look  # noqa: PLC0415
    from gui.desk.theme import AppearanceChoice  # noqa: PLC0415
    from tests.gui.walk import faults  # noqa: PLC0415
    from tests.shots.stage import on_top, picture, stage  # noqa: PLC0415
    from tests.shots.states import STATES  # noqa: PLC0415

    if unknown := sorted(set(wanted) - set(STATES)):
        raise SystemExit(f"no such state: {', '.join(unknown)}; there are {', '.join(STATES)}")
    width, height = SIZES[size].room
    patch.object(system_look, "text_scale", lambda: SIZES[size].text).start()
    make_application(["shots"])
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        for choice in (AppearanceChoice.LIGHT, AppearanceChoice.DARK):
            for name, (act, with_store) in STATES.items():
                if wanted and name not in wanted:
                    continue
                with stage(Path(scratch) / "stage", choice, width, height, store=with_store) as on:
                    act(on)
                    on.settle()
                    called = f"{name}-{choice.value}-{size}"
                    found += [f"{called}: {fault}" for fault in faults(on_top(on))]
                    target = folder / f"{called}.png"
                    if not picture(on).save(str(target)):
                        raise SystemExit(f"could not write {target}")
    print("\n".join(found), file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
