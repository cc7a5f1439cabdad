"""Ctrl+V of a form's text: the preview with the source beside it, marks, and what the window says of other texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from gui.desk.notify import MessageStrip
from gui.desk.tasks import TaskRunner
from gui.document.document import Document
from gui.files.import_preview import ImportDialog
from gui.main_window import MainWindow
from model.records import Form
from storage.store.sqlite import Store
from tests.gui.dialogs import enter, gestures, opened, press, saved, shown, wait_for_job
from tests.gui.found import children, visible
from tests.gui.window import shown_window
from tests.model.form_texts import table

ROWS = (
    "绩效指标\t产出指标\t数量指标\t培训场次\t≥12.00(场)\t",
    "\t\t质量指标\t合格率\t≥95.00(%)\t",
    "\t\t\t培训完成及时率\t=100.00(%)\t",
    "\t时效指标\t开课时间\t2026年6月底前\t\t",
)
TEXT = table(*ROWS)


@pytest.fixture
def document(tmp_path: Path, qtbot: QtBot) -> Iterator[Document]:
    Store.create(tmp_path / "新.jixiao").close()
    with opened(tmp_path / "新.jixiao") as document:
        yield document


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    tasks = TaskRunner()
    yield tasks
    tasks.shut_down()


def pasted(qtbot: QtBot, document: Document, tasks: TaskRunner, text: str) -> ImportDialog:
    dialog = shown(qtbot, ImportDialog(document, tasks, text))
    wait_for_job(qtbot, dialog)
    return dialog


def children_of(dialog: ImportDialog, form: int) -> list[str]:
    item = dialog.table.topLevelItem(form)
    assert item is not None
    return [item.child(number).text(0) for number in range(item.childCount())]


def levels(document: Document) -> list[str]:
    return [line.level2 for line in saved(document).indicators(Form.DECLARATION)]


def test_that_the_source_stands_beside_the_forms_and_shows_the_doubtful_passage(
    qtbot: QtBot, document: Document, tasks: TaskRunner
) -> None:
    dialog = pasted(qtbot, document, tasks, TEXT)
    assert dialog.source.isVisible()
    assert dialog.source.toPlainText().startswith("财政项目支出绩效目标申报表")
    assert dialog.message.text == "有 1 处是推断的（?），请对照右边的原文核对。"
    (told,) = children_of(dialog, 0)
    assert told.startswith("? 第 3 条“培训完成及时率”的二级指标：“时效指标”印在后面一行")
    press(qtbot, Qt.Key.Key_Down)
    assert "培训完成及时率" in dialog.source.marked


def test_that_what_was_pasted_is_one_step(qtbot: QtBot, document: Document, tasks: TaskRunner) -> None:
    pasted(qtbot, document, tasks, TEXT)
    enter(qtbot)
    assert levels(document) == ["数量指标", "质量指标", "时效指标", "时效指标"]
    assert gestures(document) == ["导入 1 张表"]
    document.undo_stack.undo()
    assert document.summaries() == ()


def test_that_the_space_bar_takes_the_other_level(qtbot: QtBot, document: Document, tasks: TaskRunner) -> None:
    dialog = pasted(qtbot, document, tasks, TEXT)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.table.currentItem().checkState(0) is Qt.CheckState.Checked)
    qtbot.wait(20)
    enter(qtbot)
    assert levels(document) == ["数量指标", "质量指标", "质量指标", "时效指标"]


def test_that_a_form_without_its_mark_is_left_out(qtbot: QtBot, document: Document, tasks: TaskRunner) -> None:
    dialog = pasted(qtbot, document, tasks, TEXT + TEXT.replace("甲", "乙"))
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.accept_button.text() == "导入 1 张表")
    top = dialog.table.topLevelItem(0)
    assert top is not None
    assert top.text(2) == "不导入"
    enter(qtbot)
    assert saved(document).project_name == "乙项目"


def test_that_a_text_that_is_no_form_says_so(qtbot: QtBot, document: Document, tasks: TaskRunner) -> None:
    dialog = pasted(qtbot, document, tasks, "项目名称很多，但这里没有表。")
    assert "剪贴板里没有找到绩效目标申报表或绩效自评表" in dialog.message.text
    assert not dialog.accept_button.isEnabled()


def strips(window: MainWindow) -> list[str]:
    return [strip.text for strip in children(window, MessageStrip) if strip.isVisible()]


def preview_of(qtbot: QtBot) -> ImportDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ImportDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    wait_for_job(qtbot, dialog)
    return dialog


def test_that_ctrl_v_on_the_project_list_opens_the_preview(qtbot: QtBot, tmp_path: Path, given_store: Path) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    QApplication.clipboard().setText(TEXT)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.navigator.tree.setFocus()
    qtbot.keyClick(window.navigator.tree, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    preview_of(qtbot)
    enter(qtbot)
    qtbot.waitUntil(lambda: saved(window.document).project_name == "甲项目")
    assert strips(window) == ["已导入 1 张表。"]
    count = len(window.document.summaries())
    next(one for one in visible(window.page.message, QPushButton) if one.text() == "撤销").click()
    assert len(window.document.summaries()) == count - 1
    assert not window.page.message.isVisible()


def test_that_ctrl_v_of_another_text_says_what_is_wanted(qtbot: QtBot, tmp_path: Path, given_store: Path) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    QApplication.clipboard().setText("今天下午开会。")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.navigator.tree.setFocus()
    qtbot.keyClick(window.navigator.tree, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.activeModalWidget() is None
    (told,) = strips(window)
    assert told.startswith("剪贴板里没有申报表或自评表的文字。")


def test_that_ctrl_v_on_the_start_page_asks_for_a_file_first(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown_window(qtbot, tmp_path)
    QApplication.clipboard().setText(TEXT)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.start_page.setFocus()
    qtbot.keyClick(window.start_page.new, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(children(window, QFileDialog)))
    for chooser in children(window, QFileDialog):
        chooser.close()
    window.files._create_for(tmp_path / "新建.jixiao", TEXT)
    preview_of(qtbot)
    enter(qtbot)
    qtbot.waitUntil(lambda: saved(window.document).project_name == "甲项目")


def test_that_all_that_is_said_of_an_inferred_cell_is_in_sight_in_a_low_dialog(
    qtbot: QtBot, document: Document, tasks: TaskRunner
) -> None:
    dialog = pasted(qtbot, document, tasks, TEXT)
    cells = dialog.details.cells
    for height in range(330, 480, 10):
        dialog.resize(880, height)
        QApplication.processEvents()
        tops = [item for n in range(cells.topLevelItemCount()) if (item := cells.topLevelItem(n)) is not None]
        parts = [top.child(n) for top in tops for n in range(top.childCount())]
        asked = next(part for part in parts if part.text(2).startswith("？"))
        place, view = cells.visualItemRect(asked), cells.viewport().rect()
        assert place.top() == 0 if place.height() > view.height() else view.contains(place), height
