"""The chips above the list of problems show whether what they count is listed."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from gui.desk.theme import Appearance, Theme, contrast
from gui.findings.chips import Chips
from gui.findings.rows import GROUPS
from model.findings import Severity

STANDS_OUT = 3.0


def longest_line(image: QImage) -> int:
    """The longest run of pixels beside each other, away from the edges, that stand out from what is behind them."""
    behind = image.pixelColor(image.width() // 2, 4).name()
    rows = range(image.height() // 4, image.height() * 3 // 4)
    longest = 0
    for y in rows:
        run = 0
        for x in range(6, image.width() - 6):
            stands_out = contrast(QColor(image.pixel(x, y)).name(), behind) >= STANDS_OUT
            run = run + 1 if stands_out else 0
            longest = max(longest, run)
    return longest


@pytest.mark.parametrize("theme", [Theme.light(), Theme.dark()], ids=["light", "dark"])
def test_that_a_chip_that_is_off_is_struck_out_and_one_that_counts_nothing_has_no_ground(
    qtbot: QtBot, theme: Theme
) -> None:
    chips = Chips(Appearance())
    qtbot.addWidget(chips)
    chips.setPalette(theme.palette())
    chips.setStyleSheet(theme.style_sheet())
    chips.show_counts({**dict.fromkeys(GROUPS, 0), Severity.WARNING.value: 19})
    chips.show()
    qtbot.waitExposed(chips)
    chip, empty = chips[Severity.WARNING.value], chips[Severity.ERROR.value]
    words = chip.fontMetrics().horizontalAdvance(chip.text())
    assert longest_line(chip.grab().toImage()) < words // 2
    assert empty.grab().toImage().pixelColor(empty.width() // 2, 3).name() == theme.window
    chip.setChecked(False)
    assert longest_line(chip.grab().toImage()) >= words - 2
    assert chip.accessibleName() == "警告 19 个"
