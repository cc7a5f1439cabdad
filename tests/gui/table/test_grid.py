"""The table under the hands of a clerk who knows Excel: every test drives it by keys, an input method or the mouse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QMimeData, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QHelpEvent, QImage, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QMessageBox, QToolTip
from pytestqt.qtbot import QtBot

from gui.desk.focus import FRAME
from gui.desk.menu_place import place_of_menu
from gui.desk.theme import Theme
from gui.document.document import Document
from gui.table.columns import column_of, columns_of
from gui.table.editors import NumberEditor, TextEditor
from gui.table.grid import Grid
from gui.table.rows import RowKind
from gui.table.suggestions import Choice
from model.errors import UserError
from model.findings import Place
from model.records import Form
from storage.store.sqlite import Store
from tests.gui.found import children
from tests.gui.hands import (
    QUALITY,
    SOCIAL,
    at,
    clipboard_text,
    compose,
    ctrl,
    declared,
    document_of,
    editor_of,
    evaluated,
    evaluated_line,
    evaluated_lines_of,
    hand,
    in_file,
    line,
    lines_of,
    press,
    put_on_clipboard,
    shown_table,
    type_text,
    where,
)

SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier

Desk = tuple[Document, Grid]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """A declaration of four lines under two levels, under the eyes of Qt's model tester."""
    lines = (
        line("a", name="巡检次数", target_text="≥12.00(次)"),
        line("b", name="培训场次", target_text="≥2.00(场)"),
        line("c", QUALITY, name="合格率", target_text="≥95.00(%)"),
        line("d", QUALITY, name="完好率", target_text="=100.00(%)"),
    )
    with document_of(tmp_path / "申报.jixiao", declared(*lines)) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        tester = QAbstractItemModelTester(table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
        yield document, table
        del tester


@pytest.fixture
def scored(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """A self-evaluation of three lines, the last of which a person has to judge."""
    lines = (
        evaluated_line("a", name="巡检次数", target_text=">=10次", actual_text="10次", points="30"),
        evaluated_line("b", name="培训场次", target_text=">=2场", actual_text="2场", points="30"),
        evaluated_line("c", SOCIAL, name="长效管理制度", target_text="完善", actual_text="制定了应急预案", points="30"),
    )
    with document_of(tmp_path / "自评.jixiao", evaluated(*lines)) as document:
        document.set_form(Form.EVALUATION)
        table = shown_table(qtbot, document, Form.EVALUATION)
        tester = QAbstractItemModelTester(table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
        yield document, table
        del tester


# Moving


def test_that_arrows_move_from_line_to_line_over_the_edges_of_levels(desk: Desk) -> None:
    _, table = desk
    at(table, "b", "target_text")
    press(table, Qt.Key.Key_Down)
    assert where(table) == ("c", "target_text")
    press(table, Qt.Key.Key_Up)
    press(table, Qt.Key.Key_Left)
    assert where(table) == ("b", "name")


def test_that_arrows_go_by_rows_over_merged_levels_and_come_back_to_the_line_they_left(desk: Desk) -> None:
    _, table = desk
    at(table, "b")
    press(table, Qt.Key.Key_Left)
    press(table, Qt.Key.Key_Left)
    assert where(table) == ("b", "level1")
    press(table, Qt.Key.Key_Down)
    assert where(table) == ("c", "level1")
    press(table, Qt.Key.Key_Right)
    press(table, Qt.Key.Key_Right)
    assert where(table) == ("c", "name")


def test_that_a_first_level_folds_to_one_row_by_key_and_opens_again(desk: Desk) -> None:
    _, table = desk
    at(table, "c", "target_text")
    press(table, Qt.Key.Key_Left, ALT | SHIFT)
    assert where(table) == ("产出指标", "target_text")
    assert not table.rows.index_of("a").isValid()
    assert table.rows.line_ids() == ("a", "b", "c", "d")
    press(table, Qt.Key.Key_Right, ALT | SHIFT)
    assert where(table) == ("a", "target_text")
    assert table.rows.index_of("d").isValid()


def test_that_a_click_on_the_arrow_of_a_level_folds_and_opens_it(qtbot: QtBot, scored: Desk) -> None:
    _, table = scored
    for is_open in (False, True):
        seen = table.places.cell_rect(table.rows.index_of_level("产出指标").siblingAtColumn(0))
        place = table.painting.arrow_rect(seen).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert table.rows.index_of("a").isValid() is is_open


def test_that_a_folded_level_keeps_its_subtotals_and_says_how_much_it_hides(scored: Desk) -> None:
    _, table = scored
    at(table, "a")
    press(table, Qt.Key.Key_Left, ALT | SHIFT)
    row = table.currentIndex().row()
    texts = [str(table.rows.index(row, column).data()) for column in sorted(table.headings.shown)]
    assert texts[0] == "产出指标"
    assert texts[2].startswith("2 条已收起")
    assert (texts[-3], texts[-2]) == ("60", "60.00")


def test_that_home_end_and_their_ctrl_forms_go_to_the_edges(desk: Desk) -> None:
    _, table = desk
    at(table, "b")
    press(table, Qt.Key.Key_End)
    assert where(table) == ("b", "target_text")
    press(table, Qt.Key.Key_Home)
    assert where(table) == ("b", "name")
    press(table, Qt.Key.Key_Home)
    assert where(table) == ("b", "level1")
    ctrl(table, Qt.Key.Key_End)
    assert table.currentIndex().row() == table.rows.rowCount() - 2
    ctrl(table, Qt.Key.Key_Home)
    assert (table.currentIndex().row(), where(table)[1]) == (0, "name")


def test_that_tab_goes_on_to_the_next_line_and_enter_returns_to_where_the_run_began(scored: Desk) -> None:
    _, table = scored
    at(table, "a", "actual_text")
    press(table, Qt.Key.Key_Tab)
    press(table, Qt.Key.Key_Tab)
    assert where(table) == ("a", "score")
    press(table, Qt.Key.Key_Return)
    assert where(table) == ("b", "actual_text")
    press(table, Qt.Key.Key_Backtab, SHIFT)
    assert where(table) == ("b", "target_text")


def test_that_tab_wraps_over_the_edge_of_a_level(desk: Desk) -> None:
    _, table = desk
    at(table, "b", "target_text")
    press(table, Qt.Key.Key_Tab)
    assert where(table) == ("c", "name")
    press(table, Qt.Key.Key_Backtab, SHIFT)
    assert where(table) == ("b", "target_text")


def test_that_enter_forgets_the_run_after_an_arrow(scored: Desk) -> None:
    _, table = scored
    at(table, "a", "target_text")
    press(table, Qt.Key.Key_Tab)
    press(table, Qt.Key.Key_Right)
    press(table, Qt.Key.Key_Return)
    assert where(table) == ("b", "points")
    press(table, Qt.Key.Key_Return, SHIFT)
    assert where(table) == ("a", "points")


def test_that_the_cursor_stays_at_the_ends_of_the_table(desk: Desk) -> None:
    _, table = desk
    ctrl(table, Qt.Key.Key_End)
    press(table, Qt.Key.Key_Down)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_PageDown):
        press(table, key)
        assert where(table)[0] == "new"


def test_that_page_keys_go_as_far_as_the_table_is_high(qtbot: QtBot, tmp_path: Path) -> None:
    lines = tuple(line(f"n{number}", target_text="1") for number in range(40))
    with document_of(tmp_path / "长.jixiao", declared(*lines)) as document:
        table = shown_table(qtbot, document, Form.DECLARATION, (600, 320))
        at(table, "n0", "target_text")
        press(table, Qt.Key.Key_PageDown)
        first = int(where(table)[0].removeprefix("n"))
        assert 5 < first < 20
        press(table, Qt.Key.Key_PageDown)
        assert int(where(table)[0].removeprefix("n")) > first + 5
        press(table, Qt.Key.Key_PageUp)
        assert where(table) == (f"n{first}", "target_text")


def test_that_shift_and_arrows_select_a_block_of_lines(desk: Desk) -> None:
    _, table = desk
    at(table, "b")
    press(table, Qt.Key.Key_Down, SHIFT)
    press(table, Qt.Key.Key_Right, SHIFT)
    assert table.block.ids == ("b", "c")
    assert table.block.fields == ("name", "target_text")
    press(table, Qt.Key.Key_Down)
    assert len(table.block.ids) <= 1


def test_that_ctrl_a_selects_every_cell_of_every_line(desk: Desk) -> None:
    _, table = desk
    at(table, "a")
    ctrl(table, Qt.Key.Key_A)
    assert table.block.ids == ("a", "b", "c", "d")
    assert table.block.fields == ("name", "target_text")


def test_that_the_line_the_cursor_is_on_is_told(qtbot: QtBot, desk: Desk) -> None:
    _, table = desk
    at(table, "a")
    with qtbot.waitSignal(table.line_selected) as told:
        press(table, Qt.Key.Key_Down)
    assert told.args == ["b"]
    with qtbot.assertNotEmitted(table.line_selected):
        press(table, Qt.Key.Key_Right)


def test_that_going_to_a_place_opens_its_level_and_takes_the_focus(desk: Desk) -> None:
    _, table = desk
    at(table, "a")
    press(table, Qt.Key.Key_Left, ALT | SHIFT)
    table.go_to(Place(Form.DECLARATION, "target_text", "d"))
    assert where(table) == ("d", "target_text")
    assert table.visualRect(table.currentIndex()).isValid()
    assert table.hasFocus()


@pytest.mark.parametrize("level", ["成本指标", "生态效益指标", "满意度指标"])
def test_that_going_to_a_level_without_a_line_shows_it_and_puts_the_cursor_there(desk: Desk, level: str) -> None:
    _, table = desk
    table.go_to(Place(Form.DECLARATION, level=level))
    row = table.rows.row(table.currentIndex())
    assert row is not None
    assert (row.kind, level in row.levels) == (RowKind.VACANT, True)
    assert table.hasFocus()


def test_that_a_place_about_a_level_is_the_level_of_its_line(desk: Desk) -> None:
    _, table = desk
    table.go_to(Place(Form.DECLARATION, "level2", "c"))
    assert where(table) == ("c", "level2")


# Typing


def test_that_typing_replaces_and_enter_saves_one_step_and_goes_down(desk: Desk) -> None:
    document, table = desk
    at(table, "a", "target_text")
    type_text(table, ">=20次")
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["a"].target_text == ">=20次"
    assert in_file(document) == document.saved_project
    assert (document.undo_stack.count(), document.undo_stack.undoText()) == (2, "修改年度指标值")
    assert where(table) == ("b", "target_text")
    assert editor_of(table) is None


def test_that_f2_continues_at_the_end_of_what_is_there(desk: Desk) -> None:
    document, table = desk
    at(table, "a")
    press(table, Qt.Key.Key_F2)
    type_text(table, "（全年）")
    press(table, Qt.Key.Key_Tab)
    assert lines_of(document)["a"].name == "巡检次数（全年）"
    assert where(table) == ("a", "target_text")


def test_that_escape_drops_what_was_typed(desk: Desk) -> None:
    document, table = desk
    at(table, "a")
    type_text(table, "别的")
    assert document.has_draft
    press(table, Qt.Key.Key_Escape)
    assert not document.has_draft
    assert lines_of(document)["a"].name == "巡检次数"
    assert document.undo_stack.count() == 1
    assert (editor_of(table), where(table)) == (None, ("a", "name"))


def test_that_leaving_a_cell_unchanged_makes_no_step(desk: Desk) -> None:
    document, table = desk
    at(table, "a")
    press(table, Qt.Key.Key_F2)
    press(table, Qt.Key.Key_Return)
    assert document.undo_stack.count() == 1


def test_that_a_fault_of_a_text_is_told_when_it_is_left_and_goes_as_soon_as_it_is_mended(desk: Desk) -> None:
    document, table = desk

    def rules() -> set[str]:
        return {finding.rule for finding in document.findings if finding.place.indicator_id == "a"}

    at(table, "a", "target_text")
    type_text(table, ">=")
    assert "VAL-002" not in rules()
    press(table, Qt.Key.Key_Return)
    assert "VAL-002" in rules()
    at(table, "a", "target_text")
    type_text(table, "20次")
    assert "VAL-002" not in rules()
    assert in_file(document).indicators(Form.DECLARATION)[0].target_text == ">="


def test_that_the_score_follows_every_keystroke(scored: Desk) -> None:
    document, table = scored
    at(table, "a", "actual_text")
    type_text(table, "9")
    assert document.score is not None
    assert document.score.lines[0].score == 27
    shown = table.rows.index_of("a", "score").data()
    assert shown == "27.00"


def test_that_nonsense_is_kept_as_typed_and_marked(scored: Desk) -> None:
    document, table = scored
    at(table, "a", "points")
    type_text(table, "3O分")
    press(table, Qt.Key.Key_Return)
    assert evaluated_lines_of(document)["a"].points == "3O分"
    assert any(finding.place.field == "points" for finding in document.findings)


def test_that_a_typed_value_is_shown_as_it_will_print(desk: Desk) -> None:
    _, table = desk
    at(table, "a", "target_text")
    type_text(table, ">=90%")
    assert table.suggestion_panel.preview_text == "打印为  ≥90.00(%)"
    assert table.suggestion_panel.isVisible()
    press(table, Qt.Key.Key_Return)
    assert not table.suggestion_panel.isVisible()
    assert table.rows.index_of("a", "target_text").data() == "≥90.00(%)"


def test_that_a_value_in_words_is_shown_as_it_will_print_and_kept_as_it_was_typed(desk: Desk) -> None:
    document, table = desk
    at(table, "a", "target_text")
    type_text(table, "不少于3万个")
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["a"].target_text == "不少于3万个"
    assert table.rows.index_of("a", "target_text").data() == "≥3.00(万个)"


def test_that_a_unit_can_be_taken_from_the_list(desk: Desk) -> None:
    document, table = desk
    at(table, "a", "target_text")
    type_text(table, "≤3个工")
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Return)
    assert hand(table) is editor_of(table)
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["a"].target_text == "≤3个工作日"


def test_that_clicking_a_suggestion_takes_it_and_keeps_typing(qtbot: QtBot, tmp_path: Path) -> None:
    with document_of(tmp_path / "单位.jixiao", declared(line("a"))) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        at(table, "a", "target_text")
        type_text(table, ">=5个工")
        table.suggestion_panel.chosen.emit(Choice(">=5个工作日"))
        editor = editor_of(table)
        assert editor is not None
        assert editor.text() == ">=5个工作日"
        assert document.project is not None
        assert document.project.indicators(Form.DECLARATION)[0].target_text == ">=5个工作日"


def test_that_an_input_method_composes_inside_the_cell(desk: Desk) -> None:
    document, table = desk
    at(table, "a")
    compose(table, "xun")
    editor = editor_of(table)
    assert isinstance(editor, TextEditor)
    assert editor.parent() is table.viewport()
    assert editor.window() is table.window()
    assert not document.has_draft
    compose(table, "xun'jian")
    compose(table, "", "巡检")
    assert editor.text() == "巡检"
    assert document.has_draft
    compose(editor, "ci")
    press(table, Qt.Key.Key_Return)
    assert editor_of(table) is editor
    compose(editor, "", "次")
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["a"].name == "巡检次"


def test_that_a_composition_begun_in_the_grid_goes_on_there_until_it_comes_to_a_text(desk: Desk) -> None:
    """An input method that is given another widget in the middle forgets the letters it has."""
    document, table = desk
    at(table, "a")
    for preedit in ("c", "ce", "ce'shi"):
        compose(table, preedit)
        assert table.hasFocus()
        assert editor_of(table) is not None
    compose(table, "", "测试")
    editor = editor_of(table)
    assert editor is not None
    assert editor.hasFocus()
    assert editor.text() == "测试"
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["a"].name == "测试"


def test_that_a_click_elsewhere_ends_a_composition_in_its_cell(desk: Desk) -> None:
    document, table = desk
    at(table, "a")
    compose(table, "ce")
    place = table.visualRect(table.rows.index_of("b", "target_text")).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert editor_of(table) is None
    assert where(table) == ("b", "target_text")
    assert lines_of(document)["a"].name == "巡检次数"


def test_that_a_composition_that_is_given_up_leaves_the_old_text(desk: Desk) -> None:
    document, table = desk
    at(table, "a")
    compose(table, "xun")
    compose(table, "")
    editor = editor_of(table)
    assert editor is not None
    assert editor.text() == "巡检次数"
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["a"].name == "巡检次数"
    assert document.undo_stack.count() == 1


def test_that_numbers_are_typed_in_one_line_and_words_in_growing_text(scored: Desk) -> None:
    _, table = scored
    at(table, "a", "points")
    press(table, Qt.Key.Key_F2)
    assert isinstance(editor_of(table), NumberEditor)
    press(table, Qt.Key.Key_Escape)
    at(table, "a", "deviation_reason")
    press(table, Qt.Key.Key_F2)
    assert isinstance(editor_of(table), TextEditor)


def test_that_a_row_grows_while_a_reason_is_typed_and_pushes_the_next_one_down(scored: Desk) -> None:
    _, table = scored
    at(table, "a", "deviation_reason")
    low = table.visualRect(table.rows.index_of("b")).top()
    type_text(table, "两件跨部门工单顺延至次年一月办结，已建立督办台账，并落实到人，逐月通报进度。")
    QApplication.processEvents()
    editor = editor_of(table)
    assert editor is not None
    assert table.visualRect(table.rows.index_of("b")).top() > low
    assert editor.geometry().bottom() <= table.visualRect(table.rows.index_of("b")).top()
    assert isinstance(editor, TextEditor)
    assert editor.verticalScrollBar().value() == 0


def test_that_rows_get_lower_when_the_table_gets_wider(qtbot: QtBot, tmp_path: Path) -> None:
    text = "两件跨部门工单顺延至次年一月办结，已建立督办台账，并落实到人，逐月通报进度。" * 3
    with document_of(tmp_path / "宽.jixiao", evaluated(evaluated_line("a", deviation_reason=text))) as document:
        table = shown_table(qtbot, document, Form.EVALUATION, (900, 600))
        index = table.rows.index_of("a")
        high = table.visualRect(index).height()
        table.resize(1600, 600)
        qtbot.waitUntil(lambda: table.visualRect(index).height() < high)


def test_that_the_columns_fill_the_width_and_keep_the_width_one_was_dragged_to(scored: Desk) -> None:
    _, table = scored
    header = table.horizontalHeader()
    assert sum(header.sectionSize(n) for n in range(header.count())) == table.viewport().width()
    header.resizeSection(0, 120)
    assert sum(header.sectionSize(n) for n in range(header.count())) == table.viewport().width()
    table.resize(1400, 600)
    QApplication.processEvents()
    assert sum(header.sectionSize(n) for n in range(header.count())) == table.viewport().width()
    assert header.sectionSize(0) == 120


def test_that_clicking_elsewhere_saves_what_was_typed(qtbot: QtBot, desk: Desk) -> None:
    document, table = desk
    at(table, "a")
    type_text(table, "新的名称")
    rect = table.visualRect(table.rows.index_of("c", "target_text"))
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert lines_of(document)["a"].name == "新的名称"
    assert where(table) == ("c", "target_text")


def test_that_text_that_cannot_be_saved_stays_in_the_open_editor(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, table = desk

    def refuse(*_: object, **__: object) -> None:
        raise UserError("磁盘已满，没有保存。")

    at(table, "a")
    with monkeypatch.context() as full:
        full.setattr(Store, "apply", refuse)
        type_text(table, "不能丢的名称")
        press(table, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: editor_of(table) is not None)
    editor = editor_of(table)
    assert editor is not None
    assert editor.text() == "不能丢的名称"
    assert where(table) == ("a", "name")
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["a"].name == "不能丢的名称"


def test_that_undo_of_a_cell_keeps_cursor_expansion_and_scroll(qtbot: QtBot, tmp_path: Path) -> None:
    lines = tuple(line(f"n{number}", target_text="1") for number in range(40))
    with document_of(tmp_path / "长.jixiao", declared(*lines)) as document:
        table = shown_table(qtbot, document, Form.DECLARATION, (600, 320))
        at(table, "n30", "target_text")
        type_text(table, "9")
        press(table, Qt.Key.Key_Escape)
        type_text(table, "8")
        press(table, Qt.Key.Key_Tab)
        scroll = table.verticalScrollBar().value()
        document.undo_stack.undo()
        assert scroll > 0
        assert table.verticalScrollBar().value() == scroll
        assert where(table) == ("n31", "name")


# Lines


def test_that_ctrl_enter_adds_a_line_below_and_types_its_name(desk: Desk) -> None:
    document, table = desk
    at(table, "a", "target_text")
    ctrl(table, Qt.Key.Key_Return)
    type_text(table, "新指标")
    press(table, Qt.Key.Key_Tab)
    type_text(table, ">=3次")
    press(table, Qt.Key.Key_Return)
    added = list(lines_of(document).values())[1]
    assert (added.name, added.target_text, added.level2) == ("新指标", ">=3次", "数量指标")
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert list(lines_of(document)) == ["a", "b", "c", "d"]


def test_that_escape_takes_a_new_line_back_as_if_it_had_never_been(desk: Desk) -> None:
    document, table = desk
    at(table, "a")
    ctrl(table, Qt.Key.Key_Return)
    type_text(table, "说不定")
    press(table, Qt.Key.Key_Escape)
    assert (document.undo_stack.count(), document.has_draft) == (1, False)
    assert table.rows.line_ids() == ("a", "b", "c", "d")


def test_that_ctrl_enter_while_typing_saves_first(desk: Desk) -> None:
    document, table = desk
    at(table, "a")
    type_text(table, "改过的")
    ctrl(table, Qt.Key.Key_Return)
    assert lines_of(document)["a"].name == "改过的"
    assert len(table.rows.line_ids()) == 5
    assert editor_of(table) is not None


def test_that_a_first_line_is_added_under_the_level_the_cursor_is_on(qtbot: QtBot, tmp_path: Path) -> None:
    with document_of(tmp_path / "空.jixiao", declared()) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        ctrl(table, Qt.Key.Key_Home)
        for _ in range(3):
            press(table, Qt.Key.Key_Down)
        assert where(table) == ("时效指标", "name")
        ctrl(table, Qt.Key.Key_Return)
        type_text(table, "按时完成")
        press(table, Qt.Key.Key_Return)
        (only,) = lines_of(document).values()
        assert (only.level1, only.level2, only.name) == ("产出指标", "时效指标", "按时完成")


def test_that_a_new_form_begins_with_a_row_for_each_level_the_rules_ask_for(qtbot: QtBot, tmp_path: Path) -> None:
    with document_of(tmp_path / "空.jixiao", declared()) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        assert [row.levels[1] for row in table.rows.rows] == [
            "经济成本指标",
            "数量指标",
            "质量指标",
            "时效指标",
            "经济效益指标",
            "服务对象满意度指标",
        ]
        for name in ("维护成本", "巡检次数"):
            type_text(table, name)
            press(table, Qt.Key.Key_Return)
        assert [(one.level2, one.name) for one in lines_of(document).values()] == [
            ("经济成本指标", "维护成本"),
            ("数量指标", "巡检次数"),
        ]
        assert document.undo_stack.count() == 3
        assert where(table) == ("质量指标", "name")


def test_that_typing_below_the_last_line_begins_another_one_of_its_level(scored: Desk) -> None:
    document, table = scored
    at(table, "c", "target_text")
    press(table, Qt.Key.Key_Down)
    assert where(table) == ("new", "target_text")
    press(table, Qt.Key.Key_Home)
    type_text(table, "长效运维")
    press(table, Qt.Key.Key_Tab)
    added = list(evaluated_lines_of(document).values())[-1]
    assert (added.level2, added.name) == ("社会效益指标", "长效运维")
    assert where(table) == (added.id, "target_text")


def test_that_a_double_click_on_an_empty_level_adds_its_first_line(qtbot: QtBot, tmp_path: Path) -> None:
    with document_of(tmp_path / "空.jixiao", declared()) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        rect = table.visualRect(table.rows.index_of_level("数量指标"))
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        qtbot.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton)  # the editor took the last one
        type_text(table, "巡检次数")
        press(table, Qt.Key.Key_Return)
        assert [(one.level2, one.name) for one in lines_of(document).values()] == [("数量指标", "巡检次数")]


def test_that_ctrl_minus_deletes_the_selected_lines_in_one_step(desk: Desk) -> None:
    document, table = desk
    at(table, "b")
    press(table, Qt.Key.Key_Down, SHIFT)
    ctrl(table, Qt.Key.Key_Minus)
    assert list(lines_of(document)) == ["a", "d"]
    assert document.undo_stack.undoText() == "删除 2 条指标"
    assert where(table) == ("d", "name")
    document.undo_stack.undo()
    assert list(lines_of(document)) == ["a", "b", "c", "d"]


def test_that_deleting_the_last_line_goes_to_the_one_before(desk: Desk) -> None:
    _, table = desk
    at(table, "d", "target_text")
    ctrl(table, Qt.Key.Key_Minus)
    assert where(table) == ("c", "target_text")


def test_that_alt_shift_arrows_move_lines_within_their_level_with_the_cursor(desk: Desk) -> None:
    document, table = desk
    at(table, "a", "target_text")
    press(table, Qt.Key.Key_Down, ALT | SHIFT)
    assert list(lines_of(document)) == ["b", "a", "c", "d"]
    assert where(table) == ("a", "target_text")
    count = document.undo_stack.count()
    press(table, Qt.Key.Key_Down, ALT | SHIFT)
    assert list(lines_of(document)) == ["b", "a", "c", "d"]
    assert document.undo_stack.count() == count
    press(table, Qt.Key.Key_Up, ALT | SHIFT)
    assert list(lines_of(document)) == ["a", "b", "c", "d"]


def test_that_several_lines_move_together(qtbot: QtBot, tmp_path: Path) -> None:
    with document_of(tmp_path / "移.jixiao", declared(*(line(name) for name in "abcd"))) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        at(table, "b")
        press(table, Qt.Key.Key_Down, SHIFT)
        press(table, Qt.Key.Key_Up, ALT | SHIFT)
        assert list(lines_of(document)) == ["b", "c", "a", "d"]
        press(table, Qt.Key.Key_Down, ALT | SHIFT)
        press(table, Qt.Key.Key_Down, ALT | SHIFT)
        assert list(lines_of(document)) == ["a", "d", "b", "c"]
        assert table.block.ids == ("b", "c")


def test_that_lines_move_to_another_level_at_its_place(desk: Desk) -> None:
    document, table = desk
    at(table, "a")
    table.gestures.move_to_level("效益指标", "社会效益指标")
    moved = lines_of(document)
    assert list(moved) == ["b", "c", "d", "a"]
    assert (moved["a"].level1, moved["a"].level2) == ("效益指标", "社会效益指标")
    assert where(table) == ("a", "name")
    table.gestures.move_to_level("成本指标", "经济成本指标")
    assert list(lines_of(document)) == ["a", "b", "c", "d"]


def test_that_a_click_on_the_plus_of_an_empty_level_adds_its_first_line(qtbot: QtBot, tmp_path: Path) -> None:
    with document_of(tmp_path / "空.jixiao", declared()) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        rect = table.visualRect(table.rows.index_of_level("质量指标"))
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left() + 12, rect.center().y()))
        assert editor_of(table) is not None
        type_text(table, "合格率")
        press(table, Qt.Key.Key_Return)
        assert [(one.level2, one.name) for one in lines_of(document).values()] == [("质量指标", "合格率")]


