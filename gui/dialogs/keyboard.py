"""键盘操作 (F1): everything the keyboard does, as one page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from gui.dialogs.dialog import Dialog

KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "在指标表中",
        (
            ("Tab / Shift+Tab", "下一格 / 上一格"),
            ("Enter", "下一行，回到开始输入的那一列"),
            ("方向键、Home、End", "移动"),
            ("F2", "修改当前格"),
            ("直接输入", "替换当前格"),
            ("Esc", "放弃正在输入的内容"),
            ("Del", "清除所选格的内容（不删行）"),
            ("Ctrl+C / Ctrl+X / Ctrl+V", "复制 / 剪切 / 粘贴一块（与 Excel、WPS 互通）"),
            ("Ctrl+D", "向下填充"),
            ("Ctrl+Enter", "在下方新增一条指标"),
            ("Alt+↑ / Alt+↓", "上移 / 下移一行"),
            ("Ctrl+-", "删除所选指标"),
        ),
    ),
    (
        "在整个窗口中",
        (
            ("Ctrl+Z / Ctrl+Y", "撤销 / 重做（重新打开后仍可撤销）"),
            ("F8 / Shift+F8", "下一个问题 / 上一个问题"),
            ("Ctrl+F", "查找项目、指标"),
            ("Ctrl+N", "新建项目"),
            ("Ctrl+O", "打开文件"),
            ("Ctrl+I", "导入"),
            ("Ctrl+E", "导出 Excel"),
            ("F1", "本页"),
        ),
    ),
)


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
        for title, keys in KEYS:
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
