"""项目绩效目标 and 年度总体目标: the goal texts of both forms."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.document.document import Document
from gui.views.form_section import BESIDE, FormSection
from gui.views.long_editor import LongEditor
from model.forms import FORMS
from model.records import Form


class GoalForm(FormSection):
    """Two goal texts side by side; 项目总目标 only where it is asked for (domain.md DEC-013)."""

    def __init__(self, document: Document, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(FORMS[form].names.goal, document, form, parent)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(2 * BESIDE)  # as between the two columns of 基本信息
        layout.setVerticalSpacing(2)
        for column, name in enumerate(FORMS[form].goals):
            field = self.add_field(name)
            layout.addWidget(field.label, 0, column)
            layout.addWidget(field, 1, column, Qt.AlignmentFlag.AlignTop)
            layout.setColumnStretch(column, 1)
        self._layout = layout
        editors = [field.widget for field in self.fields.values() if isinstance(field.widget, LongEditor)]
        for editor in editors:
            editor.stand_beside(*(other for other in editors if other is not editor))

    def show_whole_life(self, shown: bool) -> None:
        """Show or hide 项目总目标."""
        field = self.fields["overall_goal"]
        field.setVisible(shown)
        field.label.setVisible(shown)
        self._layout.setColumnStretch(0, 1 if shown else 0)
        self._layout.setHorizontalSpacing(2 * BESIDE if shown else 0)