# Cells


def test_that_delete_blanks_cells_and_keeps_lines(desk: Desk) -> None:
    document, table = desk
    at(table, "a", "target_text")
    press(table, Qt.Key.Key_Down, SHIFT)
    press(table, Qt.Key.Key_Delete)
    assert [one.target_text for one in lines_of(document).values()] == ["", "", "≥95.00(%)", "=100.00(%)"]
    assert document.undo_stack.count() == 2
    document.undo_stack.undo()
    assert lines_of(document)["b"].target_text == "≥2.00(场)"


def test_that_ctrl_d_fills_down_every_selected_column(desk: Desk) -> None:
    document, table = desk
    at(table, "a")
    press(table, Qt.Key.Key_Right, SHIFT)
    press(table, Qt.Key.Key_Down, SHIFT)
    ctrl(table, Qt.Key.Key_D)
    assert (lines_of(document)["b"].name, lines_of(document)["b"].target_text) == ("巡检次数", "≥12.00(次)")
    assert document.undo_stack.count() == 2


def test_that_ctrl_d_on_one_cell_takes_the_one_above(desk: Desk) -> None:
    document, table = desk
    at(table, "c", "target_text")
    ctrl(table, Qt.Key.Key_D)
    assert lines_of(document)["c"].target_text == "≥2.00(场)"
    at(table, "a", "target_text")
    ctrl(table, Qt.Key.Key_D)
    assert document.undo_stack.count() == 2


