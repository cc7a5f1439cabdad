"""The cells of one form that is to be imported: what was read, what stands there now, what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from gui.desk.dialog import framed
from gui.desk.list_rows import ListRows
from gui.desk.whole_rows import clip_to_lines
from gui.desk.whole_tree import WholeRowsTree
from gui.views.cell_field import pretty
from model.forms import FORMS, CellKind
from model.labels import SEVERITY_WORDS
from model.recognition import Inference
from model.values.excerpts import shortened

if TYPE_CHECKING:
    from storage.importing.differences import Brought, CellBrought
    from storage.interchange import ImportedForm

FIELD, LINE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_IN_QUESTION = Qt.ItemDataRole.UserRole + 2
"""What was inferred, or is otherwise in the store."""
_SHOWN = Qt.ItemDataRole.UserRole + 3
"""A text as the form will show it, where that is another one."""
_LABEL, _TEXT, _BESIDE = range(3)
_TEXTS_OF_A_LINE = ("target_text", "actual_text", "points", "score")
_LONG = 200
_MARGIN = 8
AROUND = 22
"""Pixels of a cell left and right of its text together."""
_MOST_LINES = 12
_TINT = 28
_OF_A_NUMBER = frozenset("0123456789.,-")

AnyIndex = QModelIndex | QPersistentModelIndex


class _Wrapped(ListRows):
    """Gives a text as many lines as it needs in its column; one that was read has a dozen at most."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """An amount as the form will show it, which is typed over as it was read."""
        super().initStyleOption(option, index)
        option.text = _shown(index)  # type: ignore[attr-defined] # the stubs miss the members of style options

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As high as the text in the width of its column."""
        size = super().sizeHint(option, index)
        tree = self.parent()
        if not isinstance(tree, QTreeWidget) or index.column() == _LABEL:
            return size
        metrics = tree.fontMetrics()
        room = QRect(0, 0, max(1, tree.columnWidth(index.column()) - AROUND), metrics.height() * _MOST_LINES)
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, _shown(index)).height()
        given = needed if index.column() == _BESIDE else min(needed, room.height())
        return QSize(size.width(), max(size.height(), given + _MARGIN))


