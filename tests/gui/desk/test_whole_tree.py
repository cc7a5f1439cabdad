"""Lists of texts of which some are higher than there is room: keys come to every line, and no edge cuts one."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtWidgets import QApplication, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.dialog import framed
from gui.desk.theme import body_font
from gui.desk.whole_tree import WholeRowsTree

LIGHT = 150
"""What is darker is a letter."""
LINES = "\n".join("国固围园圆图团因回困")


def tree_of(qtbot: QtBot, *texts: str) -> WholeRowsTree:
    tree = WholeRowsTree()
    tree.setFont(body_font())  # lines of letters of several fonts are not of one height
    qtbot.addWidget(tree)
    tree.setHeaderHidden(True)
    tree.setWordWrap(True)
    tree.setUniformRowHeights(False)
    framed(tree)
    for text in texts:
        QTreeWidgetItem(tree, [text])
    tree.resize(240, 130)
    tree.show()
    qtbot.waitExposed(tree)
    return tree


def place(tree: WholeRowsTree, row: int) -> QRect:
    item = tree.topLevelItem(row)
    assert item is not None
    return tree.visualItemRect(item)


def inked(view: QWidget) -> list[bool]:
    """In which rows of pixels anything is drawn, left of the scroll bar."""
    image = view.grab(QRect(4, 0, 24, view.height())).toImage()
    rows = ((image.pixelColor(x, y).lightness() for x in range(image.width())) for y in range(image.height()))
    return [min(row) < LIGHT for row in rows]


def spans(rows: list[bool]) -> list[tuple[int, int]]:
    """The runs of such rows: lines of text."""
    edges = [y for y, (before, here) in enumerate(pairwise([False, *rows, False])) if before != here]
    return list(zip(edges[::2], edges[1::2], strict=True))


def press(tree: WholeRowsTree, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(tree, key)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def current(tree: WholeRowsTree) -> int:
    item = tree.currentItem()
    return -1 if item is None else tree.indexOfTopLevelItem(item)


def test_that_arrow_keys_show_all_of_a_row_higher_than_its_list_before_they_leave_it(qtbot: QtBot) -> None:
    tree = tree_of(qtbot, "前", LINES, "后")
    tree.setCurrentItem(tree.topLevelItem(0))
    tree.setFocus()
    press(tree, qtbot, Qt.Key.Key_Down)
    assert place(tree, 1).height() > tree.viewport().height()
    assert place(tree, 1).top() == 0
    seen = tree.viewport().height()
    while current(tree) == 1:
        before = place(tree, 1).top()
        press(tree, qtbot, Qt.Key.Key_Down)
        if current(tree) == 1:
            assert place(tree, 1).top() < before
            seen = tree.viewport().height() - place(tree, 1).top()
    assert seen >= place(tree, 1).height()
    assert current(tree) == 2
    press(tree, qtbot, Qt.Key.Key_Up)
    assert place(tree, 1).top() == 0


def test_that_no_edge_cuts_through_a_line_wherever_a_list_is_scrolled_to(qtbot: QtBot) -> None:
    tree = tree_of(qtbot, "回", LINES, "困", "圆")
    bar, view = tree.verticalScrollBar(), tree.viewport()
    whole = spans(inked(view))
    tree.resize(240, 600)
    QApplication.processEvents()
    lines = spans(inked(view))
    assert len(lines) > len(whole)
    tree.resize(240, 130)
    QApplication.processEvents()
    for value in range(0, bar.maximum() + 1, 5):
        bar.setValue(value)
        seen = spans(inked(view))
        assert seen
        assert {(start + value, end + value) for start, end in seen} <= set(lines), value
