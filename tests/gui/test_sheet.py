"""The sheet: four sections that fold to a line each, which sums them up; fields show every number whole."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.main_window import MainWindow
from gui.views.cell_field import CellField
from gui.views.form_panel import FormPanel
from gui.views.section_line import Parts, SectionLine
from model.findings import Place
from model.records import Form
from tests.gui.window import open_form, shown_window

SAME_ROW = 6
"""Pixels by which fields of one row may differ."""
AMOUNTS = ("年初预算数 999,999,999,999.99", "全年预算数 999,999,999,999.99")


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, given_store: Path) -> MainWindow:
    return shown_window(qtbot, tmp_path, given_store, (1366, 689))


def panel_of(qtbot: QtBot, document: Document, form: Form, width: int) -> FormPanel:
    open_form(document, form)
    panel = FormPanel(document, form, Appearance())
    qtbot.addWidget(panel)
    panel.set_open(is_open=True)
    panel.resize(width, 900)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def test_that_facts_of_a_section_are_shown_whole_or_not_at_all(qtbot: QtBot) -> None:
    parts = Parts()
    qtbot.addWidget(parts)
    parts.show_parts(AMOUNTS)
    parts.show()
    for width in (40, 150, 230, 300, 420, 700):
        parts.resize(width, 24)
        shown = parts.text().removesuffix(" · …")
        assert shown in {"…", AMOUNTS[0], " · ".join(AMOUNTS)}
        assert parts.toolTip() == ("" if shown == " · ".join(AMOUNTS) else " · ".join(AMOUNTS))


def test_that_enter_and_arrows_fold_a_section_and_its_name_says_so(qtbot: QtBot) -> None:
    line = SectionLine("二 项目资金（元）", Appearance())
    qtbot.addWidget(line)
    line.show_summary(AMOUNTS[:1], 2)
    assert line.accessibleName() == f"二 项目资金（元），已收起，{AMOUNTS[0]}，2 个错误"
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.isChecked()
    assert "已展开" in line.accessibleName()
    qtbot.keyClick(line, Qt.Key.Key_Left)
    assert not line.isChecked()


def test_that_the_lines_of_a_folded_sheet_sum_it_up(window: MainWindow) -> None:
    open_form(window.document, Form.EVALUATION)
    basic, funding, goals = (fold.line.parts.full_text for fold in window.page.page.panel.folds)
    assert basic.startswith("主管部门 上海市科学技术委员会")
    assert "执行率 100.00%" in funding
    assert "得分 10 / 10" in funding
    assert goals.startswith("预期目标 ")
    assert goals.endswith(" 字")
    assert window.page.page.lines.parts.full_text == "15 条 · 已得分 15 条 · 分值合计 100"


def test_that_one_section_opens_alone_and_the_table_folds_it_when_it_is_in_the_way(
    qtbot: QtBot, window: MainWindow
) -> None:
    open_form(window.document, Form.EVALUATION)
    page = window.page.page
    assert window.document.project is not None
    line = window.document.project.indicators(Form.EVALUATION)[0]
    goals = page.panel.folds[2]
    goals.line.setFocus()
    qtbot.keyClick(goals.line, Qt.Key.Key_Space)
    assert [fold.is_open for fold in page.panel.folds] == [False, False, True]
    window.go_to(Place(Form.EVALUATION, "name", line.id))
    qtbot.waitUntil(lambda: not page.panel.is_open)
    assert page.table.hasFocus()


def test_that_the_indicators_fold_too_and_come_back_when_one_is_gone_to(qtbot: QtBot, window: MainWindow) -> None:
    open_form(window.document, Form.EVALUATION)
    page = window.page.page
    page.lines.click()
    assert not page.table.isVisible()
    assert page.table not in page.stops
    assert window.document.project is not None
    window.go_to(Place(Form.EVALUATION, "name", window.document.project.indicators(Form.EVALUATION)[0].id))
    assert page.table.isVisible()


def test_that_a_low_window_has_one_line_for_folded_sections_until_they_are_wanted(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, given_store, (911, 459))
    open_form(window.document, Form.EVALUATION)
    page = window.page.page
    assert page.strip.isVisible()
    assert not page.panel.isVisible()
    page.strip.button.click()
    assert page.panel.is_open
    assert not page.strip.isVisible()
    page.toggle_fields()
    assert page.strip.isVisible()
    assert page.table.hasFocus()


def test_that_tab_goes_through_the_sheet_from_top_to_bottom(qtbot: QtBot, window: MainWindow) -> None:
    open_form(window.document, Form.EVALUATION)
    page = window.page.page
    page.toggle_fields()
    qtbot.waitUntil(lambda: page.panel.funding.height() > 100)
    tops: list[int] = []
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus is page.table:
            break
        tops.append(focus.mapTo(page, focus.rect().topLeft()).y() + page.panel.verticalScrollBar().value())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.table
    assert len(tops) > 12
    assert all(after > before - SAME_ROW for before, after in pairwise(tops))


@pytest.mark.parametrize(("form", "width"), [(Form.DECLARATION, 700), (Form.EVALUATION, 700), (Form.EVALUATION, 1100)])
def test_that_a_field_of_money_shows_the_widest_amount_whole(
    qtbot: QtBot, document: Document, form: Form, width: int
) -> None:
    panel = panel_of(qtbot, document, form, width)
    for name, field in panel.funding.fields.items():
        if not isinstance(field.widget, QLineEdit) or name == "execution_points" or not field.isVisible():
            continue
        field.widget.setText("999,999,999,999.99")
        field.widget.setCursorPosition(0)
        assert field.widget.fontMetrics().horizontalAdvance(field.widget.text()) + 8 <= field.widget.width()
        right = field.widget.mapTo(panel.viewport(), field.widget.rect().topRight()).x()
        assert right <= panel.viewport().width()


def test_that_a_long_goal_grows_and_never_scrolls_by_itself(qtbot: QtBot, document: Document) -> None:
    panel = panel_of(qtbot, document, Form.DECLARATION, 800)
    field: CellField = panel.goals.fields["annual_goal"]
    editor = field.widget
    assert isinstance(editor, QPlainTextEdit)
    editor.setPlainText("完成科技资源共享服务平台的年度运行维护和数据更新，保障用户访问稳定。" * 30)
    qtbot.waitUntil(lambda: editor.height() > 10 * editor.fontMetrics().lineSpacing())
    qtbot.waitUntil(lambda: editor.verticalScrollBar().maximum() == 0)
