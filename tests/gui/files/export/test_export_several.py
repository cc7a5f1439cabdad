"""Several projects exported at once: into one workbook, or each into its own; and what is proposed the next time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

import storage.excel
from gui.desk.preferences import Preferences
from gui.desk.tasks import TaskRunner
from gui.document.document import Document
from gui.files.export import ExportDialog
from gui.files.export_names import names_apart
from model.errors import CancelledError, UserError
from model.records import Form, forms_of
from storage.excel import ExportReport
from tests.gui.dialogs import add, focus, press, saved, shown, was_accepted
from tests.gui.files.export.steps import Opener, export
from tests.gui.found import visible
from tests.gui.overview.test_lines import ONE
from tests.gui.window import shown_window

ROW = 8
"""Pixels of height within which two things stand in one row."""


@pytest.fixture
def three(document: Document) -> list[str]:
    """Three projects are chosen; their ids."""
    ids = [one.id for one in document.summaries()[:3]]
    document.choose(ids)
    return ids


def made(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_that_several_chosen_go_into_one_workbook(
    document: Document, three: list[str], open_dialog: Opener, folder: Path, qtbot: QtBot
) -> None:
    dialog = open_dialog()
    assert dialog.several.isChecked()
    assert dialog.several.text() == "已选 3 个项目"
    export(dialog, qtbot)
    assert was_accepted(dialog)
    assert len(made(folder)) == 1


def test_that_tab_goes_through_what_can_be_chosen_from_top_to_bottom(
    document: Document, three: list[str], open_dialog: Opener, qtbot: QtBot
) -> None:
    dialog = open_dialog()
    dialog.beside.setEnabled(True)
    places, stops = [], []
    while (stop := focus()) is not dialog.accept_button:
        stops.append(stop)
        point = stop.mapTo(dialog, stop.rect().center())
        places.append((point.y() // ROW, point.x()))
        press(qtbot, Qt.Key.Key_Tab)
    assert places == sorted(places)
    assert {dialog.summary, dialog.beside, dialog.draft, dialog.apart, dialog.path} <= set(stops)


def test_that_each_goes_into_a_file_of_its_own_and_what_is_there_is_named_before(
    document: Document, three: list[str], open_dialog: Opener, folder: Path, qtbot: QtBot
) -> None:
    dialog = open_dialog()
    dialog.apart.click()
    assert Path(dialog.path.text()) == folder
    assert not dialog.summary.isEnabled()
    assert dialog.summary.toolTip() == "“每个项目一个文件”时没有汇总表。"
    dialog.apart.click()
    assert (dialog.summary.isEnabled(), dialog.summary.toolTip()) == (True, "")
    dialog.apart.click()
    export(dialog, qtbot)
    assert was_accepted(dialog)
    names = [f"2026年度 {one.project_name}.xlsx" for one in document.summaries()[:3]]
    assert made(folder) == sorted(names)
    again = open_dialog()
    again.apart.click()
    assert "文件夹里已有 3 个同名文件，导出后将替换：" in again.message.text
    again.path.setText(str(folder / "没有"))
    assert "没有这个文件夹" in again.message.text
    assert not again.accept_button.isEnabled()


def test_that_what_has_no_such_form_is_said_by_name(
    document: Document, open_dialog: Opener, folder: Path, qtbot: QtBot
) -> None:
    add(document, replace(saved(document), id="bare", project_name="还没有表", forms=forms_of()))
    document.choose([document.summaries()[0].id, "bare"])
    dialog = open_dialog()
    dialog.apart.click()
    export(dialog, qtbot)
    assert dialog.message.text.endswith("没有填所选的表，没有导出：还没有表")
    assert len(made(folder)) == 1


@pytest.mark.parametrize("problem", [UserError("磁盘已满。"), CancelledError()])
def test_that_what_was_written_before_a_stop_is_told(
    three: list[str],
    open_dialog: Opener,
    folder: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    problem: Exception,
) -> None:
    def stop_at_second(path: Path, *_: object, **__: object) -> ExportReport:
        if made(folder):
            raise problem
        path.write_text("工作簿")
        return ExportReport(path, 1, 1, "")

    monkeypatch.setattr(storage.excel, "export_workbook", stop_at_second)
    dialog = open_dialog()
    dialog.apart.click()
    export(dialog, qtbot)
    assert "1 个文件" in dialog.message.text
    assert len(made(folder)) == 1


def test_that_the_folder_of_many_is_chosen_as_a_folder(three: list[str], open_dialog: Opener, folder: Path) -> None:
    dialog = open_dialog()
    dialog.apart.click()
    dialog.browse.click()
    chooser = next(visible(dialog, QFileDialog))
    assert chooser.fileMode() is QFileDialog.FileMode.Directory
    chooser.fileSelected.emit(str(folder.parent))
    assert Path(dialog.path.text()) == folder.parent
    chooser.close()


def test_that_the_choices_are_proposed_again_also_a_draft_and_its_folder(
    document: Document, tmp_path: Path, folder: Path, qtbot: QtBot
) -> None:
    preferences, tasks = Preferences(tmp_path / "jixiao.ini"), TaskRunner()
    document.choose([one.id for one in document.summaries()[:2]])

    def opened() -> ExportDialog:
        return shown(qtbot, ExportDialog(document, tasks, folder=folder, wishes=preferences.export_wishes()))

    dialog = opened()
    dialog.apart.click()
    dialog.draft.click()
    dialog.forms[Form.DECLARATION].click()
    preferences.set_export_wishes(dialog.wishes)
    dialog.reject()
    dialog = opened()
    assert dialog.apart.isChecked()
    assert dialog.draft.isChecked()
    assert not dialog.forms[Form.DECLARATION].isChecked()
    dialog.draft.click()
    assert not dialog.wishes["draft"]
    tasks.shut_down()


def test_that_an_export_offers_the_file_and_its_folder_and_remembers_where(
    qtbot: QtBot, tmp_path: Path, given_store: Path, opened_outside: list[QUrl]
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    target = tmp_path / "去处" / "一.xlsx"
    target.parent.mkdir()
    window.commands["export"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    dialog.path.setText(str(target))
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    buttons = {one.text(): one for one in visible(window.page.message, QPushButton)}
    assert set(buttons) == {"打开文件", "打开所在文件夹"}
    buttons["打开文件"].click()
    assert [url.toLocalFile() for url in opened_outside] == [str(target)]
    assert window.preferences.export_folder() == str(target.parent)
    assert window.preferences.folder() != str(target.parent)


@pytest.mark.parametrize("button", ["打开文件", "打开所在文件夹"])
def test_that_an_export_no_program_opens_is_said_to_be_there(
    qtbot: QtBot, tmp_path: Path, given_store: Path, monkeypatch: pytest.MonkeyPatch, button: str
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    window = shown_window(qtbot, tmp_path, given_store)
    target = tmp_path / "一.xlsx"
    window.commands["export"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    dialog.path.setText(str(target))
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    message = window.page.message
    next(one for one in visible(message, QPushButton) if one.text() == button).click()
    assert message.isVisible()
    assert message.is_failure
    assert message.text.endswith(str(target if button == "打开文件" else tmp_path))


@pytest.fixture
def opened_outside(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """What was given to other programs to open."""
    urls: list[QUrl] = []

    def take(url: QUrl) -> bool:
        urls.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    return urls


def test_that_what_is_to_be_printed_is_exported_and_opened_in_the_program_that_prints_it(
    qtbot: QtBot, tmp_path: Path, given_store: Path, opened_outside: list[QUrl]
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    target = tmp_path / "打印.xlsx"
    window.commands["print"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    assert dialog.windowTitle() == "打印"
    dialog.path.setText(str(target))
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert [url.toLocalFile() for url in opened_outside] == [str(target)]


def test_that_a_new_file_is_never_proposed_under_the_name_of_one_that_is_there(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown_window(qtbot, tmp_path)
    window.files.create(tmp_path / "绩效填报.jixiao")
    window.commands["new_store"].trigger()
    chooser = next(visible(window, QFileDialog))
    assert [Path(one).name for one in chooser.selectedFiles()] == ["绩效填报（2）.jixiao"]
    chooser.close()


@given(st.lists(st.sampled_from(["甲", "甲.", "A", "a", "甲（2）", "", "x/y"]), max_size=8), st.booleans())
def test_that_no_two_files_of_a_folder_have_one_name(names: list[str], are_drafts: bool) -> None:
    summaries = [replace(ONE, id=str(n), project_name=name) for n, name in enumerate(names)]
    drafts = {one.id for one in summaries} if are_drafts else set()
    found = names_apart(summaries, drafts)
    assert len({name.casefold() for name in found.values()}) == len(names)
    assert all(name.endswith("（草稿）.xlsx" if are_drafts else ".xlsx") for name in found.values())
