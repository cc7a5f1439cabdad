"""导入: what a file holds and what would happen with each of its forms, before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from gui.desk.dialog import Dialog, framed, snug
from gui.desk.tasks import Monitor, TaskRunner
from gui.document.document import Document
from model.errors import UserError
from model.findings import Severity

if TYPE_CHECKING:
    from storage.importing.plan import ImportPlan, PlanLine
    from storage.interchange import ImportedForm


AnyIndex = QModelIndex | QPersistentModelIndex

_MARGIN = 8
_MUCH = 10_000


class _Notes(QStyledItemDelegate):
    """Gives what is said of a form as many lines as it needs below it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As high as the text, wrapped in the width of the whole table."""
        size = super().sizeHint(option, index)
        table = self.parent()
        if not index.parent().isValid() or not isinstance(table, QTreeWidget):
            return size
        room = QRect(0, 0, table.viewport().width() - 2 * table.indentation() - _MARGIN, _MUCH)
        needed = option.fontMetrics.boundingRect(room, Qt.TextFlag.TextWordWrap, str(index.data())).height()  # type: ignore[attr-defined] # missing in the stubs
        return QSize(size.width(), max(size.height(), needed + _MARGIN))


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
        self._plan: ImportPlan | None = None
        self.table = QTreeWidget(self)
        self.table.setAccessibleName("将要导入的表")
        self.table.setHeaderLabels(["表", "指标", "结果"])
        self.table.setRootIsDecorated(False)
        self.table.setItemsExpandable(False)
        self.table.setIndentation(16)
        self.table.setMinimumHeight(96)
        self.table.setWordWrap(True)  # what is said of a form is read whole
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.table.setItemDelegate(_Notes(self.table))
        header.sectionResized.connect(self.table.doItemsLayout)
        framed(self.table)
        self.replace = QCheckBox("用导入的内容替换已有的表(&R)", self)
        self.replace.hide()
        snug(self.replace)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.replace)
        self.resize(760, 430)
        self.allow(is_allowed=False)
        self.replace.toggled.connect(self._show_plan)

        def work(monitor: Monitor) -> Sequence[ImportedForm]:
            from storage.importing.plan import read_files  # noqa: PLC0415 brings sqlmodel: not before the first paint

            return read_files(paths, monitor.progress, monitor.is_cancelled)

        self.follow(tasks.run("读取文件", work, self._take, self._refuse))

    def finish(self) -> bool:
        """Apply the plan and show the first project it brought."""
        plan = self._plan
        if plan is None or not plan.changes or not self.push(self._document, plan.label, plan.changes):
            return False
        self._document.select_project(plan.changes[0].project_id)
        self.imported.emit(f"已{plan.label}。可以用“撤销”整体退回。")
        return True

    def stopped(self) -> None:
        """Nothing was read, so there is nothing to show."""
        self.done(ImportDialog.DialogCode.Rejected)

    def ready(self) -> None:
        """To the choice that has to be made, else to the list; Enter imports."""
        (self.replace if self.replace.isVisible() else self.table).setFocus()

    def _take(self, forms: Sequence[ImportedForm]) -> None:
        self._forms = forms
        self._show_plan()

    def _refuse(self, error: UserError) -> None:
        self.tell(str(error))

    def _show_plan(self) -> None:
        from storage.importing.plan import plan_import  # noqa: PLC0415 brings sqlmodel: not before the first paint

        document, is_replacing = self._document, self.replace.isChecked()
        try:
            plan = plan_import(document.store, self._forms, replacing=is_replacing, next_id=document.new_id)
        except UserError as error:
            self.tell(str(error))
            return
        self._plan = plan
        self.table.clear()
        for line in plan.lines:
            self._add(line)
        self.table.expandAll()
        self.replace.setVisible(is_replacing or bool(plan.conflicts))
        self._sum_up(plan)

    def _add(self, line: PlanLine) -> None:
        count = len(line.form.content.indicators)
        item = QTreeWidgetItem(self.table, [line.form.title, f"{count} 条", str(line.action)])
        item.setToolTip(0, line.form.title)
        for note in (line.remark, line.warning, *line.form.notices):
            if note:
                child = QTreeWidgetItem(item, [f"! {note}"])
                child.setFirstColumnSpanned(True)
                child.setToolTip(0, note)

    def _sum_up(self, plan: ImportPlan) -> None:
        conflicts = len(plan.conflicts)
        if not plan.lines:
            self.remark("文件中没有表。")
        elif conflicts and self.replace.isChecked():
            self.remark(f"有 {conflicts} 张表在本次导入中重复，只导入先读到的一张。", Severity.WARNING)
        elif conflicts:
            self.remark(f"{conflicts} 张表已存在而内容不同，不会导入；要替换请勾选上面的选项。", Severity.WARNING)
        elif not plan.changes:
            self.remark("这些表都已存在且内容相同，没有需要导入的。")
        else:
            self.remark("")
        self.allow(is_allowed=bool(plan.changes))
        self.accept_button.setText(plan.label if plan.changes else "导入")
