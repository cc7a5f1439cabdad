"""导出 Excel, by keyboard: what is offered, what is written, and what is told when it cannot be."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.desk.tasks import TaskRunner
from gui.document.document import Document
from gui.files.export import ExportDialog
from model.changes import AddForm
from model.errors import UserError
from model.records import Declaration, Evaluation, Form
from storage.excel import read_workbook_cells
from storage.store.sqlite import Store
from tests.gui.dialogs import (
    ALT,
    add,
    called,
    enter,
    focus,
    is_open,
    opened,
    press,
    rename,
    retype,
    saved,
    shown,
    tab_to,
    wait_for_job,
    was_accepted,
)
from tests.gui.files.export.steps import NAME, Opener, export


def with_error(document: Document) -> None:
    """The project on screen lacks its unit in both of its forms."""
    add(
        document,
        replace(
            saved(document).with_form(Form.DECLARATION, None).with_form(Form.EVALUATION, Evaluation()),
            id="errors",
            unit="",
        ),
    )
    document.select_project("errors")
    assert any(finding.blocks_export for finding in document.findings)


def all_texts(path: Path) -> list[str]:
    return [text for sheet in read_workbook_cells(path) for text in sheet.texts.values()]


# What is offered


def test_that_the_project_on_screen_is_offered_first_with_the_forms_it_has(open_dialog: Opener, folder: Path) -> None:
    dialog = open_dialog()
    assert focus() is dialog.one
    assert dialog.one.text() == "当前项目：研发平台数据采购及保障"
    assert dialog.forms[Form.DECLARATION].isChecked()
    assert not dialog.forms[Form.EVALUATION].isEnabled()
    assert not dialog.summary.isEnabled()
    assert not dialog.draft.isChecked()
    assert dialog.path.text() == str(folder / NAME)


def test_that_a_box_that_cannot_be_ticked_says_why_and_one_that_can_says_nothing(
    open_dialog: Opener, qtbot: QtBot
) -> None:
    dialog = open_dialog()
    boxes = [*dialog.forms.values(), dialog.summary, dialog.beside, dialog.apart]

    def said() -> list[str]:
        assert all(bool(box.toolTip()) is not box.isEnabled() for box in boxes)
        assert all(box.accessibleDescription() == box.toolTip() for box in boxes)
        return [box.toolTip() for box in boxes if not box.isEnabled()]

    assert said() == [
        "当前项目没有填这张表。",
        "汇总表只在导出多个项目时才有。",
        "当前项目在往年没有可以对照的项目。",
        "只有一个项目，不用分成几个文件。",
    ]
    press(qtbot, Qt.Key.Key_Down)
    assert said() == ["这些项目没有填这张表。"]


def test_that_a_folder_that_is_gone_gives_way_to_one_that_is_there(
    document: Document, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = shown(qtbot, ExportDialog(document, TaskRunner(), folder=tmp_path / "没有"))
    assert Path(dialog.path.text()).parent.is_dir()


def test_that_the_arrow_keys_choose_the_whole_year_with_its_summary(open_dialog: Opener, qtbot: QtBot) -> None:
    dialog = open_dialog()
    press(qtbot, Qt.Key.Key_Down)
    assert dialog.all.isChecked()
    assert dialog.all.text() == "2026 年度全部项目（10 个）"
    assert dialog.summary.isChecked()
    assert Path(dialog.path.text()).name == "2026年度项目绩效 上海市研发公共服务平台管理中心（草稿）.xlsx"


def test_that_a_form_left_out_stays_left_out_when_the_scope_changes(open_dialog: Opener, qtbot: QtBot) -> None:
    dialog = open_dialog()
    press(qtbot, Qt.Key.Key_Down)
    tab_to(qtbot, "另附项目绩效目标汇总表")
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_R, ALT)
    press(qtbot, Qt.Key.Key_Up)
    assert dialog.one.isChecked()
    press(qtbot, Qt.Key.Key_Down)
    assert not dialog.summary.isChecked()
    assert dialog.forms[Form.DECLARATION].isChecked()


def test_that_an_export_without_any_form_is_refused_with_the_reason(open_dialog: Opener, qtbot: QtBot) -> None:
    dialog = open_dialog()
    tab_to(qtbot, "绩效目标申报表")
    press(qtbot, Qt.Key.Key_Space)
    assert dialog.message.text == "请至少选择一张已填写的表。"
    assert not dialog.accept_button.isEnabled()


def test_that_a_store_without_projects_has_nothing_to_export(tmp_path: Path, qtbot: QtBot) -> None:
    Store.create(tmp_path / "新.jixiao").close()
    with opened(tmp_path / "新.jixiao") as document:
        dialog = shown(qtbot, ExportDialog(document, TaskRunner(), folder=tmp_path))
        assert dialog.message.text == "还没有可以导出的项目。"
        assert not dialog.accept_button.isEnabled()


def test_that_errors_make_the_export_a_draft_unless_the_clerk_says_otherwise(
    document: Document, open_dialog: Opener
) -> None:
    with_error(document)
    dialog = open_dialog()
    assert dialog.draft.isChecked()
    assert "个错误，正式导出须先改正" in dialog.draft.text()
    assert dialog.accept_button.text() == "导出草稿"


def test_that_errors_in_a_form_left_out_do_not_make_a_draft(
    document: Document, open_dialog: Opener, qtbot: QtBot
) -> None:
    assert document.push("开始绩效自评", (AddForm(saved(document).id, Form.EVALUATION, Evaluation()),))
    dialog = open_dialog()
    assert dialog.draft.isChecked()
    tab_to(qtbot, "绩效自评表")
    press(qtbot, Qt.Key.Key_Space)
    assert not dialog.draft.isChecked()


def test_that_of_a_whole_year_too_only_errors_in_the_forms_chosen_count(
    document: Document, open_dialog: Opener, qtbot: QtBot
) -> None:
    declared = [summary.id for summary in document.summaries() if summary.year == 2026]
    errors_declared = sum(summary.errors for summary in document.summaries() if summary.year == 2026)
    for project_id in declared[:2]:
        document.select_project(project_id)
        assert document.push("开始绩效自评", (AddForm(project_id, Form.EVALUATION, Evaluation()),))
    errors_evaluated = 2 * sum(f.blocks_export and f.place.form is Form.EVALUATION for f in document.findings)
    assert 0 < errors_declared != errors_evaluated > 0
    dialog = open_dialog()
    press(qtbot, Qt.Key.Key_Down)
    assert dialog.all.isChecked()
    assert f"还有 {errors_declared + errors_evaluated} 个错误" in dialog.draft.text()
    tab_to(qtbot, "绩效自评表")
    press(qtbot, Qt.Key.Key_Space)
    assert f"还有 {errors_declared} 个错误" in dialog.draft.text()
    press(qtbot, Qt.Key.Key_Space)
    tab_to(qtbot, "绩效目标申报表")
    press(qtbot, Qt.Key.Key_Space)
    assert f"还有 {errors_evaluated} 个错误" in dialog.draft.text()


def test_that_projects_that_cannot_be_read_count_with_both_forms(
    document: Document, open_dialog: Opener, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert document.push("开始绩效自评", (AddForm(saved(document).id, Form.EVALUATION, Evaluation()),))
    dialog = open_dialog()
    press(qtbot, Qt.Key.Key_Down)
    both = dialog.draft.text()
    assert "个错误" in both

    def unreadable(*_: Any, **__: Any) -> None:
        raise UserError("读不了")

    monkeypatch.setattr(Store, "projects", unreadable)
    tab_to(qtbot, "绩效自评表")
    press(qtbot, Qt.Key.Key_Space)
    assert dialog.draft.text() == both
    assert dialog.draft.isChecked()


def test_that_a_long_name_is_shortened_and_an_ampersand_is_no_mnemonic(document: Document, open_dialog: Opener) -> None:
    rename(document, "A&B" + "很长的项目名称" * 20)
    dialog = open_dialog()
    assert dialog.one.text().startswith("当前项目：A&&B很长")
    assert dialog.one.text().endswith("…")
    assert dialog.width() < 700


# What is written


def test_that_enter_writes_the_form_and_says_where(
    document: Document, open_dialog: Opener, folder: Path, qtbot: QtBot
) -> None:
    dialog = open_dialog()
    with qtbot.waitSignal(dialog.exported, timeout=20_000) as told:
        enter(qtbot)
    assert told.args == [str(folder / NAME)]
    assert was_accepted(dialog)
    texts = all_texts(folder / NAME)
    assert "研发平台数据采购及保障" in texts
    assert saved(document).of(Declaration) is not None
    assert not any("草稿" in text for text in texts)


def test_that_a_whole_year_is_written_with_its_summary(open_dialog: Opener, folder: Path, qtbot: QtBot) -> None:
    dialog = open_dialog()
    press(qtbot, Qt.Key.Key_Down)
    dialog.draft.setChecked(True)
    export(dialog, qtbot)
    assert was_accepted(dialog)
    (path,) = folder.iterdir()
    assert len(read_workbook_cells(path)) >= 11


def test_that_a_draft_says_so(document: Document, open_dialog: Opener, folder: Path, qtbot: QtBot) -> None:
    with_error(document)
    dialog = open_dialog()
    export(dialog, qtbot)
    assert was_accepted(dialog)
    (path,) = folder.iterdir()
    assert any("草稿" in text for text in all_texts(path))


def test_that_a_final_export_with_errors_is_refused_and_can_be_made_a_draft(
    document: Document, open_dialog: Opener, folder: Path, qtbot: QtBot
) -> None:
    with_error(document)
    dialog = open_dialog()
    draft = tab_to(qtbot, called(dialog.draft))
    press(qtbot, Qt.Key.Key_Space)
    export(dialog, qtbot)
    assert is_open(dialog)
    assert "不能正式导出" in dialog.message.text
    assert list(folder.iterdir()) == []
    assert focus() is draft
    press(qtbot, Qt.Key.Key_Space)
    export(dialog, qtbot)
    assert was_accepted(dialog)


def test_that_a_file_open_in_excel_is_told_and_stays_as_it_was(
    open_dialog: Opener, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: Any) -> None:
        raise PermissionError(13, "held open")

    (folder / NAME).write_text("旧的内容")
    dialog = open_dialog()
    monkeypatch.setattr("storage.files.atomic.os.replace", held)
    monkeypatch.setattr("storage.files.atomic._pause", lambda: None)
    export(dialog, qtbot)
    assert is_open(dialog)
    assert "正被 Excel 或其他程序打开" in dialog.message.text
    assert [path.name for path in folder.iterdir()] == [NAME]
    assert (folder / NAME).read_text() == "旧的内容"
    monkeypatch.undo()
    export(dialog, qtbot)
    assert was_accepted(dialog)


def test_that_a_folder_that_cannot_be_written_is_told(
    open_dialog: Opener, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = os.open

    def read_only(path: Any, *arguments: Any, **others: Any) -> int:
        if Path(path).parent == folder:
            raise PermissionError(13, "read-only")
        return really(path, *arguments, **others)

    dialog = open_dialog()
    monkeypatch.setattr(os, "open", read_only)
    export(dialog, qtbot)
    assert is_open(dialog)
    assert "是只读的" in dialog.message.text
    assert dialog.path.text() == str(folder / NAME)


def test_that_a_folder_that_does_not_exist_is_told(open_dialog: Opener, folder: Path, qtbot: QtBot) -> None:
    dialog = open_dialog()
    retype(qtbot, "保存到", str(folder / "没有" / "表.xlsx"))
    export(dialog, qtbot)
    assert is_open(dialog)
    assert "不存在" in dialog.message.text


def test_that_characters_left_out_have_to_be_read_before_the_dialog_goes(
    document: Document, open_dialog: Opener, folder: Path, qtbot: QtBot
) -> None:
    rename(document, "热线\x01运行")
    dialog = open_dialog()
    dialog.draft.setChecked(True)
    with qtbot.waitSignal(dialog.exported, timeout=20_000):
        enter(qtbot)
    wait_for_job(qtbot, dialog)
    assert is_open(dialog)
    assert "去掉了无法写入的字符" in dialog.message.text
    assert called(focus()) == "关闭"
    assert len(list(folder.iterdir())) == 1
    enter(qtbot)
    assert not is_open(dialog)


# 与往年对照


def test_that_the_sheet_beside_earlier_years_is_offered_where_there_is_one_and_remembered(
    document: Document, open_dialog: Opener, folder: Path, qtbot: QtBot
) -> None:
    dialog = open_dialog()
    assert not dialog.beside.isEnabled()
    dialog.all.click()
    assert dialog.beside.isEnabled()
    assert not dialog.beside.isChecked()
    dialog.reject()
    goes_on = [one for one in document.summaries() if one.project_name == "研发平台网络运行保障"]
    document.select_project(goes_on[0].id)
    dialog = shown(qtbot, ExportDialog(document, dialog._tasks, folder=folder, wishes={"beside": True}))
    assert dialog.beside.isChecked()
    dialog.summary.setFocus()
    export(dialog, qtbot)
    assert was_accepted(dialog)
    (path,) = folder.glob("*.xlsx")
    texts = all_texts(path)
    assert {"与往年对照", "高危漏洞数", "<8个", "5个"} <= set(texts)
