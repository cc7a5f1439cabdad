"""The item model of the list on a page: lines in the order somebody chose, followed without losing what is selected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.document.project_list import Group
from gui.navigator.marks import MARK_WORDS, Mark
from gui.overview.columns import NAME, Column, Key, columns_of
from gui.overview.lines import Line

AnyIndex = QModelIndex | QPersistentModelIndex

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class LineRole(IntEnum):
    """What the list's delegate asks for beyond Qt's own roles."""

    MARK = Qt.ItemDataRole.UserRole + 1


class LinesModel(QAbstractTableModel):
    """The lines of one group. ``sorted_by`` is the column they are ordered by, -1 for the order of the project list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._given: tuple[Line, ...] = ()
        self._lines: list[Line] = []
        self.columns: tuple[Column, ...] = columns_of(None)
        self.sorted_by = -1
        self._order = Qt.SortOrder.AscendingOrder
        self._orders: dict[str, tuple[str, bool]] = {}

    def show_lines(self, group: Group, lines: Sequence[Line]) -> bool:
        """Show the lines of a group; whether they are other rows than before, or stand elsewhere."""
        columns, was = columns_of(group, lines), [line.opens for line in self._lines]
        self._given = tuple(lines)
        if columns != self.columns:
            self.sorted_by = self._sorted_in(columns)
        ordered = self._in_order()
        if columns == self.columns and [line.opens for line in ordered] == was:
            self._lines = ordered
            if ordered:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ordered) - 1, len(columns) - 1))
            return False
        self.beginResetModel()
        self.columns, self._lines = columns, ordered
        self.endResetModel()
        return True

    def line(self, index: AnyIndex | int) -> Line | None:
        """The line of a row."""
        row = index if isinstance(index, int) else index.row()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, opens: str | Group | None) -> int:
        """The row of a project or a group, -1 when it is not listed."""
        return next((row for row, line in enumerate(self._lines) if line.opens == opens), -1)

    def found(self, typed: str, start: int) -> int:
        """The first row from ``start`` on, and then from the top, whose name has what was typed, -1 for none.

        Letters are also looked for as those the characters of the name begin with in pinyin.
        """
        wanted = typed.casefold()
        rows = [*range(start, len(self._lines)), *range(start)]
        fits = (row for row in rows if wanted in self._lines[row].name.casefold())
        found = next(fits, -1)
        if found < 0 and wanted.isascii() and wanted.isalnum():
            found = next((row for row in rows if _initials(self._lines[row].name).startswith(wanted)), -1)
        return found

    def copied(self, rows: Iterable[int]) -> list[list[str]]:
        """Some rows under their headings, as Excel and WPS take them."""
        cells = [[column.copy_of(self._lines[row]) for column in self.columns] for row in rows]
        return [[column.title for column in self.columns], *cells]

    # Qt's side

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 Qt's signature
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 Qt's signature
        """The columns of projects, or of units."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell; what a mark means, and whole names, as tool tip."""
        line = self.line(index)
        if line is None or not index.isValid():
            return None
        column = self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(line)
            case Qt.ItemDataRole.AccessibleTextRole:
                return column.spoken(line)
            case Qt.ItemDataRole.ToolTipRole:
                return _tip(index.column(), line)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column.is_number else _LEFT
            case LineRole.MARK:
                return line.mark if index.column() == 0 else None
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The headings; beside a row its name, for a screen reader."""
        if orientation is Qt.Orientation.Vertical:
            line = self.line(section)
            return line.name if line is not None and role == Qt.ItemDataRole.DisplayRole else None
        column = self.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip or f"按{column.title}排列"
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column.is_number else _LEFT
            case _:
                return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the lines; -1 brings the order of the project list back. What has nothing in the column goes last."""
        if (column, order) != (self.sorted_by, self._order):
            self._keep(column, order)
        self.sorted_by, self._order = column, order
        before = self._lines
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        self._lines = self._in_order()
        places = {line.opens: row for row, line in enumerate(self._lines)}
        moved = [self.index(places[before[one.row()].opens], one.column()) for one in old]
        self.changePersistentIndexList(old, moved)
        self.layoutChanged.emit()

    @property
    def order(self) -> Qt.SortOrder:
        """Which way round the lines are ordered."""
        return self._order

    @property
    def orders(self) -> dict[str, tuple[str, bool]]:
        """What the list of projects and that of units are ordered by, and whether downwards; none as the list goes."""
        return dict(self._orders)

    def take_orders(self, orders: Mapping[str, tuple[str, bool]]) -> None:
        """Order each list as it was left."""
        self._orders = dict(orders)
        self.sorted_by = self._sorted_in(self.columns)

    def _keep(self, column: int, order: Qt.SortOrder) -> None:
        """A person ordered this list; a column that only goes for a while is come back to."""
        listed = self.columns[NAME].title
        self._orders.pop(listed, None)
        if column >= 0:
            self._orders[listed] = (self.columns[column].title, order is Qt.SortOrder.DescendingOrder)

    def _sorted_in(self, columns: tuple[Column, ...]) -> int:
        """Where the column their list is ordered by stands among others, -1 where it went or there is none."""
        title, is_downwards = self._orders.get(columns[NAME].title, ("", False))
        self._order = Qt.SortOrder.DescendingOrder if is_downwards else Qt.SortOrder.AscendingOrder
        return next((at for at, column in enumerate(columns) if column.title == title), -1)

    def _in_order(self) -> list[Line]:
        if self.sorted_by < 0:
            return list(self._given)
        key = self.columns[self.sorted_by].key
        if self.sorted_by == NAME:
            key = _spelt
        has = [line for line in self._given if key(line) is not None]
        ordered = sorted(has, key=key, reverse=self._order is Qt.SortOrder.DescendingOrder)  # type: ignore[arg-type] # no None left
        return [*ordered, *(line for line in self._given if key(line) is None)]


def _tip(column: int, line: Line) -> str | None:
    if column == NAME:
        return line.name
    if column != 0:
        return None
    if isinstance(line.opens, str):
        return MARK_WORDS[line.mark] + (f"，{line.progress.words}" if line.progress is not None else "")
    return "其中最差的一个：" + MARK_WORDS[line.mark] if line.mark is not Mark.READY else MARK_WORDS[line.mark]


def _spelt(line: Line) -> Key:
    """A name in pinyin, so that 按名称 is the order of a dictionary."""
    from storage.library import spell  # noqa: PLC0415 loaded when first asked for

    return spell(line.name) + line.name


def _initials(name: str) -> str:
    from storage.library import spell  # noqa: PLC0415 loaded when first asked for

    return "".join(syllable[:1] for syllable in spell(name).split())