def test_that_a_block_is_copied_as_excel_reads_it(desk: Desk) -> None:
    _, table = desk
    at(table, "b")
    press(table, Qt.Key.Key_Right, SHIFT)
    press(table, Qt.Key.Key_Down, SHIFT)
    ctrl(table, Qt.Key.Key_C)
    assert clipboard_text().splitlines() == ["培训场次\t≥2.00(场)", "合格率\t≥95.00(%)"]


def test_that_copying_a_level_gives_its_label(desk: Desk) -> None:
    _, table = desk
    at(table, "b", "level2")
    ctrl(table, Qt.Key.Key_C)
    assert clipboard_text().strip() == "数量指标"
    at(table, "b", "level1")
    press(table, Qt.Key.Key_Right, SHIFT)
    press(table, Qt.Key.Key_Right, SHIFT)
    press(table, Qt.Key.Key_Down, SHIFT)
    ctrl(table, Qt.Key.Key_C)
    assert clipboard_text().splitlines() == ["产出指标\t数量指标\t培训场次", "产出指标\t质量指标\t合格率"]


def test_that_no_words_of_the_program_are_copied_where_a_line_is_missing_or_folded(qtbot: QtBot, desk: Desk) -> None:
    document, table = desk
    table.set_all_levels_shown(shown=True)
    table.setCurrentIndex(table.rows.index_of_level("时效指标").siblingAtColumn(2))
    assert "添加指标" in table.currentIndex().data()
    ctrl(table, Qt.Key.Key_C)
    assert clipboard_text().strip() == ""
    count = document.undo_stack.count()
    at(table, "b", "name")
    ctrl(table, Qt.Key.Key_V)
    assert document.undo_stack.count() == count
    press(table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier | SHIFT)
    assert table.currentIndex().data()
    ctrl(table, Qt.Key.Key_C)
    assert clipboard_text().strip() == ""


