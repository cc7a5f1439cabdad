"""检查: what several projects come to, and the way to the first problem of one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from gui.main_window import MainWindow
from gui.projects.check import CheckDialog
from model.errors import UserError
from model.findings import in_order
from tests.gui.dialogs import enter, shown
from tests.gui.found import children
from tests.gui.window import shown_window


def test_that_the_worst_comes_first_and_the_sentence_counts(qtbot: QtBot, document: Document) -> None:
    dialog = shown(qtbot, CheckDialog(document, document.summaries()[:10]))
    assert dialog.outcome.text().startswith("检查了 10 个项目：1 个有错误（共 1 个），9 个只有警告（共 ")
    assert dialog.table.model().index(0, 0).data() == "上海研发公共服务平台宣传推广"
    assert dialog.first.text().startswith("错误：")
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.first.text().startswith("警告：")


@pytest.mark.parametrize("count", [3, 10, 25])
def test_that_every_row_in_sight_is_whole_and_none_is_left_out_where_there_is_room(
    qtbot: QtBot, tmp_path: Path, given_store: Path, count: int
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)  # with the look of the program
    dialog = shown(qtbot, CheckDialog(window.document, window.document.summaries()[:count], window))
    view = dialog.table.viewport()
    last = dialog.table.rowAt(view.height() - 1)
    assert dialog.table.rowViewportPosition(last) + dialog.table.rowHeight(last) == view.height()
    assert last + 1 == min(count, 12)


def test_that_a_check_is_closed_and_not_taken_back_and_counts_no_nothing(qtbot: QtBot, document: Document) -> None:
    dialog = shown(qtbot, CheckDialog(document, document.summaries()[:10]))
    assert dialog.close_button.text() == "关闭"
    rows = range(dialog.table.rowCount())
    numbers = {dialog.table.model().index(row, column).data() for row in rows for column in (2, 3)}
    assert "1" in numbers
    assert "0" not in numbers


def test_that_enter_goes_to_the_first_problem_of_the_project(qtbot: QtBot, tmp_path: Path, given_store: Path) -> None:
    window: MainWindow = shown_window(qtbot, tmp_path, given_store)
    document = window.document
    document.choose(one.id for one in document.summaries()[:10])
    window.commands["check_projects"].trigger()
    dialog = next(one for one in children(window, CheckDialog) if one.isVisible())
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    enter(qtbot)
    assert document.saved_project is not None
    assert document.saved_project.project_name == "上海研发公共服务平台宣传推广"
    assert window.page.is_at(in_order(list(document.findings))[0].place)


def test_that_a_project_that_cannot_be_read_says_so(
    qtbot: QtBot, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_project_id: str) -> None:
        raise UserError("读不了。")

    assert document.store is not None
    monkeypatch.setattr(document.store, "project", refuse)
    dialog = shown(qtbot, CheckDialog(document, document.summaries()[:1]))
    assert dialog.first.text() == "读不了。"
