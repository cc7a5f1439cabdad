"""What every dialog has: a title, a sentence that says what it is for, its content, and Chinese buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QProgressBar, QVBoxLayout, QWidget

from gui.tasks import Job


class Dialog(QDialog):
    """A modal dialog. Subclasses fill ``content`` and override :meth:`finish`."""

    def __init__(self, title: str, lead: str, verb: str, parent: QWidget | None = None) -> None:
        """``verb`` is the text of the accepting button; without one the dialog has only 关闭."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
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
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("进度")
        self.progress.hide()
        layout.addWidget(self.progress)
        self._job: Job | None = None
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

    def follow(self, job: Job) -> None:
        """Show how far a job is; 取消 stops it while it runs."""
        self._job = job
        self.tell("")
        self.progress.setRange(0, 0)
        self.progress.show()
        self.accept_button.setEnabled(False)
        job.progressed.connect(self._advance)
        job.ended.connect(self._stand_still)

    def reject(self) -> None:
        """Cancel the job under way; without one close the dialog."""
        if self._job is not None:
            self._job.cancel()
        else:
            super().reject()

    def _advance(self, done: int, total: int, text: str) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.progress.setAccessibleDescription(text)

    def _stand_still(self) -> None:
        self._job = None
        self.progress.hide()
        self.accept_button.setEnabled(True)

    def _try(self) -> None:
        if self.finish():
            self.accept()
