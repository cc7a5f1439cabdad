"""The whole window by its keys: opening, moving around, starting forms, undo, small windows, what is remembered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL, QCoreApplication, QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gui.actions import MENUS, key_map
from gui.desk.dialog import BORDERS
from gui.desk.labels import NOT_FOUND
from gui.desk.notify import Tone
from gui.desk.preferences import Preferences
from gui.desk.theme import Appearance, AppearanceChoice, Theme
from gui.main_window import MainWindow
from gui.manual.window import ManualWindow
from gui.score.pane import LEAST_WIDE
from gui.table.editors import TextEditor
from gui.views.status import StatusBar
from model.errors import UserError
from model.findings import Place
from model.records import Declaration, Form
from storage.store.sqlite import Store
from tests.gui.found import child, children, visible
from tests.gui.window import open_form, set_line, shown_window, type_text
from tests.model.projects import evaluation_of

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, given_store: Path) -> MainWindow:
    return shown_window(qtbot, tmp_path, given_store)


@pytest.fixture
def empty(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return shown_window(qtbot, tmp_path)


def centre(window: MainWindow) -> QWidget | None:
    inside = window.centralWidget()
    (pages,) = (stack for stack in children(inside, QStackedWidget) if stack.parent() is inside)
    return pages.currentWidget()


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key goes to whatever has the keyboard."""
    target = QApplication.focusWidget()
    assert target is not None
    qtbot.keyClick(target, key, modifiers)


# Opening and closing


def test_that_nothing_open_shows_the_start_page_without_panels(empty: MainWindow) -> None:
    assert centre(empty) is empty.start_page
    assert not any(dock.isVisible() for dock in empty.panels.docks.values())
    assert not empty.commands["export"].isEnabled()
    assert empty.start_page.recent.isHidden()


def test_that_an_opened_store_shows_its_first_project_with_all_panels(window: MainWindow) -> None:
    assert centre(window) is window.page
    assert window.document.saved_project is not None
    assert window.document.saved_project.id == window.document.summaries()[0].id
    open_form(window.document, Form.EVALUATION)
    assert all(dock.isVisible() for dock in window.panels.docks.values())


def test_that_a_declaration_has_the_room_of_the_score_until_its_overview_is_asked_for(
    qtbot: QtBot, window: MainWindow
) -> None:
    dock = window.panels.docks["show_score"]
    open_form(window.document, Form.DECLARATION)
    assert not dock.isVisible()
    press(qtbot, Qt.Key.Key_2, CTRL | SHIFT)
    assert dock.isVisible()
    assert window.score_panel.declaration.isVisible()
    press(qtbot, Qt.Key.Key_2, CTRL | SHIFT)
    assert not dock.isVisible()
    open_form(window.document, Form.EVALUATION)
    assert dock.isVisible()
    assert "given" in window.windowTitle()


def test_that_a_new_store_has_no_project_and_says_how_to_get_one(
    qtbot: QtBot, tmp_path: Path, empty: MainWindow
) -> None:
    empty.files.create(tmp_path / "新单位.jixiao")
    assert centre(empty) is empty.empty_page
    assert empty.empty_page.title.text() == "这个数据文件还没有项目"
    assert [button.text() for button in empty.empty_page.buttons] == ["新建项目", "导入"]


def test_that_a_file_that_cannot_be_opened_is_told_and_nothing_changes(tmp_path: Path, empty: MainWindow) -> None:
    wrong = tmp_path / "wrong.jixiao"
    wrong.write_text("not a store", encoding="utf-8")
    assert not empty.files.open(wrong)
    assert centre(empty) is empty.start_page
    assert empty.start_page.message.isVisible()
    assert empty.start_page.message.text
    assert wrong.read_text(encoding="utf-8") == "not a store"


def test_that_a_store_that_cannot_be_made_leaves_the_open_one_open(tmp_path: Path, window: MainWindow) -> None:
    window.files.create(tmp_path / "given.jixiao")
    assert centre(window) is window.page
    assert "已经存在" in window.page.message.text


def test_that_stores_opened_before_are_listed_and_enter_opens_one(
    qtbot: QtBot, tmp_path: Path, given_store: Path, window: MainWindow
) -> None:
    press(qtbot, Qt.Key.Key_W, CTRL)
    assert centre(window) is window.start_page
    recent = window.start_page.recent
    assert recent.isVisible()
    recent.setFocus()
    qtbot.keyClick(recent, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.document.project is not None)


