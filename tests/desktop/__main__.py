"""Plays the scenes on a real desktop and says what a screen reader is told of each.

Started by tests/desktop/desktop.sh. Prints a line a scene; ends with 1 when one of them is not as promised. With
``--faults`` each scene is played on a program in which one thing that makes it audible is taken away, and has to fail.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path

from tests.desktop.scenes import SCENES
from tests.desktop.screen import Screen
from tests.desktop.store import faults_in, make_store


def main(folder: Path) -> int:
    """Play all scenes, then look into the file."""
    store = folder / "桌面.jixiao"
    make_store(store)
    wrong = 0
    with Screen(folder, store) as screen:
        for scene in SCENES:
            wrong += _tell(scene.name, scene.play(screen))
    return 1 if wrong + _tell("文件里是打进去的字", faults_in(store)) else 0


def hear_faults(folder: Path, wanted: Iterable[str]) -> int:
    """Play each scene on a program with its fault; one that is as promised all the same is wrong."""
    wrong = 0
    pairs = [(scene, fault) for scene in SCENES for fault in scene.faults if not wanted or fault in wanted]
    for number, (scene, fault) in enumerate(pairs):
        own = folder / str(number)
        own.mkdir()
        store = own / "桌面.jixiao"
        make_store(store)
        with Screen(own, store, (fault,)) as screen:
            found = scene.play(screen)
        print(f"{'heard ' if found else 'MISSED'}  {fault}  {scene.name}  {'；'.join(found)}", flush=True)
        wrong += not found
    return 1 if wrong else 0


def _tell(name: str, faults: list[str]) -> int:
    print(f"{'FAILED' if faults else 'ok    '}  {name}{'：' if faults else ''}{'；'.join(faults)}", flush=True)
    return bool(faults)


if __name__ == "__main__":
    started, place = time.monotonic(), Path(sys.argv[1])
    is_test = sys.argv[2:3] == ["--faults"]
    code = hear_faults(place, sys.argv[3:]) if is_test else main(place)
    print(f"{len(SCENES) + 1} scenes in {time.monotonic() - started:.0f} s")
    sys.exit(code)
