"""What holds for every dialog: it fits a small screen at 150 %, cuts no text off, speaks Chinese, can be heard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.desk.dialog import BORDERS, Dialog
from gui.desk.message import MOST_PIXELS
from gui.desk.notify import show_dialog
from gui.desk.tasks import TaskRunner
from gui.document.document import Document
from gui.files.backups import RestoreDialog
from gui.files.export import ExportDialog
from gui.files.import_preview import ImportDialog
from gui.findings.explanation import ExplanationDialog
from gui.library.dialog import LibraryDialog
from gui.manual.about import AboutDialog
from gui.manual.keyboard import KeyboardDialog
from gui.projects.check import CheckDialog
from gui.projects.copy_year import CopyYearDialog
from gui.projects.link_years import LinkYearsDialog
from gui.projects.new_project import NewProjectDialog
from gui.settings.dialog import SettingsDialog
from model.records import Form
from tests.gui.dialogs import called, first_warning, focus, opened, press, rename, shown, wait_for_job
from tests.gui.found import children, letters_twice, names_heard_twice
from tests.gui.window import open_form, shown_window

# 1366×768 at 150 %, less the task bar
SMALL_SCREEN = (911, 472)
# marks, programs, keys, rules and options that have no Chinese name
LATIN = {"A", "B", "N", "R", "Enter", "Del", "Excel", "Jixiao", "KB", "Qt", "PySide"}
A_BUTTONS_FRAME = 1  # pixel that a form layout takes from a button; the words have room
MANY_LINES = "\n".join(f"2026年度“科技资源共享体系建设和创新资源发展研究”第{n}期：3个错误" for n in range(14))

Make = Callable[[Document, TaskRunner, list[Path]], Dialog]
KINDS: dict[str, Make] = {
    "new_project": lambda document, _tasks, _files: NewProjectDialog(document),
    "copy_year": lambda document, _tasks, _files: CopyYearDialog(document),
    "check": lambda document, _tasks, _files: CheckDialog(document, document.summaries()),
    "link_years": lambda document, _tasks, _files: LinkYearsDialog(document),
    "explanation": lambda document, _tasks, _files: ExplanationDialog(document, first_warning(document)),
    "settings": lambda document, _tasks, _files: SettingsDialog(document),
    "restore": lambda document, _tasks, _files: RestoreDialog(document),
    "export": lambda document, tasks, files: ExportDialog(document, tasks, folder=files[0].parent),
    "library": lambda document, _tasks, _files: LibraryDialog(document, "", "数量指标"),
    "import": ImportDialog,
    "keyboard": lambda _document, _tasks, _files: KeyboardDialog(),
    "about": lambda _document, _tasks, _files: AboutDialog(),
}


@pytest.fixture(params=KINDS)
def make(
    request: pytest.FixtureRequest, given_store: Path, given_files: tuple[Path, ...], qtbot: QtBot
) -> Iterator[Callable[[], Dialog]]:
    """Makes every dialog in turn, with long names and something in its lists."""
    tasks = TaskRunner()
    with opened(given_store) as document:
        assert document.store is not None
        document.store.back_up("手动备份")
        rename(document, "科技资源共享体系建设和创新资源发展研究" * 6)
        yield lambda: KINDS[request.param](document, tasks, list(given_files))
        tasks.shut_down()


@pytest.fixture
def dialog(make: Callable[[], Dialog], qtbot: QtBot) -> Dialog:
    dialog = shown(qtbot, make())
    wait_for_job(qtbot, dialog)
    return dialog


def pages(dialog: Dialog) -> Iterator[None]:
    """Every page of a dialog with tabs, once the dialog as it is for the others."""
    if isinstance(dialog, SettingsDialog):
        for page in range(dialog.tabs.count()):
            dialog.tabs.setCurrentIndex(page)
            QApplication.processEvents()
            yield
    else:
        yield


def shown_ones(dialog: Dialog) -> list[QWidget]:
    return [widget for widget in children(dialog, QWidget) if widget.isVisible()]


def cut_off(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    if isinstance(widget, QLabel | QPushButton | QCheckBox | QRadioButton | QComboBox):
        wanted = widget.sizeHint()
        return widget.width() < wanted.width() or widget.height() < wanted.height() - A_BUTTONS_FRAME
    return False


def test_that_it_fits_a_small_screen_even_with_a_long_message(dialog: Dialog, qtbot: QtBot) -> None:
    if not isinstance(dialog, AboutDialog):  # it has nothing to tell
        dialog.tell(MANY_LINES)
        qtbot.waitUntil(lambda: dialog.message.height() == MOST_PIXELS)
    smallest = dialog.minimumSizeHint()
    assert smallest.width() <= SMALL_SCREEN[0] - BORDERS.width()
    assert smallest.height() <= SMALL_SCREEN[1] - BORDERS.height()


def test_that_no_text_is_cut_off(dialog: Dialog) -> None:
    for _ in pages(dialog):
        assert [called(widget) or widget for widget in shown_ones(dialog) if cut_off(widget)] == []


def test_that_no_text_is_cut_off_in_the_smallest_size(dialog: Dialog) -> None:
    dialog.resize(dialog.minimumSize())
    QApplication.processEvents()
    QApplication.processEvents()  # texts that wrap in another width have made it higher
    for _ in pages(dialog):
        assert [called(widget) or widget for widget in shown_ones(dialog) if cut_off(widget)] == []


def test_that_the_keyboard_starts_inside_and_reaches_everything_by_tab(dialog: Dialog, qtbot: QtBot) -> None:
    for _ in pages(dialog):
        walk = []
        while focus() not in walk:
            walk.append(focus())
            assert dialog.isAncestorOf(focus())
            press(qtbot, Qt.Key.Key_Tab)
        groups = {widget for widget in walk if isinstance(widget, QRadioButton)}
        missed = [
            widget
            for widget in shown_ones(dialog)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isEnabled()
            and widget.focusProxy() is None
            and not widget.objectName().startswith("qt_")
            and widget not in walk
            and not (groups and isinstance(widget, QRadioButton))
        ]
        assert missed == []


def test_that_everything_with_the_focus_has_a_name_for_a_screen_reader(dialog: Dialog) -> None:
    for _ in pages(dialog):
        nameless = [
            widget
            for widget in shown_ones(dialog)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not widget.objectName().startswith("qt_")
            and not called(widget)
        ]
        assert nameless == []


def test_that_no_two_things_on_one_page_are_heard_as_the_same(dialog: Dialog) -> None:
    for _ in pages(dialog):
        assert names_heard_twice(dialog) == []


def test_that_no_two_mnemonics_on_one_page_are_the_same(dialog: Dialog) -> None:
    for _ in pages(dialog):
        assert letters_twice(dialog) == []


def test_that_it_speaks_chinese(dialog: Dialog) -> None:
    if isinstance(dialog, KeyboardDialog):
        return
    said = [dialog.windowTitle()]
    for _ in pages(dialog):
        for widget in shown_ones(dialog):
            said += [widget.text()] if isinstance(widget, QLabel | QAbstractButton) else []
    plain = re.sub(r"\(&\w\)|[A-Z]{3}-\d+", "", " ".join(said))
    words = set(re.findall(r"[A-Za-z]+", plain))
    assert words <= LATIN


def test_that_it_is_gone_after_it_was_closed(make: Callable[[], Dialog], qtbot: QtBot) -> None:
    dialog = make()
    show_dialog(dialog)
    wait_for_job(qtbot, dialog)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close_button.click()


def test_that_one_button_is_the_default(dialog: Dialog) -> None:
    defaults = [button for button in children(dialog, QPushButton) if button.isDefault()]
    assert defaults == [dialog.accept_button]


def test_that_enter_presses_the_button_that_has_the_keyboard(dialog: Dialog, qtbot: QtBot) -> None:
    pressed: list[QPushButton] = []
    for _ in pages(dialog):
        own = (dialog.accept_button, dialog.close_button)
        buttons = [one for one in children(dialog, QPushButton) if one.isVisible() and one.isEnabled()]
        for button in (one for one in buttons if one not in own):
            button.clicked.disconnect()  # what it does is tested elsewhere
            button.clicked.connect(lambda _=False, one=button: pressed.append(one))
            button.setFocus()
            press(qtbot, Qt.Key.Key_Return)
            assert pressed[-1:] == [button]
            assert dialog.isVisible()


def test_that_the_wheel_changes_no_choice_and_no_number(dialog: Dialog) -> None:
    for _ in pages(dialog):
        boxes = [one for one in shown_ones(dialog) if isinstance(one, QComboBox | QAbstractSpinBox)]
        for box in boxes:
            for act in (box.clearFocus, box.setFocus):
                act()
                before = said_by(box)
                assert not turn_wheel(box), called(box)
                assert said_by(box) == before


def test_that_the_wheel_changes_no_choice_in_the_window(qtbot: QtBot, tmp_path: Path, given_store: Path) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    open_form(window.document, Form.EVALUATION)
    boxes = children(window, QComboBox)
    assert boxes
    assert [called(box) for box in boxes if turn_wheel(box)] == []


def said_by(box: QWidget) -> str:
    assert isinstance(box, QComboBox | QAbstractSpinBox)
    return box.currentText() if isinstance(box, QComboBox) else box.text()


def turn_wheel(widget: QWidget) -> bool:
    """Turn it over a widget; whether that one took it."""
    middle = QPointF(widget.rect().center())
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    down, still = QPoint(0, -120), Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(middle, widget.mapToGlobal(middle), QPoint(), down, none, still, phase, False)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_that_a_long_message_scrolls_by_keyboard_and_a_short_one_is_no_stop(dialog: Dialog, qtbot: QtBot) -> None:
    dialog.tell("请填写项目名称。")
    assert dialog.message.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert dialog.message.accessibleName() == "错误：请填写项目名称。"
    dialog.tell(MANY_LINES)
    qtbot.waitUntil(lambda: dialog.message.height() == MOST_PIXELS)
    dialog.message.setFocus()
    press(qtbot, Qt.Key.Key_PageDown)
    assert dialog.message.verticalScrollBar().value() > 0
    dialog.tell("")
    assert not dialog.message.isVisible()
