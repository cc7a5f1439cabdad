"""项目, the left panel: 年度 → 单位 → 项目 with a filter; the current row is what is on screen."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.desk import system_look
from gui.desk.choices import Choice
from gui.desk.search_field import SearchField
from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.document.project_list import Group, ListChange
from gui.navigator.chips import KindChips
from gui.navigator.marks import Kind
from gui.navigator.model import NavigatorModel, stands_alike
from gui.navigator.painting import NavigatorDelegate
from gui.navigator.tree_view import NavigatorTree

EXPANDED_UP_TO = 300
"""With more projects than this, only the branch of the project on screen is open."""

_MARGIN = 8
"""Pixels left and right of the fields above the list."""


class Navigator(QWidget):
    """Filter and tree.

    Signals:
        entered(): the person wants to go on with the keyboard in what is on screen.
        told(str): how many projects the filter leaves.
    """

    entered = Signal()
    told = Signal(str)

    def __init__(self, document: Document, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigator")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("项目")
        self._document = document
        self.rows = NavigatorModel(document, self)
        self.years = Choice(self)
        self.years.setAccessibleName("列出哪个年度")
        self.filter = SearchField("筛选项目", "筛选…", self)
        self.filter.setAcceptDrops(False)  # files go on to the window
        self._hits = (-1, -1)
        self._shown_id = ""
        self._year_left: int | None = None
        """The year a person chose, where that of what came on screen is listed since."""
        self._given: list[str] = []
        """The projects that were chosen here last."""
        self._turned: set[Group] = set()
        """Headings that are not open or folded as all are at first."""
        self._chips = KindChips(self)  # before the tree, for the Tab key
        self.kinds = self._chips.group
        self._take_width()
        self.tree = NavigatorTree(self)
        self.tree.setModel(self.rows)
        self.tree.setItemDelegate(NavigatorDelegate(appearance, self.tree, self.rows, self))
        self.hits = QLabel(self)
        self.hits.setObjectName("navigatorHits")
        self.hits.setWordWrap(True)
        self.hits.setContentsMargins(8, 2, 8, 6)
        self.hits.hide()
        self.setFocusProxy(self.tree)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(6)
        top = QVBoxLayout()
        top.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        top.setSpacing(6)
        top.addWidget(self.years)
        top.addWidget(self.filter)
        top.addWidget(self._chips)
        layout.addLayout(top)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.hits)
        self._connect(appearance)
        self._chips.show_counts(self.rows.counts())
        self._list_years()
        self._start_over()

    def _connect(self, appearance: Appearance) -> None:
        document = self._document
        self.years.activated.connect(lambda _place: self._go_to_year())
        self.filter.textChanged.connect(self._filter)
        self.filter.returnPressed.connect(self._take_first)
        self._chips.chosen.connect(self._choose_kind)
        self.tree.entered.connect(self.entered)
        self.tree.all_wanted.connect(self._select_all)
        self.tree.focused.connect(self._choose)
        for signal in (self.tree.selectionModel().currentChanged, self.tree.selectionModel().selectionChanged):
            signal.connect(self._take_selection)
        appearance.changed.connect(self._take_width)
        appearance.changed.connect(lambda _theme: self.tree.viewport().update())
        document.project_switched.connect(self._follow_screen)
        document.summaries_changed.connect(self._follow_list)
        self.rows.rowsInserted.connect(self._open_new)
        self.tree.collapsed.connect(lambda index: self._note_turned(index, is_open=False))
        self.tree.expanded.connect(lambda index: self._note_turned(index, is_open=True))
        self.rows.hits_changed.connect(self._tell_hits)
        self.rows.counted.connect(lambda: self._chips.show_counts(self.rows.counts()))
        self.rows.names_changed.connect(self.tree.scheduleDelayedItemsLayout)
        self.tree.verticalScrollBar().valueChanged.connect(self._at_end)

    def _take_width(self) -> None:
        self._chips.fit()
        self.setMinimumWidth(max(round(150 * system_look.text_scale()), self._chips.least() + 2 * _MARGIN))

    def _choose_year(self) -> None:
        self.rows.set_year(self.years.currentData())
        self._take_other_list()

    def _go_to_year(self) -> None:
        """List another year, and show its first project where the one on screen is not of it."""
        self._year_left = None
        self._choose_year()
        shown, year = self._document.saved_project or self._document.group, self.years.currentData()
        if shown is not None and year not in {None, shown.year}:
            self._stand_on_first()

    def end_selection(self) -> None:
        """The project on screen is worked on: no other one stays selected, which a key might act on unawares."""
        if not self.tree.hasFocus() and len(self.tree.selectionModel().selectedRows()) > 1:
            self.tree.selectionModel().clear()
            self.follow()
            self._document.choose(())

    def _follow_screen(self) -> None:
        """Stand on what came on screen; where it is of another year, say a copy, list that year."""
        project = self._document.saved_project
        if project is not None or self._document.projects.get(self._shown_id) is not None:
            self._shown_id = project.id if project is not None else ""
        shown = project or self._document.group
        if shown is not None and self.years.currentData() not in {None, shown.year}:
            self._year_left = self._year_left or self.years.currentData()
            self.years.setCurrentIndex(max(0, self.years.findData(shown.year)))
            self._choose_year()
        self.follow()

    def _list_years(self) -> None:
        """Offer the years there are projects of; the one that is chosen stays while it has any, then the one before."""
        years = self._document.projects.years
        if self.years.count() and years == [self.years.itemData(place) for place in range(1, self.years.count())]:
            return
        chosen = self.years.currentData()
        self.years.clear()
        self.years.addItem("全部年度", None)
        for year in years:
            self.years.addItem(f"{year} 年度", year)
        found = (self.years.findData(year) for year in (chosen, self._year_left) if year is not None)
        self.years.setCurrentIndex(next((place for place in found if place > 0), 0))
        if self.years.currentData() != chosen:
            self._choose_year()

    def _choose_kind(self, kind: Kind) -> None:
        self.rows.set_kind(kind)
        self._take_other_list()

    def _take_other_list(self) -> None:
        """Other projects are listed: what was selected among those that were is not acted on any more."""
        self._expand()
        self.follow()
        if len(self._given) > 1 and {one.id for one in self._document.chosen} == set(self._given):
            self._give(self.chosen())

    def follow(self) -> None:
        """Stand on the project or the list on screen, if the filter shows its row."""
        project, group = self._document.saved_project, self._document.group
        index = QModelIndex()
        if project is not None:
            index = self.rows.index_of(project.id)
        elif group is not None:
            index = self.rows.index_of_group(group)
        if index.isValid():
            if index != self.tree.currentIndex():
                self.tree.stand_on(index)
            self.tree.scrollTo(index)
        elif self.tree.currentIndex().isValid():
            self.tree.selectionModel().clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ in the filter goes into the list, Esc empties it."""
        if self.filter.hasFocus() and event.key() == Qt.Key.Key_Down:
            self.tree.setFocus()
        elif self.filter.hasFocus() and event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        else:
            super().keyPressEvent(event)

    def chosen(self) -> list[str]:
        """The projects of the selected rows. Headings stand for all that fits the filter: where there are only
        headings, and those that are folded."""
        indexes = self.tree.selectionModel().selectedRows()
        projects = [project_id for index in indexes if (project_id := self.rows.project_id(index))]
        headings = [
            group
            for index in indexes
            if (group := self.rows.group(index)) is not None and not (projects and self.tree.isExpanded(index))
        ]
        return list(dict.fromkeys([*projects, *(one for group in headings for one in self.rows.hits_of(group))]))

    def _choose(self) -> None:
        """Commands act on what is chosen here while the keyboard is here."""
        if self.tree.hasFocus():
            self._give(self.chosen())

    def _give(self, ids: list[str]) -> None:
        self._given = ids
        self._document.choose(ids)

    def _select_all(self) -> None:
        self.rows.show_all()
        self._expand()
        self.tree.selectAll()
        if not self.tree.currentIndex().isValid():  # else keys would act on nothing
            self.tree.selectionModel().setCurrentIndex(self._first(), QItemSelectionModel.SelectionFlag.NoUpdate)

    def _take_selection(self) -> None:
        """Show what one row stands for; of several only count what is chosen, what is on screen stays."""
        if self.rows.is_following:
            return  # each row that goes takes itself out of the selection: they are counted once, when all are gone
        indexes = self.tree.selectionModel().selectedRows()
        if len(indexes) == 1 and indexes[0] == self.tree.currentIndex():
            self._select(indexes[0])
        chosen = self.chosen()
        if self.tree.hasFocus():
            self._give(chosen)
        self._tell_hits(*self._hits, chosen=len(chosen) if len(indexes) > 1 else 0)

    def _select(self, current: QModelIndex) -> None:
        document, project_id, group = self._document, self.rows.project_id(current), self.rows.group(current)
        if project_id:
            document.select_project(project_id)
            shown = document.saved_project
            is_shown = shown is not None and shown.id == project_id
        elif group is not None:
            document.select_group(group)
            is_shown = document.group == group
        else:
            return
        if not is_shown:  # what is on screen could not be left, or the other one not be read
            QTimer.singleShot(0, self, self.follow)

    def _filter(self, text: str) -> None:
        self.rows.set_text(text)
        self._take_other_list()

    def _tell_hits(self, hits: int, listed: int, chosen: int = 0) -> None:
        """Say how many are chosen, how many fit where not all of them are listed, and that there is none."""
        self._hits = hits, listed
        text = f"共 {hits} 个项目符合，列出前 {listed} 个" if hits > listed else ""
        if hits == 0:
            text = "没有符合的项目。按“全部”并清空筛选，可看到所有项目。"
        if chosen:
            text = f"已选 {chosen} 个项目"
        self.hits.setText(text)
        # that there is none is said where the first would stand, what is listed or chosen below the list
        self._column.removeWidget(self.hits)
        self._column.insertWidget(1 if hits == 0 else self._column.count(), self.hits)
        self.hits.setVisible(bool(text))
        if hits >= 0:
            self.told.emit(text or f"{hits} 个项目符合")

    def _at_end(self, value: int) -> None:
        bar = self.tree.verticalScrollBar()
        if self.rows.is_filtered and bar.maximum() and value == bar.maximum():
            self.rows.show_more()
            self._expand()
            bar.setValue(value)
            if len(self.tree.selectionModel().selectedRows()) > 1:
                self._take_selection()

    def _take_first(self) -> None:
        if self._stand_on_first():
            self.tree.setFocus()

    def _stand_on_first(self) -> bool:
        """Show the first project that is listed; whether there is one."""
        index = self._first()
        if index.isValid():
            self.tree.stand_on(index)
        return index.isValid()

    def _first(self) -> QModelIndex:
        index = self.rows.index(0, 0)
        while index.isValid() and not self.rows.project_id(index):
            index = self.rows.index(0, 0, index)
        return index

    def _follow_list(self, change: ListChange) -> None:
        if change.is_new:
            self._turned.clear()
            self._year_left = None
            self.years.setCurrentIndex(0)
            self._list_years()
            self._start_over()
        else:
            self._list_years()
            self._take_neighbour(change)
            self._take_selection()
            if not self.tree.selectionModel().hasSelection():
                self.follow()
            elif any(
                one and two and two.id == self._shown_id and not stands_alike(one, two) for one, two in change.lines
            ):
                self.tree.scrollTo(self.tree.currentIndex())  # another unit or year has it now

    def _take_neighbour(self, change: ListChange) -> None:
        """Where the project on screen is gone, the one that stands in its place now comes on screen."""
        gone = [before for before, after in change.lines if before is not None and after is None]
        here = next((one for one in gone if one.id == self._shown_id), None)
        if here is not None and self._document.saved_project is None:
            index = self.rows.neighbour_of(here)
            if index.isValid():
                self.tree.stand_on(index)

    def _start_over(self) -> None:
        self.filter.clear()
        self.kinds.button(0).setChecked(True)
        self._expand()
        self.follow()

    def _expand(self) -> None:
        """Open the headings of a list that was made anew; those of the whole list as they were left."""
        turned = () if self.rows.is_filtered else tuple(self._turned)
        if self.opens_all:
            self.tree.expandAll()  # each of them is told as opened
        for index in map(self.rows.index_of_group, turned):
            if index.isValid():
                self.tree.setExpanded(index, not self.opens_all)

    def _open_new(self, parent: QModelIndex, first: int, last: int) -> None:
        """Open headings that come; what is folded beside them stays so."""
        for row in range(first, last + 1) if self.opens_all else ():
            index = self.rows.index(row, 0, parent)
            group = self.rows.group(index)
            if group is not None and group not in self._turned:
                self.tree.expand(index)

    def _note_turned(self, index: QModelIndex, *, is_open: bool) -> None:
        group = self.rows.group(index)
        if group is not None and not self.rows.is_filtered:
            (self._turned.discard if is_open is self.opens_all else self._turned.add)(group)

    @property
    def opens_all(self) -> bool:
        """Whether headings are open unless somebody folded them."""
        return self.rows.listed <= EXPANDED_UP_TO
