"""基本信息: the header lines of both forms (domain.md §2.1, §3.1)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.document.document import Document
from gui.views.form_section import BESIDE, FormSection
from model.forms import FORMS
from model.records import Form


class BasicForm(FormSection):
    """Name, unit, nature and dates of a project."""

    def __init__(self, document: Document, form: Form, parent: QWidget | None = None) -> None:
        super().__init__("基本信息", document, form, parent)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(BESIDE)
        self.beside = layout
        layout.setVerticalSpacing(5)
        for row, names in enumerate(FORMS[form].basics):
            for position, name in enumerate(names):
                field = self.add_field(name)
                field.label.setContentsMargins(8 if position else 0, 4, 0, 0)
                layout.addWidget(field.label, row, 2 * position, Qt.AlignmentFlag.AlignTop)
                layout.addWidget(field, row, 2 * position + 1, Qt.AlignmentFlag.AlignTop)
        layout.setColumnStretch(1, 1)
        layout.setColumnStretch(3, 1)
