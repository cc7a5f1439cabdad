"""The manual on screen: found by F1, read and searched by keys, in both themes, and never reaching outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QImage, QTextDocument, QTextTable
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.desk.cut_edge import CutEdge
from gui.desk.labels import NOT_FOUND
from gui.desk.system_look import SystemColors
from gui.desk.theme import Appearance, AppearanceChoice, Theme
from gui.main_window import MainWindow
from gui.manual.keyboard import KeyboardDialog
from gui.manual.page import COLUMN, HIGHEST, ManualPage
from gui.manual.text import chapters
from gui.manual.window import ManualWindow, show_manual
from model.checking import rules_in_order
from model.records import Form
from tests.gui.found import children
from tests.gui.window import open_form, shown_window

DUSK = Theme.contrast(SystemColors("#2d3236", "#ffffff", "#a6a6a6", "#a1bfde", "#70ebde"))

# The page


@pytest.fixture
def page(qtbot: QtBot) -> ManualPage:
    shown = ManualPage()
    qtbot.addWidget(shown)
    shown.show_chapters(chapters(), Theme.light())
    return shown


def test_that_no_edge_cuts_through_a_line_of_the_page_wherever_it_is_scrolled_to(page: ManualPage) -> None:
    page.resize(600, 333)
    page.show()
    QApplication.processEvents()
    document, bar, height = page.document(), page.verticalScrollBar(), page.viewport().height()
    lines, block = [], document.begin()
    while block.isValid():
        top = document.documentLayout().blockBoundingRect(block).top()
        found = (block.layout().lineAt(number) for number in range(block.layout().lineCount()))
        lines += [(top + line.y(), top + line.y() + line.height()) for line in found if line.height() <= HIGHEST]
        block = block.next()
    for value in range(0, min(bar.maximum(), 9000), 61):
        bar.setValue(value)
        covers = [cover.geometry() for cover in children(page, CutEdge) if cover.isVisible()]
        assert all(cover.height() <= HIGHEST for cover in covers)
        upper = max((cover.bottom() + 1 for cover in covers if cover.top() == 0), default=0)
        lower = min((cover.top() for cover in covers if cover.top() > 0), default=height)
        for start, end in lines:
            for edge in (upper, lower):
                assert not start + 1 < value + edge < end - 1, (value, edge, start, end)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A manual of its own with one picture that is there and one that is not."""
    (tmp_path / "pictures").mkdir()
    picture = QImage(1600, 900, QImage.Format.Format_RGB32)
    picture.fill(QColor("#336699"))
    assert picture.save(str(tmp_path / "pictures" / "there.png"))
    assert picture.save(str(tmp_path.parent / "outside.png"))
    text = "# 章\n\n前\n\n![有](pictures/there.png)\n\n![没有](pictures/gone.png)\n\n后 [外](https://example.org/)\n"
    (tmp_path / "10-one.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_that_chapters_rules_and_score_topics_are_sections(page: ManualPage) -> None:
    for anchor in (
        *(chapter.id for chapter in chapters()),
        *(rule.id for rule in rules_in_order()),
        "反向指标",
        "预算执行率",
    ):
        assert page.section(anchor) is not None, anchor
    assert page.section("没有这一节") is None


def test_that_no_two_sections_of_the_contents_share_an_anchor(page: ManualPage) -> None:
    anchors = [heading.anchor for heading in page.headings]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("theme", [Theme.light(), Theme.dark(), DUSK], ids=["light", "dark", "dusk"])
def test_that_everything_that_was_found_and_the_section_that_was_opened_stand_out_from_the_page(
    page: ManualPage, theme: Theme
) -> None:
    page.show_chapters(chapters(), theme)
    page.open_section("反向指标")
    assert page.look_for("反向指标") > 1
    marks = cast("list[Any]", page.extraSelections())
    grounds = [mark.format.background().color().name() for mark in marks]
    assert theme.window not in grounds


@pytest.mark.parametrize("theme", [Theme.light(), Theme.dark()], ids=["light", "dark"])
def test_that_tables_have_lines_and_padding_in_the_colours_of_the_theme(page: ManualPage, theme: Theme) -> None:
    page.show_chapters(chapters(), theme)
    found = [frame for frame in page.document().rootFrame().childFrames() if isinstance(frame, QTextTable)]
    assert len(found) > 20
    for table in found:
        header = table.cellAt(0, 0).format().toTableCellFormat()
        assert header.topBorder() == 1
        assert header.leftPadding() >= 6
        assert header.topBorderBrush().color() == theme.color("field_border")
        assert header.background().color() == theme.color("header_background")


def test_that_a_missing_picture_is_left_out_and_the_page_stays_whole(qtbot: QtBot, folder: Path) -> None:
    shown = ManualPage(folder=folder)
    qtbot.addWidget(shown)
    shown.show_chapters(chapters(folder), Theme.light())
    assert shown.toPlainText().split("\n") == ["章", "前", "\ufffc", "后 外"]


def test_that_a_picture_fits_the_column_at_every_width(qtbot: QtBot, folder: Path) -> None:
    shown = ManualPage(folder=folder)
    qtbot.addWidget(shown)
    shown.show_chapters(chapters(folder), Theme.light())
    shown.show()
    for width in (1200, 640):
        shown.resize(width, 500)
        picture = shown.document().resource(QTextDocument.ResourceType.ImageResource.value, QUrl("pictures/there.png"))
        assert isinstance(picture, QImage)
        assert picture.deviceIndependentSize().width() == min(COLUMN, shown.viewport().width())
        assert shown.horizontalScrollBar().maximum() == 0


def test_that_a_picture_has_as_many_pixels_as_the_screen_has_for_it(
    qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "10-one.md").write_text("![小](pictures/small.png)\n", encoding="utf-8")
    assert QImage(str(folder / "pictures" / "there.png")).scaled(80, 45).save(str(folder / "pictures" / "small.png"))
    monkeypatch.setattr(ManualPage, "devicePixelRatioF", lambda _: 1.5)
    shown = ManualPage(folder=folder)
    qtbot.addWidget(shown)
    shown.show_chapters(chapters(folder), Theme.light())
    sizes = {name: (one.width(), one.devicePixelRatio()) for name, one in pictures(shown).items()}
    assert sizes["pictures/small.png"] == (120, 1.5)


@pytest.mark.parametrize("name", ["https://example.org/a.png", "file:///etc/hostname", "../outside.png", "10-one.md"])
def test_that_the_page_loads_nothing_but_pictures_of_the_manual(qtbot: QtBot, folder: Path, name: str) -> None:
    shown = ManualPage(folder=folder / "pictures" if name == "../outside.png" else folder)
    qtbot.addWidget(shown)
    assert shown.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name)) is None


