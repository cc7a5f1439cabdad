"""A clerk at a dialog: opens it, presses keys, types; keys go to whatever has the focus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.dialog import Dialog
from gui.desk.signs import Sign, sign_pixmap
from gui.desk.theme import theme_of
from gui.document.document import Document
from gui.settings.dialog import SettingsDialog
from model.changes import AddProject, Part, SetField
from model.errors import UserError
from model.findings import Finding, Severity
from model.records import Project
from model.settings import Settings
from storage.store.journal import JournalKind
from storage.store.sqlite import Store
from tests.gui.found import file_of
from tests.gui.window import type_text

AnyDialog = TypeVar("AnyDialog", bound=QDialog)
LONGEST_WALK = 60
CONTROL = Qt.KeyboardModifier.ControlModifier


def is_drawn_with(box: QMessageBox, sign: Sign) -> bool:
    """Whether a box has this sign before its text."""
    shown = box.iconPixmap()
    ratio = shown.devicePixelRatio()
    color = getattr(theme_of(box.palette()), sign.color)
    return shown.toImage() == sign_pixmap(sign, color, round(shown.width() / ratio), ratio).toImage()


ALT = Qt.KeyboardModifier.AltModifier
PROFILE, THRESHOLDS, OWN_UNITS = 1, 2, 3  # the pages of the settings after the first


@contextmanager
def opened(store: Path, year: int = 2026) -> Iterator[Document]:
    """A document on a store, with the first project of a year on screen if there is one."""
    document = Document()
    document.open_store(store)
    first = next((summary.id for summary in document.summaries() if summary.year == year), None)
    document.select_project(first)
    yield document
    document.close_store()


def shown(qtbot: QtBot, dialog: AnyDialog) -> AnyDialog:
    """A dialog on screen, with the keyboard."""
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def focus() -> QWidget:
    """What has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def called(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    text = widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def press(
    qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1
) -> None:
    """Press a key so many times."""
    for _ in range(times):
        qtbot.keyClick(focus(), key, modifiers)


def press_button(qtbot: QtBot, letter: Qt.Key, button: QAbstractButton) -> None:
    """Alt and the letter of a button, which goes down for a moment before it acts."""
    with qtbot.waitSignal(button.clicked):
        press(qtbot, letter, ALT)


def enter(qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Return)


def escape(qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Escape)


def tab_to(qtbot: QtBot, name: str) -> QWidget:
    """Press Tab until the widget with this name has the keyboard."""
    seen = [called(focus())]
    for _ in range(LONGEST_WALK):
        if seen[-1] == name:
            return focus()
        press(qtbot, Qt.Key.Key_Tab)
        seen.append(called(focus()))
    raise AssertionError(f"Tab never reached {name}, only {seen}")


def retype(qtbot: QtBot, name: str, text: str) -> None:
    """Tab to a field and replace what it holds."""
    tab_to(qtbot, name)
    press(qtbot, Qt.Key.Key_A, CONTROL)
    press(qtbot, Qt.Key.Key_Delete)
    type_text(qtbot, focus(), text)


def is_open(dialog: QDialog) -> bool:
    return dialog.isVisible()


def was_accepted(dialog: QDialog) -> bool:
    return not dialog.isVisible() and dialog.result() == QDialog.DialogCode.Accepted


def wait_for_job(qtbot: QtBot, dialog: Dialog) -> None:
    """Wait until what runs in the background is over."""
    qtbot.waitUntil(lambda: not dialog.progress.isVisible())


def names(document: Document, year: int) -> list[str]:
    """The projects of a year as the file lists them."""
    assert document.store is not None
    return [summary.project_name for summary in document.store.summaries() if summary.year == year]


def gestures(document: Document) -> list[str]:
    """The labels of what was done, newest first."""
    return [entry.label for entry in file_of(document).journal() if entry.kind is JournalKind.DO]


def first_warning(document: Document) -> Finding:
    """The first warning of the first project that has one; that project is then on screen."""
    for summary in document.summaries():
        document.select_project(summary.id)
        for finding in document.findings:
            if finding.severity is Severity.WARNING and not finding.is_closed:
                return finding
    raise AssertionError("no warning anywhere")


def saved(document: Document) -> Project:
    assert document.saved_project is not None
    return document.saved_project


def rename(document: Document, name: str) -> None:
    """Give the project on screen another name."""
    project = saved(document)
    change = SetField(project.id, Part.PROJECT, project.id, "project_name", project.project_name, name)
    assert document.push("改名", (change,))


def fill_disk(monkeypatch: pytest.MonkeyPatch) -> str:
    """From now on nothing can be written; what is told then."""

    def refuse(*_: object, **__: object) -> None:
        raise UserError("磁盘空间不足，没有写入。")

    monkeypatch.setattr(Store, "apply", refuse)
    return "磁盘空间不足，没有写入。"


def add(document: Document, *projects: Project) -> None:
    """Put projects into the store."""
    assert document.push("导入", tuple(AddProject(project) for project in projects))


def go_to_page(dialog: SettingsDialog, qtbot: QtBot, page: int) -> None:
    """Ctrl+Tab turns the pages; then into the first field of the page."""
    while dialog.tabs.currentIndex() != page:
        press(qtbot, Qt.Key.Key_Tab, CONTROL)
    dialog.tabs.tabBar().setFocus()
    press(qtbot, Qt.Key.Key_Tab)


def choose(qtbot: QtBot, name: str, text: str) -> None:
    """Tab to a choice and press ↓ until it says what is wanted."""
    box = tab_to(qtbot, name)
    assert isinstance(box, QComboBox)
    press(qtbot, Qt.Key.Key_Home)
    for _ in range(10):
        if text in box.currentText():
            return
        press(qtbot, Qt.Key.Key_Down)
    raise AssertionError(f"{name} never said {text}")


def settings_in_file(document: Document) -> Settings:
    """The settings as the file holds them."""
    return file_of(document).settings()
