"""The item model of the navigator: 年度 → 单位 → 项目, from the store's summaries, never from whole projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from enum import IntEnum
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from gui.document.document import Document
from gui.document.project_list import Group, ListChange, words_of
from gui.navigator.alike import Names
from gui.navigator.marks import KIND_MARKS, Kind, Mark, counts_of, mark_of
from gui.navigator.row_text import RowText, text_of
from gui.navigator.rows import Level, Order, Row, Rows, order_at
from model.awaited import filled_of

if TYPE_CHECKING:  # it brings sqlalchemy, which the first paint does not wait for
    from storage.store.summaries import ProjectSummary

AnyIndex = QModelIndex | QPersistentModelIndex

_LEVEL = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_PROJECT = _LEVEL | Qt.ItemFlag.ItemNeverHasChildren

SHOWN_AT_ONCE = 30
"""How many rows the hits of the filter take, years and units included; more when the list is scrolled to its end."""


class NavigatorRole(IntEnum):
    """What the navigator's delegate asks for beyond Qt's own roles."""

    LEVEL = Qt.ItemDataRole.UserRole + 1
    BADGE = Qt.ItemDataRole.UserRole + 2
    MARK = Qt.ItemDataRole.UserRole + 3
    PROJECT_ID = Qt.ItemDataRole.UserRole + 4


class NavigatorModel(QAbstractItemModel):
    """Follows the document's list of projects; newest year first. With a filter only the hits are there.

    Signals:
        hits_changed(int, int): how many projects fit the filter and how many of them are listed; -1 without a filter.
        names_changed(): a project came, went or is called something else: names beside it may look alike now.
        counted(): other numbers of projects are of each kind.
    """

    hits_changed = Signal(int, int)
    names_changed = Signal()
    counted = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._numbers = count(1)
        self._names = Names()
        self._everything = Rows(document.projects.all(), self._numbers)
        self._rows = self._everything
        self._words: list[str] = []
        self._kind = Kind.ALL
        self._year: int | None = None
        self._shown = SHOWN_AT_ONCE
        self._marks: dict[str, Mark] = {}
        self._counts: Counter[Mark] = Counter()
        self._mark_all()
        self.is_following = False
        """Whether rows are just coming and going with the document's list, one after the other."""
        document.summaries_changed.connect(self._follow)
        document.told_changed.connect(self._tell_marks)
        document.project_changed.connect(self._tell_typed)
        self._is_typed_in = False
        self._typed: tuple[int, RowText] | None = None
        """The row of the project that is typed in, and what it says, as long as nothing else was told of it."""

    # Which row is which

    def project_id(self, index: AnyIndex) -> str:
        """The project of a row, "" for a year or a unit."""
        summary = self._row(index).summary
        return summary.id if summary is not None else ""

    def index_of(self, project_id: str) -> QModelIndex:
        """The row of a project; an invalid index when it is not listed."""
        row = self._rows.by_project.get(project_id)
        return self._index(row) if row is not None else QModelIndex()

    def neighbour_of(self, gone: ProjectSummary) -> QModelIndex:
        """The row that took the place of a project that is gone; an invalid index when no project is listed."""
        row = self._rows.neighbour(gone)
        return self._index(row) if row is not None else QModelIndex()

    def group(self, index: AnyIndex) -> Group | None:
        """The year or the unit's year a row heads, None for a project."""
        row = self._row(index)
        if row.level is Level.YEAR:
            return Group(-row.order[0])
        if row.level is Level.UNIT and row.parent is not None:
            return Group(-row.parent.order[0], row.order[1])
        return None

    def is_on_screen(self, index: AnyIndex) -> bool:
        """Whether a row is the project that is open, or the list in its place."""
        project, group = self._document.saved_project, self._document.group
        if project is not None:
            return self.project_id(index) == project.id
        return group is not None and self.group(index) == group

    def index_of_group(self, group: Group) -> QModelIndex:
        """The row that heads a year or a unit's year; an invalid index when none of its projects is listed."""
        year = self._rows.root.child((-group.year, "", 0))
        if year is None or group.unit is None:
            return self._index(year) if year is not None else QModelIndex()
        unit = year.child((0, group.unit, 0))
        return self._index(unit) if unit is not None else QModelIndex()

    def level(self, index: AnyIndex) -> Level | None:
        """What a row stands for; for the delegate, which asks for every row of a list of many hundred."""
        return self._row(index).level

    def badge(self, index: AnyIndex) -> str:
        """What stands at the right edge of a row: how many there are of what its mark says, or its score."""
        row = self._row(index)
        return self._text(row).badge if row.level is not None else ""

    def widest_badge(self, index: AnyIndex) -> str:
        """What the name of a row leaves room for at its right edge."""
        return self._text(self._row(index)).widest

    def label(self, index: AnyIndex) -> str:
        """What a row is called."""
        row = self._row(index)
        return self._text(row).label if row.level is not None else ""

    def is_told_apart(self, index: AnyIndex, name: str, length: int) -> bool:
        """Whether the first so many characters of a project's name tell it from the others listed of its unit."""
        return self._names.is_told_apart(self._row(index), name, length)

    # Filter

    @property
    def is_filtered(self) -> bool:
        """Whether only the hits are listed."""
        return bool(self._words) or self._kind is not Kind.ALL or self._year is not None

    def set_text(self, text: str) -> None:
        """List the projects whose name, unit or year contain every word; none lists everything."""
        words = text.casefold().split()
        self._document.library.rest()
        if words != self._words:
            self._words = words
            self._shown = SHOWN_AT_ONCE
            self._filter()
            self._count_all()

    def set_kind(self, kind: Kind) -> None:
        """List the projects of a kind."""
        if kind is not self._kind:
            self._kind = kind
            self._shown = SHOWN_AT_ONCE
            self._filter()

    def set_year(self, year: int | None) -> None:
        """List the projects of one year; None lists those of all."""
        if year != self._year:
            self._year = year
            self._shown = SHOWN_AT_ONCE
            self._filter()
            self._count_all()

    def show_more(self) -> None:
        """List more of the hits, if there are more."""
        if self.is_filtered and len(self._hits()) > len(self._rows.by_project):
            self._list_up_to(self._shown + SHOWN_AT_ONCE)

    @property
    def listed(self) -> int:
        """How many projects have a row."""
        return len(self._rows.by_project)

    def show_all(self) -> None:
        """List every hit."""
        hits = len(self._hits()) if self.is_filtered else 0
        if hits > len(self._rows.by_project):
            self._list_up_to(3 * hits)

    def hits_of(self, group: Group) -> list[str]:
        """The projects of a year or a unit's year that fit the filter, also those that are not listed yet."""
        return [one.id for one in self._document.projects.of(group) if self._fits(one)]

    def counts(self) -> Mapping[Kind, int]:
        """How many projects there are of each kind, of those that fit the year and the words."""
        return {kind: sum(self._counts[mark] for mark in marks) for kind, marks in KIND_MARKS.items()}

    def _mark_all(self) -> None:
        self._marks = {one.id: self._mark(one) for one in self._document.projects.all()}
        self._count_all()

    def _count_all(self) -> None:
        found = self._document.projects.matching(self._words)
        self._counts = Counter(self._marks[one.id] for one in found if self._year in {None, one.year})
        self.counted.emit()

    def _count(self, before: ProjectSummary | None, after: ProjectSummary | None) -> None:
        """Follow one line, kept as it was counted: what is told of a project may have changed before its line does."""
        was = self._marks.pop(before.id, None) if before is not None else None
        if before is not None and was is not None and self._fits_words(before):
            self._counts[was] -= 1
        if after is not None:
            now = self._marks[after.id] = self._mark(after)
            self._counts[now] += self._fits_words(after)

    def _hits(self) -> list[ProjectSummary]:
        found = self._document.projects.matching(self._words)
        if self._kind is Kind.ALL and self._year is None:
            return found
        return [one for one in found if self._year in {None, one.year} and self._is_of_kind(one)]

    def _list_up_to(self, most: int) -> None:
        """List more of the hits: the rows that are there stay what they are, selected or open."""
        hits, self._shown = self._hits(), most
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        self._rows.take_in(hits, most)
        self.changePersistentIndexList(kept, [self._index(self._row(index)) for index in kept])
        self._names.forget()
        self.layoutChanged.emit()
        self.hits_changed.emit(len(hits), self.listed)

    def _filter(self) -> None:
        self.beginResetModel()
        hits = self._hits() if self.is_filtered else []
        self._rows = Rows(hits, self._numbers, self._shown) if self.is_filtered else self._everything
        self._names.forget()
        self.endResetModel()
        if self.is_filtered:
            self.hits_changed.emit(len(hits), len(self._rows.by_project))
        else:
            self.hits_changed.emit(-1, -1)

    # Qt's side

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008 Qt's signature
        """The index of a row, as Qt asks for it."""
        children = self._row(parent).children
        if 0 <= row < len(children) and column == 0:
            return self.createIndex(row, 0, children[row].number)
        return QModelIndex()

    def parent(self, index: AnyIndex) -> QModelIndex:  # type: ignore[override] # QObject.parent() is the other one
        """The year of a unit, the unit of a project."""
        row = self._row(index).parent
        return self._index(row) if row is not None else QModelIndex()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 Qt's signature
        """How many rows a row holds."""
        return len(self._row(parent).children)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 Qt's signature
        """One."""
        return 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The label of a row, its badge, and whole texts for tool tip and screen reader."""
        row = self._row(index)
        if row.level is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row).label
            case Qt.ItemDataRole.ToolTipRole:
                return self._text(row).tip
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._text(row).spoken
            case NavigatorRole.LEVEL:
                return row.level
            case NavigatorRole.BADGE:
                return self._text(row).badge
            case NavigatorRole.MARK:
                return self._text(row).mark
            case NavigatorRole.PROJECT_ID:
                return row.summary.id if row.summary is not None else ""
            case _:
                return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Every row can be selected."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _PROJECT if self._row(index).level is Level.PROJECT else _LEVEL

    # Following the list

    def _follow(self, change: ListChange) -> None:
        self._typed = None
        if change.is_new:
            self.beginResetModel()
            self._everything = Rows(self._document.projects.all(), self._numbers)
            self._rows = self._everything
            self._names.forget()
            self._words = []
            self._kind = Kind.ALL
            self._year = None
            self.endResetModel()
            self.hits_changed.emit(-1, -1)
            self._mark_all()
            return
        self.is_following, counts = True, self.counts()
        came_or_went = False
        for before, after in change.lines:
            self._count(before, after)
            if self._rows is not self._everything:
                self._take(self._everything, before, after, quietly=True)
                fits = after is not None and self._fits(after)
                came_or_went |= fits is not (before is not None and self._fits(before))
                self._take(self._rows, before, after if fits else None)
            else:
                self._take(self._everything, before, after)
        self.is_following = False
        if self.counts() != counts:
            self.counted.emit()
        if came_or_went:
            self.hits_changed.emit(len(self._hits()), self.listed)

    def _fits(self, summary: ProjectSummary) -> bool:
        return self._fits_words(summary) and self._is_of_kind(summary)

    def _fits_words(self, summary: ProjectSummary) -> bool:
        words = words_of(summary)
        return self._year in {None, summary.year} and all(word in words for word in self._words)

    def _take(
        self, rows: Rows, before: ProjectSummary | None, after: ProjectSummary | None, *, quietly: bool = False
    ) -> None:
        """Follow one line; ``quietly`` when no view looks at these rows."""
        row = rows.by_project.get(before.id) if before is not None else None
        if row is None and after is None:
            return
        if before is None or after is None or before.project_name != after.project_name:
            self._names.forget()
            self.names_changed.emit()
        if row is None:
            assert after is not None
            parent = self._unit(rows, after, quietly=quietly)
            self._begin_insert(parent, order_at(Level.PROJECT, after), quietly=quietly)
            rows.new(Level.PROJECT, after, parent)
            self._end_insert(quietly=quietly)
        elif after is None:
            self._remove(rows, row, quietly=quietly)
        elif before is not None and stands_alike(before, after):
            old = self._text(row)
            row.summary = after
            if not quietly and self._text(row) != old:
                index = self._index(row)
                self.dataChanged.emit(index, index)
        else:
            self._move(rows, row, after, quietly=quietly)

    def _move(self, rows: Rows, row: Row, after: ProjectSummary, *, quietly: bool) -> None:
        source = row.parent
        assert source is not None
        target = self._unit(rows, after, quietly=quietly)
        order, old = order_at(Level.PROJECT, after), row.place
        if not quietly:
            self.beginMoveRows(self._index(source), old, old, self._index(target), target.position(order))
        self._names.forget()
        source.children.pop(old)
        row.parent, row.order, row.summary = target, order, after
        target.children.insert(target.position(order), row)
        if not quietly:
            self.endMoveRows()
            self.dataChanged.emit(self._index(row), self._index(row))
        self._remove_if_empty(rows, source, quietly=quietly)

    def _unit(self, rows: Rows, summary: ProjectSummary, *, quietly: bool) -> Row:
        """The row of a project's unit, made with that of its year when they are not there."""
        parent = rows.root
        for level in (Level.YEAR, Level.UNIT):
            found = parent.child(order_at(level, summary))
            if found is None:
                self._begin_insert(parent, order_at(level, summary), quietly=quietly)
                found = rows.new(level, summary, parent)
                self._end_insert(quietly=quietly)
            parent = found
        return parent

    def _remove(self, rows: Rows, row: Row, *, quietly: bool) -> None:
        parent = row.parent
        assert parent is not None
        if not quietly:
            self.beginRemoveRows(self._index(parent), row.place, row.place)
        rows.forget(row)
        if not quietly:
            self.endRemoveRows()
        self._remove_if_empty(rows, parent, quietly=quietly)

    def _remove_if_empty(self, rows: Rows, row: Row, *, quietly: bool) -> None:
        if not row.children and row is not rows.root:
            self._remove(rows, row, quietly=quietly)

    def _begin_insert(self, parent: Row, order: Order, *, quietly: bool) -> None:
        if not quietly:
            position = parent.position(order)
            self.beginInsertRows(self._index(parent), position, position)

    def _end_insert(self, *, quietly: bool) -> None:
        if not quietly:
            self.endInsertRows()

    def _row(self, index: AnyIndex) -> Row:
        """The row of an index; the root for none, also for an index of a row that is gone."""
        root = self._rows.root
        return self._rows.by_number.get(index.internalId(), root) if index.isValid() else root

    def _text(self, row: Row) -> RowText:
        return text_of(row, self._told)

    def _told(self, summary: ProjectSummary) -> tuple[ProjectSummary, int]:
        """The line of a project and how many of its errors are told quietly.

        What is being typed counts, as it does above the form and among the problems.
        """
        document, project = self._document, self._document.project
        if not document.has_draft or project is None or project.id != summary.id:
            return summary, document.awaited_errors(summary.id)
        errors, awaited, warnings = counts_of(document.findings, document.awaits)
        typed = replace(
            summary,
            errors=errors + awaited,
            warnings=warnings,
            indicator_count=sum(len(project.indicators(form)) for form in project.forms),
            total_score=document.total_score,
            filled=filled_of(project, document.findings),
        )
        return typed, awaited

    def _tell_typed(self) -> None:
        """Of the project that is typed in, or was until now, the state may be another: most keys leave it as it is."""
        was_typed_in, self._is_typed_in = self._is_typed_in, self._document.has_draft
        here = self._document.saved_project
        row = self._rows.by_project.get(here.id) if here is not None else None
        is_typed = was_typed_in or self._is_typed_in
        before, self._typed = self._typed, (row.number, self._text(row)) if row is not None and is_typed else None
        if row is not None and is_typed and self._typed != before:
            self.dataChanged.emit(self._index(row), self._index(row))
        summary = self._document.projects.get(here.id) if here is not None and is_typed else None
        mark = self._typed[1].mark if self._typed else self._mark(summary) if summary is not None else None
        if summary is not None and self._marks.get(summary.id) is not mark:
            self._count(summary, summary)
            self.counted.emit()

    def _is_of_kind(self, summary: ProjectSummary) -> bool:
        """As it is in the file: no row goes while one types."""
        return mark_of(summary, self._document.awaited_errors(summary.id)) in KIND_MARKS[self._kind]

    def _mark(self, summary: ProjectSummary) -> Mark:
        return mark_of(*self._told(summary))

    def _tell_marks(self) -> None:
        """Of the project on screen, or of those that were checked, more is told than was."""
        here = self._document.saved_project
        shown = {one.id: one for one in self._document.chosen}
        if here is not None and (summary := self._document.projects.get(here.id)) is not None:
            shown[here.id] = summary
        self._follow(ListChange(tuple((one, one) for one in shown.values())))
        for one in shown:
            row = self._rows.by_project.get(one)
            if row is not None:
                self.dataChanged.emit(self._index(row), self._index(row))

    def _index(self, row: Row) -> QModelIndex:
        return self.createIndex(row.place, 0, row.number) if row.parent is not None else QModelIndex()


def stands_alike(before: ProjectSummary, after: ProjectSummary) -> bool:
    """Whether the row of a project stays where it is."""
    return (before.year, before.unit.strip(), before.place) == (after.year, after.unit.strip(), after.place)
