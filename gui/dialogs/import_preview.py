"""导入: what a file holds and what would happen with each of its forms, before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from gui.dialogs.dialog import Dialog
from gui.document import Document
from gui.tasks import Monitor, TaskRunner
from model.errors import UserError

if TYPE_CHECKING:
    from storage.importing import ImportPlan
    from storage.interchange import ImportedForm


class ImportDialog(Dialog):
    """Preview of an import; accepting carries it out as one gesture that Ctrl+Z takes back.

    Signals:
        imported(str): what was brought in, for the window to show.
    """

    imported = Signal(str)

    def __init__(
        self, document: Document, tasks: TaskRunner, paths: Sequence[Path], parent: QWidget | None = None
    ) -> None:
        super().__init__("导入", "核对下表后再导入。导入是一步操作，可以整体撤销。", "导入", parent)
        self._document = document
        self._forms: Sequence[ImportedForm] = ()
        self.table = QTreeWidget(self)
        self.table.setAccessibleName("将要导入的表")
        self.table.setRootIsDecorated(False)
        self.table.setHeaderLabels(["表", "指标", "结果"])
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.header().setStretchLastSection(True)
        self.table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.replace = QCheckBox("用导入的内容替换已有的表", self)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.replace)
        self.resize(720, 420)
        self.replace.toggled.connect(self._plan)
        self.replace.hide()

        def work(monitor: Monitor) -> Sequence[ImportedForm]:
            from storage.importing import read_files  # noqa: PLC0415 brings sqlmodel: not before the first paint

            monitor.progress(0, 0, "正在读取")
            return read_files(paths)

        self.follow(tasks.run("导入", work, self._take, self._refuse))

    def finish(self) -> bool:
        """Apply the plan and show the first project it brought."""
        plan = self._make_plan(replacing=self.replace.isChecked())
        if not plan.changes or not self._document.push(plan.label, plan.changes):
            return False
        self._document.select_project(plan.changes[0].project_id)
        self.imported.emit(f"已{plan.label}。可以用“撤销”整体退回。")
        return True

    def _stand_still(self) -> None:
        super()._stand_still()
        self.accept_button.setEnabled(bool(self._forms) and bool(self._make_plan(replacing=False).changes))

    def _take(self, forms: Sequence[ImportedForm]) -> None:
        self._forms = forms
        self.replace.setVisible(bool(self._make_plan(replacing=False).conflicts))
        self._plan()

    def _refuse(self, error: UserError) -> None:
        self.tell(str(error))

    def _make_plan(self, *, replacing: bool) -> ImportPlan:
        from storage.importing import plan_import  # noqa: PLC0415 brings sqlmodel: not before the first paint

        return plan_import(self._document.store, self._forms, replacing=replacing, next_id=self._document.new_id)

    def _plan(self) -> None:
        plan = self._make_plan(replacing=self.replace.isChecked())
        self.table.clear()
        for line in plan.lines:
            texts = [line.form.title, str(len(line.form.content.indicators)), str(line.action)]
            item = QTreeWidgetItem(self.table, texts)
            if line.remark:
                item.setText(2, f"{line.action}；{line.remark}")
            for column in range(3):
                item.setToolTip(column, item.text(column))
        self.accept_button.setEnabled(bool(plan.changes))
        conflicts = len(plan.conflicts)
        self.tell(f"{conflicts} 张表在文件中已有而内容不同，不会导入；要替换请勾选上面的选项。" if conflicts else "")
