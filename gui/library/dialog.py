"""指标库: what the unit and others call their indicators, searched, and inserted into the form on screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSizePolicy,
    QTableView,
    QWidget,
)

from gui.desk.choices import Choice
from gui.desk.dialog import Dialog, framed
from gui.desk.labels import NOT_FOUND
from gui.desk.search_field import SearchField
from gui.document.document import Document
from gui.library.model import DIRECTION, LEVEL2, NAME, ORIGIN, TARGET, LibraryModel
from model import edits
from model.forms import FORMS
from model.library import Entry, Known, Source
from model.records import Indicator

ALL, OWN, SHIPPED, REMOVED = ("全部来源", "本单位用过和自存的", "通用", "已移出的")
LEAD = (
    "按名称的一部分、拼音首字母或全拼查找。空格选中，可以选几条；Enter 插入到表里各自的二级指标下，"
    "没有选中的就插入光标所在的一条。\nDel 把光标所在的一条移出指标库，以后不再建议。"
)
MOST_SHOWN = 500
CUT = f"只列出前 {MOST_SHOWN} 条，请再输入几个字。"
NO_FORM = "先开始一张表，才能插入指标。"
_WIDTHS = {TARGET: 130, DIRECTION: 86, LEVEL2: 138, ORIGIN: 180}
_TO_TABLE = {Qt.Key.Key_Down, Qt.Key.Key_PageDown}


class LibraryDialog(Dialog):
    """Search, tick, insert. ``beside`` is the line at hand and ``level2`` its 二级指标, whose entries come first.

    Signals:
        inserted(tuple[str, ...]): the ids of the new lines.
    """

    inserted = Signal(object)

    def __init__(self, document: Document, beside: str, level2: str, parent: QWidget | None = None) -> None:
        super().__init__("指标库", LEAD, "插入", parent)
        self._document = document
        self._beside = beside
        self._level2 = level2
        project = document.saved_project
        self._here = project.id if project is not None else ""
        self._has_form = project is not None and project.form(document.form) is not None
        self.search = SearchField("查找指标", "名称、拼音首字母或全拼", self)
        self.source = Choice(self)
        self.source.setAccessibleName("来源")
        self.source.addItems([ALL, OWN, SHIPPED, REMOVED])
        self.source.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.model = LibraryModel(FORMS[document.form].style, document.units, self)
        self.table = self._make_table()
        self.decide = QPushButton(self)
        self.decide.setAutoDefault(False)
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.source)
        self.content.addLayout(top)
        self.content.addWidget(self.table, 1)
        below = QHBoxLayout()
        below.addWidget(self.decide)
        below.addStretch(1)
        self.content.addLayout(below)
        self.setMinimumSize(560, 360)  # what shows a few whole rows of the table
        self.resize(980, 520)
        self.search.textChanged.connect(self._fill)
        self.source.currentIndexChanged.connect(self._fill)
        self.model.ticked.connect(self._show_state)
        self.decide.clicked.connect(self._decide)
        self.search.installEventFilter(self)
        self.table.installEventFilter(self)
        self.table.viewport().installEventFilter(self)
        document.library.changed.connect(self._fill)
        self._fill()
        self.search.setFocus()

    def finish(self) -> bool:
        """Insert what is ticked, or the entry at hand, as one gesture."""
        project = self._document.saved_project
        entries = self.model.chosen or self._at_hand()
        if project is None or not self._has_form or not entries:
            return False
        spec = FORMS[self._document.form]
        lines = [
            spec.line(
                self._document.new_id(),
                level1=entry.level1,
                level2=entry.level2,
                name=entry.name,
                target_text=entry.target_in(spec.style, self._document.units),
            )
            for entry in entries
        ]
        if not self._insert(lines):
            return False
        self.inserted.emit(tuple(line.id for line in lines))
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """Its texts are as wide as they are once it is dressed."""
        super().showEvent(event)
        self._fit_columns()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↓ goes from the field into the table and ↑ back; Space ticks, Delete decides, Enter inserts there.

        The columns share the room there is anew.
        """
        if event.type() is QEvent.Type.Resize and watched is self.table.viewport():
            self._fit_columns()
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.search and event.key() in _TO_TABLE and self.model.rowCount():
                self.table.setFocus()
                return True
            if watched is self.table and self._on_table_key(event.key()):
                return True
        return super().eventFilter(watched, event)

    def _on_table_key(self, key: int) -> bool:
        row = self.table.currentIndex().row()
        if key == Qt.Key.Key_Up and row <= 0:
            self.search.setFocus()
        elif key == Qt.Key.Key_Space and row >= 0:
            index = self.model.index(row, NAME)
            self.model.setData(index, None, Qt.ItemDataRole.CheckStateRole)
        elif key == Qt.Key.Key_Delete:
            self._decide()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.accept_button.click()
        else:
            return False
        return True

    def _insert(self, lines: Sequence[Indicator]) -> bool:
        project, form = self._document.saved_project, self._document.form
        assert project is not None
        changes = edits.insert_entries(project, form, self._beside, lines, self._document.settings)
        return self.push(self._document, f"插入 {len(lines)} 条指标", changes)

    @property
    def _shows_removed(self) -> bool:
        return self.source.currentText() == REMOVED

    def _fill(self) -> None:
        """Show what fits now; the cursor stays on its row as far as there is one."""
        row = max(0, self.table.currentIndex().row())
        self.model.show(self._found())
        self._fit_columns()
        count = self.model.rowCount()
        if not count and self.table.hasFocus():
            self.search.setFocus()
        self.table.setEnabled(bool(count))  # Tab comes to no list with nothing in it
        if count:
            self.table.setCurrentIndex(self.model.index(min(row, count - 1), NAME))
        self._show_state()

    def _fit_columns(self) -> None:
        """The rows on show alone say how wide the columns are: as wide as their texts while no name is cut for that."""
        header = self.table.horizontalHeader()
        needed = {column: max(self._needed(column), header.sectionSizeHint(column)) for column in (NAME, *_WIDTHS)}
        least = sum(min(needed[column], most) for column, most in _WIDTHS.items())
        spare = max(0, self.table.viewport().width() - needed[NAME] - least)
        for column, most in _WIDTHS.items():
            width = min(needed[column], most + spare)
            spare -= max(0, width - most)
            header.resizeSection(column, width)

    def _needed(self, column: int) -> int:
        """How wide the longest text of a column is in its cell; to ask every cell took a tenth of a second a key."""
        cells = (self.model.index(row, column) for row in range(self.model.rowCount()))
        width = self.table.fontMetrics().horizontalAdvance
        longest = max(cells, key=lambda cell: width(str(cell.data())), default=None)
        return 0 if longest is None else self.table.sizeHintForIndex(longest).width()

    def _found(self) -> Sequence[Known]:
        typed, wanted = self.search.text(), self.source.currentText()
        if self._shows_removed:
            return [Known(entry, Source.SHIPPED) for entry in self._document.library.removed() if typed in entry.name]
        is_shipped = {OWN: False, SHIPPED: True}.get(wanted)
        found = self._document.library.find(typed, self._level2, self._here, MOST_SHOWN, is_shipped=is_shipped)
        return [known for known in found if known.entry.level1]  # nobody knows where any other would belong

    def _show_state(self) -> None:
        entries = self.model.chosen or self._at_hand()
        self.accept_button.setText(f"插入 {len(entries)} 条" if len(entries) > 1 else "插入")
        self.allow(is_allowed=self._has_form and bool(entries) and not self._shows_removed)
        self.decide.setText("放回指标库(&R)" if self._shows_removed else "移出指标库(&R)")
        self.decide.setEnabled(bool(self._at_hand()))
        if not self.model.rowCount():
            self.remark(self._nothing())
        else:
            cut = CUT if self.model.rowCount() == MOST_SHOWN else ""
            self.remark(cut if self._has_form else NO_FORM)

    def _nothing(self) -> str:
        if self.search.text().strip():
            return NOT_FOUND
        if self._shows_removed:
            return "没有移出过指标。"
        if not self._document.library.is_counted:
            return "正在统计本单位用过的指标…"
        return "还没有。本单位别的项目里的指标会自动出现在这里；光标在一行指标上按 Ctrl+Shift+L 可以自己存入。"

    def _at_hand(self) -> tuple[Entry, ...]:
        known = self.model.known(self.table.currentIndex().row())
        return (known.entry,) if known is not None else ()

    def _decide(self) -> None:
        """Take the entry at hand out of the library, or put it back."""
        library = self._document.library
        for entry in self._at_hand():
            if not self._shows_removed:
                changes = edits.remove_entries(library.rows, [library.spelt(entry)])
            elif library.stands_by_itself(entry.key):
                changes = edits.forget_decisions(library.rows, [entry])
            else:
                changes = edits.keep_entries(library.rows, [entry])
            label = "放回指标库" if self._shows_removed else "移出指标库"
            if self.push(self._document, label, changes):
                self.model.untick(entry)

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self.model)
        table.setAccessibleName("指标")
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(28)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        framed(table)
        table.selectionModel().currentChanged.connect(lambda *_: self._show_state())
        table.doubleClicked.connect(lambda *_: self.accept_button.click())
        return table
