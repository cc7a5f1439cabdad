"""得分预览: the score and its reasons, what a declaration holds, printed values."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from gui.desk.focus import FRAME
from gui.desk.theme import Appearance, body_font
from gui.document.document import Document
from gui.score.fold_line import FoldLine
from gui.score.losses import SHOWN, LossRow
from gui.score.overview import EXECUTION
from gui.score.pane import LEAST_WIDE, NOTHING_OPEN, ScorePanel
from gui.views.summary_strip import SummaryStrip
from model import edits
from model.changes import Part
from model.findings import Place
from model.forms.evaluation import MONEY_SOURCES
from model.records import Achievement, Form
from model.scoring import ACHIEVEMENT_TITLES
from tests.gui.found import children, visible
from tests.gui.window import evaluated_line_named, line_named, open_form, set_line, shown_window


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


def test_that_a_score_with_losses_needs_no_scroll_bar_and_says_the_rule_where_there_is_room(
    qtbot: QtBot, document: Document, score: ScorePanel
) -> None:
    set_line(document, line_named(document, Form.EVALUATION, "系统故障数"), "actual_text", "10次")
    set_line(document, line_named(document, Form.EVALUATION, "工单办结率"), "actual_text", "95%")
    line = line_named(document, Form.EVALUATION, "系统响应时间")
    score.set_line(line.id)
    bar = next(visible(score, QScrollArea)).verticalScrollBar()
    while score.reason.rule.isVisible():
        qtbot.waitUntil(lambda: bar.maximum() == 0)
        score.resize(262, score.height() - 4)
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    assert "反向指标" in score.reason.how.toolTip()
    score.resize(262, 700)
    assert score.reason.rule.isVisible()
    assert "反向指标" not in score.reason.how.toolTip()


def test_that_an_open_line_makes_the_total_a_provisional_one_and_says_how_many_are_missing(
    document: Document, score: ScorePanel
) -> None:
    line = line_named(document, Form.EVALUATION, "系统故障数")
    set_line(document, line, "score", "")
    set_line(document, line, "actual_text", "")
    assert score.scores.total.text() == "95.00"
    assert score.scores.note.text() == "暂计，1 项待计分。"
    assert score.scores.grade.isHidden()
    assert score.scores.bars["产出指标"].figures == "45.00 / 50"


def test_that_points_that_do_not_make_100_are_said_so(document: Document, score: ScorePanel) -> None:
    set_line(document, line_named(document, Form.EVALUATION, "系统故障数"), "points", "7")
    assert "分值合计 102，应为 100。" in score.scores.note.text()


def test_that_the_selected_line_is_explained_with_numbers_formula_and_rule(
    document: Document, score: ScorePanel
) -> None:
    line = line_named(document, Form.EVALUATION, "系统响应时间")
    score.set_line(line.id)
    assert score.reason.line.title.text() == "为什么是 5.00 分？"
    ledger = score.reason.ledger
    assert (ledger.text("指标值"), ledger.text("完成值")) == ("<2秒", "21ms")
    assert ledger.text("公式") == "21ms = 0.021秒 < 2秒，达标\n分值 5"
    assert ledger.text("四舍五入") == "5 → 5.00"
    assert score.reason.rule.text().startswith("反向指标")


def test_that_the_execution_is_explained_instead_of_a_line_while_the_keyboard_is_among_the_amounts(
    document: Document, score: ScorePanel
) -> None:
    score.set_line(line_named(document, Form.EVALUATION, "系统响应时间").id)
    for name, text in (("adjusted_fiscal_current", "1200000"), ("executed_fiscal_current", "1180000")):
        project = document.saved_project
        assert project is not None
        changes = edits.set_cell(project, Form.EVALUATION, project.id, name, text, document.settings)
        document.push("填写金额", changes)
    score.explain_execution(wanted=True)
    assert score.reason.line.title.text().startswith("为什么是 9.")
    assert score.reason.name.text() == "预算执行率"
    assert score.reason.ledger.text("公式").splitlines()[0].endswith("（向上进位取两位小数）")
    assert [name for name, (_, text) in score.reason.ledger.entries.items() if text.isVisible()] == ["公式"]
    score.explain_execution(wanted=False)
    assert score.reason.name.text() == "系统响应时间"


def test_that_the_rule_comes_back_where_the_bars_went_and_nothing_is_given_up_that_fits(
    qtbot: QtBot, document: Document, score: ScorePanel
) -> None:
    set_line(document, line_named(document, Form.EVALUATION, "系统故障数"), "actual_text", "10次")
    score.set_line(line_named(document, Form.EVALUATION, "系统响应时间").id)
    bar = next(iter(score.scores.bars.values()))
    while bar.isVisible():
        score.resize(262, score.height() - 1)
    assert score.reason.rule.isVisible()
    rule = score.reason.rule.height()
    while score.reason.rule.isVisible():
        score.resize(262, score.height() - 1)
    page = score.reason.parentWidget()
    assert page is not None
    assert page.height() - score.reason.geometry().bottom() < rule + 20, "the rule would fit"


def test_that_what_is_no_calculation_is_not_called_a_formula_and_asks_only_for_what_can_be_done(
    document: Document, score: ScorePanel
) -> None:
    name, text = score.reason.ledger.entries["公式"]
    for field in (f"{column}_{source}" for column in ("adjusted", "executed") for source, _ in MONEY_SOURCES):
        project = document.saved_project
        assert project is not None
        document.push("清空", edits.set_cell(project, Form.EVALUATION, project.id, field, "", document.settings))
    score.explain_execution(wanted=True)
    assert (name.text(), text.full_text) == ("说明", "待填全年预算数")
    project = document.saved_project
    assert project is not None
    zero = edits.set_cell(project, Form.EVALUATION, project.id, "adjusted_fiscal_current", "0", document.settings)
    document.push("填写金额", zero)
    assert text.full_text == "全年预算数为0，请选择“得0分”或“不适用”"
    assert score.reason.ledger.accessibleName().startswith("说明 ")
    score.set_line(line_named(document, Form.EVALUATION, "系统响应时间").id)
    score.explain_execution(wanted=False)
    assert name.text() == "公式"


def test_that_all_entries_of_an_account_begin_at_one_edge_however_many_lines_they_have(
    document: Document, score: ScorePanel
) -> None:
    score.set_line(line_named(document, Form.EVALUATION, "系统响应时间").id)
    texts = [text for _, text in score.reason.ledger.entries.values()]
    assert len({text.text().count("\n") for text in texts}) > 1
    assert len({text.x() for text in texts}) == 1
    assert all(text.alignment() & Qt.AlignmentFlag.AlignLeft for text in texts)


def test_that_a_draft_changes_the_explanation_at_once(document: Document, score: ScorePanel) -> None:
    line = line_named(document, Form.EVALUATION, "系统故障数")
    score.set_line(line.id)
    assert document.saved_project is not None
    draft = edits.set_cell(document.saved_project, Part.INDICATOR, line.id, "actual_text", "10次", document.settings)
    document.lay_draft(draft)
    assert score.reason.line.title.text() == "为什么是 4.00 分？"
    document.drop_draft()
    assert score.reason.line.title.text() == "为什么是 5.00 分？"


def test_that_a_suggested_reduction_is_a_button_and_never_automatic(
    qtbot: QtBot, document: Document, score: ScorePanel
) -> None:
    line = line_named(document, Form.EVALUATION, "全年电话总量")
    score.set_line(line.id)
    assert score.reason.reduction.isVisible()
    assert "4.75" in score.reason.reduction.text()
    assert score.scores.total.text() == "100.00"
    qtbot.keyClick(score.reason.reduction, Qt.Key.Key_Space)
    assert evaluated_line_named(document, "全年电话总量").score == "4.75"
    assert not score.reason.reduction.isVisible()


def test_that_a_manual_score_can_be_released(qtbot: QtBot, document: Document, score: ScorePanel) -> None:
    line = line_named(document, Form.EVALUATION, "系统故障数")
    set_line(document, line, "score", "3")
    score.set_line(line.id)
    assert "手工" in score.reason.line.title.text()
    qtbot.keyClick(score.reason.release, Qt.Key.Key_Space)
    assert evaluated_line_named(document, "系统故障数").score == ""
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
    assert evaluated_line_named(document, "长效管理制度建设").achievement == "partly"
    assert [button.icon().isNull() for button in buttons.values()] == [
        level is not Achievement.PARTLY for level in buttons
    ]


def test_that_pressing_the_chosen_level_again_takes_it_back(
    qtbot: QtBot, document: Document, score: ScorePanel
) -> None:
    line = line_named(document, Form.EVALUATION, "长效管理制度建设")
    score.set_line(line.id)
    for _ in range(2):
        qtbot.keyClick(score.reason.levels[Achievement.ACHIEVED], Qt.Key.Key_Space)
    assert evaluated_line_named(document, "长效管理制度建设").achievement == ""


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


def test_that_the_request_to_select_a_line_begins_where_the_words_above_it_do(
    document: Document, score: ScorePanel
) -> None:
    def left(label: QLabel) -> int:
        return label.mapTo(score, QPoint()).x()

    request = score.reason.line.title
    assert "选中一条指标" in request.full_text()
    QApplication.processEvents()
    assert left(request) == left(score.scores.total)
    score.set_line(line_named(document, Form.EVALUATION, "系统响应时间").id)
    QApplication.processEvents()
    assert left(request) > left(score.scores.total)  # behind the arrow


def test_that_a_form_that_is_not_started_is_said_so(qtbot: QtBot, document: Document, score: ScorePanel) -> None:
    open_form(document, Form.DECLARATION)
    document.set_form(Form.EVALUATION)
    texts = [label.text() for label in children(score, type(score.scores.total)) if label.isVisible()]
    assert "这张表还没有开始填写。" in texts


def test_that_every_button_has_words_but_the_one_that_needs_a_number(score: ScorePanel) -> None:
    buttons = [button for button in children(score, QPushButton) if not isinstance(button, LossRow | FoldLine)]
    assert [button for button in buttons if not button.text()] == [score.reason.reduction]


def test_that_lost_points_are_listed_with_the_line_that_costs_most_first_and_lead_there(
    qtbot: QtBot, document: Document, score: ScorePanel
) -> None:
    assert score.losses.isHidden()
    set_line(document, line_named(document, Form.EVALUATION, "系统故障数"), "actual_text", "10次")
    set_line(document, line_named(document, Form.EVALUATION, "工单办结率"), "actual_text", "60%")
    shown = [(row.name.full_text(), row.missed.text()) for row in score.losses.rows if not row.isHidden()]
    assert shown == [("工单办结率", "−2.00"), ("系统故障数", "−1.00")]
    assert score.losses.title.text() == "失分 3.00"
    with qtbot.waitSignal(document.place_requested) as asked:
        qtbot.keyClick(score.losses.rows[1], Qt.Key.Key_Space)
    assert asked.args == [Place(Form.EVALUATION, "score", line_named(document, Form.EVALUATION, "系统故障数").id)]


def test_that_lines_without_a_name_are_told_apart_by_their_place(document: Document, score: ScorePanel) -> None:
    assert document.project is not None
    lines = document.project.indicators(Form.EVALUATION)
    place = next(at for at, line in enumerate(lines) if line.name == "系统故障数")
    set_line(document, lines[place], "actual_text", "10次")
    set_line(document, lines[place], "name", "")
    score.set_line(lines[place].id)
    shown = {score.losses.rows[0].name.full_text(), score.reason.name.text()}
    assert shown == {f"第{place + 1}条指标"}


def test_that_more_losses_than_fit_are_counted(document: Document, score: ScorePanel) -> None:
    assert document.project is not None
    lines = document.project.indicators(Form.EVALUATION)
    for line in lines[: SHOWN + 2]:
        set_line(document, line, "score", "1")
    assert [row.isHidden() for row in score.losses.rows] == [False] * SHOWN
    assert score.losses.more.text().startswith("另有 2 条，共失 ")


def test_that_the_ledger_says_how_a_score_was_rounded_and_what_a_hand_made_of_it(
    document: Document, score: ScorePanel
) -> None:
    line = line_named(document, Form.EVALUATION, "系统故障数")
    score.set_line(line.id)
    set_line(document, line, "actual_text", "13次")
    ledger = score.reason.ledger
    assert ledger.text("公式").endswith("5 × 8 ÷ 13")
    assert ledger.text("四舍五入") == "3.0769… → 3.08"
    set_line(document, line_named(document, Form.EVALUATION, "系统故障数"), "score", "3")
    assert ledger.text("四舍五入") == "3.0769… → 3.08；采用手工得分 3.00"
    assert "四舍五入 3.0769" in ledger.accessibleName()


PARAGRAPH = "全年监测21次，第一季度平均123,456.78毫秒，第二季度平均999,999,999,999.99毫秒，其余都在范围以内。" * 4


@pytest.mark.parametrize("height", [410, 480, 700])
def test_that_calculation_and_rounding_are_whole_without_a_scroll_bar_beside_a_long_text(
    qtbot: QtBot, document: Document, score: ScorePanel, height: int
) -> None:
    for name, text in (("系统故障数", "10次"), ("工单办结率", "95%"), ("应急演练", "")):
        set_line(document, line_named(document, Form.EVALUATION, name), "actual_text", text)
    line = line_named(document, Form.EVALUATION, "系统响应时间")
    set_line(document, line, "target_text", f"<2秒，{PARAGRAPH}")
    score.set_line(line.id)
    score.resize(240, height)
    bar = next(visible(score, QScrollArea)).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    entries = [entry for _, entry in score.reason.ledger.entries.values() if entry.isVisible()]
    qtbot.waitUntil(lambda: all(one.height() >= one.heightForWidth(one.width()) for one in entries))
    for entry in entries:
        assert (entry.toolTip() == entry.full_text) == entry.text().endswith("…")
    assert score.reason.ledger.entries["指标值"][1].toolTip() == f"<2秒，{PARAGRAPH}"
    assert PARAGRAPH in score.reason.ledger.accessibleName()


def test_that_a_long_text_is_whole_where_there_is_room_below(
    qtbot: QtBot, document: Document, score: ScorePanel
) -> None:
    line = line_named(document, Form.EVALUATION, "系统响应时间")
    set_line(document, line, "target_text", f"<2秒，{PARAGRAPH}")
    score.set_line(line.id)
    target = score.reason.ledger.entries["指标值"][1]
    score.resize(262, 700)
    qtbot.waitUntil(lambda: target.text().endswith("…"))
    score.resize(262, 1100)
    qtbot.waitUntil(lambda: not target.text().endswith("…"))
    assert target.toolTip() == ""


def test_that_the_frame_of_the_keyboard_lies_on_nothing_the_line_of_the_reason_shows(
    qtbot: QtBot,
) -> None:
    line = FoldLine(Appearance())
    qtbot.addWidget(line)
    line.say("为什么是 0.00 分？", "系统响应时间", "0.00 / 4")
    line.setChecked(False)
    line.resize(line.minimumSizeHint())
    line.show()
    shown = list(visible(line, QLabel))
    assert len(shown) == 3
    assert all(line.rect().adjusted(2 * FRAME, 0, -2 * FRAME, 0).contains(one.geometry()) for one in shown)


def test_that_a_low_pane_with_a_chosen_grade_quotes_a_paragraph_in_few_lines_and_the_formula_whole(
    qtbot: QtBot, tmp_path: Path, document: Document, score: ScorePanel
) -> None:
    shown_window(qtbot, tmp_path)  # with the look of the program
    score.setFont(body_font())
    for name, text in (("系统故障数", "10次"), ("工单办结率", "95%"), ("应急演练", "")):
        set_line(document, line_named(document, Form.EVALUATION, name), "actual_text", text)
    line = line_named(document, Form.EVALUATION, "系统响应时间")
    set_line(document, line, "target_text", PARAGRAPH)
    set_line(document, line, "achievement", Achievement.PARTLY.value)
    score.set_line(line.id)
    bar = next(visible(score, QScrollArea)).verticalScrollBar()
    calculation = score.reason.ledger.entries["公式"][1]
    for actual in ("21ms", PARAGRAPH):
        set_line(document, line, "actual_text", actual)
        for height in (900, 360):
            score.resize(240, height)
            qtbot.waitUntil(lambda: bar.maximum() == 0)
            assert calculation.text().split("\n")[-1] == "5 × 0.7"
            is_whole = calculation.text().replace("\n", "") == calculation.full_text.replace("\n", "")
            assert calculation.toolTip() == ("" if is_whole else calculation.full_text)
            assert score.reason.name.isVisible() == (height == 900)
            assert is_whole or height == 360
        assert calculation.full_text.replace("\n", "") in score.reason.ledger.accessibleName().replace("\n", "")


def test_that_the_levels_of_achievement_stand_beside_each_other_in_a_low_pane_and_are_called_in_full(
    qtbot: QtBot, tmp_path: Path, document: Document, score: ScorePanel
) -> None:
    shown_window(qtbot, tmp_path)  # with the look of the program
    for name, text in (("系统故障数", "10次"), ("工单办结率", "95%"), ("应急演练", "")):
        set_line(document, line_named(document, Form.EVALUATION, name), "actual_text", text)
    line = line_named(document, Form.EVALUATION, "系统响应时间")
    set_line(document, line, "target_text", PARAGRAPH)
    score.set_line(line.id)
    buttons = list(score.reason.levels.values())
    page = next(visible(score, QScrollArea))
    for is_chosen in (False, True):
        score.resize(240, 360)
        qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() == 0)
        qtbot.waitUntil(lambda: len({button.y() for button in buttons}) == 1)
        assert [button.text() for button in buttons] == ["达成", "部分达成", "未达成"]
        assert [button.accessibleName() for button in buttons] == list(ACHIEVEMENT_TITLES.values())
        assert [button.toolTip() for button in buttons] == list(ACHIEVEMENT_TITLES.values())
        assert all(button.width() >= button.sizeHint().width() for button in buttons)
        assert buttons[-1].geometry().right() < page.viewport().width()
        score.resize(240, 900)
        qtbot.waitUntil(lambda: len({button.y() for button in buttons}) == len(buttons))
        assert [button.text() for button in buttons] == list(ACHIEVEMENT_TITLES.values())
        if not is_chosen:
            qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)


def test_that_nothing_open_is_said_in_one_line_of_the_narrowest_pane(qtbot: QtBot, tmp_path: Path) -> None:
    shown_window(qtbot, tmp_path)  # with the look of the program
    panel = ScorePanel(Document(), Appearance())
    qtbot.addWidget(panel)
    panel.resize(LEAST_WIDE, 400)
    panel.show()
    said = next(label for label in visible(panel, QLabel) if label.text() == NOTHING_OPEN)
    assert said.heightForWidth(said.width()) < 2 * said.fontMetrics().height()


def test_that_the_reason_folds_to_the_score_of_its_line_by_mouse_and_key(
    qtbot: QtBot, document: Document, score: ScorePanel
) -> None:
    set_line(document, line_named(document, Form.EVALUATION, "系统故障数"), "actual_text", "10次")
    score.set_line(line_named(document, Form.EVALUATION, "系统故障数").id)
    head, ledger = score.reason.line, score.reason.ledger
    qtbot.mouseClick(head, Qt.MouseButton.LeftButton)
    assert ledger.isHidden()
    assert (head.title.full_text(), head.figure.text()) == ("系统故障数", "4.00 / 5")
    assert head.accessibleName() == "系统故障数，4.00 / 5，已收起"
    qtbot.keyClick(head, Qt.Key.Key_Right)
    assert ledger.isVisible()
    qtbot.keyClick(head, Qt.Key.Key_Left)
    assert ledger.isHidden()
    qtbot.keyClick(head, Qt.Key.Key_Return)
    assert ledger.isVisible()
    assert head.title.full_text() == "为什么是 4.00 分？"
    assert head.accessibleName() == "为什么是 4.00 分？，已展开"


def test_that_a_total_of_nothing_is_a_dash_and_not_nought(qtbot: QtBot, document: Document, score: ScorePanel) -> None:
    project = document.saved_project
    assert project is not None
    for line in project.indicators(Form.EVALUATION):
        for field in ("score", "actual_text", "achievement"):
            set_line(document, line, field, "")
    for name in ("executed_fiscal_current", "executed_total", "execution_score"):
        project = document.saved_project
        assert project is not None
        changes = edits.set_cell(project, Form.EVALUATION, project.id, name, "", document.settings)
        document.push("清空", changes)
    assert score.scores.total.text() == "—"
    assert score.scores.note.full_text.startswith("还没有可计算的得分，")
    assert "项待计分" in score.scores.note.full_text
    assert "待填" not in score.scores.note.full_text
    assert score.scores.total.accessibleName().startswith("总分 —，还没有可计算的得分，")
    set_line(document, line_named(document, Form.EVALUATION, "系统故障数"), "actual_text", "80000次")
    assert score.scores.total.text() == "0.00"
    assert score.scores.note.full_text.startswith("暂计，")


def test_that_a_score_stands_before_its_points_wherever_the_two_stand_together(
    qtbot: QtBot, document: Document, score: ScorePanel
) -> None:
    """Two decimals for a score, points as typed: the bars, the folded reason and the line of a low window."""
    line = line_named(document, Form.EVALUATION, "系统故障数")
    set_line(document, line, "actual_text", "10次")
    score.set_line(line.id)
    score.reason.line.click()
    strip = SummaryStrip(document, Form.EVALUATION, Appearance())
    qtbot.addWidget(strip)
    strip.refresh()
    assert score.reason.line.figure.text() == "4.00 / 5"
    assert score.scores.bars[EXECUTION].figures == strip.figures["execution_score"].text == "10.00 / 10"


@pytest.mark.parametrize("high", [340, 460, 640])
def test_that_as_much_is_said_after_many_keys_as_a_panel_says_that_knows_of_none(
    qtbot: QtBot, document: Document, score: ScorePanel, high: int
) -> None:
    """What was measured before is kept by all the height follows from, and by nothing less."""
    line = line_named(document, Form.EVALUATION, "系统响应时间")
    score.set_line(line.id)
    score.resize(262, high)
    paragraph = "已经完成全部指标，" * 6
    for text in ("21ms", "219ms", "9秒", "", paragraph, paragraph[:-8] + "12345678", "约 3 秒", "21ms", paragraph):
        set_line(document, line, "actual_text", text)
        fresh = ScorePanel(document, Appearance())
        qtbot.addWidget(fresh)
        fresh.set_line(line.id)
        fresh.resize(262, high)
        fresh.show()
        for _ in range(3):
            QApplication.processEvents()
        assert _said(score) == _said(fresh), text


def _said(panel: ScorePanel) -> list[tuple[str, str, QRect]]:
    """Every text in sight, its tool tip, and where it is."""
    labels = [(one.text(), one.toolTip(), one.geometry()) for one in visible(panel, QLabel)]
    return labels + [(one.text(), one.toolTip(), one.geometry()) for one in visible(panel, QPushButton)]


def test_that_a_key_whose_text_takes_the_room_of_the_one_before_has_nothing_measured(
    document: Document, score: ScorePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = line_named(document, Form.EVALUATION, "系统响应时间")
    score.set_line(line.id)
    set_line(document, line, "actual_text", "21ms")
    QApplication.processEvents()
    searched: list[object] = []
    monkeypatch.setattr(ScorePanel, "_search", lambda *_: searched.append(_))
    set_line(document, line, "actual_text", "22ms")
    assert score.reason.ledger.text("完成值") == "22ms"
    assert not searched
