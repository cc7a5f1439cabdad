"""复制上年: last year's projects as the start of this year's, many at once, undone by one Ctrl+Z."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QListWidget, QListWidgetItem, QSpinBox, QWidget

from gui.desk.dialog import Dialog, field_rows, framed, snug
from gui.document.document import Document
from gui.document.project_list import NO_NAME
from model import edits
from model.errors import UserError
from model.rules import matching_name
from model.values.dates import BUDGET_YEARS

if TYPE_CHECKING:
    from storage.store.summaries import ProjectSummary

_ID = Qt.ItemDataRole.UserRole


class CopyYearDialog(Dialog):
    """Choose a year, its projects, and the year they go to."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(
            "复制上年项目",
            "带走基本信息、目标和指标，日期顺延；不带年度资金、完成值、得分和原因。",
            "复制",
            parent,
        )
        self._document = document
        self._left_out: set[str] = set()
        self.source = QComboBox(self)
        for year in sorted({summary.year for summary in document.summaries()}, reverse=True):
            self.source.addItem(f"{year} 年度", year)
        self.target = QSpinBox(self)
        self.target.setRange(BUDGET_YEARS[0], BUDGET_YEARS[-1])
        self.target.setSuffix(" 年度")
        self.all = QCheckBox("全选(&A)", self)
        self.projects = QListWidget(self)
        self.projects.setAccessibleName("要复制的项目")
        self.projects.setWordWrap(True)
        self.projects.setMinimumHeight(96)
        self.projects.setSpacing(2)
        framed(self.projects)
        snug(self.all)
        self.content.addLayout(field_rows(("从(&F)", self.source), ("复制到(&T)", self.target)))
        self.content.addWidget(self.all)
        self.content.addWidget(self.projects, 1)
        self.resize(560, 470)
        if document.saved_project is not None:
            self.source.setCurrentIndex(max(0, self.source.findData(document.saved_project.year)))
        self._take_source()
        self.source.currentIndexChanged.connect(self._take_source)
        self.target.valueChanged.connect(self._fill)
        self.projects.itemChanged.connect(self._take_choice)
        self.all.clicked.connect(self._choose_all)
        self.projects.setFocus()

    def finish(self) -> bool:
        """Add every chosen project in one gesture and show the first."""
        store, chosen, year = self._document.store, self._chosen(), self.target.value()
        if store is None or not chosen:
            return False
        try:
            found = {project.id: project for project in store.projects(ids=chosen)}
        except UserError as error:
            self.tell(str(error))
            return False
        changes = tuple(
            edits.copy_to_year(found[project_id], year, self._document.new_id(), self._ids()) for project_id in chosen
        )
        if not self.push(self._document, f"复制 {len(changes)} 个项目到 {year} 年度", changes):
            return False
        self._document.select_project(changes[0].project.id)
        return True

    def _ids(self) -> Iterator[str]:
        while True:
            yield self._document.new_id()

    def _open_items(self) -> list[QListWidgetItem]:
        """The items that can be chosen."""
        items = (self.projects.item(row) for row in range(self.projects.count()))
        return [item for item in items if item.flags() & Qt.ItemFlag.ItemIsEnabled]

    def _chosen(self) -> list[str]:
        return [item.data(_ID) for item in self._open_items() if item.checkState() is Qt.CheckState.Checked]

    def _take_source(self) -> None:
        year = self.source.currentData()
        if year is not None:
            with QSignalBlocker(self.target):
                self.target.setValue(int(year) + 1)
        self._fill()

    def _fill(self) -> None:
        """List the projects of the source year; those the target year has already cannot be chosen."""
        year, target = self.source.currentData(), self.target.value()
        summaries = self._document.summaries()
        taken = {_key(summary) for summary in summaries if summary.year == target}
        listed = [summary for summary in summaries if summary.year == year]
        has_units = len({summary.unit for summary in listed}) > 1
        with QSignalBlocker(self.projects):
            self.projects.clear()
            for summary in listed:
                item = QListWidgetItem(summary.project_name or NO_NAME, self.projects)
                item.setData(_ID, summary.id)
                if has_units:
                    item.setText(f"{item.text()}　{summary.unit}")
                if _key(summary) in taken:
                    item.setText(f"{item.text()}（{target} 年度已有）")
                    item.setFlags(Qt.ItemFlag.NoItemFlags)
                is_left_out = _key(summary) in taken or summary.id in self._left_out
                item.setCheckState(Qt.CheckState.Unchecked if is_left_out else Qt.CheckState.Checked)
        items = self._open_items()
        if items:
            self.projects.setCurrentItem(items[0])
        self.all.setEnabled(bool(items))
        self.remark("" if items else f"{target} 年度已有全部这些项目，没有可以复制的。请换一个年度。")
        self._count()

    def _take_choice(self, item: QListWidgetItem) -> None:
        """A choice outlives a change of the year."""
        if item.checkState() is Qt.CheckState.Checked:
            self._left_out.discard(item.data(_ID))
        else:
            self._left_out.add(item.data(_ID))
        self._count()

    def _choose_all(self) -> None:
        state = Qt.CheckState.Checked if len(self._chosen()) < len(self._open_items()) else Qt.CheckState.Unchecked
        for item in self._open_items():
            item.setCheckState(state)
        self._count()

    def _count(self) -> None:
        count, most = len(self._chosen()), len(self._open_items())
        state = Qt.CheckState.PartiallyChecked if count else Qt.CheckState.Unchecked
        self.all.setCheckState(Qt.CheckState.Checked if count == most > 0 else state)
        self.allow(is_allowed=count > 0)
        self.accept_button.setText(f"复制 {count} 个项目" if count else "复制")


def _key(summary: ProjectSummary) -> tuple[str, str]:
    return matching_name(summary.unit), matching_name(summary.project_name)