def test_that_a_link_to_the_outside_leads_nowhere(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    shown = ManualPage(folder=folder)
    qtbot.addWidget(shown)
    shown.show_chapters(chapters(folder), Theme.light())
    followed: list[str] = []
    shown.section_wanted.connect(followed.append)
    shown.anchorClicked.emit(QUrl("https://example.org/#rules"))
    assert opened == followed == []
    assert shown.toPlainText().startswith("章")


# The window


@pytest.fixture
def appearance(qtbot: QtBot) -> Appearance:
    chosen = Appearance()
    chosen.choose(AppearanceChoice.LIGHT)
    return chosen


@pytest.fixture
def manual(qtbot: QtBot, appearance: Appearance) -> Iterator[ManualWindow]:
    window = ManualWindow(appearance)
    qtbot.addWidget(window)
    window.resize(1000, 700)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()


def top_heading(manual: ManualWindow) -> str:
    """The words at the top of the page."""
    return manual.page.cursorForPosition(QPoint(0, 16)).block().text()


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the keyboard is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifiers)


CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def test_that_the_manual_opens_at_its_first_page_beside_the_window(manual: ManualWindow) -> None:
    assert manual.windowTitle() == "使用手册"
    assert not manual.isModal()
    assert top_heading(manual) == "开始使用"
    assert manual.contents.currentItem().text(0) == "开始使用"


@pytest.mark.parametrize("anchor", ["VAL-009", "反向指标", "backup"])
def test_that_a_section_opens_at_the_top_of_the_page(manual: ManualWindow, anchor: str) -> None:
    assert manual.open_section(anchor)
    section = manual.page.section(anchor)
    assert section is not None
    assert top_heading(manual) == section.title


def test_that_the_reader_keeps_the_place_when_the_window_changes_its_size(manual: ManualWindow) -> None:
    manual.open_section("install")
    for width in (1100, 700, 900):
        manual.resize(width, 640)
        assert top_heading(manual) == "安装和升级"


