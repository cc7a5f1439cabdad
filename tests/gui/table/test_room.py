"""The grid has room on real screens: as much of it as was promised, and no number cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.bench.room import BODY_AT_LEAST, LINES_IN_VIEW_AT_LEAST, rooms, with_lines_in_view
from tests.gui.window import shown_window


@pytest.mark.parametrize("size", list(BODY_AT_LEAST))
def test_that_the_body_of_the_grid_is_as_high_as_promised_for_every_given_form(
    qtbot: QtBot, tmp_path: Path, given_store: Path, size: tuple[int, int]
) -> None:
    window = shown_window(qtbot, tmp_path, given_store, size)
    found = list(rooms(window, size))
    assert len(found) == 25
    assert min(room.body for room in found) >= BODY_AT_LEAST[size]
    assert sum(room.cut for room in found) == 0
    assert min(room.whole for room in found) >= 4
    assert with_lines_in_view(window, size) >= LINES_IN_VIEW_AT_LEAST[size]
