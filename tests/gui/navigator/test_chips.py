"""How many projects the chips above the list say they list, in rooms of every width."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.navigator.chips import KindChips
from gui.navigator.marks import Kind
from model.changes import AddProject, RemoveProject
from model.records import Project
from tests.gui.window import shown_window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, given_store: Path) -> MainWindow:
    return shown_window(qtbot, tmp_path, given_store)


def said(window: MainWindow) -> list[int]:
    """The numbers of the chips, as a screen reader has them."""
    return [int(chip.accessibleName().split("，")[1].split()[0]) for chip in window.navigator.kinds.buttons()]


def listed(window: MainWindow) -> list[int]:
    """How many projects are listed when each of the chips is pressed."""
    numbers = []
    for chip in window.navigator.kinds.buttons():
        chip.setChecked(True)
        window.navigator.rows.show_all()
        numbers.append(window.navigator.rows.listed)
    window.navigator.kinds.buttons()[0].setChecked(True)
    return numbers


def test_that_each_chip_says_how_many_it_lists_whatever_the_year_the_words_and_what_is_edited(
    window: MainWindow,
) -> None:
    document, navigator = window.document, window.navigator
    assert said(window) == listed(window)
    assert said(window)[0] == 25
    navigator.years.setCurrentIndex(navigator.years.findData(2026))
    navigator.years.activated.emit(navigator.years.currentIndex())
    assert said(window)[0] == 10
    assert said(window) == listed(window)
    navigator.filter.setText("建设")
    assert 0 < said(window)[0] < 10
    assert said(window) == listed(window)
    before = said(window)
    document.push("新建项目", (AddProject(Project("new", 2026, "新建设", "部门", "单位")),))
    assert said(window) == [before[0] + 1, before[1], before[2] + 1]
    assert said(window) == listed(window)
    document.push("新建项目", (AddProject(Project("old", 2022, "旧建设", "部门", "单位")),))  # of another year
    assert said(window)[0] == before[0] + 1
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert said(window) == before


def test_that_a_chip_that_is_pressed_counts_what_is_mended_and_what_goes(window: MainWindow) -> None:
    document = window.document
    window.navigator.kinds.button(1).setChecked(True)
    wrong = next(one for one in document.summaries() if one.errors)
    everything, errors, unfinished = said(window)
    document.summaries_changed.emit(document.projects.take([replace(wrong, errors=0)], []))
    assert said(window) == [everything, errors - 1, unfinished - 1]
    gone = next(one for one in document.summaries() if one.errors)
    assert document.store is not None
    (project,) = document.store.projects(ids=[gone.id])
    document.push("删除项目", (RemoveProject(project),))
    assert said(window) == [everything - 1, errors - 2, unfinished - 2]


def test_that_numbers_stand_where_they_have_room_and_else_in_the_tool_tip(qtbot: QtBot, window: MainWindow) -> None:
    page = QWidget()  # in the look that the window has put on
    qtbot.addWidget(page)
    page.resize(500, 60)
    chips = KindChips(page)
    chips.show_counts({Kind.ALL: 25, Kind.WITH_ERRORS: 5, Kind.UNFINISHED: 12})
    page.show()
    QApplication.processEvents()
    found = set()
    for width in range(400, chips.least() - 1, -1):
        chips.resize(width, 30)
        QApplication.processEvents()
        buttons = chips.group.buttons()
        assert all(one.width() >= one.sizeHint().width() for one in buttons)
        found.add(tuple(one.text() for one in buttons))
        tips = [one.toolTip() for one in buttons]
        assert [bool(tip) for tip in tips] == [not one.text()[-1].isdigit() for one in buttons]
    assert found == {
        ("全部 25", "有错误 5", "未完成 12"),
        ("全部", "有错误 5", "未完成 12"),
        ("全部", "有错误", "未完成"),
    }
    assert tips == ["全部 25 个项目", "有错误 5 个项目", "未完成 12 个项目"]


def test_that_only_the_chips_whose_number_is_another_get_another_text(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QPushButton, "setText", lambda _chip, text: told.append(text))
    window.document.push("新建项目", (AddProject(Project("new", 2026, "新项目", "部门", "单位")),))
    texts = [chip.text() for chip in window.navigator.kinds.buttons()]
    assert [text for text in told if text.split()[0] in {kind.value for kind in Kind}] == [
        f"{texts[0].split()[0]} 26",
        f"{texts[2].split()[0]} {said(window)[2]}",
    ]


def test_that_the_numbers_have_room_in_a_window_of_1366(window: MainWindow) -> None:
    texts = [chip.text() for chip in window.navigator.kinds.buttons()]
    assert [text.split()[0] for text in texts] == [kind.value for kind in Kind]
    assert all(text[-1].isdigit() for text in texts)