BAR = 4
"""Pixels at the left of a row in which the bar of the chosen one stands."""


def beginning_of_words(manual: ManualWindow, row: int) -> int:
    """Where the words of a part of the first chapter begin in the contents."""
    top = manual.contents.topLevelItem(0)
    assert top is not None
    image = manual.contents.viewport().grab(manual.contents.visualItemRect(top.child(row))).toImage()
    back = image.pixelColor(image.width() - 3, 3).lightness()
    columns = range(BAR, image.width())
    return next(
        x for x in columns if any(image.pixelColor(x, y).lightness() < back - 90 for y in range(image.height()))
    )


def test_that_the_words_of_a_part_stay_where_they_are_when_it_is_chosen(manual: ManualWindow) -> None:
    before = beginning_of_words(manual, 0)
    manual.open_section("第一次启动")
    assert manual.contents.currentItem().text(0) == "第一次启动"
    assert beginning_of_words(manual, 0) == before


def test_that_an_unknown_section_changes_nothing(manual: ManualWindow) -> None:
    assert not manual.open_section("没有这一节")
    assert top_heading(manual) == "开始使用"


def test_that_the_contents_lead_to_their_sections_by_arrow_keys(qtbot: QtBot, manual: ManualWindow) -> None:
    manual.contents.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert top_heading(manual) == "第一次启动"
    press(qtbot, Qt.Key.Key_Home)
    assert top_heading(manual) == "开始使用"


def test_that_the_contents_follow_the_page(qtbot: QtBot, manual: ManualWindow) -> None:
    manual.open_section("VAL-009")
    assert manual.contents.currentItem().text(0) == "指标值"
    manual.page.verticalScrollBar().setValue(0)
    assert manual.contents.currentItem().text(0) == "开始使用"


def test_that_searching_counts_every_place_and_goes_round(qtbot: QtBot, manual: ManualWindow) -> None:
    manual.page.setFocus()
    press(qtbot, Qt.Key.Key_F, CONTROL)
    assert QApplication.focusWidget() is manual.search
    qtbot.keyClicks(manual.search, "VAL-009")
    expected = "".join(chapter.text for chapter in chapters()).count("VAL-009")
    assert manual.count.text() == f"第 1 处，共 {expected} 处"
    press(qtbot, Qt.Key.Key_Return, SHIFT)
    assert manual.count.text() == f"第 {expected} 处，共 {expected} 处"
    for key in (Qt.Key.Key_F3, Qt.Key.Key_Return)[:expected]:
        press(qtbot, key)
    assert manual.page.current_hit == min(expected, 2)


def test_that_searching_crosses_chapters(qtbot: QtBot, manual: ManualWindow) -> None:
    qtbot.keyClicks(manual.search, "EVL-034")
    chapters_seen = set()
    for _ in manual.page.hits:
        chapters_seen.add(manual.contents.currentItem().parent().text(0))
        press_next = Qt.Key.Key_F3
        qtbot.keyClick(manual.search, press_next)
    assert {"检查规则", "得分怎么算"} <= chapters_seen


def test_that_words_that_are_nowhere_are_said_to_be_nowhere(qtbot: QtBot, manual: ManualWindow) -> None:
    qtbot.keyClicks(manual.search, "zzz")
    assert manual.count.text() == NOT_FOUND
    assert not manual.next.isEnabled()
    press_at = top_heading(manual)
    qtbot.keyClick(manual.search, Qt.Key.Key_Return)
    assert top_heading(manual) == press_at


def test_that_escape_empties_the_search_and_then_closes(qtbot: QtBot, manual: ManualWindow) -> None:
    manual.search.setFocus()
    qtbot.keyClicks(manual.search, "F8")
    press(qtbot, Qt.Key.Key_Escape)
    assert manual.search.text() == manual.count.text() == ""
    assert manual.page.hits == ()
    assert manual.isVisible()
    press(qtbot, Qt.Key.Key_Escape)
    assert not manual.isVisible()


def test_that_a_link_leads_to_its_section_and_alt_left_back(qtbot: QtBot, manual: ManualWindow) -> None:
    manual.open_section("values")
    manual.page.anchorClicked.emit(QUrl("#" + bytes(QUrl.toPercentEncoding("反向指标").data()).decode()))
    assert top_heading(manual) == "反向指标"
    manual.page.setFocus()
    press(qtbot, Qt.Key.Key_Left, ALT)
    assert top_heading(manual) == "指标值怎么写"


