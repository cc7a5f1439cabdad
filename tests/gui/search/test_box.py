"""The search box of the toolbar: when it can be used, and how its results are shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.search.box import AROUND
from gui.search.replace import ReplaceDialog
from model.records import Form
from tests.gui.found import visible
from tests.gui.window import open_form, shown_window, type_text


def test_that_nothing_can_be_looked_for_before_a_file_is_open_and_the_box_says_so(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path)
    assert not window.search.isEnabled()
    assert "打开" in window.search.placeholderText()
    assert window.files.open(given_store)
    assert window.search.isEnabled()
    assert "Ctrl+F" in window.search.placeholderText()
    window.commands["find"].trigger()
    type_text(qtbot, window.search, "365")
    results = window.search.results
    widest = results.sizeHintForColumn(0)
    assert results.width() >= min(widest, window.width() // 2)


def test_that_the_results_show_whole_rows_and_in_a_small_window_their_whole_width(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path)
    assert window.files.open(given_store)
    window.resize(911, 459)
    window.commands["find"].trigger()
    type_text(qtbot, window.search, "365")
    results = window.search.results
    heights = [results.sizeHintForRow(row) for row in range(results.count())]
    ends = [sum(heights[: row + 1]) for row in range(len(heights))]
    assert results.viewport().height() in range(ends[0], ends[-1])
    assert any(0 <= results.viewport().height() - end <= AROUND for end in ends)
    assert results.geometry().bottom() < window.height()
    assert results.width() > window.width() // 2


NOTHING = "没有这样的指标"


@pytest.mark.parametrize("text", [NOTHING, "365", "系统"])
@pytest.mark.parametrize("size", [(1366, 689), (911, 459), (1280, 633)])
def test_that_the_results_end_within_no_line_of_what_is_below_them(
    qtbot: QtBot, tmp_path: Path, given_store: Path, text: str, size: tuple[int, int]
) -> None:
    window = shown_window(qtbot, tmp_path, given_store, size)
    open_form(window.document, Form.EVALUATION)
    for _ in range(4):
        QApplication.processEvents()
    window.commands["find"].trigger()
    type_text(qtbot, window.search, text)
    QApplication.processEvents()
    results, table = window.search.results, window.page.table
    over = QRect(results.mapTo(window, QPoint()), results.size())
    edge = over.bottom() + 1

    def is_cut(top: int, bottom: int, left: int, right: int) -> bool:
        return top < edge < bottom and left < over.right() and over.left() < right

    parts: list[QWidget] = [one for kind in (QLabel, QAbstractButton, QLineEdit) for one in visible(window, kind)]
    for one in parts:
        corner = one.mapTo(window, QPoint())
        if not one.visibleRegion().isEmpty() and not results.isAncestorOf(one):
            ends = corner.y(), corner.y() + one.height(), corner.x(), corner.x() + one.width()
            # longer ones may lie over lines that stand beside each other, and end in one of them anywhere
            assert not is_cut(*ends) or text != NOTHING, (one, getattr(one, "text", str)())
    corner = table.viewport().mapTo(window, QPoint())
    left, right, last = corner.x(), corner.x() + table.viewport().width(), corner.y() + table.viewport().height()
    for row in range(table.model().rowCount()):
        top = corner.y() + table.rowViewportPosition(row)
        assert not is_cut(top, min(last, top + table.rowHeight(row)), left, right), row
    rows = [results.visualItemRect(results.item(row)) for row in range(results.count())]
    assert not any(row.top() + AROUND < results.viewport().height() <= row.bottom() for row in rows)
    first, last_row = rows[0].translated(results.viewport().pos()), rows[-1].translated(results.viewport().pos())
    blank_above, blank_below = first.top(), results.height() - 1 - last_row.bottom()
    assert text != NOTHING or abs(blank_above - blank_below) <= AROUND  # what says so stands in the middle


def test_that_ctrl_h_takes_the_word_of_ctrl_f_also_when_a_result_was_taken_or_none_wanted(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    for word, key in (("系统", Qt.Key.Key_Return), ("指标", Qt.Key.Key_Escape)):
        window.commands["find"].trigger()
        type_text(qtbot, window.search, word)
        qtbot.keyClick(window.search, key)
        assert not window.search.text()
        window.commands["replace"].trigger()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReplaceDialog)
        assert dialog.sought.selectedText() == word
        dialog.close()
    window.files.close_store()
    assert not window.search.sought()
