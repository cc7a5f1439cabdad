"""导出 Excel, by keyboard: where the file goes, and what it is called."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from storage.files.names import MOST_CHARACTERS
from tests.gui.dialogs import (
    ALT,
    is_open,
    press,
    rename,
    retype,
    was_accepted,
)
from tests.gui.files.export.steps import NAME, Opener, export
from tests.gui.found import child


def test_that_a_proposed_name_leaves_room_for_its_folder(document: Document, open_dialog: Opener) -> None:
    rename(document, "很长的项目名称" * 40)
    dialog = open_dialog()
    name = Path(dialog.path.text()).name
    assert len(name) == MOST_CHARACTERS + len(".xlsx")


@pytest.mark.parametrize(
    ("typed", "written"),
    [("月报", "月报.xlsx"), ("2026.12", "2026.12.xlsx"), ("月报.XLSX", "月报.XLSX"), ("“月报.xlsx”", "月报.xlsx")],
)
def test_that_a_name_typed_without_folder_or_suffix_gets_both(
    open_dialog: Opener, folder: Path, qtbot: QtBot, typed: str, written: str
) -> None:
    dialog = open_dialog()
    retype(qtbot, "保存到", typed)
    export(dialog, qtbot)
    assert was_accepted(dialog)
    assert [path.name for path in folder.iterdir()] == [written]


def test_that_a_folder_gets_a_file_of_the_proposed_name(open_dialog: Opener, folder: Path, qtbot: QtBot) -> None:
    (folder / "财务处").mkdir()
    dialog = open_dialog()
    retype(qtbot, "保存到", str(folder / "财务处"))
    export(dialog, qtbot)
    assert (folder / "财务处" / NAME).is_file()


def test_that_a_name_that_was_typed_stays_when_the_scope_changes(open_dialog: Opener, qtbot: QtBot) -> None:
    dialog = open_dialog()
    retype(qtbot, "保存到", "我的报表")
    press(qtbot, Qt.Key.Key_R, ALT)
    press(qtbot, Qt.Key.Key_Down)
    assert dialog.path.text() == "我的报表"


def test_that_an_empty_path_is_asked_for(open_dialog: Opener, qtbot: QtBot) -> None:
    dialog = open_dialog()
    retype(qtbot, "保存到", "")
    assert dialog.message.text == "请写明保存到哪个文件。"
    assert not dialog.accept_button.isEnabled()


def test_that_a_name_far_too_long_is_told_after_the_attempt(open_dialog: Opener, qtbot: QtBot) -> None:
    dialog = open_dialog()
    dialog.path.setText("长" * 400)
    assert dialog.accept_button.isEnabled()
    dialog.path.setFocus()
    export(dialog, qtbot)
    assert is_open(dialog)
    assert dialog.message.isVisible()


def test_that_the_file_is_chosen_beside_the_one_proposed(open_dialog: Opener, folder: Path, qtbot: QtBot) -> None:
    dialog = open_dialog()
    with qtbot.waitSignal(dialog.browse.clicked):
        press(qtbot, Qt.Key.Key_B, ALT)
    chooser = child(dialog, QFileDialog)
    assert Path(chooser.directory().path()) == folder
    line = child(chooser, QLineEdit)
    line.setText(str(folder / "另一个.xlsx"))
    chooser.accept()
    qtbot.waitUntil(lambda: dialog.path.text() == str(folder / "另一个.xlsx"))
    assert dialog.focusWidget() is dialog.accept_button


def test_that_a_file_that_will_be_replaced_is_named_before(open_dialog: Opener, folder: Path) -> None:
    (folder / NAME).write_text("旧")
    dialog = open_dialog()
    assert dialog.message.text == f"“{NAME}”已存在，导出后将替换它。"
    assert dialog.accept_button.isEnabled()


def test_that_a_draft_is_never_proposed_under_the_name_of_the_final_file(open_dialog: Opener) -> None:
    dialog = open_dialog()
    assert Path(dialog.path.text()).name == NAME
    dialog.draft.setChecked(True)
    assert Path(dialog.path.text()).name == NAME.replace(".xlsx", "（草稿）.xlsx")
    dialog.draft.setChecked(False)
    assert Path(dialog.path.text()).name == NAME


def test_that_a_name_somebody_typed_stays_when_it_becomes_a_draft(open_dialog: Opener, qtbot: QtBot) -> None:
    dialog = open_dialog()
    retype(qtbot, "保存到", "月报.xlsx")
    dialog.draft.setChecked(True)
    assert dialog.path.text() == "月报.xlsx"
