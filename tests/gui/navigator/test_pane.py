"""The projects' pane by hand: two-line names, chips, and what keys and the right button do with a project."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.notify import MessageStrip
from gui.document.project_list import Group
from gui.main_window import ON_HEADING, MainWindow
from gui.navigator.marks import Kind
from gui.navigator.painting import _name_lines
from gui.views.line_editor import LineEditor
from model.changes import AddProject, Part, RemoveProject
from model.edits import set_cell
from model.records import forms_of
from tests.gui.found import child, children, visible
from tests.gui.window import shown_window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, given_store: Path) -> MainWindow:
    return shown_window(qtbot, tmp_path, given_store)


def press_delete(qtbot: QtBot, window: MainWindow) -> None:
    window.navigator.tree.setFocus()
    qtbot.keyClick(window.navigator.tree, Qt.Key.Key_Delete)


def strip_of(window: MainWindow) -> MessageStrip:
    return next(visible(window, MessageStrip))


def test_that_delete_removes_the_project_at_once_and_the_strip_takes_it_back(qtbot: QtBot, window: MainWindow) -> None:
    assert window.document.saved_project is not None
    name = window.document.saved_project.project_name
    press_delete(qtbot, window)
    assert len(window.document.summaries()) == 24
    strip = strip_of(window)
    assert f"已删除项目“{name}”" in strip.text
    assert "目标申报" in strip.text
    button = next(button for button in children(strip, QPushButton) if button.text() == "撤销")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert len(window.document.summaries()) == 25


def test_that_a_key_that_is_held_down_deletes_one_project_in_either_list(window: MainWindow) -> None:
    document, page = window.document, window.overview.table
    for view, left in ((window.navigator.tree, 24), (page, 23)):
        if view is page:
            document.select_group(Group(2026))
            document.select_group(Group.of(document.summaries()[0]))
        view.setFocus()
        for is_repeated in (False, True, True):
            key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "", is_repeated)
            QApplication.sendEvent(view, key)
        assert len(document.summaries()) == left


def shown(window: MainWindow) -> tuple[str, list[str]]:
    """The project on screen, and the rows that are selected in the list."""
    navigator, project = window.navigator, window.document.saved_project
    selected = navigator.tree.selectionModel().selectedRows()
    return project.id if project is not None else "", [navigator.rows.project_id(index) for index in selected]


def test_that_the_neighbour_comes_on_screen_when_a_project_is_deleted(qtbot: QtBot, window: MainWindow) -> None:
    tree, rows = window.navigator.tree, window.navigator.rows
    first, second, third, *_ = (one.id for one in window.document.summaries())
    tree.stand_on(rows.index_of(second))
    press_delete(qtbot, window)
    assert shown(window) == (third, [third])
    window.commands["remove_project"].trigger()
    press_delete(qtbot, window)
    assert len(shown(window)[1]) == 1
    unit = rows.index_of(first).parent()
    last = rows.project_id(rows.index(rows.rowCount(unit) - 1, 0, unit))
    before = rows.project_id(rows.index(rows.rowCount(unit) - 2, 0, unit))
    tree.stand_on(rows.index_of(last))
    press_delete(qtbot, window)
    assert shown(window) == (before, [before])
    assert tree.hasFocus()


def test_that_the_neighbour_is_one_that_the_filter_lists_and_there_is_one_until_the_last_is_gone(
    qtbot: QtBot, window: MainWindow
) -> None:
    navigator = window.navigator
    navigator.filter.setText("信息化")
    assert navigator.rows.listed > 1
    listed = [one.id for one in window.document.summaries() if navigator.rows.index_of(one.id).isValid()]
    navigator.tree.stand_on(navigator.rows.index_of(listed[1]))
    while navigator.rows.listed > 1:
        press_delete(qtbot, window)
        here, selected = shown(window)
        assert selected == [here]
        assert here in listed
    press_delete(qtbot, window)
    assert navigator.rows.listed == 0
    assert not shown(window)[1]


def test_that_ctrl_c_copies_the_names_of_the_chosen_projects(qtbot: QtBot, window: MainWindow) -> None:
    tree = window.navigator.tree
    first, second, *_ = window.document.summaries()
    tree.setFocus()
    tree.stand_on(window.navigator.rows.index_of(first.id))
    qtbot.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == f"{first.project_name}\n{second.project_name}"


def test_that_the_strip_never_takes_back_a_later_gesture(qtbot: QtBot, window: MainWindow) -> None:
    press_delete(qtbot, window)
    button = next(one for one in children(strip_of(window), QPushButton) if one.text() == "撤销")
    document = window.document
    document.select_project(document.summaries()[0].id)
    project = document.saved_project
    assert project is not None
    document.push("改名", set_cell(project, Part.PROJECT, project.id, "project_name", "新名", document.settings))
    button.click()
    assert len(document.summaries()) == 24
    assert document.saved_project is not None
    assert document.saved_project.project_name == "新名"
    assert not any(one.text and not one.isHidden() for one in children(window, MessageStrip))


def test_that_f2_goes_to_the_name_of_the_project(qtbot: QtBot, window: MainWindow) -> None:
    window.navigator.tree.setFocus()
    qtbot.keyClick(window.navigator.tree, Qt.Key.Key_F2)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.document.project is not None
    assert window.document.project.project_name in (focused.property("text") or focused.property("plainText") or "")


def test_that_enter_and_esc_in_the_name_lead_back_to_where_f2_was_pressed(qtbot: QtBot, window: MainWindow) -> None:
    document, listed = window.document, window.document.summaries()
    tree, table = window.navigator.tree, window.overview.table

    def rename(where: QWidget, typed: str, key: Qt.Key) -> bool:
        """Whether F2, a text and a key lead back to where one was."""
        where.setFocus()
        qtbot.keyClick(where, Qt.Key.Key_F2)
        field = QApplication.focusWidget()
        assert isinstance(field, LineEditor)
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, key)
        return where.hasFocus()

    tree.stand_on(window.navigator.rows.index_of(listed[1].id))
    old = listed[1].project_name
    for typed, key, name in (("", Qt.Key.Key_Escape, old), ("x", Qt.Key.Key_Escape, old), ("y", Qt.Key.Key_Enter, "y")):
        assert rename(tree, typed, key)
        assert document.saved_project is not None
        assert (document.saved_project.id, document.saved_project.project_name) == (listed[1].id, name)
    for typed, key in (("", Qt.Key.Key_Escape), ("z", Qt.Key.Key_Return)):
        document.select_group(Group.of(listed[0]))
        table.setFocus()
        qtbot.keyClick(table, Qt.Key.Key_Home)
        assert rename(table, typed, key)
        assert document.group == Group.of(listed[0])
        assert [one.id for one in document.chosen] == [listed[0].id]
    assert document.summaries()[0].project_name == "z"
    document.select_project(listed[0].id)
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_F2)
    field = QApplication.focusWidget()
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field is not None
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.hasFocus()  # who went on by Tab stays in the sheet


@pytest.mark.parametrize("reason", [QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard])
def test_that_the_menu_of_a_project_acts_on_that_project(
    qtbot: QtBot, window: MainWindow, reason: QContextMenuEvent.Reason
) -> None:
    tree = window.navigator.tree
    other = window.document.summaries()[1]
    index = window.navigator.rows.index_of(other.id)
    tree.scrollTo(index)
    if reason is QContextMenuEvent.Reason.Keyboard:
        tree.stand_on(index)
    event = QContextMenuEvent(reason, tree.visualRect(index).center(), QPoint(5, 5))
    tree.contextMenuEvent(event)
    assert window.document.saved_project is not None
    assert window.document.saved_project.id == other.id
    words = [window.commands[name].text() for name in ("check_projects", "copy_year", "export")]
    assert offered(window) == ["重命名项目\tF2", *words, "复制名称\tCtrl+C", "删除项目\tDel"]


def offered(window: MainWindow) -> list[str]:
    """What the menu that is open offers; it is closed."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [entry.text() for entry in menu.actions() if not entry.isSeparator()]
    menu.close()
    return texts