def test_that_cutting_copies_and_blanks(desk: Desk) -> None:
    document, table = desk
    at(table, "a", "target_text")
    ctrl(table, Qt.Key.Key_X)
    assert clipboard_text().strip() == "≥12.00(次)"
    assert lines_of(document)["a"].target_text == ""
    assert document.undo_stack.undoText() == "剪切"


def test_that_a_block_of_four_columns_from_excel_goes_under_its_levels_in_one_step_and_says_so(
    qtbot: QtBot, desk: Desk
) -> None:
    document, table = desk
    put_on_clipboard(
        "一级指标\t二级指标\t三级指标\t年度指标值\r\n"
        '产出指标\t数量指标\t"培训\n次数"\t≥3.00(次)\r\n\t\t报告\t≥1.00(份)\r\n'
        "\t质量指标\t准确率\t≥98.00(%)\r\n效益指标\t社会效益指标\t服务企业\t≥9.00(家)\r\n"
    )
    at(table, "c", "target_text")
    with qtbot.waitSignal(table.said) as told:
        ctrl(table, Qt.Key.Key_V)
    assert told.args == ["已粘贴 4 行，Ctrl+Z 退回。"]
    lines = list(lines_of(document).values())
    assert [(one.level2, one.name) for one in lines] == [
        ("数量指标", "巡检次数"),
        ("数量指标", "培训场次"),
        ("数量指标", "培训\n次数"),
        ("数量指标", "报告"),
        ("质量指标", "合格率"),
        ("质量指标", "完好率"),
        ("质量指标", "准确率"),
        ("社会效益指标", "服务企业"),
    ]
    assert set(table.block.fields) == {"name", "target_text"}
    assert (document.undo_stack.count(), document.undo_stack.undoText()) == (2, "粘贴 4 行")
    document.undo_stack.undo()
    assert list(lines_of(document)) == ["a", "b", "c", "d"]


