"""The pane of the navigator: rows that follow the project, filter, keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPersistentModelIndex, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.document.project_list import Group
from gui.navigator.painting import NavigatorDelegate
from gui.navigator.pane import Navigator
from model import edits
from model.changes import AddProject, Part, SetField
from model.records import forms_of
from storage.store.sqlite import Store
from tests.gui.dialogs import opened
from tests.gui.hands import declared, document_of
from tests.gui.window import type_text


@pytest.fixture
def navigator(qtbot: QtBot, document: Document) -> Navigator:
    panel = Navigator(document, Appearance())
    qtbot.addWidget(panel)
    panel.resize(222, 600)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def test_that_the_row_follows_the_project_on_screen(document: Document, navigator: Navigator) -> None:
    wanted = document.summaries()[4]
    document.select_project(wanted.id)
    assert navigator.rows.project_id(navigator.tree.currentIndex()) == wanted.id


def test_that_the_row_that_is_open_stays_in_sight_when_names_wrap_anew(
    qtbot: QtBot, document: Document, navigator: Navigator
) -> None:
    tree = navigator.tree
    document.select_project(document.summaries()[-1].id)
    assert tree.visualRect(tree.currentIndex()).bottom() < tree.viewport().height()
    navigator.resize(150, 420)

    def is_seen() -> bool:
        row = tree.visualRect(tree.currentIndex())
        return row.top() >= 0 and row.bottom() < tree.viewport().height()

    qtbot.waitUntil(is_seen, timeout=2000)
    QApplication.processEvents()
    assert is_seen()


def test_that_moving_to_a_row_opens_its_project(qtbot: QtBot, document: Document, navigator: Navigator) -> None:
    document.select_project(document.summaries()[0].id)
    navigator.tree.setFocus()
    qtbot.keyClick(navigator.tree, Qt.Key.Key_Down)
    assert document.saved_project is not None
    assert document.saved_project.id == document.summaries()[1].id


def test_that_enter_on_a_project_goes_on_into_it(qtbot: QtBot, document: Document, navigator: Navigator) -> None:
    document.select_project(document.summaries()[0].id)
    with qtbot.waitSignal(navigator.entered):
        qtbot.keyClick(navigator.tree, Qt.Key.Key_Return)


def test_that_the_arrow_and_left_and_right_fold_a_year(qtbot: QtBot, navigator: Navigator) -> None:
    year = navigator.rows.index(0, 0)
    navigator.tree.stand_on(year)
    qtbot.keyClick(navigator.tree, Qt.Key.Key_Left)
    assert not navigator.tree.isExpanded(year)
    qtbot.keyClick(navigator.tree, Qt.Key.Key_Right)
    assert navigator.tree.isExpanded(year)
    navigator.tree.scrollToTop()
    arrow = navigator.tree.visualRect(year).topLeft() + QPoint(10, 8)
    qtbot.mouseClick(navigator.tree.viewport(), Qt.MouseButton.LeftButton, pos=arrow)
    assert not navigator.tree.isExpanded(year)


def test_that_no_name_is_broken_elsewhere_when_one_more_place_is_filled_in(
    document: Document, navigator: Navigator
) -> None:
    delegate, font = navigator.tree.itemDelegate(), navigator.tree.font()
    assert isinstance(delegate, NavigatorDelegate)
    summary = document.summaries()[3]
    index = navigator.rows.index_of(summary.id)

    def broken(name: str, filled: int) -> tuple[str, ...]:
        told = replace(summary, project_name=name, errors=120 - filled, awaited=120 - filled, filled=filled)
        document.summaries_changed.emit(document.projects.take([told], []))
        assert navigator.rows.badge(index) == f"{filled}/120"
        return delegate.lines(index, font)

    for length in range(6, 14):
        name = "上海研发公共服务平台宣传推广"[:length]
        assert broken(name, 9) == broken(name, 10) == broken(name, 100)


def test_that_what_is_folded_stays_so_when_projects_go_and_come_and_the_filter_is_emptied(
    document: Document, navigator: Navigator
) -> None:
    rows, tree = navigator.rows, navigator.tree
    folded = [rows.index_of_group(Group(year)) for year in (2025, 2022)]
    for index in folded:
        tree.collapse(index)
    kept = list(map(QPersistentModelIndex, folded))
    here = document.saved_project
    assert here is not None
    document.push("删除", edits.remove_project(here))
    document.undo_stack.undo()
    assert not any(tree.isExpanded(index) for index in kept)
    other = replace(here, id="other", year=2030, forms=forms_of())
    document.push("新建", (AddProject(other),))
    assert tree.isExpanded(rows.index_of_group(Group(2030, here.unit)))  # what comes is seen
    assert not any(tree.isExpanded(index) for index in kept)
    navigator.filter.setText("研发")
    assert tree.isExpanded(rows.index_of_group(Group(2022)))  # a hit is seen
    navigator.filter.clear()
    assert [tree.isExpanded(rows.index_of_group(Group(year))) for year in (2026, 2025, 2022)] == [True, False, False]


def test_that_a_click_or_a_key_on_a_heading_lists_its_projects_and_keeps_it_open(
    qtbot: QtBot, document: Document, navigator: Navigator
) -> None:
    year = navigator.rows.index(0, 0)
    navigator.tree.scrollToTop()
    place = navigator.tree.visualRect(year).center()
    qtbot.mouseClick(navigator.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert document.group == Group(2026)
    assert document.project is None
    assert navigator.tree.isExpanded(year)
    qtbot.keyClick(navigator.tree, Qt.Key.Key_Down)
    assert document.group == Group.of(document.summaries()[0])
    qtbot.keyClick(navigator.tree, Qt.Key.Key_Down)
    assert document.group is None
    assert document.project is not None


def test_that_the_heading_follows_the_list_on_screen(document: Document, navigator: Navigator) -> None:
    unit = Group.of(document.summaries()[-1])
    document.select_group(unit)
    assert navigator.rows.group(navigator.tree.currentIndex()) == unit
    navigator.filter.setText("没有这样的项目")
    assert not navigator.tree.currentIndex().isValid()
    navigator.filter.clear()
    assert navigator.rows.group(navigator.tree.currentIndex()) == unit


def test_that_the_filter_leaves_projects_that_fit_and_enter_opens_the_first(
    qtbot: QtBot, document: Document, navigator: Navigator
) -> None:
    navigator.filter.setFocus()
    type_text(qtbot, navigator.filter, "热线")
    years = navigator.rows.rowCount()
    assert years == 1
    qtbot.keyClick(navigator.filter, Qt.Key.Key_Return)
    assert document.saved_project is not None
    assert "热线" in document.saved_project.project_name
    assert navigator.tree.hasFocus()


def test_that_escape_empties_the_filter(qtbot: QtBot, navigator: Navigator) -> None:
    navigator.filter.setFocus()
    type_text(qtbot, navigator.filter, "2022")
    qtbot.keyClick(navigator.filter, Qt.Key.Key_Escape)
    assert navigator.filter.text() == ""
    assert navigator.rows.rowCount() == 3


def test_that_down_goes_from_the_filter_into_the_list(qtbot: QtBot, navigator: Navigator) -> None:
    navigator.filter.setFocus()
    qtbot.keyClick(navigator.filter, Qt.Key.Key_Down)
    assert navigator.tree.hasFocus()


def test_that_a_file_without_projects_says_that_all_years_are_listed(qtbot: QtBot, tmp_path: Path) -> None:
    Store.create(tmp_path / "新.jixiao").close()
    with opened(tmp_path / "新.jixiao") as empty:
        panel = Navigator(empty, Appearance())
        qtbot.addWidget(panel)
        assert panel.years.currentText() == "全部年度"


def test_that_the_year_is_chosen_above_the_list_and_all_years_come_back(
    document: Document, navigator: Navigator
) -> None:
    years = [navigator.years.itemText(place) for place in range(navigator.years.count())]
    assert years == ["全部年度", "2026 年度", "2025 年度", "2022 年度"]
    navigator.years.setCurrentIndex(2)
    navigator.years.activated.emit(navigator.years.currentIndex())
    assert navigator.rows.rowCount() == 1
    assert navigator.rows.label(navigator.rows.index(0, 0)) == "2025 年度"
    navigator.years.setCurrentIndex(0)
    navigator.years.activated.emit(0)
    assert navigator.rows.rowCount() == 3


def test_that_a_project_of_another_year_takes_the_list_to_its_year(document: Document, navigator: Navigator) -> None:
    navigator.years.setCurrentIndex(navigator.years.findData(2026))
    navigator.years.activated.emit(navigator.years.currentIndex())
    here = document.saved_project
    assert here is not None
    copy = replace(here, id="next", year=2027, forms=forms_of())
    assert document.push("复制", (AddProject(copy),))
    document.select_project("next")
    assert navigator.years.currentData() == 2027
    assert navigator.rows.project_id(navigator.tree.currentIndex()) == "next"
    document.undo_stack.undo()
    assert navigator.years.currentData() == 2026  # as a person chose
    assert navigator.rows.rowCount() == 1
    document.undo_stack.redo()
    document.select_project("next")
    navigator.years.setCurrentIndex(navigator.years.findData(2027))
    navigator.years.activated.emit(navigator.years.currentIndex())
    document.undo_stack.undo()
    assert navigator.years.currentData() is None
    assert navigator.rows.rowCount() == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("科技行政服务热线系统及大型科学仪器开放共享服务平台运行维护保障与升级改造项目（一期）",
         "科技行政服务热线系统及大型科学仪器开放共享服务平台运行维护保障与升级改造项目（二期）"),
        ("科技行政服务热线系统及大型科学仪器开放共享服务平台甲区运行维护保障与升级改造项目合同",
         "科技行政服务热线系统及大型科学仪器开放共享服务平台乙区运行维护保障与升级改造项目合同"),
    ],
)  # fmt: skip
def test_that_long_names_of_a_unit_that_differ_only_late_are_told_apart_and_others_take_two_lines(
    qtbot: QtBot, tmp_path: Path, one: str, other: str
) -> None:
    alone = f"研发平台{one}"
    projects = (declared(project_id=str(n), name=name) for n, name in enumerate((one, other, alone)))
    with document_of(tmp_path / "像.jixiao", *projects) as document:
        panel = Navigator(document, Appearance())
        qtbot.addWidget(panel)
        panel.resize(180, 600)
        panel.show()
        qtbot.waitExposed(panel)
        delegate = panel.tree.itemDelegate()
        assert isinstance(delegate, NavigatorDelegate)

        def shown(project_id: str) -> tuple[str, ...]:
            index = panel.rows.index_of(project_id)
            lines = delegate.lines(index, panel.tree.font())
            assert panel.tree.visualRect(index).height() >= len(lines) * panel.tree.fontMetrics().height()
            return lines

        for project_id, name, beside in (("0", one, other), ("1", other, one)):
            text = "".join(shown(project_id))
            # whole, or with smaller letters cut where it is told apart already
            assert text == name or not beside.startswith(text.removesuffix("…"))
        assert len(shown("2")) == 2
        document.push("重命名", (SetField("1", Part.PROJECT, "1", "project_name", other, "别的项目"),))
        assert len(shown("0")) == 2
