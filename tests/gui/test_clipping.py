"""Nothing is cut: every view and dialog at the sizes real screens leave, in both themes."""

from __future__ import annotations

import importlib
import pkgutil
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

import gui
from gui.desk.dialog import BORDERS, Dialog
from gui.desk.notify import Tone
from gui.desk.system_look import SystemColors
from gui.desk.theme import AppearanceChoice
from gui.document.project_list import Group
from gui.main_window import MainWindow
from gui.views.cell_field import CellField
from gui.views.funding_form import SumRow
from model import edits
from model.changes import Part
from model.findings import Severity
from model.records import Form
from tests.bench.room import SIZES
from tests.gui.found import children, visible
from tests.gui.walk import TOO_LARGE, faults, nameless, small_targets
from tests.gui.window import open_form, shown_window
from tests.shots.dialog_states import DIALOG_STATES
from tests.shots.stage import EXAMPLE, Stage
from tests.shots.states import STATES as PICTURES

WIDE = "999999999999.99"
LONG_NAME = "科技行政服务热线系统及大型科学仪器共享与长三角科技资源协同服务平台一体化升级改造项目（二期）"
SETTLING = 4
DIALOGS = (*(name for name in DIALOG_STATES if name.startswith("dialog-")), "check", "crash")
LARGE_DIALOGS = tuple(name for name in DIALOGS if name not in {"dialog-import-pdf", "dialog-library-empty"})
SMALLEST_ROOM = QSize(SIZES[1][0], 512) - BORDERS
"""What a screen of 1366×768 at 150 % has for a dialog."""
NIGHT_SKY = SystemColors("#000000", "#ffffff", "#a6a6a6", "#d6b4fd", "#8080ff")


def settle() -> None:
    for _ in range(SETTLING):
        QApplication.processEvents()


def _folded(window: MainWindow, form: Form) -> None:
    open_form(window.document, form)
    window.page.page.panel.set_open(is_open=False)


def _opened(window: MainWindow, form: Form) -> None:
    open_form(window.document, form)
    window.page.page.show_lines()
    window.page.page.panel.set_open(is_open=True)


def _findings_open(window: MainWindow, form: Form) -> None:
    _folded(window, form)
    window.findings_panel.set_folded(is_folded=False)
    window.findings_panel.table.selectRow(0)


def _at_a_finding(window: MainWindow, form: Form) -> None:
    """Folded to what is wrong in the cell with the most to do about it."""
    _folded(window, form)
    window.findings_panel.set_folded(is_folded=True)
    findings = [one for one in window.document.findings if one.place.form is form]
    if findings:
        window.findings_panel.go_to(max(findings, key=lambda one: (len(one.fixes), one.severity is Severity.WARNING)))


def _unit(window: MainWindow, form: Form) -> None:
    """The unit's year of the project with the longest name and the widest amount."""
    _folded(window, form)
    summary = next(one for one in window.document.summaries() if one.project_name == LONG_NAME)
    window.document.select_group(Group.of(summary))


def _year(window: MainWindow, form: Form) -> None:
    _unit(window, form)
    assert window.document.group is not None
    window.document.select_group(Group(window.document.group.year))


STATES: tuple[Callable[[MainWindow, Form], None], ...] = (_folded, _opened, _findings_open, _unit, _year)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, given_store: Path) -> MainWindow:
    """A window on a project with the longest name and the widest amounts there may be."""
    made = shown_window(qtbot, tmp_path, given_store)
    document = made.document
    for form, field in ((Form.DECLARATION, "fiscal_current"), (Form.EVALUATION, "adjusted_fiscal_current")):
        open_form(document, form)
        project = document.saved_project
        assert project is not None
        document.push("金额", edits.set_cell(project, form, project.id, field, WIDE, document.settings))
    project = document.saved_project
    assert project is not None
    name = edits.set_cell(project, Part.PROJECT, project.id, "project_name", LONG_NAME, document.settings)
    document.push("改名", name)
    return made


