"""The item model of the grid: one row after another, as they stand on the printed form."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from gui.document.document import Document
from gui.table.cells import CellView, LevelView, LineView, TotalView, spoken_cell
from gui.table.columns import LEVEL1, LEVEL2, NAME, POINTS, SCORE, Column, column_of, columns_of
from gui.table.kept import KeptLevels
from gui.table.line_views import LevelKey, LineViews, tool_tip
from gui.table.past import PastLines
from gui.table.rows import Key, Levels, Row, RowKind, line_key, rows_of
from model.records import Form, Indicator
from model.rules import levels_asked_for
from model.values.taxonomy import LEVELS, level1_of

AnyIndex = QModelIndex | QPersistentModelIndex

ADD = "＋ 添加指标"
MOVES_AT_MOST = 200
"""More rows than these out of place are told as a reset: telling each would take longer."""


class Role(IntEnum):
    """What the painter asks for beyond Qt's own roles: the CellView of a cell of a line."""

    CELL = Qt.ItemDataRole.UserRole + 1


class GridModel(QAbstractTableModel):
    """Follows the document and never changes anything itself.

    A field edit is told as the cells that changed; rows come, go and move one by one, so that selection and editor
    stay where they are. Another project resets the model.

    Signals:
        levels_changed(): labels, lines or subtotals of the levels are not what they were, or the totals.
    """

    levels_changed = Signal()

    def __init__(self, document: Document, form: Form, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._form = form
        self._columns = columns_of(form)
        self._rows: tuple[Row, ...] = ()
        self._at: dict[Key, int] = {}
        self._bounds: tuple[dict[int, tuple[int, int]], dict[int, tuple[int, int]]] = ({}, {})
        self._first_run: dict[LevelKey, int] = {}
        self._past = PastLines(document, form)
        self._said = LineViews(document, form, self._past)
        self._folded: frozenset[str] = frozenset()
        self._shortened: dict[int, int] = {}
        self._headed_by: int | None = None
        self._all_levels_shown = False
        self.kept_levels = KeptLevels()
        self._arranged: object = None
        document.project_switched.connect(self._reset)
        document.project_changed.connect(self._refresh)
        document.told_changed.connect(self._refresh)
        document.settings_changed.connect(self._read_anew)
        self._reset()

    # Which row is which

    @property
    def form(self) -> Form:
        """The form whose lines these are."""
        return self._form

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns from left to right."""
        return self._columns

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows from top to bottom."""
        return self._rows

    def row(self, index: AnyIndex) -> Row | None:
        """The row an index is in; None for no row, also for one that is gone."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def line_id(self, index: AnyIndex) -> str:
        """The line an index is in, "" for a row of another kind or none."""
        row = self.row(index)
        return row.line_id if row is not None else ""

    def line_ids(self) -> tuple[str, ...]:
        """The lines from top to bottom, folded ones too."""
        return tuple(line_id for row in self._rows for line_id in row.line_ids)

    def field(self, index: AnyIndex) -> str:
        """The record field of an index's column."""
        return self._columns[index.column()].field

    def index_of(self, line_id: str, field: str = NAME) -> QModelIndex:
        """The cell of a line; an invalid index when there is no such line, or it is folded away."""
        return self.index_of_key(line_key(line_id), field)

    def called(self, line_id: str) -> str:
        """What a line is called where it is spoken of; "" for one that is not there."""
        return self._said.called(line_id)

    def index_of_key(self, key: Key, field: str = NAME) -> QModelIndex:
        """The cell of a row; an invalid index when it is not there."""
        at = self._at.get(key)
        return self.index(at, column_of(self._form, field)) if at is not None else QModelIndex()

    def index_of_level(self, level: str) -> QModelIndex:
        """Where a line of a 一级 or 二级指标 would be typed: its row without a line, else its first row."""
        rows = [at for at, row in enumerate(self._rows) if row.kind is not RowKind.NEW and level in row.levels]
        vacant = [at for at in rows if self._rows[at].kind is RowKind.VACANT]
        at = next(iter(vacant or rows), None)
        return self.index(at, column_of(self._form, NAME)) if at is not None else QModelIndex()

    def group(self, row: int, level: int) -> tuple[int, int]:
        """The first and the last row of the 一级 (0) or 二级指标 (1) a row stands in."""
        return self._bounds[level][self._rows[row].runs[level]]

    # What they say

    def cell(self, row: int, column: int) -> CellView | None:
        """What a cell of a line says; None for a row of another kind."""
        view = self._said.line(self._rows[row].line_id)
        return view.cells[column] if view is not None else None

    def level(self, row: int, level: int) -> LevelView:
        """What the 一级 (0) or 二级指标 (1) of a row says; the second of several runs has no subtotal."""
        levels = self._rows[row].levels
        key = (levels[0], levels[1] if level else None)
        return self._said.level(key, is_first_run=self._first_run[key] == self._rows[row].runs[level])

    @property
    def total(self) -> TotalView:
        """The row of the totals."""
        return self._said.total

    def numbers(self, column: int) -> tuple[str, ...]:
        """Every different text of a column of numbers."""
        return self._said.numbers(column)

    def tags(self, column: int) -> set[str]:
        """Every different tag in the cells of a column."""
        return self._said.tags(column)

    # What is shown of it

    def set_past_shown(self, shown: bool) -> None:
        """Look at the earlier year, or not, because its columns are shown or hidden."""
        if self._past.is_wanted is not shown:
            self._past.is_wanted = shown
            self._refresh()

    def shorten(self, column: int, by: int) -> None:
        """Head a column by one of its :meth:`titles`, because there is no room for a longer one."""
        if self._shortened.get(column, 0) != by:
            self._shortened[column] = by
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, column, column)

    def title(self, column: int) -> str:
        """The title of a column, however narrow it is."""
        return self.titles(column)[0]

    def titles(self, column: int) -> tuple[str, ...]:
        """The title of a column and the shorter words for it, the longest first."""
        return self._past.titles(self._columns[column])

    @property
    def all_levels_shown(self) -> bool:
        """Whether every 二级指标 of the official list has a row."""
        return self._all_levels_shown

    def set_all_levels_shown(self, shown: bool) -> None:
        """Give every official 二级指标 a row, or only those that have lines or are asked for."""
        self._all_levels_shown = shown
        self._refresh()

    def show_level(self, level: str) -> None:
        """Give a 二级指标 without lines a row, which stays with the project on screen until it is dropped."""
        level2 = level if level1_of(level) else next(iter(LEVELS.get(level, ())), "")
        project = self._document.saved_project
        if level2 and project is not None and not self.index_of_level(level).isValid():
            self.kept_levels.keep(project.id, level2)
            self._refresh()

    def drop_level(self, level2: str) -> None:
        """Take the row of a 二级指标 without lines away, unless a rule asks for it."""
        project = self._document.saved_project
        if project is not None:
            self.kept_levels.drop(project.id, level2)
            self._refresh()

    @property
    def folded(self) -> frozenset[str]:
        """The 一级指标 whose lines are folded away."""
        return self._folded

    def set_folded(self, labels: Collection[str]) -> None:
        """Fold the lines of these 一级指标 away, and no others."""
        self._folded = frozenset(labels)
        self._refresh()

    # Qt's side

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 Qt's signature
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 Qt's signature
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Every cell can be chosen and typed in; what is folded away, and what was, can only be chosen."""
        row = self.row(index)
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_read = row.kind is RowKind.FOLDED or self._columns[index.column()].is_past
        return flags if is_read else flags | Qt.ItemFlag.ItemIsEditable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The column titles; for a screen reader the levels and the name of each row."""
        if orientation is Qt.Orientation.Vertical:
            return self._row_title(section) if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self._columns):
            return None
        by = self._shortened.get(section, 0)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.titles(section)[min(by, len(self._columns[section].words))]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.title(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.title(section) if by else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self._columns[section].stands_right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts and marks of a cell."""
        row = self.row(index)
        if row is None:
            return None
        cell = self.cell(index.row(), index.column())
        if cell is not None:
            return self._line_data(self._said.lines[row.line_id], cell, self.field(index), role)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._other_text(index.row(), self.field(index))
        return "" if role == Qt.ItemDataRole.EditRole else None

    def _line_data(self, view: LineView, cell: CellView, field: str, role: int) -> object:
        match role:
            case Role.CELL:
                return cell
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.EditRole:
                return cell.edit_text
            case Qt.ItemDataRole.ToolTipRole:
                return tool_tip(view, cell, field)
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken_cell(cell)
            case Qt.ItemDataRole.AccessibleDescriptionRole if field == SCORE and view.score is not None:
                return view.score.explanation
            case _:
                return None

    def _other_text(self, at: int, field: str) -> str:
        row = self._rows[at]
        if field in {LEVEL1, LEVEL2}:
            level = (LEVEL1, LEVEL2).index(field)
            return "" if row.kind is RowKind.NEW else row.levels[level]
        if row.kind is RowKind.FOLDED:
            view = self.level(at, 0)
            return {NAME: self._said.folded_words(row.line_ids), POINTS: view.points, SCORE: view.score}.get(field, "")
        if field != NAME:
            return ""
        return f"{ADD}到“{row.levels[1]}”" if row.kind is RowKind.NEW and row.levels[1] else ADD

    def _row_title(self, at: int) -> str | None:
        if not 0 <= at < len(self._rows):
            return None
        row = self._rows[at]
        name = self.called(row.line_id) or self._other_text(at, NAME)
        return " › ".join(part for part in (*row.levels, name) if part)

    # Following the document

    def _reset(self) -> None:
        self.beginResetModel()
        self._said.forget()
        self._said.look(self._content() or ())
        self._arranged = self._arrangement()
        self._take(self._wanted())
        self.endResetModel()
        self._tell_year()

    def _refresh(self) -> None:
        before = self._said.lines
        levels_changed = self._said.look(self._content() or ())
        arranged = self._arrangement()
        if self._arranged != arranged:
            self._arranged = arranged
            self._arrange(self._wanted())
        for line_id, view in self._said.lines.items():
            old = before.get(line_id)
            if old is not None and old is not view:
                self._tell(line_id, old, view)
        if levels_changed:
            self.levels_changed.emit()
        self._tell_year()

    def _tell_year(self) -> None:
        """Tell the views that the columns of the earlier year name another one."""
        if self._headed_by != self._past.year:
            self._headed_by = self._past.year
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def _arrangement(self) -> object:
        """What the rows follow from."""
        lines = self._content()
        order = None if lines is None else tuple((line.id, line.level1, line.level2) for line in lines)
        return order, self._vacant(lines), self._folded

    def _read_anew(self) -> None:
        """Settings changed: units may read differently everywhere."""
        self._said.distrust()
        self._refresh()

    def _content(self) -> tuple[Indicator, ...] | None:
        """The lines of the form; None while it has not been started."""
        project = self._document.project
        content = project.form(self._form) if project is not None else None
        return content.indicators if content is not None else None

    def _wanted(self) -> tuple[Row, ...]:
        lines = self._content()
        saved = self._document.saved_project
        has_lines = saved is not None and bool(saved.indicators(self._form))
        return () if lines is None else rows_of(lines, self._vacant(lines), self._folded, has_lines=has_lines)

    def _vacant(self, lines: Sequence[Indicator] | None) -> tuple[Levels, ...]:
        """The 二级指标 that get a row of their own though no line stands under them."""
        project = self._document.project
        if lines is None or project is None:
            return ()
        if self._all_levels_shown:
            return tuple((level1, level2) for level1, below in LEVELS.items() for level2 in below)
        asked = levels_asked_for(project.year, self._document.settings.thresholds)
        if not lines:
            return asked
        missing = self.kept_levels.of(project.id) | {
            finding.place.level for finding in self._document.levels_missed if finding.place.form is self._form
        }
        plain = tuple(levels for levels in asked if missing & set(levels))
        named = {level2 for _, level2 in plain}
        others = tuple((level1_of(level) or "", level) for level in sorted(missing) if level1_of(level))
        return (*plain, *(levels for levels in others if levels[1] not in named))

    # Rows come, go and move

    def _take(self, rows: tuple[Row, ...]) -> None:
        self._rows = rows
        self._at = {row.key: at for at, row in enumerate(rows)}
        self._bounds = ({}, {})
        self._first_run = {}
        for at, row in enumerate(rows):
            for level, run in enumerate(row.runs):
                first, _ = self._bounds[level].get(run, (at, at))
                self._bounds[level][run] = (first, at)
                self._first_run.setdefault((row.levels[0], row.levels[1] if level else None), run)

    def _arrange(self, wanted: tuple[Row, ...]) -> None:
        """Bring the rows there are to those that should be, telling the views every step."""
        keys = {row.key for row in wanted}
        kept = [row.key for row in self._rows if row.key in keys]
        there = set(kept)
        if sum(one != other for one, other in zip(kept, (k.key for k in wanted if k.key in there), strict=True)) > (
            MOVES_AT_MOST
        ):
            self.beginResetModel()
            self._take(wanted)
            self.endResetModel()
            return
        self._remove_all_but(keys)
        self._bring_in(wanted)
        self._take(wanted)

    def _remove_all_but(self, keys: set[Key]) -> None:
        last = len(self._rows) - 1
        while last >= 0:
            if self._rows[last].key in keys:
                last -= 1
                continue
            first = last
            while first > 0 and self._rows[first - 1].key not in keys:
                first -= 1
            self.beginRemoveRows(QModelIndex(), first, last)
            self._take(self._rows[:first] + self._rows[last + 1 :])
            self.endRemoveRows()
            last = first - 1

    def _bring_in(self, wanted: tuple[Row, ...]) -> None:
        there = {row.key for row in self._rows}
        at = 0
        while at < len(wanted):
            key = wanted[at].key
            if at < len(self._rows) and self._rows[at].key == key:
                at += 1
            elif key in there:
                source = self._at[key]
                self.beginMoveRows(QModelIndex(), source, source, QModelIndex(), at)
                rest = self._rows[:source] + self._rows[source + 1 :]
                self._take((*rest[:at], self._rows[source], *rest[at:]))
                self.endMoveRows()
            else:
                end = at
                while end < len(wanted) and wanted[end].key not in there:
                    end += 1
                self.beginInsertRows(QModelIndex(), at, end - 1)
                self._take(self._rows[:at] + wanted[at:end] + self._rows[at:])
                self.endInsertRows()
                at = end

    # Telling the views

    def _tell(self, line_id: str, old: LineView, new: LineView) -> None:
        at = self._at.get(line_key(line_id))
        if at is None:
            return
        changed = [column for column in range(len(self._columns)) if old.cells[column] != new.cells[column]]
        while changed:
            last = first = changed.pop(0)
            while changed and changed[0] == last + 1:
                last = changed.pop(0)
            self.dataChanged.emit(self.index(at, first), self.index(at, last))
