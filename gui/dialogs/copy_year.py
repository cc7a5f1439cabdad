"""复制上年: last year's projects as the start of this year's, many at once, undone by one Ctrl+Z."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QListWidget, QListWidgetItem, QSpinBox, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.new_project import FIRST_YEAR, LAST_YEAR
from gui.document import Document
from model import edits
from model.rules import matching_name


class CopyYearDialog(Dialog):
    """Choose a year, its projects, and the year they go to."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(
            "复制上年项目",
            "基本信息、目标和指标带到新年度，起止日期随年度顺延；实际完成值、得分和偏差原因不带。已有同名项目的不再复制。",
            "复制",
            parent,
        )
        self._document = document
        self.source = QComboBox(self)
        self.source.setAccessibleName("从哪一年复制")
        years = sorted({summary.year for summary in document.summaries()}, reverse=True)
        for year in years:
            self.source.addItem(f"{year} 年度", year)
        self.target = QSpinBox(self)
        self.target.setRange(FIRST_YEAR, LAST_YEAR)
        self.target.setAccessibleName("复制到哪一年")
        self.projects = QListWidget(self)
        self.projects.setAccessibleName("要复制的项目")
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.addRow("从(&F)", self.source)
        form.addRow("到(&T)", self.target)
        self.content.addLayout(form)
        self.content.addWidget(self.projects, 1)
        self.resize(520, 420)
        self.source.currentIndexChanged.connect(self._take_source)
        self.target.valueChanged.connect(self._fill)
        self.projects.itemChanged.connect(self._check)
        current = document.project
        if current is not None:
            self.source.setCurrentIndex(max(0, self.source.findData(current.year)))
        self._take_source()

    def finish(self) -> bool:
        """Add every chosen project in one gesture and show the first."""
        chosen = [item.data(Qt.ItemDataRole.UserRole) for item in self._items() if _is_checked(item)]
        store = self._document.store
        if store is None or not chosen:
            return False
        changes = tuple(
            edits.copy_to_year(project, self.target.value(), self._document.new_id(), self._ids())
            for project in store.projects(ids=chosen)
        )
        if not self._document.push(f"复制 {len(changes)} 个项目到 {self.target.value()} 年度", changes):
            return False
        self._document.select_project(changes[0].project.id)
        return True

    def _ids(self) -> Iterator[str]:
        while True:
            yield self._document.new_id()

    def _items(self) -> list[QListWidgetItem]:
        return [self.projects.item(row) for row in range(self.projects.count())]

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
        taken = {(matching_name(s.unit), matching_name(s.project_name)) for s in summaries if s.year == target}
        with QSignalBlocker(self.projects):
            self.projects.clear()
            for summary in summaries:
                if summary.year != year:
                    continue
                is_taken = (matching_name(summary.unit), matching_name(summary.project_name)) in taken
                text = f"{summary.project_name}（{target} 年度已有）" if is_taken else summary.project_name
                item = QListWidgetItem(text, self.projects)
                item.setData(Qt.ItemDataRole.UserRole, summary.id)
                if is_taken:
                    item.setFlags(Qt.ItemFlag.NoItemFlags)
                else:
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                    item.setCheckState(Qt.CheckState.Checked)
        self.projects.setCurrentRow(0)
        self._check()

    def _check(self) -> None:
        count = sum(map(_is_checked, self._items()))
        self.accept_button.setEnabled(count > 0)
        self.accept_button.setText(f"复制 {count} 个项目" if count else "复制")


def _is_checked(item: QListWidgetItem) -> bool:
    return item.checkState() is Qt.CheckState.Checked and bool(item.flags() & Qt.ItemFlag.ItemIsEnabled)
