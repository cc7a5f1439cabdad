"""A bug: it is logged, shown once, can be copied, and never takes the program down."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from gui.crash import CrashDialog, CrashHandler, report_text


@pytest.fixture
def handler(qapp: object) -> Iterator[CrashHandler]:
    before = sys.excepthook
    crash = CrashHandler()
    yield crash
    sys.excepthook = before
    if crash.dialog is not None:
        crash.dialog.close()


def fail(handler: CrashHandler, text: str) -> None:
    try:
        raise RuntimeError(text)
    except RuntimeError as error:
        handler.handle(type(error), error, error.__traceback__)


def test_that_the_report_names_the_versions_and_the_line_that_failed(handler: CrashHandler) -> None:
    try:
        raise KeyError("missing")
    except KeyError as error:
        report = report_text(type(error), error, error.__traceback__)
    assert "PySide6 6.8" in report
    assert "test_crash.py" in report
    assert "KeyError: 'missing'" in report


def test_that_a_bug_is_logged_and_shown(qtbot: QtBot, handler: CrashHandler, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.CRITICAL, logger="jixiao"):
        fail(handler, "broken")
    assert "RuntimeError: broken" in caplog.text
    assert handler.dialog is not None
    assert handler.dialog.isVisible()
    assert "broken" in handler.dialog.findChild(QPlainTextEdit).toPlainText()


def test_that_a_second_bug_does_not_pile_up_a_second_dialog(qtbot: QtBot, handler: CrashHandler) -> None:
    fail(handler, "first")
    first = handler.dialog
    fail(handler, "second")
    assert handler.dialog is first


def test_that_the_next_bug_is_shown_again_after_the_dialog_was_closed(qtbot: QtBot, handler: CrashHandler) -> None:
    fail(handler, "first")
    assert handler.dialog is not None
    qtbot.keyClick(handler.dialog, Qt.Key.Key_Return)
    assert handler.dialog is None
    fail(handler, "second")
    assert handler.dialog is not None


def test_that_the_report_can_be_copied(qtbot: QtBot) -> None:
    dialog = CrashDialog("the report")
    qtbot.addWidget(dialog)
    dialog.copy_button.setFocus()
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == "the report"
    assert dialog.copy_button.text() == "已复制"


def test_that_installing_takes_over_the_excepthook(handler: CrashHandler) -> None:
    handler.install()
    assert sys.excepthook == handler.handle


def test_that_ctrl_c_in_the_terminal_is_not_a_crash(
    handler: CrashHandler, monkeypatch: pytest.MonkeyPatch, qapp: object
) -> None:
    passed: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "__excepthook__", lambda kind, _error, _trace: passed.append(kind))
    handler.handle(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert passed == [KeyboardInterrupt]
    assert handler.dialog is None
