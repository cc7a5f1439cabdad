"""What the navigator remembers of each store over a restart."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.document.project_list import Group
from gui.main_window import MainWindow
from gui.navigator.marks import Kind
from model import edits
from model.changes import AddProject
from model.records import Declaration, Indicator, Project, forms_of
from storage.store.sqlite import Store
from tests.gui.window import shown_window


def chip(window: MainWindow, kind: Kind) -> None:
    next(one for one in window.navigator.kinds.buttons() if one.text().startswith(kind.value)).click()


def test_that_year_chip_filter_folds_and_the_page_are_there_again_for_the_same_store(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    pane = window.navigator
    unit = Group.of(window.document.summaries()[0])
    pane.years.setCurrentIndex(pane.years.findData(2026))
    pane.years.activated.emit(pane.years.currentIndex())
    chip(window, Kind.WITH_ERRORS)
    pane.filter.setText("平台")
    pane.tree.stand_on(pane.rows.index_of_group(unit))
    qtbot.keyClick(pane.tree, Qt.Key.Key_Left)
    assert window.document.group == unit
    other = tmp_path / "别的.jixiao"
    Store.create(other).close()
    assert window.files.open(other)
    assert (pane.filter.text(), pane.years.currentData()) == ("", None)
    window.close()

    again = shown_window(qtbot, tmp_path)
    assert again.files.open(given_store)
    pane = again.navigator
    assert (pane.filter.text(), pane.years.currentData(), pane.kinds.checkedId()) == ("平台", 2026, 1)
    assert not pane.tree.isExpanded(pane.rows.index_of_group(unit))
    assert again.document.group == unit
    qtbot.waitUntil(again.overview.isVisible)
    assert pane.rows.group(pane.tree.currentIndex()) == unit


def test_that_the_project_on_screen_is_in_sight_however_far_the_list_was_scrolled_when_its_file_was_closed(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "许多.jixiao"
    many = [Project(f"{n:02}", 2026, f"项目{n:02}", "科委", "中心", forms=forms_of(Declaration())) for n in range(60)]
    with Store.create(path) as store:
        store.apply("新建", tuple(AddProject(one) for one in many))
    window = shown_window(qtbot, tmp_path)
    tree = window.navigator.tree
    window.preferences.set_navigator(path, '{"scroll": 0}')
    assert window.files.open(path)
    window.document.select_project("50")
    qtbot.wait(50)
    place = tree.visualRect(tree.currentIndex())
    assert tree.verticalScrollBar().maximum() > tree.viewport().height()
    assert tree.viewport().rect().contains(place)


def test_that_what_somebody_wrote_into_the_preferences_by_hand_is_passed_over(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path)
    for state in ("nonsense", "[]", '{"odd": 3, "group": [1]}', '{"group": ["x", "y"]}', '{"kind": "x"}'):
        window.preferences.set_navigator(given_store, state)
        assert window.files.open(given_store)
        qtbot.waitUntil(lambda: window.document.project is not None)
        window.document.close_store()
    window.files.open(given_store)
    assert window.preferences.navigator(given_store).startswith("{")


def test_that_what_is_told_quietly_and_what_was_checked_is_the_same_after_a_restart(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "新.jixiao"
    begun = [Project(key, 2026, key, "科委", "中心", forms=forms_of(Declaration())) for key in ("甲", "乙")]
    with Store.create(path) as store:
        store.apply("新建", tuple(AddProject(one) for one in begun))
    window = shown_window(qtbot, tmp_path, path)
    window.document.tell_all(["乙"])
    lines = (Indicator("a", "产出指标", "数量指标", "巡检次数", "≥12次"),)
    window.document.select_project("甲")
    window.document.push("填", edits.bring_form(begun[0], Declaration(indicators=lines), {}))
    before = [window.document.awaited_errors(one.id) for one in begun]
    assert before[0] > 0 == before[1]
    window.close()
    again = shown_window(qtbot, tmp_path, path)
    assert [again.document.awaited_errors(one.id) for one in begun] == before
    again.document.select_project("乙")
    again.document.select_project("甲")
    assert [again.document.awaited_errors(one.id) for one in begun] == before
