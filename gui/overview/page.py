"""The page of a year or of a unit's year: its name, counts by state, sums, and the list of what it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from gui.desk.labels import EDGE, ElidedLabel, call
from gui.desk.notify import MessageStrip
from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.document.project_list import Group, ListChange
from gui.overview.counts import Count, CountsLine
from gui.overview.lines import MARK_NAMES, Line, Totals, lines_of, totals_of
from gui.overview.model import LinesModel
from gui.overview.table import LinesTable
from model.labels import AWAITED
from model.values.money import format_fen

if TYPE_CHECKING:  # it brings sqlmodel, which the first paint does not wait for
    from storage.store.summaries import ProjectSummary

AT_ONCE = 500
_TITLE_LINE = 30
"""Pixels the name of a project has beside its tabs: where a page is named it stands at the same height."""
LATER_MS = 150
"""With more projects than ``AT_ONCE`` a page follows changes after so many milliseconds, several together."""


class OverviewPage(QWidget):
    """Shows the group on screen, from the lines of the project list alone; no project is read.

    Signals:
        left(): the person wants to go back to where they came from.
        entered(): the person opened a project and wants to go on in it.
    """

    left = Signal()
    entered = Signal()

    def __init__(self, document: Document, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("年度和单位")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document = document
        self._shown: Group | None = None
        self._last: str | Group | None = None
        self.message = MessageStrip(appearance)
        head = QWidget(self)
        head.setObjectName("pageHeader")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = ElidedLabel(head)
        self.title.setObjectName("pageTitle")
        self.year = QLabel(head)
        self.year.setObjectName("pageSubtitle")
        self.states = CountsLine(appearance, head)
        self.sums = CountsLine(appearance, head)
        self.rows = LinesModel(self)
        self.table = LinesTable(self.rows, appearance, self)
        self.empty = QLabel("这里没有项目了。按 Esc 回到前一页，刚删除的可用“撤销”（Ctrl+Z）恢复。", self)
        self.empty.setProperty("muted", "true")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.empty.setContentsMargins(14, 40, 14, 14)
        self._came: list[ProjectSummary] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self.setFocusProxy(self.table)
        self._lay_out(head)
        self._later.timeout.connect(self._refresh)
        self.table.opened.connect(self._open)
        self.table.left.connect(self.left)
        self.table.chosen.connect(self._choose)
        document.project_switched.connect(self._switch)
        document.summaries_changed.connect(self._follow)
        document.settings_changed.connect(self._refresh)
        document.told_changed.connect(self._refresh)
        appearance.changed.connect(lambda _theme: self.table.fit())

    def _lay_out(self, head: QWidget) -> None:
        name = QHBoxLayout()
        name.setSpacing(10)
        name.addWidget(self.title)
        name.addWidget(self.year, 0, Qt.AlignmentFlag.AlignBottom)
        name.addStretch(1)
        line = QWidget(head)
        line.setMinimumHeight(_TITLE_LINE)
        around = QVBoxLayout(line)
        around.setContentsMargins(0, 0, 0, 0)
        around.addStretch()
        around.addLayout(name)
        around.addStretch()
        top = QVBoxLayout(head)
        top.setContentsMargins(EDGE, 0, EDGE, 9)
        top.setSpacing(6)
        top.addWidget(line)
        top.addWidget(self.states)
        top.addWidget(self.sums)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.empty)
        layout.addWidget(self.table, 1)
        layout.addStretch()
        layout.addWidget(self.message)

    def sort_menu(self, parent: QWidget) -> QMenu:
        """排序, for those who have no mouse at the headings."""
        menu = QMenu("排序", parent)
        header = self.table.horizontalHeader()
        for number, title in ((-1, "列表顺序"), *((at, column.title) for at, column in enumerate(self.rows.columns))):
            entry = QAction(title, menu)
            entry.setCheckable(True)
            entry.setChecked(number == self.rows.sorted_by)
            entry.triggered.connect(self._sorter(number, header.sortIndicatorOrder()))
            menu.addAction(entry)
        return menu

    def _sorter(self, number: int, order: Qt.SortOrder) -> Callable[[], None]:
        """Orders by a column, the other way round when it is the one already."""
        is_ascending = order is Qt.SortOrder.AscendingOrder
        turned = Qt.SortOrder.DescendingOrder if is_ascending else Qt.SortOrder.AscendingOrder
        wanted = turned if number == self.rows.sorted_by and number >= 0 else Qt.SortOrder.AscendingOrder
        return lambda: self.table.horizontalHeader().setSortIndicator(number, wanted)

    # What is shown

    def _switch(self) -> None:
        group, project = self._document.group, self._document.saved_project
        if group is not None:
            self._shown = None
            self._refresh()
        self._last = group or (project.id if project is not None else None)

    def _follow(self, change: ListChange) -> None:
        group = self._document.group
        if group is None or change.is_new:
            return
        self._came += [after for before, after in change.lines if before is None and after is not None]
        if len(self._document.projects.of(group)) <= AT_ONCE:
            self._refresh()
        elif not self._later.isActive():
            self._later.start()

    def _refresh(self) -> None:
        """Show the list as it is; what just came into it is chosen, else what was, or what stands there now."""
        group, came, self._came = self._document.group, self._came, []
        if group is None:
            return
        summaries = self._document.projects.of(group)
        rounding = self._document.settings.profile(group.year).rate_rounding
        awaited = self._document.awaited_errors
        self._show_head(group, totals_of(summaries, rounding, awaited))
        is_same = group == self._shown
        keeps, stood = ([line.opens for line in self.table.selected()] if is_same else []), self.table.selected_rows()
        if self.rows.show_lines(group, lines_of(group, summaries, rounding, awaited)) or not is_same:
            opened = [Group.of(one) if group.unit is None else one.id for one in came]
            self._stand_on(group, opened if any(self.rows.row_of(one) >= 0 for one in opened) else keeps, stood)
        self._shown = group
        self.table.horizontalHeader().setSortIndicator(self.rows.sorted_by, self.rows.order)
        self.table.fit()
        self.table.setVisible(bool(summaries))
        self.empty.setVisible(not summaries)

    def _stand_on(self, group: Group, keeps: Sequence[str | Group], stood: Sequence[int]) -> None:
        """Stand on what is wanted; where it went, on what took its place; without any on what one comes from."""
        wanted = [self.rows.row_of(one) for one in keeps] or [self._row_of_last(group)]
        rows = [row for row in wanted if row >= 0]
        if self.rows.rowCount():
            place = stood[0] if keeps and stood else 0
            self.table.select(rows or [min(place, self.rows.rowCount() - 1)])

    def _row_of_last(self, group: Group) -> int:
        last = self._last
        if isinstance(last, str) and group.unit is None:
            summary = self._document.projects.get(last)
            last = Group.of(summary) if summary is not None else None
        return self.rows.row_of(last)

    def _show_head(self, group: Group, totals: Totals) -> None:
        is_unit = group.unit is not None
        self.title.set_full_text(group.name)
        self.year.setText(f"{group.year} 年度")
        self.year.setVisible(is_unit)
        units = () if is_unit else (Count("单位", f"{len(set(map(Group.of, self._document.projects.of(group))))} 个"),)
        marks = (
            Count(name, f"{totals.marks[mark]} 个", mark) for mark, name in MARK_NAMES.items() if totals.marks.get(mark)
        )
        self.states.show_counts(*units, Count("项目", f"{totals.count} 个"), *marks)
        call(self.table, f"{group.name}{f' {group.year} 年度' if is_unit else ''}的{'项目' if is_unit else '单位'}")
        self.sums.show_counts(*_sums(totals))

    def _choose(self) -> None:
        """Commands act on the selected rows while the keyboard is in the list."""
        if self.table.hasFocus():
            self._document.choose(key for line in self.table.selected() for key in line.projects)

    def _open(self, line: Line) -> None:
        if isinstance(line.opens, Group):
            self._document.select_group(line.opens)
        else:
            self._document.select_project(line.opens)
            if self._document.saved_project is not None:
                self.entered.emit()


def _sums(totals: Totals) -> list[Count]:
    """What the projects come to; what none of them has is not spoken of."""
    sums = []
    if totals.with_amount:
        sums.append(Count("申请总额", f"{format_fen(totals.fen)} 元"))
        if totals.with_amount < totals.count and not totals.with_budget:
            sums.append(Count("没有申请总额", f"{totals.count - totals.with_amount} 个"))
    if totals.with_budget:
        sums.append(Count("全年预算", f"{format_fen(totals.budget_fen)} 元"))
    if totals.rate is not None:
        part = f"（{totals.count} 个项目中 {totals.with_rate} 个有执行数）" if totals.with_rate < totals.count else ""
        sums.append(Count("执行率", f"{totals.rate}%{part}"))
    if totals.mean is not None:
        sums.append(Count("平均总分", f"{totals.mean}（{totals.scored} 个已自评）"))
    if totals.grades:
        sums.append(Count("等次", "、".join(f"{grade} {count} 个" for grade, count in totals.grades.items())))
    kinds = (("个错误", totals.errors), (f"处{AWAITED}", totals.awaited), ("个警告", totals.warnings))
    found = "，".join(f"{number} {kind}" for kind, number in kinds if number)
    return [*sums, Count("问题", f"共 {found}")] if found else sums
