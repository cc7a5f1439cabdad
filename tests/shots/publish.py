"""Takes the pictures that are committed: those of the README and those the manual shows."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDockWidget

from gui.app import make_application
from gui.desk.theme import AppearanceChoice
from tests.shots.stage import Stage, picture, stage
from tests.shots.states import STATES

ROOT = Path(__file__).resolve().parent.parent.parent
MANUAL = ROOT / "resources" / "manual"
LIGHT, DARK = AppearanceChoice.LIGHT, AppearanceChoice.DARK
FINDINGS = "findings"

PICTURES = {
    "docs/pictures/window.png": ("evaluation", LIGHT),
    "docs/pictures/window-dark.png": ("evaluation", DARK),
    "docs/pictures/declaration.png": ("declaration", LIGHT),
    "resources/manual/pictures/window-light.png": ("evaluation", LIGHT),
    "resources/manual/pictures/declaration.png": ("declaration", LIGHT),
    "resources/manual/pictures/evaluation.png": ("over-achieved", LIGHT),
    "resources/manual/pictures/first-start.png": ("dialog-first-start", LIGHT),
    "resources/manual/pictures/start.png": ("start", LIGHT),
    "resources/manual/pictures/export.png": ("dialog-export", LIGHT),
    "resources/manual/pictures/findings.png": (FINDINGS, LIGHT),
}
COLOURS = 48
HIGH, HIGH_PANEL = 1000, 230
"""Heights in which the list of problems is seen whole."""


def publish(width: int, height: int) -> int:
    """Take every picture in one size and write it where it is shown from."""
    make_application(["shots"])
    for name, (state, choice) in PICTURES.items():
        act, with_store = STATES["evaluation" if state == FINDINGS else state]
        with (
            tempfile.TemporaryDirectory() as scratch,
            stage(Path(scratch) / "stage", choice, width, height, store=with_store) as on,
        ):
            act(on)
            on.settle()
            _write(_taken(on, state), ROOT / name)
    return 0


def _taken(on: Stage, state: str) -> QPixmap:
    if state != FINDINGS:
        return picture(on)
    on.window.resize(on.window.width(), HIGH)  # in a low window it is folded, or shows two rows of them
    panel = on.window.findings_panel
    panel.set_folded(is_folded=False)
    dock = panel.parentWidget()
    assert isinstance(dock, QDockWidget)
    on.window.resizeDocks([dock], [HIGH_PANEL], Qt.Orientation.Vertical)
    on.settle()
    panel.table.selectRow(0)
    on.settle()
    return panel.grab()


def _write(pixels: QPixmap, target: Path) -> None:
    """Write a picture with few colours and nothing about the machine: smaller, and the same to the eye."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not pixels.save(str(target)):
        raise SystemExit(f"could not write {target}")
    # in YUV the few colours are shared out as the eye sees them: the amber of a warning stays amber
    how = ["-strip", "+dither", "-quantize", "YUV", "-colors", str(COLOURS), "-define", "png:compression-level=9"]
    subprocess.run(["convert", str(target), *how, f"png8:{target}"], check=True)
    print(f"{target.relative_to(ROOT)}  {target.stat().st_size // 1024} KB")