def test_that_who_followed_a_link_comes_back_by_the_mouse_too(qtbot: QtBot, manual: ManualWindow) -> None:
    assert not manual.back.isEnabled()
    manual.page.anchorClicked.emit(QUrl("#" + bytes(QUrl.toPercentEncoding("反向指标").data()).decode()))
    qtbot.mouseClick(manual.back, Qt.MouseButton.LeftButton)
    assert top_heading(manual) == "开始使用"
    assert not manual.back.isEnabled()


def test_that_the_keyboard_is_in_the_text_when_there_is_nothing_more_to_come_back_to(
    qtbot: QtBot, manual: ManualWindow
) -> None:
    manual.open_section("install")
    manual.back.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert top_heading(manual) == "开始使用"
    assert QApplication.focusWidget() is manual.page


def test_that_tab_reaches_every_part_and_each_has_a_name(qtbot: QtBot, manual: ManualWindow) -> None:
    qtbot.keyClicks(manual.search, "F8")
    manual.search.setFocus()
    wanted = {manual.search, manual.previous, manual.next, manual.contents, manual.page}
    reached = set()
    for _ in range(8):
        reached.add(QApplication.focusWidget())
        press(qtbot, Qt.Key.Key_Tab)
    assert wanted <= reached
    assert all(part.accessibleName() for part in wanted)


