"""导出 Excel: which projects, which forms, final or draft, and where to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
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

from gui.desk import system_look
from gui.desk.dialog import Dialog, field_rows, snug
from gui.desk.file_choice import choose_folder, file_dialog
from gui.desk.flow_row import FlowRow
from gui.desk.later_answers import LaterAnswers
from gui.desk.tasks import TaskRunner
from gui.document.document import Document
from gui.document.project_list import NO_NAME
from gui.files.export_errors import ErrorCount
from gui.files.export_job import ExportJob
from gui.files.export_names import SUFFIX, file_name, names_apart
from gui.files.target import Found, Target
from model.errors import UserError
from model.findings import Severity
from model.forms import FORMS
from model.records import Form, Project
from model.values.excerpts import shortened
from storage.working_copy.waiting import GaveUpError

if TYPE_CHECKING:
    from storage.excel import ExportReport
    from storage.store.summaries import ProjectSummary

NAMED = 3
"""So many of several files that will be replaced are named."""
LONGEST_NAME = 28
"""Characters of a project's name beside the button."""
_TWO_LINES = 1.5
"""How much larger text is when the longest words of a box are two lines: what fields are called stands beside them."""
_NONE_OPEN = "没有打开的项目。"
_TO_KEEP = ("导出 Excel", "导出的文件会逐字读回核对，核对无误才替换原文件。", "导出")
_TO_PRINT = ("打印", "先导出成排好版的 Excel，导出后自动打开，在 Excel 或 WPS 里打印。", "导出并打开")


