"""Start to editable: our editor on the example store beside a bare PySide6 window that imports sqlmodel.

Each run is a fresh process; the time is from just before it is spawned until it says it is ready.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent.parent
RUNS = 9

FLOOR = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTreeView
application = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QTreeView())
window.resize(1366, 768)
def ready():
    import sqlmodel
    print("ready", flush=True)
    application.quit()
QTimer.singleShot(0, ready)
window.show()
application.exec()
"""

OURS = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from gui.app import make_application, make_window
application = make_application(sys.argv[:1])
window = make_window(Path(sys.argv[3]))
window.resize(1366, 768)
def painted():
    print("painted", "sqlmodel" in sys.modules, "openpyxl" in sys.modules, flush=True)
    window.open_at_start(Path(sys.argv[2]))
def ready():
    window.repaint()
    print("ready", flush=True)
    window.close()
    application.quit()
window.first_painted.connect(painted)
window.document.project_switched.connect(lambda: window.document.project is None or ready())
window.show()
application.exec()
"""


def measure() -> tuple[float, float, float]:
    """Milliseconds: the floor, ours until editable, ours until the first paint (medians of alternating runs)."""
    floors, ours, paints = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for run in range(RUNS):
            store = Path(folder) / f"{run}.jixiao"
            shutil.copyfile(ROOT / "resources" / "example.jixiao", store)
            floors.append(_time(FLOOR, [])["ready"])
            times = _time(OURS, [str(ROOT), str(store), str(Path(folder) / f"{run}.ini")])
            ours.append(times["ready"])
            paints.append(times["painted"])
    return median(floors), median(ours), median(paints)


def _time(code: str, arguments: list[str]) -> dict[str, float]:
    started = time.perf_counter()
    times = {}
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            word, *flags = line.split()
            times[word] = (time.perf_counter() - started) * 1000
            if word == "painted" and "True" in flags:
                raise SystemExit("sqlmodel or openpyxl was imported before the first paint")
    if "ready" not in times:
        raise SystemExit("a program that was to be measured did not start")
    return times
