"""复制上年: last year's projects as the start of this year's, many at once, undone by one Ctrl+Z.

First which projects and what of them; then the texts in which a year moves on, where there are any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.desk.changed_texts import ChangedTexts
from gui.desk.choices import Choice, Number
from gui.desk.dialog import Dialog, field_rows, framed, snug
from gui.desk.list_rows import shut
from gui.document.document import Document
from gui.document.project_list import NO_NAME
from model import edits
from model.edits import Targets
from model.errors import UserError
from model.records import Project
from model.values.dates import BUDGET_YEARS
from model.years import Answer, YearNames, match_projects

if TYPE_CHECKING:
    from storage.store.summaries import ProjectSummary

_ID = Qt.ItemDataRole.UserRole
_NAMED = 12
_LEAD = "带走基本信息、目标和指标，日期顺延；不带年度资金、完成值、得分和原因。"
_LEAD_OF_TEXTS = "这些文字里写着年份。勾选的一并改成新年度，未勾选的照原样复制；以后都可以再改。"
_TARGETS = {
    Targets.KEPT: "沿用上年指标值",
    Targets.REACHED: "改为上年实际完成值（没有可比数值的沿用）",
    Targets.LEFT_OUT: "留空，只带指标结构",
}


class CopyYearDialog(Dialog):
    """Choose a year, its projects, and the year they go to; see which texts move on. ``report`` says what was done.

    ``chosen`` are the projects of a list this was asked of: one says which year, of several just they are ticked.
    """

    def __init__(
        self, document: Document, parent: QWidget | None = None, *, chosen: Sequence[ProjectSummary] = ()
    ) -> None:
        super().__init__("复制上年项目", _LEAD, "复制", parent)
        self.report = ""
        self._document = document
        self._chosen = chosen if len(chosen) > 1 else ()
        ids = {one.id for one in self._chosen}
        self._decided = {one.id: one.id in ids for one in document.summaries()} if ids else {}
        here = document.saved_project
        self._here = chosen[0].id if len(chosen) == 1 else here.id if here is not None else ""
        self._copies: list[Project] = []
        self.source = Choice(self)
        for year in sorted({summary.year for summary in document.summaries()}, reverse=True):
            self.source.addItem(f"{year} 年度", year)
        self.target = Number(self)
        self.target.setRange(BUDGET_YEARS[0], BUDGET_YEARS[-1])
        self.target.setSuffix(" 年度")
        self.targets = Choice(self)
        for choice, words in _TARGETS.items():
            self.targets.addItem(words, choice)
        self.all = QCheckBox("全选(&A)", self)
        self.only_this = QPushButton("只选当前项目(&O)", self)
        self.only_this.setAutoDefault(False)
        self.projects = QListWidget(self)
        self.projects.setAccessibleName("要复制的项目")
        self.projects.setMinimumHeight(60)
        self.projects.setSpacing(2)
        framed(self.projects)
        snug(self.all)
        self.texts = ChangedTexts(self)
        self.back = self.buttons.addButton("上一步(&B)", QDialogButtonBox.ButtonRole.ActionRole)
        self.back.setAutoDefault(False)
        self.back.hide()
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self._choice_page())
        self.pages.addWidget(self.texts)
        self.content.addWidget(self.pages, 1)
        self.resize(600, 520)
        self.open_whole(self.projects)
        years = [one.year for one in (*chosen, here) if one is not None]
        if years:
            self.source.setCurrentIndex(max(0, self.source.findData(years[0])))
        self._take_source()
        self.source.currentIndexChanged.connect(self._take_source)
        self.target.valueChanged.connect(self._fill)
        self.projects.itemChanged.connect(self._take_choice)
        self.all.clicked.connect(self._choose_all)
        self.only_this.clicked.connect(self._choose_this)
        self.texts.chosen.connect(self._count_texts)
        self.back.clicked.connect(self._go_back)
        self.projects.setFocus()

    def finish(self) -> bool:
        """Show the texts that move on, if any; then add every chosen project in one gesture and show the first."""
        if self.pages.currentIndex() == 0:
            if not self._make_copies():
                return False
            moved = edits.moved_texts(self._copies, self._source_year)
            if moved:
                self._show_texts(moved)
                return False
        return self._add(self.texts.hits() if self.pages.currentIndex() else [])

    def _choice_page(self) -> QWidget:
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(field_rows(("从(&F)", self.source), ("复制到(&T)", self.target), ("指标值(&V)", self.targets)))
        line = QHBoxLayout()
        line.addWidget(self.all)
        line.addStretch(1)
        line.addWidget(self.only_this)
        layout.addLayout(line)
        layout.addWidget(self.projects, 1)
        return page

    @property
    def _source_year(self) -> int:
        return int(self.source.currentData())

    def _make_copies(self) -> bool:
        """Read the chosen projects and copy them; False when there are none, or they cannot be read."""
        store, chosen, settings = self._document.store, self._chosen_ids(), self._document.settings
        if store is None or not chosen:
            return False
        try:
            found = {project.id: project for project in store.projects(ids=chosen)}
        except UserError as error:
            self.tell(str(error))
            return False
        year, targets = self.target.value(), Targets(self.targets.currentData())
        self._copies = [
            edits.copy_to_year(found[key], year, self._document.new_id(), self._ids(), targets, settings)
            for key in chosen
        ]
        return True

    def _show_texts(self, moved: Sequence[edits.Moved]) -> None:
        self.tell("")
        names = {copy.id: copy.project_name or NO_NAME for copy in self._copies}
        self.texts.show_texts(moved, lambda hit: names[hit.project_id])
        self.pages.setCurrentIndex(1)
        self.lead.setText(_LEAD_OF_TEXTS)
        self.back.show()
        self.texts.list.setFocus()
        self._count_texts()

    def _go_back(self) -> None:
        self.pages.setCurrentIndex(0)
        self.lead.setText(_LEAD)
        self.back.hide()
        self.projects.setFocus()
        self._fill()

    def _add(self, hits: list[edits.Hit]) -> bool:
        year = self.target.value()
        changes = edits.add_copies(self._copies, hits, self._document.settings)
        if not self.push(self._document, f"复制 {len(changes)} 个项目到 {year} 年度", changes):
            return False
        self.report = f"已复制 {len(changes)} 个项目到 {year} 年度"
        self.report += f"，改了 {_places(hits)} 处年份。" if hits else "。"
        copied = set(self._chosen_ids())
        left = [one for one in self._asked() if one.id not in copied]
        if left:
            named = "、".join(one.project_name or NO_NAME for one in left[:_NAMED]) + (
                " 等" if len(left) > _NAMED else ""
            )
            year_of_all = "" if self._chosen else f"{self._source_year} 年度"
            self.report += f"{year_of_all}没有复制的 {len(left)} 个：{named}。"
        self._document.select_project(changes[0].project.id)
        return True

    def _asked(self) -> Sequence[ProjectSummary]:
        """The projects this was asked of: those that were chosen, else all of the year that can be copied."""
        open_ids = {item.data(_ID) for item in self._open_items()}
        return self._chosen or [one for one in self._document.summaries() if one.id in open_ids]

    def _ids(self) -> Iterator[str]:
        while True:
            yield self._document.new_id()

    def _open_items(self) -> list[QListWidgetItem]:
        """The items that can be chosen."""
        items = (self.projects.item(row) for row in range(self.projects.count()))
        return [item for item in items if item.flags() & Qt.ItemFlag.ItemIsEnabled]

    def _chosen_ids(self) -> list[str]:
        return [item.data(_ID) for item in self._open_items() if item.checkState() is Qt.CheckState.Checked]

    def _take_source(self) -> None:
        year = self.source.currentData()
        if year is not None:
            with QSignalBlocker(self.target):
                self.target.setValue(int(year) + 1)
        self._fill()

    def _fill(self) -> None:
        """List the projects of the source year; those the target year has already cannot be chosen.

        Where a name does not say for certain whether it has them, that is said, and the clerk has to choose.
        """
        year, target = self.source.currentData(), self.target.value()
        summaries = self._document.summaries()
        there = [summary for summary in summaries if summary.year == target]
        listed = [summary for summary in summaries if summary.year == year]
        known = _known(listed, there, self._document.settings.links)
        names = YearNames(listed)
        has_units = len({summary.unit for summary in listed}) > 1
        with QSignalBlocker(self.projects):
            self.projects.clear()
            for summary in listed:
                item = QListWidgetItem(summary.project_name or NO_NAME, self.projects)
                item.setData(_ID, summary.id)
                if has_units:
                    item.setText(f"{item.text()}　{summary.unit}")
                doubt = ""
                if summary.id in known:
                    alike = known[summary.id]
                    doubt = f"{target} 年度有相近的“{alike}”，请核对" if alike else f"{target} 年度已有"
                    if not alike:
                        shut(item)
                elif len(names.alike(summary, 0)) > 1:
                    doubt = f"{year} 年度有 {len(names.alike(summary, 0))} 个同名项目，请核对"
                if doubt:
                    item.setText(f"{item.text()}（{doubt}）")
                is_taken = summary.id in known and not known[summary.id]
                is_chosen = not is_taken and self._decided.get(summary.id, not doubt)
                item.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
        items = self._open_items()
        if items:
            mine = [item for item in items if item.data(_ID) == self._here]
            self.projects.setCurrentItem((mine or items)[0])
        self.all.setEnabled(bool(items))
        self.only_this.setEnabled(self._item_here() is not None)
        self._remark_years(is_empty=not items)
        self._count()

    def _remark_years(self, *, is_empty: bool) -> None:
        """Say what is odd about the two years."""
        target, years = self.target.value(), self.target.value() - self._source_year if self.source.count() else 1
        text = ""
        if is_empty:
            text = f"{target} 年度已有全部这些项目，没有可以复制的。请换一个年度。"
        elif years > 1:
            between = "、".join(str(year) for year in range(target - years + 1, target)[:3])
            text = f"隔了 {years - 1} 年（{between}{' …' if years > 4 else ''}）：日期和年份都顺延 {years} 年。"
        elif years < 0:
            text = f"复制到更早的年度：日期和年份都提前 {-years} 年。"
        self.remark(text)

    def _item_here(self) -> QListWidgetItem | None:
        return next((item for item in self._open_items() if item.data(_ID) == self._here), None)

    def _take_choice(self, item: QListWidgetItem) -> None:
        """A choice outlives a change of the year."""
        self._decided[item.data(_ID)] = item.checkState() is Qt.CheckState.Checked
        self._count()

    def _choose_all(self) -> None:
        state = Qt.CheckState.Checked if len(self._chosen_ids()) < len(self._open_items()) else Qt.CheckState.Unchecked
        for item in self._open_items():
            item.setCheckState(state)
        self._count()

    def _choose_this(self) -> None:
        this = self._item_here()
        for item in self._open_items():
            item.setCheckState(Qt.CheckState.Checked if item is this else Qt.CheckState.Unchecked)
        self.projects.setFocus()

    def _count(self) -> None:
        count, most = len(self._chosen_ids()), len(self._open_items())
        state = Qt.CheckState.PartiallyChecked if count else Qt.CheckState.Unchecked
        self.all.setCheckState(Qt.CheckState.Checked if count == most > 0 else state)
        self.allow(is_allowed=count > 0)
        self.accept_button.setText(f"复制 {count} 个项目" if count else "复制")

    def _count_texts(self) -> None:
        count = _places(self.texts.hits())
        self.accept_button.setText(f"复制并改 {count} 处年份" if count else "复制，年份不改")


def _places(hits: Sequence[edits.Hit]) -> int:
    """How many years change in some texts: one text may hold several."""
    return sum(len(hit.stretches) for hit in hits)


def _known(
    listed: Sequence[ProjectSummary], there: Sequence[ProjectSummary], links: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    """The projects that the other year has: "" for those it has for certain, the name of the one that is alike."""
    known: dict[str, str] = {}
    names = {summary.id: summary.project_name for summary in there}
    for key, match in match_projects(there, listed, links).matches.items():
        for earlier in match.earlier if match.answer is not Answer.ASKED else match.earlier[:1]:
            if match.answer is not Answer.ASKED:
                known[earlier] = ""
            else:
                known.setdefault(earlier, names[key])
    return known
