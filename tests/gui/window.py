"""A window of a test's own: its preferences, its example and its store are in the test's folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.app import install_chinese
from gui.desk.preferences import Preferences
from gui.desk.theme import Appearance, AppearanceChoice
from gui.document.document import Document
from gui.main_window import MainWindow
from model import edits
from model.changes import Part
from model.findings import Finding
from model.records import EvaluatedIndicator, Form, Indicator
from tests.model.projects import evaluation_of


@cache
def dress_application() -> None:
    """Once a process: a style that is set again polishes every widget of the tests before."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    install_chinese(application)


def shown_window(
    qtbot: QtBot, folder: Path, store: Path | None = None, size: tuple[int, int] = (1366, 768)
) -> MainWindow:
    """A window on screen, in the light theme, with a store open if one is given."""
    dress_application()
    preferences = Preferences(folder / "config" / "jixiao.ini")
    appearance = Appearance(preferences.settings)
    appearance.choose(AppearanceChoice.LIGHT)
    window = MainWindow(appearance, preferences, folder / "config")
    appearance.setParent(window)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    qtbot.waitExposed(window)
    if store is not None:
        assert window.files.open(store)
        qtbot.waitUntil(lambda: window.document.project is not None)
    return window


def open_form(document: Document, form: Form, position: int = 0) -> None:
    """Put the n-th project that has this form on screen, in this form."""
    wanted = [summary for summary in document.summaries() if form in summary.forms]
    document.select_project(wanted[position].id)
    document.set_form(form)


def compose(widget: QWidget, text: str) -> None:
    """Type with an input method: first the composition, which is not text yet, then what it comes to."""
    pieces: list[QInputMethodEvent.Attribute] = []
    QApplication.sendEvent(widget, QInputMethodEvent("pinyin", pieces))
    done = QInputMethodEvent()
    done.setCommitString(text)
    QApplication.sendEvent(widget, done)


def type_text(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Type a text: letters and figures by key, Chinese by input method."""
    if text.isascii():
        qtbot.keyClicks(widget, text)
    else:
        compose(widget, text)


def rules_of(findings: tuple[Finding, ...]) -> list[str]:
    """The rule ids of findings, in order."""
    return [finding.rule for finding in findings]


def line_named(document: Document, form: Form, name: str) -> Indicator:
    """The line of the project on screen with this name."""
    assert document.project is not None
    return next(line for line in document.project.indicators(form) if line.name == name)


def evaluated_line_named(document: Document, name: str) -> EvaluatedIndicator:
    """The line of the self-evaluation on screen with this name."""
    return next(line for line in evaluation_of(document.project).indicators if line.name == name)


def set_line(document: Document, line: Indicator, field: str, text: str) -> None:
    """Write one cell of a line, as one gesture."""
    project = document.saved_project
    assert project is not None
    document.push("test", edits.set_cell(project, Part.INDICATOR, line.id, field, text, document.settings))
