"""The page of a unit's year and of a year, by keys and by mouse."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSignalBlocker, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.document.project_list import Group
from gui.overview.page import OverviewPage
from model.changes import AddProject, Part, RemoveProject
from model.edits import set_cell
from model.records import Evaluation, Form, Project, forms_of
from tests.gui.hands import compose
from tests.gui.window import shown_window

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
NAME, AMOUNT = 1, 2


@pytest.fixture
def page(qtbot: QtBot, document: Document) -> OverviewPage:
    """The page of the ten projects of 2026, with the keyboard in its list."""
    made = OverviewPage(document, Appearance())
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitExposed(made)
    document.select_group(Group.of(document.summaries()[0]))
    made.activateWindow()
    made.table.setFocus()
    qtbot.waitUntil(made.table.hasFocus)
    return made


def names(page: OverviewPage, column: int = NAME) -> list[str]:
    return [str(page.rows.index(row, column).data()) for row in range(page.rows.rowCount())]


def here(page: OverviewPage) -> str:
    (line,) = page.table.selected()
    return line.name


def test_that_the_page_says_whose_year_it_is_and_what_it_comes_to(document: Document, page: OverviewPage) -> None:
    assert page.title.full_text() == "上海市研发公共服务平台管理中心"
    assert page.year.text() == "2026 年度"
    assert page.states.text() == "项目 10 个，有错误 1 个，有警告 9 个"
    assert page.sums.text().startswith("申请总额 34,763,885.00 元，问题 共 1 个错误，")
    assert page.states.accessibleName() == page.states.text()
    assert "上海市研发公共服务平台管理中心 2026 年度的项目" in page.table.accessibleName()
    assert names(page) == [one.project_name for one in document.summaries()[:10]]


def test_that_numbers_stand_near_the_name_they_are_of(qtbot: QtBot, page: OverviewPage) -> None:
    page.resize(1400, 600)
    metrics = page.table.fontMetrics()
    longest = max(metrics.horizontalAdvance(name) for name in names(page))
    qtbot.waitUntil(lambda: longest < page.table.columnWidth(NAME) < longest + 40)
    page.resize(560, 600)
    qtbot.waitUntil(lambda: page.table.horizontalHeader().length() <= page.table.viewport().width())


def test_that_a_rate_says_of_how_many_projects_it_is(document: Document, page: OverviewPage) -> None:
    document.select_group(Group(2022, "上海市研发公共服务平台管理中心"))
    assert "个有执行数" not in page.sums.text()
    first = document.projects.of(Group(2022))[0]
    document.projects.take([replace(first, spent_fen=None)], ())
    document.settings_changed.emit()
    assert "（7 个项目中 6 个有执行数）" in page.sums.text()


def test_that_enter_opens_the_project_and_going_back_stands_on_it(
    qtbot: QtBot, document: Document, page: OverviewPage
) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    wanted = document.summaries()[1]
    with qtbot.waitSignal(page.entered):
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert document.saved_project is not None
    assert document.saved_project.id == wanted.id
    qtbot.keyClick(page.table, Qt.Key.Key_Home)
    assert document.go_back()
    assert here(page) == wanted.project_name
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(page.table, Qt.Key.Key_Escape)


def test_that_a_double_click_opens_the_project(qtbot: QtBot, document: Document, page: OverviewPage) -> None:
    place = page.table.visualRect(page.rows.index(2, NAME)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert document.saved_project is not None
    assert document.saved_project.id == document.summaries()[2].id


def test_that_a_year_lists_its_units_and_enter_goes_down(qtbot: QtBot, document: Document, page: OverviewPage) -> None:
    document.select_group(Group(2022))
    assert page.title.full_text() == "2022 年度"
    assert page.year.isHidden()
    assert page.states.text().startswith("单位 1 个，项目 7 个")
    assert names(page) == ["上海市研发公共服务平台管理中心"]
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert document.group == Group(2022, "上海市研发公共服务平台管理中心")
    assert len(names(page)) == 7
    assert "全年预算 " in page.sums.text()
    assert "等次 优 7 个" in page.sums.text()
    assert document.go_back()
    assert document.group == Group(2022)


def test_that_headings_sort_both_ways_and_then_not_at_all(qtbot: QtBot, page: OverviewPage) -> None:
    tester = QAbstractItemModelTester(page.rows, FATAL)
    listed, header = names(page), page.table.horizontalHeader()
    page.table.go(4)
    chosen = here(page)
    place = QPoint(header.sectionViewportPosition(AMOUNT) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    amounts = [float(text.replace(",", "")) for text in names(page, AMOUNT)]
    assert amounts == sorted(amounts)
    assert here(page) == chosen
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(page, AMOUNT)[0] == "15,020,000.00"
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(page) == listed
    del tester


def test_that_the_menu_sorts_without_a_mouse_and_turns_the_order(page: OverviewPage) -> None:
    def choose(title: str) -> None:
        menu = page.sort_menu(page)
        next(entry for entry in menu.actions() if entry.text() == title).trigger()

    choose("项目")
    assert names(page)[0] == "科技系统人才工作综合服务平台建设"
    choose("项目")
    assert names(page)[-1] == "科技系统人才工作综合服务平台建设"
    choose("列表顺序")
    assert names(page)[0] == "研发平台数据采购及保障"


def arrow_points_up(page: OverviewPage, section: int) -> bool:
    """Whether the arrow in a heading is wider at its foot than at its head: it is what turning the order changes."""
    header = page.table.horizontalHeader()
    place = QRect(header.sectionViewportPosition(section), 2, header.sectionSize(section), header.height() - 4)
    order = header.sortIndicatorOrder()
    others = {Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder} - {order}
    with QSignalBlocker(header):
        header.setSortIndicator(section, others.pop())
        turned = header.viewport().grab(place).toImage()
        header.setSortIndicator(section, order)
    shown = header.viewport().grab(place).toImage()
    size = [(x, y) for x in range(shown.width()) for y in range(shown.height())]
    changed = [(x, y) for x, y in size if shown.pixel(x, y) != turned.pixel(x, y)]
    columns, rows = ({one[at] for one in changed} for at in (0, 1))
    ground = shown.pixel(0, 0)
    inked = [[x for x in sorted(columns) if shown.pixel(x, y) != ground] for y in sorted(rows)]
    spread = [xs[-1] - xs[0] for xs in inked if xs]
    assert len(spread) > 3
    return spread[0] < spread[-1]


def test_that_the_arrow_shows_the_direction_and_the_order_outlives_other_values_columns_and_pages(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    document, page = window.document, window.overview
    group = Group.of(document.summaries()[0])
    document.select_group(group)
    qtbot.waitUntil(page.isVisible)
    header = page.table.horizontalHeader()

    def is_right() -> bool:
        amounts = [float(text.replace(",", "")) for text in names(page, AMOUNT) if text != "—"]
        is_up = header.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        column, order = page.rows.columns[header.sortIndicatorSection()].title, sorted(amounts, reverse=not is_up)
        return (column, amounts, arrow_points_up(page, AMOUNT)) == ("申请总额（元）", order, is_up)

    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        header.setSortIndicator(AMOUNT, order)
        assert is_right()
    last = document.summaries()[9]
    document.select_project(last.id)
    assert document.write_text("修改", Form.DECLARATION, last.id, "fiscal_current", "99999999")
    document.select_group(group)
    assert names(page)[0] == last.project_name
    assert (header.sortIndicatorOrder(), is_right()) == (Qt.SortOrder.DescendingOrder, True)
    columns = page.rows.columns
    bare = Project(
        "z", group.year, "尚无", unit=group.unit or "", forms=forms_of(Evaluation(adjusted_fiscal_current="5"))
    )
    assert document.push("新建项目", (AddProject(bare),))
    assert page.rows.columns != columns
    assert is_right()
    document.undo_stack.undo()
    assert (page.rows.columns, is_right()) == (columns, True)


def test_that_what_has_no_amount_goes_last_either_way(document: Document, page: OverviewPage) -> None:
    first = document.summaries()[0]
    bare = Project("bare", 2026, "没有申报表", "", first.unit, forms_of())
    assert document.push("新建", (AddProject(bare),))
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        page.table.horizontalHeader().setSortIndicator(AMOUNT, order)
        assert names(page)[-1] == "没有申报表"
    assert "没有申请总额 1 个" in page.sums.text()


def test_that_letters_and_characters_find_a_name(qtbot: QtBot, page: OverviewPage) -> None:
    qtbot.keyClicks(page.table, "xxh")
    assert here(page) == "信息化建设项目"
    qtbot.keyClicks(page.table, "yw")
    assert here(page) == "信息化运维项目"
    qtbot.keyClicks(page.table, "q")  # there is none
    assert here(page) == "信息化运维项目"


def test_that_an_input_method_finds_a_name(page: OverviewPage) -> None:
    assert page.table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    compose(page.table, "", "宣传推广")
    assert here(page) == "上海研发公共服务平台宣传推广"


def test_that_the_copied_rows_go_to_excel_under_their_headings(qtbot: QtBot, page: OverviewPage) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().splitlines() == [
        "状态\t项目\t申请总额（元）\t错误\t警告",
        "有警告\t研发平台数据采购及保障\t3857934.00\t\t1",
    ]
    assert data.html().count("<tr>") == 2
    assert "<td>3857934.00</td>" in data.html()


def test_that_the_page_follows_every_gesture_and_says_when_nothing_is_left(
    document: Document, page: OverviewPage
) -> None:
    tester = QAbstractItemModelTester(page.rows, FATAL)
    document.select_group(Group.of(document.summaries()[0]))
    assert document.store is not None
    projects = document.store.projects(year=2026)
    page.table.go(3)
    chosen = here(page)
    renamed = set_cell(projects[0], Part.PROJECT, projects[0].id, "project_name", "改了名", document.settings)
    assert document.push("改名", renamed)
    assert names(page)[0] == "改了名"
    assert here(page) == chosen
    moved = replace(projects[0], project_name="改了名")
    gone = (RemoveProject(moved), *map(RemoveProject, projects[1:]))
    assert document.push("删除", gone)
    assert page.table.isHidden()
    assert page.empty.isVisible()
    document.undo_stack.undo()
    assert len(names(page)) == 10
    assert page.empty.isHidden()
    del tester


@pytest.mark.parametrize("rows", [(3,), (8, 9), (2, 5)])
def test_that_after_a_deletion_the_neighbour_is_chosen_and_after_undo_what_came_back(
    document: Document, page: OverviewPage, rows: tuple[int, ...]
) -> None:
    listed = names(page)
    page.table.select(rows)
    assert document.store is not None
    gone = document.store.projects(ids=[one.id for one in document.chosen])
    assert len(gone) == len(rows)
    assert document.push("删除", tuple(map(RemoveProject, gone)))
    left = [name for row, name in enumerate(listed) if row not in rows]
    assert here(page) == left[min(rows[0], len(left) - 1)]
    document.undo_stack.undo()
    assert [line.name for line in page.table.selected()] == [listed[row] for row in rows]
    assert [one.id for one in document.chosen] == [project.id for project in gone]
    assert page.table.viewport().rect().contains(page.table.visualRect(page.table.currentIndex()))


def test_that_in_a_list_so_long_that_it_follows_later_what_came_back_is_chosen_too(
    qtbot: QtBot, document: Document, page: OverviewPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.overview.page.AT_ONCE", 0)
    listed = names(page)
    page.table.select((3,))
    assert document.store is not None
    (gone,) = document.store.projects(ids=[one.id for one in document.chosen])
    assert document.push("删除", (RemoveProject(gone),))
    qtbot.waitUntil(lambda: len(names(page)) == len(listed) - 1)
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: names(page) == listed)
    assert here(page) == listed[3]


def test_that_a_click_with_the_right_button_asks_for_the_menu_of_that_row(qtbot: QtBot, page: OverviewPage) -> None:
    place = page.table.visualRect(page.rows.index(5, NAME)).center()
    with qtbot.waitSignal(page.table.menu_wanted):
        page.table.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, place))
    assert page.table.selected_rows() == [5]


def test_that_shift_selects_from_where_the_program_went(qtbot: QtBot, document: Document, page: OverviewPage) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton)
    page.table.go(4)
    qtbot.keyClick(page.table, Qt.Key.Key_Up, shift)
    assert page.table.selected_rows() == [3, 4]
    qtbot.keyClick(page.table, Qt.Key.Key_End, shift)
    assert page.table.selected_rows() == [4, 5, 6, 7, 8, 9]
    assert len(document.chosen) == 6
    place = page.table.visualRect(page.rows.index(2, NAME)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, shift, place)
    assert page.table.selected_rows() == [2, 3, 4]
    qtbot.keyClick(page.table, Qt.Key.Key_Home, shift)
    assert page.table.selected_rows() == [0, 1, 2, 3, 4]


def test_that_a_narrow_page_keeps_its_numbers_and_breaks_its_counts(qtbot: QtBot, page: OverviewPage) -> None:
    high = page.sums.height()
    page.resize(280, 500)
    qtbot.waitUntil(lambda: page.sums.height() > high)
    metrics = page.table.fontMetrics()
    for column in (AMOUNT, 3, 4):
        widest = max(map(metrics.horizontalAdvance, names(page, column)))
        assert page.table.columnWidth(column) >= widest


def test_that_the_name_of_a_page_stands_where_that_of_a_project_does(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    project = window.page.header.title
    place = project.mapTo(window, project.rect().center()).y(), project.mapTo(window, QPoint()).x()
    window.document.select_group(Group.of(window.document.summaries()[0]))
    title = window.overview.title
    assert abs(title.mapTo(window, title.rect().center()).y() - place[0]) <= 1
    assert title.mapTo(window, QPoint()).x() == place[1]


def test_that_the_frame_of_a_row_has_no_gap_between_its_cells_at_any_scale(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    window.document.select_group(Group.of(window.document.summaries()[0]))
    table = window.overview.table
    table.setFocus()
    table.go(1)
    height, scale, last = table.rowHeight(0), 1.5, table.model().columnCount() - 1
    width = int((table.columnViewportPosition(last) + table.columnWidth(last)) * scale)
    for taller in range(3):  # wherever the row lies between the pixels of the screen
        table.verticalHeader().setDefaultSectionSize(height + taller)
        image = QImage(width, 200, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        table.viewport().render(image)
        bottom = table.visualRect(table.currentIndex()).bottom()
        for y in {int((bottom + part) * scale) for part in (0.1, 0.4, 0.7)}:
            assert {QColor(image.pixel(x, y)).name() for x in range(width)} == {window.appearance.theme.focus}


def test_that_a_sorted_column_has_room_for_its_heading_and_its_arrow(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    window.document.select_group(Group.of(window.document.summaries()[0]))
    qtbot.waitUntil(window.overview.isVisible)
    header = window.overview.table.horizontalHeader()

    def ink(section: int) -> int:
        """Pixels of letters and arrow in a heading, wherever they stand."""
        left, width = header.sectionViewportPosition(section), header.sectionSize(section)
        image = header.viewport().grab(QRect(left, 2, width - 2, header.height() - 4)).toImage()
        ground = image.pixel(0, 0)
        return sum(image.pixel(x, y) != ground for x in range(image.width()) for y in range(image.height()))

    for section in range(header.count()):
        header.setSortIndicator(section, Qt.SortOrder.AscendingOrder)
        narrow = ink(section)
        header.resizeSection(section, header.sectionSize(section) + 60)
        assert narrow == ink(section), f"the heading {window.overview.rows.columns[section].title} is cut"


def test_that_no_column_goes_out_of_sight_where_headings_can_do_without_the_room_of_an_arrow(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    scored = next(one for one in window.document.summaries() if one.year == 2022)
    window.document.select_group(Group.of(scored))
    table = window.overview.table
    qtbot.waitUntil(table.isVisible)
    header, outside = table.horizontalHeader(), window.width() - table.viewport().width()
    bare = sum(header.sectionSize(section) for section in range(header.count()) if section != NAME)
    window.resize(outside + bare + 150, window.height())  # names have no less than 160
    qtbot.waitUntil(lambda: table.viewport().width() < bare + 160)
    assert (header.length() <= table.viewport().width(), header.offset()) == (True, 0)
