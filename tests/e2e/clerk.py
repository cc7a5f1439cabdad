"""A clerk whose keys are counted, in the real window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.projects.copy_year import CopyYearDialog
from tests.gui.dialogs import AnyDialog, focus

NO_KEY, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Clerk:
    """Presses keys on whatever has the keyboard and counts them; what is typed, a path, is typed for nothing."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.count = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
        self.count += 1
        self._qtbot.keyClick(focus(), key, modifiers)

    def goes_to(self, window: MainWindow) -> None:
        """To the window, once no dialog is over it; the platform of the tests does not go back to it by itself."""
        self._qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        window.activateWindow()
        self._qtbot.waitUntil(window.isActiveWindow)

    def wait_for(self, kind: type[AnyDialog]) -> AnyDialog:
        """The dialog of a kind, once it has the keyboard."""
        self._qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), kind))
        dialog = QApplication.activeWindow()
        assert isinstance(dialog, kind)
        return dialog

    def copies_the_year(self) -> None:
        """The project on screen, or the year, to the year after, with the texts that name their year."""
        self.press(Qt.Key.Key_C, CTRL | SHIFT)
        copying = self.wait_for(CopyYearDialog)
        self.press(Qt.Key.Key_Return)
        if copying.isVisible():  # the texts that name their year
            self.press(Qt.Key.Key_Return)
