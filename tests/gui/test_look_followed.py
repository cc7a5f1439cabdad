"""A window that is open when the system's text or colours change looks as one that is started then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest
from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.desk import system_look
from gui.desk.system_look import SystemColors
from gui.desk.theme import Appearance, body_font
from gui.main_window import MainWindow
from model.records import Form
from tests.gui.found import visible
from tests.gui.test_clipping import settle
from tests.gui.window import open_form, shown_window

NIGHT = SystemColors("#000000", "#ffffff", "#a6a6a6", "#d6b4fd", "#8080ff")
"""Of Windows: 夜空."""


@pytest.fixture(autouse=True)
def letters() -> Iterator[None]:
    usual = QApplication.font()
    QApplication.setFont(body_font())
    yield
    QApplication.setFont(usual)


def shown(qtbot: QtBot, folder: Path, store: Path, *, is_open: bool) -> MainWindow:
    """A window over a file of its own, with the sections open or folded."""
    folder.mkdir()
    window = shown_window(qtbot, folder, Path(copy(store, folder / store.name)))
    window.system_look_changed.connect(window.appearance.refresh)
    open_form(window.document, Form.EVALUATION)
    window.page.page.panel.set_open(is_open=is_open)
    window.page.table.setFocus()
    window.page.table.clearFocus()  # only one of two windows has the keyboard
    settle()
    return window


def look(window: MainWindow) -> list[str]:
    """Everything on screen but what Qt has inside: how large its letters are and where it stands."""
    shown_ones = (one for one in visible(window, QWidget) if not one.objectName().startswith("qt_"))
    return [
        f"{type(one).__name__} {one.objectName()} {one.fontInfo().pointSizeF()} {one.geometry().getRect()}"
        for one in shown_ones
    ]


def picture(window: MainWindow) -> QImage:
    """The window without the line that names its file."""
    return window.grab(QRect(0, 0, window.width(), window.status.y())).toImage()


def change(window: MainWindow) -> None:
    """The system says that it looks otherwise."""
    QApplication.sendEvent(window, QEvent(QEvent.Type.ThemeChange))


def test_that_larger_text_is_followed_while_the_window_is_open_and_taken_back(
    qtbot: QtBot, tmp_path: Path, given_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown(qtbot, tmp_path / "one", given_store, is_open=True)
    usual = look(window)
    monkeypatch.setattr(system_look, "text_scale", lambda: 2.0)
    change(window)
    later = shown(qtbot, tmp_path / "two", given_store, is_open=True)
    qtbot.waitUntil(lambda: look(window) == look(later))
    monkeypatch.setattr(system_look, "text_scale", lambda: 1.0)
    change(window)
    qtbot.waitUntil(lambda: look(window) == usual)


def test_that_a_contrast_theme_is_followed_while_the_window_is_open_and_goes_again(
    qtbot: QtBot, tmp_path: Path, given_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on: list[SystemColors] = []
    monkeypatch.setattr(Appearance.__init__, "__defaults__", (None, None, lambda: on[-1] if on else None))
    window = shown(qtbot, tmp_path / "one", given_store, is_open=False)
    usual = picture(window)
    on.append(NIGHT)
    change(window)
    later = shown(qtbot, tmp_path / "two", given_store, is_open=False)
    qtbot.waitUntil(lambda: picture(window) == picture(later))
    on.clear()
    change(window)
    qtbot.waitUntil(lambda: picture(window) == usual)
