"""What an import shows of its source: marks that leave the text legible, columns apart, the marked place whole."""

from __future__ import annotations

import base64
import zlib
from collections import Counter

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QTextCursor
from PySide6.QtWidgets import QApplication, QCheckBox, QStyle, QStyleOptionButton, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.dialog import Dialog
from gui.desk.theme import LEGIBLE, Theme, contrast
from gui.files.import_cells import CellsPane
from gui.files.import_pages import PagePane
from gui.files.import_source import SourcePane
from model.recognition import SourceText, Span
from storage.guard.picture import Picture
from storage.interchange.imported import Region
from tests.gui.desk.test_theme import ALL_THEMES, NAMES

TABLE = "项目绩效目标\t项目总目标\t年度总体目标\n上年结转资金\t0.00\t其他资金\n合格率\t≥95.00(%)"
DOUBTED, ASKED = Span(0, 6), Span(TABLE.index("合格"), len(TABLE))
STANDS_OUT = 3.0
SEEN = 1.05


def source_pane(qtbot: QtBot, theme: Theme) -> SourcePane:
    pane = SourcePane()
    qtbot.addWidget(pane)
    pane.setPalette(theme.palette())
    pane.setStyleSheet(theme.style_sheet())
    pane.resize(500, 120)
    pane.show()
    qtbot.waitExposed(pane)
    pane.show_form(SourceText(TABLE, 0, (ASKED,)), (DOUBTED,))
    return pane


def place(pane: SourcePane, at: int) -> QRect:
    cursor = QTextCursor(pane.document())
    cursor.setPosition(at)
    return pane.cursorRect(cursor)


def behind_and_upon(image: QImage) -> tuple[str, float]:
    """The colour most of a picture has, and how much the colour upon it stands out that stands out most."""
    colors = Counter(image.pixel(x, y) for x in range(image.width()) for y in range(image.height()))
    behind = QColor(colors.most_common(1)[0][0]).name()
    return behind, max(contrast(behind, QColor(color).name()) for color in colors)


@pytest.mark.parametrize("theme", ALL_THEMES, ids=NAMES)
def test_that_the_passage_asked_about_is_legible_and_stands_out_and_a_doubtful_one_is_underlined(
    qtbot: QtBot, theme: Theme
) -> None:
    pane = source_pane(qtbot, theme)
    row = place(pane, ASKED.start).united(place(pane, ASKED.start + 3)).adjusted(2, 0, 0, 0)
    plain, _ = behind_and_upon(pane.viewport().grab(row).toImage())
    pane.show_passage(ASKED)
    assert pane.marked == "合格率\t≥95.00(%)"
    behind, legible = behind_and_upon(pane.viewport().grab(row).toImage())
    assert legible >= LEGIBLE
    assert contrast(behind, plain) >= STANDS_OUT
    first = place(pane, 0).united(place(pane, DOUBTED.end)).adjusted(2, 0, -2, 2)
    image = pane.viewport().grab(first).toImage()
    lines = [[QColor(image.pixel(x, y)).name() for x in range(image.width())] for y in range(image.height())]
    assert any(min(contrast(dot, plain) for dot in line) >= STANDS_OUT for line in lines)


