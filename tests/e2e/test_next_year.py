"""Last year's projects into this year, three values each, exported: in the real window, by keys, which are counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.files.export import ExportDialog
from gui.table.grid import Grid
from gui.table.rows import RowKind
from model.changes import AddProject
from model.records import Form, Project
from storage.store.sqlite import Store
from tests.e2e.clerk import CTRL, Clerk
from tests.gui.dialogs import focus
from tests.gui.found import file_of
from tests.gui.window import shown_window, type_text

LAST_YEAR = 2025
PROJECTS = 15
VALUES = 3
MOST_KEYS = 12 * PROJECTS


@pytest.fixture
def store(tmp_path: Path, given_forms: tuple[Project, ...]) -> Path:
    """Fifteen declarations of one year and unit."""
    declared = [one for one in given_forms if one.form(Form.DECLARATION) is not None]
    names = {one.project_name: one for one in declared}
    projects = [
        replace(one, id=f"p{number}", year=LAST_YEAR, unit=declared[0].unit)
        for number, one in enumerate(list(names.values())[:PROJECTS])
    ]
    with Store.create(tmp_path / "上年.jixiao") as made:
        made.apply("导入", tuple(map(AddProject, projects)))
    return tmp_path / "上年.jixiao"


def test_that_last_years_projects_become_this_years_with_three_values_each_and_are_exported(
    qtbot: QtBot, tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    window = shown_window(qtbot, tmp_path)
    assert window.files.open(store)
    document = window.document
    document.select_project("p0")
    clerk = Clerk(qtbot)
    clerk.goes_to(window)

    clerk.copies_the_year()
    clerk.goes_to(window)
    of_year = [one for one in document.summaries() if one.year == LAST_YEAR + 1]
    assert len(of_year) == PROJECTS
    for number, summary in enumerate(of_year):
        while focus() is not window.navigator.tree:
            clerk.press(Qt.Key.Key_F6)
            assert clerk.count < MOST_KEYS
        if number:
            clerk.press(Qt.Key.Key_Down)
        assert document.saved_project is not None
        assert document.saved_project.id == summary.id
        clerk.press(Qt.Key.Key_Return)
        grid = focus()
        assert isinstance(grid, Grid)
        clerk.press(Qt.Key.Key_Right)
        while grid.rows.rows[grid.currentIndex().row()].kind is not RowKind.LINE:
            clerk.press(Qt.Key.Key_Down)
        for value in range(VALUES):
            type_text(qtbot, focus(), f"≥{value + 7}")
            clerk.press(Qt.Key.Key_Return)

    clerk.press(Qt.Key.Key_E, CTRL)
    exporting = clerk.wait_for(ExportDialog)
    clerk.press(Qt.Key.Key_Down)  # the whole year
    exporting.path.selectAll()
    type_text(qtbot, exporting.path, str(tmp_path / "今年.xlsx"))  # a path is a value, too
    clerk.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=60_000)

    projects = file_of(document).projects(year=LAST_YEAR + 1)
    for project in projects:
        lines = project.indicators(Form.DECLARATION)
        assert sum(line.target_text.startswith(("≥7", "≥8", "≥9")) for line in lines) >= VALUES
    assert len(load_workbook(tmp_path / "今年.xlsx").sheetnames) >= PROJECTS
    with capsys.disabled():
        per = f"{clerk.count / PROJECTS:.1f} a project"
        print(f"\n{PROJECTS} projects of last year, {VALUES} values each, exported: {clerk.count} keys, {per}")
    assert clerk.count <= MOST_KEYS
