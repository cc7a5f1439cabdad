"""The item model of the 问题 list: what to do, where, and what can be done at once, worst first, filtered by chips."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.desk.alike import Alike
from gui.findings.places import name_in
from gui.findings.rows import GROUPS, Row, actions_of, by_rule, group_of, names_of, rows_of, where, words_of
from gui.findings.wording import says_more
from model.findings import Finding
from model.forms import FORMS
from model.records import Form, Project

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns of the list."""

    REMEDY = 0
    WHERE = 1
    ACTIONS = 2


class FindingsModel(QAbstractTableModel):
    """``UserRole`` of any cell is the :class:`Row`. Only rows that differ are told, so the list stays where it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._form = next(iter(FORMS))
        self._findings: tuple[Finding, ...] = ()
        self._rows: list[Row] = []
        self._awaited: frozenset[str] = frozenset()
        self._hidden: frozenset[str] = frozenset()
        self._open: frozenset[str] = frozenset()
        self._told: object = None
        self._alike: Alike | None = None
        self.counts = dict.fromkeys(GROUPS, 0)
        """How many findings there are by severity value, those told quietly and explained warnings apart."""

    def set_findings(
        self,
        findings: tuple[Finding, ...],
        project: Project | None,
        form: Form,
        awaited: frozenset[str] = frozenset(),
    ) -> bool:
        """Show other findings, those of the form on screen first; those whose keys are ``awaited`` quietly.

        False where every row says what it said before, of the same project.
        """
        self._findings, self._project, self._form, self._awaited = findings, project, form, awaited
        begun = () if project is None else (project.id, *project.forms)
        names = names_of(project)
        told = findings, awaited, form, begun, [names.get(one.place.indicator_id) for one in findings]
        if told == self._told:
            return False
        self._told = told
        self.counts = dict.fromkeys(GROUPS, 0)
        for finding in findings:
            self.counts[group_of(finding, awaited)] += 1
        self._show()
        return True

    def set_hidden(self, groups: frozenset[str]) -> None:
        """Leave out severities (and ``closed``)."""
        self._hidden = groups
        self._show()

    def set_open(self, row: int, *, is_open: bool) -> None:
        """Show the members of a row of several below it, or no longer."""
        shown = self.row(row)
        if shown is not None and shown.finding.members:
            self._open = self._open | {shown.key} if is_open else self._open - {shown.key}
            self._show()

    def row(self, number: int) -> Row | None:
        """A row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def finding(self, number: int) -> Finding | None:
        """The finding of a row; one of several has them as members."""
        row = self.row(number)
        return row.finding if row is not None else None

    def row_of(self, key: str) -> int:
        """The row of a finding's key, its own or the one it is a member of; -1 for none."""
        own = (number for number, row in enumerate(self._rows) if row.finding.key == key and not row.finding.members)
        around = (
            number for number, row in enumerate(self._rows) if any(member.key == key for member in row.finding.members)
        )
        return next(own, next(around, -1))

    def listed(self) -> tuple[Row, ...]:
        """Every row shown."""
        return tuple(self._rows)

    def alike(self) -> Alike:
        """The names of the indicators that are listed: which of them begin alike."""
        if self._alike is None:
            self._alike = Alike(name_in(" ".join(row.where.split())) for row in self._rows)
        return self._alike

    def number_of(self, row: Row) -> int:
        """Where a row stands, or the one its finding is in."""
        return self._rows.index(row) if row in self._rows else self.row_of(row.finding.key)

    def number_now(self, row: Row) -> int:
        """Where a row of before stands now, itself or what is left of it; -1 when nothing is, or it was explained."""

        def is_open_alike(number: int) -> bool:
            now = self.row(number)
            return now is not None and now.finding.is_closed == row.finding.is_closed

        same = (number for number, one in enumerate(self._rows) if one.key == row.key)
        left = (self.row_of(one.key) for one in row.finding.members or (row.finding,))
        return next(filter(is_open_alike, same), next(filter(is_open_alike, left), -1))

    def single_findings(self) -> list[Finding]:
        """Every finding that is listed, those of one row one after the other."""
        return [one for row in self._rows if not row.is_member for one in (row.finding.members or (row.finding,))]

    def open_findings(self) -> list[Finding]:
        """Those of them that are not explained: the way F8 goes."""
        return [one for one in self.single_findings() if not one.is_closed]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """The rows shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Remedy, place, actions."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The texts of a row; the row itself under ``UserRole``."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(row, Column(index.column()))
        if role == Qt.ItemDataRole.ToolTipRole and index.column() != Column.ACTIONS:
            return self._tip(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(action.label for action in actions_of(row))
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == Column.REMEDY:
            return f"{row.word}：{row.remedy}。{self._spoken(row)}"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return f"按菜单键可选：{'、'.join(action.label for action in actions_of(row))}"
        return None

    def _tip(self, row: Row) -> str:
        finding = row.finding
        words = f"{FORMS[finding.place.form].names.short}：{words_of(finding, self._project)}"
        return f"{words}\n已说明：{finding.explanation}" if finding.is_closed else words

    def _spoken(self, row: Row) -> str:
        """What else is said of a row: where it is, and what is wrong where that is not what to do once more."""
        finding = row.finding
        if finding.members or finding.is_closed or says_more(finding):
            return self._tip(row)
        return f"{FORMS[finding.place.form].names.short}：{where(finding, names_of(self._project), finding.place.form)}"

    def _show(self) -> None:
        awaited = self._awaited
        shown = (finding for finding in self._findings if group_of(finding, awaited) not in self._hidden)
        rows = rows_of(by_rule(shown, self._form, awaited), self._project, self._open, self._form, awaited)
        self._alike = None
        before = self._rows
        shorter = min(len(rows), len(before))
        head = next((at for at in range(shorter) if rows[at].key != before[at].key), shorter)
        most = shorter - head
        tail = next((at for at in range(most) if rows[-1 - at].key != before[-1 - at].key), most)
        self._replace(head, len(before) - tail, rows[head : len(rows) - tail])
        for number, row in enumerate(rows):
            if row != self._rows[number]:
                self._rows[number] = row
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(Column) - 1))

    def _replace(self, start: int, end: int, rows: list[Row]) -> None:
        """Put other rows where those from ``start`` to ``end`` are."""
        if end > start:
            self.beginRemoveRows(QModelIndex(), start, end - 1)
            del self._rows[start:end]
            self.endRemoveRows()
        if rows:
            self.beginInsertRows(QModelIndex(), start, start + len(rows) - 1)
            self._rows[start:start] = rows
            self.endInsertRows()


def _text(row: Row, column: Column) -> str:
    match column:
        case Column.REMEDY:
            return row.remedy
        case Column.WHERE:
            return row.where
        case Column.ACTIONS:
            return "  ".join(action.label for action in actions_of(row))