@pytest.mark.parametrize("theme", ALL_THEMES, ids=NAMES)
def test_that_the_tint_of_a_cell_to_be_checked_is_seen_in_a_dialog_and_leaves_its_text_legible(
    qtbot: QtBot, theme: Theme
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setPalette(theme.palette())
    window.setStyleSheet(theme.style_sheet())
    dialog = Dialog("导入", "", "导入", window)
    pane = CellsPane(dialog)
    dialog.content.addWidget(pane)
    for widget in (dialog, pane):
        widget.setPalette(theme.palette())
    dialog.resize(500, 200)
    dialog.show()
    qtbot.waitExposed(dialog)
    plain, item = (QTreeWidgetItem(pane, ["三级指标", "培训完成及时率", "现有：及时率"]) for _ in range(2))
    pane.tint(item)
    dialog.resize(520, 220)

    def look(row: QTreeWidgetItem) -> tuple[str, float]:
        return behind_and_upon(pane.viewport().grab(pane.visualItemRect(row)).toImage())

    pane.setCurrentIndex(QModelIndex())
    QApplication.processEvents()
    (ground, _), (tint, legible) = look(plain), look(item)
    assert contrast(tint, ground) >= SEEN
    assert legible >= LEGIBLE
    for row in (plain, item):
        pane.setCurrentItem(row)
        QApplication.processEvents()
        chosen, legible = look(row)
        assert chosen not in {ground, tint}
        assert legible >= LEGIBLE


@pytest.mark.parametrize("theme", ALL_THEMES, ids=NAMES)
def test_that_a_box_that_cannot_be_ticked_is_seen(qtbot: QtBot, theme: Theme) -> None:
    dialog = Dialog("导入", "", "导入")
    qtbot.addWidget(dialog)
    dialog.setPalette(theme.palette())
    dialog.setStyleSheet(theme.style_sheet() + dialog.styleSheet())
    pane, box = CellsPane(dialog), QCheckBox("替换", dialog)
    item = QTreeWidgetItem(pane)
    item.setCheckState(0, Qt.CheckState.Unchecked)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    box.setEnabled(False)
    for widget in (pane, box):
        dialog.content.addWidget(widget)
    dialog.show()
    qtbot.waitExposed(dialog)
    row = pane.visualItemRect(item)
    option = QStyleOptionButton()
    option.initFrom(box)
    mark = box.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, box)
    around = mark.translated(box.mapTo(dialog, QPoint(0, 0))).adjusted(-6, -6, 0, 6)
    for image in (pane.viewport().grab(row).toImage(), dialog.grab(around).toImage()):
        _, legible = behind_and_upon(image)
        assert legible >= STANDS_OUT


def test_that_a_row_that_differs_is_no_higher_than_its_lines(qtbot: QtBot) -> None:
    pane = CellsPane()
    qtbot.addWidget(pane)
    texts = ("", "现有：≥3000000个", "现有：≥3000000个\n问题：没有填写")
    rows = [QTreeWidgetItem(pane, ["三级指标", "培训人次", text]) for text in texts]
    pane.resize(500, 300)
    pane.show()
    qtbot.waitExposed(pane)
    heights = [pane.visualItemRect(row).height() for row in rows]
    assert heights[0] == heights[1] < heights[2]


def test_that_a_row_hidden_at_the_lower_edge_has_no_arrow(qtbot: QtBot) -> None:
    pane = CellsPane()
    qtbot.addWidget(pane)
    rows = [QTreeWidgetItem(pane, [f"指标 {number}", "培训人次", ""]) for number in range(4)]
    for row in rows:
        QTreeWidgetItem(row, ["三级指标", "培训人次", ""])
    pane.resize(400, 300)
    pane.show()
    qtbot.waitExposed(pane)

    def has_arrow(row: QTreeWidgetItem) -> bool:
        place = pane.visualItemRect(row)
        seen = QRect(0, place.top(), pane.indentation(), place.height()).intersected(pane.viewport().rect())
        image = pane.viewport().grab(seen).toImage()
        return len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}) > 1

    assert all(map(has_arrow, rows))
    place = pane.visualItemRect(rows[-1])
    pane.resize(400, pane.height() - pane.viewport().height() + place.bottom() - 3)
    QApplication.processEvents()
    assert [has_arrow(row) for row in rows] == [True, True, True, False]


def test_that_the_columns_of_the_source_are_apart_and_begin_below_each_other(qtbot: QtBot) -> None:
    pane = source_pane(qtbot, Theme.light())
    width = pane.fontMetrics().horizontalAdvance
    seconds = [place(pane, TABLE.index(cell)).left() for cell in ("项目总", "0.00", "≥95")]
    assert len(set(seconds)) == 1
    assert seconds[0] >= place(pane, 0).left() + width("项目绩效目标") + width("字") // 2


def test_that_the_columns_of_the_source_become_narrower_before_a_line_wraps(qtbot: QtBot) -> None:
    pane = source_pane(qtbot, Theme.light())
    pane.show_form(SourceText("绩效指标\t" + "一" * 14 + "\t≥2\n绩效指标\t产出\t≥95.00(%)", 0, ()), ())
    last = pane.toPlainText().index("≥95")
    wide = place(pane, last).left()
    pane.resize(260, 120)
    QApplication.processEvents()
    assert place(pane, last).left() < wide
    assert place(pane, last).top() == place(pane, last + 8).top()