class CellsPane(WholeRowsTree):
    """Shows the cells of a form and takes what a person changes in them: texts, and lines to be left out.

    While it tells of a change it is still at it: another form may be shown only afterwards.

    Signals:
        mended(str, object, str): the field, the line counted from 0 or None, and the text it is given.
        left_out(int, bool): a line, and whether it is to be left out.
        pointed_at(object): the line the cursor is on, None for the form itself.
    """

    mended = Signal(str, object, str)
    left_out = Signal(int, bool)
    pointed_at = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("读到的内容")
        self.setHeaderLabels(["栏目", "读到的内容", "核对"])
        self.setWordWrap(True)
        self.setUniformRowHeights(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_LABEL, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_BESIDE, QHeaderView.ResizeMode.Fixed)
        self.setItemDelegate(_Wrapped(self))
        header.sectionResized.connect(self.doItemsLayout)
        framed(self)
        self.itemChanged.connect(self._take)
        self.itemExpanded.connect(self._share_width)
        self.currentItemChanged.connect(self._point)
        self._opened_at: QTreeWidgetItem | None = None
        self.verticalScrollBar().actionTriggered.connect(self._stay)

    def show_form(self, form: ImportedForm, brought: Brought, left_out: Iterable[int], *, comes_in: bool) -> None:
        """Show a form; what was unfolded and pointed at in the one before stays so where it is the same form.

        No line of one that does not come in has a mark, unless one without its mark may be why.
        """
        place = self._place(self.currentItem())
        unfolded = {self._place(item)[1] for item in self._tops() if item.isExpanded()}
        self._opened_at = None
        skipped = set(left_out)
        with QSignalBlocker(self):
            self.clear()
            for cell in brought.of_line(None):
                self._add_cell(self.invisibleRootItem(), form, cell)
            for number in range(len(form.content.indicators)):
                item = self._add_line(form, brought, number, is_open=number in unfolded)
                if comes_in or skipped:
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                    is_out = number in skipped
                    item.setCheckState(_LABEL, Qt.CheckState.Unchecked if is_out else Qt.CheckState.Checked)
            for line in brought.gone:
                item = QTreeWidgetItem(self, ["", line.name, "文件里没有这条现有的指标"])
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                item.setForeground(_TEXT, self.palette().brush(QPalette.ColorRole.PlaceholderText))
            self._go_to(place)
        self._keep_numbers_whole(_shown(self.indexFromItem(item, _TEXT)) for item in self._items())
        self._share_width()
        if self.currentItem() is None:
            self._opened_at = next((item for item in self._items() if item.data(_LABEL, _IN_QUESTION)), None)
            self._show_opened()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is to be checked keeps its share, and stays in sight until a person goes elsewhere."""
        super().resizeEvent(event)
        self._share_width()
        self._show_opened()

    def drawBranches(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        """No arrow of a row of which nothing else is drawn."""
        painter.save()
        if clip_to_lines(painter, self, rect, self.fontMetrics().height()):
            super().drawBranches(painter, rect, index)
        painter.restore()

    def _show_opened(self) -> None:
        """The first cell in question of a form that was just shown, below the line it belongs to."""
        if self._opened_at is not None:
            for item in (self._opened_at.parent() or self._opened_at, self._opened_at):
                self.scrollTo(self.indexFromItem(item))  # scrollToItem asks no class derived from Qt's

    def _stay(self) -> None:
        self._opened_at = None

    def _share_width(self) -> None:
        """What is to be checked has the width it needs, half of what there is at most; what was read has the rest."""
        advance = self.fontMetrics().horizontalAdvance
        seen = (item for item in self._items() if item.parent() is None or item.parent().isExpanded())
        said = [text for item in seen for text in item.text(_BESIDE).split("\n")]
        needed = max((advance(text) + AROUND + 1 for text in said), default=0)  # what is measured to the pixel wraps
        half = (self.viewport().width() - self.header().sectionSize(_LABEL)) // 2
        self.header().resizeSection(_BESIDE, min(max(needed, self.header().sectionSizeHint(_BESIDE)), half))

    def forget(self) -> None:
        """Another form comes: nothing of this one's unfolding and cursor is to be kept."""
        with QSignalBlocker(self):
            self.clear()

    def _keep_numbers_whole(self, texts: Iterable[str]) -> None:
        """No column becomes narrower than the widest number: texts wrap, a number would be seen in part."""
        widths = [self.fontMetrics().horizontalAdvance(text) for text in texts if set(text) <= _OF_A_NUMBER]
        self.header().setMinimumSectionSize(max(widths, default=0) + AROUND)

    def _add_line(self, form: ImportedForm, brought: Brought, number: int, *, is_open: bool) -> QTreeWidgetItem:
        cells = brought.of_line(number)
        line = form.content.indicators[number]
        what = "　".join(text for field in _TEXTS_OF_A_LINE if (text := str(getattr(line, field, "")).strip()))
        inferred = [one for one in form.inferences if one.line == number]
        changed = sum(cell.before is not None for cell in cells)
        found = sum(len(cell.findings) for cell in cells)
        marks = [f"？推断 {len(inferred)} 处"] if inferred else []
        marks += ["新的指标"] if number in brought.new_lines else []
        marks += [f"不同 {changed} 处"] if changed else []
        marks += [f"问题 {found} 个"] if found else []
        item = QTreeWidgetItem(self, [f"指标 {number + 1}", f"{line.name}　{what}", "；".join(marks)])
        item.setData(_LABEL, LINE, number)
        item.setToolTip(_TEXT, f"{line.level1} › {line.level2} › {line.name}")
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        for cell in cells:
            self._add_cell(item, form, cell)
        item.setExpanded(is_open or bool(inferred or changed))
        return item

    def _add_cell(self, parent: QTreeWidgetItem, form: ImportedForm, cell: CellBrought) -> None:
        inferred = [one for one in form.inferences if one.field == cell.field and one.line == cell.line]
        if not (cell.text or cell.before or inferred or cell.findings):
            return
        kind = _kind_of(form, cell)
        item = QTreeWidgetItem(parent, [cell.label, cell.text, _beside(cell, kind, inferred)])
        for role in (_SHOWN, Qt.ItemDataRole.AccessibleTextRole):
            item.setData(_TEXT, role, pretty(kind, cell.text))
        item.setData(_LABEL, FIELD, cell.field)
        item.setData(_LABEL, LINE, cell.line)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(flags | Qt.ItemFlag.ItemIsEditable if cell.field != "year" else flags)
        for column in (_TEXT, _BESIDE):
            item.setToolTip(column, item.text(column))
        for column in (_LABEL, _TEXT, _BESIDE):  # what a long text is called stands where it begins
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        is_in_question = bool(inferred) or cell.before is not None
        item.setData(_LABEL, _IN_QUESTION, is_in_question)
        if is_in_question or cell.findings:
            self.tint(item)

    def tint(self, item: QTreeWidgetItem) -> None:
        """Mark what is to be checked."""
        shade = self.palette().color(QPalette.ColorRole.Accent)  # highlight is what the style sheet calls selected
        shade.setAlpha(_TINT)
        for column in (_LABEL, _TEXT, _BESIDE):
            item.setBackground(column, QBrush(shade))

    def _take(self, item: QTreeWidgetItem, column: int) -> None:
        """A person changed a text, or the mark of a line."""
        field, line = item.data(_LABEL, FIELD), item.data(_LABEL, LINE)
        if field is None and line is not None and column == _LABEL:
            self.left_out.emit(line, item.checkState(_LABEL) is Qt.CheckState.Unchecked)
        elif field is not None and column == _TEXT:
            self.mended.emit(field, line, item.text(_TEXT))

    def _point(self, item: QTreeWidgetItem | None) -> None:
        self._stay()
        self.pointed_at.emit(self._place(item)[1])

    def _tops(self) -> list[QTreeWidgetItem]:
        found = (self.topLevelItem(number) for number in range(self.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for top in self._tops():
            yield top
            yield from (top.child(number) for number in range(top.childCount()))

    def _place(self, item: QTreeWidgetItem | None) -> tuple[str | None, int | None]:
        return (None, None) if item is None else (item.data(_LABEL, FIELD), item.data(_LABEL, LINE))

    def _go_to(self, place: tuple[str | None, int | None]) -> None:
        for item in self._items():
            if self._place(item) == place != (None, None):
                self.setCurrentItem(item)
                return


def _shown(index: AnyIndex) -> str:
    return str(index.data(_SHOWN) or index.data() or "")


def _kind_of(form: ImportedForm, cell: CellBrought) -> CellKind:
    spec = FORMS[form.kind]
    return next(one.kind for one in (*spec.cells, *spec.columns) if one.name == cell.field)


def _beside(cell: CellBrought, kind: CellKind, inferred: Sequence[Inference]) -> str:
    """What a person should know of a cell, a line each."""
    shown, before = pretty(kind, cell.text), pretty(kind, cell.before or "")
    is_written_otherwise = cell.before is not None and before == shown
    told = []
    if is_written_otherwise or _ungrouped(shown) != _ungrouped(cell.text):
        told.append(f"原文：{cell.text}")
    told += [f"？{one.what}" + (f"；也可能是“{one.alternative}”" if one.alternative else "") for one in inferred]
    if cell.before is not None:
        standing = cell.before if is_written_otherwise else before
        told.append(f"现有：{shortened(standing, _LONG) or '（空白）'}")
    told += [f"{SEVERITY_WORDS[finding.severity]}：{finding.message}" for finding in cell.findings]
    return "\n".join(told)


def _ungrouped(text: str) -> str:
    """A text whose separators say nothing: an amount with them is written as the one without."""
    return text.strip().replace(",", "")
