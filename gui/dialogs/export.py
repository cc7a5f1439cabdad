"""导出 Excel: which projects, which forms, final or draft, and where to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from gui.dialogs.dialog import Dialog
from gui.document import Document
from gui.tasks import Monitor, TaskRunner
from model.errors import UserError
from model.records import Form
from model.rules import ProjectKey

if TYPE_CHECKING:
    from storage.excel import ExportReport


class ExportDialog(Dialog):
    """Choose an export and carry it out in the background; the dialog stays until the file is written and checked.

    Signals:
        exported(str): the path of the workbook that was written and read back.
    """

    exported = Signal(str)

    def __init__(self, document: Document, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__("导出 Excel", "导出的文件会逐字读回核对，核对无误才替换原文件。", "导出", parent)
        self._document = document
        self._tasks = tasks
        self._was_named = False
        project = document.project
        year = project.year if project is not None else max((s.year for s in document.summaries()), default=0)
        self._year = year
        self.one = QRadioButton(f"当前项目：{project.project_name}" if project is not None else "当前项目", self)
        self.all = QRadioButton(f"{year} 年度全部项目（{len(self._ids_of_year())} 个）", self)
        group = QButtonGroup(self)
        group.addButton(self.one)
        group.addButton(self.all)
        self.one.setEnabled(project is not None)
        (self.one if project is not None else self.all).setChecked(True)
        self.declaration = QCheckBox("绩效目标申报表", self)
        self.evaluation = QCheckBox("绩效自评表", self)
        self.summary = QCheckBox("另附项目绩效目标汇总表", self)
        self.draft = QCheckBox("标注“草稿”", self)
        self.path = QLineEdit(self)
        self.path.setAccessibleName("保存到")
        browse = QPushButton("浏览…", self)
        browse.setAutoDefault(False)
        place = QHBoxLayout()
        place.addWidget(self.path, 1)
        place.addWidget(browse)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(7)
        for label, field in (
            ("范围", self.one),
            ("", self.all),
            ("表", self.declaration),
            ("", self.evaluation),
            ("", self.summary),
            ("方式", self.draft),
        ):
            form.addRow(label, field)
            field.setAccessibleName(field.text())
        form.addRow("保存到(&S)", place)
        self.content.addLayout(form)
        self.setMinimumWidth(560)
        browse.clicked.connect(self._browse)
        self.path.textEdited.connect(self._remember_naming)
        self.path.textChanged.connect(self._check)
        self.one.toggled.connect(self._take_scope)
        for box in (self.declaration, self.evaluation, self.draft):
            box.toggled.connect(self._check)
        self._take_scope()

    def finish(self) -> bool:
        """Start the export of immutable snapshots; :meth:`_report` or :meth:`_refuse` follows."""

        from storage.excel import export_workbook  # noqa: PLC0415 brings openpyxl: not before the first paint

        store = self._document.store
        if store is None:
            return False
        path = Path(self.path.text().strip())
        if path.suffix.lower() != ".xlsx":
            path = path.with_name(f"{path.name}.xlsx")
        order = {key: position for position, key in enumerate(self._ids())}
        projects = sorted(store.projects(ids=order), key=lambda project: order[project.id])
        settings = self._document.settings
        siblings = tuple(
            ProjectKey(summary.id, summary.year, summary.unit, summary.project_name)
            for summary in self._document.summaries()
        )
        forms, summary, draft = self._forms(), self.summary.isChecked(), self.draft.isChecked()

        def work(monitor: Monitor) -> ExportReport:
            return export_workbook(
                path,
                projects,
                settings,
                forms=forms,
                year_summary=summary,
                draft=draft,
                siblings=siblings,
                progress=monitor.progress,
                cancelled=monitor.is_cancelled,
            )

        self.follow(self._tasks.run("导出 Excel", work, self._report, self._refuse))
        return False

    def _report(self, report: ExportReport) -> None:
        self.exported.emit(str(report.path))
        self.accept()

    def _refuse(self, error: UserError) -> None:
        self.tell(str(error))

    def _forms(self) -> tuple[Form, ...]:
        boxes = ((self.declaration, Form.DECLARATION), (self.evaluation, Form.EVALUATION))
        return tuple(form for box, form in boxes if box.isChecked() and box.isEnabled())

    def _ids(self) -> tuple[str, ...]:
        project = self._document.project
        return (project.id,) if self.one.isChecked() and project is not None else self._ids_of_year()

    def _ids_of_year(self) -> tuple[str, ...]:
        return tuple(summary.id for summary in self._document.summaries() if summary.year == self._year)

    def _take_scope(self) -> None:
        """What can be exported of the chosen projects, and whether it can be final."""
        chosen = [summary for summary in self._document.summaries() if summary.id in self._ids()]
        for box, has in (
            (self.declaration, any(summary.has_declaration for summary in chosen)),
            (self.evaluation, any(summary.has_evaluation for summary in chosen)),
        ):
            box.setEnabled(has)
            box.setChecked(has)
        is_year = not self.one.isChecked()
        self.summary.setEnabled(is_year)
        self.summary.setChecked(is_year)
        errors = sum(summary.errors for summary in chosen)
        self.draft.setChecked(errors > 0)
        self.draft.setText(f"标注“草稿”（还有 {errors} 个错误，正式导出须先改正）" if errors else "标注“草稿”")
        if not self._was_named:
            self.path.setText(str(_documents() / self._proposed_name()))
        self._check()

    def _proposed_name(self) -> str:
        project = self._document.project
        if self.one.isChecked() and project is not None:
            name = f"{project.year}年度 {project.project_name}"
        else:
            summaries = self._document.summaries()
            unit = self._document.settings.unit_name or (summaries[0].unit if summaries else "")
            name = f"{unit}{self._year}年度项目绩效"
        return "".join("_" if character in '<>:"/\\|?*' else character for character in name).strip(" .") + ".xlsx"

    def _remember_naming(self) -> None:
        self._was_named = True

    def _browse(self) -> None:
        picked, _ = QFileDialog.getSaveFileName(self, "导出到", self.path.text(), "Excel 工作簿 (*.xlsx)")
        if picked:
            self._was_named = True
            self.path.setText(picked)

    def _check(self) -> None:
        problem = ""
        if not self._forms():
            problem = "请至少选择一张已填写的表。"
        elif not self.path.text().strip():
            problem = "请写明保存到哪个文件。"
        self.tell(problem)
        self.accept_button.setEnabled(not problem)
        self.accept_button.setText("导出草稿" if self.draft.isChecked() else "导出")


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
