"""The search box of the toolbar: when it can be used, and how its results are shown."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from gui.search.box import AROUND
from tests.gui.window import shown_window, type_text


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
