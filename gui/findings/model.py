"""The rows of the 问题 list: every finding of the project on screen, worst first, filtered by severity."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from model.findings import Finding, Fix, Severity
from model.forms import FORMS
from model.labels import SEVERITY_WORDS
from model.records import Project
from model.rules import grouped

CLOSED = "closed"

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns of the list."""

    MESSAGE = 0
    RULE = 1
    ACTIONS = 2


class Kind(StrEnum):
    """What an action of a row does."""

    GO = "go"
    FIX = "fix"
    EXPLAIN = "explain"


@dataclass(frozen=True, slots=True)
class RowAction:
    """One link at the end of a row."""

    kind: Kind
    label: str
    fix: Fix | None = None


def actions_of(finding: Finding) -> tuple[RowAction, ...]:
    """What can be done about a finding: mend it, explain it, go there."""
    fixes = tuple(RowAction(Kind.FIX, fix.label, fix) for fix in finding.fixes) if not finding.is_closed else ()
    explain: tuple[RowAction, ...] = ()
    if finding.severity is Severity.WARNING:
        explain = (RowAction(Kind.EXPLAIN, "改说明…" if finding.is_closed else "说明…"),)
    return (*fixes, *explain, RowAction(Kind.GO, "转到"))


def words_of(finding: Finding, project: Project | None) -> str:
    """The message, with the name of its line in front where the message does not say it."""
    found = project.find_indicator(finding.place.indicator_id) if project is not None else None
    if project is None or found is None:
        return finding.message
    name = project.indicators(found[0])[found[1]].name.strip()
    return finding.message if not name or name in finding.message else f"“{name}”{finding.message}"


class FindingsModel(QAbstractTableModel):
    """Findings as rows, those of one kind on several lines as one row.

    ``UserRole`` of any cell is the :class:`Finding`; a row keeps its place while its key stays.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._all: tuple[Finding, ...] = ()
        self._rows: tuple[Finding, ...] = ()
        self._words: tuple[str, ...] = ()
        self._hidden: frozenset[str] = frozenset()

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are by severity value, explained warnings apart under ``closed``."""
        counts = dict.fromkeys((*(severity.value for severity in Severity), CLOSED), 0)
        for finding in self._all:
            counts[_group(finding)] += 1
        return counts

    def set_findings(self, findings: tuple[Finding, ...], project: Project | None) -> None:
        """Show other findings."""
        self._all = grouped(findings, project) if project is not None else findings
        self._project = project
        self._show()

    def set_hidden(self, groups: frozenset[str]) -> None:
        """Leave out severities (and ``closed``)."""
        self._hidden = groups
        self._show()

    def finding(self, row: int) -> Finding | None:
        """The finding of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, key: str) -> int:
        """The row of a finding's key, or -1."""
        return next((row for row, finding in enumerate(self._rows) if finding.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """The findings shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Message, rule, actions."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The texts of a row; its finding under ``UserRole``."""
        finding = self.finding(index.row()) if index.isValid() else None
        if finding is None:
            return None
        if role == Qt.ItemDataRole.UserRole:
            return finding
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), Column(index.column()))
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == Column.MESSAGE:
            return self._tip(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{SEVERITY_WORDS[finding.severity]}：{self._tip(index.row())}"
        return None

    def _text(self, row: int, column: Column) -> str:
        finding = self._rows[row]
        match column:
            case Column.MESSAGE:
                return self._words[row]
            case Column.RULE:
                return finding.rule
            case Column.ACTIONS:
                return "  ".join(action.label for action in actions_of(finding))

    def _tip(self, row: int) -> str:
        finding = self._rows[row]
        words = f"{FORMS[finding.place.form].names.short}：{self._words[row]}"
        return f"{words}\n已说明：{finding.explanation}" if finding.is_closed else words

    def _show(self) -> None:
        rows = tuple(finding for finding in self._all if _group(finding) not in self._hidden)
        words = tuple(words_of(finding, self._project) for finding in rows)
        if [finding.key for finding in rows] == [finding.key for finding in self._rows]:
            before = tuple(zip(self._rows, self._words, strict=True))
            self._rows, self._words = rows, words
            for row, now in enumerate(zip(rows, words, strict=True)):
                if now != before[row]:
                    self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
            return
        self.beginResetModel()
        self._rows, self._words = rows, words
        self.endResetModel()


def _group(finding: Finding) -> str:
    return CLOSED if finding.is_closed else finding.severity.value
