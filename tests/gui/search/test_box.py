"""The search box of the toolbar: when it can be used, and how its results are shown."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

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
