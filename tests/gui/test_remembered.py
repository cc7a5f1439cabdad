"""What is folded and how wide the panels are, after a restart: as it was left, in small windows and in large ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.document.project_list import Group
from gui.main_window import MainWindow
from gui.views import last_seen
from model.records import Declaration, Evaluation, Form, Indicator, Project, forms_of, text_cells
from tests.gui.window import open_form, shown_window
from tests.storage.builders import new_store

SECRET = "机密文字"
LARGE, SMALL = (1366, 768), (911, 459)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, given_store: Path) -> MainWindow:
    window = shown_window(qtbot, tmp_path, given_store, LARGE)
    open_form(window.document, Form.EVALUATION)
    return window


def again(qtbot: QtBot, folder: Path, store: Path, window: MainWindow) -> MainWindow:
    """The window after a restart."""
    size = (window.width(), window.height())
    window.close()
    return shown_window(qtbot, folder, store, size)


@pytest.mark.parametrize("form", [Form.DECLARATION, Form.EVALUATION])
def test_that_the_project_is_there_in_the_form_it_was_left_in(qtbot: QtBot, tmp_path: Path, form: Form) -> None:
    path = tmp_path / "两张表.jixiao"
    both = forms_of(Declaration(), Evaluation())
    new_store(path, *(Project(name, 2026, name, "部门", "单位", both) for name in ("一", "二"))).close()
    window = shown_window(qtbot, tmp_path, path)
    window.document.select_project("二")
    window.document.set_form(form)
    restarted = again(qtbot, tmp_path, path, window)
    qtbot.waitUntil(lambda: restarted.document.saved_project is not None)
    assert restarted.document.saved_project is not None
    assert restarted.document.saved_project.id == "二"
    assert restarted.document.form is form


def test_that_what_stays_on_screen_is_remembered_for_a_program_that_is_killed_but_nothing_for_every_switch(
    qtbot: QtBot, tmp_path: Path, given_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(last_seen, "REMEMBERED_AFTER_MS", 1)
    window = shown_window(qtbot, tmp_path, given_store)
    written: list[str] = []
    monkeypatch.setattr(window.preferences, "set_last_form", written.append)
    ids = [summary.id for summary in window.document.summaries()]
    for project_id in (ids[2], ids[0], ids[1]):
        window.document.select_project(project_id)
    assert not written
    config = tmp_path / "config" / "jixiao.ini"
    qtbot.waitUntil(lambda: config.is_file() and f"last_project={ids[1]}\n" in config.read_text(encoding="utf-8"))
    assert written == [window.document.form]


def test_that_an_overview_that_was_asked_for_is_there_after_a_restart(
    qtbot: QtBot, tmp_path: Path, given_store: Path, window: MainWindow
) -> None:
    open_form(window.document, Form.DECLARATION)
    assert window.panels.docks["show_score"].isHidden()
    window.commands["show_score"].trigger()
    restarted = again(qtbot, tmp_path, given_store, window)
    assert restarted.panels.docks["show_score"].isVisible()


def test_that_sections_are_open_as_they_were_left_and_what_was_opened_is_open_in_other_projects_too(
    qtbot: QtBot, tmp_path: Path, given_store: Path, window: MainWindow
) -> None:
    page = window.page.page
    page.panel.folds[0].line.click()
    qtbot.keyClick(page.panel.folds[2].line, Qt.Key.Key_Right)
    page.lines.click()
    assert page.open_sections == ["basic", "goals"]
    restarted = again(qtbot, tmp_path, given_store, window)
    assert restarted.page.page.open_sections == ["basic", "goals"]
    open_form(restarted.document, Form.EVALUATION, 1)
    assert restarted.page.page.open_sections == ["basic", "goals", "indicators"]
    restarted.page.page.toggle_fields()
    open_form(restarted.document, Form.EVALUATION, 0)
    assert restarted.page.page.open_sections == ["indicators"]


def test_that_the_problems_are_folded_by_key_and_the_panels_are_as_they_were_in_each_kind_of_window(
    qtbot: QtBot, tmp_path: Path, given_store: Path, window: MainWindow
) -> None:
    findings, navigator = window.findings_panel, window.panels.docks["show_navigator"]
    assert not findings.is_folded
    window.commands["fold_findings"].trigger()
    assert findings.is_folded
    window.resizeDocks([navigator], [300], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: navigator.width() == 300)
    window.resize(*SMALL)
    qtbot.waitUntil(lambda: navigator.width() < 200)
    assert findings.is_folded
    window.commands["fold_findings"].trigger()
    assert not findings.is_folded
    assert findings.isAncestorOf(QApplication.focusWidget() or window)
    restarted = again(qtbot, tmp_path, given_store, window)
    assert not restarted.findings_panel.is_folded
    restarted.resize(*LARGE)
    assert restarted.findings_panel.is_folded
    qtbot.waitUntil(lambda: restarted.panels.docks["show_navigator"].width() == 300)


def test_that_the_lists_of_a_year_and_of_a_unit_are_ordered_as_they_were_left(
    qtbot: QtBot, tmp_path: Path, given_store: Path, window: MainWindow
) -> None:
    of_year, of_unit = Group(2026), Group.of(window.document.summaries()[0])
    downwards = Qt.SortOrder.DescendingOrder

    def ordered(shown: MainWindow, group: Group) -> tuple[str, bool]:
        """What the list of a group is ordered by, and whether downwards; "" for the order it has by itself."""
        shown.document.select_group(group)
        header, rows = shown.overview.table.horizontalHeader(), shown.overview.rows
        section = header.sortIndicatorSection()
        assert section == rows.sorted_by
        return (rows.columns[section].title if section >= 0 else "", header.sortIndicatorOrder() is downwards)

    assert [ordered(window, group) for group in (of_unit, of_year)] == [("", False), ("", False)]
    window.overview.table.horizontalHeader().setSortIndicator(2, downwards)
    window.document.select_group(of_unit)
    window.overview.table.horizontalHeader().setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    assert ordered(window, of_year) == ("项目", True)  # one list does not forget while the other is looked at
    open_form(window.document, Form.EVALUATION)
    restarted = again(qtbot, tmp_path, given_store, window)
    assert [ordered(restarted, group) for group in (of_unit, of_year)] == [("项目", False), ("项目", True)]
    restarted.overview.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    open_form(restarted.document, Form.EVALUATION)
    last = again(qtbot, tmp_path, given_store, restarted)
    assert [ordered(last, group) for group in (of_unit, of_year)] == [("项目", False), ("", False)]


def test_that_a_folded_reason_of_a_score_stays_folded(
    qtbot: QtBot, tmp_path: Path, given_store: Path, window: MainWindow
) -> None:
    assert not window.score_panel.reason.is_folded
    window.score_panel.reason.line.click()
    restarted = again(qtbot, tmp_path, given_store, window)
    assert restarted.score_panel.reason.is_folded


def test_that_no_text_of_a_form_is_in_what_the_window_remembers(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "单位.jixiao"
    lines = (Indicator("1", f"{SECRET}一级", f"{SECRET}二级", SECRET, SECRET), Indicator("2", name=SECRET))
    cells = dict.fromkeys(text_cells(Declaration), SECRET)
    content = Declaration(**cells, indicators=lines)
    new_store(path, Project("p", 2026, SECRET, SECRET, SECRET, forms_of(content))).close()
    window = shown_window(qtbot, tmp_path, path)
    grid = window.page.pages[Form.DECLARATION].table
    grid.rows.set_folded({f"{SECRET}一级"})
    grid.arranged.emit()
    tree = window.navigator.tree
    tree.stand_on(window.navigator.rows.index_of_group(Group(2026, SECRET)))
    qtbot.keyClick(tree, Qt.Key.Key_Left)
    assert window.close()
    window.preferences.settings.sync()
    kept = (tmp_path / "config" / "jixiao.ini").read_bytes()
    assert b"navigator" in kept
    spelt = (SECRET.encode(), "".join(f"\\x{ord(sign):x}" for sign in SECRET).encode(), json.dumps(SECRET).encode())
    assert not any(text.strip(b'"') in kept for text in spelt)
