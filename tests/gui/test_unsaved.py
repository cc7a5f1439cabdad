"""Esc in a dialog: closes it; where that would lose what took somebody some time, the second one does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from gui.desk.dialog import Dialog
from gui.desk.tasks import TaskRunner
from gui.document.document import Document
from gui.files.import_preview import ImportDialog
from gui.findings.explanation import ExplanationDialog
from gui.settings.dialog import SettingsDialog
from tests.gui.dialogs import (
    OWN_UNITS,
    PROFILE,
    THRESHOLDS,
    escape,
    fill_disk,
    first_warning,
    focus,
    gestures,
    go_to_page,
    is_open,
    press,
    shown,
    wait_for_job,
)
from tests.gui.found import children
from tests.gui.window import type_text

REASON = "按批复文件填写，已与业务部门核对。"


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    tasks = TaskRunner()
    yield tasks
    tasks.shut_down()


def explanation(document: Document, qtbot: QtBot) -> ExplanationDialog:
    return shown(qtbot, ExplanationDialog(document, first_warning(document)))


def tells(dialog: Dialog, beginning: str) -> bool:
    return is_open(dialog) and dialog.message.text.startswith(beginning) and "再按一次 Esc" in dialog.message.text


def test_that_esc_loses_an_explanation_only_the_second_time(
    document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr("gui.desk.message.announce", lambda _widget, text: heard.append(text))
    dialog = explanation(document, qtbot)
    before = gestures(document)
    type_text(qtbot, focus(), REASON)
    escape(qtbot)
    assert tells(dialog, "说明还没有保存。")
    assert dialog.text.toPlainText() == REASON
    assert focus() is dialog.text
    type_text(qtbot, focus(), "another reason")
    escape(qtbot)
    assert tells(dialog, "说明还没有保存。")
    assert len([text for text in heard if text.startswith("警告：说明还没有保存。")]) == 2
    escape(qtbot)
    assert not is_open(dialog)
    assert gestures(document) == before


def test_that_who_could_not_save_after_a_first_esc_is_told_again_before_it_is_lost(
    document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = shown(qtbot, SettingsDialog(document))
    type_text(qtbot, focus(), "某单位")
    escape(qtbot)
    problem = fill_disk(monkeypatch)
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.message.text == problem
    escape(qtbot)
    assert tells(dialog, "改过的设置还没有保存。")
    escape(qtbot)
    assert not is_open(dialog)


def test_that_after_a_first_esc_ctrl_enter_keeps_what_was_written(document: Document, qtbot: QtBot) -> None:
    dialog = explanation(document, qtbot)
    type_text(qtbot, focus(), REASON)
    escape(qtbot)
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not is_open(dialog)
    assert gestures(document)[0] == "填写出错说明"


def test_that_the_button_that_gives_up_is_meant_the_first_time(document: Document, qtbot: QtBot) -> None:
    dialog = explanation(document, qtbot)
    type_text(qtbot, focus(), REASON)
    dialog.close_button.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not is_open(dialog))


def test_that_the_cross_of_the_window_is_as_esc(document: Document, qtbot: QtBot) -> None:
    dialog = explanation(document, qtbot)
    type_text(qtbot, focus(), REASON)
    dialog.close()
    assert tells(dialog, "说明还没有保存。")
    dialog.close()
    assert not is_open(dialog)


@pytest.mark.parametrize("page", [0, PROFILE, THRESHOLDS, OWN_UNITS])
def test_that_esc_closes_settings_that_are_as_they_were_and_speaks_of_those_that_are_not(
    document: Document, qtbot: QtBot, page: int
) -> None:
    dialog = shown(qtbot, SettingsDialog(document))
    go_to_page(dialog, qtbot, page)
    escape(qtbot)
    assert not is_open(dialog)
    dialog = shown(qtbot, SettingsDialog(document))
    go_to_page(dialog, qtbot, page)
    if page == PROFILE:
        dialog.profile.choices["grades"].setFocus()
        press(qtbot, Qt.Key.Key_Down)
    else:
        press(qtbot, Qt.Key.Key_5)
    escape(qtbot)
    assert tells(dialog, "改过的设置还没有保存。")
    escape(qtbot)
    assert not is_open(dialog)


def test_that_esc_speaks_of_texts_that_were_mended_before_an_import(
    document: Document, qtbot: QtBot, tasks: TaskRunner, given_files: tuple[Path, ...], tmp_path: Path
) -> None:
    content = json.loads(given_files[0].read_text(encoding="utf-8"))
    content["forms"] = content["forms"][:1]
    content["forms"][0]["annual_goal"] = "改过的目标"
    path = tmp_path / "改过的.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    dialog = shown(qtbot, ImportDialog(document, tasks, (path,)))
    wait_for_job(qtbot, dialog)
    cells = dialog.details.cells
    items = (cells.topLevelItem(number) for number in range(cells.topLevelItemCount()))
    goal = next(item for item in items if isinstance(item, QTreeWidgetItem) and item.text(0) == "年度总体目标")
    cells.setFocus()
    cells.setCurrentItem(goal, 1)
    press(qtbot, Qt.Key.Key_F2)
    editor = next(one for one in children(cells, QLineEdit) if one.isVisible())
    editor.selectAll()
    qtbot.keyClicks(editor, "mended")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.unsaved() is not None)
    escape(qtbot)
    assert tells(dialog, "改过的文字还没有导入。")
    escape(qtbot)
    assert not is_open(dialog)
