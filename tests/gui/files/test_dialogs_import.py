"""导入, by keyboard: read in the background, previewed, brought in as one step."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import storage.importing.plan
from gui.desk.tasks import TaskRunner
from gui.document.document import Document
from gui.files.import_preview import ImportDialog
from model import edits
from model.records import Declaration, Form
from storage.store.sqlite import Store
from tests.gui.dialogs import (
    enter,
    escape,
    fill_disk,
    focus,
    gestures,
    is_open,
    names,
    opened,
    press,
    saved,
    shown,
    wait_for_job,
    was_accepted,
)
from tests.model.projects import declaration_of

Edit = Callable[[list[dict[str, Any]]], None]


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    tasks = TaskRunner()
    yield tasks
    tasks.shut_down()


@pytest.fixture
def empty(tmp_path: Path, qtbot: QtBot) -> Iterator[Document]:
    Store.create(tmp_path / "新.jixiao").close()
    with opened(tmp_path / "新.jixiao") as document:
        yield document


@pytest.fixture
def preview(qtbot: QtBot, tasks: TaskRunner) -> Callable[..., ImportDialog]:
    def open_preview(document: Document, *paths: Path) -> ImportDialog:
        dialog = shown(qtbot, ImportDialog(document, tasks, paths))
        wait_for_job(qtbot, dialog)
        return dialog

    return open_preview


@pytest.fixture
def edited(given_files: tuple[Path, ...], tmp_path: Path) -> Callable[[Edit], Path]:
    """The first given file (eight declarations of 2025), edited."""

    def edit(change: Edit) -> Path:
        content = json.loads(given_files[0].read_text(encoding="utf-8"))
        change(content["forms"])
        path = tmp_path / "改过的.json"
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return path

    return edit


def rows(dialog: ImportDialog) -> list[list[str]]:
    items = (dialog.table.topLevelItem(row) for row in range(dialog.table.topLevelItemCount()))
    return [[item.text(column) for column in range(3)] for item in items if item is not None]


def notes(dialog: ImportDialog, row: int) -> list[str]:
    item = dialog.table.topLevelItem(row)
    assert item is not None
    return [item.child(child).text(0) for child in range(item.childCount())]


def other_goal(forms: list[dict[str, Any]]) -> None:
    forms[0]["annual_goal"] = "改过的目标"


def goal(document: Document, name: str) -> str:
    assert document.store is not None
    found = next(project for project in document.store.projects(year=2025) if project.project_name == name)
    assert found.of(Declaration) is not None
    return declaration_of(found).annual_goal


def test_that_the_preview_lists_every_form_and_what_would_happen(
    empty: Document, preview: Callable[..., ImportDialog], given_files: tuple[Path, ...]
) -> None:
    dialog = preview(empty, *given_files)
    assert len(rows(dialog)) == 25
    assert rows(dialog)[0] == ["2025 绿色技术银行综合管理与运行 目标申报表", "16 条", "新建项目"]
    assert dialog.accept_button.text() == "导入 25 张表"
    assert not dialog.message.isVisible()
    assert not dialog.replace.isVisible()
    assert focus() is dialog.table
    assert gestures(empty) == []


def test_that_a_preview_that_grows_for_what_was_read_stays_on_the_screen_whole(
    preview: Callable[..., ImportDialog], empty: Document, given_files: tuple[Path, ...]
) -> None:
    dialog = preview(empty, given_files[0])
    screen = dialog.screen().availableGeometry()
    dialog.move(screen.bottomRight() - QPoint(300, 200))
    dialog.grow(screen.size())
    assert screen.contains(dialog.frameGeometry())


def test_that_enter_imports_everything_as_one_step(
    empty: Document, preview: Callable[..., ImportDialog], given_files: tuple[Path, ...], qtbot: QtBot
) -> None:
    dialog = preview(empty, *given_files)
    empty.set_form(Form.EVALUATION)
    with qtbot.waitSignal(dialog.imported) as told:
        enter(qtbot)
    assert was_accepted(dialog)
    assert empty.form is Form.DECLARATION
    assert told.args == ["已导入 25 张表。"]
    assert len(names(empty, 2026)) == 10
    assert saved(empty).project_name == "绿色技术银行综合管理与运行"
    assert gestures(empty) == ["导入 25 张表"]
    empty.undo_stack.undo()
    assert empty.summaries() == ()


def test_that_files_are_read_in_the_background_and_escape_gives_up(
    empty: Document, given_files: tuple[Path, ...], tasks: TaskRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, may_go_on = [], threading.Event()
    really = storage.importing.plan.read_files

    def slowly(paths: Any, *watching: Any) -> Any:
        reader.append(threading.current_thread())
        may_go_on.wait(20)
        return really(paths, *watching)

    monkeypatch.setattr(storage.importing.plan, "read_files", slowly)
    dialog = shown(qtbot, ImportDialog(empty, tasks, given_files))
    qtbot.waitUntil(lambda: bool(reader))
    assert reader[0] is not threading.main_thread()
    assert dialog.progress.isVisible()
    assert not dialog.accept_button.isEnabled()
    assert focus() is dialog.close_button
    escape(qtbot)
    may_go_on.set()
    qtbot.waitUntil(lambda: not is_open(dialog))
    assert not was_accepted(dialog)
    assert empty.summaries() == ()


def test_that_a_form_that_is_there_with_other_content_waits_for_a_decision(
    document: Document, preview: Callable[..., ImportDialog], edited: Callable[[Edit], Path]
) -> None:
    dialog = preview(document, edited(other_goal))
    assert [row[2] for row in rows(dialog)] == ["内容不同，不导入"] + ["内容相同，跳过"] * 7
    assert "1 张表已存在而内容不同" in dialog.message.text
    assert not dialog.accept_button.isEnabled()
    assert focus() is dialog.replace


def test_that_a_tick_means_that_a_form_comes_in_and_a_box_that_changes_nothing_cannot_be_ticked(
    document: Document, preview: Callable[..., ImportDialog], edited: Callable[[Edit], Path], qtbot: QtBot
) -> None:
    def change(forms: list[dict[str, Any]]) -> None:
        other_goal(forms)
        forms[1]["project_name"] = "全新的项目"

    def boxes() -> list[tuple[bool, bool]]:
        tops = [item for row in range(3) if (item := dialog.table.topLevelItem(row)) is not None]
        can_be_ticked = Qt.ItemFlag.ItemIsUserCheckable
        return [(item.checkState(0) is Qt.CheckState.Checked, bool(item.flags() & can_be_ticked)) for item in tops]

    dialog = preview(document, edited(change))
    assert [row[2] for row in rows(dialog)[:3]] == ["内容不同，不导入", "新建项目", "内容相同，跳过"]
    assert boxes() == [(False, False), (True, True), (False, False)]
    dialog.replace.setChecked(True)
    assert boxes() == [(True, True), (True, True), (False, False)]
    first = dialog.table.topLevelItem(0)
    assert first is not None
    first.setCheckState(0, Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: rows(dialog)[0][2] == "不导入")
    assert boxes() == [(False, True), (True, True), (False, False)]
    assert dialog.accept_button.text() == "导入 1 张表"


def test_that_a_form_is_replaced_only_when_that_is_asked_for(
    document: Document, preview: Callable[..., ImportDialog], edited: Callable[[Edit], Path], qtbot: QtBot
) -> None:
    before = goal(document, "绿色技术银行综合管理与运行")
    dialog = preview(document, edited(other_goal))
    press(qtbot, Qt.Key.Key_Space)
    assert rows(dialog)[0][2] == "替换已有的"
    assert not dialog.message.isVisible()
    enter(qtbot)
    assert was_accepted(dialog)
    assert goal(document, "绿色技术银行综合管理与运行") == "改过的目标"
    document.undo_stack.undo()
    assert goal(document, "绿色技术银行综合管理与运行") == before


def test_that_what_a_replaced_form_loses_is_told_before_it_is_lost(
    document: Document, preview: Callable[..., ImportDialog], edited: Callable[[Edit], Path], qtbot: QtBot
) -> None:
    wanted = next(one for one in document.summaries() if one.project_name == "绿色技术银行综合管理与运行")
    document.select_project(wanted.id)
    project = saved(document)
    document.push("说明", edits.explain(project, "IND-003@declaration::", "无服务对象", document.settings))
    dialog = preview(document, edited(other_goal))
    assert not any("不再有" in row[0] for row in rows(dialog))
    press(qtbot, Qt.Key.Key_Space)
    item = dialog.table.topLevelItem(0)
    assert item is not None
    notes = [item.child(number).text(0) for number in range(item.childCount())]
    assert notes == ["替换后不再有出错说明 1 条（IND-003）；需要时可以撤销这次导入。"]
    enter(qtbot)
    assert saved(document).explanations == {}
    document.undo_stack.undo()
    assert dict(saved(document).explanations) == {"IND-003@declaration::": "无服务对象"}


def test_that_what_is_new_comes_in_beside_a_conflict_that_is_left_alone(
    document: Document, preview: Callable[..., ImportDialog], edited: Callable[[Edit], Path], qtbot: QtBot
) -> None:
    def change(forms: list[dict[str, Any]]) -> None:
        other_goal(forms)
        forms[1]["project_name"] = "全新的项目"

    dialog = preview(document, edited(change))
    assert dialog.accept_button.text() == "导入 1 张表"
    enter(qtbot)
    assert was_accepted(dialog)
    assert "全新的项目" in names(document, 2025)
    assert goal(document, "绿色技术银行综合管理与运行") != "改过的目标"


def test_that_forms_that_are_all_there_already_leave_nothing_to_import(
    document: Document, preview: Callable[..., ImportDialog], given_files: tuple[Path, ...]
) -> None:
    dialog = preview(document, *given_files)
    assert dialog.message.text == "这些表都已存在且内容相同，没有需要导入的。"
    assert not dialog.accept_button.isEnabled()


def test_that_the_same_form_in_two_files_comes_in_once_even_when_replacing(
    empty: Document, preview: Callable[..., ImportDialog], edited: Callable[[Edit], Path],
    given_files: tuple[Path, ...], qtbot: QtBot,
) -> None:  # fmt: skip
    dialog = preview(empty, given_files[0], edited(other_goal))
    assert focus() is dialog.replace
    press(qtbot, Qt.Key.Key_Space)
    assert "重复" in dialog.message.text
    enter(qtbot)
    assert was_accepted(dialog)
    assert len(names(empty, 2025)) == 8
    assert goal(empty, "绿色技术银行综合管理与运行") != "改过的目标"


def test_that_what_was_ignored_and_what_looks_alike_is_told_under_the_form(
    document: Document, preview: Callable[..., ImportDialog], edited: Callable[[Edit], Path]
) -> None:
    def change(forms: list[dict[str, Any]]) -> None:
        forms[0]["strange"] = 1
        forms[1]["department"] = "另一部门"

    dialog = preview(document, edited(change))
    assert len(notes(dialog, 0)) == 1
    assert "strange" in notes(dialog, 0)[0]
    assert "已有同名项目" in notes(dialog, 1)[0]
    assert notes(dialog, 2) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("坏.json", b"{", "内容不完整"), ("别的.json", b"[]", "不是绩效表的交换文件"), ("旧.doc", b"", "不能导入")],
)
def test_that_a_file_that_cannot_be_read_is_told_in_the_dialog_and_nothing_comes_in(
    document: Document, preview: Callable[..., ImportDialog], tmp_path: Path, qtbot: QtBot,
    name: str, content: bytes, said: str,
) -> None:  # fmt: skip
    (tmp_path / name).write_bytes(content)
    before = gestures(document)
    dialog = preview(document, tmp_path / name)
    assert name in dialog.message.text
    assert said in dialog.message.text
    assert not dialog.accept_button.isEnabled()
    enter(qtbot)
    assert not is_open(dialog)
    assert gestures(document) == before


def test_that_a_file_without_forms_says_so(
    document: Document, preview: Callable[..., ImportDialog], tmp_path: Path
) -> None:
    path = tmp_path / "空.json"
    path.write_text('{"format": "jixiao-forms/1", "forms": []}', encoding="utf-8")
    dialog = preview(document, path)
    assert dialog.message.text == "文件中没有表。"
    assert not dialog.accept_button.isEnabled()


def test_that_a_result_stands_on_one_line_and_its_row_is_no_higher_for_it(
    document: Document, preview: Callable[..., ImportDialog], given_files: tuple[Path, ...], empty: Document
) -> None:
    for before in (document, empty):
        dialog = preview(before, given_files[0])
        dialog.resize(1400, 600)
        QApplication.processEvents()
        item = dialog.table.topLevelItem(0)
        needed = dialog.fontMetrics().horizontalAdvance(item.text(2))
        assert dialog.table.columnWidth(2) >= needed + 20
        assert dialog.table.visualItemRect(item).height() < 2 * dialog.fontMetrics().height() + 8


def test_that_where_nothing_can_be_imported_the_keyboard_is_at_the_button_that_closes(
    document: Document, preview: Callable[..., ImportDialog], tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "坏.json").write_bytes(b"{")
    dialog = preview(document, tmp_path / "坏.json")
    assert focus() is dialog.close_button
    assert dialog.close_button.text() == "关闭"
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not is_open(dialog))


def test_that_an_import_that_cannot_be_written_is_told_and_leaves_nothing_behind(
    empty: Document, preview: Callable[..., ImportDialog], given_files: tuple[Path, ...], qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    dialog = preview(empty, *given_files)
    problem = fill_disk(monkeypatch)
    enter(qtbot)
    assert is_open(dialog)
    assert dialog.message.text == problem
    assert empty.summaries() == ()


def test_that_what_a_foreign_workbook_leaves_open_stands_below_its_form(
    empty: Document, preview: Callable[..., ImportDialog]
) -> None:
    case = Path(__file__).parent.parent.parent / "fixtures" / "cases" / "B02-national_wan.xlsx"
    dialog = preview(empty, case)
    item = dialog.table.topLevelItem(0)
    assert item is not None
    notes = [item.child(row).text(0) for row in range(item.childCount())]
    assert len(notes) == 2
    assert notes[0].startswith("工作表“Sheet1”单元格H6“0.8621”：读作86.21%")
    assert "已依次换算成432000、432000、372400" in notes[1]
    assert dialog.accept_button.isEnabled()


def test_that_a_long_remark_has_as_many_lines_as_it_needs(
    empty: Document, preview: Callable[..., ImportDialog]
) -> None:
    case = Path(__file__).parent.parent.parent / "fixtures" / "cases" / "B02-national_wan.xlsx"
    dialog = preview(empty, case)
    item = dialog.table.topLevelItem(0)
    assert item is not None
    short, long = (dialog.table.visualItemRect(item.child(row)).height() for row in (0, 1))
    assert long > short
    wide = dialog.table.fontMetrics().horizontalAdvance(item.child(1).text(0))  # the look of another test may be on
    dialog.resize(4 * wide, 430)
    QApplication.processEvents()
    assert len({dialog.table.visualItemRect(item.child(row)).height() for row in (0, 1)}) == 1  # a line each