def test_that_the_example_is_copied_before_it_is_opened(
    qtbot: QtBot, tmp_path: Path, given_store: Path, empty: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.files.verbs.EXAMPLE", given_store)
    before = given_store.read_bytes()
    empty.start_page.example.setFocus()
    qtbot.keyClick(empty.start_page.example, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: empty.document.project is not None)
    assert empty.document.store is not None
    assert empty.document.store.path.parent == tmp_path / "config"
    assert given_store.read_bytes() == before


def test_that_an_example_that_cannot_be_copied_is_told(
    empty: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.files.verbs.EXAMPLE", tmp_path / "missing.jixiao")
    empty.files.open_example()
    assert "没有打开示例" in empty.start_page.message.text


def test_that_closing_the_window_lets_go_of_the_file(window: MainWindow, given_store: Path) -> None:
    window.close()
    with Store.open(given_store) as store:
        assert len(store.summaries()) == 25


def test_that_the_next_window_opens_the_same_store_and_project(
    qtbot: QtBot, tmp_path: Path, window: MainWindow, given_store: Path
) -> None:
    wanted = window.document.summaries()[7].id
    window.document.select_project(wanted)
    window.close()
    again = shown_window(qtbot, tmp_path)
    again.open_at_start(again.preferences.last_store())
    qtbot.waitUntil(lambda: again.document.project is not None)
    assert again.document.saved_project is not None
    assert again.document.saved_project.id == wanted


def test_that_while_a_store_is_being_opened_the_window_says_so(empty: MainWindow, given_store: Path) -> None:
    empty.expect_store(given_store)
    assert centre(empty) is empty.waiting
    assert "正在打开“given.jixiao”" in empty.waiting.text()
    empty.open_at_start(given_store)
    assert centre(empty) is not empty.waiting


# Moving around


def test_that_ctrl_1_and_ctrl_2_change_the_form(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, Qt.Key.Key_2, CTRL)
    assert window.document.form is Form.EVALUATION
    assert window.page.header.tabs[Form.EVALUATION].isChecked()
    press(qtbot, Qt.Key.Key_1, CTRL)
    assert window.document.form is Form.DECLARATION


def test_that_the_keyboard_stays_in_the_table_when_the_form_changes(window: MainWindow) -> None:
    open_form(window.document, Form.DECLARATION)
    for action in ("show_evaluation", "start_form", "show_declaration"):
        window.commands[action].trigger()
    window.page.table.setFocus()
    for action, form in (("show_evaluation", Form.EVALUATION), ("show_declaration", Form.DECLARATION)):
        window.commands[action].trigger()
        assert window.page.table.form is form
        assert window.page.table.hasFocus()


def test_that_f6_stops_at_every_pane_and_section_and_goes_back(qtbot: QtBot, window: MainWindow) -> None:
    open_form(window.document, Form.EVALUATION)
    window.navigator.setFocus()
    lines = [fold.line for fold in window.page.page.panel.folds]
    for stop in (*lines, window.page.table, window.findings_panel.table):
        window.views.step_pane(1)
        assert stop.hasFocus()
    window.views.step_pane(-1)
    assert window.page.table.hasFocus()


def test_that_shift_f10_opens_the_menu_of_the_pane_the_keyboard_is_in(qtbot: QtBot, window: MainWindow) -> None:
    window.findings_panel.set_folded(is_folded=False)
    window.findings_panel.table.selectRow(0)
    for pane in (window.page.table, window.navigator.tree, window.findings_panel.table):
        pane.setFocus()
        qtbot.keyClick(pane, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), pane.accessibleName()
        menu.close()


def test_that_f8_goes_to_the_cell_of_a_finding_also_in_the_other_form(qtbot: QtBot, window: MainWindow) -> None:
    open_form(window.document, Form.EVALUATION)
    window.document.set_form(Form.DECLARATION)
    window.navigator.setFocus()
    for _ in range(2):
        press(qtbot, Qt.Key.Key_F8)
    finding = window.findings_panel.current()
    assert finding is not None
    assert window.document.form is Form.EVALUATION
    assert finding.place.indicator_id == window.score_panel.line_id


def test_that_f8_says_that_it_goes_on_in_the_other_form_until_it_goes_further(qtbot: QtBot, window: MainWindow) -> None:
    open_form(window.document, Form.DECLARATION)
    window.commands["show_evaluation"].trigger()
    window.commands["start_form"].trigger()
    window.commands["show_declaration"].trigger()
    strip = window.page.message
    for _ in window.findings_panel.model.open_findings():
        assert not strip.isVisible()
        press(qtbot, Qt.Key.Key_F8)
        if window.document.form is Form.EVALUATION:
            break
    assert window.document.form is Form.EVALUATION
    assert strip.isVisible()
    assert strip.text == "已从目标申报转到绩效自评的问题。"
    press(qtbot, Qt.Key.Key_F8)
    assert not strip.isVisible()


def test_that_going_to_a_field_opens_the_fields_and_puts_the_cursor_there(window: MainWindow) -> None:
    assert not window.page.page.panel.is_open
    window.go_to(Place(Form.DECLARATION, "annual_goal"))
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "年度总体目标"


def test_that_points_lost_by_the_execution_lead_to_its_amounts_and_to_how_they_are_scored(
    qtbot: QtBot, window: MainWindow
) -> None:
    open_form(window.document, Form.EVALUATION)
    window.go_to(Place(Form.EVALUATION, "executed_fiscal_current"))
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    qtbot.keyClick(field, Qt.Key.Key_A, CTRL)
    type_text(qtbot, field, "1")
    window.page.table.setFocus()
    panel = window.score_panel
    assert panel.reason.name.text() != "预算执行率"
    lost = next(row for row in panel.losses.rows if row.name.full_text() == "预算执行率")
    qtbot.keyClick(lost, Qt.Key.Key_Space)
    assert window.page.is_in_funding
    assert panel.reason.name.text() == "预算执行率"
    window.page.table.setFocus()
    assert panel.reason.name.text() != "预算执行率"


@pytest.mark.parametrize("size", [(911, 459), (960, 459), (1024, 700)])
def test_that_the_score_asked_for_in_a_small_window_shows_every_number_whole(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int]
) -> None:
    open_form(window.document, Form.EVALUATION)
    window.resize(*size)
    qtbot.waitUntil(lambda: not window.score_panel.isVisible())
    window.commands["show_score"].trigger()
    scores = window.score_panel.scores
    shown = (scores.total, scores.grade)
    qtbot.waitUntil(lambda: all(one.visibleRegion().boundingRect().width() >= one.sizeHint().width() for one in shown))
    assert window.score_panel.width() >= LEAST_WIDE
    assert window.width() == size[0]


def test_that_f3_opens_the_fields_and_closes_them_again(qtbot: QtBot, window: MainWindow) -> None:
    window.page.table.setFocus()
    press(qtbot, Qt.Key.Key_F3)
    assert window.page.page.panel.is_open
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "项目名称"
    press(qtbot, Qt.Key.Key_F3)
    assert not window.page.page.panel.is_open
    assert window.page.table.hasFocus()


def test_that_a_form_with_an_error_in_its_fields_shows_them_at_once(qtbot: QtBot, window: MainWindow) -> None:
    window.go_to(Place(Form.DECLARATION, "department"))
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    qtbot.keyClick(field, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    press(qtbot, Qt.Key.Key_Return)
    ids = [summary.id for summary in window.document.summaries()]
    window.document.select_project(ids[1])
    assert not window.page.page.panel.is_open
    window.document.select_project(ids[0])
    assert window.page.page.panel.is_open


def test_that_ctrl_f_finds_an_indicator_and_enter_goes_to_it(qtbot: QtBot, window: MainWindow) -> None:
    window.page.table.setFocus()
    press(qtbot, Qt.Key.Key_F, CTRL)
    assert window.search.hasFocus()
    type_text(qtbot, window.search, "全年电话总量")
    assert window.search.results.isVisible()
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.document.form is Form.EVALUATION
    project = window.document.project
    assert project is not None
    found = project.find_indicator(window.score_panel.line_id)
    assert found is not None
    assert project.indicators(found[0])[found[1]].name == "全年电话总量"


def test_that_escape_leaves_the_search_and_gives_the_keyboard_back(qtbot: QtBot, window: MainWindow) -> None:
    window.page.table.setFocus()
    press(qtbot, Qt.Key.Key_F, CTRL)
    type_text(qtbot, window.search, "热线")
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert not window.search.results.isVisible()
    assert window.page.table.hasFocus()


def test_that_escape_gives_the_keyboard_back_to_the_table_when_a_cell_was_typed_in(
    qtbot: QtBot, window: MainWindow
) -> None:
    table = window.page.table
    table.setFocus()
    press(qtbot, Qt.Key.Key_F2)
    assert isinstance(QApplication.focusWidget(), TextEditor)
    press(qtbot, Qt.Key.Key_F, CTRL)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    press(qtbot, Qt.Key.Key_Escape)
    assert table.hasFocus()


def test_that_escape_gives_the_keyboard_back_after_a_second_ctrl_f_and_after_a_click(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.page.table.setFocus()
    press(qtbot, Qt.Key.Key_F, CTRL)
    press(qtbot, Qt.Key.Key_F, CTRL)
    press(qtbot, Qt.Key.Key_Escape)
    assert window.page.table.hasFocus()
    window.navigator.tree.setFocus()
    qtbot.mouseClick(window.search, Qt.MouseButton.LeftButton)
    assert window.search.hasFocus()
    press(qtbot, Qt.Key.Key_Escape)
    assert window.navigator.tree.hasFocus()


def test_that_arrow_keys_choose_among_the_results(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, Qt.Key.Key_F, CTRL)
    type_text(qtbot, window.search, "信息化")
    qtbot.keyClick(window.search, Qt.Key.Key_Down)
    assert window.search.results.currentRow() == 1
    qtbot.keyClick(window.search, Qt.Key.Key_Up)
    qtbot.keyClick(window.search, Qt.Key.Key_Up)
    assert window.search.results.currentRow() == window.search.results.count() - 1


def test_that_nothing_found_is_said(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, Qt.Key.Key_F, CTRL)
    type_text(qtbot, window.search, "zzz")
    assert window.search.results.item(0).text().replace("\n", "") == NOT_FOUND
    assert window.search.results.width() <= window.search.width()
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.search.results.isVisible()


@pytest.mark.parametrize("size", [(1100, 768), (1366, 360), (1500, 900)])
def test_that_results_follow_the_box_when_the_window_changes_its_size(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int]
) -> None:
    press(qtbot, Qt.Key.Key_F, CTRL)
    type_text(qtbot, window.search, "信息化")
    window.resize(*size)
    results = window.search.results
    assert results.isVisible()

    def box() -> QRect:
        return QRect(window.search.mapTo(window, QPoint(0, 0)), window.search.size())

    def follows() -> bool:
        return results.geometry().right() == box().right() and window.rect().contains(results.geometry())

    qtbot.waitUntil(follows)


# Forms


def test_that_starting_the_self_evaluation_takes_the_lines_of_the_declaration_along(
    qtbot: QtBot, window: MainWindow
) -> None:
    press(qtbot, Qt.Key.Key_2, CTRL)
    button = window.page.page.start.button
    assert button.text() == "开始绩效自评（带入申报表指标）"
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    project = window.document.saved_project
    assert project is not None
    assert [line.name for line in project.indicators(Form.EVALUATION)] == [
        line.name for line in project.indicators(Form.DECLARATION)
    ]
    assert not button.isVisible()
    assert window.document.undo_stack.undoText() == "开始绩效自评"


def test_that_the_form_on_screen_is_started_in_the_whole_year_as_one_step(window: MainWindow) -> None:
    document = window.document
    document.set_form(Form.EVALUATION)
    window.commands["start_forms"].trigger()
    of_2026 = [one for one in document.summaries() if one.year == 2026]
    assert all(Form.EVALUATION in one.forms for one in of_2026)
    assert "已开始 10 个项目的绩效自评" in window.page.message.text
    window.commands["start_forms"].trigger()
    assert "没有可以开始绩效自评的项目" in window.page.message.text
    document.undo_stack.undo()
    of_2026 = [one for one in document.summaries() if one.year == 2026]
    assert not any(Form.EVALUATION in one.forms for one in of_2026)
    document.set_form(Form.DECLARATION)
    window.commands["start_forms"].trigger()
    assert "没有可以开始目标申报的项目" in window.page.message.text


def test_that_projects_that_cannot_be_read_start_no_form(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise UserError("读不出来。")

    window.document.set_form(Form.EVALUATION)
    monkeypatch.setattr(Store, "projects", refuse)
    window.commands["start_forms"].trigger()
    assert "读不出来" in window.page.message.text
    window.document.close_store()
    window.projects.start_forms()


def test_that_a_form_that_is_not_started_offers_to_start_it(window: MainWindow) -> None:
    open_form(window.document, Form.EVALUATION)
    window.document.set_form(Form.DECLARATION)
    assert window.page.page.start.button.text() == "开始目标申报"
    assert "（未开始）" in window.page.header.tabs[Form.DECLARATION].text()
    assert not window.commands["add_line"].isEnabled()
    assert window.commands["start_form"].isEnabled()


def test_that_a_tab_says_how_many_errors_its_form_has(qtbot: QtBot, window: MainWindow) -> None:
    window.go_to(Place(Form.DECLARATION, "department"))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_A, CTRL)
    press(qtbot, Qt.Key.Key_Delete)
    tab = window.page.header.tabs[Form.DECLARATION]
    qtbot.waitUntil(lambda: tab.text() == "目标申报 1")
    assert not tab.icon().isNull()
    assert tab.accessibleName() == "目标申报，1 个错误"


def test_that_a_form_is_removed_without_a_question_and_the_strip_says_what_went_and_takes_it_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    project = window.document.saved_project
    assert project is not None
    window.commands["remove_form"].trigger()
    assert QApplication.activeModalWidget() is None
    assert window.document.saved_project is not None
    assert window.document.saved_project.of(Declaration) is None
    count = len(project.indicators(Form.DECLARATION))
    text = f"已删除“{project.project_name}”（{project.year} 年度）的目标申报：全部内容和 {count} 条指标。"
    assert window.page.message.text == text
    assert window.commands["undo"].toolTip().startswith("撤销：删除目标申报")
    undo = next(one for one in children(window.page.message, QPushButton) if one.text() == "撤销")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert window.document.saved_project == project
    assert not window.page.message.isVisible()


def test_that_a_removed_project_leaves_the_list_and_comes_back_with_undo(window: MainWindow) -> None:
    window.projects.remove_project()
    assert len(window.document.summaries()) == 24
    assert window.document.saved_project is not None  # its neighbour
    window.commands["undo"].trigger()
    assert len(window.document.summaries()) == 25


def test_that_a_heading_of_the_navigator_leads_to_its_page_and_alt_left_comes_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    tree, docks = window.navigator.tree, window.panels.docks
    first = window.document.summaries()[0]
    assert window.document.saved_project is not None
    tree.setFocus()
    press(qtbot, Qt.Key.Key_Up)
    assert centre(window) is window.overview
    assert tree.hasFocus()
    assert docks["show_findings"].isHidden()
    assert not window.commands["show_findings"].isEnabled()
    assert docks["show_navigator"].isVisible()
    press(qtbot, Qt.Key.Key_Return)
    assert window.overview.table.hasFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert centre(window) is window.page
    assert window.document.saved_project.id == first.id
    assert window.page.table.hasFocus()
    assert docks["show_findings"].isVisible()
    press(qtbot, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert centre(window) is window.overview
    assert window.overview.table.hasFocus()
    press(qtbot, Qt.Key.Key_F6)
    assert tree.hasFocus()
    window.overview.table.setFocus()
    press(qtbot, Qt.Key.Key_Escape)
    assert centre(window) is window.page


def test_that_alt_left_on_the_first_project_lists_its_unit_and_escape_without_a_way_back_goes_to_the_navigator(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.commands["go_back"].trigger()
    assert centre(window) is window.overview
    press(qtbot, Qt.Key.Key_Escape)
    assert centre(window) is window.page
    window.commands["go_back"].trigger()
    window.document._visits.clear()
    press(qtbot, Qt.Key.Key_Escape)
    assert window.navigator.tree.hasFocus()


def test_that_points_are_distributed_and_computed_scores_adopted_by_their_actions(window: MainWindow) -> None:
    open_form(window.document, Form.EVALUATION)
    window.commands["adopt_scores"].trigger()
    window.commands["distribute"].trigger()
    assert window.document.undo_stack.undoText() == "平均分配分值"
    assert window.document.score is not None
    assert window.document.score.total_points == 100


def test_that_the_levels_of_an_imported_form_follow_its_printed_scores_in_one_gesture_and_undo_takes_it_back(
    window: MainWindow,
) -> None:
    document = window.document
    for position in range(7):
        open_form(document, Form.EVALUATION, position)
        if any(finding.rule == "EVL-037" for finding in document.findings):
            break
    before = document.saved_project
    window.commands["infer_levels"].trigger()
    assert document.undo_stack.undoText() == "全部按得分推定等级"
    assert not any(finding.rule == "EVL-037" for finding in document.findings)
    count = document.undo_stack.count()
    window.commands["infer_levels"].trigger()
    assert document.undo_stack.count() == count
    window.commands["undo"].trigger()
    assert document.saved_project == before


# Undo


def test_that_ctrl_z_gives_typing_up_first_and_then_takes_the_last_gesture_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.go_to(Place(Form.DECLARATION, "department"))
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    type_text(qtbot, field, "1")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    field.setFocus()
    type_text(qtbot, field, "2")
    qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert not window.document.has_draft
    assert window.document.saved_project is not None
    assert window.document.saved_project.department == "1"
    qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert window.document.saved_project.department == "上海市科学技术委员会"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Y, CTRL)
    assert window.document.saved_project.department == "1"


def test_that_the_undo_action_names_what_it_takes_back_in_chinese(qtbot: QtBot, window: MainWindow) -> None:
    window.go_to(Place(Form.DECLARATION, "department"))
    field = QApplication.focusWidget()
    assert field is not None
    type_text(qtbot, field, "1")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.commands["undo"].text() == "撤销：修改主管部门"
    assert window.commands["undo"].iconText() == "撤销"


def test_that_the_undo_button_gives_an_unfinished_text_up(qtbot: QtBot, window: MainWindow) -> None:
    window.go_to(Place(Form.DECLARATION, "department"))
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    type_text(qtbot, field, "1")
    assert window.commands["undo"].isEnabled()
    window.commands["undo"].trigger()
    assert field.text() == "上海市科学技术委员会"


def test_that_another_action_finishes_the_unfinished_text_first(qtbot: QtBot, window: MainWindow) -> None:
    window.go_to(Place(Form.DECLARATION, "department"))
    field = QApplication.focusWidget()
    assert field is not None
    type_text(qtbot, field, "另一部门")
    press(qtbot, Qt.Key.Key_2, CTRL)
    assert window.document.saved_project is not None
    assert window.document.saved_project.department == "另一部门"


def test_that_another_action_finishes_the_cell_that_is_being_typed_first(qtbot: QtBot, window: MainWindow) -> None:
    open_form(window.document, Form.EVALUATION)
    project = window.document.saved_project
    assert project is not None
    line = project.indicators(Form.EVALUATION)[0]
    window.go_to(Place(Form.EVALUATION, "actual_text", line.id))
    press(qtbot, Qt.Key.Key_9)
    editor = QApplication.focusWidget()
    assert editor is not None
    qtbot.keyClicks(editor, "9")
    assert window.document.has_draft
    window.commands["show_declaration"].trigger()
    assert evaluation_of(window.document.saved_project).indicators[0].actual_text == "99"


# What the window tells


def test_that_the_status_bar_says_when_and_where_it_was_saved(
    qtbot: QtBot, window: MainWindow, given_store: Path
) -> None:
    status = window.statusBar()
    assert isinstance(status, StatusBar)
    assert status.path.full_text() == str(given_store)
    assert status.counts.text() == "25 个项目 · 344 条指标"
    window.go_to(Place(Form.DECLARATION, "department"))
    qtbot.keyClicks(QApplication.focusWidget(), "1")
    press(qtbot, Qt.Key.Key_Return)
    assert re.fullmatch(r"已保存 \d\d:\d\d", status.saved.text())


def test_that_a_failed_edit_is_told_in_the_strip_until_it_is_closed(qtbot: QtBot, window: MainWindow) -> None:
    window.document.not_written.emit("磁盘已满，刚才的修改没有保存。")
    assert window.page.message.isVisible()
    assert "磁盘已满" in window.page.message.text
    qtbot.keyClick(window.page.message, Qt.Key.Key_Escape)
    assert not window.page.message.isVisible()


def test_that_a_done_message_offers_one_thing_to_do(qtbot: QtBot, window: MainWindow) -> None:
    done: list[bool] = []
    window.tell(Tone.DONE, "已导出并核对：a.xlsx", "打开所在文件夹", lambda: done.append(True))
    button = next(visible(window.page.message, QPushButton))
    assert button.text() == "打开所在文件夹"
    button.click()
    assert done == [True]
    assert not window.page.message.isVisible()


def test_that_a_backup_is_made_by_its_action_and_told(window: MainWindow) -> None:
    window.commands["back_up"].trigger()
    assert "已备份并核对" in window.page.message.text


def test_that_a_backup_that_fails_is_told(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_store: Store, _reason: str) -> None:
        raise UserError("没有完成备份。")

    monkeypatch.setattr(Store, "back_up", fail)
    window.commands["back_up"].trigger()
    assert window.page.message.text == "没有完成备份。"


# Look and size


def test_that_the_window_with_its_frame_fits_on_the_screen_at_the_first_start(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(Appearance(), Preferences(tmp_path / "jixiao.ini"), tmp_path)
    qtbot.addWidget(window)
    room = window.screen().availableGeometry().size() - BORDERS
    assert window.size() == QSize(1366, 768).boundedTo(room).expandedTo(window.minimumSize())


def test_that_a_button_with_the_keyboard_has_a_ring_and_nothing_behind_its_words(
    qtbot: QtBot, window: MainWindow
) -> None:
    chip = children(window.navigator, QPushButton)[1]

    def words() -> QImage:
        return chip.grab(chip.rect().adjusted(9, 4, -9, -4)).toImage()

    chip.clearFocus()
    before = words()
    chip.setFocus(Qt.FocusReason.TabFocusReason)
    assert chip.hasFocus()
    assert words() == before


def test_that_a_narrow_window_gives_the_score_up_and_a_wide_one_shows_it_again(
    qtbot: QtBot, window: MainWindow
) -> None:
    open_form(window.document, Form.EVALUATION)
    window.resize(911, 512)
    assert not window.panels.docks["show_score"].isVisible()
    assert window.page.header.total.isVisible()
    assert window.page.header.total.text() == "总分 100.00 优"
    window.resize(1366, 768)
    assert window.panels.docks["show_score"].isVisible()
    assert not window.page.header.total.isVisible()
    for width, is_seen in ((1099, False), (1100, True)):
        window.resize(width, 768)
        assert window.panels.docks["show_score"].isVisible() is is_seen


def test_that_the_score_can_be_had_in_a_narrow_window_if_it_is_wanted(window: MainWindow) -> None:
    window.resize(911, 512)
    window.commands["show_score"].trigger()
    assert window.panels.docks["show_score"].isVisible()


@pytest.mark.parametrize("size", [(1366, 768), (911, 512), (1920, 1080)])
def test_that_the_table_always_keeps_room_for_some_lines(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int]
) -> None:
    window.resize(*size)
    open_form(window.document, Form.EVALUATION)
    window.page.page.toggle_fields()
    QApplication.processEvents()
    assert window.page.table.height() >= 60
    assert window.page.page.panel.height() >= 130
    assert window.page.table.width() >= 440


def test_that_a_panel_hidden_by_its_action_stays_hidden_next_time(
    qtbot: QtBot, tmp_path: Path, window: MainWindow, given_store: Path
) -> None:
    window.commands["show_findings"].trigger()
    assert not window.panels.docks["show_findings"].isVisible()
    window.close()
    again = shown_window(qtbot, tmp_path, given_store)
    assert not again.panels.docks["show_findings"].isVisible()
    assert not again.commands["show_findings"].isChecked()
    assert again.panels.docks["show_navigator"].isVisible()


def test_that_dark_is_chosen_in_the_menu_and_reaches_every_view(window: MainWindow) -> None:
    entry = next(e for e in window.commands.appearance_menu.actions() if e.text() == "深色")
    entry.trigger()
    assert window.appearance.choice is AppearanceChoice.DARK
    image = window.grab().toImage()
    base = image.pixelColor(4, image.height() // 2)
    assert base.lightness() < 100
    window.appearance.choose(AppearanceChoice.LIGHT)
    assert window.appearance.theme is Theme.light()


# Words


def test_that_every_menu_entry_and_button_is_chinese(window: MainWindow) -> None:
    texts = [entry.text().split("\t")[0].replace("&", "") for entry in children(window, QAction) if entry.text()]
    english = [text for text in texts if not any("\u4e00" <= letter <= "\u9fff" for letter in text)]
    assert [text for text in english if Path(text).suffix != ".jixiao"] == []


def _receivers(action: QAction, signal: str) -> int:
    return action.receivers(SIGNAL(signal))  # type: ignore[arg-type] # the stub says bytes, Qt for Python takes text


def test_that_every_spec_has_an_action_with_something_to_do(window: MainWindow) -> None:
    names = {spec.name for _, specs in MENUS for spec in specs if spec is not None} - {"recent", "appearance"}
    idle = [
        name
        for name in sorted(names)
        if not _receivers(window.commands[name], "triggered(bool)")
        and not _receivers(window.commands[name], "toggled(bool)")
    ]
    assert idle == []


def test_that_no_key_is_used_twice() -> None:
    keys = [spec.keys for _, specs in MENUS for spec in specs if spec is not None and spec.keys]
    assert len(keys) == len(set(keys))


def test_that_the_key_map_lists_every_key_of_the_window_and_of_the_table() -> None:
    rows = {row for _, group in key_map() for row in group}
    assert {("Ctrl+Z", "撤销"), ("F2", "编辑单元格"), ("F2", "重命名当前项目"), ("F8", "下一个问题")} <= rows


def test_that_everything_that_takes_the_keyboard_has_a_name(window: MainWindow) -> None:
    open_form(window.document, Form.EVALUATION)
    nameless = [
        widget
        for widget in children(window, QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not isinstance(widget, QMenu)
        and not (isinstance(widget, QPushButton | QToolButton) and widget.text())
        and not widget.objectName().startswith("qt_")
    ]
    assert [(type(widget).__name__, widget.objectName()) for widget in nameless] == []


def test_that_recent_files_are_in_the_menu(window: MainWindow, given_store: Path) -> None:
    window.commands.recent_menu.aboutToShow.emit()
    assert [entry.text() for entry in window.commands.recent_menu.actions()] == [str(given_store)]


# Dialogs


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("new_project", "新建项目"),
        ("copy_year", "复制上年"),
        ("export", "导出"),
        ("restore", "恢复备份"),
        ("settings", "设置"),
        ("keyboard", "键盘操作"),
        ("about", "关于"),
    ],
)
def test_that_an_action_opens_its_dialog_and_escape_closes_it(
    qtbot: QtBot, window: MainWindow, name: str, title: str
) -> None:
    window.commands[name].trigger()
    dialog = next(visible(window, QDialog))
    assert title in dialog.windowTitle()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_that_the_explanation_of_the_current_warning_is_asked_for_by_key(qtbot: QtBot, window: MainWindow) -> None:
    open_form(window.document, Form.EVALUATION)
    window.findings_panel.step(1)
    press(qtbot, Qt.Key.Key_E, CTRL | SHIFT)
    dialog = next(visible(window, QDialog))
    finding = window.findings_panel.current()
    assert finding is not None
    assert any(finding.message in label.text() for label in children(dialog, QLabel))
    dialog.close()


def test_that_the_manual_opens_at_the_rule_of_the_current_finding(qtbot: QtBot, window: MainWindow) -> None:
    open_form(window.document, Form.EVALUATION)
    window.findings_panel.step(1)
    window.commands["rule_help"].trigger()
    manual = child(window, ManualWindow)
    assert manual.isVisible()
    manual.close()


def test_that_files_to_import_are_chosen_and_previewed(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["import"].trigger()
    chooser = next(visible(window, QFileDialog))
    assert chooser.windowTitle() == "导入申报表、自评表"
    chooser.close()
    source = Path(__file__).parents[1] / "fixtures" / "forms"
    window.files.preview_import(sorted(source.glob("*.json"))[:1])
    dialog = next(one for one in children(window, QDialog) if one.isVisible() and "导入" in one.windowTitle())
    qtbot.waitUntil(lambda: not window.tasks.is_busy)
    dialog.close()
    assert window.preferences.folder() == str(source)


def test_that_a_key_does_not_lay_out_the_toolbar(qtbot: QtBot, window: MainWindow) -> None:
    open_form(window.document, Form.EVALUATION)
    project = window.document.project
    assert project is not None
    window.document.request_place(Place(Form.EVALUATION, "actual_text", project.indicators(Form.EVALUATION)[0].id))
    press(qtbot, Qt.Key.Key_1)
    QApplication.processEvents()
    laid_out: list[QEvent.Type] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.LayoutRequest:
                laid_out.append(event.type())
            return False

    watch = Watch(window)
    child(window, QToolBar).installEventFilter(watch)
    press(qtbot, Qt.Key.Key_2)
    QApplication.processEvents()
    assert laid_out == []


def test_that_a_window_with_a_history_goes_without_a_word(
    qtbot: QtBot, tmp_path: Path, given_store: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    preferences = Preferences(tmp_path / "config" / "jixiao.ini")
    window = MainWindow(Appearance(preferences.settings), preferences, tmp_path / "config")
    assert window.files.open(given_store)
    qtbot.waitUntil(lambda: window.document.saved_project is not None)
    project = window.document.saved_project
    assert project is not None
    set_line(window.document, project.indicators(window.document.form)[0], "name", "新名")
    assert window.document.undo_stack.canUndo()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(window)
    assert capfd.readouterr().err == ""
