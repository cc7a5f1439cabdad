"""The panels around the project: score and its reasons, printed values, findings and their actions, navigator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from gui.delegates.finding_row import FindingDelegate, links_of
from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.models.findings import CLOSED, Column, FindingsModel, Kind, actions_of, words_of
from gui.navigator.pane import Navigator
from gui.views.explanation import ExplanationDialog
from gui.views.findings_panel import FindingsPanel
from gui.views.score_overview import EXECUTION
from gui.views.score_panel import ScorePanel
from model import edits
from model.changes import Part
from model.findings import Finding, Fix, Place, Severity
from model.mends import SharePoints
from model.records import Achievement, Evaluation, Form, Indicator
from tests.gui.found import child, children
from tests.gui.hands import document_of, evaluated, line
from tests.gui.window import open_form, rules_of, type_text
from tests.model.projects import evaluation_of


@pytest.fixture
def document(qtbot: QtBot, given_store: Path) -> Iterator[Document]:
    opened = Document()
    opened.open_store(given_store)
    yield opened
    opened.close_store()


def line_named(document: Document, form: Form, name: str) -> Indicator:
    assert document.project is not None
    return next(line for line in document.project.indicators(form) if line.name == name)


def set_line(document: Document, line: Indicator, field: str, text: str) -> None:
    project = document.saved_project
    assert project is not None
    document.push("test", edits.set_cell(project, Part.INDICATOR, line.id, field, text, document.settings))


# The score


@pytest.fixture
def score(qtbot: QtBot, document: Document) -> ScorePanel:
    open_form(document, Form.EVALUATION)
    panel = ScorePanel(document, Appearance())
    qtbot.addWidget(panel)
    panel.resize(262, 700)
    panel.show()
    return panel


def test_that_the_total_the_grade_and_every_part_are_shown(score: ScorePanel) -> None:
    assert score.scores.total.text() == "100.00"
    assert score.scores.grade.text() == "优"
    assert list(score.scores.bars) == [EXECUTION, "产出指标", "效益指标", "满意度指标"]
    assert score.scores.bars["产出指标"].figures == "50.00 / 50"


def test_that_an_open_line_leaves_no_total_and_says_how_many_are_missing(document: Document, score: ScorePanel) -> None:
    line = line_named(document, Form.EVALUATION, "系统故障数")
    set_line(document, line, "score", "")
    set_line(document, line, "actual_text", "")
    assert score.scores.total.text() == "—（1项待填）"
    assert score.scores.grade.isHidden()
    assert score.scores.bars["产出指标"].figures == "— / 50"


def test_that_points_that_do_not_make_100_are_said_so(document: Document, score: ScorePanel) -> None:
    set_line(document, line_named(document, Form.EVALUATION, "系统故障数"), "points", "7")
    assert "分值合计 102，应为 100。" in score.scores.note.text()


def test_that_the_selected_line_is_explained_with_numbers_formula_and_rule(
    document: Document, score: ScorePanel
) -> None:
    line = line_named(document, Form.EVALUATION, "系统响应时间")
    score.set_line(line.id)
    assert score.reason.title.text() == "为什么是 5.00 分？"
    assert "0.021秒" in score.reason.formula.text()
    assert "\n" in score.reason.formula.text()
    assert score.reason.rule.text().startswith("反向指标")


def test_that_a_draft_changes_the_explanation_at_once(document: Document, score: ScorePanel) -> None:
    line = line_named(document, Form.EVALUATION, "系统故障数")
    score.set_line(line.id)
    assert document.saved_project is not None
    draft = edits.set_cell(document.saved_project, Part.INDICATOR, line.id, "actual_text", "10次", document.settings)
    document.lay_draft(draft)
    assert score.reason.title.text() == "为什么是 4.00 分？"
    document.drop_draft()
    assert score.reason.title.text() == "为什么是 5.00 分？"


def test_that_a_suggested_reduction_is_a_button_and_never_automatic(
    qtbot: QtBot, document: Document, score: ScorePanel
) -> None:
    line = line_named(document, Form.EVALUATION, "全年电话总量")
    score.set_line(line.id)
    assert score.reason.reduction.isVisible()
    assert "4.75" in score.reason.reduction.text()
    assert score.scores.total.text() == "100.00"
    qtbot.keyClick(score.reason.reduction, Qt.Key.Key_Space)
    assert line_named(document, Form.EVALUATION, "全年电话总量").score == "4.75"
    assert not score.reason.reduction.isVisible()


def test_that_a_manual_score_can_be_released(qtbot: QtBot, document: Document, score: ScorePanel) -> None:
    line = line_named(document, Form.EVALUATION, "系统故障数")
    set_line(document, line, "score", "3")
    score.set_line(line.id)
    assert "手工" in score.reason.title.text()
    qtbot.keyClick(score.reason.release, Qt.Key.Key_Space)
    assert line_named(document, Form.EVALUATION, "系统故障数").score == ""
    assert not score.reason.release.isVisible()


def test_that_a_line_to_be_judged_offers_the_three_levels_and_takes_one(
    qtbot: QtBot, document: Document, score: ScorePanel
) -> None:
    line = line_named(document, Form.EVALUATION, "长效管理制度建设")
    set_line(document, line, "score", "")
    score.set_line(line.id)
    buttons = score.reason.levels
    assert all(button.isVisible() for button in buttons.values())
    qtbot.keyClick(buttons[Achievement.PARTLY], Qt.Key.Key_Space)
    assert line_named(document, Form.EVALUATION, "长效管理制度建设").achievement == "partly"
    assert buttons[Achievement.PARTLY].text().startswith("✓")


def test_that_pressing_the_chosen_level_again_takes_it_back(
    qtbot: QtBot, document: Document, score: ScorePanel
) -> None:
    line = line_named(document, Form.EVALUATION, "长效管理制度建设")
    score.set_line(line.id)
    for _ in range(2):
        qtbot.keyClick(score.reason.levels[Achievement.ACHIEVED], Qt.Key.Key_Space)
    assert line_named(document, Form.EVALUATION, "长效管理制度建设").achievement == ""


def test_that_a_declaration_counts_its_lines_by_level(qtbot: QtBot, document: Document, score: ScorePanel) -> None:
    open_form(document, Form.DECLARATION)
    assert score.declaration.total.text() == "13 条指标"
    counts = {level: count.text() for level, (_, count) in score.declaration.counts.rows.items()}
    assert counts["产出指标"] == "9 条"
    assert counts["成本指标"] == "—"
    assert counts["数量指标"] == "5 条"


def test_that_a_quantitative_value_is_offered_in_the_three_columns_of_the_portal(
    qtbot: QtBot, document: Document, score: ScorePanel
) -> None:
    open_form(document, Form.DECLARATION)
    score.set_line(line_named(document, Form.DECLARATION, "全文传递资源数").id)
    printed = score.declaration.printed
    assert "≥2000.00(篇)" in printed.value.text()
    assert {name: label.text() for name, label in printed.columns.items()}["单位"] == "篇"
    assert printed.columns["比较符"].text() == "≥"
    printed.buttons["数值"].click()
    assert QGuiApplication.clipboard().text() == printed.columns["数值"].text()


@pytest.mark.parametrize(
    ("typed", "kind", "printed"),
    [
        ("》=90%", "定量指标", "打印为  ≥90.00(%)"),
        ("10-15天", "区间", "打印为  10-15天"),
        ("≤1：15", "比例", "打印为  ≤1：15"),
        ("12月底前", "完成时限 2026-12-31", "打印为  12月底前"),
        ("前10%", "名次", "打印为  前10%"),
        ("约100人", "定性指标", "打印为  约100人"),
        ("满意度≥90%", "文字中含数值", "打印为  满意度≥90%"),
    ],
)
def test_that_every_kind_of_value_is_named_beside_its_print(
    document: Document, score: ScorePanel, typed: str, kind: str, printed: str
) -> None:
    open_form(document, Form.DECLARATION)
    shown = score.declaration.printed
    shown.refresh(replace(line_named(document, Form.DECLARATION, "全文传递资源数"), target_text=typed))
    assert (shown.kind.text(), shown.value.text()) == (kind, printed)


def test_that_a_line_of_the_other_form_is_not_explained(document: Document, score: ScorePanel) -> None:
    line = line_named(document, Form.EVALUATION, "系统故障数")
    score.set_line(line.id)
    open_form(document, Form.DECLARATION)
    assert "选中一条指标" in score.declaration.printed.title.text()


def test_that_a_form_that_is_not_started_is_said_so(qtbot: QtBot, document: Document, score: ScorePanel) -> None:
    open_form(document, Form.DECLARATION)
    document.set_form(Form.EVALUATION)
    texts = [label.text() for label in children(score, type(score.scores.total)) if label.isVisible()]
    assert "这张表还没有开始填写。" in texts


# The findings


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


# The navigator


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


def test_that_moving_to_a_row_opens_its_project(qtbot: QtBot, document: Document, navigator: Navigator) -> None:
    document.select_project(document.summaries()[0].id)
    navigator.tree.setFocus()
    qtbot.keyClick(navigator.tree, Qt.Key.Key_Down)
    assert document.saved_project is not None
    assert document.saved_project.id == document.summaries()[1].id


def test_that_enter_on_a_project_goes_on_into_it(qtbot: QtBot, document: Document, navigator: Navigator) -> None:
    document.select_project(document.summaries()[0].id)
    with qtbot.waitSignal(navigator.entered_project):
        qtbot.keyClick(navigator.tree, Qt.Key.Key_Return)


def test_that_enter_and_click_open_and_close_a_year(qtbot: QtBot, document: Document, navigator: Navigator) -> None:
    year = navigator.rows.index(0, 0)
    navigator.tree.setCurrentIndex(year)
    qtbot.keyClick(navigator.tree, Qt.Key.Key_Return)
    assert not navigator.tree.isExpanded(year)
    centre = navigator.tree.visualRect(year).center()
    qtbot.mouseClick(navigator.tree.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert navigator.tree.isExpanded(year)


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


def test_that_every_chip_and_button_of_the_panels_has_words(
    qtbot: QtBot, findings: FindingsPanel, score: ScorePanel
) -> None:
    for panel in (findings, score):
        assert [button for button in children(panel, QPushButton) if not button.text()] == [
            score.reason.reduction for _ in range(panel is score)
        ]


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