@pytest.mark.parametrize("size", SIZES, ids=[f"{width}x{height}" for width, height in SIZES])
def test_that_no_view_shows_less_than_its_text_without_a_sign(window: MainWindow, size: tuple[int, int]) -> None:
    themes = AppearanceChoice.LIGHT, AppearanceChoice.DARK
    found = []
    for choice in themes if size in {SIZES[0], SIZES[1]} else themes[:1]:
        window.appearance.choose(choice)
        window.resize(*size)
        for form in (Form.DECLARATION, Form.EVALUATION):
            for state in STATES:
                state(window, form)
                settle()
                found += [f"{choice} {form} {state.__name__} {fault}" for fault in inside(window)]
                window.findings_panel.set_folded(is_folded=size[1] < 720)
    window.appearance.choose(AppearanceChoice.LIGHT)
    assert found == []


def test_that_nothing_is_cut_at_twice_the_size_of_text(twice: None, window: MainWindow) -> None:
    window.resize(*SIZES[1])
    found = []
    for form in (Form.DECLARATION, Form.EVALUATION):
        for state in (*STATES, _at_a_finding):
            state(window, form)
            settle()
            found += [f"{form} {state.__name__} {fault}" for fault in inside(window)]
            found += [f"{form} {state.__name__} {window.size()}"] if window.width() > SIZES[1][0] else []
    assert "\n".join(found) == ""
    window.activateWindow()
    window.commands["find"].trigger()
    assert window.search.isVisible()
    assert window.focusWidget() is window.search


def test_that_the_score_asked_for_in_large_text_takes_the_room_of_the_list_until_one_asks_for_that(
    twice: None, window: MainWindow
) -> None:
    window.resize(*SIZES[1])
    _opened(window, Form.EVALUATION)
    score, projects = window.panels.docks["show_score"], window.panels.docks["show_navigator"]
    assert (projects.isVisible(), score.isVisible()) == (True, False)
    for asked, seen in (
        ("show_score", (False, True)),
        ("show_score", (True, False)),
        ("show_score", (False, True)),
        ("show_navigator", (True, False)),
    ):
        window.commands[asked].trigger()
        settle()
        assert (projects.isVisible(), score.isVisible()) == seen
        assert [window.commands[name].isChecked() for name in ("show_navigator", "show_score")] == [*seen]
        assert inside(window) == []


def test_that_amounts_of_a_sum_are_as_wide_as_they_have_to_be_beside_each_other_at_every_width(
    window: MainWindow,
) -> None:
    _opened(window, Form.DECLARATION)
    row = next(one for one in children(window, SumRow) if one.isVisibleTo(window))
    fields = list(children(row, CellField))
    least, layout = fields[0].widget.minimumWidth(), row.layout()
    assert layout is not None
    for width in range(least + 40, 5 * least, 4):
        row.resize(width, 200)
        layout.activate()
        assert min(one.width() for one in fields) >= least, width


def test_that_a_form_that_is_not_started_says_so_in_a_low_window_with_large_text_and_problems_open(
    qtbot: QtBot, tmp_path: Path, given_store: Path, twice: None
) -> None:
    window = shown_window(qtbot, tmp_path, given_store, (911, 459))
    open_form(window.document, Form.EVALUATION)
    window.document.set_form(Form.DECLARATION)
    window.findings_panel.set_folded(is_folded=False)
    settle()
    assert [fault for fault in inside(window) if "less than" in fault] == []


def dialog_faults(window: MainWindow, folder: Path, states: Sequence[str]) -> tuple[list[str], set[type[QDialog]]]:
    """What is wrong with the dialogs of these pictures (tests/shots), and the kinds there were."""
    found: list[str] = []
    kinds: set[type[QDialog]] = set()
    on = Stage(window, folder)
    for state in states:
        act, _ = PICTURES[state]
        act(on)
        on.settle()
        dialog = next(visible(window, QDialog))
        kinds.add(type(dialog))
        if isinstance(dialog, Dialog) and dialog.size() != dialog.size().boundedTo(dialog.room()):
            found.append(f"{state}: {dialog.size()} in a room of {dialog.room()}")
        found += [f"{state}: {fault}" for fault in (*faults(dialog), *small_targets(dialog), *nameless(dialog))]
        on.close(dialog)
        window.tasks.shut_down()  # what a picture keeps it busy with
    return found, kinds


