"""How many keys a first start takes, and last year's project made this year's, changed in six places and exported.

Printed, and never more than promised. What is typed is not counted: values, amounts, a path.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.files.export import ExportDialog
from gui.files.first_start import FirstStartDialog
from gui.table.grid import Grid
from model.changes import AddProject
from model.records import Declaration, Form, Project
from storage.store.sqlite import Store
from tests.e2e.clerk import CTRL, SHIFT, Clerk
from tests.gui.dialogs import focus
from tests.gui.window import shown_window, type_text

MOST_OF_A_START = 2
MOST_OF_A_PROJECT = 14


def test_that_a_first_start_takes_two_keys(qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    window = shown_window(qtbot, tmp_path)
    window.preferences.set_folder(tmp_path)
    window.files.greet()
    clerk = Clerk(qtbot)
    dialog = clerk.wait_for(FirstStartDialog)
    type_text(qtbot, focus(), "某某中心")
    clerk.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert window.document.store is not None
    assert window.document.settings.unit_name == "某某中心"
    with capsys.disabled():
        print(f"\na first start, with the name of the unit: {clerk.count} keys")
    assert clerk.count <= MOST_OF_A_START


@pytest.fixture
def store(tmp_path: Path, given_forms: tuple[Project, ...]) -> Path:
    """One declaration of last year."""
    wanted = "研发平台数据采购及保障"
    found = next(one for one in given_forms if one.project_name == wanted and one.form(Form.DECLARATION) is not None)
    with Store.create(tmp_path / "上年.jixiao") as made:
        made.apply("导入", (AddProject(replace(found, id="p", year=2025)),))
    return tmp_path / "上年.jixiao"


def test_that_last_years_project_is_this_years_with_three_values_and_two_amounts_and_exported(
    qtbot: QtBot, tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    window = shown_window(qtbot, tmp_path)
    assert window.files.open(store)
    document = window.document
    document.select_project("p")
    clerk = Clerk(qtbot)
    clerk.goes_to(window)

    clerk.copies_the_year()
    clerk.goes_to(window)
    assert document.saved_project is not None
    assert document.saved_project.year == 2026
    type_text(qtbot, focus(), "120万")  # the keyboard is in the first amount that is missing
    clerk.press(Qt.Key.Key_Tab)
    type_text(qtbot, focus(), "35,000")
    clerk.press(Qt.Key.Key_F6)  # over 三 绩效目标
    clerk.press(Qt.Key.Key_F6)
    grid = focus()
    assert isinstance(grid, Grid)
    clerk.press(Qt.Key.Key_Right)
    clerk.press(Qt.Key.Key_Down)  # 产出指标, below the place for 成本指标
    type_text(qtbot, focus(), "≥2100篇")
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_Down, CTRL)  # 满意度指标 is the last
    type_text(qtbot, focus(), "≥92%")
    clerk.press(Qt.Key.Key_Return, SHIFT)  # 效益指标, above it
    type_text(qtbot, focus(), "≥60万人")
    clerk.press(Qt.Key.Key_Return)

    clerk.press(Qt.Key.Key_E, CTRL)
    exporting = clerk.wait_for(ExportDialog)
    exporting.path.selectAll()
    type_text(qtbot, exporting.path, str(tmp_path / "今年.xlsx"))  # a path is a value, too
    clerk.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=60_000)

    project = document.saved_project
    declaration = project.of(Declaration)
    assert declaration is not None
    assert (declaration.fiscal_current, declaration.carried_over) == ("120万", "35,000")
    changed = {line.level1 for line in declaration.indicators if line.target_text in {"≥2100篇", "≥92%", "≥60万人"}}
    assert changed == {"产出指标", "效益指标", "满意度指标"}
    assert load_workbook(tmp_path / "今年.xlsx").sheetnames
    with capsys.disabled():
        print(f"\nlast year's project, three values and two amounts changed, exported: {clerk.count} keys")
    assert clerk.count <= MOST_OF_A_PROJECT
