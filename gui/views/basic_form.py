"""基本信息: the header lines of both forms (domain.md §2.1, §3.1)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.document.document import Document
from gui.views.cell_field import CellField
from gui.views.form_section import BESIDE, FormSection
from gui.views.messages_below import MessageRows
from model.forms import FORMS
from model.records import Form

_BESIDE_CHOICE = 46
"""Pixels of a field that are not for the text of its choice: edges, padding, arrow."""
_NAME = "字" * 12
"""As long as many a name of a unit: what a field is to show of it at least."""


class BasicForm(FormSection):
    """Name, unit, nature and dates of a project: two in a row, one where a choice or a name would be cut."""

    def __init__(self, document: Document, form: Form, parent: QWidget | None = None) -> None:
        super().__init__("基本信息", document, form, parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(BESIDE)
        self._messages = MessageRows(self._grid, most=2, gap=5)
        self.beside = self._grid
        self._rows = [[self.add_field(name) for name in names] for names in FORMS[form].basics]
        self._in_row = 0
        self._lay_out(2)

    def minimumSizeHint(self) -> QSize:
        """It never asks for the width of two fields: they go below each other."""
        return QSize(1, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for two fields in a row, or for one."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """What is said of a field takes the room of its row."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        pairs = [row for row in self._rows if len(row) > 1]
        labels = self._grid.columnMinimumWidth(0) + max((_label_width(row[1]) for row in pairs), default=0)
        room = (self.width() - labels - 3 * BESIDE) // 2
        choices = (choice for row in self._rows for field in row for choice in field.cell.choices)
        needed = max(map(self.fontMetrics().horizontalAdvance, (_NAME, *choices))) + _BESIDE_CHOICE
        self._lay_out(2 if room >= needed else 1)
        self._messages.fit()

    def _lay_out(self, in_row: int) -> None:
        if in_row == self._in_row:
            return
        self._in_row = in_row
        rows = self._rows if in_row > 1 else [[field] for row in self._rows for field in row]
        self._messages.lay_out(len(rows))
        top = Qt.AlignmentFlag.AlignTop
        for number, fields in enumerate(rows):
            line = self._messages.row(number)
            for column, field in zip((0, 2), fields, strict=False):
                field.label.setContentsMargins(8 if column else 0, 4, 0, 0)
                self._grid.addWidget(field.label, line, column, top)
                self._grid.addWidget(field, line, column + 1, top)
            self._messages.tell_below(number, [*zip((1, 3), fields, strict=False)], 2 * in_row)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, int(in_row > 1))


def _label_width(field: CellField) -> int:
    return field.label.sizeHint().width() + 8
