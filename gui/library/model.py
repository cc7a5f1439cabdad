"""The entries that were found as the rows of a table, each with a box to tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from model.library import Entry, Key, Known
from model.quantity import Style
from model.values.units import UnitTable

AnyIndex = QModelIndex | QPersistentModelIndex

TITLES = ("指标名称", "指标值", "方向", "二级指标", "来源")
NAME, TARGET, DIRECTION, LEVEL2, ORIGIN = range(len(TITLES))


class LibraryModel(QAbstractTableModel):
    """Entries as rows, their values as a form of one style prints them. What is ticked stays so in every search.

    Signals:
        ticked(): another entry is ticked, or one no more.
    """

    ticked = Signal()

    def __init__(self, style: Style, units: UnitTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self._units = units
        self._rows: Sequence[Known] = ()
        self._ticked: dict[Key, Entry] = {}

    @property
    def chosen(self) -> tuple[Entry, ...]:
        """The entries that are ticked, in the order in which they were."""
        return tuple(self._ticked.values())

    def show(self, found: Sequence[Known]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self._rows = found
        self.endResetModel()

    def untick(self, entry: Entry) -> None:
        """Tick an entry no more, if it was."""
        if self._ticked.pop(entry.key, None) is not None:
            self.ticked.emit()

    def known(self, row: int) -> Known | None:
        """The entry of a row, None where there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 Qt's own default
        """One for each entry."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 Qt's own default
        """Name, value, direction, level, origin."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The titles."""
        is_title = role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal
        return TITLES[section] if is_title else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The texts of an entry; the box stands before its name."""
        known = self._rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == NAME:
            return Qt.CheckState.Checked if known.entry.key in self._ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == NAME:
            return "，".join(text for text in self._texts(known) if text)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._texts(known)[index.column()]
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick an entry, or tick it no more."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        entry = self._rows[index.row()].entry
        if entry.key in self._ticked:
            del self._ticked[entry.key]
        else:
            self._ticked[entry.key] = entry
        self.dataChanged.emit(index, index, [role])
        self.ticked.emit()
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Whole rows are gone through; the box is ticked."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == NAME else flags

    def _texts(self, known: Known) -> tuple[str, ...]:
        entry = known.entry
        target = entry.target_in(self._style, self._units)
        direction = entry.direction.label if target else ""
        return entry.name, target, direction, entry.level2, known.origin
