"""导出 Excel: which projects, which forms, final or draft, and where to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from gui.desk.dialog import Dialog, field_rows, snug
from gui.desk.file_choice import asked, file_dialog, typed_path
from gui.desk.tasks import Monitor, TaskRunner
from gui.document.document import Document
from gui.document.project_list import NO_NAME
from gui.files.export_errors import ErrorCount
from model.errors import UserError
from model.findings import Severity
from model.forms import FORMS
from model.records import Form
from storage.files.names import safe_file_name

if TYPE_CHECKING:
    from storage.excel import ExportReport
    from storage.store.summaries import ProjectSummary

SUFFIX = ".xlsx"
LONGEST_NAME = 28  # characters of a project's name beside the button


class ExportDialog(Dialog):
    """Choose an export and carry it out in the background; the dialog stays until the file is written and checked.

    Signals:
        exported(str): the path of the workbook that was written and read back.
    """

    exported = Signal(str)

    def __init__(
        self,
        document: Document,
        tasks: TaskRunner,
        parent: QWidget | None = None,
        *,
        folder: Path | None = None,
        beside: bool = False,
    ) -> None:
        """``folder`` is where the last file went; the documents of the person without. ``beside`` is whether the
        sheet 与往年对照 was wanted the last time."""
        super().__init__("导出 Excel", "导出的文件会逐字读回核对，核对无误才替换原文件。", "导出", parent)
        self._document = document
        self._tasks = tasks
        self._summaries: Sequence[ProjectSummary] = document.summaries()
        self._siblings = tuple(summary.key for summary in self._summaries)
        self._errors = ErrorCount(document, self._siblings)
        self._folder = self._usable(folder)
        self._was_named = False
        self._has_errors = False
        self._written: list[ExportReport] = []
        project = document.saved_project
        self._year = project.year if project is not None else max((s.year for s in self._summaries), default=None)
        self.one = QRadioButton(self._name_of_one(), self)
        self.all = QRadioButton(f"{self._year or '全'} 年度全部项目（{len(self._of_year())} 个）", self)
        self.forms = {form: QCheckBox(spec.names.full, self) for form, spec in FORMS.items()}
        self.summary = QCheckBox("另附项目绩效目标汇总表", self)
        self.beside = QCheckBox("另附与往年对照表", self)
        self.draft = QCheckBox("标注“草稿”", self)
        self._wanted = {**dict.fromkeys((*self.forms.values(), self.summary), True), self.beside: beside}
        self.path = QLineEdit(self)
        self.path.textChanged.connect(self.path.setToolTip)
        self.browse = QPushButton("浏览(&B)…", self)
        self.scope = QLabel("范围(&R)", self)
        self._lay_out()
        self.one.setEnabled(project is not None)
        (self.one if project is not None else self.all).setChecked(True)
        self._connect()
        self._take_scope()
        self.scope.buddy().setFocus()

    def finish(self) -> bool:
        """Start the export of immutable snapshots; :meth:`_report` or :meth:`_refuse` follows."""
        from storage.excel import export_workbook  # noqa: PLC0415 brings openpyxl: not before the first paint

        store = self._document.store
        if store is None:
            return False
        order = {summary.id: position for position, summary in enumerate(self._chosen())}
        try:
            projects = sorted(store.projects(ids=order), key=lambda project: order[project.id])
        except UserError as error:
            self.tell(str(error))
            return False
        path, settings, siblings = self._target(), self._document.settings, self._siblings
        earlier = self._document.earlier_of(projects) if self.beside.isChecked() else {}
        forms, summary = self._forms(), self.summary.isChecked()
        draft, errors_as_drafts = (self.draft.isChecked() and self._has_errors is found for found in (False, True))
        written: list[ExportReport] = []
        self._written = written  # all the thread knows of the dialog

        def work(monitor: Monitor) -> ExportReport:
            report = export_workbook(
                path,
                projects,
                settings,
                forms=forms,
                year_summary=summary,
                draft=draft,
                errors_as_drafts=errors_as_drafts,
                siblings=siblings,
                earlier=earlier,
                progress=monitor.progress,
                cancelled=monitor.is_cancelled,
            )
            written.append(report)
            return report

        self.follow(self._tasks.run("导出 Excel", work, self._report, self._refuse))
        return False

    def stopped(self) -> None:
        """Cancelled: too late when the file was already in its place."""
        if self._written:
            self._report(self._written[0])
        else:
            self.remark("已取消导出，没有写入任何文件；原有文件完好无损。")

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        group.addButton(self.one)
        group.addButton(self.all)
        self.path.setAccessibleName("保存到")
        self.browse.setAutoDefault(False)
        snug(self.browse)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.path, 1)
        place.addWidget(self.browse)
        extras = QWidget(self)
        lists = QHBoxLayout(extras)
        lists.setContentsMargins(0, 0, 0, 0)
        lists.setSpacing(18)
        for box in (self.summary, self.beside):
            snug(box)
            lists.addWidget(box)
        lists.addStretch(1)
        form = field_rows(
            ("", self.all),
            *(("" if number else "表(&F)", box) for number, box in enumerate(self.forms.values())),
            ("", extras),
            ("方式(&M)", self.draft),
        )
        form.setVerticalSpacing(2)
        snug(self.one)
        form.insertRow(0, self.scope, self.one)
        label = QLabel("保存到(&S)", self)
        label.setBuddy(self.path)
        form.addRow(label, place)
        self.content.addLayout(form)
        self.keep_together()
        self.resize(620, 0)

    def _connect(self) -> None:
        self.browse.clicked.connect(self._browse)
        self.path.textEdited.connect(self._remember_naming)
        self.path.textChanged.connect(self._check)
        self.one.toggled.connect(self._take_scope)
        for box in self._wanted:
            box.clicked.connect(self._remember_wish)
        for box in self.forms.values():
            box.toggled.connect(self._count_errors)
        self.draft.toggled.connect(self._propose)

    def _report(self, report: ExportReport) -> None:
        self.exported.emit(str(report.path))
        if report.notes:
            self.conclude(f"已导出并核对：{report.path.name}\n" + "\n".join(report.notes), Severity.WARNING)
        else:
            self.accept()

    def _refuse(self, error: UserError) -> None:
        self.tell(str(error))

    # What is exported

    def _name_of_one(self) -> str:
        project = self._document.saved_project
        if project is None:
            return "当前项目"
        name = project.project_name or NO_NAME
        shown = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
        return f"当前项目：{shown}".replace("&", "&&")

    def _of_year(self) -> tuple[ProjectSummary, ...]:
        return tuple(summary for summary in self._summaries if summary.year == self._year)

    def _chosen(self) -> tuple[ProjectSummary, ...]:
        project = self._document.saved_project
        if self.one.isChecked() and project is not None:
            return tuple(summary for summary in self._summaries if summary.id == project.id)
        return self._of_year()

    def _forms(self) -> tuple[Form, ...]:
        return tuple(form for form, box in self.forms.items() if box.isChecked() and box.isEnabled())

    def _take_scope(self) -> None:
        """What can be exported of the chosen projects; an earlier wish comes back where it is possible."""
        self.scope.setBuddy(self.one if self.one.isChecked() else self.all)
        chosen = self._chosen()
        possible = {
            **{box: any(form in summary.forms for summary in chosen) for form, box in self.forms.items()},
            self.summary: not self.one.isChecked(),
            self.beside: any(map(self._document.continues, chosen)),
        }
        for box, is_possible in possible.items():
            box.setEnabled(is_possible)
            box.setChecked(is_possible and self._wanted[box])
        self._count_errors()
        self._propose()

    def _count_errors(self) -> None:
        """Errors in the forms chosen keep an export from being final."""
        forms = self._forms()
        if self.one.isChecked():
            findings = self._document.findings
            errors = sum(finding.blocks_export and finding.place.form in forms for finding in findings)
        else:
            errors = self._errors.of(self._chosen(), forms)
        self.draft.setChecked(errors > 0)
        self._has_errors = errors > 0
        marked = f"有错误的表标注“草稿”（还有 {errors} 个错误，正式导出须先改正）"
        self.draft.setText(marked if errors else "标注“草稿”")
        self._check()

    def _remember_wish(self) -> None:
        self._wanted = {box: box.isChecked() if box.isEnabled() else wish for box, wish in self._wanted.items()}

    # Where to

    def _usable(self, folder: Path | None) -> Path:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        path = self._document.path
        candidates = [folder, Path(documents) if documents else None, path.parent if path is not None else None]
        return next((one for one in candidates if one is not None and one.is_dir()), Path.home())

    def _propose(self) -> None:
        """A name nobody typed follows what is exported; a draft is never taken for the final file."""
        if not self._was_named:
            self.path.setText(str(self._folder / self._proposed_name()))
        self._check()

    def _proposed_name(self) -> str:
        project = self._document.saved_project
        if self.one.isChecked() and project is not None:
            name = f"{project.year}年度 {project.project_name}"
        else:
            of_year = self._of_year()
            unit = self._document.settings.unit_name or (of_year[0].unit if of_year else "")
            name = f"{self._year or ''}年度项目绩效 {unit}"
        return safe_file_name(name, "项目绩效") + ("（草稿）" if self.draft.isChecked() else "") + SUFFIX

    def _target(self) -> Path:
        return typed_path(self.path.text(), self._folder, self._proposed_name())

    def _remember_naming(self) -> None:
        self._was_named = True

    def _browse(self) -> None:
        target = self._target()
        dialog = file_dialog(self, "导出到", str(target.parent), "Excel 工作簿 (*.xlsx)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # the dialog says itself what will be replaced
        dialog.setDefaultSuffix(SUFFIX[1:])
        dialog.selectFile(target.name)
        dialog.fileSelected.connect(self._take_path)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_path(self, path: str) -> None:
        self._was_named = True
        self.path.setText(str(Path(path)))  # with the separators of this system
        self.accept_button.setFocus()

    def _check(self) -> None:
        problem = ""
        if not self._summaries:
            problem = "还没有可以导出的项目。"
        elif not self._forms():
            problem = "请至少选择一张已填写的表。"
        elif not self.path.text().strip():
            problem = "请写明保存到哪个文件。"
        self.tell(problem)
        if not problem and asked(Path.exists, self._target()):
            self.remark(f"“{self._target().name}”已存在，导出后将替换它。", Severity.WARNING)
        self.allow(is_allowed=not problem)
        self.accept_button.setText("导出草稿" if self.draft.isChecked() else "导出")
