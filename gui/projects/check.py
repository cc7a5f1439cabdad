"""检查: how many problems each of several projects has, and the way to the first of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from gui.desk.dialog import Dialog, framed
from gui.desk.wrapped_label import WrappedLabel
from gui.document.document import Document
from gui.document.project_list import NO_NAME
from model.checking import examine
from model.errors import UserError
from model.findings import in_order
from model.labels import SEVERITY_WORDS

if TYPE_CHECKING:  # it brings sqlalchemy, which the first paint does not wait for
    from storage.store.summaries import ProjectSummary

_ID = Qt.ItemDataRole.UserRole
_LEAD = "错误和警告最多的在前。选一个项目，下面写着它的第一个问题；按 Enter 到那一格。"
_TITLES = ("项目", "年度", "错误", "警告")
_ROW = 28
_MOST_ROWS = 12
_WIDTH = 640


class CheckDialog(Dialog):
    """Counts come from the lines of the project list, which are counted with every change; no project is read but the
    one whose first problem is told.

    Signals:
        found(str): go to the first problem of the project with this id.
    """

    found = Signal(str)

    def __init__(self, document: Document, chosen: Sequence[ProjectSummary], parent: QWidget | None = None) -> None:
        super().__init__("检查项目", _LEAD, "到第一个问题", parent)
        self._document = document
        self._listed = sorted(chosen, key=lambda one: (-one.errors, -one.warnings))
        self.outcome = WrappedLabel(_in_words(self._listed), self)
        self.table = self._make_table()
        self.first = WrappedLabel("", self)
        self.first.setAccessibleName("第一个问题")
        self.content.addWidget(self.outcome)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.first)
        self.close_button.setText("关闭")  # there is nothing to take back
        self.table.currentCellChanged.connect(lambda row, *_: self._tell_first(row))
        self.table.doubleClicked.connect(lambda _index: self.accept_button.click())
        self.table.selectRow(0)
        self.table.setFocus()
        self.resize(_WIDTH, self._height())

    def finish(self) -> bool:
        """Go to the first problem of the current project."""
        self.found.emit(self._listed[self.table.currentRow()].id)
        return True

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(len(self._listed), len(_TITLES), self)
        table.setAccessibleName("检查结果")
        table.setHorizontalHeaderLabels(_TITLES)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setMinimumHeight(3 * _ROW)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(_ROW)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row, one in enumerate(self._listed):
            name = QTableWidgetItem(one.project_name.strip() or NO_NAME)
            name.setToolTip(f"{name.text()}\n{one.unit}")
            table.setItem(row, 0, name)
            for column, number in enumerate((one.year, one.errors, one.warnings), 1):
                item = QTableWidgetItem(str(number) if number else "")
                item.setTextAlignment(right)
                table.setItem(row, column, item)
        for column in range(1, len(_TITLES)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, 72)
            heading = QTableWidgetItem(_TITLES[column])
            heading.setTextAlignment(right)
            table.setHorizontalHeaderItem(column, heading)
        framed(table)
        return table

    def _height(self) -> int:
        """The height that shows whole rows: all of them, or as many as there is room for and no part of another."""
        layout = self.layout()
        assert layout is not None
        self.table.ensurePolished()  # it has its frame
        frame = self.table.contentsMargins()
        around = layout.totalHeightForWidth(_WIDTH) - self.table.sizeHint().height()
        around += self.table.horizontalHeader().sizeHint().height() + frame.top() + frame.bottom()
        room = self.room().height() - around
        return around + min(len(self._listed), _MOST_ROWS, room // _ROW) * _ROW

    def _tell_first(self, row: int) -> None:
        """Read the one project, and say its first problem."""
        text, store = "", self._document.store
        if store is not None and 0 <= row < len(self._listed):
            try:
                checked = examine(store.project(self._listed[row].id), store.context())
            except UserError as error:
                text = str(error)
            else:
                listed = [one for one in in_order(list(checked.findings)) if not one.is_closed]
                text = f"{SEVERITY_WORDS[listed[0].severity]}：{listed[0].message}" if listed else "没有发现问题。"
        self.first.setText(text)


def _in_words(summaries: Sequence[ProjectSummary]) -> str:
    """What the check came to, in a sentence."""
    wrong = [one for one in summaries if one.errors]
    warned = [one for one in summaries if one.warnings and not one.errors]
    parts = []
    if wrong:
        parts.append(f"{len(wrong)} 个有错误（共 {sum(one.errors for one in wrong)} 个）")
    if warned:
        parts.append(f"{len(warned)} 个只有警告（共 {sum(one.warnings for one in warned)} 个）")
    if clean := len(summaries) - len(wrong) - len(warned):
        parts.append(f"{clean} 个没有问题")
    return f"检查了 {len(summaries)} 个项目：{'，'.join(parts)}。"