class ExportDialog(Dialog):
    """Choose an export and carry it out in the background; the dialog stays until the file is written and checked.

    Signals:
        exported(str): the path of the workbook that was written and read back, or the folder of several.
    """

    exported = Signal(str)

    def __init__(
        self,
        document: Document,
        tasks: TaskRunner,
        parent: QWidget | None = None,
        *,
        folder: Path | None = None,
        wishes: Mapping[str, bool] = MappingProxyType({}),
        to_print: bool = False,
    ) -> None:
        """``folder`` is where the last file went; the documents of the person without. ``wishes`` is what was wanted
        the last time, as :attr:`wishes` said it then. ``to_print``: the workbook is wanted to be printed from."""
        super().__init__(*(_TO_PRINT if to_print else _TO_KEEP), parent)
        self._document = document
        self._tasks = tasks
        self._summaries: Sequence[ProjectSummary] = document.summaries()
        self._siblings = tuple(summary.key for summary in self._summaries)
        self._errors = ErrorCount(document, self._siblings)
        self._folder = self._usable(folder)
        self._answers = LaterAnswers(self)
        self._found: Found | None = None
        self._was_named = False
        self._has_errors = False
        self._written: list[ExportReport] = []
        self._left: list[str] = []
        chosen, project = document.chosen, document.saved_project
        self._several = chosen if len(chosen) > 1 else ()
        here = document.projects.get(project.id) if project is not None else None
        self._one = chosen[0] if len(chosen) == 1 else here
        years = [one.year for one in (self._one, *chosen) if one is not None]
        self._year = years[0] if years else max((s.year for s in self._summaries), default=None)
        self.one = QRadioButton(self._name_of_one(), self)
        self.several = QRadioButton(f"已选 {len(self._several)} 个项目", self)
        self.several.setVisible(bool(self._several))
        self.all = QRadioButton(f"{self._year or '全'} 年度全部项目（{len(self._of_year())} 个）", self)
        self.forms = {form: QCheckBox(spec.names.full, self) for form, spec in FORMS.items()}
        self.summary = QCheckBox("另附项目绩效目标汇总表", self)
        self.beside = QCheckBox("另附与往年对照表", self)
        self.apart = QCheckBox("每个项目一个文件", self)
        self.draft = QCheckBox("标注“草稿”", self)
        self._named = {
            **{str(form): box for form, box in self.forms.items()},
            "summary": self.summary,
            "beside": self.beside,
            "apart": self.apart,
        }
        never = {"beside": False, "apart": False}
        self._wanted = {box: wishes.get(name, never.get(name, True)) for name, box in self._named.items()}
        self._wants_draft = wishes.get("draft", False)
        self.path = QLineEdit(self)
        self.path.textChanged.connect(self.path.setToolTip)
        self.browse = QPushButton("浏览(&B)…", self)
        self.scope = QLabel("范围(&R)", self)
        self._lay_out()
        if self._one is None:
            self.one.setEnabled(False)
            self.one.setToolTip(_NONE_OPEN)
            self.one.setAccessibleDescription(_NONE_OPEN)
        (self.several if self._several else self.one if self._one is not None else self.all).setChecked(True)
        self._connect()
        self._take_scope()
        self._chosen_scope().setFocus()

    def finish(self) -> bool:
        """Start the export of immutable snapshots; :meth:`_report` or :meth:`_refuse` follows."""
        store = self._document.store
        if store is None or not self._is_looked_at() or (found := self._found) is None:
            return False
        order = {summary.id: position for position, summary in enumerate(self._chosen())}
        try:
            projects = sorted(store.projects(ids=order), key=lambda project: order[project.id])
        except UserError as error:
            self.tell(str(error))
            return False
        forms, is_draft = self._forms(), self.draft.isChecked()
        job = ExportJob(
            self._files(projects, found.path),
            self._document.settings,
            forms,
            self.summary.isChecked(),
            draft=is_draft and not self._has_errors,
            errors_as_drafts=is_draft and self._has_errors,
            siblings=self._siblings,
            earlier=self._document.earlier_of(projects) if self.beside.isChecked() else {},
        )
        self._written = job.written
        listed = self._several if self.several.isChecked() else ()
        self._left = [one.project_name or NO_NAME for one in listed if one.forms.isdisjoint(forms)]
        self.follow(self._tasks.run("导出 Excel", job.work, self._report, self._refuse))
        return False

    @property
    def wishes(self) -> dict[str, bool]:
        """What is wanted of an export, to be proposed the next time."""
        return {name: self._wanted[box] for name, box in self._named.items()} | {"draft": self._wants_draft}

    @property
    def files(self) -> int:
        """How many files were written and read back."""
        return len(self._written)

    def stopped(self) -> None:
        """Cancelled: too late when the file was already in its place."""
        if self._written and self.is_apart:
            text = f"已取消导出：写好并核对了 {self.files} 个文件，其余的没有写；原有文件完好无损。"
            self.remark(text, Severity.WARNING)
        elif self._written:
            self._report(self._written)
        else:
            self.remark("已取消导出，没有写入任何文件；原有文件完好无损。")

    def left_alone(self) -> None:
        """Nobody waits any more for a folder that does not answer."""
        text = "没有再等下去：文件或者没有写，或者在文件夹连上以后还会写完；原有文件不会损坏。可以另选一个文件夹导出。"
        self.remark(text, Severity.WARNING)

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        for scope in (self.one, self.several, self.all):
            group.addButton(scope)
        self.path.setAccessibleName("保存到")
        self.browse.setAutoDefault(False)
        snug(self.browse)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.path, 1)
        place.addWidget(self.browse)
        extras = QWidget(self)
        lists = FlowRow(18)
        extras.setLayout(lists)
        for box in (self.summary, self.beside, self.apart):
            snug(box)
            lists.addWidget(box)
        form = field_rows(
            ("", self.all),
            *(("" if number else "表(&F)", box) for number, box in enumerate(self.forms.values())),
            ("", extras),
            ("方式(&M)", self.draft),
        )
        form.setVerticalSpacing(2)
        snug(self.one)
        form.insertRow(0, self.scope, self.one)
        if self._several:
            snug(self.several)
            form.insertRow(1, "", self.several)
        label = QLabel("保存到(&S)", self)
        label.setBuddy(self.path)
        form.addRow(label, place)
        self.content.addLayout(form)
        self.keep_together()
        self.resize(620, 0)

    def _connect(self) -> None:
        self.browse.clicked.connect(self._browse)
        self._answers.came.connect(self._check)
        self.path.textEdited.connect(self._remember_naming)
        self.path.textChanged.connect(self._check)
        for scope in (self.one, self.several, self.all):
            scope.toggled.connect(lambda is_on: self._take_scope() if is_on else None)
        self.apart.toggled.connect(self._take_kind)
        for box in self._wanted:
            box.clicked.connect(self._remember_wish)
        for box in self.forms.values():
            box.toggled.connect(self._count_errors)
        self.draft.toggled.connect(self._propose)
        self.draft.clicked.connect(self._remember_draft)

    def _report(self, reports: Sequence[ExportReport]) -> None:
        notes = [note for report in reports for note in report.notes]
        self.exported.emit(str(reports[0].path.parent if self.is_apart else reports[0].path))
        if self._left:
            notes.insert(0, f"没有填所选的表，没有导出：{'、'.join(self._left)}")
        if notes:
            what = f"{len(reports)} 个文件" if self.is_apart else reports[0].path.name
            self.conclude(f"已导出并核对：{what}\n" + "\n".join(notes), Severity.WARNING)
        else:
            self.accept()

    def _refuse(self, error: UserError) -> None:
        done = f"\n在此之前已写好并核对了 {self.files} 个文件。" if self._written and self.is_apart else ""
        self.tell(str(error) + done)

    # What is exported

    def _name_of_one(self) -> str:
        if self._one is None:
            return "当前项目"
        name = shortened(self._one.project_name or NO_NAME, LONGEST_NAME)
        return f"当前项目：{name}".replace("&", "&&")

    def _of_year(self) -> tuple[ProjectSummary, ...]:
        return tuple(summary for summary in self._summaries if summary.year == self._year)

    def _chosen(self) -> tuple[ProjectSummary, ...]:
        if self.one.isChecked() and self._one is not None:
            return (self._one,)
        return tuple(self._several) if self.several.isChecked() else self._of_year()

    def _forms(self) -> tuple[Form, ...]:
        return tuple(form for form, box in self.forms.items() if box.isChecked() and box.isEnabled())

    def _chosen_scope(self) -> QRadioButton:
        return next(one for one in (self.one, self.several, self.all) if one.isChecked())

    def _take_scope(self) -> None:
        """What can be exported of the chosen projects; an earlier wish comes back where it is possible."""
        self.scope.setBuddy(self._chosen_scope())
        for box, why_not in self._lacking(is_apart=self._wanted[self.apart]).items():
            self._offer(box, why_not)
        self._count_errors()
        self._propose()

    def _lacking(self, *, is_apart: bool) -> dict[QCheckBox, str]:
        """Why a box cannot be ticked for the chosen projects, empty for one that can."""
        chosen, whose = self._chosen(), "当前项目" if self.one.isChecked() else "这些项目"
        is_single = len(chosen) <= 1
        no_summary = "“每个项目一个文件”时没有汇总表。" if is_apart and not is_single else ""
        filled = {form for summary in chosen for form in summary.forms}
        return {
            **{box: "" if form in filled else f"{whose}没有填这张表。" for form, box in self.forms.items()},
            self.summary: "汇总表只在导出多个项目时才有。" if self.one.isChecked() else no_summary,
            self.apart: "只有一个项目，不用分成几个文件。" if is_single else "",
            self.beside: "" if any(map(self._document.continues, chosen)) else f"{whose}在往年没有可以对照的项目。",
        }

    def _offer(self, box: QCheckBox, why_not: str) -> None:
        """Let a box be ticked as it is wished, or say why it cannot be."""
        box.setEnabled(not why_not)
        box.setChecked(not why_not and self._wanted[box])
        box.setToolTip(why_not)
        box.setAccessibleDescription(why_not)

    def _count_errors(self) -> None:
        """Errors in the forms chosen keep an export from being final."""
        forms = self._forms()
        here = self._document.saved_project
        if self.one.isChecked() and here is not None and self._one is not None and here.id == self._one.id:
            findings = self._document.findings
            errors = sum(finding.blocks_export and finding.place.form in forms for finding in findings)
        else:
            errors = self._errors.of(self._chosen(), forms)
        self.draft.setChecked(errors > 0 or self._wants_draft)
        self._has_errors = errors > 0
        line = "\n" if system_look.text_scale() >= _TWO_LINES else ""
        marked = f"有错误的表标注“草稿”{line}（还有 {errors} 个错误，正式导出须先改正）"
        self.draft.setText(marked if errors else "标注“草稿”")
        self._check()

    def _remember_wish(self) -> None:
        self._wanted = {box: box.isChecked() if box.isEnabled() else wish for box, wish in self._wanted.items()}

    # Where to

    def _usable(self, folder: Path | None) -> Path:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        path = self._document.path
        named = (folder, Path(documents) if documents else None, path.parent if path is not None else None)
        candidates = [one for one in named if one is not None]
        try:
            return self._document.waiting(lambda: next(filter(Path.is_dir, candidates), Path.home()))
        except GaveUpError:
            return Path.home()

    def _propose(self) -> None:
        """A name nobody typed follows what is exported; a draft is never taken for the final file."""
        if not self._was_named:
            self.path.setText(str(self._folder / self._proposed_name()))
        self._check()

    def _proposed_name(self) -> str:
        if self.is_apart:
            return ""
        chosen = self._chosen()
        if self.one.isChecked() and chosen:
            words = f"{chosen[0].year}年度 {chosen[0].project_name}"
        else:
            unit = self._document.settings.unit_name or (chosen[0].unit if chosen else "")
            words = f"{self._year or ''}年度项目绩效 {unit}"
        return file_name(words, is_draft=self.draft.isChecked())

    @property
    def is_apart(self) -> bool:
        """Whether each project gets a file of its own, in a folder."""
        return self.apart.isChecked()

    def _take_kind(self) -> None:
        """Many files go into a folder, one has a name."""
        self._was_named = False
        self._offer(self.summary, self._lacking(is_apart=self.is_apart)[self.summary])
        self._propose()

    def _names(self) -> dict[str, str]:
        """What the files of an export into a folder are called, by the ids of their projects."""
        forms = self._forms()
        filled = [one for one in self._chosen() if not one.forms.isdisjoint(forms)]
        is_draft = self.draft.isChecked()
        drafts = {one.id for one in filled if is_draft and (not self._has_errors or self._errors.of([one], forms))}
        return names_apart(filled, drafts)

    def _files(self, projects: Sequence[Project], path: Path) -> list[tuple[Path, Sequence[Project]]]:
        """The files of this export, and what each holds."""
        if not self.is_apart:
            return [(path, projects)]
        names = self._names()
        return [(path / names[one.id], (one,)) for one in projects if one.id in names]

    def _remember_draft(self, wanted: bool) -> None:
        """A draft without errors was asked for, or no more."""
        if not self._has_errors:
            self._wants_draft = wanted

    def _target(self) -> Target:
        names = tuple(self._names().values()) if self.is_apart else None
        return Target(self.path.text(), self._folder, self._proposed_name(), names)

    def _remember_naming(self) -> None:
        self._was_named = True

    def _browse(self) -> None:
        try:
            target = self._document.waiting(self._target()).path
        except GaveUpError as error:
            self.tell(str(error))
            return
        if self.is_apart:
            choose_folder(self, "导出到文件夹", str(target), lambda path: self._take_path(str(path)))
            return
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
        self._show_found(None if problem else self._answers.ask(self._target()), problem)

    def _is_looked_at(self) -> bool:
        """Look where it goes before anything is written; whether nothing stands there that nobody was told of."""
        self._answers.forget()
        try:
            found = self._document.waiting(self._target())
        except GaveUpError as error:
            self.tell(str(error))
            return False
        if found != self._found:
            self._show_found(found)
            return found.is_folder and not found.there
        return True

    def _show_found(self, found: Found | None, problem: str = "") -> None:
        """Say before anything is written what keeps it from being written, and which files will be replaced."""
        self._found = found
        if found is not None and not found.is_folder:
            problem = "没有这个文件夹，请选一个已有的文件夹。"
        self.tell(problem)
        if found is not None and found.there and not problem:
            self._tell_replaced(found)
        self.allow(is_allowed=not problem)
        self.accept_button.setText("导出草稿" if self.draft.isChecked() else "导出")

    def _tell_replaced(self, found: Found) -> None:
        there = found.there
        if self.is_apart:
            named = "、".join(f"“{name}”" for name in there[:NAMED]) + (" 等" if len(there) > NAMED else "")
            self.remark(f"文件夹里已有 {len(there)} 个同名文件，导出后将替换：{named}。", Severity.WARNING)
        else:
            self.remark(f"“{there[0]}”已存在，导出后将替换它。", Severity.WARNING)
