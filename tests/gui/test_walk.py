"""Tab through the window and the dialogs: everything in the order it is read, and seen where the keyboard is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QToolBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.desk.crash import CrashDialog
from gui.desk.notify import ask_which, show_dialog
from gui.desk.theme import AppearanceChoice
from gui.files.leaving import ask_about_unwritten
from gui.main_window import MainWindow
from gui.plain_window import is_stop, neighbour
from gui.views.line_editor import LineEditor
from model.records import Form
from tests.gui.dialogs import called
from tests.gui.found import child, letters_twice, visible
from tests.gui.window import open_form, shown_window
from tests.shots.dialog_states import DIALOG_STATES
from tests.shots.stage import EXAMPLE, Stage

AROUND = 3
"""Pixels around a widget that may show that it has the keyboard."""
SAME_LINE = 14
"""Pixels by which things of one line may differ in height."""
DIALOGS = ("new_project", "copy_year", "settings", "keyboard", "about", "export", "library")


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, given_store: Path) -> MainWindow:
    return shown_window(qtbot, tmp_path, given_store, (1366, 768))


def chain(top: QWidget) -> list[QWidget]:
    """Everything on screen that Tab comes to, in its order, beginning anywhere."""
    found: list[QWidget] = []
    widget = neighbour(top)
    while widget is not None and widget is not top:
        if is_stop(widget) and widget.isVisible() and widget.isEnabled() and widget.window() is top:
            found.append(widget)
        widget = neighbour(widget)
    return found


def jumps(stops: Sequence[QWidget]) -> list[str]:
    """Where the order goes back: up, other than into the next column, or left within a line."""
    found = []
    for before, after in pairwise(stops):
        one, other = place(scrolled_with(before, after)), place(scrolled_with(after, before))
        is_same_line = abs(other.center().y() - one.center().y()) <= SAME_LINE
        is_next_column = other.left() >= one.right() - SAME_LINE
        goes_on = other.left() > one.left() if is_same_line else other.top() > one.top() or is_next_column
        if not goes_on:
            found.append(f"{said(before)} → {said(after)}")
    return found


def scrolled_with(widget: QWidget, other: QWidget) -> QWidget:
    """What stands still of a widget and another one: the area it is scrolled in, where that one is not in it."""
    area = widget.parentWidget()
    while area is not None and not (isinstance(area, QScrollArea) and not area.isAncestorOf(other)):
        area = area.parentWidget()
    return area or widget


def place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def said(widget: QWidget) -> str:
    return called(widget)[:24] or type(widget).__name__


def unseen(stops: Sequence[QWidget]) -> list[str]:
    """Of these the ones that look the same with the keyboard and without it."""
    found = []
    for stop in stops:
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        assert stop.hasFocus(), said(stop)
        with_it = picture(stop)
        stop.clearFocus()
        if picture(stop) == with_it:
            found.append(said(stop))
    return found


def picture(widget: QWidget) -> QImage:
    """A widget with a little of what is around it."""
    top = widget.window()
    return top.grab(place(widget).adjusted(-AROUND, -AROUND, AROUND, AROUND) & top.rect()).toImage()


@pytest.mark.parametrize("form", [Form.DECLARATION, Form.EVALUATION])
def test_that_tab_goes_through_the_whole_window_in_the_order_it_is_read(window: MainWindow, form: Form) -> None:
    open_form(window.document, form)
    areas = [child(window, QToolBar), window.navigator, window.centralWidget()]
    areas += [pane for pane in (window.score_panel, window.findings_panel) if pane.isVisible()]
    stops = chain(window)
    owners = [next((area for area in areas if area.isAncestorOf(stop)), None) for stop in stops]
    order = [owner for owner, _ in groupby(owners)]
    start = order.index(areas[0])
    rotated = order[start:] + order[:start]
    assert (rotated[:-1] if rotated[0] is rotated[-1] and len(rotated) > 1 else rotated) == areas
    for area in areas:
        inside = [stop for stop, owner in zip(stops, owners, strict=True) if owner is area]
        assert jumps(inside) == []


@pytest.mark.parametrize("form", [Form.DECLARATION, Form.EVALUATION])
@pytest.mark.parametrize("is_open", [False, True])
def test_that_nothing_keeps_tab_but_the_table_which_f6_leaves(
    qtbot: QtBot, window: MainWindow, form: Form, is_open: bool
) -> None:
    open_form(window.document, form)
    window.page.page.panel.set_open(is_open=is_open)
    QApplication.processEvents()
    stops = chain(window)
    assert any(isinstance(stop, LineEditor) for stop in stops) is is_open
    first = next(stop for stop in stops if child(window, QToolBar).isAncestorOf(stop))
    first.setFocus(Qt.FocusReason.TabFocusReason)
    reached = []
    while (focus := QApplication.focusWidget()) is not None and focus not in reached:
        reached.append(focus)
        if focus is window.page.table:
            stops[stops.index(focus) + 1].setFocus()
        else:
            qtbot.keyClick(focus, Qt.Key.Key_Tab)
    expected = [stop for stop in stops[stops.index(first) :] + stops[: stops.index(first)] if not of_a_choice(stop)]
    arrived = [stop for stop in reached if stop in expected]  # what comes up on the way is no matter
    assert [said(stop) for stop in arrived] == [said(stop) for stop in expected]
    qtbot.keyClick(first, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is reached[-1]


def of_a_choice(widget: QWidget) -> bool:
    """One of several of which one is on: arrows go from one to the next, Tab passes them by."""
    return isinstance(widget, QAbstractButton) and widget.group() is not None


@pytest.mark.parametrize("choice", [AppearanceChoice.LIGHT, AppearanceChoice.DARK])
def test_that_the_keyboard_is_seen_wherever_it_is_in_the_window(window: MainWindow, choice: AppearanceChoice) -> None:
    open_form(window.document, Form.EVALUATION)
    window.appearance.choose(choice)
    window.page.page.panel.set_open(is_open=True)
    QApplication.processEvents()
    found = unseen(chain(window))
    window.appearance.choose(AppearanceChoice.LIGHT)
    assert found == []


def test_that_tab_goes_through_a_dialog_in_the_order_it_is_read_and_is_seen(window: MainWindow) -> None:
    found = []
    for action in DIALOGS:
        window.commands[action].trigger()
        QApplication.processEvents()
        dialog = next(visible(window, QDialog))
        stops = chain(dialog)
        back = jumps([*stops, *stops[:1]])  # it goes back once, from the last to the first
        found += [f"{action} {jump}" for jump in back[1:]] + [f"{action} {name}" for name in unseen(stops)]
        dialog.close()
    assert found == []


@pytest.mark.guarded
def test_that_tab_goes_through_every_dialog_there_is_a_picture_of_in_the_order_it_is_read(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "研发平台中心.jixiao"
    shutil.copyfile(EXAMPLE, path)
    on = Stage(shown_window(qtbot, tmp_path, path, (1366, 689)), tmp_path)
    found = []
    for state, (act, _) in DIALOG_STATES.items():
        if not state.startswith("dialog-"):
            continue
        act(on)
        on.settle()
        dialog = next(visible(on.window, QDialog))
        begins = QApplication.focusWidget()
        if isinstance(begins, QPushButton) and any(map(is_filled_in, chain(dialog))):
            found.append(f"{state} begins on {said(begins)}")
        for scope in [*visible(dialog, QRadioButton), None]:  # what they lead to is another dialog
            stops = chain(dialog)
            back = jumps([*stops, *stops[:1]])
            found += [f"{state} {jump}" for jump in back[1:]] + [f"{state} {name}" for name in unseen(stops)]
            found += [f"{state} Alt+{letter} twice" for letter in letters_twice(dialog)]
            buttons = [one for one in visible(dialog, QPushButton) if one.isEnabled()]
            found += [f"{state} no Tab comes to {said(one)}" for one in buttons if one not in stops]
            empty = [one for one in stops if isinstance(one, QAbstractItemView) and not one.model().rowCount()]
            found += [f"{state} nothing in {said(one)}" for one in empty]
            if scope is not None:
                scope.click()
        on.close(dialog)
        on.window.tasks.shut_down()
    assert found == []


def is_filled_in(widget: QWidget) -> bool:
    """Whether something is typed or chosen in it."""
    is_text = isinstance(widget, QLineEdit | QPlainTextEdit) and not widget.isReadOnly()
    return is_text or isinstance(widget, QAbstractItemView)


def test_that_a_box_begins_on_what_enter_does_is_read_in_order_and_esc_does_nothing(
    qtbot: QtBot, window: MainWindow, message_boxes: list[object]
) -> None:
    done: list[str] = []

    def do(what: str) -> Callable[[], None]:
        return lambda: done.append(what)

    for make in (
        lambda: ask_which(window, "问题", "怎样处理？", (("改名", do("改名")), ("删除", do("删除")))),
        lambda: ask_about_unwritten(window, window.document, do("放弃"), do("另存")),
        lambda: opened_box(CrashDialog("报告", window)),
    ):
        box = make()
        qtbot.waitUntil(box.isActiveWindow)
        stops = chain(box)
        begins = QApplication.focusWidget()
        assert begins in stops
        assert isinstance(box, CrashDialog) or (isinstance(begins, QPushButton) and begins.isDefault())
        assert jumps([*stops, *stops[:1]])[1:] == []
        assert [said(one) for one in visible(box, QPushButton) if one not in stops] == []
        assert unseen(stops) == []
        stops[0].setFocus()
        qtbot.keyClick(stops[0], Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert done == []


def opened_box(box: CrashDialog) -> CrashDialog:
    show_dialog(box)
    return box


# What the walk finds


def test_that_a_jump_back_and_a_stop_that_is_not_seen_are_found(qtbot: QtBot) -> None:
    page = QWidget()
    lower, upper, hidden = QLineEdit(page), QLineEdit(page), QToolButton(page)
    for widget, top in ((lower, 60), (upper, 5), (hidden, 120)):
        widget.setGeometry(5, top, 80, 26)
        widget.setAccessibleName(str(top))
    hidden.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    hidden.setStyleSheet("QToolButton { border: none; outline: none; background: white; }")
    other = QPushButton("another place for the keyboard", page)
    other.move(5, 160)
    page.resize(120, 200)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    stops = chain(page)
    assert jumps(stops) == ["60 → 5"]
    assert unseen(stops[:3]) == ["120"]
