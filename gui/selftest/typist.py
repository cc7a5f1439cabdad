"""A clerk's hands: keys only, sent to whatever has the focus, as a person at the keyboard would."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from gui.main_window import MainWindow

PATIENCE_MS = 20_000
LONGEST_WALK = 80
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class LostError(Exception):
    """The window is not where the next key would make sense; says what was expected and what has the focus."""


class Typist:
    """Types into one window and waits for what a person would wait for."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NO_MODIFIER, times: int = 1) -> None:
        """Press a key so many times."""
        for _ in range(times):
            QTest.keyClick(self._target(), key, modifiers)
            self.settle()

    def control(self, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def type(self, text: str) -> None:
        """Type a text: ASCII by keys, Chinese committed by the input method as an IME would."""
        for character in text:
            target = self._target()
            if character.isascii():
                QTest.keyClicks(target, character)
            else:
                event = QInputMethodEvent()
                event.setCommitString(character)
                QApplication.sendEvent(target, event)
        self.settle()

    def replace(self, text: str) -> None:
        """Replace what a field holds, and finish it."""
        self.control(Qt.Key.Key_A)
        self.press(Qt.Key.Key_Delete)
        self.type(text)

    def paste(self, text: str) -> None:
        """Put a text on the clipboard, as copying in Excel does, and press Ctrl+V."""
        QGuiApplication.clipboard().setText(text)
        self.control(Qt.Key.Key_V)

    def paste_as_new(self, text: str) -> None:
        """Put a text on the clipboard and press Ctrl+Shift+V: its rows become new lines."""
        QGuiApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

    def tab_to(self, name: str) -> QWidget:
        """Press Tab until the field of this name has the focus. Raises LostError when none has it."""
        for _ in range(LONGEST_WALK):
            self._target()
            focus = QApplication.focusWidget()
            if focus is not None and name_of(focus) == name:
                return focus
            self.press(Qt.Key.Key_Tab)
        raise LostError(f"Tab never reached {name}")

    def settle(self) -> None:
        """Let everything that was set off happen: queued signals, deferred deletes, repaints."""
        for _ in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()

    def wait(self, what: str, condition: Callable[[], bool]) -> None:
        """Wait until something is so. Raises LostError when it never is."""
        deadline = QDeadlineTimer(PATIENCE_MS)
        while not condition():
            if deadline.hasExpired():
                raise LostError(f"never happened: {what}; the focus is on {describe(QApplication.focusWidget())}")
            QTest.qWait(10)

    def _target(self) -> QWidget:
        if QApplication.activeWindow() is None:
            # a window manager would do that when a dialog closes; the off-screen platform has none
            self.window.activateWindow()
            self.settle()
        modal = QApplication.activeModalWidget()
        focus = QApplication.focusWidget()
        if modal is not None and (focus is None or not (modal is focus or modal.isAncestorOf(focus))):
            return modal
        return focus if focus is not None else self.window


def name_of(widget: QWidget) -> str:
    """What a screen reader calls a widget: its accessible name, for a button its text."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def describe(widget: QWidget | None) -> str:
    """A widget in words for a report."""
    return "nothing" if widget is None else f"{type(widget).__name__} “{name_of(widget)}”"
