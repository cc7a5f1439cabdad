"""使用手册 (F1): contents on the left, text on the right, a search over all of it; beside the window, not over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QToolButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.desk.announcer import announce
from gui.desk.icons import icon
from gui.desk.labels import NOT_FOUND
from gui.desk.list_rows import ListRows
from gui.desk.search_field import SearchField
from gui.desk.theme import Appearance, Theme
from gui.desk.whole_tree import WholeRowsTree
from gui.manual.page import Heading, ManualPage, frame
from gui.manual.text import chapters

_LOWEST_LISTED = 2


def show_manual(window: QWidget, appearance: Appearance, anchor: str = "") -> ManualWindow:
    """Bring the window's manual to the front, made when it is first asked for, and go to a section of it."""
    manual = window.findChild(ManualWindow)
    if manual is None:
        manual = ManualWindow(appearance, window)
    manual.show()
    manual.raise_()
    manual.activateWindow()
    if anchor:
        manual.open_section(anchor)
    return manual


class Contents(WholeRowsTree):
    """The table of contents: chapters and their parts, all of them open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(ListRows(self))
        self.setAccessibleName("手册目录")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(14)
        self.setItemsExpandable(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)

    def showEvent(self, event: QShowEvent) -> None:
        """Rows that were measured before have no padding yet: the style sheet comes when they are shown."""
        super().showEvent(event)
        self.doItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The part that is read stays in sight."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def show_headings(self, headings: tuple[Heading, ...]) -> None:
        """List the headings of the two upper levels."""
        self.clear()
        chapter: QTreeWidgetItem | None = None
        for heading in headings:
            if heading.level > _LOWEST_LISTED:
                continue
            item = QTreeWidgetItem([heading.anchor])
            item.setData(0, Qt.ItemDataRole.UserRole, heading.position)
            if heading.level == 1 or chapter is None:
                chapter = item
                font = item.font(0)
                font.setBold(True)
                item.setFont(0, font)
                self.addTopLevelItem(item)
            else:
                chapter.addChild(item)
        self.expandAll()

    def follow(self, position: int) -> None:
        """Stand on the part a place of the text belongs to."""
        wanted: QTreeWidgetItem | None = None
        for item in self._items():
            if item.data(0, Qt.ItemDataRole.UserRole) <= position:
                wanted = item
        if wanted is not None and wanted is not self.currentItem():
            with QSignalBlocker(self):
                self.setCurrentItem(wanted)

    def _items(self) -> list[QTreeWidgetItem]:
        tops = [self.topLevelItem(row) for row in range(self.topLevelItemCount())]
        return [
            item for top in tops if top is not None for item in (top, *(top.child(n) for n in range(top.childCount())))
        ]


class ManualWindow(QWidget):
    """The manual in a window of its own that stays open while the forms are filled in."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("manual")
        self.setWindowTitle("使用手册")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(780, 420)
        self._chapters = chapters()
        self._trail: list[int] = []
        self.search = SearchField("在手册中查找", "在手册中查找 Ctrl+F", self)
        self.search.setFixedWidth(300)  # nothing moves when the count comes
        self.count = QLabel(self)
        self.count.setProperty("muted", "true")
        self.back = self._button("返回", "Alt+←")
        self.previous = self._button("上一处", "Shift+F3")
        self.next = self._button("下一处", "F3")
        self.contents = Contents(self)
        self.page = ManualPage(self)
        self._lay_out()
        self._connect()
        if parent is not None:
            parent.installEventFilter(self)
        appearance.changed.connect(self._dress)
        self._dress(appearance.theme)

    def open_section(self, anchor: str) -> bool:
        """Go to a chapter, a rule or a heading by its anchor; whether there is such a section."""
        before = self.page.verticalScrollBar().value()
        if not self.page.open_section(anchor):
            return False
        self._trail.append(before)
        self.back.setEnabled(True)
        return True

    def go_back(self) -> None:
        """Alt+←: to where the last jump began."""
        if not self._trail:
            return
        self.page.verticalScrollBar().setValue(self._trail.pop())
        if not self._trail:
            if self.back.hasFocus():
                self.page.setFocus()
            self.back.setEnabled(False)

    def step(self, delta: int) -> None:
        """F3 and Shift+F3: the next or previous place where the words stand."""
        self.page.step(delta)
        self._say_count()

    def start_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field goes on, Esc empties it and then closes the window."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.search.hasFocus():
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The manual goes when the window it explains is closed."""
        if watched is self.parent() and event.type() is QEvent.Type.Close:
            self.close()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """Beside the contents a whole column of text."""
        return QSize(1040, 720)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(4, 8, 12, 8)
        top.setSpacing(6)
        for widget in (self.back, self.search, self.previous, self.next, self.count):
            top.addWidget(widget)
        top.addStretch(1)
        both = QSplitter(self)
        both.setHandleWidth(1)
        both.setChildrenCollapsible(False)
        both.addWidget(self.contents)
        both.addWidget(self.page)
        both.setStretchFactor(1, 1)
        both.setSizes([220, 820])
        self.contents.setMinimumWidth(150)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(both, 1)
        self.page.setFocus()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._look)
        self.back.clicked.connect(self.go_back)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.contents.currentItemChanged.connect(self._choose)
        self.page.section_changed.connect(self._follow)
        self.page.section_wanted.connect(self.open_section)
        self.page.link_reached.connect(lambda words: announce(self.page, f"链接：{words}"))
        for keys, act in (
            ("Ctrl+F", self.start_search),
            ("F3", lambda: self.step(1)),
            ("Shift+F3", lambda: self.step(-1)),
            ("Alt+Left", self.go_back),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _button(self, words: str, keys: str) -> QToolButton:
        button = QToolButton(self)
        button.setAccessibleName(words)
        button.setToolTip(f"{words}（{keys}）")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setEnabled(False)
        return button

    def _look(self, text: str) -> None:
        self.page.look_for(text.strip())
        self.page.step(1)
        self._say_count()

    def _say_count(self) -> None:
        found = len(self.page.hits)
        for button in (self.previous, self.next):
            button.setEnabled(found > 0)
        words = f"第 {self.page.current_hit} 处，共 {found} 处" if found else NOT_FOUND
        self.count.setText(words if self.search.text().strip() else "")
        announce(self.count, self.count.text())

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.open_section(item.text(0))

    def _follow(self, anchor: str) -> None:
        heading = self.page.section(anchor)
        if heading is not None:
            self.contents.follow(heading.position)

    def _dress(self, theme: Theme) -> None:
        self.back.setIcon(icon("chevron-left", theme, "muted"))
        self.previous.setIcon(icon("chevron-up", theme, "muted"))
        self.next.setIcon(icon("chevron-down", theme, "muted"))
        elsewhere = getattr(theme, theme.selected(has_keyboard=False))
        self.setStyleSheet(
            f"#manual {{ background: {theme.window}; }}"
            f"#manual QTreeWidget {{ background: {theme.raised}; {frame(theme.raised)} padding: 4px 2px; }}"
            f"#manual QTreeWidget:focus {{ {frame(theme.focus)} }}"
            "#manual QTreeWidget::item { padding: 4px 6px 4px 3px; border: 0; border-left: 3px solid transparent;"
            " border-radius: 0; }"
            f"#manual QTreeWidget::item:selected {{ background: {theme.selection}; color: {theme.text};"
            f" border-left-color: {theme.accent}; }}"
            f"#manual QTreeWidget::item:selected:!active {{ background: {elsewhere}; }}"
        )
        self.page.show_chapters(self._chapters, theme)
        with QSignalBlocker(self.contents):
            self.contents.show_headings(self.page.headings)
        self.page.tell_section()