def test_that_a_heading_stands_for_its_projects_in_the_menu_but_delete_does_not_take_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    tree = window.navigator.tree
    tree.setFocus()
    tree.stand_on(window.navigator.rows.index(0, 0))
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_F2):
        qtbot.keyClick(tree, key)
        assert strip_of(window).text == ON_HEADING
        strip_of(window).hide()
    assert len(window.document.summaries()) == 25
    tree.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    assert len(window.document.chosen) == 10
    assert offered(window) == ["检查选中的项目…", "复制上年…", "导出 Excel…", "复制名称\tCtrl+C", "删除 10 个项目"]


def test_that_neither_delete_nor_f2_takes_a_unit_on_the_page_of_a_year(qtbot: QtBot, window: MainWindow) -> None:
    window.document.select_group(Group(2026))
    table = window.overview.table
    table.setFocus()
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_F2):
        qtbot.keyClick(table, key)
        assert strip_of(window).text == ON_HEADING
        strip_of(window).hide()
    assert len(window.document.summaries()) == 25
    assert window.document.group == Group(2026)
    table.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    assert offered(window)[-1] == "删除 10 个项目"


def test_that_f2_with_several_selected_renames_none_and_says_so(qtbot: QtBot, window: MainWindow) -> None:
    tree, listed = window.navigator.tree, window.document.summaries()
    tree.setFocus()
    tree.stand_on(window.navigator.rows.index_of(listed[1].id))
    for _ in range(2):
        qtbot.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(tree, Qt.Key.Key_F2)
    assert "选中了 3 个项目" in strip_of(window).text
    assert tree.hasFocus()
    assert len(window.document.chosen) == 3
    window.document.select_group(Group(2026, listed[0].unit))
    table = window.overview.table
    table.setFocus()
    table.select(range(3))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    assert "选中了 3 个项目" in strip_of(window).text
    assert window.document.project is None


