"""关于: what this is, its version, what it promises, and whose work is in it."""

from __future__ import annotations

from PySide6.QtCore import QSysInfo, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.desk.dialog import Dialog
from gui.desk.icons import app_icon
from gui.desk.theme import RESOURCES
from gui.desk.wrapped_label import WrappedLabel
from model import __version__

PROMISES = (
    ("不联网", "程序不发起任何网络连接。"),
    ("不丢数据", "每一步操作即时写入文件，可撤销，重新打开后仍可撤销；打开时自动备份，保留最近十份。"),
    ("不改输入", "填错的内容原样保留并标出，不清空、不改写。"),
    ("导出先核对", "导出的工作簿逐字读回比对后才替换原文件。"),
)
PACKAGES = (
    "Qt / PySide6 6.8（LGPL-3.0）、SQLModel、SQLAlchemy、pydantic、openpyxl（MIT）、"
    "defusedxml（PSF）、SQLite（公有领域）"
)
ICON_PIXELS = 48
LEAST_WIDE = 440
"""Pixels of what is said, which is read in a line or two."""


class AboutDialog(Dialog):
    """Name, version, where the data is, promises and third-party licences. ``data`` is the open file, "" for none."""

    def __init__(self, data: str = "", parent: QWidget | None = None) -> None:
        super().__init__("关于绩效填报助手", "", "", parent)
        self._data = data or "没有打开数据文件"
        self.content.addLayout(self._facts())
        heading = QLabel("第三方软件许可(&L)", self)
        licences = QPlainTextEdit(licence_texts(), self)
        licences.setReadOnly(True)
        licences.setTabChangesFocus(True)
        licences.setMinimumHeight(72)
        licences.setAccessibleName("第三方软件许可")
        heading.setBuddy(licences)
        self.content.addWidget(heading)
        self.content.addWidget(licences, 1)
        self.resize(600, 420)
        self.accept_button.setFocus()

    def _facts(self) -> QGridLayout:
        """What it is, where the data is, what it promises: one column of names, one of what is said of them."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(1, LEAST_WIDE)
        picture = QLabel(self)
        picture.setPixmap(app_icon().pixmap(ICON_PIXELS, ICON_PIXELS))
        grid.addWidget(picture, 0, 0)
        grid.addLayout(self._names(), 0, 1)
        grid.addWidget(self._name("数据文件"), 1, 0)
        grid.addLayout(self._place(), 1, 1)
        for row, (title, text) in enumerate(PROMISES, start=2):
            grid.addWidget(self._name(title), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(WrappedLabel(text, self), row, 1)
        return grid

    def _names(self) -> QVBoxLayout:
        title = QLabel("绩效填报助手", self)
        title.setObjectName("emptyTitle")
        version = QLabel(f"Jixiao {__version__}", self)
        version.setProperty("muted", "true")
        names = QVBoxLayout()
        names.setSpacing(1)
        for label in (title, version):
            names.addWidget(label)
        return names

    def _name(self, text: str) -> QLabel:
        name = QLabel(text, self)
        name.setObjectName("sectionTitle")
        return name

    def _place(self) -> QHBoxLayout:
        """Where the data is, and a button that copies it with the versions, for a question to somebody."""
        place = QLineEdit(self._data, self)
        place.setReadOnly(True)
        place.setCursorPosition(0)
        place.setToolTip(self._data)
        place.setAccessibleName("数据文件")
        self.copy = QPushButton("复制(&C)", self)
        self.copy.setToolTip("复制版本和数据文件的位置")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.facts()))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(place, 1)
        row.addWidget(self.copy)
        return row

    def facts(self) -> str:
        """What is copied: the versions and the place of the data."""
        return f"绩效填报助手 {__version__}，Qt {qVersion()}，{QSysInfo.prettyProductName()}\n数据文件：{self._data}"


def licence_texts() -> str:
    """The licence texts a bundle carries; run from source there is only the list of packages."""
    collected = RESOURCES / "licences.txt"
    return collected.read_text(encoding="utf-8") if collected.exists() else PACKAGES
