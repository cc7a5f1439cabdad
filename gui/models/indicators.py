"""The item model of the indicator table: levels and lines of one form of the project on screen."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject, Qt

from gui.document.document import Document
from gui.models.cells import CellView, LevelView, LineView, level_view, line_view, spoken_level, spoken_line_cell
from gui.models.columns import COLUMNS, NAME, POINTS, SCORE, TARGET, column_of
from gui.models.indicator_tree import is_first_run, levels_of, line_id_of, line_key, wanted_rows
from gui.models.keyed_tree import AnyIndex, KeyedTreeModel, Node, Wanted
from model.findings import Finding
from model.records import Form, Indicator
from model.scoring import LevelScore, LineScore

RowView = LineView | LevelView


class Role(IntEnum):
    """What the delegate asks for beyond Qt's own roles: a CellView of a line, a LevelView of a level."""

    CELL = Qt.ItemDataRole.UserRole + 1
    LEVEL = Qt.ItemDataRole.UserRole + 2


class IndicatorModel(KeyedTreeModel[RowView]):
    """Follows the document and never changes anything itself.

    A field edit is told as the one cell that changed; lines and levels come, go and move one by one, so that
    selection, expansion and scroll position stay. Only another project resets the model.
    """

    def __init__(self, document: Document, form: Form, parent: QObject | None = None) -> None:
        super().__init__(len(COLUMNS[form]), parent)
        self._document = document
        self._form = form
        self._columns = COLUMNS[form]
        self._levels_asked_for = False
        self._levels_wanted_here = False
        self._arranged: tuple[tuple[Indicator, ...] | None, bool] = (None, False)
        document.project_switched.connect(self._reset)
        document.project_changed.connect(self._refresh)
        document.settings_changed.connect(self._repaint)
        self._reset()

    # Which row is which

    @property
    def form(self) -> Form:
        """The form whose lines these are."""
        return self._form

    def line_id(self, index: AnyIndex) -> str:
        """The id of the line an index is in, "" for a level or no row."""
        return line_id_of(self._node(index).key)

    def line_ids(self) -> tuple[str, ...]:
        """The lines from top to bottom."""
        return tuple(line_id for node in self._root.walk() if (line_id := line_id_of(node.key)))

    def last_line_id(self, index: AnyIndex) -> str:
        """The last line at or below a row, "" when it has none."""
        node = self._node(index)
        below = [line_id for node in node.walk() if (line_id := line_id_of(node.key))]
        return line_id_of(node.key) or (below[-1] if below else "")

    def level_to_fill(self, index: AnyIndex) -> tuple[str, str] | None:
        """The 二级指标 that a new line at a row belongs to: its own, or the first one below a level-1 row."""
        node = self._node(index)
        if line_id_of(node.key) and node.parent is not None:
            node = node.parent
        levels = levels_of(node.key)
        if levels is not None and levels[1] is None:
            levels = levels_of(node.children[0].key)
        return (levels[0], levels[1]) if levels is not None and levels[1] is not None else None

    def field(self, index: AnyIndex) -> str:
        """The record field of an index's column."""
        return self._columns[index.column()].field

    def index_of(self, line_id: str, field: str = NAME) -> QModelIndex:
        """The cell of a line; an invalid index when there is no such line."""
        node = self._by_key.get(line_key(line_id))
        return self._index(node, column_of(self._form, field)) if node is not None else QModelIndex()

    def index_of_group(self, level: str) -> QModelIndex:
        """The row of a 一级 or 二级指标 by its name; an invalid index when it is not shown."""
        for node in self._root.walk():
            levels = levels_of(node.key)
            if levels in {(level, None)} or (levels is not None and levels[1] == level):
                return self._index(node)
        return QModelIndex()

    @property
    def all_levels_shown(self) -> bool:
        """Whether standard levels without a line are shown too: when asked for, from a form without lines on,
        and where a missing level was gone to."""
        return self._levels_asked_for or self._levels_wanted_here

    def set_all_levels_shown(self, shown: bool) -> None:
        """Show standard levels without a line too, or not; another project changes nothing of it."""
        self._levels_asked_for = shown
        self._levels_wanted_here = False
        self._refresh()

    def show_all_levels_here(self) -> None:
        """Show standard levels without a line too, until another project is on screen."""
        self._levels_wanted_here = True
        self._refresh()

    # Qt's side

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Cells of lines can be edited, levels only selected."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.line_id(index):
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemNeverHasChildren
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The column titles."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts and marks of a cell."""
        if not index.isValid():
            return None
        view = self._node(index).view
        if isinstance(view, LineView):
            return self._line_data(view, index.column(), role)
        return self._level_data(view, index.column(), role) if view is not None else None

    def _line_data(self, view: LineView, column: int, role: int) -> object:
        cell = view.cells[column]
        match role:
            case Role.CELL:
                return cell
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.EditRole:
                return cell.edit_text
            case Qt.ItemDataRole.ToolTipRole:
                return _tool_tip(view, cell, self._columns[column].field)
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken_line_cell(view, self._columns[column].title, cell)
            case _:
                return None

    def _level_data(self, view: LevelView, column: int, role: int) -> object:
        text = {NAME: view.label, POINTS: view.points, SCORE: view.score}.get(self._columns[column].field, "")
        match role:
            case Role.LEVEL:
                return view
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{view.label}，{self._columns[column].title}，{text}" if column else spoken_level(view)
            case _:
                return None

    # Following the document

    def _reset(self) -> None:
        self.beginResetModel()
        self._levels_wanted_here = False
        self._look_for_lines()
        self.replace_rows(self._wanted())
        self._set_views(quietly=True)
        self.endResetModel()

    def _refresh(self) -> None:
        if self._look_for_lines():
            self.follow(self._wanted())
        self._set_views(quietly=False)

    def _look_for_lines(self) -> bool:
        """Whether other rows may be wanted than those that were arranged last."""
        lines = self._lines()
        self._levels_wanted_here = self._levels_wanted_here or lines == ()
        before, self._arranged = self._arranged, (lines, self.all_levels_shown)
        return before[0] is not lines or before[1] != self.all_levels_shown

    def _lines(self) -> tuple[Indicator, ...] | None:
        """The lines of the form; None while it has not been started."""
        project = self._document.project
        content = project.form(self._form) if project is not None else None
        return content.indicators if content is not None else None

    def _repaint(self) -> None:
        """Settings changed: units may read differently everywhere."""
        for node in self._root.walk():
            if isinstance(node.view, LineView):
                node.view = replace(node.view, indicator=Indicator(""))
        self._refresh()

    def _wanted(self) -> Wanted:
        lines = self._lines()
        return Wanted(()) if lines is None else wanted_rows(lines, with_all_levels=self.all_levels_shown)

    # What the rows say

    def _set_views(self, *, quietly: bool) -> None:
        """Give every row its texts; unless ``quietly``, tell the view which cells changed."""
        lines = {line.id: line for line in self._lines() or ()}
        findings = self._findings_by_line()
        score = self._document.score if self._form is Form.EVALUATION else None
        scores = {line.indicator_id: line for line in score.lines} if score is not None else {}
        levels = {(level.level1, level.level2): level for level in score.levels} if score is not None else {}
        for node in self._root.walk():
            line_id = line_id_of(node.key)
            view: RowView
            if line_id:
                view = self._line_view(node.view, lines[line_id], scores.get(line_id), findings[line_id])
            else:
                view = _level_view(node, levels)
            old, node.view = node.view, view
            if not quietly:
                self._tell(node, old, view)

    def _findings_by_line(self) -> defaultdict[str, tuple[Finding, ...]]:
        found: defaultdict[str, tuple[Finding, ...]] = defaultdict(tuple)
        for finding in self._document.findings:
            if finding.place.form is self._form and finding.place.indicator_id:
                found[finding.place.indicator_id] += (finding,)
        return found

    def _line_view(
        self, old: RowView | None, line: Indicator, score: LineScore | None, findings: tuple[Finding, ...]
    ) -> LineView:
        if isinstance(old, LineView) and (old.indicator, old.score, old.findings) == (line, score, findings):
            return old
        return line_view(self._form, line, score, findings, self._document.units)

    def _tell(self, node: Node[RowView], old: RowView | None, new: RowView) -> None:
        if old is new or old == new:
            return
        last = len(self._columns) - 1
        if isinstance(old, LineView) and isinstance(new, LineView):
            changed = [column for column in range(last + 1) if old.cells[column] != new.cells[column]]
        else:
            changed = [0, last]
        if changed:
            self.dataChanged.emit(self._index(node, changed[0]), self._index(node, changed[-1]))


def _level_view(node: Node[RowView], levels: dict[tuple[str, str | None], LevelScore]) -> LevelView:
    level1, level2 = levels_of(node.key) or ("", None)
    line_count = sum(bool(line_id_of(below.key)) for below in node.walk())
    # a level whose lines stand in several runs shows its subtotal once
    score = levels.get((level1, level2)) if line_count and is_first_run(node.key) else None
    return level_view(level1 if level2 is None else level2, line_count, score, is_level1=level2 is None)


def _tool_tip(view: LineView, cell: CellView, field: str) -> str:
    """The findings about a cell; on a score how it came about, on a rewritten target what was typed."""
    parts = list(cell.messages)
    if field == SCORE and view.score is not None:
        parts += [view.score.explanation, view.score.rule_text]
    if field == TARGET and cell.text != cell.edit_text:
        parts.append(f"输入的是：{cell.edit_text}")
    return "\n".join(part for part in parts if part)