def test_that_a_selection_of_several_ends_when_the_form_is_worked_on(qtbot: QtBot, window: MainWindow) -> None:
    tree = window.navigator.tree
    tree.setFocus()
    tree.stand_on(window.navigator.rows.index_of(window.document.summaries()[1].id))
    shown = window.document.saved_project
    assert shown is not None
    tree.selectAll()
    assert len(window.document.chosen) == 25
    assert [window.navigator.rows.is_on_screen(index) for index in tree.selectionModel().selectedRows()].count(
        True
    ) == 1
    window.page.table.setFocus()
    assert [one.id for one in window.document.chosen] == [shown.id]
    assert window.navigator.chosen() == [shown.id]


def test_that_choosing_a_year_shows_its_first_project(qtbot: QtBot, window: MainWindow) -> None:
    years = window.navigator.years
    assert window.document.saved_project is not None
    here = window.document.saved_project.year
    years.setFocus()
    place = next(place for place in range(1, years.count()) if years.itemData(place) != here)
    while years.currentIndex() != place:
        qtbot.keyClick(years, Qt.Key.Key_Down)
    assert window.document.saved_project.year == years.currentData()
    shown = window.document.saved_project
    assert shown.id == next(one.id for one in window.document.summaries() if one.year == shown.year)


def select_down(qtbot: QtBot, window: MainWindow, more: int) -> list[str]:
    """Shift+↓ from the first project; the ids that are chosen."""
    tree = window.navigator.tree
    tree.setFocus()
    tree.stand_on(window.navigator.rows.index_of(window.document.summaries()[0].id))
    for _ in range(more):
        qtbot.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    return [one.id for one in window.document.chosen]


def test_that_several_are_removed_as_one_gesture_and_come_back_by_one_undo(qtbot: QtBot, window: MainWindow) -> None:
    ids = select_down(qtbot, window, 2)
    document = window.document
    assert ids == [one.id for one in document.summaries()[:3]]
    assert document.saved_project is not None
    assert document.saved_project.id == ids[0]  # several are only counted
    assert window.navigator.hits.text() == "已选 3 个项目"
    steps = document.undo_stack.count()
    qtbot.keyClick(window.navigator.tree, Qt.Key.Key_Delete)
    assert len(document.summaries()) == 22
    assert document.undo_stack.count() == steps + 1
    assert strip_of(window).text.startswith("已删除 3 个项目：“研发平台数据采购及保障”、")
    assert window.navigator.tree.hasFocus()
    button = next(one for one in children(strip_of(window), QPushButton) if one.text() == "撤销")
    button.click()
    assert [one.id for one in document.summaries()[:3]] == ids
    last, first = next(pair for pair in pairwise(document.summaries()) if pair[0].place > pair[1].place)
    document.choose((last.id, first.id))
    window.commands["remove_project"].trigger()
    names = f"“{last.project_name}”、“{first.project_name}”"
    assert strip_of(window).text.startswith(f"已删除 2 个项目：{names}")  # as they are listed, not as they came in
    document.undo_stack.undo()
    assert document.saved_project is not None
    assert document.saved_project.id == last.id


def test_that_ctrl_click_adds_one_and_a_click_goes_back_to_one(qtbot: QtBot, window: MainWindow) -> None:
    tree, document = window.navigator.tree, window.document
    tree.setFocus()

    def click(position: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        index = window.navigator.rows.index_of(document.summaries()[position].id)
        tree.scrollTo(index)
        place = tree.visualRect(index).center()
        qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, modifiers, place)

    click(0)
    click(2, Qt.KeyboardModifier.ControlModifier)
    assert [one.id for one in document.chosen] == [document.summaries()[at].id for at in (0, 2)]
    assert document.saved_project is not None
    assert document.saved_project.id == document.summaries()[0].id
    click(2)
    assert document.saved_project.id == document.summaries()[2].id
    assert [one.id for one in document.chosen] == [document.summaries()[2].id]
    assert not window.navigator.hits.isVisible()
    gone = document.summaries()[2].id
    click(2, Qt.KeyboardModifier.ControlModifier)  # none is selected: the one on screen is meant
    qtbot.keyClick(tree, Qt.Key.Key_Delete)
    assert document.projects.get(gone) is None


