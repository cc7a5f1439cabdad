"""Lists that are scrolled by keys show their first row whole, wherever they are scrolled to."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from gui.desk.theme import Appearance
from gui.document.project_list import Group
from gui.findings.pane import FindingsPanel
from gui.navigator.pane import Navigator
from gui.overview.page import OverviewPage
from model.records import Form
from tests.gui.hands import declared, document_of, evaluated, evaluated_line


def is_whole_above(view: QAbstractItemView) -> bool:
    return view.visualRect(view.indexAt(QPoint(1, 0))).top() >= 0


def is_seen(view: QAbstractItemView) -> bool:
    rect, room = view.visualRect(view.currentIndex()), view.viewport().height()
    is_too_high = rect.height() > room  # its beginning is to be seen, then
    return rect.top() == 0 if is_too_high else rect.top() >= 0 and rect.bottom() < room


def walk(qtbot: QtBot, view: QAbstractItemView, steps: int) -> None:
    view.setFocus()
    for key in (
        *[Qt.Key.Key_Down] * steps,
        *[Qt.Key.Key_Up] * steps,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_End,
        Qt.Key.Key_Up,
    ):
        qtbot.keyClick(view, key)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # what is said below takes room from the list
        assert is_whole_above(view), (key, view.currentIndex().row())
        assert is_seen(view), (key, view.currentIndex().row())


@pytest.mark.parametrize("height", [247, 263, 301])
def test_that_the_list_of_projects_shows_whole_rows_after_every_key(qtbot: QtBot, tmp_path: Path, height: int) -> None:
    names = ["短", "科技资源共享体系建设和创新资源发展研究及人才平台体系", "上海科技地方报告"] * 6
    projects = [declared(project_id=str(number), name=f"{name}{number}") for number, name in enumerate(names)]
    with document_of(tmp_path / "很多.jixiao", *projects) as document:
        panel = Navigator(document, Appearance())
        qtbot.addWidget(panel)
        panel.resize(190, height)
        panel.show()
        qtbot.waitExposed(panel)
        walk(qtbot, panel.tree, len(names))


@pytest.mark.parametrize("height", [190, 221])
def test_that_the_list_of_problems_shows_whole_rows_after_every_key(qtbot: QtBot, tmp_path: Path, height: int) -> None:
    lines = [evaluated_line(f"l{n}", target_text="≥10次", actual_text="8次", points="10") for n in range(10)]
    with document_of(tmp_path / "问题.jixiao", evaluated(*lines)) as document:
        document.set_form(Form.EVALUATION)
        document.tell_all()
        panel = FindingsPanel(document, Appearance())
        qtbot.addWidget(panel)
        panel.resize(700, height)
        panel.show()
        qtbot.waitExposed(panel)
        for number in range(panel.model.rowCount() - 1, -1, -1):
            panel.model.set_open(number, is_open=True)
        panel.table.fit()
        panel.table.selectRow(0)
        walk(qtbot, panel.table, panel.model.rowCount())


@pytest.mark.parametrize("height", [247, 263, 301])
def test_that_the_list_of_a_page_shows_whole_rows_after_every_key(qtbot: QtBot, tmp_path: Path, height: int) -> None:
    projects = [declared(project_id=str(number), name=f"项目{number}") for number in range(18)]
    with document_of(tmp_path / "很多.jixiao", *projects) as document:
        page = OverviewPage(document, Appearance())
        qtbot.addWidget(page)
        page.resize(700, height)
        page.show()
        qtbot.waitExposed(page)
        document.select_group(Group.of(document.summaries()[0]))
        walk(qtbot, page.table, len(projects))


def test_that_the_row_with_the_keyboard_stays_in_sight_in_the_list_of_a_page_that_gets_lower(
    qtbot: QtBot, tmp_path: Path
) -> None:
    projects = [declared(project_id=str(number), name=f"项目{number}") for number in range(40)]
    with document_of(tmp_path / "很多.jixiao", *projects) as document:
        page = OverviewPage(document, Appearance())
        qtbot.addWidget(page)
        page.resize(700, 400)
        page.show()
        page.activateWindow()
        qtbot.waitExposed(page)
        document.select_group(Group.of(document.summaries()[0]))
        page.table.setFocus()
        qtbot.waitUntil(page.table.hasFocus)
        while not page.table.verticalScrollBar().value():
            qtbot.keyClick(page.table, Qt.Key.Key_Down)
        page.resize(700, 360)
        qtbot.waitUntil(lambda: is_seen(page.table), timeout=1000)


def ink_below(view: QAbstractItemView, top: int) -> bool:
    """Whether anything is drawn from a height of the viewport down, left of what may stand at its right edge."""
    image = view.viewport().grab().toImage()
    ground = image.pixelColor(image.width() - 1, image.height() - 1)
    return any(image.pixelColor(x, y) != ground for y in range(top, image.height()) for x in range(image.width()))


def test_that_the_lower_edge_of_a_list_cuts_through_no_line_of_its_rows(qtbot: QtBot, tmp_path: Path) -> None:
    lines = (evaluated_line(f"l{n}", name="", actual_text="约" * n) for n in range(12))
    with document_of(tmp_path / "长.jixiao", evaluated(*lines)) as document:
        document.set_form(Form.EVALUATION)
        panel = FindingsPanel(document, Appearance())
        qtbot.addWidget(panel)
        panel.show()
        table = panel.table
        found = 0
        for height in range(150, 240, 7):
            panel.resize(700, height)
            QApplication.processEvents()
            rows = [table.visualRect(table.model().index(row, 0)) for row in range(table.model().rowCount())]
            cut = next((row for row in rows if row.top() < table.viewport().height() <= row.bottom()), None)
            if cut is not None and cut.top() > 0:
                found += 1
                assert not ink_below(table, cut.top() + 1)
        assert found


def test_that_the_lower_edge_of_the_list_of_projects_cuts_through_no_name(qtbot: QtBot, tmp_path: Path) -> None:
    projects = (declared(project_id=str(n), name=f"项目{n}") for n in range(20))
    with document_of(tmp_path / "多.jixiao", *projects) as document:
        pane = Navigator(document, Appearance())
        qtbot.addWidget(pane)
        pane.show()
        tree, found = pane.tree, 0
        for height in range(260, 330, 6):
            pane.resize(220, height)
            QApplication.processEvents()
            cut = tree.visualRect(tree.indexAt(QPoint(1, tree.viewport().height() - 1)))
            if cut.bottom() >= tree.viewport().height() and cut.top() > 0:
                found += 1
                assert not ink_below(tree, cut.top())
        assert found
