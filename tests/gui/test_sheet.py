"""The sheet: four sections that fold to a line each, which sums them up; fields show every number whole."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QSignalBlocker, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.notify import Tone
from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.main_window import MainWindow
from gui.table.grid import Grid
from gui.table.heights import GridMeasures
from gui.views.cell_field import CellField
from gui.views.form_panel import FormPanel
from gui.views.project_page import LOW_BELOW, FormPage
from gui.views.section_line import Parts, SectionLine
from gui.views.summaries import below_sections
from model import edits
from model.changes import Part, SetField
from model.findings import Place, Severity
from model.forms import CellKind
from model.records import Form, Omission
from storage.store import drafts
from tests.gui.found import children, visible
from tests.gui.window import line_named, open_form, set_line, shown_window

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


@pytest.mark.parametrize("tone", list(Tone))
def test_that_a_message_stands_below_the_form_covers_nothing_and_changes_nothing_of_it(
    qtbot: QtBot, window: MainWindow, tone: Tone
) -> None:
    open_form(window.document, Form.DECLARATION)
    page, strip = window.page.page, window.page.message
    window.resize(1366, window.height() - page.height() + LOW_BELOW + 10)
    QApplication.processEvents()
    assert LOW_BELOW < page.height() < LOW_BELOW + 20
    before = (page.geometry(), page.strip.isVisible())
    window.tell(tone, "磁盘已满，刚才的修改没有保存。")
    qtbot.waitUntil(lambda: page.height() < before[0].height())
    assert (page.geometry().topLeft(), page.strip.isVisible()) == (before[0].topLeft(), before[1])
    assert strip.geometry().top() == window.page.height() - strip.height()
    assert strip.width() == window.page.width()
    assert page.mapTo(window.page, page.rect().bottomLeft()).y() < strip.geometry().top()
    strip.hide()
    qtbot.waitUntil(lambda: page.geometry() == before[0])


def test_that_tab_goes_from_the_tabs_of_the_forms_into_the_form(qtbot: QtBot, window: MainWindow) -> None:
    open_form(window.document, Form.DECLARATION)
    tabs = list(window.page.header.tabs.values())
    tabs[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.page.page.isAncestorOf(focus)


def test_that_facts_of_a_section_are_shown_whole_or_not_at_all(qtbot: QtBot) -> None:
    parts = Parts()
    qtbot.addWidget(parts)
    parts.show_parts(AMOUNTS)
    parts.show()
    for width in (40, 150, 230, 300, 420, 700):
        parts.resize(width, 24)
        told = [AMOUNTS[:count] for count in range(len(AMOUNTS) + 1)]
        left = {" · ".join((*some, f"另有 {len(AMOUNTS) - len(some)} 项")) for some in told[:-1]}
        assert parts.text() in {*left, " · ".join(AMOUNTS)}
        assert parts.toolTip() == ("" if parts.text() == " · ".join(AMOUNTS) else " · ".join(AMOUNTS))


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
    assert "得分 10.00 / 10" in funding
    assert goals.startswith("预期目标 ")
    assert goals.endswith(" 字")
    assert window.page.page.lines.parts.full_text == "15 条 · 已得分 15 条 · 分值合计 100"


def test_that_a_line_that_does_not_apply_is_not_counted_among_those_that_have_a_score(window: MainWindow) -> None:
    document = window.document
    open_form(document, Form.EVALUATION)
    set_line(document, line_named(document, Form.EVALUATION, "系统故障数"), "achievement", Omission.LEFT_OUT.value)
    assert window.page.page.lines.parts.full_text == "15 条 · 已得分 14 条 · 不适用 1 条 · 分值合计 100"


def test_that_one_section_opens_alone_and_stays_open_when_an_indicator_is_gone_to(
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
    assert page.table.hasFocus()
    assert [fold.is_open for fold in page.panel.folds] == [False, False, True]
    view = page.sheet.viewport()
    row = page.table.visualRect(page.table.currentIndex())
    assert row.top() >= 0
    assert page.table.viewport().mapTo(view, row.bottomLeft()).y() < view.height()


def test_that_the_indicators_fold_too_and_come_back_when_one_is_gone_to(qtbot: QtBot, window: MainWindow) -> None:
    open_form(window.document, Form.EVALUATION)
    page = window.page.page
    page.lines.click()
    assert not page.table.isVisible()
    assert page.table not in page.stops
    assert window.document.project is not None
    window.go_to(Place(Form.EVALUATION, "name", window.document.project.indicators(Form.EVALUATION)[0].id))
    assert page.table.isVisible()


def test_that_the_line_of_folded_indicators_counts_what_it_hides(window: MainWindow) -> None:
    open_form(window.document, Form.DECLARATION)
    line = window.page.page.lines
    found = below_sections(window.document.findings, Form.DECLARATION, window.page.page.panel.has_field)
    warnings = sum(one.severity is Severity.WARNING and not one.is_closed for one in found)
    assert warnings > 0
    assert line.warnings.isHidden()
    line.click()
    assert not line.warnings.isHidden()
    assert line.warnings.text() == str(warnings)
    assert f"{warnings} 个警告" in line.accessibleName()


def test_that_the_lines_of_the_sections_count_the_errors_its_tab_tells_open_and_folded(window: MainWindow) -> None:
    open_form(window.document, Form.DECLARATION)
    page, document = window.page.page, window.document
    project = document.saved_project
    assert project is not None
    first = project.indicators(Form.DECLARATION)[0].id
    document.push("清空", edits.set_cell(project, Part.INDICATOR, first, "name", "", document.settings))
    told = [one for one in document.findings if one.severity is Severity.ERROR and one.place.form is Form.DECLARATION]
    for is_open in (True, False):
        page.lines.setChecked(is_open)
        counts = [line.errors.text() for line in (*(fold.line for fold in page.panel.folds), page.lines)]
        assert sum(map(int, filter(None, counts))) == len(told) > 0


def test_that_no_problem_is_chosen_by_reaching_the_line_of_a_section(window: MainWindow) -> None:
    open_form(window.document, Form.DECLARATION)
    panel, page = window.findings_panel, window.page.page
    panel.table.clearSelection()
    page.lines.setFocus()
    assert page.lines.hasFocus()
    assert panel.current() is None
    assert not any(page.is_at(one.place) for one in window.document.findings)


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
        tops.append(focus.mapTo(page, focus.rect().topLeft()).y() + page.sheet.verticalScrollBar().value())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.table
    assert len(tops) > 12
    assert all(after > before - SAME_ROW for before, after in pairwise(tops))


@pytest.mark.parametrize(("form", "width"), [(Form.DECLARATION, 700), (Form.EVALUATION, 700), (Form.EVALUATION, 1100)])
def test_that_a_field_of_money_shows_the_widest_amount_whole(
    qtbot: QtBot, document: Document, form: Form, width: int
) -> None:
    panel = panel_of(qtbot, document, form, width)
    amounts = [
        field for field in panel.funding.fields.values() if field.cell.kind is CellKind.MONEY and field.isVisible()
    ]
    assert len(amounts) >= 4
    for field in amounts:
        assert isinstance(field.widget, QLineEdit)
        field.widget.setText("999,999,999,999.99")
        field.widget.setCursorPosition(0)
        assert field.widget.fontMetrics().horizontalAdvance(field.widget.text()) + 8 <= field.widget.width()
        right = field.widget.mapTo(panel, field.widget.rect().topRight()).x()
        assert right <= panel.width()


def test_that_a_long_goal_grows_and_never_scrolls_by_itself(qtbot: QtBot, document: Document) -> None:
    panel = panel_of(qtbot, document, Form.DECLARATION, 800)
    field: CellField = panel.goals.fields["annual_goal"]
    editor = field.widget
    assert isinstance(editor, QPlainTextEdit)
    editor.setPlainText("完成科技资源共享服务平台的年度运行维护和数据更新，保障用户访问稳定。" * 30)
    qtbot.waitUntil(lambda: editor.height() > 10 * editor.fontMetrics().lineSpacing())
    qtbot.waitUntil(lambda: editor.verticalScrollBar().maximum() == 0)


# One scroll

NOTCH = 120
LONG_GOAL = "完成科技资源共享服务平台的年度运行维护和数据更新，保障用户访问稳定。" * 30


def test_that_no_blank_strip_of_the_grid_that_could_be_a_row_is_left_above_the_totals(window: MainWindow) -> None:
    page, left = window.page.page, set[int]()
    for number, height in ((2, 600), (2, 607), (2, 614), (0, 660), (0, 667), (0, 674)):
        open_form(window.document, Form.DECLARATION, number)
        window.resize(1366, height)
        QApplication.processEvents()
        rows = page.table.verticalHeader()
        end = min(rows.length() - rows.offset(), page.table.viewport().height())
        blank = page.table.viewport().height() - end
        assert blank == 0 or blank >= page.table.painting.cells.row_height
        left.add(page.total.height() - page.total.sizeHint().height())
        theme, seen = page.table.painting.theme, page.total.grab().toImage()
        colors = [seen.pixelColor(2, y).name() for y in range(page.total.height() - 1)]
        assert colors == [
            theme.color("field_border").name(),
            *[theme.color("level1_background").name()] * (len(colors) - 1),
        ]
    assert len(left) > 2


def test_that_the_sheet_is_seen_to_end_where_what_stands_below_it_does(window: MainWindow) -> None:
    page, findings = window.page.page, window.findings_panel
    bar, theme = page.sheet.verticalScrollBar(), page.table.painting.theme
    open_form(window.document, Form.DECLARATION)
    for height in (500, 1400):
        window.resize(1366, height)
        QApplication.processEvents()
        assert bar.mapTo(window, bar.rect().topRight()).x() == findings.mapTo(window, findings.rect().topRight()).x()
        lane = bar.grab().toImage()
        ends = {lane.pixelColor(x, y).name() for x in (0, bar.width() - 1) for y in (1, bar.height() - 2)}
        assert ends == {theme.color("header_background").name()}


def test_that_another_project_opens_at_the_top_of_its_sheet(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1366, 600)
    open_form(window.document, Form.DECLARATION, 1)
    QApplication.processEvents()
    page = window.page.page
    for _ in range(8):
        qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.sheet.verticalScrollBar().value() > 0

    open_form(window.document, Form.DECLARATION, 2)
    QApplication.processEvents()
    assert page.sheet.verticalScrollBar().maximum() > 0
    assert page.sheet.verticalScrollBar().value() == 0


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow) -> FormPage:
    """A form whose goal has a thousand characters, every section open, the keyboard in the table."""
    window.resize(1366, 600)
    open_form(window.document, Form.EVALUATION)
    project = window.document.saved_project
    assert project is not None
    settings = window.document.settings
    goal = edits.set_cell(project, Form.EVALUATION, project.id, "expected_goal", LONG_GOAL, settings)
    window.document.push("目标", goal)
    page = window.page.page
    page.toggle_fields()
    field = page.panel.goals.fields["expected_goal"].widget
    assert isinstance(field, QPlainTextEdit)
    qtbot.waitUntil(lambda: field.height() > 200 and field.verticalScrollBar().maximum() == 0)
    page.table.setFocus(Qt.FocusReason.MouseFocusReason)
    for _ in range(3):
        QApplication.processEvents()
    page.sheet.scroll_to_top()
    return page


def turn_wheel(page: FormPage, notches: int, place: QPoint) -> None:
    """Turn the wheel with the mouse at a place of the sheet, downwards where it is more than 0."""
    at = page.sheet.viewport().mapTo(page.window(), place)
    for _ in range(abs(notches)):
        QTest.wheelEvent(page.window().windowHandle(), QPointF(at), QPoint(0, -NOTCH if notches > 0 else NOTCH))


def screen_top(grid: Grid, row: int) -> int:
    """Where a row stands in the window."""
    return grid.viewport().mapTo(grid.window(), QPoint(0, grid.rowViewportPosition(row))).y()


def test_that_the_wheel_goes_on_from_the_sections_into_the_rows_and_back(opened: FormPage) -> None:
    table, view = opened.table, opened.sheet.viewport()
    middle = view.rect().center()
    assert table.visibleRegion().isEmpty()
    assert [bar for bar in children(opened, QScrollBar) if bar.isVisible()] == [opened.sheet.verticalScrollBar()]
    tops = []
    while opened.panel.geometry().bottom() > 0:
        tops.append(opened.panel.y())
        turn_wheel(opened, 1, middle)
        assert opened.panel.y() < tops[-1]
    assert opened.lines.y() == 0
    assert table.geometry().top() == opened.lines.height()
    assert opened.total.geometry().bottom() == view.rect().bottom()
    turn_wheel(opened, 3, middle)
    assert table.verticalScrollBar().value() > 0
    assert table.horizontalHeader().mapTo(view, QPoint(0, 0)).y() == opened.lines.height()
    turn_wheel(opened, 99, middle)
    assert table.verticalScrollBar().value() == table.verticalScrollBar().maximum()
    turn_wheel(opened, -99, middle)
    assert opened.panel.y() == 0


def top_of(widget: QWidget, view: QWidget) -> int:
    return widget.mapTo(view, QPoint()).y()


def test_that_no_edge_of_the_sheet_cuts_through_a_field_or_a_line_of_text(opened: FormPage) -> None:
    sheet, view = opened.sheet, opened.sheet.viewport()
    bar = sheet.verticalScrollBar()
    for value in range(0, bar.maximum() + 1, 7):
        bar.setValue(value)
        shown = sheet.seen()
        fields = [one for one in children(opened.panel, QLineEdit) if one.isVisible()]
        for field in (*fields, *(fold.line for fold in opened.panel.folds)):
            top = field.mapTo(view, QPoint()).y()
            is_out = top + field.height() <= shown.top() or top > shown.bottom()
            is_in = shown.top() <= top and top + field.height() <= shown.bottom() + 1
            assert is_out or is_in, f"{field.accessibleName()} is cut when scrolled to {value}"
        labels = [one for one in children(opened.panel, QLabel) if one.isVisible() and one.objectName() == "fieldLabel"]
        for label in labels:
            under = [one for one in fields if 0 <= top_of(one, view) - top_of(label, view) - label.height() < 8]
            under = [one for one in under if one.x() <= label.x() <= one.x() + one.width()]
            is_named = shown.top() <= top_of(label, view) and top_of(label, view) + label.height() <= shown.bottom() + 1
            assert not is_named or all(top_of(one, view) + one.height() <= shown.bottom() + 1 for one in under)
        rows = opened.table.viewport().mapTo(view, QPoint()).y()
        tops = [rows + opened.table.rowViewportPosition(row) for row in range(opened.table.model().rowCount())]
        assert not any(
            top <= shown.bottom() < top + 20 for top in tops if opened.total.geometry().bottom() > view.height()
        )


def place_in(widget: QWidget, view: QWidget) -> QRect:
    return QRect(widget.mapTo(view, QPoint()), widget.size())


@pytest.mark.parametrize("form", [Form.DECLARATION, Form.EVALUATION])
def test_that_the_field_a_key_comes_to_is_seen_whole_with_its_label_in_large_text_too(
    qtbot: QtBot, twice: None, window: MainWindow, form: Form
) -> None:
    open_form(window.document, form)
    panel = window.page.page.panel
    panel.set_open(is_open=True)
    view, sheet = window.page.page.sheet.viewport(), window.page.page.sheet
    qtbot.waitUntil(lambda: panel.height() > view.height())
    labels = [one for one in visible(panel, QLabel) if one.objectName() == "fieldLabel"]
    next(visible(panel, QPlainTextEdit)).setFocus(Qt.FocusReason.BacktabFocusReason)
    named = 0
    while isinstance(field := QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
        QApplication.processEvents()
        place, shown = place_in(field, view), sheet.seen()
        assert shown.top() <= place.top()
        assert place.bottom() <= shown.bottom() or isinstance(field, QPlainTextEdit)
        over = [at for one in labels if (at := place_in(one, view)).left() == place.left()]
        over = [at for at in over if 0 <= place.top() - at.bottom() < SAME_ROW]
        assert all(shown.top() <= at.top() for at in over)
        named += len(over)
        qtbot.keyClick(field, Qt.Key.Key_Backtab)
    assert named


def test_that_no_row_goes_out_of_sight_when_the_sections_above_become_one_line(window: MainWindow) -> None:
    open_form(window.document, Form.DECLARATION)
    page = window.page.page
    page.panel.set_open(is_open=False)
    window.resize(1366, window.height() - page.height() + LOW_BELOW + 10)
    QApplication.processEvents()
    page.table.setFocus(Qt.FocusReason.MouseFocusReason)
    bar = page.sheet.verticalScrollBar()
    bar.setValue(page.panel.height() // 2)  # the lines of the sections are half away, no row is
    assert 0 < bar.value() < page.panel.height()
    window.resize(1366, window.height() - page.height() + LOW_BELOW - 20)
    QApplication.processEvents()
    assert page.strip.isVisible()
    assert page.table.verticalScrollBar().value() == 0


def test_that_keys_in_the_table_give_it_room_and_the_cursor_never_leaves_what_is_seen(
    qtbot: QtBot, opened: FormPage
) -> None:
    table, view = opened.table, opened.sheet.viewport()
    opened.panel.folds[0].line.setFocus()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    totals = opened.total.height() - opened.total.sizeHint().height()
    assert table.height() + totals >= table.measures.height_to_work_in
    assert opened.panel.is_open
    for key in (*[Qt.Key.Key_Down] * 14, Qt.Key.Key_Home, *[Qt.Key.Key_Up] * 14):
        qtbot.keyClick(table, key)
        rect = table.visualRect(table.currentIndex())
        top, bottom = (table.viewport().mapTo(view, corner).y() for corner in (rect.topLeft(), rect.bottomLeft()))
        assert opened.lines.height() <= top
        assert bottom < view.height()


def test_that_the_cell_with_the_keyboard_is_seen_when_its_form_is_called_by_key(
    qtbot: QtBot, opened: FormPage, window: MainWindow
) -> None:
    table, sheet = opened.table, opened.sheet
    window.commands["show_declaration"].trigger()
    window.page.page.table.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not table.isVisible()
    sheet.scroll_to_top()
    window.commands["show_evaluation"].trigger()
    assert table.hasFocus()

    def below() -> int:
        """Where the cell ends in what is seen of the sheet."""
        return table.viewport().mapTo(sheet.viewport(), table.visualRect(table.currentIndex()).bottomLeft()).y()

    qtbot.waitUntil(lambda: below() < sheet.viewport().height())


def assert_no_text_is_sliced(page: FormPage) -> None:
    """The first row in view is whole; of the last one whole lines of text are shown, or nothing."""
    table = page.table
    cells, height = table.painting.cells, table.viewport().height()
    first, last = table.rowAt(0), table.rowAt(height - 1)
    assert table.rowViewportPosition(first) == 0
    part = height - table.rowViewportPosition(last)
    text = part - (cells.row_height - 1 - cells.line_height) // 2
    assert text >= cells.line_height
    assert part == table.rowHeight(last) or text % cells.line_height < cells.row_height - cells.line_height


@pytest.mark.parametrize("height", [600, 611, 622])
def test_that_the_first_row_in_view_is_whole_and_the_totals_cut_no_line_of_text(
    qtbot: QtBot, opened: FormPage, height: int
) -> None:
    table, view = opened.table, opened.sheet.viewport()
    opened.window().resize(1366, height)
    table.setFocus(Qt.FocusReason.TabFocusReason)
    last = table.rows.rowCount() - 1
    for key in (*[Qt.Key.Key_Down] * last, *[Qt.Key.Key_Up] * last, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown):
        qtbot.keyClick(table, key)
        assert_no_text_is_sliced(opened)
        assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))
        assert opened.total.geometry().top() == table.geometry().bottom() + 1
        assert opened.total.geometry().bottom() == view.rect().bottom()
    for notches in (-2, 1, 1, 9):
        turn_wheel(opened, notches, view.rect().center())
        assert opened.panel.geometry().bottom() >= 0 or table.rowViewportPosition(table.rowAt(0)) == 0
    assert table.rowAt(table.viewport().height() - 1) == last, "the wheel leads to the end"
    opened.sheet.verticalScrollBar().setValue(opened.sheet.verticalScrollBar().maximum() - 7)
    assert table.rowViewportPosition(table.rowAt(0)) == 0


def test_that_rows_stay_where_they_are_seen_when_the_table_scrolls_by_itself(opened: FormPage) -> None:
    table, bar = opened.table, opened.sheet.verticalScrollBar()
    bar.setValue(opened.panel.height() - 200)
    table.verticalScrollBar().setValue(20)  # in the look another test may have left, the labels settle only now
    before = screen_top(table, 5)
    table.verticalScrollBar().setValue(60)  # as a table does to show its cursor
    assert screen_top(table, 5) == before - 60
    assert table.verticalScrollBar().value() == 0
    assert opened.panel.y() == -bar.value()


def test_that_a_section_that_grows_out_of_sight_moves_no_row(qtbot: QtBot, opened: FormPage) -> None:
    opened.sheet.verticalScrollBar().setValue(opened.panel.height() + 40)
    before, height = screen_top(opened.table, 5), opened.panel.height()
    opened.panel.folds[0].set_open(is_open=False)
    qtbot.waitUntil(lambda: opened.panel.height() < height)
    assert screen_top(opened.table, 5) == before


def test_that_the_line_typed_in_stays_in_sight(qtbot: QtBot, opened: FormPage) -> None:
    view = opened.sheet.viewport()
    goal = opened.panel.goals.fields["expected_goal"].widget
    assert isinstance(goal, QPlainTextEdit)
    goal.setFocus()

    def caret_is_seen() -> bool:
        top = goal.viewport().mapTo(view, goal.cursorRect().topLeft()).y()
        return 0 <= top <= view.height() - goal.cursorRect().height()

    qtbot.waitUntil(caret_is_seen)
    qtbot.keyClick(goal, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    for _ in range(5):
        qtbot.keyClick(goal, Qt.Key.Key_Return)
        qtbot.waitUntil(caret_is_seen)


def test_that_the_line_above_the_table_is_seen_whole_when_the_keyboard_comes_to_it(opened: FormPage) -> None:
    line, view = opened.lines, opened.sheet.viewport()
    opened.panel.folds[0].line.setFocus(Qt.FocusReason.TabFocusReason)
    opened.sheet.scroll_to_top()
    line.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    seen = line.visibleRegion().boundingRect()
    assert (seen.width(), seen.height()) == (line.width(), line.height())
    assert line.mapTo(view, line.rect().bottomLeft()).y() < view.height()


def test_that_f6_shows_the_section_it_stops_at(opened: FormPage) -> None:
    view = opened.sheet.viewport()
    for fold in (*opened.panel.folds, opened.panel.folds[0]):
        fold.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        top = fold.mapTo(view, QPoint(0, 0)).y()
        assert 0 <= top < view.height() - fold.line.height()
        assert not fold.body.visibleRegion().isEmpty()


def test_that_no_line_is_cut_by_the_totals_when_the_bar_that_scrolls_sideways_comes_and_goes(
    window: MainWindow,
) -> None:
    open_form(window.document, Form.DECLARATION, 2)
    sheet, table = window.page.page.sheet, window.page.page.table
    bar = table.horizontalScrollBar()
    for height in range(600, 626, 5):
        window.resize(1366, height)
        QApplication.processEvents()
        given = table.height()
        table.resize(table.width(), 62)  # as it is while a project opens, with a bar it does not need in its place
        with QSignalBlocker(bar):
            bar.setRange(0, 50)
        sheet.arrange()
        assert bar.maximum() == 0
        assert table.height() == given


def test_that_no_line_is_cut_by_the_totals_when_the_bar_comes_with_one_placing_and_goes_with_the_next(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_form(window.document, Form.DECLARATION, 2)
    sheet, table = window.page.page.sheet, window.page.page.table
    given, around = table.height(), table.measures.height_around
    later, beside = [11, 0], [0]

    def place(grid: Grid, *where: int) -> None:
        QWidget.setGeometry(grid, *where)
        if later:
            beside[0] = later.pop(0)

    monkeypatch.setattr(Grid, "setGeometry", place)
    monkeypatch.setattr(GridMeasures, "height_around", property(lambda _measures: around + beside[0]))
    sheet.arrange()
    assert not later
    assert table.height() == given


def test_that_merged_cells_reach_as_far_as_is_seen_whatever_message_comes_with_a_file(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, given_store, (911, 459))
    open_form(window.document, Form.DECLARATION)
    project = window.document.saved_project
    assert project is not None
    window.document.close_store()
    goal = "面向科研人员和中小企业宣传研发公共服务平台，全年组织线上线下推广活动"
    typed = SetField(project.id, Form.DECLARATION, project.id, "annual_goal", "", goal)
    drafts.write(given_store, (drafts.Draft(project.id, (typed,)),))
    assert window.files.open(given_store)
    open_form(window.document, Form.DECLARATION)
    for _ in range(4):
        QApplication.processEvents()
    table, sheet = window.page.page.table, window.page.page.sheet
    lowest = min(
        table.viewport().height(), table.viewport().mapFrom(sheet.viewport(), sheet.seen().bottomLeft()).y() + 1
    )
    assert table.places.in_sight().height() == lowest
