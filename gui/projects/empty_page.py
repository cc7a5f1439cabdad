"""What the centre shows when a store is open and no project is: how to get one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.desk.notify import MessageStrip
from gui.desk.theme import Appearance


class EmptyPage(QWidget):
    """A title, a sentence, and the actions that lead on."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("没有打开项目")
        self.message = MessageStrip(appearance)
        self.title = QLabel(self)
        self.title.setObjectName("emptyTitle")
        self.text = QLabel(self)
        self.text.setObjectName("muted")
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(10)
        self.buttons: list[QPushButton] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addStretch(2)
        layout.addWidget(self.title, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.text)
        layout.addLayout(self._buttons)
        layout.setAlignment(self._buttons, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        layout.addWidget(self.message)
        kept = self.message.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # the buttons stay under the mouse
        self.message.setSizePolicy(kept)

    def add_actions(self, actions: list[QAction]) -> None:
        """Offer actions as buttons, the first one as the main one."""
        for action in actions:
            button = QPushButton(action.iconText(), self)
            if not self.buttons:
                button.setProperty("primary", "true")
                self.setFocusProxy(button)
            button.clicked.connect(action.trigger)
            self._buttons.addWidget(button)
            self.buttons.append(button)

    def show_state(self, *, has_projects: bool) -> None:
        """Say whether there is nothing yet or only nothing selected."""
        self.title.setText("请选择一个项目" if has_projects else "这个数据文件还没有项目")
        self.text.setText(
            "在左侧列表中选择项目，或新建一个。" if has_projects else "新建一个项目，或导入已有的申报表、自评表。"
        )
