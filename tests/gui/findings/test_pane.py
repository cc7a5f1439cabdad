"""问题: what is listed, how one walks through it, what is mended and explained from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.findings.explanation import ExplanationDialog
from gui.findings.model import CLOSED, Column, FindingsModel, Kind, actions_of, words_of
from gui.findings.painting import FindingDelegate, links_of
from gui.findings.pane import FindingsPanel
from model import edits
from model.findings import Finding, Fix, Place, Severity
from model.mends import SharePoints
from model.records import Evaluation, Form
from tests.gui.found import child, children
from tests.gui.hands import document_of, evaluated, line
from tests.gui.window import line_named, open_form, rules_of, set_line
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
    return [str(panel.model.index(row, Column.RULE).data()) for row in range(panel.model.rowCount())]


def test_that_every_finding_of_the_project_is_a_row_errors_first(document: Document, findings: FindingsPanel) -> None:
    set_line(document, line_named(document, Form.EVALUATION, "系统故障数"), "points", "7")
    assert rows(findings) == rules_of(document.findings)
    first = findings.model.finding(0)
    assert first is not None
    assert first.severity is Severity.ERROR


def test_that_chips_count_and_say_the_severity_in_words(document: Document, findings: FindingsPanel) -> None:
    texts = [chip.text() for chip in findings.chips.values() if chip.isVisible()]
    assert texts == ["✕ 错误 0", "! 警告 4", "i 提示 1"]
    assert findings.chips["warning"].accessibleName() == "警告 4 个"


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


def test_that_f8_goes_round_through_the_findings(document: Document, findings: FindingsPanel) -> None:
    places: list[Place] = []
    document.place_requested.connect(places.append)
    count = findings.model.rowCount()
    for _ in range(count + 1):
        findings.step(1)
    assert places[0] == places[count]
    assert places[:count] == [finding.place for finding in document.findings]
    findings.step(-1)
    assert places[-1] == document.findings[-1].place


def test_that_f8_goes_on_where_it_was_when_the_finding_it_stood_on_is_mended(
    document: Document, findings: FindingsPanel
) -> None:
    set_line(document, line_named(document, Form.EVALUATION, "系统故障数"), "actual_text", "10次")
    current: Finding | None = None
    while current is None or current.rule != "EVL-036":
        findings.step(1)
        current = findings.current()
    before = [finding.key for finding in document.findings]
    following = before[before.index(current.key) + 1]
    set_line(document, line_named(document, Form.EVALUATION, "系统故障数"), "deviation_reason", "停电检修。")
    assert findings.current() is None
    findings.step(1)
    current = findings.current()
    assert current is not None
    assert current.key == following


def test_that_a_list_that_gets_the_keyboard_shows_where_it_stands(findings: FindingsPanel) -> None:
    findings.chips["error"].setFocus()
    findings.table.setFocus(Qt.FocusReason.OtherFocusReason)
    assert findings.current() == findings.model.finding(0)


def test_that_enter_goes_to_the_cell(qtbot: QtBot, document: Document, findings: FindingsPanel) -> None:
    findings.table.setCurrentIndex(findings.model.index(1, 0))
    with qtbot.waitSignal(document.place_requested) as asked:
        qtbot.keyClick(findings.table, Qt.Key.Key_Return)
    assert asked.args == [document.findings[1].place]


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
    rect = findings.table.visualRect(index)
    metrics = findings.table.fontMetrics()
    point = next(
        QPoint(x, rect.center().y())
        for x in range(rect.left(), rect.right())
        if (action := delegate.action_at(rect, finding, metrics, QPoint(x, rect.center().y()))) is not None
        and action.kind is Kind.FIX
    )
    count = document.undo_stack.count()
    qtbot.mouseClick(findings.table.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert document.undo_stack.count() == count + 1
    assert document.undo_stack.undoText() == finding.fixes[0].label


def test_that_the_quick_fix_of_the_current_row_can_be_applied_by_key(
    document: Document, findings: FindingsPanel
) -> None:
    finding = next(finding for finding in document.findings if finding.fixes)
    findings.table.setCurrentIndex(findings.model.index(findings.model.row_of(finding.key), 0))
    assert findings.fix_current()
    assert document.undo_stack.undoText() == finding.fixes[0].label


def test_that_a_quick_fix_for_a_text_that_is_gone_changes_nothing_and_says_so(
    qtbot: QtBot, document: Document, findings: FindingsPanel
) -> None:
    line = line_named(document, Form.EVALUATION, "全年电话总量")
    set_line(document, line, "actual_text", "67818")
    finding = next(finding for finding in document.findings if finding.rule == "EVL-028")
    set_line(document, line, "actual_text", "70000")
    count = document.undo_stack.count()
    with qtbot.waitSignal(findings.outdated) as told:
        findings.mend(finding.fixes[0])
    assert document.undo_stack.count() == count
    assert told.args is not None
    assert "没有执行这个修复" in told.args[0]


def test_that_a_pressed_fix_takes_the_printed_score_and_total_along(qtbot: QtBot, tmp_path: Path) -> None:
    accident = line("a", name="安全事故数", target_text="无", actual_text="3次", points="8", score="8")
    accident = replace(accident, achievement="achieved", deviation_reason="已整改")
    project = evaluated(accident)
    assert project.of(Evaluation) is not None
    spent = replace(evaluation_of(project), adjusted_total="1", executed_total="1", total_score="18.00")
    with document_of(tmp_path / "自评.jixiao", project.with_form(Form.EVALUATION, spent)) as document:
        document.set_form(Form.EVALUATION)
        panel = FindingsPanel(document, Appearance())
        qtbot.addWidget(panel)
        finding = next(finding for finding in document.findings if finding.rule == "VAL-023")
        panel.act(finding, actions_of(finding)[0])
        assert document.score is not None
        assert (document.score.lines[0].score, document.score.total) == (0, 10)
        document.undo_stack.undo()
        assert document.score.total == 18


def test_that_several_quick_fixes_are_offered_and_none_is_taken_for_the_clerk(
    qtbot: QtBot, document: Document, findings: FindingsPanel
) -> None:
    line = line_named(document, Form.EVALUATION, "全年电话总量")
    set_line(document, line, "target_text", ">=4万个")
    set_line(document, line, "actual_text", "67818")
    finding = next(finding for finding in document.findings if finding.rule == "EVL-028")
    assert len(finding.fixes) == 2
    findings.table.setCurrentIndex(findings.model.index(findings.model.row_of(finding.key), 0))
    count = document.undo_stack.count()
    assert findings.fix_current()
    assert document.undo_stack.count() == count
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == [fix.label for fix in finding.fixes]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert document.undo_stack.undoText() == finding.fixes[1].label


def test_that_a_warning_asks_for_its_explanation_and_an_info_does_not(
    qtbot: QtBot, document: Document, findings: FindingsPanel
) -> None:
    warning = findings.model.finding(0)
    findings.table.setCurrentIndex(findings.model.index(0, 0))
    with qtbot.waitSignal(findings.explanation_wanted) as asked:
        assert findings.explain_current()
    assert asked.args == [warning]
    findings.table.setCurrentIndex(findings.model.index(findings.model.rowCount() - 1, 0))
    assert not findings.explain_current()


def test_that_an_explained_warning_is_counted_apart_and_can_be_hidden(
    qtbot: QtBot, document: Document, findings: FindingsPanel
) -> None:
    warning = document.findings[0]
    assert document.saved_project is not None
    document.push("说明", edits.explain(document.saved_project, warning.key, "热线宣传带来的增长", document.settings))
    assert findings.chips[CLOSED].text() == "✓ 已说明 1"
    assert findings.chips["warning"].text() == "! 警告 3"
    count = findings.model.rowCount()
    findings.chips[CLOSED].setFocus()
    qtbot.keyClick(findings.chips[CLOSED], Qt.Key.Key_Space)
    assert findings.model.rowCount() == count - 1


def test_that_the_menu_of_a_row_offers_everything_that_can_be_done(
    qtbot: QtBot, document: Document, findings: FindingsPanel
) -> None:
    finding = next(finding for finding in document.findings if finding.fixes)
    findings.table.menu_wanted.emit(finding, findings.mapToGlobal(QPoint(10, 10)))
    menu = child(findings, QMenu)
    wanted = [*(action.label for action in actions_of(finding)), f"查看规则 {finding.rule}"]
    assert [entry.text() for entry in menu.actions()] == wanted
    menu.close()


def test_that_an_info_can_only_be_gone_to() -> None:
    finding = Finding("EVL-027", Severity.INFO, "已换算", Place(Form.EVALUATION, "actual_text", "1"))
    assert [action.kind for action in links_of(finding)] == [Kind.GO]


def test_that_a_fix_is_no_longer_offered_for_an_explained_warning() -> None:
    fix = Fix("自动修复", "", SharePoints())
    finding = Finding("VAL-006", Severity.WARNING, "公式", Place(Form.DECLARATION), (fix,), "照旧")
    assert [action.kind for action in actions_of(finding)] == [Kind.EXPLAIN, Kind.GO]


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
    model.set_findings(document.findings, document.project)
    qtmodeltester.check(model)  # type: ignore[attr-defined]


def test_that_every_chip_and_button_has_words(findings: FindingsPanel) -> None:
    assert all(button.text() for button in children(findings, QPushButton))


def test_that_the_levels_that_printed_scores_say_are_all_taken_from_the_list_by_keys(
    qtbot: QtBot, tmp_path: Path
) -> None:
    lines = [line(name, target_text="完善", actual_text="已制定", points="10", score="10") for name in "ab"]
    lines = [replace(one, name=f"制度{one.id}") for one in lines]
    with document_of(tmp_path / "自评.jixiao", evaluated(*lines)) as document:
        document.set_form(Form.EVALUATION)
        panel = FindingsPanel(document, Appearance())
        qtbot.addWidget(panel)
        panel.show()
        finding = next(finding for finding in document.findings if finding.rule == "EVL-037")
        panel.table.setCurrentIndex(panel.model.index(panel.model.row_of(finding.key), 0))
        assert panel.fix_current()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        qtbot.keyClick(menu, Qt.Key.Key_Return)
        assert document.undo_stack.undoText() == "全部按得分推定"
        assert not any(one.rule == "EVL-037" for one in document.findings)
        document.undo_stack.undo()
        assert sum(one.rule == "EVL-037" for one in document.findings) == 2


def test_that_one_kind_on_many_lines_is_one_row_that_enter_walks_and_one_explanation_closes(
    qtbot: QtBot, tmp_path: Path
) -> None:
    lines = [line(key, target_text="完善", actual_text="完善", points="10") for key in "abc"]
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
        dialog = ExplanationDialog(document, finding)
        qtbot.addWidget(dialog)
        dialog.text.setPlainText("见台账")
        assert dialog.finish()
        assert sum(one.rule == "EVL-038" and one.is_closed for one in document.findings) == 3
        document.undo_stack.undo()
        assert not any(one.is_closed for one in document.findings)


def test_that_the_menu_of_a_row_offers_each_of_its_lines_alone(qtbot: QtBot, tmp_path: Path) -> None:
    lines = [line(key, target_text="完善", actual_text="完善", points="10", name=f"制度{key}") for key in "ab"]
    with document_of(tmp_path / "自评.jixiao", evaluated(*lines)) as document:
        document.set_form(Form.EVALUATION)
        panel = FindingsPanel(document, Appearance())
        qtbot.addWidget(panel)
        panel.show()
        finding = panel.model.finding(rows(panel).index("EVL-038"))
        assert finding is not None
        panel.table.menu_wanted.emit(finding, QPoint(0, 0))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        (each,) = [one for one in children(menu, QMenu) if one.title() == "逐条处理（2）"]
        first, second = children(each, QMenu)
        assert "制度a" in first.title()
        with qtbot.waitSignal(panel.explanation_wanted) as wanted:
            second.actions()[0].trigger()
        menu.close()
        assert wanted.args == [finding.members[1]]
