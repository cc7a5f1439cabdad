"""A keystroke in a cell until findings and score are repainted, beside the same in a bare QTreeView."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeView

from gui.app import freeze_when_open, make_application, make_window
from model.findings import Place
from model.records import Form
from tests.gui.found import focused

ROOT = Path(__file__).parent.parent.parent
KEYS = 60
LEVELS = 9


def measure() -> tuple[float, float, float, int]:
    """Milliseconds: the floor's median keystroke, ours, our slowest of twenty, and the lines of the project."""
    make_application(["bench"])
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "bench.jixiao"
        shutil.copyfile(ROOT / "resources" / "example.jixiao", store)
        window = make_window(Path(folder) / "bench.ini")
        freeze_when_open(window)
        window.resize(1366, 768)
        window.show()
        window.open_at_start(store)
        evaluated = [summary for summary in window.document.summaries() if Form.EVALUATION in summary.forms]
        largest = max(evaluated, key=lambda summary: summary.indicator_count)
        window.document.select_project(largest.id)
        window.document.set_form(Form.EVALUATION)
        project = window.document.project
        assert project is not None
        lines = project.indicators(Form.EVALUATION)
        window.document.request_place(Place(Form.EVALUATION, "actual_text", lines[0].id))
        QTest.qWait(50)
        ours = _type()
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
        window.close()
    return median(_floor(len(lines))), median(ours), sorted(ours)[-KEYS // 20], len(lines)


def _floor(lines: int) -> list[float]:
    model = QStandardItemModel()
    for level in range(LEVELS):
        parent = QStandardItem(f"level {level}")
        for line in range(-(-lines // LEVELS)):
            parent.appendRow([QStandardItem(f"{line} {column}") for column in range(6)])
        model.appendRow(parent)
    tree = QTreeView()
    tree.setModel(model)
    tree.expandAll()
    tree.resize(1366, 768)
    tree.show()
    tree.activateWindow()
    QTest.qWait(50)
    index = model.index(0, 2, model.index(0, 0))
    tree.setCurrentIndex(index)
    tree.edit(index)
    QTest.qWait(20)
    editor = focused()
    assert isinstance(editor, QLineEdit)

    def follow(text: str) -> None:
        """Every cell of the line takes the text, and the view is painted whole, as findings and score are in ours."""
        for column in range(6):
            if column != index.column():
                model.setData(index.siblingAtColumn(column), text)
        tree.viewport().update()

    editor.textEdited.connect(follow)
    costs = _type()
    QTest.keyClick(editor, Qt.Key.Key_Escape)  # Qt takes the editor away itself: Python's would take it from under Qt
    tree.close()
    QTest.qWait(20)
    return costs


def _type() -> list[float]:
    """Type digits into whatever has the focus; each is timed until everything it set off is painted."""
    times = []
    for key in range(KEYS):
        target = focused()
        started = time.perf_counter()
        QTest.keyClicks(target, str(key % 10))
        QApplication.processEvents()
        times.append((time.perf_counter() - started) * 1000)
    return times