def test_that_names_over_names_are_shown_first_and_can_be_pasted_as_new_lines(
    desk: Desk, message_boxes: list[tuple[QMessageBox, str]]
) -> None:
    document, table = desk
    put_on_clipboard("一\t≥1.00(次)\r\n二\t≥2.00(次)\r\n三\t≥3.00(次)\r\n")
    at(table, "c")
    ctrl(table, Qt.Key.Key_V)
    box, text = message_boxes[0]
    assert "“合格率”、“完好率”" in text
    assert document.undo_stack.count() == 1
    buttons = {button.text(): button for button in box.buttons()}
    buttons["粘贴为新行"].click()
    assert [one.name for one in lines_of(document).values()][2:] == ["合格率", "一", "二", "三", "完好率"]
    document.undo_stack.undo()
    at(table, "c")
    ctrl(table, Qt.Key.Key_V)
    {button.text(): button for button in message_boxes[1][0].buttons()}["覆盖"].click()
    assert [one.name for one in lines_of(document).values()] == ["巡检次数", "培训场次", "一", "二", "三"]
    assert document.undo_stack.count() == 2


def test_that_names_on_the_last_line_of_a_group_are_new_lines_there_and_need_no_question(desk: Desk) -> None:
    document, table = desk
    put_on_clipboard("一\t1次\r\n二\t2次\r\n")
    at(table, "b")
    ctrl(table, Qt.Key.Key_V)
    assert [one.name for one in lines_of(document).values()] == ["巡检次数", "培训场次", "一", "二", "合格率", "完好率"]


def test_that_a_picture_on_the_clipboard_is_told_and_changes_nothing(qtbot: QtBot, desk: Desk) -> None:
    document, table = desk
    QGuiApplication.clipboard().setImage(QImage(8, 8, QImage.Format.Format_RGB32))
    at(table, "a")
    with qtbot.waitSignal(table.said) as told:
        ctrl(table, Qt.Key.Key_V)
    assert "没有文字" in told.args[0]
    assert document.undo_stack.count() == 1


def test_that_a_table_of_a_web_page_is_pasted_like_one_of_excel(desk: Desk) -> None:
    document, table = desk
    data = QMimeData()
    data.setHtml(
        "<table><tr><th>二级指标</th><th>三级指标</th><th>指标值</th></tr>"
        "<tr><td rowspan='2'>质量指标</td><td>准确率</td><td>≥98%</td></tr>"
        "<tr><td>达标率</td><td>=100%</td></tr></table>"
    )
    QGuiApplication.clipboard().setMimeData(data)
    at(table, "a")
    ctrl(table, Qt.Key.Key_V)
    assert [(one.level2, one.name, one.target_text) for one in lines_of(document).values()][-2:] == [
        ("质量指标", "准确率", "≥98%"),
        ("质量指标", "达标率", "=100%"),
    ]


def test_that_what_has_no_place_is_told(qtbot: QtBot, desk: Desk) -> None:
    document, table = desk
    put_on_clipboard("1次\t多余\r\n2次\t多余\r\n3次\t\r\n4次\t\r\n5次\t\r\n")
    at(table, "a", "target_text")
    with qtbot.waitSignal(table.said) as told:
        ctrl(table, Qt.Key.Key_V)
    assert told.args == ["已粘贴 4 行；右边多出的 1 栏没有粘贴；多出的 1 行没有对应的指标，没有粘贴，Ctrl+Z 退回。"]
    assert [one.target_text for one in lines_of(document).values()] == ["1次", "2次", "3次", "4次"]


def test_that_a_level_pasted_on_a_level_moves_the_line(desk: Desk) -> None:
    document, table = desk
    put_on_clipboard("质量指标")
    at(table, "a", "level2")
    ctrl(table, Qt.Key.Key_V)
    assert lines_of(document)["a"].level2 == "质量指标"


# Levels


@pytest.mark.parametrize(("field", "text"), [("target_text", "≥2.00(场)"), ("name", "培训场次")])
def test_that_backspace_opens_the_cell_emptied_and_escape_brings_its_text_back(
    desk: Desk, field: str, text: str
) -> None:
    document, table = desk
    at(table, "b", field)
    press(table, Qt.Key.Key_Backspace)
    editor = editor_of(table)
    assert editor is not None
    assert editor.text() == ""
    press(table, Qt.Key.Key_Escape)
    assert (getattr(lines_of(document)["b"], field), document.has_draft) == (text, False)
    assert document.undo_stack.count() == 1
    press(table, Qt.Key.Key_Backspace)
    type_text(table, "abc")
    press(table, Qt.Key.Key_Return)
    assert getattr(lines_of(document)["b"], field) == "abc"
    assert document.undo_stack.count() == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_F2])
def test_that_a_level_emptied_by_hand_stays_what_it_is(desk: Desk, key: Qt.Key) -> None:
    document, table = desk
    at(table, "b", "level2")
    press(table, key)
    for _ in "数量指标":
        press(table, Qt.Key.Key_Backspace)
    press(table, Qt.Key.Key_Return)
    assert list(lines_of(document)) == ["a", "b", "c", "d"]
    assert (lines_of(document)["b"].level2, document.has_draft) == ("数量指标", False)


def test_that_backspace_where_nothing_can_be_typed_opens_nothing(desk: Desk) -> None:
    _, table = desk
    at(table, "d")
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Backspace)
    assert editor_of(table) is None


def test_that_a_level_typed_on_a_level_moves_the_line_there(desk: Desk) -> None:
    document, table = desk
    at(table, "b", "level2")
    type_text(table, "质量")
    assert table.suggestion_panel.texts == ["质量指标"]
    press(table, Qt.Key.Key_Return)
    assert [(one.id, one.level2) for one in lines_of(document).values()][-1] == ("b", "质量指标")
    assert where(table)[1] == "level2"


def test_that_a_first_level_typed_brings_the_line_under_its_first_second_level(desk: Desk) -> None:
    document, table = desk
    at(table, "b", "level1")
    type_text(table, "满意度指标")
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["b"].level2 == "服务对象满意度指标"
    assert lines_of(document)["b"].level1 == "满意度指标"