def test_that_another_theme_recolours_the_page_where_it_stands(manual: ManualWindow, appearance: Appearance) -> None:
    manual.open_section("反向指标")
    appearance.choose(AppearanceChoice.DARK)
    assert top_heading(manual) == "反向指标"
    picture = manual.grab().toImage()
    assert picture.pixelColor(picture.width() - 20, picture.height() // 2).lightness() < 80


def pictures(page: ManualPage) -> dict[str, QImage]:
    """The pictures of a page as they are drawn."""
    kind = QTextDocument.ResourceType.ImageResource.value
    names = {shape.toImageFormat().name() for shape in page.document().allFormats() if shape.isImageFormat()}
    return {name: page.document().resource(kind, QUrl(name)) for name in names}


def test_that_no_picture_is_cut_in_the_smallest_window_from_its_first_showing(
    qtbot: QtBot, appearance: Appearance
) -> None:
    manual = ManualWindow(appearance)
    qtbot.addWidget(manual)
    manual.resize(manual.minimumSize())
    manual.show()
    qtbot.waitExposed(manual)
    widths = {name: picture.deviceIndependentSize().width() for name, picture in pictures(manual.page).items()}
    assert max(widths.values()) > manual.page.viewport().width() - 2
    assert max(widths.values()) <= manual.page.viewport().width()


def test_that_where_it_fits_a_place_that_was_found_is_shown_below_the_heading_of_its_section(
    qtbot: QtBot, manual: ManualWindow
) -> None:
    manual.resize(manual.minimumSize())
    manual.search.setText("反向指标")  # as an input method does
    for _ in manual.page.hits:
        cursor = manual.page.cursorForPosition(QPoint(0, 0))
        assert manual.page.cursorRect(cursor).top() >= 0
        assert manual.page.viewport().rect().contains(manual.page.cursorRect(manual.page.textCursor()))
        qtbot.keyClick(manual.search, Qt.Key.Key_F3)
    assert top_heading(manual) == "设置"


def test_that_the_part_that_is_read_is_whole_in_the_contents_and_so_is_the_first_one_in_sight(
    qtbot: QtBot, manual: ManualWindow
) -> None:
    contents = manual.contents
    for height in (420, 433, 700, 447):
        manual.resize(780, height)
        for heading in manual.page.headings[:: max(1, len(manual.page.headings) // 20)]:
            manual.open_section(heading.anchor)
            place, room = contents.visualRect(contents.currentIndex()), contents.viewport().height()
            assert place.height() >= contents.fontMetrics().height() + 8  # the padding of the style sheet
            assert 0 <= place.top() <= place.bottom() < room, (height, heading.title)
            assert contents.visualRect(contents.indexAt(QPoint(1, 0))).top() >= 0, (height, heading.title)


# Asked for from the main window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, given_store: Path) -> Iterator[MainWindow]:
    shown = shown_window(qtbot, tmp_path, given_store)
    shown.activateWindow()
    open_form(shown.document, Form.EVALUATION)
    yield shown
    shown.close()


def opened(window: MainWindow) -> ManualWindow:
    """The one manual of a window, on screen."""
    found = [manual for manual in children(window, ManualWindow) if manual.isVisible()]
    assert len(found) == 1
    return found[0]


def test_that_f1_opens_the_manual_and_shift_f1_the_keyboard_map(qtbot: QtBot, window: MainWindow) -> None:
    window.page.table.setFocus()
    qtbot.keyClick(window.page.table, Qt.Key.Key_F1, SHIFT)
    boxes = children(window, KeyboardDialog)
    assert [box.isVisible() for box in boxes] == [True]
    boxes[0].close()
    qtbot.keyClick(window.page.table, Qt.Key.Key_F1)
    assert top_heading(opened(window)) == "开始使用"


def test_that_f1_on_a_finding_opens_the_section_of_its_rule(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.findings_panel
    panel.table.setFocus()
    panel.table.selectRow(panel.model.rowCount() - 1)
    finding = panel.current()
    assert finding is not None
    qtbot.keyClick(panel.table, Qt.Key.Key_F1)
    assert top_heading(opened(window)).startswith(finding.rule)


def test_that_the_reason_of_a_score_leads_to_its_formula_by_key(qtbot: QtBot, window: MainWindow) -> None:
    project = window.document.project
    assert project is not None
    line = next(one for one in project.indicators(Form.EVALUATION) if one.target_text.startswith("<"))
    window.score_panel.set_line(line.id)
    how = window.score_panel.reason.how
    assert how.isVisible()
    qtbot.keyClick(how, Qt.Key.Key_Space)
    assert top_heading(opened(window)) == "反向指标"


def test_that_one_manual_is_used_again_and_stays_where_it_was(qtbot: QtBot, window: MainWindow) -> None:
    first = show_manual(window, window.appearance, "VAL-009")
    first.close()
    again = show_manual(window, window.appearance)
    assert again is first
    assert top_heading(again).startswith("VAL-009")
    assert window.isEnabled()


def test_that_the_manual_goes_with_its_window(qtbot: QtBot, window: MainWindow) -> None:
    manual = show_manual(window, window.appearance)
    window.close()
    assert not manual.isVisible()


@pytest.mark.parametrize("theme", list(AppearanceChoice))
def test_that_nothing_is_cut_off_in_the_smallest_window(
    manual: ManualWindow, appearance: Appearance, theme: AppearanceChoice
) -> None:
    manual.resize(manual.minimumSize())
    appearance.choose(theme)
    assert manual.page.horizontalScrollBar().maximum() <= 1  # the widths of a table are rounded
    assert not manual.page.horizontalScrollBar().isVisible()


# Where the keyboard is


@pytest.mark.parametrize("choice", [AppearanceChoice.LIGHT, AppearanceChoice.DARK])
def test_that_a_frame_says_whether_the_page_or_the_contents_have_the_keyboard(
    choice: AppearanceChoice, manual: ManualWindow, appearance: Appearance
) -> None:
    appearance.choose(choice)
    focus = appearance.theme.color("focus")
    for one in (manual.page, manual.contents):
        for wanted in (manual.page, manual.contents, manual.search):
            wanted.setFocus()
            picture = one.grab().toImage()
            edges = {
                picture.pixelColor(x, y).rgb()
                for x, y in (
                    (1, 1),
                    (1, one.height() // 2),
                    (one.width() // 2, 1),
                    (one.width() // 2, one.height() - 2),
                )
            }
            assert (edges == {focus.rgb()}) == (one is wanted), (one, wanted)
            assert one is wanted or focus.rgb() not in edges


@pytest.mark.parametrize("choice", [AppearanceChoice.LIGHT, AppearanceChoice.DARK])
def test_that_the_part_that_is_read_is_grey_while_the_keyboard_is_elsewhere(
    choice: AppearanceChoice, manual: ManualWindow, appearance: Appearance
) -> None:
    appearance.choose(choice)
    manual.open_section("DEC-001")
    contents, theme = manual.contents, appearance.theme
    for focus, is_there in ((contents, True), (manual.page, False)):
        focus.setFocus()
        rect = contents.visualItemRect(contents.currentItem())
        at = contents.viewport().grab().toImage().pixelColor(rect.right() - 2, rect.center().y())
        assert at == theme.color(theme.selected(has_keyboard=is_there))
