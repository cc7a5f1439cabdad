"""A key in a form of sixty indicators: milliseconds until everything is repainted, and how many cells that painted."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui.app import freeze_when_open, make_application, make_window
from model.changes import AddProject
from model.findings import Place
from model.records import EvaluatedIndicator, Evaluation, Form, Project, forms_of
from model.values.taxonomy import LEVELS
from storage.store.sqlite import Store

LINES = 60
KEYS = 400


def sixty() -> Project:
    """A self-evaluation of sixty lines over the official levels."""
    levels = [(level1, level2) for level1, below in LEVELS.items() for level2 in below]
    lines = tuple(
        EvaluatedIndicator(
            f"n{number}",
            *levels[number * len(levels) // LINES],
            name=f"指标名称{number}",
            target_text=f">={number + 10}次",
            actual_text=f"{number + 10}次",
            points="1.5",
        )
        for number in range(LINES)
    )
    evaluation = Evaluation(adjusted_total="100", executed_total="100", indicators=lines)
    return Project("sixty", 2026, "六十条指标", unit="单位", department="部门", forms=forms_of(evaluation))


def measure() -> tuple[float, float, float, list[int]]:
    """Median, p99 and worst milliseconds of a key, and how many cells of the grid each painted, in order."""
    make_application(["bench"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sixty.jixiao"
        with Store.create(path) as store:
            store.apply("导入", (AddProject(sixty()),))
        window = make_window(Path(folder) / "bench.ini")
        freeze_when_open(window)
        window.resize(1366, 689)
        window.show()
        window.open_at_start(path)
        QTest.qWait(100)
        window.document.set_form(Form.EVALUATION)
        window.document.request_place(Place(Form.EVALUATION, "actual_text", "n3"))
        QTest.qWait(100)
        grid = window.page.table
        times: list[float] = []
        painted: list[int] = []
        for key in range(KEYS):
            target = _target()
            before, started = grid.painting.cells_painted, time.perf_counter()
            QTest.keyClick(target, Qt.Key.Key_Backspace if key % 8 > 3 else Qt.Key(Qt.Key.Key_1 + key % 9))
            QApplication.processEvents()
            times.append((time.perf_counter() - started) * 1000)
            painted.append(grid.painting.cells_painted - before)
        QTest.keyClick(_target(), Qt.Key.Key_Escape)
        window.close()
    times.sort()
    return median(times), times[len(times) * 99 // 100], times[-1], sorted(painted)


def _target() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def main() -> None:
    """Print one line."""
    middle, slow, worst, painted = measure()
    print(
        f"{LINES} indicators: a key repaints in {middle:.1f} ms (median), {slow:.1f} ms (p99), {worst:.1f} ms (worst); "
        f"a 60 Hz frame is 16.7 ms; {painted[len(painted) // 2]} cells of the grid are painted (median), "
        f"{painted[-1]} at most"
    )


if __name__ == "__main__":
    main()
