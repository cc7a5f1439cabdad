"""The item model of the navigator: 年度 → 单位 → 项目, from the store's summaries, never from whole projects."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QSortFilterProxyModel, Qt

from gui.document import Document
from gui.models.keyed_tree import AnyIndex, Key, KeyedTreeModel, Node, Wanted

if TYPE_CHECKING:  # it brings sqlalchemy, which the first paint does not wait for
    from storage.summaries import ProjectSummary

NO_UNIT = "（未填实施单位）"
NO_NAME = "（未填项目名称）"


class Level(Enum):
    """What a row stands for."""

    YEAR = "year"
    UNIT = "unit"
    PROJECT = "project"


class Tone(Enum):
    """How a project's badge is meant, beside what it says."""

    QUIET = "quiet"
    ERROR = "error"


class NavigatorRole(IntEnum):
    """What the navigator's delegate asks for beyond Qt's own roles."""

    LEVEL = Qt.ItemDataRole.UserRole + 1
    BADGE = Qt.ItemDataRole.UserRole + 2
    TONE = Qt.ItemDataRole.UserRole + 3
    PROJECT_ID = Qt.ItemDataRole.UserRole + 4


@dataclass(frozen=True, slots=True)
class RowText:
    """One row: its label, what stands at its right edge, and what a screen reader says."""

    label: str
    badge: str = ""
    tone: Tone = Tone.QUIET
    spoken: str = ""


class NavigatorModel(KeyedTreeModel[RowText]):
    """Follows the document's summaries; newest year first."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(1, parent)
        self._document = document
        document.summaries_changed.connect(self._refresh)
        document.store_changed.connect(self._reset)
        self._reset()

    def project_id(self, index: AnyIndex) -> str:
        """The project of a row, "" for a year or a unit."""
        key = self._node(index).key
        return key[1] if key[:1] == (Level.PROJECT.value,) else ""

    def index_of(self, project_id: str) -> QModelIndex:
        """The row of a project; an invalid index when it is not listed."""
        node = self._by_key.get((Level.PROJECT.value, project_id))
        return self._index(node) if node is not None else QModelIndex()

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The label of a row, its badge, and whole texts for tool tip and screen reader."""
        node = self._node(index)
        text = node.view
        if text is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return text.label
            case Qt.ItemDataRole.AccessibleTextRole:
                return text.spoken or text.label
            case NavigatorRole.LEVEL:
                return Level(node.key[0])
            case NavigatorRole.BADGE:
                return text.badge
            case NavigatorRole.TONE:
                return text.tone
            case NavigatorRole.PROJECT_ID:
                return self.project_id(index)
            case _:
                return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Every row can be selected."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemNeverHasChildren if self.project_id(index) else flags

    def _reset(self) -> None:
        self.beginResetModel()
        summaries = self._document.summaries()
        self.replace_rows(wanted_projects(summaries))
        self._set_texts(summaries, quietly=True)
        self.endResetModel()

    def _refresh(self) -> None:
        summaries = self._document.summaries()
        self.follow(wanted_projects(summaries))
        self._set_texts(summaries, quietly=False)

    def _set_texts(self, summaries: tuple[ProjectSummary, ...], *, quietly: bool) -> None:
        by_id = {summary.id: summary for summary in summaries}
        for node in self._root.walk():
            text = _row_text(node, by_id)
            if text != node.view:
                node.view = text
                if not quietly:
                    self.dataChanged.emit(self._index(node), self._index(node))


class NavigatorFilter(QSortFilterProxyModel):
    """Shows the projects whose name, unit or year contain every word that is typed, with the levels above them."""

    def __init__(self, model: NavigatorModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._model = model
        self.setRecursiveFilteringEnabled(True)
        self.setSourceModel(model)

    def set_text(self, text: str) -> None:
        """Look for other words; none shows everything."""
        words = text.casefold().split()
        if words != self._words:
            self._words = words
            self.invalidateFilter()

    def filterAcceptsRow(self, source_row: int, source_parent: AnyIndex) -> bool:
        """A project that fits; Qt shows the levels above it."""
        index = self._model.index(source_row, 0, source_parent)
        return not self._words or (bool(self._model.project_id(index)) and self._fits(index))

    def _fits(self, index: QModelIndex) -> bool:
        labels = []
        row: QModelIndex = index
        while row.isValid():
            labels.append(str(row.data()))
            row = row.parent()
        text = "\n".join(labels).casefold()
        return all(word in text for word in self._words)

    def index_of(self, project_id: str) -> QModelIndex:
        """The row of a project among those shown; an invalid index when it is filtered out."""
        return self.mapFromSource(self._model.index_of(project_id))

    def project_id(self, index: AnyIndex) -> str:
        """The project of a row, "" for a year or a unit."""
        return str(index.data(NavigatorRole.PROJECT_ID) or "") if index.isValid() else ""


def wanted_projects(summaries: tuple[ProjectSummary, ...]) -> Wanted:
    """The rows for these projects: newest year first, units and projects in the order of the summaries."""
    years: dict[int, dict[str, list[Wanted]]] = {}
    for summary in summaries:
        projects = years.setdefault(summary.year, {}).setdefault(summary.unit.strip(), [])
        projects.append(Wanted((Level.PROJECT.value, summary.id)))
    return Wanted(
        (),
        [
            Wanted((Level.YEAR.value, str(year)), [Wanted(_unit_key(year, unit), rows) for unit, rows in units.items()])
            for year, units in sorted(years.items(), reverse=True)
        ],
    )


def _unit_key(year: int, unit: str) -> Key:
    return (Level.UNIT.value, str(year), unit)


def _row_text(node: Node[RowText], by_id: dict[str, ProjectSummary]) -> RowText:
    match node.key:
        case (Level.YEAR.value, year):
            return RowText(f"{year} 年度")
        case (Level.UNIT.value, _, unit):
            return RowText(unit or NO_UNIT, spoken=f"{unit or NO_UNIT}，{len(node.children)} 个项目")
        case (_, project_id):
            return _project_text(by_id[project_id])
        case _:
            raise ValueError(f"no row {node.key}")


def _project_text(summary: ProjectSummary) -> RowText:
    label = summary.project_name.strip() or NO_NAME
    badge, tone = summary.state.value, Tone.QUIET
    state = badge
    if summary.state.name == "HAS_ERRORS":
        badge, tone = f"✕{summary.errors}", Tone.ERROR
        state = f"有错误，{summary.errors} 个"
    elif summary.state.name == "EVALUATED" and summary.total_score:
        badge = summary.total_score
        state = f"已自评，{badge} 分"
    return RowText(label, badge, tone, f"{label}，{state}")
