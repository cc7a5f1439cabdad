"""What every dialog has: a title, a sentence that says what it is for, its content, and Chinese buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget


class Dialog(QDialog):
    """A modal dialog that is freed when it is closed. Subclasses fill ``content`` and override :meth:`finish`."""

    def __init__(self, title: str, lead: str, verb: str, parent: QWidget | None = None) -> None:
        """``verb`` is the text of the accepting button; without one the dialog has only 关闭."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        self.lead = QLabel(lead, self)
        self.lead.setWordWrap(True)
        self.lead.setProperty("muted", "true")
        self.lead.setVisible(bool(lead))
        layout.addWidget(self.lead)
        self.content = QVBoxLayout()
        self.content.setSpacing(8)
        layout.addLayout(self.content, 1)
        self.problem = QLabel(self)
        self.problem.setObjectName("fieldMessage")
        self.problem.setProperty("mark", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        layout.addWidget(self.problem)
        self.buttons = QDialogButtonBox(self)
        layout.addWidget(self.buttons)
        if verb:
            accept = self.buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
            accept.setDefault(True)
            self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
            self.accept_button = accept
        else:
            self.buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._try)
        self.buttons.rejected.connect(self.reject)

    def finish(self) -> bool:
        """Do what the accepting button promises; False keeps the dialog open (after :meth:`tell`)."""
        return True

    def tell(self, problem: str) -> None:
        """Say inside the dialog what is wrong; an empty text takes it back."""
        self.problem.setText(f"✕ {problem}" if problem else "")
        self.problem.setVisible(bool(problem))

    def _try(self) -> None:
        if self.finish():
            self.accept()
