"""键盘操作 (F1): everything the keyboard does, as one page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from gui.actions import key_map
from gui.dialogs.dialog import Dialog


class KeyboardDialog(Dialog):
    """The keyboard map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("键盘操作", "全部功能都可以不用鼠标完成。", "", parent)
        body = QWidget(self)
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        row = 0
        for title, keys in key_map():
            heading = QLabel(title, body)
            heading.setObjectName("sectionTitle")
            grid.addWidget(heading, row, 0, 1, 2)
            row += 1
            for key, meaning in keys:
                grid.addWidget(QLabel(key, body), row, 0, Qt.AlignmentFlag.AlignTop)
                what = QLabel(meaning, body)
                what.setWordWrap(True)
                what.setProperty("muted", "true")
                grid.addWidget(what, row, 1)
                row += 1
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(row, 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(body)
        area.setAccessibleName("键盘操作一览")
        self.content.addWidget(area, 1)
        self.resize(560, 460)
