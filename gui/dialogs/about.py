"""关于: what this is, its version, what it promises, and whose work is in it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from gui.dialogs.dialog import Dialog
from gui.icons import app_icon
from gui.theme import RESOURCES
from model import __version__

PROMISES = (
    "不联网：程序不发起任何网络连接。",
    "不丢数据：每一步操作即时写入文件，可撤销，重新打开后仍可撤销；打开时自动备份，保留最近十份。",
    "不改输入：填错的内容原样保留并标出，不清空、不改写。",
    "导出先核对：导出的工作簿逐字读回比对后才替换原文件。",
)
PACKAGES = (
    "Qt / PySide6 6.8（LGPL-3.0）、SQLModel、SQLAlchemy、pydantic、openpyxl（MIT）、"
    "defusedxml（PSF）、SQLite（公有领域）"
)


class AboutDialog(Dialog):
    """Name, version, promises and third-party licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("关于绩效填报助手", "", "", parent)
        picture = QLabel(self)
        picture.setPixmap(app_icon().pixmap(56, 56))
        title = QLabel(f"绩效填报助手 {__version__}", self)
        title.setObjectName("emptyTitle")
        promises = QLabel("\n".join(f"· {promise}" for promise in PROMISES), self)
        promises.setWordWrap(True)
        licences = QPlainTextEdit(licence_texts(), self)
        licences.setReadOnly(True)
        licences.setAccessibleName("第三方软件许可")
        self.content.addWidget(picture)
        self.content.addWidget(title)
        self.content.addWidget(promises)
        self.content.addWidget(QLabel("第三方软件许可", self))
        self.content.addWidget(licences, 1)
        self.resize(560, 480)


def licence_texts() -> str:
    """The licence texts a bundle carries; run from source there is only the list of packages."""
    collected = RESOURCES / "licences.txt"
    return collected.read_text(encoding="utf-8") if collected.exists() else PACKAGES
