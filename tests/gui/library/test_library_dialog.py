"""指标库: searched, ticked and inserted by the keyboard; entries taken out and put back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.document import library as library_module
from gui.document.document import Document
from gui.library.dialog import NO_FORM, OWN, REMOVED, SHIPPED, LibraryDialog
from gui.library.model import NAME, TARGET
from model import edits
from model.changes import AddProject
from model.library import entry_of, key_of
from model.records import Form
from tests.gui.dialogs import enter, focus, press, shown
from tests.gui.hands import (
    QUALITY,
    declared,
    document_of,
    evaluated,
    evaluated_line,
    evaluated_lines_of,
    line,
    lines_of,
)
from tests.gui.window import type_text

HERE = declared(line("a"), line("b", QUALITY))
THERE = declared(line("x", name="专线巡检次数", target_text="≥24.00(次)"), project_id="q", name="往年", year=2025)


@pytest.fixture
def document(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Document]:
    monkeypatch.setattr(library_module, "BEGIN_AFTER_MS", 0)
    with document_of(tmp_path / "库.jixiao", HERE, THERE) as document:
        qtbot.waitUntil(lambda: document.library.is_counted)
        yield document


@pytest.fixture
def dialog(qtbot: QtBot, document: Document) -> LibraryDialog:
    return shown(qtbot, LibraryDialog(document, "a", "数量指标"))


def listed(dialog: LibraryDialog) -> list[str]:
    model = dialog.model
    return [str(model.index(row, NAME).data()) for row in range(model.rowCount())]


def test_that_what_is_searched_is_inserted_at_the_cursor_by_enter(
    qtbot: QtBot, document: Document, dialog: LibraryDialog
) -> None:
    type_text(qtbot, focus(), "xjcs")
    assert listed(dialog)[:2] == ["专线巡检次数", "巡检次数"]
    assert dialog.model.index(0, TARGET).data() == "≥24.00(次)"
    with qtbot.waitSignal(dialog.inserted) as inserted:
        enter(qtbot)
    lines = lines_of(document)
    assert list(lines) == ["a", *inserted.args[0], "b"]
    new = lines[inserted.args[0][0]]
    assert (new.level2, new.name, new.target_text) == ("数量指标", "专线巡检次数", "≥24.00(次)")
    assert not dialog.isVisible()


def test_that_several_are_ticked_in_several_searches_and_inserted_in_one_step_each_under_its_level(
    qtbot: QtBot, document: Document, dialog: LibraryDialog
) -> None:
    for typed in ("培训人次", "培训合格率"):
        dialog.search.clear()
        type_text(qtbot, dialog.search, typed)
        press(qtbot, Qt.Key.Key_Down)
        press(qtbot, Qt.Key.Key_Space)
        press(qtbot, Qt.Key.Key_Up)
        assert focus() is dialog.search
    assert dialog.accept_button.text() == "插入 2 条"
    steps = document.undo_stack.count()
    press(qtbot, Qt.Key.Key_Down)
    enter(qtbot)
    assert [one.name for one in lines_of(document).values()] == ["指标a", "培训人次", "指标b", "培训合格率"]
    assert document.undo_stack.count() == steps + 1
    assert document.undo_stack.undoText() == "插入 2 条指标"


def test_that_a_tick_is_taken_back_and_a_tick_alone_can_be_set(qtbot: QtBot, dialog: LibraryDialog) -> None:
    press(qtbot, Qt.Key.Key_PageDown)
    press(qtbot, Qt.Key.Key_Space)
    index = dialog.model.index(0, NAME)
    assert Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
    assert str(index.data(Qt.ItemDataRole.AccessibleTextRole)).startswith("专线巡检次数，≥24.00(次)")
    press(qtbot, Qt.Key.Key_Space)
    assert dialog.model.chosen == ()
    assert not dialog.model.setData(index, "别的名称")
    assert dialog.model.known(99_999) is None


def test_that_a_line_of_no_official_level_is_not_inserted_and_another_tick_stays_when_one_goes(
    qtbot: QtBot, document: Document, dialog: LibraryDialog
) -> None:
    odd = declared(line("z", ("自定", "自定级别"), name="专线别的"), project_id="r", name="别的")
    document.push("新建", (AddProject(odd),))
    qtbot.waitUntil(lambda: document.library.is_counted)
    type_text(qtbot, dialog.search, "巡检次数")
    for row in (0, 1):
        dialog.model.setData(dialog.model.index(row, NAME), None, Qt.ItemDataRole.CheckStateRole)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Delete)
    assert [entry.name for entry in dialog.model.chosen] == ["巡检次数"]
    dialog.search.setText("专线别")
    assert listed(dialog) == []


def test_that_an_entry_is_taken_out_and_put_back_as_it_was(
    qtbot: QtBot, document: Document, dialog: LibraryDialog
) -> None:
    type_text(qtbot, dialog.search, "巡检次数")
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Delete)
    assert listed(dialog) == ["巡检次数"]
    assert document.undo_stack.undoText() == "移出指标库"
    dialog.source.setCurrentText(REMOVED)
    assert listed(dialog) == ["专线巡检次数"]
    assert not dialog.accept_button.isEnabled()
    press(qtbot, Qt.Key.Key_Delete)
    assert listed(dialog) == []
    assert focus() is dialog.search  # the keyboard stays in no list with nothing in it
    assert document.library.rows == {}
    dialog.source.setCurrentText(OWN)
    assert listed(dialog) == ["专线巡检次数"]
    document.undo_stack.undo()
    assert "没有找到" in dialog.message.text


def test_that_a_row_that_was_kept_by_hand_alone_is_put_back_as_one(
    qtbot: QtBot, document: Document, dialog: LibraryDialog
) -> None:
    own = entry_of("数量指标", "专项走访户数", "≥50户")
    document.push("存入", edits.keep_entries({}, [own]))
    type_text(qtbot, dialog.search, "专项走访")
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Delete)
    dialog.source.setCurrentText(REMOVED)
    dialog.decide.click()
    assert document.library.rows[key_of("数量指标", "专项走访户数")].entry.target == "≥50户"
    assert not document.library.rows[own.key].is_removed


def test_that_nothing_found_says_what_to_do(qtbot: QtBot, dialog: LibraryDialog) -> None:
    type_text(qtbot, dialog.search, "zzzz")
    assert "换一个词" in dialog.message.text
    assert not dialog.accept_button.isEnabled()
    assert not dialog.decide.isEnabled()
    press(qtbot, Qt.Key.Key_Down)
    assert focus() is dialog.search
    dialog.decide.click()
    dialog.search.clear()
    dialog.source.setCurrentText(REMOVED)
    assert "没有移出过" in dialog.message.text
    dialog.source.setCurrentText(SHIPPED)
    assert dialog.message.text == ""


def test_that_the_value_is_that_of_the_form_on_screen_and_none_is_inserted_without_one(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with document_of(tmp_path / "自评.jixiao", evaluated(evaluated_line("a"))) as document:
        document.set_form(Form.EVALUATION)
        first = shown(qtbot, LibraryDialog(document, "", ""))
        type_text(qtbot, first.search, "培训人次")
        enter(qtbot)
        assert next(iter(reversed(evaluated_lines_of(document).values()))).target_text == ">=200人次"
        document.set_form(Form.DECLARATION)
        second = shown(qtbot, LibraryDialog(document, "", ""))
        assert second.message.text == NO_FORM
        second.source.setCurrentText(OWN)
        assert "正在统计" in second.message.text or "还没有" in second.message.text
        assert not second.finish()


def test_that_columns_are_as_wide_as_the_rows_on_show_need_whatever_was_shown_before(
    qtbot: QtBot, document: Document, dialog: LibraryDialog
) -> None:
    header, name = dialog.table.horizontalHeader(), "长期" * 15
    for number in range(9):
        one = line(f"x{number}", name=name, target_text=f"≥{'1' * 14}.00(平方公里)")
        document.push("新建", (AddProject(declared(one, project_id=f"m{number}", name=f"项目{number}", year=2025)),))
    qtbot.waitUntil(lambda: document.library.is_counted)

    def widths(typed: str) -> list[int]:
        dialog.search.setText(typed)
        QApplication.processEvents()  # a scroll bar comes or goes
        return [header.sectionSize(column) for column in range(header.count())]

    before = widths("xjcs")
    assert widths(name) != before
    assert widths("xjcs") == before
    dialog.resize(1600, 520)
    QApplication.processEvents()
    wide = widths(name)
    assert all(wide[column] >= dialog.table.sizeHintForColumn(column) for column in range(header.count()))
    dialog.resize(700, 520)
    QApplication.processEvents()
    narrow = [header.sectionSize(column) for column in range(header.count())]
    assert narrow[TARGET] < wide[TARGET]
    assert narrow[NAME] > 200
    assert sum(narrow) == dialog.table.viewport().width()


def test_that_names_have_the_room_that_the_other_columns_do_not_need(dialog: LibraryDialog) -> None:
    header = dialog.table.horizontalHeader()
    others = [header.sectionSize(column) for column in range(1, header.count())]
    assert header.sectionSize(0) >= dialog.table.viewport().width() - sum(others) - 1
    assert header.sectionSize(0) >= dialog.table.sizeHintForColumn(0)
