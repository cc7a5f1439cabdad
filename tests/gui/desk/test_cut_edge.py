"""What belongs together at the edge of a page: a label and its field, and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.cut_edge import edge_below, lines_in


def placed(widget: QWidget, top: int, height: int) -> None:
    widget.setGeometry(QRect(0, top, 200, height))


def test_that_a_label_goes_with_the_field_below_it_and_not_with_the_next_line_of_a_section(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    first, second = QPushButton(page), QPushButton(page)
    placed(first, -10, 26)
    placed(QLabel("二 项目资金", first), 4, 19)
    placed(second, 16, 26)
    page.show()
    assert edge_below(lines_in(page, page), 0) == 16
    label, field = QLabel("当年财政拨款", page), QLineEdit(page)
    placed(label, -10, 19)
    placed(field, 11, 27)
    for one in (label, field):
        one.show()
    assert edge_below(lines_in(page, page), 0) >= 38