def test_that_no_command_acts_on_projects_whose_selection_another_list_ended(qtbot: QtBot, window: MainWindow) -> None:
    pane, document = window.navigator, window.document
    chip = pane.kinds.button(1)

    def press_chip() -> None:
        chip.setFocus()
        chip.click()

    def look_for() -> None:
        pane.filter.setFocus()
        pane.filter.setText("没有这样的项目")

    def choose_year() -> None:
        pane.years.setFocus()
        pane.years.setCurrentIndex(1)
        pane.years.activated.emit(1)

    for make_another_list in (press_chip, look_for, choose_year):
        assert len(select_down(qtbot, window, 2)) == 3
        make_another_list()
        assert document.saved_project is not None
        assert [one.id for one in document.chosen] == [document.saved_project.id]
        assert not pane.hits.text().startswith("已选")
        pane.kinds.button(0).click()
        pane.filter.clear()


def test_that_the_row_of_the_project_on_screen_stays_in_sight_where_another_unit_takes_it(
    window: MainWindow,
) -> None:
    pane, document = window.navigator, window.document
    project = document.saved_project
    assert project is not None
    for field, text in (("unit", "最后一个单位"), ("year", "2021")):
        document.write_text("改", Part.PROJECT, project.id, field, text)
        seen = pane.tree.visualRect(pane.rows.index_of(project.id))
        assert pane.tree.viewport().rect().contains(seen.center())
        document.undo_stack.undo()
        seen = pane.tree.visualRect(pane.rows.index_of(project.id))
        assert pane.tree.viewport().rect().contains(seen.center())


def test_that_shift_counts_from_the_row_the_program_went_to(qtbot: QtBot, window: MainWindow) -> None:
    tree, document = window.navigator.tree, window.document
    shift = Qt.KeyboardModifier.ShiftModifier
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Down, shift)
    ids = [one.id for one in document.summaries()]
    document.select_project(ids[5])
    qtbot.keyClick(tree, Qt.Key.Key_Down, shift)
    assert [one.id for one in document.chosen] == ids[5:7]
    place = tree.visualRect(window.navigator.rows.index_of(ids[3])).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, shift, place)
    assert [one.id for one in document.chosen] == ids[3:6]


