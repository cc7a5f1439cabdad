"""键盘操作 (Shift+F1): everything the keyboard does, as one page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QWidget

from gui.actions import key_map
from gui.desk.dialog import Dialog
from gui.desk.wrapped_label import WrappedLabel

Group = tuple[str, tuple[tuple[str, str], ...]]


class KeyboardDialog(Dialog):
    """The keyboard map in two columns; arrow keys and Page Down scroll it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("键盘操作", "全部功能都可以不用鼠标完成。", "", parent)
        body = QWidget(self)
        columns = QHBoxLayout(body)
        columns.setContentsMargins(0, 0, 8, 0)
        columns.setSpacing(32)
        for groups in _halves(key_map()):
            columns.addLayout(_column(body, groups), 1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(body)
        self.area.setMinimumWidth(body.minimumSizeHint().width() + self.area.verticalScrollBar().sizeHint().width())
        self.area.setAccessibleName("键盘操作一览")
        self.content.addWidget(self.area, 1)
        self.resize(780, 600)
        self.area.setFocus()


def _halves(groups: Sequence[Group]) -> tuple[Sequence[Group], Sequence[Group]]:
    """The groups in order, cut where both columns are about equally long."""
    lengths = [len(keys) + 1 for _, keys in groups]
    cut = min(range(len(groups) + 1), key=lambda at: abs(sum(lengths[:at]) - sum(lengths[at:])))
    return groups[:cut], groups[cut:]


def _column(parent: QWidget, groups: Sequence[Group]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(5)
    row = 0
    for title, keys in groups:
        heading = QLabel(title, parent)
        heading.setObjectName("sectionTitle")
        heading.setContentsMargins(0, 8 if row else 0, 0, 0)
        grid.addWidget(heading, row, 0, 1, 2)
        row += 1
        for key, meaning in keys:
            what = WrappedLabel(meaning, parent, is_muted=True)
            grid.addWidget(QLabel(key, parent), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(what, row, 1)
            row += 1
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(row, 1)
    return grid
