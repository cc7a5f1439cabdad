"""与往年项目对应: which project of an earlier year each project continues, as told by names and as a person says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from gui.desk.choices import Choice
from gui.desk.dialog import Dialog, field_rows, framed, snug
from gui.desk.wrapped_label import WrappedLabel
from gui.document.document import Document
from gui.document.project_list import NO_NAME
from model import edits
from model.years import Answer, Match, match_projects

if TYPE_CHECKING:
    from storage.store.summaries import ProjectSummary

_ID = Qt.ItemDataRole.UserRole
_NONE_YET = "文件里没有更早年度的项目，没有可以对应的。请先导入往年的表。"


class LinkYearsDialog(Dialog):
    """The projects of a year, and beside them those of an earlier one; saved as one gesture."""

    losing = "改过的对应还没有保存"

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(
            "与往年项目对应",
            "同名的自动对应；改过名、拆分或合并的，在右边勾选它接着往年哪个项目。用来比较上年、检查升降。",
            "保存",
            parent,
        )
        self._document = document
        summaries = document.summaries()
        here = document.saved_project
        self._year = here.year if here is not None else max((one.year for one in summaries), default=0)
        self._now = [one for one in summaries if one.year == self._year]
        self._links = dict(document.settings.links)
        self._matches: Mapping[str, Match] = {}
        self._earlier: dict[str, ProjectSummary] = {}
        self.source = Choice(self)
        for year in sorted({one.year for one in summaries if one.year < self._year}, reverse=True):
            self.source.addItem(f"{year} 年度的项目", year)
        self.projects = self._list(f"{self._year} 年度的项目")
        self.others = self._list("往年的项目")
        self.is_new = QCheckBox("新项目，不接往年(&N)", self)
        self.automatic = QPushButton("按名称自动(&A)", self)
        self.automatic.setAutoDefault(False)
        self.left = WrappedLabel("", self, is_muted=True)
        self._lay_out()
        self.resize(760, 520)
        self.open_whole(self.projects, self.others)
        self.source.currentIndexChanged.connect(self._take_year)
        self.projects.currentRowChanged.connect(lambda _row: self._show_others())
        self.others.itemChanged.connect(self._choose)
        self.is_new.clicked.connect(self._choose_new)
        self.automatic.clicked.connect(self._forget)
        self._take_year()
        self.projects.setFocus()

    def finish(self) -> bool:
        """Write what was said as one gesture."""
        settings = self._document.settings
        wanted = replace(settings, links=MappingProxyType(self._links))
        return self.push(self._document, "与往年项目对应", edits.set_setting_changes(settings, wanted))

    def unsaved(self) -> Mapping[str, tuple[str, ...]] | None:
        """What was said by hand, once it is something else than in the file."""
        return dict(self._links) if self._links != dict(self._document.settings.links) else None

    def _list(self, name: str) -> QListWidget:
        made = QListWidget(self)
        made.setAccessibleName(name)
        made.setMinimumHeight(60)
        made.setSpacing(2)
        framed(made)
        return made

    def _lay_out(self) -> None:
        snug(self.is_new)
        title = QLabel(f"{self._year} 年度的项目(&P)", self)
        title.setBuddy(self.projects)
        line = QHBoxLayout()
        line.addWidget(self.is_new)
        line.addStretch(1)
        line.addWidget(self.automatic)
        columns = QGridLayout()
        columns.setHorizontalSpacing(12)
        columns.addWidget(title, 0, 0)
        columns.addLayout(field_rows(("接着(&Y)", self.source)), 0, 1)
        columns.addWidget(self.projects, 1, 0, 2, 1)
        columns.addWidget(self.others, 1, 1)
        columns.addLayout(line, 2, 1)
        columns.setRowStretch(1, 1)
        for column in range(2):
            columns.setColumnStretch(column, 1)
        self.content.addLayout(columns, 1)
        self.content.addWidget(self.left)

    def _take_year(self) -> None:
        year = self.source.currentData()
        self._earlier = {one.id: one for one in self._document.summaries() if one.year == year}
        self._match()
        with QSignalBlocker(self.projects):
            self.projects.clear()
            for summary in self._now:
                QListWidgetItem(self._words(summary), self.projects).setData(_ID, summary.id)
            here = self._document.saved_project
            at = next((n for n, one in enumerate(self._now) if here is not None and one.id == here.id), 0)
            self.projects.setCurrentRow(at)
        self._show_others()
        if not self._earlier:
            self.remark(_NONE_YET)
        self.allow(is_allowed=bool(self._earlier))

    def _match(self) -> None:
        found = match_projects(self._now, tuple(self._earlier.values()), self._links)
        self._matches = found.matches
        names = "、".join(self._earlier[one].project_name or NO_NAME for one in found.left)
        self.left.setText(f"{self.source.currentData()} 年度没有延续到 {self._year} 年度的：{names}。" if names else "")

    def _words(self, summary: ProjectSummary) -> str:
        """What a project continues, in two lines."""
        match = self._matches[summary.id]
        names = "、".join(self._earlier[one].project_name or NO_NAME for one in match.earlier)
        said = {
            Answer.SAME: "接着同名项目" if names == summary.project_name else f"接着：{names}",
            Answer.BY_HAND: f"接着：{names}（手工）" if names else "新项目（手工）",
            Answer.ASKED: f"请确认是否接着：{names}",
            Answer.NONE: "新项目",
        }[match.answer]
        return f"{summary.project_name or NO_NAME}\n{said}"

    def _current(self) -> str:
        item = self.projects.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    def _show_others(self) -> None:
        """The earlier projects, those that are or may be meant first."""
        key = self._current()
        match = self._matches.get(key, Match(Answer.NONE))
        settled = match.earlier if match.answer is not Answer.ASKED else ()
        rest = [one for one in self._earlier if one not in match.earlier]
        with QSignalBlocker(self.others):
            self.others.clear()
            for one in (*match.earlier, *rest):
                summary = self._earlier[one]
                item = QListWidgetItem(summary.project_name or NO_NAME, self.others)
                item.setData(_ID, one)
                item.setCheckState(Qt.CheckState.Checked if one in settled else Qt.CheckState.Unchecked)
            self.others.setCurrentRow(0)
        self.is_new.setChecked(match.answer is Answer.BY_HAND and not match.earlier)
        self.is_new.setEnabled(bool(key and self._earlier))
        self.automatic.setEnabled(key in self._links)

    def _choose(self) -> None:
        """The boxes say what the project continues: several where projects were joined, none as a new project."""
        items = (self.others.item(row) for row in range(self.others.count()))
        chosen = tuple(str(item.data(_ID)) for item in items if item.checkState() is Qt.CheckState.Checked)
        self._links[self._current()] = chosen
        self._show_changed()

    def _choose_new(self) -> None:
        if self.is_new.isChecked():
            self._links[self._current()] = ()
        else:
            self._links.pop(self._current(), None)
        self._show_changed()
        self._show_others()

    def _forget(self) -> None:
        self._links.pop(self._current(), None)
        self._show_changed()
        self._show_others()

    def _show_changed(self) -> None:
        self._match()
        for row, summary in enumerate(self._now):
            self.projects.item(row).setText(self._words(summary))
        match = self._matches[self._current()]
        self.is_new.setChecked(match.answer is Answer.BY_HAND and not match.earlier)
        self.automatic.setEnabled(self._current() in self._links)
