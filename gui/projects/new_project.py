"""新建项目: the few facts every form needs, prefilled from the unit's other projects."""

from __future__ import annotations

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from gui.desk.choices import Number
from gui.desk.dialog import Dialog, field_rows
from gui.desk.invitation import invite
from gui.desk.one_line import keep_to_one_line
from gui.document.document import Document
from model import edits
from model.forms import FORMS
from model.records import Project
from model.rules import matching_name
from model.values.dates import BUDGET_YEARS


class NewProjectDialog(Dialog):
    """Asks for year, name, department, unit and which form to start; accepting adds the project and shows it."""

    losing = "填写的项目还没有新建"

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__("新建项目", "先填这几项，其余内容在表中填写；随时可以改，也可以撤销。", "新建", parent)
        self._document = document
        summaries = document.summaries()
        settings = document.settings
        newest = summaries[0] if summaries else None
        alike = document.saved_project or newest  # a store may hold several units: the one on screen is meant
        self.year = Number(self)
        self.year.setRange(BUDGET_YEARS[0], BUDGET_YEARS[-1])
        self.year.setValue(newest.year if newest is not None else QDate.currentDate().year())
        self.name = QLineEdit(self)
        invite(self.name, "与预算批复中的项目名称一致")
        self.department = QLineEdit(settings.department or (alike.department if alike else ""), self)
        self.unit = QLineEdit(settings.unit_name or (alike.unit if alike else ""), self)
        keep_to_one_line(self.name, self.department, self.unit)
        self.forms = {form: QCheckBox(spec.names.full, self) for form, spec in FORMS.items()}
        first, *others = self.forms.values()
        first.setChecked(True)
        form = field_rows(
            ("预算年度(&Y)", self.year),
            ("项目名称(&N)", self.name),
            ("主管部门(&D)", self.department),
            ("实施单位(&U)", self.unit),
            ("开始填写(&F)", first),
            *(("", box) for box in others),
        )
        self.content.addLayout(form)
        self.keep_together()
        self.resize(500, 0)
        self.year.valueChanged.connect(self._check)
        self.name.textChanged.connect(self._check)
        self.unit.textChanged.connect(self._check)
        for box in self.forms.values():
            box.toggled.connect(self._check)
        self.name.setFocus()
        self._at_first = self._typed()
        self._check()

    def finish(self) -> bool:
        """Add the project as one gesture and put it on screen."""
        if not self.name.text().strip():
            self.point_at(self.name, "请填写项目名称。")
            return False
        project = Project(
            id=self._document.new_id(),
            year=self.year.value(),
            project_name=self.name.text().strip(),
            department=self.department.text().strip(),
            unit=self.unit.text().strip(),
        )
        forms = [form for form, box in self.forms.items() if box.isChecked()]
        ids = iter(self._document.new_id, "")
        changes = edits.new_project(project, forms, ids, self._document.settings)
        if not self.push(self._document, "新建项目", changes):
            return False
        self._document.select_project(project.id)
        self._document.set_form(forms[0])
        return True

    def unsaved(self) -> object:
        """The texts of the fields, once they are others than at first."""
        return typed if (typed := self._typed()) != self._at_first else None

    def _typed(self) -> tuple[str, ...]:
        return tuple(field.text().strip() for field in (self.name, self.department, self.unit))

    def _check(self) -> None:
        """A second project of the same name is possible (DEC-002 will say so), but hardly ever meant."""
        name, year = self.name.text().strip(), self.year.value()
        key = (year, matching_name(self.unit.text()), matching_name(name))
        is_known = bool(name) and any(
            (summary.year, matching_name(summary.unit), matching_name(summary.project_name)) == key
            for summary in self._document.summaries()
        )
        problem = ""
        if not any(box.isChecked() for box in self.forms.values()):
            problem = "请至少选择一张表。"
        elif is_known:
            problem = f"本单位 {year} 年度已有同名项目“{name}”。请换一个名称或年度，或直接打开已有的项目。"
        self.tell(problem)
        self.allow(is_allowed=not problem)
