"""出错说明, by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from gui.findings.explanation import ExplanationDialog
from model import edits
from model.findings import Finding
from tests.gui.dialogs import (
    CONTROL,
    enter,
    escape,
    fill_disk,
    first_warning,
    focus,
    gestures,
    is_open,
    press,
    saved,
    shown,
    was_accepted,
)
from tests.gui.found import children
from tests.gui.window import type_text

WORDS = "本项目为内部管理类，无服务对象。"


@pytest.fixture
def finding(document: Document) -> Finding:
    return first_warning(document)


@pytest.fixture
def dialog(document: Document, finding: Finding, qtbot: QtBot) -> ExplanationDialog:
    return shown(qtbot, ExplanationDialog(document, finding))


def as_it_is_now(document: Document, finding: Finding) -> Finding:
    return next(found for found in document.findings if found.key == finding.key)


def explained(document: Document, finding: Finding) -> Finding:
    document.push("填写出错说明", edits.explain(saved(document), finding.key, WORDS, document.settings))
    return as_it_is_now(document, finding)


def test_that_the_text_has_the_keyboard_and_the_warning_stands_above_it(
    dialog: ExplanationDialog, finding: Finding
) -> None:
    assert focus() is dialog.text
    shown_texts = [label.text() for label in children(dialog, QLabel)]
    assert finding.message in shown_texts
    assert not any(finding.rule in text for text in shown_texts)


def test_that_control_enter_keeps_the_explanation_and_closes_the_warning(
    document: Document, dialog: ExplanationDialog, finding: Finding, qtbot: QtBot
) -> None:
    type_text(qtbot, focus(), WORDS)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert was_accepted(dialog)
    assert saved(document).explanations[finding.key] == WORDS
    assert as_it_is_now(document, finding).is_closed


def test_that_enter_begins_a_new_line(
    document: Document, dialog: ExplanationDialog, finding: Finding, qtbot: QtBot
) -> None:
    type_text(qtbot, focus(), "第一行")
    enter(qtbot)
    type_text(qtbot, focus(), "第二行")
    assert is_open(dialog)
    press(qtbot, Qt.Key.Key_Enter, CONTROL)
    assert saved(document).explanations[finding.key] == "第一行\n第二行"


def test_that_tab_leaves_the_text_and_enter_on_the_button_keeps_it(
    document: Document, dialog: ExplanationDialog, finding: Finding, qtbot: QtBot
) -> None:
    type_text(qtbot, focus(), WORDS)
    press(qtbot, Qt.Key.Key_Tab)
    assert focus() is dialog.accept_button
    enter(qtbot)
    assert saved(document).explanations[finding.key] == WORDS


def test_that_one_undo_opens_the_warning_again(
    document: Document, dialog: ExplanationDialog, finding: Finding, qtbot: QtBot
) -> None:
    type_text(qtbot, focus(), WORDS)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    document.undo_stack.undo()
    assert not as_it_is_now(document, finding).is_closed


def test_that_an_explanation_can_be_continued_where_it_ends(document: Document, finding: Finding, qtbot: QtBot) -> None:
    dialog = shown(qtbot, ExplanationDialog(document, explained(document, finding)))
    assert dialog.text.toPlainText() == WORDS
    type_text(qtbot, focus(), "补充。")
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert saved(document).explanations[finding.key] == f"{WORDS}补充。"


def test_that_an_emptied_explanation_is_taken_back(document: Document, finding: Finding, qtbot: QtBot) -> None:
    dialog = shown(qtbot, ExplanationDialog(document, explained(document, finding)))
    press(qtbot, Qt.Key.Key_A, CONTROL)
    press(qtbot, Qt.Key.Key_Delete)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert was_accepted(dialog)
    assert finding.key not in saved(document).explanations
    assert not as_it_is_now(document, finding).is_closed
    assert gestures(document)[0] == "删除出错说明"


def test_that_an_explanation_left_as_it_was_is_no_gesture(document: Document, finding: Finding, qtbot: QtBot) -> None:
    dialog = shown(qtbot, ExplanationDialog(document, explained(document, finding)))
    before = gestures(document)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert was_accepted(dialog)
    assert gestures(document) == before


def test_that_escape_keeps_nothing(
    document: Document, dialog: ExplanationDialog, finding: Finding, qtbot: QtBot
) -> None:
    type_text(qtbot, focus(), WORDS)
    escape(qtbot)
    escape(qtbot)  # the first one says what would be lost
    assert not is_open(dialog)
    assert not as_it_is_now(document, finding).is_closed


def test_that_an_explanation_that_cannot_be_written_is_told_and_stays(
    dialog: ExplanationDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = fill_disk(monkeypatch)
    type_text(qtbot, focus(), WORDS)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert is_open(dialog)
    assert dialog.message.text == problem
    assert dialog.text.toPlainText() == WORDS
