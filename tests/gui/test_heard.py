"""The whole window under the ears of somebody who does not see it: where the keyboard is, and what is announced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.crash import CrashDialog
from gui.desk.labels import NOT_FOUND
from gui.desk.message import Message
from gui.desk.notify import MessageStrip, Tone
from gui.document.project_list import Group
from gui.main_window import MainWindow
from gui.manual.window import ManualWindow
from gui.search.replace import ReplaceDialog
from gui.settings.dialog import SettingsDialog
from model import edits
from model.changes import Part
from model.records import Form
from storage.store.drafts import Draft
from tests.gui.dialogs import focus, press
from tests.gui.found import children, names_heard_twice
from tests.gui.hands import put_on_clipboard
from tests.gui.window import open_form, set_line, shown_window, type_text

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Heard = Callable[[], list[str]]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """What was announced since it was asked last."""
    said: list[str] = []

    def note(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())

    def take() -> list[str]:
        QApplication.processEvents()
        told, said[:] = list(said), []
        return told

    monkeypatch.setattr(QAccessible, "updateAccessibility", note)
    return take


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, given_store: Path) -> MainWindow:
    made = shown_window(qtbot, tmp_path, given_store)
    open_form(made.document, Form.EVALUATION)
    made.page.table.setFocus()
    return made


def test_that_f6_is_heard_as_the_row_or_cell_it_comes_to(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[str] = []

    def note(event: QAccessibleEvent) -> None:
        place = event.accessibleInterface()
        if event.type() is QAccessible.Event.Focus and place is not None:
            places.append(place.text(QAccessible.Text.Name))

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", note)
    for view in (window.findings_panel.table, window.navigator.tree, window.page.table):
        assert isinstance(view, QAbstractItemView)
        places.clear()
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        qtbot.waitUntil(lambda: bool(places))
        index = view.currentIndex()
        spoken = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data()
        assert places[-1] == spoken


def test_that_a_finding_is_one_sentence_with_its_actions_as_its_description(window: MainWindow) -> None:
    rows = window.findings_panel.model
    sentence, where, actions = (rows.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(3))
    assert sentence.count("：") >= 2
    assert where is None
    assert actions is None
    described = str(rows.index(0, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole))
    assert described.startswith("按菜单键可选：")
    assert "转到" in described


def test_that_undo_and_redo_are_announced_and_seen_by_what_they_do(window: MainWindow, heard: Heard) -> None:
    project = window.document.saved_project
    assert project is not None
    line = project.indicators(Form.EVALUATION)[0]
    set_line(window.document, line, "name", "甲")
    assert not any("已重做" in said for said in heard())
    window.document.undo_stack.undo()
    (said,) = heard()
    assert said.startswith("已撤销：test")
    assert window.status.step.isVisible()
    assert window.status.step.text() == "已撤销：test"
    window.document.undo_stack.redo()
    (said,) = heard()
    assert said.startswith("已重做：test")
    assert window.status.step.text() == "已重做：test"
    window.document.undo_stack.undo()
    set_line(window.document, line, "name", "乙")
    heard()
    assert not window.status.step.isVisible()
    set_line(window.document, line, "name", "丙")
    assert not any("已重做" in said for said in heard())


def test_that_a_strip_is_announced_with_its_button_and_f6_goes_to_it_and_back(
    qtbot: QtBot, window: MainWindow, heard: Heard
) -> None:
    pressed: list[bool] = []
    window.tell(Tone.DONE, "已导出。", "打开所在文件夹", lambda: pressed.append(True))
    assert heard() == ["已导出。（按 F6 可到“打开所在文件夹”按钮）"]
    strip = window.page.message
    window.navigator.setFocus()
    press(qtbot, Qt.Key.Key_F6)
    assert strip.isAncestorOf(focus())
    press(qtbot, Qt.Key.Key_F6, SHIFT)
    window.navigator.setFocus()
    press(qtbot, Qt.Key.Key_F6)
    assert not strip.isAncestorOf(focus())
    window.navigator.setFocus()
    press(qtbot, Qt.Key.Key_F6, SHIFT)
    assert strip.isAncestorOf(focus())
    strip._expire()
    assert strip.isVisible()
    press(qtbot, Qt.Key.Key_Return)
    assert pressed == [True]
    assert not strip.isVisible()
    assert window.navigator.tree.hasFocus()
    window.tell(Tone.DONE, "已保存。")
    strip._expire()
    assert not strip.isVisible()


def test_that_a_message_with_a_button_lasts_ten_times_longer_where_it_may_be_read_out(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    strip = window.page.message
    for is_read, lasting in ((False, strip.LASTING_MS), (True, 10 * strip.LASTING_MS)):
        monkeypatch.setattr(QAccessible, "isActive", lambda answer=is_read: answer)
        window.tell(Tone.DONE, "已导出。", "打开文件", lambda: None)
        assert strip._timer.interval() == lasting
        window.tell(Tone.DONE, "已保存。")
        assert strip._timer.interval() == strip.LASTING_MS


def test_that_a_result_of_the_search_is_heard_with_its_place(qtbot: QtBot, window: MainWindow, heard: Heard) -> None:
    window.search.start()
    type_text(qtbot, window.search, "服务")
    assert heard()[-1].startswith(f"第 1 项，共 {window.search.results.count()} 项：")
    press(qtbot, Qt.Key.Key_Down)
    (said,) = heard()
    assert said.startswith("第 2 项，")
    window.search.setText("")
    type_text(qtbot, window.search, "没有这样的字")
    assert heard()[-1] == NOT_FOUND


def test_that_what_is_offered_below_a_cell_is_heard_with_its_place(
    qtbot: QtBot, window: MainWindow, heard: Heard
) -> None:
    grid = window.page.table
    press(qtbot, Qt.Key.Key_Home, CTRL)
    qtbot.keyClicks(focus(), "m")
    qtbot.keyClicks(focus(), "yd")
    assert [said for said in heard() if said.endswith("个建议，按 ↓ 选择")]
    press(qtbot, Qt.Key.Key_Down)
    assert heard() == [f"第 1 项，共 {len(grid.suggestion_panel.choices)} 项：{_spoken(window)}"]
    press(qtbot, Qt.Key.Key_Escape, times=2)


def _spoken(window: MainWindow) -> str:
    chosen = window.page.table.suggestion_panel.selected
    assert chosen is not None
    return "，".join(part for part in (chosen.text, chosen.target, chosen.origin) if part)


def test_that_a_link_of_the_manual_is_heard(qtbot: QtBot, window: MainWindow, heard: Heard) -> None:
    window.commands["manual"].trigger()
    manual = window.findChild(ManualWindow)
    assert manual is not None
    heard()
    manual.page.setFocus()
    qtbot.keyClick(manual.page, Qt.Key.Key_Tab)
    (said,) = heard()
    assert said.startswith("链接：")
    manual.close()


def test_that_how_many_projects_the_filter_leaves_is_heard(qtbot: QtBot, window: MainWindow, heard: Heard) -> None:
    window.navigator.filter.setText("热线")
    assert heard()[-1].endswith("个项目符合")
    window.navigator.filter.setText("没有这样的项目")
    assert heard()[-1].startswith("没有符合的项目")


def test_that_a_message_of_a_dialog_is_announced_once(qtbot: QtBot, heard: Heard) -> None:
    message = Message()
    qtbot.addWidget(message)
    message.say("请填写项目名称。")
    message.say("请填写项目名称。")
    assert heard() == ["错误：请填写项目名称。"]
    message.say("")
    assert heard() == []
    assert message.accessibleName() == ""


def test_that_the_keyboard_stays_in_the_list_when_its_project_is_deleted(qtbot: QtBot, window: MainWindow) -> None:
    window.navigator.setFocus()
    before = window.document.project
    window.projects.remove_project()
    assert window.document.project is not None
    assert window.document.project != before
    assert window.navigator.tree.hasFocus()


@pytest.mark.parametrize("form", [Form.DECLARATION, Form.EVALUATION])
def test_that_no_two_things_in_the_window_are_heard_as_the_same(window: MainWindow, form: Form) -> None:
    open_form(window.document, form)
    window.page.page.panel.set_open(is_open=True)
    window.tell(Tone.FAILED, "没有写进去。", "重试", lambda: None, also=("另存", lambda: None))
    assert names_heard_twice(window) == []


def test_that_no_two_things_on_the_other_pages_are_heard_as_the_same(window: MainWindow) -> None:
    window.document.select_group(Group(window.document.projects.years[0]))
    assert window.overview.isVisible()
    assert names_heard_twice(window) == []
    window.files.close_store()
    assert window.start_page.isVisible()
    assert names_heard_twice(window) == []


def test_that_every_page_of_the_window_is_a_group_with_a_name_of_its_own(window: MainWindow) -> None:
    pages = (window.start_page, window.empty_page, window.overview, window.page)
    told = [QAccessible.queryAccessibleInterface(page) for page in pages]
    assert {one.role() for one in told} == {QAccessible.Role.Client}
    names = [one.text(QAccessible.Text.Name) for one in told]
    assert names == ["开始", "没有打开项目", "年度和单位", "项目的表"]


def test_that_what_was_not_finished_is_heard_when_it_is_offered_and_f6_goes_there(
    qtbot: QtBot, window: MainWindow, heard: Heard
) -> None:
    project = window.document.saved_project
    assert project is not None
    offer = window.draft_offer
    typed = edits.set_cell(project, Part.PROJECT, project.id, "department", "科技", window.document.settings)
    window.drafts._offered = (Draft(project.id, typed),)
    window.drafts.offer_changed.emit()
    (said,) = heard()
    assert said.startswith("上次有 1 处内容没有写完")
    assert said.endswith("（按 F6 可到“恢复”“不用”按钮）")
    told = QAccessible.queryAccessibleInterface(offer)
    assert (told.role(), told.text(QAccessible.Text.Name)) == (QAccessible.Role.StatusBar, offer.text.text())
    window.navigator.setFocus()
    press(qtbot, Qt.Key.Key_F6, SHIFT)
    assert offer.isAncestorOf(focus())


def test_that_how_much_is_found_to_replace_is_heard(qtbot: QtBot, window: MainWindow, heard: Heard) -> None:
    dialog = ReplaceDialog(window.document, window)
    dialog.open()
    heard()
    dialog.sought.setText("率")
    dialog.search()
    (said,) = heard()
    assert said.startswith("找到 ")
    dialog.sought.setText("没有这样的字")
    dialog.search()
    assert heard() == ["提示：这张表（绩效自评）里没有“没有这样的字”。"]
    dialog.close()


def test_that_the_page_ctrl_tab_leads_to_is_heard_and_one_chosen_by_its_tab_once(
    qtbot: QtBot, window: MainWindow, heard: Heard
) -> None:
    dialog = SettingsDialog(window.document, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.unit.hasFocus)
    heard()
    press(qtbot, Qt.Key.Key_Tab, CTRL)
    assert heard() == ["计分方案"]
    dialog.tabs.tabBar().setFocus()
    press(qtbot, Qt.Key.Key_Right)
    assert dialog.tabs.currentIndex() == 2
    assert heard() == []  # Qt tells the tab itself


def test_that_a_bug_is_heard_with_what_is_safe(qtbot: QtBot) -> None:
    dialog = CrashDialog("报告")
    qtbot.addWidget(dialog)
    assert "不会丢失" in dialog.accessibleDescription()


def roles(*widgets: QWidget) -> set[QAccessible.Role]:
    found = [QAccessible.queryAccessibleInterface(one) for one in widgets]
    return {one.role() for one in found if one is not None}


def test_that_tabs_and_chips_are_heard_as_one_of_several(window: MainWindow) -> None:
    assert roles(*window.page.header.tabs.values()) == {QAccessible.Role.PageTab}
    assert roles(*window.navigator.kinds.buttons()) == {QAccessible.Role.RadioButton}
    assert roles(*(fold.line for fold in window.page.page.panel.folds)) == {QAccessible.Role.Button}


def test_that_a_strip_is_heard_as_a_status_and_what_failed_as_an_alert(window: MainWindow) -> None:
    assert roles(*children(window, MessageStrip)) == {QAccessible.Role.StatusBar}
    window.tell(Tone.FAILED, "没有写入")
    assert roles(window.page.message) == {QAccessible.Role.AlertMessage}


def test_that_a_row_of_the_page_of_a_year_is_heard_by_its_name(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.document.select_group(Group(window.document.projects.years[0]))
    table = window.overview.table
    places: list[str] = []

    def note(event: QAccessibleEvent) -> None:
        place = event.accessibleInterface()
        if event.type() is QAccessible.Event.Focus and place is not None:
            places.append(place.text(QAccessible.Text.Name))

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", note)
    window.navigator.setFocus()
    table.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(lambda: bool(places))
    line = window.overview.rows.line(table.currentIndex().row())
    assert line is not None
    assert places[-1] == line.name
    header = window.overview.rows.headerData(0, Qt.Orientation.Vertical)
    first = window.overview.rows.line(0)
    assert first is not None
    assert header == first.name


def test_that_a_name_that_stays_what_it_was_is_not_told_again(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[str] = []
    set_name = QWidget.setAccessibleName

    def note(widget: QWidget, name: str) -> None:
        if name and name == widget.accessibleName():
            again.append(name)
        set_name(widget, name)

    monkeypatch.setattr(QWidget, "setAccessibleName", note)
    for form in (Form.DECLARATION, Form.EVALUATION):
        open_form(window.document, form)
        again.clear()
        window.page.page.panel.set_open(is_open=True)
        window.page.page.panel.focus_field("annual_goal")
        type_text(qtbot, focus(), "一些字")
        press(qtbot, Qt.Key.Key_Tab)
        window.page.table.setFocus()
        press(qtbot, Qt.Key.Key_Down, times=3)
        window.commands["undo"].trigger()
        window.findings_panel.set_folded(is_folded=False)
        QApplication.processEvents()
        assert again == []


def test_that_a_paste_is_heard(qtbot: QtBot, window: MainWindow, heard: Heard) -> None:
    put_on_clipboard("≥5次\n≥6次")
    press(qtbot, Qt.Key.Key_Home, CTRL)
    press(qtbot, Qt.Key.Key_Right)
    heard()
    press(qtbot, Qt.Key.Key_V, CTRL)
    assert any("暂计" in said for said in heard())


def test_that_of_a_deleted_project_only_that_is_heard_and_no_score_of_the_one_that_takes_its_place(
    qtbot: QtBot, window: MainWindow, heard: Heard
) -> None:
    for _ in range(3):
        heard()
    gone = window.document.saved_project
    window.projects.remove_project()
    told = heard() + heard()
    shown = window.document.saved_project
    assert gone is not None
    assert shown is not None
    assert shown.id != gone.id
    assert [said for said in told if said.startswith("已删除")] == told
