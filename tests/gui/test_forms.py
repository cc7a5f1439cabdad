"""The fields above the table: drafts on every key, one gesture at the end, computed totals, marks, nothing refused."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.signs import Sign
from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.views.cell_field import WIDEST_AMOUNT, CellField
from gui.views.form_panel import FormPanel
from gui.views.funding_form import EvaluationFunding
from model import edits
from model.findings import Place
from model.forms import FORMS, CellKind
from model.records import Declaration, Evaluation, Form
from model.values.money import parse_fen
from tests.gui.found import children
from tests.gui.window import open_form, rules_of, shown_window, type_text
from tests.model.projects import declaration_of, evaluation_of


@pytest.fixture
def document(qtbot: QtBot, given_store: Path) -> Iterator[Document]:
    opened = Document()
    opened.open_store(given_store)
    yield opened
    opened.close_store()


def shown_panel(qtbot: QtBot, document: Document, form: Form, position: int = 0) -> FormPanel:
    open_form(document, form, position)
    panel = FormPanel(document, form, Appearance())
    panel.set_open(is_open=True)
    document.project_changed.connect(panel.refresh)
    qtbot.addWidget(panel)
    panel.resize(880, 700)
    panel.refresh()
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def declaration(qtbot: QtBot, document: Document) -> FormPanel:
    return shown_panel(qtbot, document, Form.DECLARATION)


@pytest.fixture
def evaluation(qtbot: QtBot, document: Document) -> FormPanel:
    return shown_panel(qtbot, document, Form.EVALUATION)


def field(panel: FormPanel, name: str) -> CellField:
    return next(section.fields[name] for section in panel.sections if name in section.fields)


def retype(qtbot: QtBot, panel: FormPanel, name: str, text: str) -> QWidget:
    """Replace the text of a field by typing, without finishing."""
    widget = field(panel, name).widget
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text(qtbot, widget, text)
    return widget


def test_that_every_cell_of_the_declaration_has_its_field_with_its_printed_label(declaration: FormPanel) -> None:
    shown = {name for section in declaration.sections for name in section.fields}
    assert shown == {cell.name for cell in FORMS[Form.DECLARATION].cells}
    assert field(declaration, "start_date").label.text() == "计划开始日期"


def test_that_every_typed_cell_of_the_self_evaluation_has_its_field(evaluation: FormPanel) -> None:
    shown = {name for section in evaluation.sections for name in section.fields}
    computed = {"execution_rate", "execution_score", "total_points", "total_score"}
    assert shown == {cell.name for cell in FORMS[Form.EVALUATION].cells} - computed


def test_that_typing_is_a_draft_that_the_document_shows_and_the_file_does_not_hold(
    qtbot: QtBot, document: Document, declaration: FormPanel
) -> None:
    retype(qtbot, declaration, "project_name", "新名称")
    assert document.project is not None
    assert document.project.project_name == "新名称"
    assert document.saved_project is not None
    assert document.saved_project.project_name == "研发平台数据采购及保障"
    assert not document.undo_stack.canUndo() or document.undo_stack.undoText() == "导入"


def test_that_enter_makes_one_gesture_with_the_label_of_the_cell(
    qtbot: QtBot, document: Document, declaration: FormPanel
) -> None:
    count = document.undo_stack.count()
    widget = retype(qtbot, declaration, "project_name", "新名称")
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert document.saved_project is not None
    assert document.saved_project.project_name == "新名称"
    assert document.undo_stack.count() == count + 1
    assert document.undo_stack.undoText() == "修改项目名称"


def test_that_enter_goes_on_to_the_next_field(qtbot: QtBot, declaration: FormPanel) -> None:
    widget = retype(qtbot, declaration, "department", "上海市科学技术委员会")
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert field(declaration, "unit").widget.hasFocus()


def test_that_leaving_a_field_finishes_it(qtbot: QtBot, document: Document, declaration: FormPanel) -> None:
    retype(qtbot, declaration, "department", "另一部门")
    field(declaration, "unit").widget.setFocus()
    assert document.saved_project is not None
    assert document.saved_project.department == "另一部门"


def test_that_leaving_an_unchanged_field_is_no_gesture(
    qtbot: QtBot, document: Document, declaration: FormPanel
) -> None:
    count = document.undo_stack.count()
    field(declaration, "department").widget.setFocus()
    field(declaration, "unit").widget.setFocus()
    assert document.undo_stack.count() == count


def test_that_escape_gives_the_unfinished_text_up(qtbot: QtBot, document: Document, declaration: FormPanel) -> None:
    widget = retype(qtbot, declaration, "unit", "写错了")
    qtbot.keyClick(widget, Qt.Key.Key_Escape)
    assert isinstance(widget, QLineEdit)
    assert widget.text() == "上海市研发公共服务平台管理中心"
    assert not document.has_draft


def test_that_ctrl_z_takes_unfinished_typing_back_before_anything_else(
    qtbot: QtBot, document: Document, declaration: FormPanel
) -> None:
    widget = retype(qtbot, declaration, "unit", "写")
    while document.has_draft:
        qtbot.keyClick(widget, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(widget, QLineEdit)
    assert widget.text() == "上海市研发公共服务平台管理中心"
    assert document.saved_project is not None
    assert document.saved_project.unit == "上海市研发公共服务平台管理中心"


def test_that_the_total_follows_the_amount_while_it_is_typed(
    qtbot: QtBot, document: Document, declaration: FormPanel
) -> None:
    retype(qtbot, declaration, "carried_over", "1000.5")
    total = field(declaration, "total_requested").widget
    assert isinstance(total, QLineEdit)
    assert total.text() == "3,858,934.50"
    assert total.isReadOnly()


def test_that_nothing_is_said_of_an_amount_on_the_way_to_what_is_typed(
    qtbot: QtBot, document: Document, declaration: FormPanel
) -> None:
    said, counted = [], []
    document.project_changed.connect(lambda: said.append(field(declaration, "other").message.isVisible()))
    document.project_changed.connect(lambda: counted.append(len(document.findings)))
    before = len(document.findings)
    place = field(declaration, "annual_goal").mapTo(declaration, QPoint())
    retype(qtbot, declaration, "other", "625000")
    assert said
    assert not any(said)
    assert set(counted) == {before}
    assert field(declaration, "annual_goal").mapTo(declaration, QPoint()) == place


def test_that_an_amount_is_judged_when_one_pauses_or_leaves(
    qtbot: QtBot, document: Document, declaration: FormPanel
) -> None:
    retype(qtbot, declaration, "other", "62")
    message = field(declaration, "other").message
    assert not message.isVisible()
    qtbot.waitUntil(message.isVisible)
    type_text(qtbot, field(declaration, "other").widget, "5")
    assert "625.00元" in message.text()  # what was said is not taken back by the next key
    type_text(qtbot, field(declaration, "other").widget, "000")
    assert not message.isVisible()
    retype(qtbot, declaration, "carried_over", "62")
    field(declaration, "unit").widget.setFocus()
    assert field(declaration, "carried_over").message.isVisible()


def test_that_an_amount_is_grouped_for_reading_and_shown_as_typed_for_writing(
    qtbot: QtBot, document: Document, declaration: FormPanel
) -> None:
    widget = retype(qtbot, declaration, "other", "1234567.5")
    assert isinstance(widget, QLineEdit)
    field(declaration, "unit").widget.setFocus()
    assert widget.text() == "1,234,567.50"
    widget.setFocus()
    assert widget.text() == "1234567.5"


def test_that_typed_nonsense_stays_as_typed_with_a_message_under_it(
    qtbot: QtBot, document: Document, declaration: FormPanel
) -> None:
    widget = retype(qtbot, declaration, "fiscal_current", "三百万")
    assert isinstance(widget, QLineEdit)
    field(declaration, "unit").widget.setFocus()
    assert widget.text() == "三百万"
    assert document.saved_project is not None
    assert document.saved_project.of(Declaration) is not None
    assert declaration_of(document.saved_project).fiscal_current == "三百万"
    message = field(declaration, "fiscal_current").message
    assert message.isVisible()
    assert message.text()
    assert widget.accessibleDescription()


@pytest.mark.parametrize(
    ("typed", "shown", "total"),
    [("1020万", "10,200,000.00", "10200000"), ("408.75万元", "4,087,500.00", "4087500")],
)
def test_that_an_amount_in_wan_is_understood_and_shown_as_it_will_print(
    qtbot: QtBot, document: Document, declaration: FormPanel, typed: str, shown: str, total: str
) -> None:
    retype(qtbot, declaration, "carried_over", "0")
    retype(qtbot, declaration, "other", "0")
    widget = retype(qtbot, declaration, "fiscal_current", typed)
    assert isinstance(widget, QLineEdit)
    field(declaration, "unit").widget.setFocus()
    assert widget.text() == shown
    assert document.saved_project is not None
    written = declaration_of(document.saved_project)
    assert written.fiscal_current == typed
    assert parse_fen(written.total_requested) == parse_fen(total)


@pytest.mark.parametrize(
    "typed", ["2026年12月31日", "2026.12.31", "2026/12/31", "20261231", "26-12-31", "２０２６－１２－３１"]
)
def test_that_a_date_may_be_typed_in_many_ways_and_is_read_in_one(
    qtbot: QtBot, document: Document, declaration: FormPanel, typed: str
) -> None:
    widget = retype(qtbot, declaration, "end_date", typed)
    assert isinstance(widget, QLineEdit)
    field(declaration, "unit").widget.setFocus()
    assert widget.text() == "2026-12-31"
    assert "DEC-009" not in rules_of(document.findings)


def test_that_a_year_that_is_none_is_refused_in_words_and_the_old_one_stays(
    qtbot: QtBot, document: Document, declaration: FormPanel
) -> None:
    widget = retype(qtbot, declaration, "year", "明年")
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert document.saved_project is not None
    assert document.saved_project.year == 2026
    assert "“明年”不是年度" in field(declaration, "year").message.text()


@pytest.mark.parametrize("typed", ["2026年度", "2026年", "２０２６", " 2026 ", "2026 年度"])
def test_that_the_same_year_in_other_words_is_accepted(
    qtbot: QtBot, document: Document, declaration: FormPanel, typed: str
) -> None:
    count = document.undo_stack.count()
    widget = retype(qtbot, declaration, "year", typed)
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert "不是年度" not in field(declaration, "year").message.text()
    assert isinstance(widget, QLineEdit)
    assert widget.text() == "2026"
    assert document.undo_stack.count() == count


@pytest.mark.parametrize(("typed", "year"), [("2027年度", 2027), ("２０２７ 年", 2027), ("2100", 2100), ("2101", 2026)])
def test_that_another_year_in_words_is_written_as_a_number(
    qtbot: QtBot, document: Document, declaration: FormPanel, typed: str, year: int
) -> None:
    widget = retype(qtbot, declaration, "year", typed)
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert document.saved_project is not None
    assert document.saved_project.year == year
    assert ("不是年度" in field(declaration, "year").message.text()) == (typed == "2101")


def test_that_another_year_is_written_as_a_number(qtbot: QtBot, document: Document, declaration: FormPanel) -> None:
    widget = retype(qtbot, declaration, "year", "2027")
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert document.saved_project is not None
    assert document.saved_project.year == 2027


def test_that_a_choice_takes_what_is_typed_even_if_it_is_not_in_the_list(
    qtbot: QtBot, document: Document, declaration: FormPanel
) -> None:
    widget = retype(qtbot, declaration, "project_category", "专项")
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert document.saved_project is not None
    assert document.saved_project.of(Declaration) is not None
    assert declaration_of(document.saved_project).project_category == "专项"


def test_that_arrow_keys_choose_from_the_list_in_one_gesture(
    qtbot: QtBot, document: Document, declaration: FormPanel
) -> None:
    count = document.undo_stack.count()
    widget = field(declaration, "project_nature").widget
    assert isinstance(widget, QComboBox)
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_Down)
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert document.saved_project is not None
    assert document.saved_project.of(Declaration) is not None
    assert declaration_of(document.saved_project).project_nature == widget.currentText() != "其他一次性项目"
    assert document.undo_stack.count() == count + 1


def test_that_the_wheel_over_a_choice_changes_nothing(qtbot: QtBot, declaration: FormPanel) -> None:
    widget = field(declaration, "project_nature").widget
    assert isinstance(widget, QComboBox)
    before = widget.currentText()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, wheel)
    assert widget.currentText() == before


def test_that_whole_life_amounts_are_hidden_where_they_are_not_asked_for(declaration: FormPanel) -> None:
    assert not field(declaration, "project_total").isVisible()
    assert not field(declaration, "overall_goal").isVisible()
    assert declaration.more.isVisible()


def test_that_a_phased_project_shows_its_whole_life_amounts_at_once(qtbot: QtBot, declaration: FormPanel) -> None:
    retype(qtbot, declaration, "project_nature", "阶段性项目")
    assert field(declaration, "project_total").isVisible()
    assert field(declaration, "overall_goal").isVisible()
    assert not declaration.more.isVisible()


def test_that_the_button_shows_whole_life_amounts_of_any_project(qtbot: QtBot, declaration: FormPanel) -> None:
    declaration.more.setFocus()
    qtbot.keyClick(declaration.more, Qt.Key.Key_Space)
    assert field(declaration, "project_fiscal").isVisible()
    assert (
        field(declaration, "project_fiscal").widget.accessibleName()
        != field(declaration, "other").widget.accessibleName()
    )


def test_that_the_two_fields_called_other_funds_are_told_apart_by_name(declaration: FormPanel) -> None:
    names = {field(declaration, name).widget.accessibleName() for name in ("other", "project_other")}
    assert len(names) == 2


def test_that_a_goal_text_keeps_its_lines_and_tab_leaves_it(
    qtbot: QtBot, document: Document, declaration: FormPanel
) -> None:
    widget = retype(qtbot, declaration, "annual_goal", "第一行")
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    type_text(qtbot, widget, "第二行")
    qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert document.saved_project is not None
    assert document.saved_project.of(Declaration) is not None
    assert declaration_of(document.saved_project).annual_goal == "第一行\n第二行"
    assert not widget.hasFocus()


def test_that_what_no_form_can_hold_is_put_right_with_a_word_below_the_field(
    qtbot: QtBot, document: Document, declaration: FormPanel
) -> None:
    widget = retype(qtbot, declaration, "annual_goal", "")
    assert isinstance(widget, QPlainTextEdit)
    widget.setPlainText("来自Word的\x0b两行\x01")
    qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert document.saved_project is not None
    assert document.saved_project.of(Declaration) is not None
    assert declaration_of(document.saved_project).annual_goal == "来自Word的\n两行"
    assert widget.toPlainText() == "来自Word的\n两行"
    message = field(declaration, "annual_goal").message
    assert message.text() == "特殊的换行符U+000B已改为换行，无法显示的字符U+0001已去掉。"
    assert message.isVisible()
    assert document.undo_stack.undoText().startswith("修改年度总体目标（")


def test_that_a_goal_field_grows_with_its_text(qtbot: QtBot, declaration: FormPanel) -> None:
    widget = retype(qtbot, declaration, "annual_goal", "短")
    low = widget.height()
    assert isinstance(widget, QPlainTextEdit)
    for _ in range(4):
        qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert widget.height() > low


def test_that_escape_brings_a_goal_text_back(qtbot: QtBot, document: Document, declaration: FormPanel) -> None:
    assert document.saved_project is not None
    assert document.saved_project.of(Declaration) is not None
    before = declaration_of(document.saved_project).annual_goal
    widget = retype(qtbot, declaration, "annual_goal", "写错了")
    assert isinstance(widget, QPlainTextEdit)
    qtbot.keyClick(widget, Qt.Key.Key_Escape)
    assert widget.toPlainText() == before
    assert not document.has_draft


def test_that_an_emptied_goal_is_marked_while_it_is_being_emptied(
    qtbot: QtBot, document: Document, declaration: FormPanel
) -> None:
    widget = field(declaration, "annual_goal").widget
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(widget, Qt.Key.Key_Delete)
    goal = field(declaration, "annual_goal")
    qtbot.waitUntil(goal.glyph.isVisible)
    assert goal.editor.placeholderText() == "填写年度总体目标"
    errors = declaration.folds[2].line.errors
    assert goal.glyph.sign is Sign.ERROR
    assert (errors.sign, errors.text()) == (Sign.ERROR, "1")


def test_that_execution_rate_and_score_follow_the_executed_amount(
    qtbot: QtBot, document: Document, evaluation: FormPanel
) -> None:
    retype(qtbot, evaluation, "executed_fiscal_current", "255300")
    assert document.score is not None
    assert document.score.execution.rate_text == "86.18%"
    total = field(evaluation, "executed_total").widget
    assert isinstance(total, QLineEdit)
    assert total.text() == "255,300.00"


@pytest.mark.parametrize("width", [300, 420, 480, 560, 700, 900])
def test_that_every_amount_is_shown_whole_at_any_width(qtbot: QtBot, evaluation: FormPanel, width: int) -> None:
    for name in ("initial_fiscal_current", "adjusted_fiscal_current", "adjusted_other", "executed_fiscal_current"):
        retype(qtbot, evaluation, name, WIDEST_AMOUNT)
    field(evaluation, "unit").widget.setFocus()
    evaluation.resize(width, 900)
    funding = evaluation.funding
    amounts = [one for one in funding.fields.values() if one.cell.kind is CellKind.MONEY]
    qtbot.waitUntil(lambda: all(one.geometry().right() <= funding.width() for one in amounts))
    total = field(evaluation, "adjusted_total").widget  # a sum may be wider than any of its parts
    assert isinstance(total, QLineEdit)
    assert len(total.text()) > len(WIDEST_AMOUNT)
    for one in amounts:
        assert isinstance(one.widget, QLineEdit)
        assert one.widget.width() >= one.widget.fontMetrics().horizontalAdvance(one.widget.text()) + 12
    places = [one.mapTo(funding, one.rect().topLeft()) for one in amounts]
    assert len({(place.x(), place.y()) for place in places}) == len(amounts)


def test_that_name_and_unit_stand_below_each_other_where_beside_they_would_be_cut(
    qtbot: QtBot, evaluation: FormPanel
) -> None:
    name, unit = field(evaluation, "department"), field(evaluation, "unit")
    for width, is_below in ((900, False), (480, True), (900, False)):
        evaluation.resize(width, 900)
        qtbot.waitUntil(lambda below=is_below: (unit.y() > name.y()) is below)  # type: ignore[misc]


@pytest.mark.parametrize("width", [420, 560])
def test_that_a_figure_above_the_amounts_stands_on_the_line_of_its_name(
    qtbot: QtBot, evaluation: FormPanel, width: int
) -> None:
    evaluation.resize(width, 900)
    shown = {one.accessibleName() or one.text(): one for one in children(evaluation.funding, QLabel)}
    name, score = shown["得分"], shown["预算执行率得分"]
    qtbot.waitUntil(lambda: name.x() < score.x())
    assert name.y() == score.y()
    assert name.contentsRect().top() == score.contentsRect().top()


@pytest.mark.parametrize("width", [720, 911, 1366])
def test_that_tab_goes_through_the_amounts_as_the_eye_does(
    qtbot: QtBot, tmp_path: Path, given_store: Path, width: int
) -> None:
    window = shown_window(qtbot, tmp_path, given_store, (width, 700))
    open_form(window.document, Form.EVALUATION)
    window.commands["show_score"].setChecked(True)
    window.panels.docks["show_score"].show()
    funding = window.page.page.panel.funding
    window.go_to(Place(Form.EVALUATION, "initial_fiscal_current"))
    money = [one for one in funding.fields.values() if one.cell.kind is CellKind.MONEY]
    typed = {one.widget: one for one in money if not one.cell.name.endswith("_total")}
    assert len(typed) == 9
    visited: list[CellField] = []
    while (focus := QApplication.focusWidget()) in typed:
        assert focus is not None
        visited.append(typed[focus])
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert len(visited) == len(typed)
    places = [one.mapTo(funding, one.rect().topLeft()) for one in visited]
    assert places == sorted(places, key=lambda place: (place.y(), place.x()))


def test_that_a_total_beside_an_unreadable_amount_says_that_it_cannot_be_computed(
    qtbot: QtBot, document: Document, evaluation: FormPanel
) -> None:
    retype(qtbot, evaluation, "executed_other", "若干")
    field(evaluation, "unit").widget.setFocus()
    total = field(evaluation, "executed_total").widget
    assert isinstance(total, QLineEdit)
    assert (total.text(), total.placeholderText()) == ("", "无法计算")
    assert total.toolTip().startswith("无法计算：")
    assert "“若干”不是金额" in total.toolTip()
    assert total.accessibleDescription() == total.toolTip()
    assert "全年执行数 无法计算" in evaluation.folds[1].line.accessibleName() or evaluation.folds[1].is_open
    evaluation.folds[1].set_open(is_open=False)
    assert "全年执行数 无法计算" in evaluation.folds[1].line.parts.full_text
    assert document.score is not None
    assert "无法计算" in document.score.execution.explanation
    assert document.score.execution.is_open
    evaluation.folds[1].set_open(is_open=True)
    retype(qtbot, evaluation, "executed_other", "0")
    field(evaluation, "unit").widget.setFocus()
    assert (total.text(), total.toolTip(), total.accessibleDescription()) == ("296,272.00", "自动计算", "")


def test_that_no_budget_and_no_spending_asks_for_a_choice(
    qtbot: QtBot, document: Document, evaluation: FormPanel
) -> None:
    assert isinstance(evaluation.funding, EvaluationFunding)
    choice = evaluation.funding.choice
    assert not choice.isVisible()
    retype(qtbot, evaluation, "adjusted_fiscal_current", "0")
    retype(qtbot, evaluation, "executed_fiscal_current", "0")
    field(evaluation, "unit").widget.setFocus()
    assert choice.isVisible()
    assert "EVL-014" in rules_of(document.findings)
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert document.saved_project is not None
    assert document.saved_project.of(Evaluation) is not None
    assert evaluation_of(document.saved_project).execution_choice == "zero"
    assert "EVL-014" not in rules_of(document.findings)


def test_that_a_choice_this_version_does_not_know_is_shown_kept_and_can_be_changed(
    qtbot: QtBot, document: Document, evaluation: FormPanel
) -> None:
    assert isinstance(evaluation.funding, EvaluationFunding)
    choice = evaluation.funding.choice
    retype(qtbot, evaluation, "adjusted_fiscal_current", "0")
    retype(qtbot, evaluation, "executed_fiscal_current", "0")
    field(evaluation, "unit").widget.setFocus()
    project = document.saved_project
    assert project is not None
    part, settings = Form.EVALUATION, document.settings
    document.push("较新版本", edits.set_cell(project, part, project.id, "execution_choice", "later", settings))
    assert choice.currentText() == "本版本不认识的选择（later）"
    assert document.saved_project is not None
    assert document.saved_project.of(Evaluation) is not None
    assert evaluation_of(document.saved_project).execution_choice == "later"
    assert "EVL-014" in rules_of(document.findings)
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Home)
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert document.saved_project.of(Evaluation) is not None
    assert evaluation_of(document.saved_project).execution_choice == "zero"
    assert [choice.itemText(row) for row in range(choice.count())] == [
        "请选择",
        "得0分",
        "不适用，分值不计入总分",
        "不适用，其余得分按比例折算",
    ]


def test_that_undo_brings_the_old_text_back_into_the_field(
    qtbot: QtBot, document: Document, declaration: FormPanel
) -> None:
    widget = retype(qtbot, declaration, "department", "另一部门")
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    document.undo_stack.undo()
    assert isinstance(widget, QLineEdit)
    assert widget.text() == "上海市科学技术委员会"


@pytest.mark.parametrize("form", list(FORMS))
def test_that_every_field_has_a_name_for_a_screen_reader(qtbot: QtBot, document: Document, form: Form) -> None:
    panel = shown_panel(qtbot, document, form)
    nameless = [
        widget
        for widget in children(panel, QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not getattr(widget, "text", str)()
        and widget.parent() is not None
        and not isinstance(widget.parent(), QComboBox)
        and widget.isVisible()
    ]
    assert nameless == []


def test_that_going_to_a_hidden_whole_life_field_shows_it(declaration: FormPanel) -> None:
    assert declaration.focus_field("overall_goal")
    assert field(declaration, "overall_goal").widget.hasFocus()


@pytest.mark.parametrize(
    ("name", "lands"), [("adjusted_total", "adjusted_fiscal_current"), ("executed_total", "executed_fiscal_current")]
)
def test_that_going_to_a_computed_total_leads_to_the_first_amount_to_type(
    evaluation: FormPanel, name: str, lands: str
) -> None:
    field(evaluation, lands).editor.show_text("")
    assert evaluation.focus_field(name)
    assert field(evaluation, lands).widget.hasFocus()


def test_that_a_total_with_all_its_parts_leads_to_the_first_of_them(declaration: FormPanel) -> None:
    for part in ("fiscal_current", "carried_over", "other"):
        field(declaration, part).editor.show_text("1")
    assert declaration.focus_field("total_requested")
    assert field(declaration, "fiscal_current").widget.hasFocus()


def test_that_tab_passes_computed_totals_by(qtbot: QtBot, declaration: FormPanel) -> None:
    field(declaration, "end_date").widget.setFocus()
    qtbot.keyClick(field(declaration, "end_date").widget, Qt.Key.Key_Tab)
    assert field(declaration, "fiscal_current").widget.hasFocus()


def test_that_a_blank_amount_shows_what_it_was_in_the_earlier_year(
    qtbot: QtBot, document: Document, declaration: FormPanel
) -> None:
    open_form(document, Form.DECLARATION)
    here = document.saved_project
    assert here is not None
    ids = iter(document.new_id, "")
    copy = edits.copy_to_year(here, here.year + 1, "next", ids, edits.Targets.KEPT, document.settings)
    assert document.push("复制", edits.add_copies([copy], [], document.settings))
    past = field(declaration, "fiscal_current").widget
    assert isinstance(past, QLineEdit)
    assert past.placeholderText() == past.toolTip() == ""
    amount = past.text()
    document.select_project("next")
    declaration.refresh()
    assert (past.text(), past.placeholderText()) == ("", f"待填，{here.year}年 {amount}")
    document.tell_all()  # what is an error is told at the total
    declaration.refresh()
    assert past.placeholderText() == f"{here.year}年 {amount}"
    total = field(declaration, "total_requested").widget
    assert total.toolTip().endswith("自动计算")
    assert isinstance(total, QLineEdit)
    assert str(here.year) not in total.placeholderText() + total.toolTip()


def test_that_enter_goes_down_a_column_of_amounts_as_in_a_spreadsheet(qtbot: QtBot, evaluation: FormPanel) -> None:
    column = [
        f"{prefix}_{part}" for prefix in ("initial", "adjusted") for part in ("fiscal_current", "carried_over", "other")
    ]
    field(evaluation, column[0]).widget.setFocus()
    for name, following in pairwise(column):
        qtbot.keyClick(field(evaluation, name).widget, Qt.Key.Key_Return)
        assert field(evaluation, following).widget.hasFocus()
