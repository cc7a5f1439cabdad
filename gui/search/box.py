"""The search box of the toolbar: type, ↓, Enter. Results lie over the window, never in a popup (input methods)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem, QWidget
from shiboken6 import isValid

from gui.delegates.two_lines import BOLD, TwoLineDelegate
from gui.desk.focus import lasting
from gui.desk.invitation import invite
from gui.desk.labels import NOT_FOUND
from gui.desk.lower_end import lower_end
from gui.desk.search_field import SearchField
from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.search.hits import Found, find
from model.records import Project

WHOLE_STORE_UP_TO = 400
"""With more projects than this, indicators are looked for in the project on screen only."""
INVITES, WAITS = "查找项目、指标 Ctrl+F", "打开文件后可以查找"
NARROWEST = 340
WIDEST_IN_SMALL = 640
"""Pixels of the results; longer ones get up to half the window, and in a small one that much, where it has it."""
MOST_ROWS = 8
BESIDE, AROUND = 4, 6
"""Pixels left free at the edges of the window, and those around the rows."""


class _Results(QListWidget):
    """The list over the window."""

    def leave_blank(self, above: int, below: int) -> None:
        """Show no row in so many pixels at its edges."""
        self.setViewportMargins(0, above, 0, below)


class SearchBox(SearchField):
    """Finds projects and indicators while typing.

    Signals:
        chosen(Found): a result was taken.
        told(str): the result the arrow keys are on, or that there is none: the list never has the keyboard.
    """

    chosen = Signal(object)
    told = Signal(str)

    def __init__(self, document: Document, appearance: Appearance, overlay_parent: QWidget) -> None:
        super().__init__("查找项目、指标")
        self._document = document
        self._projects: tuple[Project, ...] | None = None
        self._before: QWidget | None = None
        self._sought = ""
        self.setAcceptDrops(False)  # files go on to the window
        self.results = _Results(overlay_parent)
        self.results.setObjectName("searchResults")
        self.results.setItemDelegate(TwoLineDelegate(appearance, self.results, elide=Qt.TextElideMode.ElideRight))
        self.results.setAccessibleName("查找结果")
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.results.itemClicked.connect(self._take)
        self.results.hide()
        overlay_parent.installEventFilter(self)
        self.textEdited.connect(self._search)
        document.project_changed.connect(self._forget)
        document.store_changed.connect(self._take_store)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
        self._take_store()

    def start(self) -> None:
        """Ctrl+F."""
        self._remember(QApplication.focusWidget())  # an editor may be gone once it has lost the focus
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def sought(self) -> str:
        """What is being looked for, else what was last: where a result was taken, or none wanted, the box is empty."""
        return self.text() or self._sought

    def sizeHint(self) -> QSize:
        """As wide as the picture of the window has it."""
        return QSize(230, super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ and ↑ move in the results, Enter takes one, Esc closes."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.results.isVisible():
            rows = self.results.count()
            step = 1 if key == Qt.Key.Key_Down else -1
            self.results.setCurrentRow((self.results.currentRow() + step) % rows)
            self._tell()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take(self.results.currentItem() if self.results.isVisible() else None)
        elif key == Qt.Key.Key_Escape:
            self._end()
            if self._before is not None and isValid(self._before):
                self._before.setFocus()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is in the file now is looked through."""
        super().focusInEvent(event)
        self._projects = None
        if self.text():
            self._search(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Results go when the keyboard goes."""
        super().focusOutEvent(event)
        self.results.hide()

    def _take_store(self) -> None:
        """Nothing can be looked for before a file is open."""
        self.clear()
        self._sought = ""
        self.setEnabled(self._document.store is not None)
        invite(self, INVITES if self.isEnabled() else WAITS)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is self:
            self._remember(before)

    def _remember(self, before: QWidget | None) -> None:
        """Where Esc gives the keyboard back to."""
        if before is not None and before is not self and before.window() is self.window():
            self._before = lasting(before)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The results stay under the box when the window changes its size, once the box is in its new place."""
        if event.type() is QEvent.Type.Resize and self.results.isVisible():
            QTimer.singleShot(0, self, self._place)
        return super().eventFilter(watched, event)

    def _search(self, text: str) -> None:
        self.results.clear()
        for hit in self._hits(text):
            item = QListWidgetItem(f"{hit.text}\n{hit.detail}")
            item.setData(Qt.ItemDataRole.UserRole, hit)
            item.setData(BOLD, hit.bold)
            item.setToolTip(f"{hit.text}\n{hit.detail}")
            self.results.addItem(item)
        if not self.results.count() and text.strip():
            nothing = QListWidgetItem(NOT_FOUND.replace("。", "。\n", 1))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.results.addItem(nothing)
        self.results.setCurrentRow(0)
        self.results.setVisible(bool(text.strip()))
        self._place()
        self._tell()

    def _tell(self) -> None:
        """Say which result Enter would take."""
        item = self.results.currentItem()
        if item is None or not self.results.isVisible():
            return
        hit, count = item.data(Qt.ItemDataRole.UserRole), self.results.count()
        if isinstance(hit, Found):
            self.told.emit(f"第 {self.results.currentRow() + 1} 项，共 {count} 项：{hit.text}，{hit.detail}")
        else:
            self.told.emit(NOT_FOUND)

    def _hits(self, text: str) -> tuple[Found, ...]:
        document = self._document
        return find(text, document.project, document.form, self._searched(), document.projects)

    def _searched(self) -> tuple[Project, ...]:
        """The projects whose cells are looked at, newest year first, as the list has them."""
        if self._projects is None:
            store, listed = self._document.store, self._document.projects
            self._projects = ()
            if store is not None and len(listed) <= WHOLE_STORE_UP_TO:
                read = {project.id: project for project in store.projects()}
                self._projects = tuple(read[one.id] for one in listed.all() if one.id in read)
        return self._projects

    def _forget(self) -> None:
        self._projects = None

    def _take(self, item: QListWidgetItem | None) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if isinstance(hit, Found):
            self._end()
            self.chosen.emit(hit)

    def _end(self) -> None:
        self._sought = self.sought()
        self.results.hide()
        self.clear()

    def _place(self) -> None:
        parent = self.results.parentWidget()
        if parent is None:
            return
        needed = self.results.sizeHintForColumn(0) + self.results.verticalScrollBar().sizeHint().width() + 6
        widest = max(parent.width() // 2, min(WIDEST_IN_SMALL, parent.width() - 2 * BESIDE))
        is_any = bool(self.results.item(0) and self.results.item(0).flags())  # that there is none needs less
        width = max(self.width(), NARROWEST if is_any else 0, min(needed, widest))
        corner = self.mapTo(parent, QPoint(self.width() - width, self.height() + 4))
        heights = [self.results.sizeHintForRow(row) for row in range(min(self.results.count(), MOST_ROWS))]
        room = parent.height() - corner.y() - 2 * BESIDE - AROUND
        while len(heights) > 1 and sum(heights) > room:  # no row is shown in part
            heights.pop()
        place = QRect(max(BESIDE, corner.x()), corner.y(), width, sum(heights) + AROUND)
        end = lower_end(self.results, parent, place, corner.y() + AROUND + room)
        blank = end - place.bottom() - 1
        above = 0 if is_any else blank // 2  # that there is none stands in the middle
        self.results.leave_blank(above, blank - above)
        self.results.setGeometry(place.x(), place.y(), width, end - place.y())
        self.results.raise_()
