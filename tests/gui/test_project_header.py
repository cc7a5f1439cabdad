"""The top of a project in rooms of every width."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QStyle, QStyleOptionButton, QWidget
from pytestqt.qtbot import QtBot

from gui.views.project_header import BEFORE_TABS, ProjectHeader
from model.records import Form
from tests.gui.dialogs import rename, saved
from tests.gui.window import open_form, shown_window

SIZES = [(1366, 689), (911, 459), (1024, 700), (1280, 633), (1920, 1000)]
LONG = "科技行政服务热线系统及大型科学仪器共享与长三角科技资源协同服务平台一体化升级改造与运行维护（二期）项目"


@pytest.mark.parametrize("size", SIZES)
def test_that_the_year_stands_whole_beside_the_longest_name(
    qtbot: QtBot, tmp_path: Path, given_store: Path, size: tuple[int, int]
) -> None:
    window = shown_window(qtbot, tmp_path, given_store, size)
    open_form(window.document, Form.DECLARATION)
    rename(window.document, LONG)
    header = window.page.header
    qtbot.waitUntil(lambda: header.title.full_text() == LONG)
    assert header.year.text() == f"{saved(window.document).year} 年度"
    qtbot.waitUntil(lambda: header.year.width() >= header.year.sizeHint().width())
    assert header.title.toolTip() == ("" if header.title.text() == LONG else LONG)


@pytest.mark.parametrize("size", SIZES)
def test_that_the_line_is_laid_out_by_its_width_alone_and_the_unit_is_whole_or_not_there(
    qtbot: QtBot, tmp_path: Path, given_store: Path, size: tuple[int, int]
) -> None:
    window = shown_window(qtbot, tmp_path, given_store, size)
    open_form(window.document, Form.DECLARATION)
    header = window.page.header

    def layout() -> list[tuple[int, int, int]]:
        parts = (header, header.title, header.year, header.unit, *header.tabs.values())
        return [(one.x(), one.width(), one.height()) for one in parts if one.isVisible()]

    def is_settled() -> bool:
        found = layout()
        QApplication.sendPostedEvents()
        return found == layout()

    qtbot.waitUntil(is_settled)
    first, name = layout(), header.title.full_text()
    assert not header.unit.isVisible() or header.unit.text() == header.unit.full_text()
    for step in ("fold_findings", "fold_findings"):
        window.commands[step].trigger()
        qtbot.waitUntil(is_settled)
    window.resize(size[0], size[1] + 200)
    qtbot.waitUntil(is_settled)
    rename(window.document, LONG)
    qtbot.waitUntil(lambda: header.title.full_text() == LONG)
    rename(window.document, name)
    qtbot.waitUntil(lambda: header.title.full_text() == name and is_settled())
    assert layout() == first


def test_that_the_year_stands_on_the_line_of_the_name(qtbot: QtBot, tmp_path: Path, given_store: Path) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    open_form(window.document, Form.DECLARATION)
    header = window.page.header

    def base_line(label: QLabel) -> float:
        inner, metrics = label.contentsRect(), label.fontMetrics()
        middle = label.y() + inner.y() + inner.height() / 2
        return middle + (metrics.ascent() - metrics.descent()) / 2

    def base_line_of(tab: QPushButton) -> float:
        option = QStyleOptionButton()
        tab.initStyleOption(option)
        inner = tab.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, tab)
        metrics = tab.fontMetrics()
        return tab.y() + inner.y() + inner.height() / 2 + (metrics.ascent() - metrics.descent()) / 2

    qtbot.waitUntil(lambda: abs(base_line(header.title) - base_line(header.year)) <= 1)
    for tab in header.tabs.values():
        assert abs(base_line_of(tab) - base_line(header.title)) <= 1


def test_that_the_unit_stands_there_as_soon_as_it_has_room(qtbot: QtBot, tmp_path: Path, given_store: Path) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    open_form(window.document, Form.EVALUATION)
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(1400, 60)
    header = ProjectHeader(window.document, window.appearance, page)
    header.refresh()
    page.show()
    for width in range(1200, 300, -1):
        header.resize(width, 40)
        QApplication.processEvents()
        if header.unit.isHidden():
            break
        assert header.unit.text() == header.unit.full_text()
        assert header.title.text() == header.title.full_text()
        tabs = next(iter(header.tabs.values())).x()
        spare = tabs - BEFORE_TABS - header.unit.geometry().right() - 1
    assert 0 <= spare <= 1


@pytest.mark.parametrize("shows_total", [False, True])
def test_that_a_name_is_not_cut_by_two_letters_where_the_parts_beside_it_can_stand_closer(
    qtbot: QtBot, tmp_path: Path, given_store: Path, shows_total: bool
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)  # with the look of the program
    open_form(window.document, Form.EVALUATION)
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(1400, 60)
    header = ProjectHeader(window.document, window.appearance, page)
    header.show_total(shown=shows_total)
    header.refresh()
    page.show()

    def gap() -> int:
        return header.year.geometry().left() - header.title.geometry().right() - 1

    def is_whole(width: int) -> bool:
        header.resize(width, 40)
        QApplication.processEvents()
        return header.title.text() == header.title.full_text()

    usual = gap()
    closer = [width for width in range(900, 500, -1) if is_whole(width) and gap() != usual]
    assert len(closer) >= header.title.fontMetrics().horizontalAdvance("字")
    assert is_whole(closer[0])
    assert gap() == usual // 2
    assert is_whole(closer[0] + 1)
    assert gap() == usual
    assert not is_whole(closer[-1] - 1)
    assert gap() == usual


@pytest.mark.parametrize("width", [1366, 1024, 911])
def test_that_no_number_and_no_tab_is_cut_at_twice_the_size_of_text(
    qtbot: QtBot, tmp_path: Path, given_store: Path, twice: None, width: int
) -> None:
    window = shown_window(qtbot, tmp_path, given_store, (width, 689))
    open_form(window.document, Form.EVALUATION)
    rename(window.document, LONG)
    header = window.page.header
    parts: tuple[QLabel | QPushButton, ...] = (header.year, header.total, *header.tabs.values())

    def cut() -> list[str]:
        return [one.text() for one in parts if one.isVisible() and one.width() < one.sizeHint().width()]

    qtbot.waitUntil(lambda: header.title.full_text() == LONG and not cut())
    assert header.year.isVisible()
    declaration = header.tabs[Form.DECLARATION]
    assert declaration.text() == declaration.accessibleName() or declaration.toolTip() == "目标申报（未开始）"
    window.resize(1800, 689)
    qtbot.waitUntil(lambda: header.total.isVisible() or window.score_panel.isVisible())
    assert declaration.text() == "目标申报（未开始）"
    assert declaration.toolTip() == ""