def test_that_the_rows_of_a_table_too_wide_for_narrow_columns_wrap_and_the_passage_asked_about_is_in_sight_whole(
    qtbot: QtBot,
) -> None:
    pane = source_pane(qtbot, Theme.light())
    heading = "\t".join(["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值"])
    row = "\t".join(["绩效指标", "产出指标", "时效指标", "培训完成及时率", "=100.00(%)"])
    text = "\n".join([heading, *["绩效指标\t产出"] * 20, row, *["目标" * 40] * 9])
    asked = Span(text.index("培训完成"), text.index("(%)") + 3)
    pane.show_form(SourceText(text, 0, ()), ())
    pane.show_passage(asked)
    for width in (500, 260, 200, 900):
        pane.resize(width, 120)
        QApplication.processEvents()
        first, last = place(pane, asked.start), place(pane, asked.end)
        assert pane.viewport().rect().contains(first)
        assert pane.viewport().rect().contains(last)
        assert not pane.horizontalScrollBar().maximum()
        assert pane.marked == f"培训完成及时率{chr(9) if width >= 500 else '｜'}=100.00(%)"
        assert [selection.cursor.selectedText() for selection in pane.extraSelections()] == [pane.marked]  # type: ignore[attr-defined]
    long = Span(text.index("目标"), text.index("目标") + 50)
    pane.resize(200, 120)
    pane.show_passage(long)
    assert pane.viewport().rect().contains(place(pane, long.start))
    assert pane.viewport().rect().contains(place(pane, long.end))


def test_that_a_text_without_columns_wraps_however_narrow_the_pane_is(qtbot: QtBot) -> None:
    pane = source_pane(qtbot, Theme.light())
    pane.show_form(SourceText("项目绩效目标" * 30, 0, ()), ())
    pane.resize(200, 120)
    QApplication.processEvents()
    assert not pane.horizontalScrollBar().maximum()


def blank_page(pane: PagePane) -> tuple[int, int]:
    wide, high = 1200, 1700
    dots = base64.b64encode(zlib.compress(bytes(wide * high * 4))).decode()
    pane.show_picture(Picture(wide, high, 200, dots))
    return wide, high


def test_that_a_page_is_as_wide_as_there_is_room_and_never_illegible_or_blurred(qtbot: QtBot) -> None:
    pane = PagePane()
    qtbot.addWidget(pane)
    pane.show()
    qtbot.waitExposed(pane)
    wide, high = blank_page(pane)
    pane.point_at(Region(1, 40000, 70000, 58000, 71400))
    for room, is_fitted in ((620, True), (800, True), (1100, True), (300, False), (1500, False)):
        pane.resize(room, 300)
        QApplication.processEvents()
        page = pane.widget()
        if is_fitted:
            assert page.width() == pane.viewport().width()
            assert not pane.horizontalScrollBar().maximum()
        else:
            assert wide * 0.45 - 1 <= page.width() <= wide
        assert abs(page.height() * wide - high * page.width()) <= wide
        assert pane.viewport().rect().contains(pane.marked.translated(page.pos()))
        assert abs(pane.marked.left() / page.width() - 0.4 * 200 / wide * 10) < 0.01


@pytest.mark.parametrize("size", [(400, 200), (900, 500)])
def test_that_the_marked_place_of_a_page_is_seen_whole_or_from_its_beginning(
    qtbot: QtBot, size: tuple[int, int]
) -> None:
    pane = PagePane()
    qtbot.addWidget(pane)
    pane.resize(*size)
    pane.show()
    qtbot.waitExposed(pane)
    blank_page(pane)
    places = {
        "narrow": (40000, 70000, 58000, 71400),
        "low": (100, 83000, 20000, 84900),
        "wide": (3000, 9000, 59000, 10000),
    }
    for left, top, right, bottom in places.values():
        pane.point_at(Region(1, left, top, right, bottom))
        moved = pane.marked.translated(pane.widget().pos())
        room = pane.viewport().rect()
        assert room.contains(moved.topLeft())
        if moved.width() <= room.width():
            assert room.contains(moved)
