"""The window a picture is taken of: on a copy of the example store, moved about by what a clerk would do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QWidget

from gui.app import make_window
from gui.desk.labels import ElidedLabel
from gui.desk.theme import AppearanceChoice
from gui.main_window import MainWindow
from model import edits
from model.changes import Part
from model.findings import Place
from model.records import Form
from tests.gui.found import children, focused, visible

EXAMPLE = Path(__file__).parent.parent.parent / "resources" / "example.jixiao"
STEP_MS = 10
SOON_MS = 300
"""What a timer of the window does later than this is not waited for, and does not come: a picture is of before."""
LONGEST_SETTLE_SECONDS = 3
LONGEST_WAIT_SECONDS = 60

SHOWN_FOLDER = "D:\\绩效\\"
"""The folder a picture shows instead of the scratch folder of the machine that took it."""
SHOWN_TIME = r"\1 09:41"
_CLOCK = re.compile(r"(已保存|已写回|上次写回) \d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Stage:
    """A window on a copy of the example store (or on nothing), and helpers to move about in it."""

    window: MainWindow
    folder: Path

    def open(self, name: str, year: int, form: Form) -> None:
        """Put one form of a project on screen."""
        document = self.window.document
        found = next(s for s in document.summaries() if s.project_name == name and s.year == year)
        document.select_project(found.id)
        document.set_form(form)
        self.settle()

    def write(self, line_name: str, field: str, text: str) -> None:
        """Write one cell of the form on screen."""
        document = self.window.document
        project = document.saved_project
        assert project is not None
        line = next(line for line in project.indicators(document.form) if line.name == line_name)
        changes = edits.set_cell(project, Part.INDICATOR, line.id, field, text, document.settings)
        document.push("填写", changes)

    def go(self, line_name: str, field: str) -> None:
        """Put the cursor on a cell."""
        project = self.window.document.saved_project
        assert project is not None
        form = self.window.document.form
        line = next(line for line in project.indicators(form) if line.name == line_name)
        self.window.document.request_place(Place(form, field, line.id))
        self.settle()

    def type(self, text: str) -> None:
        """Type a text: keys, or what an input method commits; the first one may open the editor that gets the rest."""
        for character in text:
            if character.isascii():
                QTest.keyClicks(focused(), character)
                continue
            event = QInputMethodEvent()
            event.setCommitString(character)
            QApplication.sendEvent(focused(), event)
        self.settle()

    def press(self, key: Qt.Key) -> None:
        """Press one key where the focus is."""
        QTest.keyClick(focused(), key)
        self.settle()

    def settle(self) -> None:
        """Let everything be laid out: until it stands twice in a row where it stood and no timer is due soon."""
        end, before = monotonic() + LONGEST_SETTLE_SECONDS, None
        while monotonic() < end:
            is_due = self._is_due()
            QTest.qWait(STEP_MS)
            tops = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
            stands = [(one, one.geometry()) for top in tops for one in (top, *visible(top, QWidget))]
            if stands == before and not is_due:
                return
            before = stands

    def _is_due(self) -> bool:
        """Whether a timer of the window is soon due; the others begin anew."""
        roots = QApplication.topLevelWidgets()
        timers = {timer for root in roots for timer in children(root, QTimer) if timer.isActive()}
        for timer in timers:
            if timer.isSingleShot() and timer.interval() > SOON_MS:
                timer.start()
        return any(timer.isSingleShot() and timer.interval() <= SOON_MS for timer in timers)

    def wait_for(self, is_so: Callable[[], bool]) -> None:
        """Wait for work in the background."""
        end = monotonic() + LONGEST_WAIT_SECONDS
        while not is_so():
            if monotonic() > end:
                raise AssertionError("what the picture waits for does not come")
            QTest.qWait(STEP_MS)
        self.settle()

    def close(self, dialog: QWidget) -> None:
        """Close a dialog; one that has something to lose says so first."""
        for _ in range(2):
            dialog.close()

    def trigger(self, action: str) -> None:
        """Choose a menu entry."""
        self.window.commands[action].trigger()
        self.settle()


@contextmanager
def stage(folder: Path, choice: AppearanceChoice, width: int, height: int, *, store: bool) -> Iterator[Stage]:
    """A shown window; closed, and every dialog with it, when the picture is taken."""
    QApplication.setCursorFlashTime(0)  # a caret that blinks is on one picture and not on the next
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    path = folder / "研发平台中心.jixiao"
    if store:
        shutil.copyfile(EXAMPLE, path)
    window = make_window(folder / "jixiao.ini")
    window.appearance.choose(choice)
    window.resize(width, height)
    window.show()
    window.activateWindow()
    window.open_at_start(path if store else None)
    made = Stage(window, folder)
    made.settle()
    try:
        yield made
    finally:
        for widget in QApplication.topLevelWidgets():
            if widget is not window:
                made.close(widget)
        window.close()
        window.deleteLater()
        QTest.qWait(STEP_MS)


def on_top(on: Stage) -> QWidget:
    """A dialog, another window, else the window; never a menu."""
    below = QApplication.activeModalWidget() or QApplication.activeWindow() or on.window
    return on.window if below is QApplication.activePopupWidget() else below


def picture(on: Stage) -> QPixmap:
    """What is on top, with the menu that is open over it."""
    below = on_top(on)
    menu = QApplication.activePopupWidget()
    _hide_machine(below, on.folder)
    pixels = below.grab()
    if menu is not None:
        painter = QPainter(pixels)
        painter.drawPixmap(below.mapFromGlobal(menu.mapToGlobal(QPoint(0, 0))), menu.grab())
        painter.end()
    return pixels


def _on_windows(path: re.Match[str]) -> str:
    return SHOWN_FOLDER + path[1].replace("/", "\\")


def _hide_machine(shown: QWidget, folder: Path) -> None:
    """Show a neutral folder wherever the scratch folder would be seen."""

    def neutral(text: str) -> str:
        return _CLOCK.sub(SHOWN_TIME, re.sub(f"{re.escape(str(folder))}/?([^\\s“”]*)", _on_windows, text))

    for elided in children(shown, ElidedLabel):
        elided.set_full_text(neutral(elided.full_text()))
    texts: list[QLabel | QLineEdit] = [*children(shown, QLabel), *children(shown, QLineEdit)]
    for label in texts:
        if neutral(label.text()) != label.text():
            label.setText(neutral(label.text()))
    for entries in children(shown, QListWidget):
        for row in range(entries.count()):
            entries.item(row).setText(neutral(entries.item(row).text()))
