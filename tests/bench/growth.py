"""What the window costs with 25, 1,000 and 10,000 projects of one year: the same gestures, each as a ratio to 25.

The stores hold the projects of the example over and over, fifteen to a unit. The window shows the same project of the
same form each time, so that only what lies around it differs. Every figure is a median, with everything it set off
painted.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.app import make_application, make_window
from gui.main_window import MainWindow
from model.changes import AddProject
from model.findings import Place
from model.records import Form, Project, forms_of
from storage.files.ids import new_id
from storage.store.sqlite import Store
from tests.gui.found import focused

ROOT = Path(__file__).parent.parent.parent
YEAR = 2026
UNIT_SIZE = 15
CHUNK = 2_000
TIMES = 11
SIZES = (25, 1_000, 10_000)

Costs = dict[str, float]


def measure(sizes: tuple[int, ...] = SIZES) -> dict[int, Costs]:
    """Milliseconds by size and gesture. Sizes are measured in turn, three rounds, so that a slow minute hits all."""
    make_application(["bench"])
    rounds: dict[int, list[Costs]] = {size: [] for size in sizes}
    with tempfile.TemporaryDirectory() as folder:
        stores = {size: _make(Path(folder) / f"{size}.jixiao", size) for size in sizes}
        for _ in range(3):
            for size, store in stores.items():
                rounds[size].append(_measure(store))
    return {size: {name: median(one[name] for one in costs) for name in costs[0]} for size, costs in rounds.items()}


def _make(path: Path, size: int) -> Path:
    example = path.with_name("example.jixiao")
    shutil.copyfile(ROOT / "resources" / "example.jixiao", example)
    with Store.open(example) as store:
        base = store.projects()
    with Store.create(path) as store:
        for start in range(0, size, CHUNK):
            numbers = range(start, min(size, start + CHUNK))
            store.apply("导入", tuple(AddProject(_copy(base[n % len(base)], n)) for n in numbers))
    return path


def _copy(project: Project, number: int) -> Project:
    contents = [
        replace(content, indicators=tuple(replace(line, id=new_id()) for line in content.indicators))
        for content in project.forms.values()
    ]
    return replace(
        project,
        forms=forms_of(*contents),
        id=f"p{number}",
        year=YEAR,
        project_name=f"{project.project_name}（{number}）",
        unit=f"{project.unit}{number // UNIT_SIZE}",
    )


def _measure(path: Path) -> Costs:
    with _window(path) as (window, opened):
        document = window.document
        ids = [f"p{number}" for number in range(24)]
        nexts = iter(ids * TIMES)
        costs = {"open": opened, "switch": _median(lambda: document.select_project(next(nexts)))}
        evaluated = next(
            one for one in ids if (line := document.projects.get(one)) is not None and Form.EVALUATION in line.forms
        )
        document.select_project(evaluated)
        document.set_form(Form.EVALUATION)
        assert document.project is not None
        line_id = document.project.indicators(Form.EVALUATION)[0].id
        document.request_place(Place(Form.EVALUATION, "actual_text", line_id))
        _settle()
        digits = iter("123456789" * TIMES)
        costs["key"] = _median(lambda: _type(next(digits)))
        costs["commit"] = _median(lambda: _commit(next(digits)))
        costs["undo"] = _median(document.undo_stack.undo, 9)
        window.navigator.filter.setFocus()
        letters = iter("（）" * TIMES)  # every name has both: with any number of projects the list is full
        costs["filter"] = _median(lambda: window.navigator.filter.setText(next(letters)))
        window.navigator.filter.clear()
        window.search.setFocus()
        costs["search"] = _median(lambda: _type(next(digits)), 5)
        window.search.clear()
    return costs


@contextmanager
def _window(path: Path) -> Iterator[tuple[MainWindow, float]]:
    with tempfile.TemporaryDirectory() as folder:
        window = make_window(Path(folder) / "bench.ini")
        window.resize(1366, 768)
        window.show()
        _settle()
        started = time.perf_counter()
        window.open_at_start(path)
        while window.document.project is None:
            QApplication.processEvents()
        window.repaint()
        opened = (time.perf_counter() - started) * 1000
        QTest.qWait(700)  # the backup of this opening
        yield window, opened
        window.close()


def _type(key: str) -> None:
    QTest.keyClicks(focused(), key)


def _commit(key: str) -> None:
    _type(key)
    QTest.keyClick(focused(), Qt.Key.Key_Return)


def _median(gesture: Callable[[], object], times: int = TIMES) -> float:
    costs = []
    for _ in range(times):
        started = time.perf_counter()
        gesture()
        QApplication.processEvents()
        costs.append((time.perf_counter() - started) * 1000)
    return median(costs)


def _settle() -> None:
    QTest.qWait(50)
