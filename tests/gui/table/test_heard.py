"""The grid under the ears of a clerk who does not see it: names, row headers, focus, and what a commit leads to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.desk.announcer import Announcer
from gui.document.document import Document
from gui.table.grid import Grid
from gui.table.sums import summed
from model.records import Form
from tests.gui.hands import at, document_of, editor_of, evaluated, evaluated_line, press, shown_table, type_text

Desk = tuple[Document, Grid]


@pytest.fixture
def scored(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    lines = (
        evaluated_line("a", name="巡检次数", target_text=">=10次", actual_text="10次", points="45"),
        evaluated_line("b", name="培训场次", target_text=">=2场", actual_text="", points="45"),
    )
    with document_of(tmp_path / "自评.jixiao", evaluated(*lines)) as document:
        document.set_form(Form.EVALUATION)
        yield document, shown_table(qtbot, document, Form.EVALUATION)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[QAccessibleEvent]:
    """Every event that is sent to a screen reader by us."""
    events: list[QAccessibleEvent] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", events.append)
    return events


def interface(table: Grid) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(table)
    assert found is not None
    return found


def children(table: Grid) -> list[QAccessibleInterface]:
    parent = interface(table)
    found = [parent.child(number) for number in range(parent.childCount())]
    return [child for child in found if child is not None]


def test_that_the_grid_is_a_table_with_a_name_whose_rows_are_headed_by_levels_and_name(scored: Desk) -> None:
    _, table = scored
    name = QAccessible.Text.Name
    assert interface(table).role() is QAccessible.Role.Table
    assert interface(table).text(name) == "绩效指标表"
    headed = [child.text(name) for child in children(table) if child.role() is QAccessible.Role.RowHeader]
    assert headed[:2] == ["产出指标 › 数量指标 › 巡检次数", "产出指标 › 数量指标 › 培训场次"]
    titles = [child.text(name) for child in children(table) if child.role() is QAccessible.Role.ColumnHeader]
    assert titles == [column.title for column in table.rows.columns]


def test_that_a_cell_says_its_value_then_what_is_wrong_and_a_score_why_it_is_what_it_is(scored: Desk) -> None:
    _, table = scored
    cells = [child for child in children(table) if child.role() is QAccessible.Role.Cell]
    names = [cell.text(QAccessible.Text.Name) for cell in cells]
    assert "10次" in names
    assert any(name.startswith("空白，错误：") for name in names)
    described = {cell.text(QAccessible.Text.Name): cell.text(QAccessible.Text.Description) for cell in cells}
    assert "得分" in described["45.00"]


def test_that_the_focus_is_told_as_the_cell_it_comes_to(
    qtbot: QtBot, scored: Desk, heard: list[QAccessibleEvent], monkeypatch: pytest.MonkeyPatch
) -> None:
    document, table = scored
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    announcer = Announcer(table, document, table.current_id)
    at(table, "b", "actual_text")
    QApplication.processEvents()
    table.clearFocus()
    heard.clear()
    table.setFocus()

    def focused() -> list[QAccessibleInterface | None]:
        return [event.accessibleInterface() for event in heard if event.type() is QAccessible.Event.Focus]

    qtbot.waitUntil(lambda: bool(focused()))
    cell = focused()[-1]
    assert cell is not None
    assert cell.text(QAccessible.Text.Name).startswith("空白，错误：")
    announcer.say("")


def test_that_an_editor_is_named_by_column_and_indicator_and_described_by_its_finding(scored: Desk) -> None:
    _, table = scored
    at(table, "b", "actual_text")
    press(table, Qt.Key.Key_F2)
    editor = editor_of(table)
    assert editor is not None
    assert editor.accessibleName() == "实际完成值，培训场次"
    assert "实际完成值" in editor.accessibleDescription()


def test_that_a_commit_an_undo_and_a_message_are_announced_in_one_sentence_each(
    scored: Desk, heard: list[QAccessibleEvent]
) -> None:
    document, table = scored
    announcer = Announcer(table, document, table.current_id)
    document.project_switched.emit()
    QApplication.processEvents()
    at(table, "b", "actual_text")
    type_text(table, "1场")
    heard.clear()
    press(table, Qt.Key.Key_Tab)
    QApplication.processEvents()
    (said,) = [event.message() for event in heard if isinstance(event, QAccessibleAnnouncementEvent)]
    assert said.startswith("得分 22.50，总分 77.50；新问题：错误：")
    heard.clear()
    document.undo_stack.undo()
    QApplication.processEvents()
    (said,) = [event.message() for event in heard if isinstance(event, QAccessibleAnnouncementEvent)]
    assert said.startswith("已撤销：修改实际完成值")
    at(table, "a", "actual_text")
    type_text(table, "5次")
    heard.clear()
    press(table, Qt.Key.Key_Return)  # the cursor goes on to the next line, the sentence is about this one
    QApplication.processEvents()
    (said,) = [event.message() for event in heard if isinstance(event, QAccessibleAnnouncementEvent)]
    assert said.startswith("得分 22.50，")
    heard.clear()
    announcer.say("已粘贴 3 行")
    announcer.say("")
    assert [event.message() for event in heard if isinstance(event, QAccessibleAnnouncementEvent)] == ["已粘贴 3 行"]


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["5", "10", "12.5"], "合计 27.5 · 平均 9.17 · 计数 3"),
        (["1,000.50", "文字", "", "-0.5"], "合计 1000 · 平均 500 · 计数 2"),
        (["5", "家"], ""),
        (["NaN", "Infinity", "1"], ""),
    ],
)
def test_that_selected_numbers_are_summed(texts: list[str], words: str) -> None:
    assert summed(texts) == words


def test_that_the_sum_of_a_selection_is_told_and_goes_with_it(qtbot: QtBot, scored: Desk) -> None:
    _, table = scored
    at(table, "a", "points")
    with qtbot.waitSignal(table.summed) as told:
        press(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert told.args == ["合计 90 · 平均 45 · 计数 2"]
    with qtbot.waitSignal(table.summed) as told:
        press(table, Qt.Key.Key_Down)
    assert told.args == [""]
