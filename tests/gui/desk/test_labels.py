"""How a text is wrapped where it has little room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.desk.labels import wrapping

WITHIN_WORDS = int(Qt.TextFlag.TextWrapAnywhere)


def test_that_a_figure_is_parted_only_where_it_alone_is_wider_than_the_room(qtbot: QtBot) -> None:
    del qtbot
    metrics = QFontMetrics(QApplication.font())
    figure = "≥90.00(%)"
    room = metrics.horizontalAdvance(f"为“{figure}”。") + 2
    sentence = f"建议规范为“{figure}”。"
    assert not wrapping(sentence, metrics, room) & WITHIN_WORDS
    assert wrapping(sentence, metrics, metrics.horizontalAdvance("90")) & WITHIN_WORDS


def test_that_what_fits_is_not_wrapped_for_a_part_of_a_pixel(qtbot: QtBot) -> None:
    del qtbot
    metrics = QFontMetrics(QApplication.font())
    for text in ("建议规范为“≥95.00(%)”。", "填写实际完成值", "=1.00(场)"):
        assert wrapping(text, metrics, metrics.horizontalAdvance(text)) == 0