@pytest.fixture
def example(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """A window on the example, which the pictures are taken of, in the smallest room it has to do with."""
    path = tmp_path / "研发平台中心.jixiao"
    shutil.copyfile(EXAMPLE, path)
    return shown_window(qtbot, tmp_path, path, SIZES[1])


def test_that_no_dialog_shows_less_than_its_text_without_a_sign_and_none_is_left_out(
    example: MainWindow, tmp_path: Path
) -> None:
    found, kinds = dialog_faults(example, tmp_path, DIALOGS)
    assert found == []
    assert kinds == kinds_of_dialogs()


def test_that_no_dialog_is_cut_at_twice_the_size_of_text_in_a_contrast_theme(
    example: MainWindow, tmp_path: Path, twice: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(example.appearance, "_contrast", lambda: NIGHT_SKY)
    monkeypatch.setattr(Dialog, "room", lambda _: SMALLEST_ROOM)
    example.appearance.refresh()
    found, _ = dialog_faults(example, tmp_path, LARGE_DIALOGS)
    monkeypatch.undo()
    example.appearance.refresh()
    assert "\n".join(fault for fault in found if TOO_LARGE not in fault) == ""


def kinds_of_dialogs() -> set[type[QDialog]]:
    """Every kind of dialog that the program has, but what they all are made from."""
    for module in pkgutil.walk_packages(gui.__path__, "gui."):
        importlib.import_module(module.name)
    found: set[type[QDialog]] = set()
    left = [QDialog]
    while left:
        kinds = [kind for kind in left.pop().__subclasses__() if kind.__module__.startswith("gui.")]
        found.update(kinds)
        left += kinds
    return {kind for kind in found if kind is not Dialog}


def test_that_the_start_page_is_whole_in_a_low_window(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown_window(qtbot, tmp_path, size=SIZES[1])
    settle()
    assert [*inside(window), *small_targets(window)] == []


def test_that_the_start_page_scrolls_where_large_text_needs_more_than_there_is(
    qtbot: QtBot, tmp_path: Path, twice: None
) -> None:
    window = shown_window(qtbot, tmp_path, size=SIZES[1])
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for shown in (
        lambda: None,
        lambda: window.tell(Tone.FAILED, "文件已损坏，无法打开。\n" * 3, "恢复备份…", lambda: None),
    ):
        shown()
        settle()
        assert inside(window) == []
    last = window.start_page.example
    last.setFocus()
    settle()
    assert window.childAt(last.mapTo(window, last.rect().center())) is last


def test_that_a_menu_higher_than_the_screen_scrolls_to_its_last_entry(
    qtbot: QtBot, tmp_path: Path, twice: None
) -> None:
    window = shown_window(qtbot, tmp_path)
    screen = window.screen().availableSize()
    highest = max(children(window.menuBar(), QMenu), key=lambda menu: len(menu.actions()))
    for entry in highest.actions():
        entry.setEnabled(True)
    highest.popup(QPoint())
    qtbot.keyClick(highest, Qt.Key.Key_Up)
    settle()
    last = highest.activeAction()
    assert highest.size() == highest.size().boundedTo(screen)
    assert last is highest.actions()[-1]
    assert highest.rect().contains(highest.actionGeometry(last))
    highest.close()


def test_that_every_target_of_the_window_is_large_enough_and_has_a_name(window: MainWindow) -> None:
    found = []
    for form in (Form.DECLARATION, Form.EVALUATION):
        for state in STATES:
            state(window, form)
            settle()
            window.search.setText("率")  # what has a cross shows it
            window.navigator.filter.setText("服务")
            found += [*small_targets(window), *nameless(window)]
            window.navigator.filter.clear()
    assert sorted(set(found)) == []


def inside(window: MainWindow) -> list[str]:
    """The faults of what is in a window; a test's screen is smaller than some of the sizes."""
    return [fault for fault in faults(window) if not fault.startswith(TOO_LARGE)]


# What the walk finds


def planted(qtbot: QtBot, *widgets: QWidget, width: int = 120) -> list[str]:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    page.setMinimumWidth(0)
    qtbot.addWidget(page)
    page.setFixedWidth(width)
    page.show()
    qtbot.waitExposed(page)
    settle()
    return faults(page)


def narrow(widget: QWidget) -> QWidget:
    widget.setFixedWidth(60)
    return widget


def test_that_a_cut_label_a_cut_number_and_a_cut_button_are_found(qtbot: QtBot) -> None:
    number, told = QLabel("296,272,000.00"), QLabel("一个有提示的很长的项目名称")
    told.setToolTip(told.text())
    number.setToolTip("a sign does not help a number")
    label, button, field = (
        QLabel("很长很长的项目名称"),
        QPushButton("导出并打开文件夹"),
        QLineEdit("很长很长的项目名称"),
    )
    found = planted(qtbot, *(narrow(one) for one in (number, told, label, button, field)))
    assert [fault.split(" ")[0] for fault in found] == ["QLabel", "QLabel", "QPushButton", "QLineEdit"]
    assert "a number in part" in found[0]


def test_that_a_label_lower_than_its_letters_is_found(qtbot: QtBot) -> None:
    label = QLabel("导出")
    label.setFixedHeight(8)
    assert "lower than its text" in " ".join(planted(qtbot, label))


def test_that_content_wider_than_its_scroll_area_is_found(qtbot: QtBot) -> None:
    area = QScrollArea()
    content = QWidget()
    content.setMinimumSize(400, 50)
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    assert any("px wide in" in fault for fault in planted(qtbot, area, width=200))


def test_that_a_wrapped_text_without_the_height_it_needs_is_found(qtbot: QtBot) -> None:
    label = QLabel("这句话很长，窄的地方放不下，应当换行以后变高。" * 3)
    label.setWordWrap(True)
    label.setFixedHeight(20)
    assert any("less than its text" in fault for fault in planted(qtbot, label))


def test_that_a_small_target_and_a_sign_for_a_name_are_found(qtbot: QtBot) -> None:
    button = QPushButton("×")
    qtbot.addWidget(button)
    page = QWidget()
    QVBoxLayout(page).addWidget(button)
    button.setFixedSize(16, 16)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    assert len(small_targets(page)) == 1
    button.setFixedSize(30, 30)
    assert small_targets(page) == []
    assert nameless(page) == ["QPushButton in QWidget ''"]


def test_that_a_widget_under_a_scroll_bar_is_found(qtbot: QtBot) -> None:
    area = QScrollArea()
    content = QWidget()
    content.setMinimumSize(50, 400)
    area.setWidget(content)
    area.setFixedHeight(80)
    label = QLabel("满分", area)
    label.setGeometry(170, 10, 40, 20)
    label.lower()
    assert "lies under a scroll bar" in " ".join(planted(qtbot, area, width=200))


@pytest.mark.parametrize(("width", "is_cut"), [(200, False), (30, True)])
def test_that_a_cut_number_in_a_cell_is_found(qtbot: QtBot, width: int, is_cut: bool) -> None:
    table = QTableWidget(1, 2)
    table.setItem(0, 0, QTableWidgetItem("296,272,000.00"))
    table.setItem(0, 1, QTableWidgetItem("5.00"))
    table.setColumnWidth(0, width)
    found = planted(qtbot, table, width=400)
    assert any("a number in part: 296,272,000.00" in fault for fault in found) is is_cut


def test_that_a_list_that_wraps_and_scrolls_sideways_is_found(qtbot: QtBot) -> None:
    listed = QListWidget()
    listed.setWordWrap(True)
    listed.addItem("Word" * 60)
    assert any("wider than it all the same" in fault for fault in planted(qtbot, listed, width=150))


def test_that_a_number_the_grid_cuts_is_found(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    open_form(window.document, Form.EVALUATION)
    settle()
    assert not any("numbers in part" in fault for fault in faults(window))
    monkeypatch.setattr(window.page.table, "columnWidth", lambda _column: 8)  # the grid itself lets no number be cut
    assert any("numbers in part" in fault for fault in faults(window))


def test_that_a_window_larger_than_the_screen_is_found(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(page.screen().availableGeometry().size() + QSize(10, 0))
    page.show()
    qtbot.waitExposed(page)
    assert faults(page)[0].startswith(TOO_LARGE)