def test_that_ctrl_a_takes_every_hit_of_the_filter_also_those_not_listed_yet(qtbot: QtBot, window: MainWindow) -> None:
    pane, document = window.navigator, window.document
    first = document.saved_project
    assert first is not None
    copies = tuple(AddProject(replace(first, id=f"n{n}", project_name=f"批次{n}", forms=forms_of())) for n in range(40))
    document.push("新建", copies)
    pane.filter.setText("批次")
    assert pane.rows.listed < 40
    pane.tree.setFocus()
    qtbot.keyClick(pane.tree, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert {one.id for one in document.chosen} == {f"n{n}" for n in range(40)}
    pane.tree.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    assert offered(window)[-1] == "删除 40 个项目\tDel"
    qtbot.keyClick(pane.tree, Qt.Key.Key_Delete)
    assert len(document.summaries()) == 25
    document.undo_stack.undo()
    pane.filter.clear()
    year = pane.rows.index(0, 0)
    pane.tree.collapse(year)
    pane.tree.setFocus()
    qtbot.keyClick(pane.tree, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(document.chosen) == 65


def test_that_what_is_selected_stays_so_when_the_list_goes_on_at_its_end(qtbot: QtBot, window: MainWindow) -> None:
    pane, document = window.navigator, window.document
    first = document.saved_project
    assert first is not None
    copies = tuple(AddProject(replace(first, id=f"n{n}", project_name=f"批次{n}", forms=forms_of())) for n in range(70))
    document.push("新建", copies)
    pane.filter.setText("批次")
    listed, bar = pane.rows.listed, pane.tree.verticalScrollBar()
    pane.tree.setFocus()
    pane.tree.stand_on(pane.rows.index_of("n0"))
    qtbot.keyClick(pane.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    bar.setValue(bar.maximum())
    assert pane.rows.listed > listed
    assert bar.value() < bar.maximum()
    assert {one.id for one in document.chosen} == set(shown(window)[1]) == {"n0", "n1"}
    assert pane.rows.project_id(pane.tree.currentIndex()) == "n1"
    assert pane.hits.text() == "已选 2 个项目"
    qtbot.keyClick(pane.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(document.chosen) == 3


def test_that_the_menu_and_delete_of_the_page_act_on_its_rows(qtbot: QtBot, window: MainWindow) -> None:
    document, page = window.document, window.overview
    listed = document.summaries()
    document.select_group(Group.of(listed[0]))
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    page.table.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    assert offered(window)[-3:] == ["复制选中的行\tCtrl+C", "排序", "删除 2 个项目\tDel"]
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert len(document.summaries()) == 23
    assert page.message.isVisible()
    assert page.table.hasFocus()
    document.undo_stack.undo()
    qtbot.keyClick(page.table, Qt.Key.Key_Home)
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    assert document.saved_project is not None
    assert document.saved_project.id == listed[0].id
    assert window.page.page.panel.focused_field() == "project_name"


def test_that_a_chip_lists_what_has_errors_by_key(qtbot: QtBot, window: MainWindow) -> None:
    chip = next(one for one in window.navigator.kinds.buttons() if one.text().startswith(Kind.WITH_ERRORS.value))
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    rows = window.navigator.rows
    assert {one.id for one in window.document.summaries() if rows.index_of(one.id).isValid()} == {
        one.id for one in window.document.summaries() if one.errors
    }


def test_that_an_empty_list_says_how_to_see_everything(window: MainWindow) -> None:
    window.navigator.filter.setText("没有这样的项目")
    hint = child(window.navigator, QLabel)
    assert hint.isVisible()
    assert "没有符合的项目" in hint.text()
    QApplication.processEvents()
    assert hint.geometry().bottom() <= window.navigator.tree.geometry().top()
    window.navigator.filter.clear()
    assert not hint.isVisible()


def test_that_a_long_name_takes_two_lines_and_ends_in_an_ellipsis(window: MainWindow) -> None:
    font = window.navigator.tree.font()
    assert _name_lines("短名", font, 150, 150) == ("短名",)
    two = _name_lines("上海市大型科学仪器开放共享平台", font, 150, 150)
    assert "".join(two) == "上海市大型科学仪器开放共享平台"
    assert len(two) == 2
    cut = _name_lines("研发平台" * 20, font, 150, 150)
    assert len(cut) == 2
    assert cut[1].endswith("…")
    assert _name_lines("", font, 150, 150) == ("",)


def test_that_only_the_first_line_of_a_name_gives_way_to_what_stands_beside_it(window: MainWindow) -> None:
    font, metrics = window.navigator.tree.font(), window.navigator.tree.fontMetrics()
    name = "上海市科技行政服务热线系统（运维）"
    whole = metrics.horizontalAdvance(name[7:])
    lines = _name_lines(name, font, metrics.horizontalAdvance(name[:7]), whole)
    assert lines == (name[:7], name[7:])


def test_that_no_single_character_of_a_name_stands_alone_on_a_line(window: MainWindow) -> None:
    font, metrics = window.navigator.tree.font(), window.navigator.tree.fontMetrics()
    for name in ("绿色技术银行综合管理与运行", "数据服务（二期甲）"):
        for room in range(metrics.horizontalAdvance(name[:5]), metrics.horizontalAdvance(name) + 20):
            lines = _name_lines(name, font, room, room, most=9)
            assert "".join(lines) == name
            assert len(lines[-1]) > 1
            assert all(metrics.horizontalAdvance(line) <= room for line in lines)
    word = "ABCDEFGHIJKLMNOP"  # no word is broken to spare a character its line
    assert _name_lines(f"{word}设", font, *[metrics.horizontalAdvance(word) + 2] * 2) == (word, "设")


def test_that_what_is_chosen_is_counted_as_often_for_forty_that_go_as_for_two(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane, document = window.navigator, window.document
    first = document.saved_project
    assert first is not None
    copies = tuple(AddProject(replace(first, id=f"n{n}", forms=forms_of())) for n in range(42))
    document.push("新建", copies)
    pane.tree.setFocus()
    qtbot.keyClick(pane.tree, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    calls: list[int] = []
    chosen = pane.chosen

    def counted() -> list[str]:
        calls.append(len(calls))
        return chosen()

    monkeypatch.setattr(pane, "chosen", counted)
    times = []
    for gone in (copies[:2], copies[2:]):
        calls.clear()
        document.push("删除", tuple(RemoveProject(change.project) for change in gone))
        times.append(len(calls))
    assert times[1] <= times[0]
    assert pane.hits.text() == "已选 25 个项目"
