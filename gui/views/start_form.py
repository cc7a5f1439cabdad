"""What stands in place of a form that has not been started: what it is, and the button that starts it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gui.desk.wrapped_label import GivingLabel
from gui.document.document import Document
from model.forms import FORMS
from model.records import Form


class StartForm(QWidget):
    """One sentence and one button.

    Signals:
        started(Form): the person wants to start the form.
    """

    started = Signal(object)

    def __init__(self, document: Document, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._form = form
        names = FORMS[form].names
        heading = QLabel(f"还没有{names.tab}", self)
        heading.setObjectName("emptyTitle")
        explanation = GivingLabel(self)
        explanation.say(f"填写{names.printed}：{names.contents}。")
        explanation.setObjectName("muted")
        explanation.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = QPushButton(f"开始{names.tab}", self)
        self.button.setProperty("primary", "true")
        self.button.clicked.connect(lambda: self.started.emit(form))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(40, 12, 40, 12)
        layout.setSpacing(12)
        layout.addStretch(2)
        layout.addWidget(heading, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(explanation)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def refresh(self) -> None:
        """Say whether the lines of the declaration are taken along."""
        project = self._document.project
        has_lines = project is not None and bool(project.indicators(Form.DECLARATION))
        verb = f"开始{FORMS[self._form].names.tab}"
        takes_along = self._form is Form.EVALUATION and has_lines
        self.button.setText(f"{verb}（带入申报表指标）" if takes_along else verb)
