"""A block of fields above the table, such as 基本信息: lays them out, refreshes them, finds one by its cell."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui.document.document import Document
from gui.views.cell_field import CellField
from model.forms import FORMS, Cell
from model.records import Form


def cell_named(form: Form, name: str) -> Cell:
    """The description of one cell of a form."""
    return next(cell for cell in FORMS[form].cells if cell.name == name)


BESIDE = 8
"""Pixels between a label and the field beside it."""


class FormSection(QWidget):
    """A titled block of cell fields of one form."""

    def __init__(self, title: str, document: Document, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.document = document
        self.form = form
        self.fields: dict[str, CellField] = {}
        self.beside: QGridLayout | None = None
        """Where its labels stand left of their fields: they are as wide as in the other sections."""
        self.parts_of: dict[str, tuple[str, ...]] = {}
        self.setAccessibleName(title)

    def add_field(self, name: str, label: str = "") -> CellField:
        """Make the field of a cell; the caller puts it into a layout."""
        field = CellField(self.document, self.form, cell_named(self.form, name), label, self)
        self.fields[name] = field
        return field

    def sign(self, text: str) -> QLabel:
        """A sign between two figures (＝, ＋), which a screen reader need not say."""
        label = QLabel(text, self)
        label.setObjectName("fieldLabel")
        return label

    def holds(self, name: str) -> bool:
        """Whether a cell is one of these fields."""
        return name in self.fields

    def refresh(self) -> None:
        """Show the record and its findings as the document has them now."""
        for field in self.fields.values():
            field.refresh()

    def focus(self, name: str) -> bool:
        """Put the cursor into a field; whether this block has it and shows it.

        A computed total sends it to the amount to type: the first of its parts that is blank, else the first.
        """
        parts = [self.fields[part] for part in self.parts_of.get(name, ())]
        blank = [part for part in parts if not part.editor.typed_text().strip()]
        field = (blank or parts)[0] if parts else self.fields.get(name)
        if field is None or field.isHidden():
            return False
        field.widget.setFocus(Qt.FocusReason.TabFocusReason)
        return True
