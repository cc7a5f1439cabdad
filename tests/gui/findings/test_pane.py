"""问题: what is listed, how one walks through it, what is mended and explained from it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.signs import SIGN
from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.findings.detail import FindingDetail
from gui.findings.explanation import ExplanationDialog
from gui.findings.here import BUTTONS
from gui.findings.model import Column, FindingsModel
from gui.findings.painting import FindingDelegate, least_height, links_of, row_height
from gui.findings.pane import NO_FIX, FindingsPanel
from gui.findings.rows import CLOSED, GROUPS, MORE, Kind, Row, actions_of, remedy_of, rows_of, words_of
from gui.findings.wording import HIDDEN, NOTHING
from model import edits
from model.changes import AddProject, Part
from model.findings import Finding, Fix, Place, Severity
from model.mends import SharePoints
from model.records import Declaration, Evaluation, Form, forms_of
from tests.gui.found import child, children, visible
from tests.gui.hands import declared, document_of, evaluated, evaluated_line, line
from tests.gui.window import evaluated_line_named, line_named, open_form, rules_of, set_line
from tests.model.projects import evaluation_of


@pytest.fixture
def findings(qtbot: QtBot, document: Document) -> FindingsPanel:
    open_form(document, Form.EVALUATION)
    panel = FindingsPanel(document, Appearance())
    qtbot.addWidget(panel)
    panel.resize(880, 200)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def rows(panel: FindingsPanel) -> list[str]:
    found = [panel.model.finding(row) for row in range(panel.model.rowCount())]
    return [finding.rule for finding in found if finding is not None]


def test_that_every_finding_of_the_project_is_a_row_errors_first(document: Document, findings: FindingsPanel) -> None:
    set_line(document, line_named(document, Form.EVALUATION, "系统故障数"), "points", "7")
    assert rows(findings) == list(dict.fromkeys(rules_of(document.findings)))
    first = findings.model.finding(0)
    assert first is not None
    assert first.severity is Severity.ERROR


def test_that_chips_count_and_say_the_severity_in_words(document: Document, findings: FindingsPanel) -> None:
    texts = [chip.text() for chip in findings.chips if chip.isVisible()]
    assert texts == ["错误 0", "警告 4", "提示 1"]
    assert findings.chips["warning"].accessibleName() == "警告 4 个"


def inks(panel: FindingsPanel, severity: Severity) -> set[str]:
    """The colours the sign of a chip is drawn in, but for its edges."""
    image = panel.chips[severity.value].icon().pixmap(SIGN, SIGN, QIcon.Mode.Normal, QIcon.State.On).toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def test_that_the_sign_of_what_there_is_none_of_does_not_glow(document: Document, findings: FindingsPanel) -> None:
    theme = Appearance().theme
    assert findings.chips["error"].text() == "错误 0"
    assert inks(findings, Severity.ERROR) == {theme.info}
    assert inks(findings, Severity.WARNING) == {theme.warning}
    set_line(document, line_named(document, Form.EVALUATION, "系统故障数"), "points", "7")
    assert findings.chips["error"].text() == "错误 1"
    assert inks(findings, Severity.ERROR) == {theme.error}


def test_that_a_chip_hides_its_severity_and_shows_it_again(qtbot: QtBot, findings: FindingsPanel) -> None:
    before = rows(findings)
    chip = findings.chips["warning"]
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert len(rows(findings)) == 1
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert rows(findings) == before


def test_that_arrow_keys_move_between_the_chips(qtbot: QtBot, findings: FindingsPanel) -> None:
    findings.chips["error"].setFocus()
    qtbot.keyClick(findings.chips["error"], Qt.Key.Key_Right)
    assert findings.chips["warning"].hasFocus()


@pytest.mark.parametrize("reason", [Qt.FocusReason.ShortcutFocusReason, Qt.FocusReason.TabFocusReason])
def test_that_the_keyboard_is_seen_on_a_row_when_it_comes_to_the_list(
    findings: FindingsPanel, reason: Qt.FocusReason
) -> None:
    findings.chips["error"].setFocus()
    findings.table.clearSelection()
    findings.table.setFocus(reason)  # F6 comes by a shortcut
    assert [index.row() for index in findings.table.selectionModel().selectedRows()] == [0]
    findings.chips["error"].setFocus(reason)
    assert not findings.table.selectionModel().hasSelection()  # who came by chose nothing


def test_that_the_keyboard_is_on_a_row_when_another_project_comes_while_it_is_in_the_list(
    document: Document, findings: FindingsPanel
) -> None:
    table = findings.table
    table.setFocus()
    table.selectRow(1)
    open_form(document, Form.EVALUATION, 1)
    assert table.hasFocus()
    assert table.model().rowCount()
    assert [index.row() for index in table.selectionModel().selectedRows()] == [0]
    assert table.currentIndex().row() == 0


def test_that_who_came_by_backwards_holding_shift_chose_nothing(qtbot: QtBot, findings: FindingsPanel) -> None:
    findings.chips["error"].setFocus()
    findings.table.clearSelection()
    findings.table.setFocus(Qt.FocusReason.BacktabFocusReason)
    qtbot.keyPress(findings.table, Qt.Key.Key_Shift)
    findings.chips["error"].setFocus(Qt.FocusReason.BacktabFocusReason)
    assert not findings.table.selectionModel().hasSelection()


def test_that_a_row_gone_to_by_key_stays_chosen_when_the_keyboard_goes_on(
    qtbot: QtBot, findings: FindingsPanel
) -> None:
    findings.chips["error"].setFocus()
    findings.table.clearSelection()
    findings.table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(findings.table, Qt.Key.Key_Down)
    findings.chips["error"].setFocus(Qt.FocusReason.BacktabFocusReason)
    assert [index.row() for index in findings.table.selectionModel().selectedRows()] == [1]


def test_that_f8_goes_round_through_the_findings(document: Document, findings: FindingsPanel) -> None:
    places: list[Place] = []
    document.place_requested.connect(places.append)
    walk = findings.model.single_findings()
    for _ in range(len(walk) + 1):
        findings.step(1)
    assert places[0] == places[len(walk)]
    assert places[: len(walk)] == [finding.place for finding in walk]
    assert {finding.key for finding in walk} == {finding.key for finding in document.findings}
    findings.step(-1)
    assert places[-1] == walk[-1].place


def test_that_the_walk_begins_in_the_form_one_went_to(document: Document, findings: FindingsPanel) -> None:
    open_form(document, Form.DECLARATION)
    project = document.saved_project
    assert project is not None
    started = edits.start_form(project, Form.EVALUATION, iter(map(str, range(100))), document.settings)
    document.push("开始绩效自评", started)
    document.place_requested.connect(lambda place: document.set_form(place.form))
    walk = findings.model.open_findings()
    assert {one.place.form for one in walk} == {Form.DECLARATION, Form.EVALUATION}
    declared = next(one for one in walk if one.place.form is Form.DECLARATION)
    findings.go_to(declared)
    for delta in (1, -1):
        document.set_form(Form.EVALUATION)
        findings.step(delta)
        assert document.form is Form.EVALUATION
        findings.go_to(declared)


def test_that_f8_goes_on_where_it_was_when_the_finding_it_stood_on_is_mended(
    document: Document, findings: FindingsPanel
) -> None:
    set_line(document, line_named(document, Form.EVALUATION, "系统故障数"), "actual_text", "10次")
    current: Finding | None = None
    while current is None or current.rule != "EVL-036":
        findings.step(1)
        current = findings.current()
    before = [finding.key for finding in findings.model.single_findings()]
    following = before[before.index(current.key) + 1]
    set_line(document, line_named(document, Form.EVALUATION, "系统故障数"), "deviation_reason", "停电检修。")
    current = findings.current()
    assert current is not None
    assert following in {current.key, *(member.key for member in current.members)}
    findings.step(1)
    current = findings.current()
    assert current is not None
    assert following in {current.key, *(member.key for member in current.members)}


def test_that_f8_says_why_also_on_the_row_that_moved_up_to_where_the_mended_one_was(
    document: Document, findings: FindingsPanel
) -> None:
    line_ = line_named(document, Form.EVALUATION, "系统故障数")
    set_line(document, line_, "actual_text", "10次")
    current: Finding | None = None
    while current is None or current.rule != "EVL-036":
        findings.step(1)
        current = findings.current()
    set_line(document, line_, "deviation_reason", "停电检修。")
    findings.step(1)
    current = findings.current()
    assert current is not None
    assert findings.detail.isVisible()
    assert findings.detail.manual.text().endswith(current.rule)


def test_that_a_list_that_gets_the_keyboard_shows_where_it_stands(findings: FindingsPanel) -> None:
    findings.chips["error"].setFocus()
    findings.table.setFocus(Qt.FocusReason.OtherFocusReason)
    assert findings.current() == findings.model.finding(0)


def test_that_enter_goes_to_the_cell(qtbot: QtBot, document: Document, findings: FindingsPanel) -> None:
    findings.table.setCurrentIndex(findings.model.index(1, 0))
    finding = findings.current()
    assert finding is not None
    with qtbot.waitSignal(document.place_requested) as asked:
        qtbot.keyClick(findings.table, Qt.Key.Key_Return)
    assert asked.args == [finding.place]


def test_that_a_double_click_goes_to_the_cell(qtbot: QtBot, document: Document, findings: FindingsPanel) -> None:
    centre = findings.table.visualRect(findings.model.index(0, 0)).center()
    viewport = findings.table.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=centre)
    with qtbot.waitSignal(document.place_requested) as asked:
        qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=centre)
    assert asked.args == [document.findings[0].place]


def test_that_the_row_stays_selected_while_findings_come_and_go(document: Document, findings: FindingsPanel) -> None:
    row = rows(findings).index("EVL-038")
    findings.table.setCurrentIndex(findings.model.index(row, 0))
    set_line(document, line_named(document, Form.EVALUATION, "系统故障数"), "points", "7")
    current = findings.current()
    assert current is not None
    assert current.rule == "EVL-038"


def test_that_a_click_on_a_quick_fix_applies_it_as_one_gesture(
    qtbot: QtBot, document: Document, findings: FindingsPanel
) -> None:
    finding = next(finding for finding in document.findings if finding.fixes)
    row = findings.model.row_of(finding.key)
    index = findings.model.index(row, Column.ACTIONS)
    delegate = findings.table.itemDelegate()
    assert isinstance(delegate, FindingDelegate)
    shown = findings.model.row(row)
    assert shown is not None
    rect = findings.table.visualRect(index)
    metrics = findings.table.fontMetrics()
    point = next(
        QPoint(x, rect.center().y())
        for x in range(rect.left(), rect.right())
        if (action := delegate.action_at(rect, shown, metrics, QPoint(x, rect.center().y()))) is not None
        and action.kind is Kind.FIX
    )
    count = document.undo_stack.count()
    qtbot.mouseClick(findings.table.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert document.undo_stack.count() == count + 1
    assert document.undo_stack.undoText() == actions_of(shown)[0].label


def place_of_link(panel: FindingsPanel, number: int) -> QPoint:
    """The middle of the first link of a row, in the list."""
    delegate, row = panel.table.itemDelegate(), panel.model.row(number)
    assert isinstance(delegate, FindingDelegate)
    assert row is not None
    rect = panel.table.visualRect(panel.model.index(number, Column.ACTIONS))
    metrics, middle = panel.table.fontMetrics(), rect.center().y()
    over = [
        QPoint(x, middle)
        for x in range(rect.left(), rect.right())
        if delegate.action_at(rect, row, metrics, QPoint(x, middle)) == links_of(row)[0]
    ]
    return over[len(over) // 2]


def test_that_the_first_click_on_a_link_acts_though_its_row_was_not_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    with doubtful(tmp_path) as document:
        panel = shown_panel(qtbot, document)
        high = sum(panel.table.rowHeight(number) for number in range(panel.model.rowCount()))
        panel.resize(880, panel.height() - panel.table.viewport().height() + high)  # nothing to scroll yet
        panel.table.clearSelection()
        qtbot.waitUntil(lambda: not panel.table.verticalScrollBar().isVisible())
        last = panel.model.rowCount() - 1
        point, viewport, row = place_of_link(panel, last), panel.table.viewport(), panel.model.row(last)
        assert row is not None
        delegate = panel.table.itemDelegate()
        assert isinstance(delegate, FindingDelegate)
        with qtbot.waitSignal(delegate.acted) as acted:
            qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=point)
            QApplication.processEvents()
            assert place_of_link(panel, last) == point
            qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=point)
        assert acted.args[1] == links_of(row)[0]


def test_that_no_link_moves_when_the_scroll_bar_of_the_list_comes(qtbot: QtBot, tmp_path: Path) -> None:
    with doubtful(tmp_path) as document:
        panel = shown_panel(qtbot, document)
        panel.resize(880, 500)
        bar = panel.table.verticalScrollBar()
        qtbot.waitUntil(lambda: not bar.isVisible())
        before = place_of_link(panel, 0).x()
        panel.resize(880, 120)
        qtbot.waitUntil(bar.isVisible)
        panel.table.scrollToTop()
        assert place_of_link(panel, 0).x() == before


def test_that_the_quick_fix_of_the_current_row_can_be_applied_by_key(
    document: Document, findings: FindingsPanel
) -> None:
    finding = next(finding for finding in document.findings if finding.fixes)
    findings.table.setFocus()
    findings.table.setCurrentIndex(findings.model.index(findings.model.row_of(finding.key), 0))
    row = findings.model.row(findings.model.row_of(finding.key))
    assert row is not None
    findings.fix_current()
    assert document.undo_stack.undoText() == actions_of(row)[0].label


def test_that_a_quick_fix_for_a_text_that_is_gone_changes_nothing_and_says_so(
    qtbot: QtBot, document: Document, findings: FindingsPanel
) -> None:
    line = line_named(document, Form.EVALUATION, "全年电话总量")
    set_line(document, line, "actual_text", "67818")
    finding = next(finding for finding in document.findings if finding.rule == "EVL-028")
    set_line(document, line, "actual_text", "70000")
    count = document.undo_stack.count()
    with qtbot.waitSignal(findings.told) as told:
        findings.mend("修复", finding.fixes)
    assert document.undo_stack.count() == count
    assert told.args is not None
    assert "没有执行这个修复" in told.args[0]


def test_that_a_pressed_fix_takes_the_printed_score_and_total_along(qtbot: QtBot, tmp_path: Path) -> None:
    accident = evaluated_line("a", name="安全事故数", target_text="无", actual_text="3次", points="8", score="8")
    accident = replace(accident, achievement="achieved", deviation_reason="已整改")
    project = evaluated(accident)
    assert project.of(Evaluation) is not None
    spent = replace(evaluation_of(project), adjusted_total="1", executed_total="1", total_score="18.00")
    with document_of(tmp_path / "自评.jixiao", project.with_form(Form.EVALUATION, spent)) as document:
        document.set_form(Form.EVALUATION)
        panel = FindingsPanel(document, Appearance())
        qtbot.addWidget(panel)
        finding = next(finding for finding in document.findings if finding.rule == "VAL-023")
        row = Row(finding, "", "")
        panel.act(row, actions_of(row)[0])
        assert document.score is not None
        assert (document.score.lines[0].score, document.score.total) == (0, 10)
        document.undo_stack.undo()
        assert document.score.total == 18


def test_that_the_levels_of_a_line_have_one_list_which_the_key_of_the_quick_fix_asks_for(
    qtbot: QtBot, tmp_path: Path
) -> None:
    judged = evaluated_line("a", name="长效管理制度", target_text="完善", actual_text="制定了预案", points="30")
    with document_of(tmp_path / "自评.jixiao", evaluated(judged)) as document:
        document.set_form(Form.EVALUATION)
        panel = FindingsPanel(document, Appearance())
        qtbot.addWidget(panel)
        panel.is_here = lambda place: place.indicator_id == "a" and place.field == "achievement"
        with qtbot.waitSignal(panel.levels_wanted) as wanted:
            panel.fix_current()
        assert wanted.args == ["a"]


@pytest.mark.parametrize("score", ["", "30"])
def test_that_all_levels_of_a_line_are_reached_from_the_links_of_the_line_and_of_the_list(
    qtbot: QtBot, tmp_path: Path, score: str
) -> None:
    judged = evaluated_line(
        "a", name="长效管理制度", target_text="完善", actual_text="制定了预案", points="30", score=score
    )
    with document_of(tmp_path / "自评.jixiao", evaluated(judged)) as document:
        document.set_form(Form.EVALUATION)
        document.tell_all()
        panel = shown_panel(qtbot, document)
        panel.set_folded(is_folded=True)
        panel.is_here = lambda place: place.indicator_id == "a" and place.field == "achievement"
        panel.follow_cursor()
        shown = [link for link in panel.here.links if link.isVisible()]
        assert [link.text() for link in shown] == [*(["全部按得分推定"] if score else []), "选择等级…"]
        shown[-1].setFocus()
        with qtbot.waitSignal(panel.levels_wanted) as wanted:
            qtbot.keyClick(shown[-1], Qt.Key.Key_Space)
        assert wanted.args == ["a"]
        finding = next(one for one in document.findings if one.rule == "EVL-037")
        labels = [action.label for action in links_of(Row(finding, "", ""))]
        fixes = [fix.label for fix in finding.fixes]
        assert labels == fixes or labels == [fixes[0], "选择等级…"]


def test_that_the_levels_of_a_line_of_the_other_form_are_offered_each_and_the_one_chosen_is_taken(
    qtbot: QtBot, tmp_path: Path
) -> None:
    judged = evaluated_line(
        "a", name="长效管理制度", target_text="完善", actual_text="制定了预案", points="30", score="30"
    )
    with document_of(tmp_path / "自评.jixiao", evaluated(judged)) as document:
        document.set_form(Form.DECLARATION)
        panel = shown_panel(qtbot, document)
        finding = next(one for one in document.findings if one.rule == "EVL-037")
        row, levels = Row(finding, "", ""), finding.fixes[1:]
        panel.act(row, links_of(row)[-1])
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert [entry.text() for entry in menu.actions()] == [fix.label for fix in levels]
        menu.actions()[0].trigger()
        menu.close()
        assert evaluated_line_named(document, "长效管理制度").achievement


def test_that_what_has_no_room_among_the_links_of_the_line_is_in_a_list_one_of_them_opens(
    qtbot: QtBot, document: Document, findings: FindingsPanel
) -> None:
    line = line_named(document, Form.EVALUATION, "全年电话总量")
    set_line(document, line, "target_text", ">=4万个")
    set_line(document, line, "actual_text", "67818")
    finding = next(one for one in document.findings if one.rule == "EVL-028")
    finding = replace(finding, severity=Severity.WARNING)
    of_line = [action.label for action in actions_of(Row(finding, "", "")) if action.kind is not Kind.GO]
    assert len(of_line) > BUTTONS
    findings.set_folded(is_folded=True)
    findings.here.show_findings([finding], document.project, "")
    assert [link.text() for link in findings.here.links] == [of_line[0], "更多…"]
    findings.here.links[1].click()
    menu = next(one for one in children(findings, QMenu) if one.isVisible())
    assert [entry.text() for entry in menu.actions()][: len(of_line)] == of_line
    menu.close()


def test_that_several_quick_fixes_are_offered_and_none_is_taken_for_the_clerk(
    qtbot: QtBot, document: Document, findings: FindingsPanel
) -> None:
    line = line_named(document, Form.EVALUATION, "全年电话总量")
    set_line(document, line, "target_text", ">=4万个")
    set_line(document, line, "actual_text", "67818")
    finding = next(finding for finding in document.findings if finding.rule == "EVL-028")
    assert len(finding.fixes) == 2
    findings.table.setFocus()
    findings.table.setCurrentIndex(findings.model.index(findings.model.row_of(finding.key), 0))
    count = document.undo_stack.count()
    findings.fix_current()
    assert document.undo_stack.count() == count
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == [fix.label for fix in finding.fixes]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert document.undo_stack.undoText() == finding.fixes[1].label


def test_that_a_warning_asks_for_its_explanation_and_an_info_says_that_it_needs_none(
    qtbot: QtBot, document: Document, findings: FindingsPanel
) -> None:
    findings.table.setFocus()
    findings.table.setCurrentIndex(findings.model.index(0, 0))
    with qtbot.waitSignal(findings.explanation_wanted) as asked:
        findings.explain_current()
    assert asked.args == [findings.model.finding(0)]
    findings.table.setCurrentIndex(findings.model.index(findings.model.rowCount() - 1, 0))
    with qtbot.waitSignal(findings.told):
        findings.explain_current()


def test_that_an_explained_warning_is_counted_apart_and_can_be_hidden(
    qtbot: QtBot, document: Document, findings: FindingsPanel
) -> None:
    warning = document.findings[0]
    assert document.saved_project is not None
    document.push("说明", edits.explain(document.saved_project, warning.key, "热线宣传带来的增长", document.settings))
    assert findings.chips[CLOSED].text() == "已说明 1"
    assert findings.chips["warning"].text() == "警告 3"
    count = findings.model.rowCount()
    findings.chips[CLOSED].setFocus()
    qtbot.keyClick(findings.chips[CLOSED], Qt.Key.Key_Space)
    assert findings.model.rowCount() == count - 1


def test_that_f8_is_neither_offered_nor_goes_anywhere_where_all_that_is_left_is_explained(
    qtbot: QtBot, document: Document, findings: FindingsPanel
) -> None:
    findings.set_folded(is_folded=True)
    findings.resize(1400, findings.height())
    hint = next(label for label in children(findings, QLabel) if label.text() == "F8 下一个")
    assert not hint.isHidden()
    for finding in document.findings:
        assert document.saved_project is not None
        document.push("说明", edits.explain(document.saved_project, finding.key, "已核对。", document.settings))
    findings.chips.hide_groups({Severity.INFO.value})
    explained = findings.model.single_findings()
    assert all(one.is_closed for one in explained)
    assert explained
    assert hint.isHidden()
    with qtbot.waitSignal(findings.told):
        findings.step(1)


def test_that_after_an_explained_warning_f8_begins_anew(document: Document, findings: FindingsPanel) -> None:
    warning = document.findings[0]
    assert document.saved_project is not None
    document.push("说明", edits.explain(document.saved_project, warning.key, "已核对。", document.settings))
    explained = next(one for one in findings.model.single_findings() if one.is_closed)
    findings.go_to(explained)
    findings.step(1)
    assert findings.current() is not None
    walk = findings.model.open_findings()
    assert explained not in walk
    current = findings.current()
    assert current is not None
    assert walk[0] in (current, *current.members)


def test_that_what_a_chip_hides_is_told(findings: FindingsPanel) -> None:
    count = findings.model.counts[Severity.WARNING.value]
    assert count
    assert findings.chips.hidden.isHidden()
    findings.chips[Severity.WARNING.value].click()
    assert findings.chips.hidden.text() == f"已隐藏 {count} 个"
    findings.chips[Severity.WARNING.value].click()
    assert findings.chips.hidden.isHidden()


def test_that_the_menu_of_a_row_offers_everything_that_can_be_done(
    qtbot: QtBot, document: Document, findings: FindingsPanel
) -> None:
    finding = next(finding for finding in document.findings if finding.fixes)
    row = Row(finding, "", "")
    findings.table.menu_wanted.emit(row, QRect(findings.mapToGlobal(QPoint(10, 10)), QSize(1, 1)))
    menu = child(findings, QMenu)
    wanted = [*(action.label for action in actions_of(row)), "复制\tCtrl+C", "查看这条规则"]
    assert [entry.text() for entry in menu.actions()] == wanted
    menu.close()


def test_that_an_info_can_only_be_gone_to() -> None:
    finding = Finding("EVL-027", Severity.INFO, "已换算", Place(Form.EVALUATION, "actual_text", "1"))
    assert [action.kind for action in links_of(Row(finding, "", ""))] == [Kind.GO]


def test_that_a_fix_is_no_longer_offered_for_an_explained_warning() -> None:
    fix = Fix("自动修复", "", SharePoints())
    finding = Finding("VAL-006", Severity.WARNING, "公式", Place(Form.DECLARATION), (fix,), "照旧")
    assert [action.kind for action in actions_of(Row(finding, "", ""))] == [Kind.EXPLAIN, Kind.GO]


def test_that_a_message_without_the_name_of_its_line_gets_it_in_front(document: Document) -> None:
    open_form(document, Form.EVALUATION)
    finding = next(finding for finding in document.findings if finding.rule == "EVL-034")
    words = words_of(finding, document.project)
    assert words.startswith("“全年电话总量”")
    assert words.count("全年电话总量") == 1


def test_that_no_finding_is_said_in_words(qtbot: QtBot, document: Document, findings: FindingsPanel) -> None:
    document.select_project(None)
    texts = [label.text() for label in children(findings, type(findings._clear)) if label.isVisible()]
    assert any("选择一个项目后" in text for text in texts)


def test_that_rows_of_the_findings_model_keep_the_rules_of_item_models(
    qtmodeltester: object, document: Document
) -> None:
    open_form(document, Form.EVALUATION)
    model = FindingsModel()
    model.set_findings(document.findings, document.project, Form.EVALUATION)
    qtmodeltester.check(model)  # type: ignore[attr-defined]


def test_that_every_chip_and_button_has_words(findings: FindingsPanel) -> None:
    assert all(button.text() for button in visible(findings, QPushButton))


def test_that_the_levels_that_printed_scores_say_are_all_taken_from_the_list_by_keys(
    qtbot: QtBot, tmp_path: Path
) -> None:
    lines = [evaluated_line(name, target_text="完善", actual_text="已制定", points="10", score="10") for name in "ab"]
    lines = [replace(one, name=f"制度{one.id}") for one in lines]
    with document_of(tmp_path / "自评.jixiao", evaluated(*lines)) as document:
        document.set_form(Form.EVALUATION)
        panel = shown_panel(qtbot, document)
        finding = next(finding for finding in document.findings if finding.rule == "EVL-037")
        panel.table.setFocus()
        panel.table.setCurrentIndex(panel.model.index(panel.model.row_of(finding.key), 0))
        panel.fix_current()
        assert document.undo_stack.undoText() == "全部按得分推定"
        assert not any(one.rule == "EVL-037" for one in document.findings)
        document.undo_stack.undo()
        assert sum(one.rule == "EVL-037" for one in document.findings) == 2


def test_that_one_kind_on_many_lines_is_one_row_that_enter_walks_and_one_explanation_closes(
    qtbot: QtBot, tmp_path: Path
) -> None:
    lines = [evaluated_line(key, target_text="完善", actual_text="完善", points="10") for key in "abc"]
    lines = [replace(one, name=f"制度{one.id}") for one in lines]
    with document_of(tmp_path / "自评.jixiao", evaluated(*lines)) as document:
        document.set_form(Form.EVALUATION)
        panel = FindingsPanel(document, Appearance())
        qtbot.addWidget(panel)
        panel.show()
        assert sum(rule == "EVL-038" for rule in rows(panel)) == 1
        row = rows(panel).index("EVL-038")
        panel.table.setCurrentIndex(panel.model.index(row, 0))
        places: list[Place] = []
        document.place_requested.connect(places.append)
        for _ in range(4):
            qtbot.keyClick(panel.table, Qt.Key.Key_Return)
        assert [place.indicator_id for place in places] == ["a", "b", "c", "a"]
        finding = panel.current()
        assert finding is not None
        assert len(finding.members) == 3
        several, one = (Row(found, "", "") for found in (finding, finding.members[0]))
        verbs = [next(each.label for each in actions_of(row) if each.kind is Kind.EXPLAIN) for row in (several, one)]
        assert verbs == ["一并说明…", "说明…"]
        dialog = ExplanationDialog(document, finding)
        qtbot.addWidget(dialog)
        dialog.text.setPlainText("见台账")
        assert dialog.finish()
        assert sum(one.rule == "EVL-038" and one.is_closed for one in document.findings) == 3
        document.undo_stack.undo()
        assert not any(one.is_closed for one in document.findings)


def test_that_the_menu_of_a_row_offers_each_of_its_lines_alone(qtbot: QtBot, tmp_path: Path) -> None:
    lines = [
        evaluated_line(key, target_text="完善", actual_text="完善", points="10", name=f"制度{key}") for key in "ab"
    ]
    with document_of(tmp_path / "自评.jixiao", evaluated(*lines)) as document:
        document.set_form(Form.EVALUATION)
        panel = FindingsPanel(document, Appearance())
        qtbot.addWidget(panel)
        panel.show()
        finding = panel.model.finding(rows(panel).index("EVL-038"))
        assert finding is not None
        panel.table.menu_wanted.emit(Row(finding, "", ""), QRect(0, 0, 1, 1))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        (each,) = [one for one in children(menu, QMenu) if one.title() == "逐条处理（2）"]
        first, second = children(each, QMenu)
        assert "制度a" in first.title()
        first.popup(QPoint(0, 0))
        first.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert [entry.menu() for entry in each.actions()] == [first, second]  # who looked at a line may come back to it
        with qtbot.waitSignal(panel.explanation_wanted) as wanted:
            second.actions()[0].trigger()
        menu.close()
        assert wanted.args == [finding.members[1]]


# By rule, and about the cell under the cursor


def doubtful(tmp_path: Path) -> AbstractContextManager[Document]:
    """A declaration with three lines whose values are to be written another way, and one line without a value."""
    texts = ("20件", "30件", "40件", "")
    lines = [line(f"l{number}", name=f"办结率{number}", target_text=text) for number, text in enumerate(texts)]
    return document_of(tmp_path / "申报.jixiao", declared(*lines))


def shown_panel(qtbot: QtBot, document: Document) -> FindingsPanel:
    panel = FindingsPanel(document, Appearance())
    qtbot.addWidget(panel)
    panel.resize(880, 260)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


def beside(qtbot: QtBot, document: Document) -> tuple[QWidget, FindingsPanel, QLineEdit]:
    """The panel in a window with a field beside it that has the keyboard."""
    host = QWidget()
    qtbot.addWidget(host)
    elsewhere = QLineEdit(host)
    panel = FindingsPanel(document, Appearance(), host)
    layout = QVBoxLayout(host)
    layout.addWidget(elsewhere)
    layout.addWidget(panel, 1)
    host.resize(880, 300)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    elsewhere.setFocus()
    return host, panel, elsewhere


def stand(panel: FindingsPanel, line_id: str, field: str) -> None:
    """Put the cursor of the window into a cell."""
    panel.is_here = lambda place: (place.indicator_id, place.field) == (line_id, field)
    panel.follow_cursor()


def test_that_one_rule_is_one_row_that_says_what_to_do_first_and_where(qtbot: QtBot, tmp_path: Path) -> None:
    with doubtful(tmp_path) as document:
        panel = shown_panel(qtbot, document)
        row = panel.model.row(rows(panel).index("VAL-005"))
        assert row is not None
        assert (row.remedy, row.where) == ("补写比较符", "3 条指标")
        assert panel.model.counts["warning"] == sum(one.severity is Severity.WARNING for one in document.findings)


def test_that_a_place_is_said_once() -> None:
    field = Finding("DEC-014", Severity.ERROR, "请填写年度总体目标。", Place(Form.DECLARATION, "annual_goal"))
    form = Finding("TST-001", Severity.WARNING, "把定性指标量化。", Place(Form.DECLARATION))
    for on_screen, places in ((Form.DECLARATION, ["", "申报表"]), (Form.EVALUATION, ["申报表", "申报表"])):
        assert [row.where for row in rows_of([field, form], None, frozenset(), on_screen)] == places


def test_that_the_problems_of_another_project_are_listed_from_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    projects = (declared(line(name), project_id=name, name=name) for name in ("甲", "乙"))
    with document_of(tmp_path / "两个.jixiao", *projects) as document:
        panel = shown_panel(qtbot, document)
        panel.resize(880, 120)
        bar = panel.table.verticalScrollBar()
        qtbot.waitUntil(lambda: bar.maximum() > 0)
        bar.setValue(bar.maximum())
        document.select_project("乙")
        assert bar.value() == 0


def test_that_what_is_wrong_in_a_line_stands_on_one_line_where_its_place_leaves_room(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with doubtful(tmp_path) as document:
        panel = shown_panel(qtbot, document)
        number = rows(panel).index("VAL-005")
        panel.table.selectRow(number)
        qtbot.keyClick(panel.table, Qt.Key.Key_Right)
        table = panel.table
        assert {table.rowHeight(number + step) for step in (1, 2, 3)} == {table.rowHeight(number)}
        place = panel.model.index(number + 1, Column.WHERE)
        assert table.columnWidth(Column.WHERE) >= table.fontMetrics().horizontalAdvance(str(place.data()))


def test_that_a_row_of_several_unfolds_to_its_lines_by_key_and_folds_again(qtbot: QtBot, tmp_path: Path) -> None:
    with doubtful(tmp_path) as document:
        panel = shown_panel(qtbot, document)
        number = rows(panel).index("VAL-005")
        panel.table.setFocus()
        panel.table.selectRow(number)
        qtbot.keyClick(panel.table, Qt.Key.Key_Right)
        members = [panel.model.row(number + step) for step in (1, 2, 3)]
        assert [one.where.partition(" · ")[0] for one in members if one is not None] == [
            "办结率0",
            "办结率1",
            "办结率2",
        ]
        assert "办结率" not in members[0].remedy if members[0] is not None else False
        qtbot.keyClick(panel.table, Qt.Key.Key_Down)
        qtbot.keyClick(panel.table, Qt.Key.Key_Left)
        assert panel.table.currentIndex().row() == number
        qtbot.keyClick(panel.table, Qt.Key.Key_Left)
        assert rows(panel).count("VAL-005") == 1


def test_that_all_lines_of_a_rule_are_rewritten_as_one_gesture(qtbot: QtBot, tmp_path: Path) -> None:
    with doubtful(tmp_path) as document:
        panel = shown_panel(qtbot, document)
        row = panel.model.row(rows(panel).index("VAL-005"))
        assert row is not None
        action = actions_of(row)[0]
        assert action.label == "全部改写"
        panel.act(row, action)
        assert "VAL-005" not in rows(panel)
        assert document.undo_stack.undoText() == "全部改写"
        document.undo_stack.undo()
        assert rows(panel).count("VAL-005") == 1


def test_that_ctrl_dot_mends_the_cell_under_the_cursor_and_not_the_row_the_list_stands_on(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with doubtful(tmp_path) as document:
        panel = shown_panel(qtbot, document)
        panel.table.selectRow(rows(panel).index("VAL-001"))
        panel.chips["error"].setFocus()
        stand(panel, "l1", "target_text")
        panel.fix_current()
        assert document.saved_project is not None
        texts = [one.target_text for one in document.saved_project.indicators(Form.DECLARATION)]
        assert texts[0] == "20件"
        assert texts[1].startswith("=30")


def test_that_a_cell_without_a_fix_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    with doubtful(tmp_path) as document:
        panel = shown_panel(qtbot, document)
        stand(panel, "l3", "name")
        panel.chips["error"].setFocus()
        with qtbot.waitSignal(panel.told) as told:
            panel.fix_current()
        assert told.args == [NO_FIX]
        assert document.undo_stack.undoText() == "导入"


def test_that_the_folded_panel_speaks_of_the_cell_under_the_cursor(qtbot: QtBot, tmp_path: Path) -> None:
    with doubtful(tmp_path) as document:
        panel = shown_panel(qtbot, document)
        panel.set_folded(is_folded=True)
        stand(panel, "l3", "target_text")
        assert panel.here.remedy.text() == "填写年度指标值"
        assert panel.here.remedy.isVisible()
        stand(panel, "l3", "name")
        assert not panel.here.remedy.isVisible()
        assert "这一格没有问题" in panel.here.words.full_text()
        stand(panel, "l0", "target_text")
        fix = next(link for link in panel.here.links if link.text().startswith("改为"))
        fix.click()
        assert document.undo_stack.undoText().startswith("改为")


def test_that_what_is_typed_waits_until_it_is_written_and_what_is_written_is_told_at_once(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with doubtful(tmp_path) as document:
        panel = shown_panel(qtbot, document)
        stand(panel, "l0", "name")
        document.lay_text(Part.INDICATOR, "l0", "name", "")
        assert "IND-010" not in rows(panel)
        assert "IND-010" not in {one.rule for one in document.findings}
        assert document.write_text("填", Part.INDICATOR, "l0", "name", "")
        assert "IND-010" in rows(panel)  # the cursor is still there
        document.undo_stack.undo()
        assert "IND-010" not in rows(panel)
        document.undo_stack.redo()
        assert "IND-010" in rows(panel)
        errors = sum(one.severity is Severity.ERROR for one in document.findings)
        assert panel.model.counts["error"] == errors == document.summaries()[0].errors


def test_that_the_list_follows_the_cursor_while_it_has_not_the_keyboard(qtbot: QtBot, tmp_path: Path) -> None:
    with doubtful(tmp_path) as document:
        panel = shown_panel(qtbot, document)
        panel.chips["error"].setFocus()
        stand(panel, "l3", "target_text")
        current = panel.current()
        assert current is not None
        assert current.rule == "VAL-001"
        assert "为什么" in panel.detail.why.text()
        with qtbot.waitSignal(panel.rule_wanted) as wanted:
            panel.detail.manual.click()
        assert wanted.args == ["VAL-001"]


def test_that_the_marked_row_is_that_of_the_cell_under_the_cursor_or_none_and_the_list_stands_still(
    qtbot: QtBot, tmp_path: Path
) -> None:
    lines = [line(f"l{number}", name=f"办结率{number}", target_text=text) for number, text in enumerate(("20件", ""))]
    other = declared(line("m0", name="办结件数", target_text="40件"), project_id="q", name="乙")
    with document_of(tmp_path / "两个.jixiao", declared(*lines), other) as document:
        _host, panel, elsewhere = beside(qtbot, document)

        def stands_on(line_id: str, field: str) -> tuple[str, int, int]:
            stand(panel, line_id, field)
            QApplication.processEvents()
            marked = panel.current()
            return marked.rule if marked is not None else "", bar.value(), panel.table.height()

        bar = panel.table.verticalScrollBar()
        for cell, rule in (("l1", "VAL-001"), ("l0", "VAL-005")):
            found, *place = stands_on(cell, "target_text")
            assert found == rule
            assert stands_on(cell, "name") == ("", *place)  # the mark goes, the list does not move
            assert panel.detail.words.text().startswith("这一格没有问题，本项目共 ")
        assert bar.value() > 0
        panel.is_here = lambda place: (place.indicator_id, place.field) == ("m0", "target_text")
        document.select_project("q")
        marked = panel.current()
        assert marked is not None
        assert marked.rule == "VAL-005"  # where the cursor is as the project opens
        set_line(document, line_named(document, Form.DECLARATION, "办结件数"), "target_text", "≥40.00(件)")
        assert panel.current() is None  # the cell has no problem any more, and its neighbour is not its problem
        assert elsewhere.hasFocus()


def test_that_in_a_low_panel_what_is_said_below_the_list_is_a_line_and_whole_in_its_tool_tip(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with doubtful(tmp_path) as document:
        host, panel, _ = beside(qtbot, document)
        stand(panel, "l3", "target_text")
        detail, whole = panel.detail, "重大科研设施与大型科学仪器向社会开放共享服务次数" * 4
        detail.say(whole)
        host.resize(360, 0)
        qtbot.waitUntil(detail.short.isVisible)
        assert not detail.words.isVisible()
        assert detail.short.shown().endswith("…")
        assert detail.short.toolTip() == whole
        assert panel.table.viewport().height() >= least_height(panel.table.font())
        host.resize(360, 600)
        qtbot.waitUntil(detail.words.isVisible)
        assert not detail.short.isVisible()


def test_that_of_a_row_that_is_higher_than_its_list_the_place_and_the_links_are_in_sight(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with doubtful(tmp_path) as document:
        table = shown_panel(qtbot, document).table
        least, seen = least_height(table.font()), list[QImage]()
        table.setFixedHeight(2 * least)
        for lines in (1, 4):
            table.setRowHeight(0, lines * least)
            cells = [table.visualRect(table.model().index(0, one)) for one in (Column.WHERE, Column.ACTIONS)]
            shown = cells[0].united(cells[1])
            shown.setHeight(least - 2)  # a rule is below a row, and a frame around it
            seen.append(table.viewport().grab(shown).toImage())
        assert seen[0] == seen[1]


def test_that_what_is_said_below_the_list_before_it_is_seen_takes_no_room_of_another_width(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    layout, detail = QVBoxLayout(host), FindingDetail(host)
    layout.addWidget(QWidget(host), 1)
    layout.addWidget(detail)
    host.resize(880, 120)
    detail.say(
        "重大科研设施与大型科学仪器向社会开放共享服务次数" * 2
    )  # as wide as a widget is at first it takes many lines
    host.show()
    detail.show()
    QApplication.processEvents()
    assert detail.width() > 800
    assert host.height() == 120


def test_that_f8_marks_the_problem_it_went_to_and_not_another_one_of_its_cell(qtbot: QtBot, tmp_path: Path) -> None:
    with document_of(tmp_path / "一.jixiao", declared(line("l0", name="项目总成本", target_text="约"))) as document:
        _host, panel, _elsewhere = beside(qtbot, document)
        at: list[Place] = []
        panel.is_here = lambda place: place in at[-1:]
        document.place_requested.connect(at.append)
        document.place_requested.connect(lambda _place: panel.follow_cursor())
        walk = panel.model.open_findings()
        assert len({one.place for one in walk}) < len(walk)  # a cell has two
        for one in walk:
            panel.step(1)
            current = panel.current()
            assert current is not None
            assert one.key in {current.key, *(member.key for member in current.members)}


def test_that_what_the_cell_has_and_a_chip_hides_is_said_below_the_list(qtbot: QtBot, tmp_path: Path) -> None:
    with doubtful(tmp_path) as document:
        _host, panel, _elsewhere = beside(qtbot, document)
        panel.chips.hide_groups({"warning"})
        stand(panel, "l0", "target_text")
        assert panel.current() is None
        assert panel.detail.words.text() == f"这一格的问题隐藏了，按“{panel.chips['warning'].text()}”显示。"


def test_that_the_keyboard_comes_back_to_the_row_it_left_if_that_is_in_sight(qtbot: QtBot, tmp_path: Path) -> None:
    with doubtful(tmp_path) as document:
        _host, panel, elsewhere = beside(qtbot, document)
        panel.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        qtbot.keyClick(panel.table, Qt.Key.Key_Down)
        elsewhere.setFocus(Qt.FocusReason.ShortcutFocusReason)
        panel.follow_cursor()
        assert panel.current() is None
        panel.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        assert panel.table.selected_row() == 1


def test_that_what_to_do_is_never_cut_in_a_narrow_panel(qtbot: QtBot, tmp_path: Path) -> None:
    with doubtful(tmp_path) as document:
        panel = shown_panel(qtbot, document)
        panel.resize(430, 260)
        font = panel.table.font()
        for number in range(panel.model.rowCount()):
            row = panel.model.row(number)
            assert row is not None
            width = panel.table.columnWidth(Column.REMEDY)
            assert panel.table.rowHeight(number) >= row_height(row, width, font)
            metrics, delegate = panel.table.fontMetrics(), panel.table.itemDelegate()
            assert isinstance(delegate, FindingDelegate)
            shown = delegate.shown_links(row, metrics)
            assert shown == links_of(row) or shown[-1].label == MORE
            links = sum(metrics.horizontalAdvance(action.label) for action in shown)
            assert links < panel.table.columnWidth(Column.ACTIONS)


@pytest.mark.usefixtures("twice")
def test_that_in_large_text_the_links_of_a_row_give_way_to_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    lines = [
        evaluated_line(f"l{n}", target_text="≥10件", actual_text="8次", points="5", name=f"制度{n}") for n in range(3)
    ]
    with document_of(tmp_path / "自评.jixiao", evaluated(*lines)) as document:
        document.set_form(Form.EVALUATION)
        document.tell_all()
        host, panel, _elsewhere = beside(qtbot, document)
        host.resize(430, 500)
        QApplication.processEvents()
        assert panel.width() <= 430
        table, line_ = panel.table, panel.table.fontMetrics().height()
        for number, row in enumerate(panel.model.listed()):
            assert row.is_member or table.rowHeight(number) < 4 * line_, row.remedy
        assert panel.fold.mapTo(panel, panel.fold.rect().topRight()).x() < panel.width()
        delegate = table.itemDelegate()
        assert isinstance(delegate, FindingDelegate)
        shown = {row.key: delegate.shown_links(row, table.fontMetrics()) for row in panel.model.listed()}
        long = next(row for row in panel.model.listed() if shown[row.key][0].label == MORE)
        (more,) = shown[long.key]
        panel.act(long, more)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert [entry.text() for entry in menu.actions()] == [one.label for one in actions_of(long)]
        menu.close()


def test_that_indicators_without_a_name_or_of_one_name_are_told_apart_by_their_place(
    qtbot: QtBot, tmp_path: Path
) -> None:
    names = ("", "办结率", "", "办结率", "满意度")
    lines = [line(f"l{n}", name=name, target_text="20件") for n, name in enumerate(names)]
    with document_of(tmp_path / "一.jixiao", declared(*lines)) as document:
        panel = shown_panel(qtbot, document)
        panel.model.set_open(rows(panel).index("VAL-005"), is_open=True)
        places = [row.where.removesuffix(" · 年度指标值") for row in panel.model.listed() if row.is_member]
        called = ["第1条指标", "办结率（第2条指标）", "第3条指标", "办结率（第4条指标）", "满意度"]
        assert places == called[: len(places)]


def test_that_only_the_folded_line_has_the_colour_of_the_problem_of_its_cell(qtbot: QtBot, tmp_path: Path) -> None:
    with doubtful(tmp_path) as document:
        panel = shown_panel(qtbot, document)
        for is_folded, tone in ((True, "warning"), (False, "")):
            panel.set_folded(is_folded=is_folded)
            stand(panel, "l0", "target_text") if is_folded else None
            assert panel.property("tone") == tone


def test_that_the_list_keeps_its_place_after_a_fix_and_stands_on_the_next(qtbot: QtBot, tmp_path: Path) -> None:
    lines = [evaluated_line(f"l{n}", target_text="≥10次", actual_text="8次", points="10") for n in range(10)]
    with document_of(tmp_path / "问题.jixiao", evaluated(*lines)) as document:
        document.tell_all()  # no line has a reason yet: it would count as only begun
        panel = FindingsPanel(document, Appearance())
        qtbot.addWidget(panel)
        panel.resize(880, 160)
        panel.show()
        qtbot.waitExposed(panel)
        head = next(n for n in range(panel.model.rowCount()) if (row := panel.model.row(n)) and row.finding.members)
        panel.model.set_open(head, is_open=True)
        panel.table.fit()
        fourth, fifth = head + 4, panel.model.row(head + 5)
        panel.table.selectRow(fourth)
        panel.table.scrollTo(panel.model.index(fourth, 0))
        assert fifth is not None
        bar, place = panel.table.verticalScrollBar(), panel.table.rowViewportPosition(fourth)
        assert bar.value() > 0
        one = lines[3]
        set_line(document, one, "deviation_reason", "停电检修，已补测。")
        current = panel.model.row(panel.table.currentIndex().row())
        assert current is not None
        assert current.key == fifth.key
        assert panel.table.rowViewportPosition(panel.table.currentIndex().row()) == place


@pytest.mark.parametrize("width", [731, 560])
def test_that_the_folded_line_never_cuts_what_to_do(qtbot: QtBot, tmp_path: Path, width: int) -> None:
    with doubtful(tmp_path) as document:
        host = QWidget()  # as in its dock, where the list is as wide as there is room
        qtbot.addWidget(host)
        panel = FindingsPanel(document, Appearance(), host)
        host.show()
        panel.set_folded(is_folded=True)
        for line_id in ("l0", "l1", "l3"):
            stand(panel, line_id, "target_text")
            panel.setGeometry(0, 0, width, 40)
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            for shown in (panel.here.remedy, *panel.here.links, panel.fold):
                assert shown.isHidden() or shown.width() >= shown.sizeHint().width()
                assert shown.isHidden() or shown.mapTo(panel, shown.rect().bottomRight()).x() <= width
        assert panel.minimumSizeHint().width() <= width


def test_that_the_folded_line_is_as_high_as_what_stands_in_it_also_when_that_grows(
    qtbot: QtBot, document: Document
) -> None:
    host = QWidget()  # as in its dock: a window would be as high as its layout wants all the same
    qtbot.addWidget(host)
    panel = FindingsPanel(document, Appearance(), host)
    host.show()
    panel.set_folded(is_folded=True)
    for least in (20, 48):
        panel.fold.setMinimumHeight(least)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        assert panel.minimumHeight() == panel.maximumHeight() == panel.sizeHint().height() >= least
    panel.set_folded(is_folded=False)
    assert panel.minimumHeight() == 0


def test_that_the_line_speaks_of_no_cell_where_the_form_on_screen_has_none(
    document: Document, findings: FindingsPanel
) -> None:
    findings.set_folded(is_folded=True)
    project = document.saved_project
    assert project is not None
    assert project.form(Form.DECLARATION) is None
    document.set_form(Form.DECLARATION)
    assert findings.here.words.full_text().startswith("这张表还没有开始填写")
    document.set_form(Form.EVALUATION)
    assert findings.here.words.full_text().startswith("这一格没有问题")


def test_that_a_project_without_any_form_is_not_called_free_of_problems(
    document: Document, findings: FindingsPanel
) -> None:
    project = document.saved_project
    assert project is not None
    assert document.push("新建项目", (AddProject(replace(project, id="blank", forms=forms_of())),))
    document.select_project("blank")
    assert not document.findings
    assert "这张表还没有开始填写。" in [label.text() for label in visible(findings, QLabel)]
    findings.set_folded(is_folded=True)
    assert findings.here.words.full_text() == "这张表还没有开始填写"


def test_that_f8_is_spoken_of_only_where_it_leads_somewhere(document: Document, findings: FindingsPanel) -> None:
    def is_spoken_of() -> bool:
        return any("F8" in label.text() for label in visible(findings, QLabel))

    for is_folded in (False, True):
        findings.set_folded(is_folded=is_folded)
        assert is_spoken_of()
        findings.chips.hide_groups(GROUPS)
        assert not is_spoken_of()
        findings.chips.hide_groups(())
        assert is_spoken_of()


def test_that_how_much_a_project_has_says_what_is_not_filled_in_yet_beside_its_problems(
    qtbot: QtBot, tmp_path: Path
) -> None:
    begun = evaluated(evaluated_line("a", target_text="≥1次", points="45", actual_text=""))
    wrong = Declaration(start_date="2026-12-31", end_date="2026-01-01", indicators=(line("b"), line("c")))
    with document_of(tmp_path / "a.jixiao", begun.with_form(Form.DECLARATION, wrong)) as document:
        document.set_form(Form.EVALUATION)
        panel = FindingsPanel(document, Appearance())
        qtbot.addWidget(panel)
        counts = panel.model.counts
        told = sum(counts[severity.value] for severity in Severity)
        assert counts["awaited"] > 0 < told
        assert panel.here.words.full_text() == f"这一格没有问题，本项目共 {told} 个，另有 {counts['awaited']} 处待填"


def test_that_f8_goes_to_what_is_not_filled_in_yet_and_makes_no_error_of_it(qtbot: QtBot, tmp_path: Path) -> None:
    lines = tuple(evaluated_line(key, target_text="≥1次", points="45", actual_text="") for key in "ab")
    with document_of(tmp_path / "待填.jixiao", evaluated(*lines)) as document:
        document.set_form(Form.EVALUATION)
        panel = FindingsPanel(document, Appearance())
        qtbot.addWidget(panel)
        awaited = panel.model.counts["awaited"]
        said: list[str] = []
        panel.reached.connect(said.append)
        for _ in panel.model.single_findings():
            panel.step(1)
        assert awaited > 0
        assert panel.model.counts["awaited"] == awaited
        assert panel.model.counts["error"] == 0
        assert [text.split("：")[0] for text in said].count("待填") == awaited


def test_that_f8_says_when_there_is_nothing_to_go_to(qtbot: QtBot, document: Document, findings: FindingsPanel) -> None:
    for chip in findings.chips:
        chip.setChecked(False)
    with qtbot.waitSignal(findings.told) as told:
        findings.step(1)
    named = "、".join(
        f"“{chip.text()}”" for chip in findings.chips if chip.isVisible() and not chip.text().endswith(" 0")
    )
    assert named.startswith("“警告 ")
    assert told.args == [HIDDEN.format(named)]
    assert f"按{named}显示隐藏的问题。" in {label.text() for label in children(findings, QLabel)}
    document.close_store()
    with qtbot.waitSignal(findings.told) as told:
        findings.step(1)
    assert told.args == [NOTHING]


def test_that_f8_names_no_chip_that_hides_only_what_f8_passes_by(
    qtbot: QtBot, document: Document, findings: FindingsPanel
) -> None:
    warning = next(one for one in document.findings if one.severity is Severity.WARNING)
    assert document.saved_project is not None
    document.push("说明", edits.explain(document.saved_project, warning.key, "已核对。", document.settings))
    findings.chips.hide_groups(GROUPS)
    assert findings.model.counts[CLOSED] == 1
    with qtbot.waitSignal(findings.told) as told:
        findings.step(1)
    assert "“警告 " in told.args[0]
    assert "已说明" not in told.args[0]


def test_that_ctrl_c_copies_what_a_row_says_and_f2_goes_to_its_cell(
    qtbot: QtBot, document: Document, findings: FindingsPanel
) -> None:
    findings.table.selectRow(0)
    finding = findings.current()
    assert finding is not None
    qtbot.keyClick(findings.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text()
    assert copied.startswith("警告：")
    assert remedy_of(finding) in copied
    with qtbot.waitSignal(document.place_requested):
        qtbot.keyClick(findings.table, Qt.Key.Key_F2)


def test_that_hiding_or_explaining_what_the_list_stands_on_leaves_it_on_the_neighbour(
    document: Document, findings: FindingsPanel
) -> None:
    rows_before = [findings.model.row(number) for number in range(findings.model.rowCount())]
    warnings = [row for row in rows_before if row is not None and row.finding.severity is Severity.WARNING]
    findings.table.selectRow(findings.model.row_of(warnings[0].finding.key))
    first = warnings[0].finding
    for one in first.members or (first,):
        project = document.saved_project
        assert project is not None
        document.push("出错说明", edits.explain(project, one.key, "已核实，照此填写。", document.settings))
    current = findings.current()
    assert current is not None
    assert not current.is_closed
    assert current.rule == warnings[1].finding.rule
    assert findings.detail.isVisible()
    findings.chips["warning"].setChecked(False)
    current = findings.current()
    assert current is not None
    assert current.severity is not Severity.WARNING or current.is_closed
    assert findings.detail.isVisible()


def test_that_what_is_said_below_the_list_follows_f8_from_line_to_line(qtbot: QtBot, tmp_path: Path) -> None:
    with doubtful(tmp_path) as document:
        panel = shown_panel(qtbot, document)
        said = []
        for _ in range(5):
            panel.step(1)
            said.append((panel._at, panel.detail.words.text()))
        assert len({text for _, text in said}) == len({key for key, _ in said}) > 3