def test_that_any_other_text_typed_on_a_level_begins_an_indicator_there(desk: Desk) -> None:
    document, table = desk
    at(table, "a", "level2")
    type_text(table, "应急演练次数")
    press(table, Qt.Key.Key_Tab)
    added = list(lines_of(document).values())[2]
    assert (added.level2, added.name) == ("数量指标", "应急演练次数")
    assert lines_of(document)["a"].name == "巡检次数"


def test_that_a_label_edited_by_f2_is_the_line_s_own(desk: Desk) -> None:
    document, table = desk
    at(table, "d", "level2")
    press(table, Qt.Key.Key_F2)
    type_text(table, "（自定）")
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["d"].level2 == "质量指标（自定）"
    document.undo_stack.undo()
    assert lines_of(document)["d"].level2 == "质量指标"


def test_that_f4_on_a_level_offers_every_level(desk: Desk) -> None:
    document, table = desk
    at(table, "a", "level2")
    press(table, Qt.Key.Key_F4)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "时效指标").trigger()
    menu.close()
    assert lines_of(document)["a"].level2 == "时效指标"


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Up])
def test_that_alt_and_an_arrow_opens_the_list_of_a_level_and_moves_no_line(desk: Desk, key: Qt.Key) -> None:
    document, table = desk
    at(table, "a", "level2")
    press(table, key, ALT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "时效指标" in [action.text() for action in menu.actions()]
    menu.close()
    assert list(lines_of(document)) == ["a", "b", "c", "d"]


def test_that_alt_down_on_a_value_opens_what_could_be_typed_and_on_any_other_cell_says_there_is_no_list(
    qtbot: QtBot, scored: Desk
) -> None:
    document, table = scored
    at(table, "a", "target_text")
    press(table, Qt.Key.Key_Down, ALT)
    assert isinstance(editor_of(table), TextEditor)
    press(table, Qt.Key.Key_Escape)
    press(table, Qt.Key.Key_Escape)
    at(table, "a", "points")
    with qtbot.waitSignal(table.said) as said:
        press(table, Qt.Key.Key_Down, ALT)
    assert said.args is not None
    assert said.args[0].startswith("这一格没有列表")
    assert list(evaluated_lines_of(document)) == ["a", "b", "c"]


# More hands


def test_that_ctrl_enter_after_a_new_line_was_finished_adds_one_more_to_its_group(qtbot: QtBot, tmp_path: Path) -> None:
    with document_of(tmp_path / "组.jixiao", declared(line("a"), line("q", QUALITY))) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        at(table, "a")
        ctrl(table, Qt.Key.Key_Return)
        for name, value in (("abc", "=1"), ("def", "=2")):
            type_text(table, name)
            press(table, Qt.Key.Key_Tab)
            type_text(table, value)
            press(table, Qt.Key.Key_Return)
            assert where(table) == ("q", "name")
            ctrl(table, Qt.Key.Key_Return)
        press(table, Qt.Key.Key_Escape)
        names = [(one.name, one.level2) for one in lines_of(document).values()]
        assert names[:3] == [("指标a", "数量指标"), ("abc", "数量指标"), ("def", "数量指标")]
        assert names[3:] == [("指标q", "质量指标")]
        at(table, "a")
        press(table, Qt.Key.Key_Down)
        at(table, "q")
        ctrl(table, Qt.Key.Key_Return)
        type_text(table, "ghi")
        press(table, Qt.Key.Key_Return)
        assert list(lines_of(document).values())[-1].level2 == "质量指标"


def test_that_a_line_is_inserted_above_and_whole_lines_are_cut_and_pasted_elsewhere(desk: Desk) -> None:
    document, table = desk
    at(table, "b")
    press(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier | SHIFT)
    type_text(table, "先行")
    press(table, Qt.Key.Key_Return)
    assert [one.name for one in lines_of(document).values()][:3] == ["巡检次数", "先行", "培训场次"]
    document.undo_stack.undo()
    at(table, "a", "target_text")
    press(table, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier | SHIFT)
    assert list(lines_of(document)) == ["b", "c", "d"]
    assert clipboard_text().strip() == "产出指标\t数量指标\t巡检次数\t≥12.00(次)"
    ctrl(table, Qt.Key.Key_V)
    assert [one.name for one in lines_of(document).values()] == ["培训场次", "巡检次数", "合格率", "完好率"]


def test_that_ctrl_and_arrows_jump_to_the_edge_of_what_is_filled(scored: Desk) -> None:
    _, table = scored
    at(table, "a", "target_text")
    ctrl(table, Qt.Key.Key_Down)
    assert where(table) == ("c", "target_text")
    ctrl(table, Qt.Key.Key_Up)
    ctrl(table, Qt.Key.Key_Right)
    assert where(table) == ("a", "score")
    press(table, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier | SHIFT)
    assert "level1" in table.block.fields


def test_that_an_arrow_after_tabs_keeps_the_column(scored: Desk) -> None:
    _, table = scored
    at(table, "a", "target_text")
    press(table, Qt.Key.Key_Tab)
    type_text(table, "9")
    press(table, Qt.Key.Key_Down)
    assert where(table) == ("b", "actual_text")


def test_that_whole_rows_and_columns_are_selected(scored: Desk) -> None:
    _, table = scored
    at(table, "b", "points")
    press(table, Qt.Key.Key_Space, SHIFT)
    assert (table.block.ids, table.block.fields[0]) == (("b",), "name")
    at(table, "b", "points")
    ctrl(table, Qt.Key.Key_Space)
    assert (table.block.ids, table.block.fields) == (("a", "b", "c"), ("points",))


def test_that_a_bare_number_takes_the_shape_of_the_value_it_replaces_by_enter_alone(desk: Desk) -> None:
    document, table = desk
    at(table, "a", "target_text")
    type_text(table, "30")
    assert table.suggestion_panel.texts == ["≥30.00(次)"]
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["a"].target_text == "≥30.00(次)"
    assert where(table) == ("b", "target_text")
    type_text(table, "5")
    press(table, Qt.Key.Key_Escape)
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["b"].target_text == "5"


def test_that_what_will_print_stands_behind_the_text_and_gives_way_to_a_composition(desk: Desk) -> None:
    table, panel = desk[1], desk[1].suggestion_panel
    at(table, "a", "target_text")
    type_text(table, ">=90%")
    editor = editor_of(table)
    assert isinstance(editor, TextEditor)
    assert editor.geometry().adjusted(0, FRAME + 1, -FRAME - 1, -FRAME - 1).contains(panel.geometry())
    assert editor.blanks[0].contains(panel.geometry())
    shown = next(label for label in children(panel, QLabel) if label.isVisible())
    assert panel.contentsRect().width() >= shown.sizeHint().width()
    compose(editor, "zhong")
    assert panel.isHidden()
    compose(editor, "", "中")


def test_that_an_arrow_says_what_will_print_where_the_words_have_no_room(desk: Desk) -> None:
    table, panel = desk[1], desk[1].suggestion_panel
    table.horizontalHeader().resizeSection(column_of(table.form, "target_text"), 175)
    at(table, "a", "target_text")
    type_text(table, ">=90%")
    editor = editor_of(table)
    assert isinstance(editor, TextEditor)
    assert panel.preview_text == "→ ≥90.00(%)"
    assert editor.blanks[0].contains(panel.geometry())


@pytest.mark.parametrize(
    ("top", "place"),
    [(100, QPoint(50, 200)), (500, QPoint(50, 300)), (150, QPoint(151, 150))],
    ids=["below", "above", "beside"],
)
def test_that_a_menu_never_covers_the_cell_it_asks_about(top: int, place: QPoint) -> None:
    tall = QRect(40, top, 111, 101 if top != 150 else 500)
    tag = QRect(50, tall.bottom() - 20, 60, 21)
    assert place_of_menu(QSize(300, 200), tag, tall, QRect(0, 0, 1366, 689)) == place


def test_that_the_sign_a_chinese_input_method_types_stays_and_its_print_is_shown(desk: Desk) -> None:
    document, table = desk
    at(table, "a", "target_text")
    type_text(table, "》=90%")
    assert table.suggestion_panel.preview_text == "打印为  ≥90.00(%)"
    press(table, Qt.Key.Key_Return)
    assert lines_of(document)["a"].target_text == "》=90%"


def test_that_ctrl_and_the_wheel_zoom_the_grid(desk: Desk) -> None:
    _, table = desk
    low = table.rowHeight(0)
    for delta, larger in ((120, True), (-120, False)):
        event = QWheelEvent(
            QPointF(50, 50),
            QPointF(50, 50),
            QPoint(0, 0),
            QPoint(0, delta),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        for _ in range(3):
            QApplication.sendEvent(table.viewport(), event)
        assert (table.zoom > 100) is larger
        assert (table.rowHeight(0) > low) is larger


def test_that_the_edge_of_a_heading_fits_its_column(scored: Desk) -> None:
    _, table = scored
    before = table.columnWidth(2)
    table.horizontalHeader().sectionHandleDoubleClicked.emit(2)
    assert table.columnWidth(2) != before
    assert table.widths.own.keys() == {"name"}


def test_that_a_row_of_many_lines_fills_half_the_view_at_most_and_tells_the_rest(qtbot: QtBot, tmp_path: Path) -> None:
    text = "两件跨部门工单顺延至次年一月办结，已建立督办台账，并落实到人，逐月通报进度。" * 20
    with document_of(tmp_path / "长.jixiao", evaluated(evaluated_line("a", deviation_reason=text))) as document:
        table = shown_table(qtbot, document, Form.EVALUATION, (900, 300))
        assert table.rowHeight(0) <= table.viewport().height() // 2 + 12
        index = table.rows.index_of("a", "deviation_reason")
        place = table.visualRect(index).center()
        QApplication.sendEvent(table.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, table.mapToGlobal(place)))
        assert QToolTip.text() == text
        QToolTip.hideText()


def test_that_what_an_invitation_adds_is_never_shown_in_part(desk: Desk) -> None:
    _, table = desk
    invitation = table.painting.invitation
    assert invitation("＋ 添加指标", 400, is_here=True) == "＋ 添加指标  Ctrl+Enter"
    assert invitation("＋ 添加指标", 90, is_here=True) == "＋ 添加指标"
    under = "＋ 添加指标到“服务对象满意度指标”"
    assert invitation(under, 400, is_here=False) == under
    assert invitation(under, 130, is_here=False) == "＋ 添加指标"


def test_that_a_key_paints_a_few_cells_only(qtbot: QtBot, tmp_path: Path) -> None:
    lines = tuple(
        evaluated_line(f"n{number}", target_text=">=10次", actual_text="9次", points="5") for number in range(60)
    )
    with document_of(tmp_path / "六十.jixiao", evaluated(*lines)) as document:
        document.set_form(Form.EVALUATION)
        table = shown_table(qtbot, document, Form.EVALUATION, (900, 700))
        at(table, "n3", "actual_text")
        type_text(table, "1")
        QApplication.processEvents()
        before = table.painting.cells_painted
        type_text(table, "0")
        QApplication.processEvents()
        assert table.painting.cells_painted - before <= 14


def test_that_a_pasted_line_break_of_word_becomes_one_of_ours_and_the_step_says_so(desk: Desk) -> None:
    document, table = desk
    put_on_clipboard("培训\x0b场次")
    at(table, "a")
    ctrl(table, Qt.Key.Key_V)
    assert next(iter(lines_of(document).values())).name == "培训\n场次"
    assert document.undo_stack.undoText() == "粘贴（特殊的换行符U+000B已改为换行）"


def test_that_enter_after_pasted_cells_goes_back_to_where_tab_began_as_after_typed_ones(desk: Desk) -> None:
    _, table = desk
    at(table, "a")
    put_on_clipboard("培训场次")
    ctrl(table, Qt.Key.Key_V)
    press(table, Qt.Key.Key_Tab)
    put_on_clipboard("≥12期")
    ctrl(table, Qt.Key.Key_V)
    press(table, Qt.Key.Key_Return)
    assert where(table) == ("b", "name")


def test_that_one_text_is_pasted_into_every_selected_cell(desk: Desk) -> None:
    document, table = desk
    put_on_clipboard("=100.00(%)")
    at(table, "a", "target_text")
    press(table, Qt.Key.Key_Down, SHIFT)
    press(table, Qt.Key.Key_Down, SHIFT)
    ctrl(table, Qt.Key.Key_V)
    assert [one.target_text for one in lines_of(document).values()] == ["=100.00(%)"] * 3 + ["=100.00(%)"]
    assert document.undo_stack.count() == 2


def test_that_a_block_pasted_on_an_empty_level_becomes_its_lines(qtbot: QtBot, tmp_path: Path) -> None:
    with document_of(tmp_path / "空.jixiao", declared()) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        table.setCurrentIndex(table.rows.index_of_level("质量指标"))
        put_on_clipboard("合格率\t≥95.00(%)\r\n完好率\t=100.00(%)\r\n")
        ctrl(table, Qt.Key.Key_V)
        lines = list(lines_of(document).values())
        assert [(one.level2, one.name, one.target_text) for one in lines] == [
            ("质量指标", "合格率", "≥95.00(%)"),
            ("质量指标", "完好率", "=100.00(%)"),
        ]
        assert document.undo_stack.count() == 2


def test_that_a_block_of_the_official_form_lands_in_the_columns_it_has_there(scored: Desk) -> None:
    document, table = scored
    put_on_clipboard("巡检次数\t>=9次\t8次\t20\t17.78\t因疫情减少一次\r\n培训场次\t>=3场\t3场\t40\t40\t\r\n")
    at(table, "a")
    ctrl(table, Qt.Key.Key_V)
    pasted = evaluated_lines_of(document)
    one = pasted["a"]
    assert (one.name, one.target_text, one.actual_text) == ("巡检次数", ">=9次", "8次")
    assert (one.points, one.achievement, one.deviation_reason) == ("20", "", "因疫情减少一次")
    assert (pasted["b"].points, pasted["b"].deviation_reason) == ("40", "")
    assert document.undo_stack.count() == 2


def test_that_a_blank_row_in_a_block_pasted_on_a_new_line_leaves_the_line_below_alone(scored: Desk) -> None:
    document, table = scored
    first = next(iter(evaluated_lines_of(document)))
    at(table, first)
    ctrl(table, Qt.Key.Key_Return)
    table.finish_editing()
    block = "巡检\t>=9次\t8次\t20\t17.78\t疫情\r\n\r\n培训\t>=3场\t2场\t40\t26.67\t场地\r\n"
    put_on_clipboard(block)
    before = evaluated_lines_of(document)
    ctrl(table, Qt.Key.Key_V)
    pasted = evaluated_lines_of(document)
    filled = [one for key, one in pasted.items() if key not in before or not before[key].name]
    assert [(one.name, one.deviation_reason) for one in filled] == [("巡检", "疫情"), ("培训", "场地")]
    assert {key: pasted[key] for key, one in before.items() if one.name} == {k: o for k, o in before.items() if o.name}


def test_that_reasons_alone_are_pasted_as_reasons(scored: Desk) -> None:
    document, table = scored
    put_on_clipboard('"第一条\n第二条"\r\n没有\r\n')
    at(table, "a", "deviation_reason")
    ctrl(table, Qt.Key.Key_V)
    pasted = evaluated_lines_of(document)
    assert (pasted["a"].deviation_reason, pasted["b"].deviation_reason) == ("第一条\n第二条", "没有")


def test_that_an_empty_clipboard_pastes_nothing(desk: Desk) -> None:
    document, table = desk
    put_on_clipboard("")
    at(table, "a")
    ctrl(table, Qt.Key.Key_V)
    assert document.undo_stack.count() == 1


# What stands still while one types


def widths_of(table: Grid) -> list[int]:
    return [table.columnWidth(number) for number in range(table.rows.columnCount())]


def test_that_no_column_moves_while_one_types_and_a_long_text_among_numbers_widens_nothing(scored: Desk) -> None:
    document, table = scored
    before = widths_of(table)
    at(table, "a", "points")
    type_text(table, "12345678901234567890abcdefgh")
    assert widths_of(table) == before
    press(table, Qt.Key.Key_Return)
    written = widths_of(table)
    points = column_of(table.form, "points")
    assert written[points] < 2 * before[points]
    document.undo_stack.undo()
    assert widths_of(table) == before


def test_that_the_same_texts_have_the_same_widths_after_a_long_one_was_written_and_taken_back(scored: Desk) -> None:
    document, table = scored
    before = widths_of(table)
    at(table, "a", "deviation_reason")
    type_text(table, "因供应商延期交货，第三季度的巡检推迟到第四季度完成，年内补齐，没有影响使用。")
    assert widths_of(table) == before
    press(table, Qt.Key.Key_Return)
    reason = column_of(table.form, "deviation_reason")
    assert widths_of(table)[reason] > before[reason]
    document.undo_stack.undo()
    assert widths_of(table) == before


def test_that_no_row_comes_or_goes_while_the_first_indicator_is_typed(qtbot: QtBot, tmp_path: Path) -> None:
    with document_of(tmp_path / "新.jixiao", declared()) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        rows, height = table.rows.rowCount(), table.verticalHeader().length()
        press(table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        type_text(table, "abc")
        assert editor_of(table) is not None
        assert (table.rows.rowCount(), table.verticalHeader().length()) == (rows, height)


# Judging a line


def test_that_f4_offers_the_three_levels_with_the_scores_they_allow(scored: Desk) -> None:
    document, table = scored
    at(table, "c", "actual_text")
    press(table, Qt.Key.Key_F4)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    assert texts[1] == "&2  部分达成并具有一定效果（18～24 分）"
    menu.actions()[1].trigger()
    menu.close()
    assert evaluated_lines_of(document)["c"].achievement == "partly"
    assert document.undo_stack.undoText() == "选择达成等级"
    assert document.score is not None
    assert document.score.lines[2].score == 21


def test_that_alt_down_where_a_level_is_to_be_chosen_opens_the_list_of_f4(scored: Desk) -> None:
    document, table = scored
    at(table, "c", "actual_text")
    press(table, Qt.Key.Key_Down, ALT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[1].text() == "&2  部分达成并具有一定效果（18～24 分）"
    menu.close()
    assert list(evaluated_lines_of(document)) == ["a", "b", "c"]


def test_that_the_levels_of_a_line_are_asked_for_from_elsewhere_at_its_own_cell(scored: Desk) -> None:
    _, table = scored
    table.folding.fold_here(folded=True)
    table.choices.choose_level_of("c")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.accessibleName() == "达成等级"
    menu.close()


def test_that_f4_on_a_line_that_is_computed_offers_only_what_becomes_of_one_that_does_not_apply(
    qtbot: QtBot, scored: Desk
) -> None:
    document, table = scored
    at(table, "a", "actual_text")
    press(table, Qt.Key.Key_F4)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text()[:2] for action in menu.actions() if action.text()] == ["&4", "&5", "&0"]
    qtbot.keyClick(menu, Qt.Key.Key_4)
    assert evaluated_lines_of(document)["a"].achievement == "left_out"
    assert document.undo_stack.undoText() == "选择不适用"
    assert document.score is not None
    assert document.score.lines[0].omission is not None
    index = table.rows.index_of("a", "score")
    assert index.data() == "不适用（不计分）"
    document.undo_stack.undo()
    assert evaluated_lines_of(document)["a"].achievement == ""


def test_that_the_tag_of_a_line_opens_the_choice_and_0_takes_it_back(qtbot: QtBot, scored: Desk) -> None:
    document, table = scored
    table.gestures.set_achievement("c", "achieved")
    place = table.choices.tag_rect(table.rows.index_of("c", "actual_text")).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.isChecked() for action in menu.actions() if action.isCheckable()] == [
        True,
        False,
        False,
        False,
        False,
        False,
    ]
    menu.actions()[-1].trigger()
    menu.close()
    assert evaluated_lines_of(document)["c"].achievement == ""


# The rest


def test_that_the_menu_key_offers_the_gestures_and_the_levels(scored: Desk) -> None:
    document, table = scored
    at(table, "a")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(table.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [re.sub(r"\(&.\)", "", action.text().split("\t")[0]) for action in menu.actions() if action.text()]
    assert texts == [
        *("剪切", "复制", "粘贴", "在上方插入", "添加指标", "删除指标", "移到", "向下填充", "清除内容", "更多"),
    ]
    more = menu.actions()[-1].menu()
    assert isinstance(more, QMenu)
    next(action for action in more.actions() if action.text().startswith("下移")).trigger()
    menu.close()
    assert list(evaluated_lines_of(document)) == ["b", "a", "c"]


def test_that_a_table_without_its_form_takes_no_gesture(qtbot: QtBot, desk: Desk) -> None:
    document, _ = desk
    table = shown_table(qtbot, document, Form.EVALUATION)
    put_on_clipboard("一")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Minus, Qt.Key.Key_V, Qt.Key.Key_D, Qt.Key.Key_X):
        ctrl(table, key)
    press(table, Qt.Key.Key_Delete)
    press(table, Qt.Key.Key_Down)
    assert document.undo_stack.count() == 1


def test_that_levels_without_lines_are_shown_on_request(desk: Desk) -> None:
    _, table = desk
    assert not table.rows.index_of_level("社会成本指标").isValid()
    table.set_all_levels_shown(True)
    index = table.rows.index_of_level("社会成本指标")
    assert table.visualRect(index).isValid()


def test_that_another_project_opens_at_its_own_first_line(qtbot: QtBot, tmp_path: Path) -> None:
    second = declared(line("z", SOCIAL), project_id="q", name="第二个")
    with document_of(tmp_path / "两个.jixiao", declared(line("a")), second) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        at(table, "a")
        told: list[str] = []
        table.line_selected.connect(told.append)
        document.select_project("q")
        assert told[0] == ""
        assert table.visualRect(table.rows.index_of("z")).isValid()
        assert (table.currentIndex().row(), where(table)[1]) == (0, "name")


def test_that_every_theme_paints_without_a_word_from_qt(scored: Desk) -> None:
    _, table = scored
    light = table.grab().toImage()
    table.set_theme(Theme.dark())
    dark = table.grab().toImage()
    assert light.pixelColor(300, 40) != dark.pixelColor(300, 40)


def test_that_a_selected_block_is_painted(scored: Desk) -> None:
    _, table = scored
    at(table, "a", "target_text")
    one = table.grab().toImage()
    press(table, Qt.Key.Key_Down, SHIFT)
    assert table.grab().toImage() != one


def test_that_the_table_and_its_editors_have_names_for_a_screen_reader(scored: Desk) -> None:
    _, table = scored
    assert table.accessibleName() == "绩效指标表"
    for column in (column for column in columns_of(Form.EVALUATION) if not column.is_past):
        at(table, "a", column.field)
        press(table, Qt.Key.Key_F2)
        editor = editor_of(table)
        assert editor is not None
        assert editor.accessibleName() == f"{column.title}，巡检次数"
        press(table, Qt.Key.Key_Escape)


def test_that_a_mouse_selection_and_shift_arrows_go_together(qtbot: QtBot, desk: Desk) -> None:
    _, table = desk
    rect = table.visualRect(table.rows.index_of("a", "target_text"))
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    press(table, Qt.Key.Key_Down, SHIFT)
    assert table.block.ids == ("a", "b")
    extra = table.rows.index_of("d", "target_text")
    table.selectionModel().select(extra, QItemSelectionModel.SelectionFlag.Select)
    assert table.block.ids == ("a", "b", "d")
