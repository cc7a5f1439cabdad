"""What belongs together at the edge of a page: a label and its field, and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.cut_edge import edge_below, lines_in


def placed(widget: QWidget, top: int, height: int) -> QRect:
    """Where it stands once it is seen: its look may ask for more height than it is given."""
    widget.setGeometry(QRect(0, top, 200, height))
    widget.show()
    return widget.geometry()


def test_that_a_label_goes_with_the_field_below_it_and_not_with_the_next_line_of_a_section(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    first = placed(section := QPushButton(page), -10, 26)
    next_line = first.bottom() + 1
    placed(QLabel("二 项目资金", section), first.height() - 22, 19)
    placed(QPushButton(page), next_line, 26)
    assert edge_below(lines_in(page, page), 0) == next_line
    label = placed(QLabel("当年财政拨款", page), -10, 19)
    field = placed(QLineEdit(page), label.bottom() + 2, 30)
    assert edge_below(lines_in(page, page), 0) > field.top() + 26
