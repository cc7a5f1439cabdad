"""What the window shows with nothing open: 新建、打开、打开示例 and the stores opened before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from gui.delegates.two_lines import TwoLineDelegate
from gui.desk.dialog import scrolled
from gui.desk.icons import glyph
from gui.desk.menu_place import asked_at, pop_up
from gui.desk.notify import MessageStrip
from gui.desk.theme import Appearance, Theme
from gui.files.rescue import RESTORE

GLYPH_PIXELS = 22
AROUND = 8
"""Pixels above and below all at least."""
_BETWEEN, _CLOSE = 10, 7
"""Pixels between two parts; the fewer where one more entry is whole by that."""
GONE = "文件不在这里了"


class RecentList(QListWidget):
    """Stores opened before, newest first; one click or Enter opens, Delete or the menu takes one out of the list.

    Signals:
        opened(str): the path that was chosen.
        forgotten(str): the path that is not to be listed any more.
    """

    opened = Signal(str)
    forgotten = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(TwoLineDelegate(appearance, self))
        self.setObjectName("recentList")
        self.setAccessibleName("最近打开的文件")
        self.setAccessibleDescription("Enter 打开，Del 移出列表")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_paths(self, paths: Sequence[str], gone: Sequence[str] = ()) -> None:
        """List other paths; those that are ``gone`` come last, and say so."""
        row = self.currentRow()
        self.clear()
        for path in (*paths, *gone):
            said = "" if path in paths else f"{GONE}："
            item = QListWidgetItem(f"{Path(path).stem}\n{said}{Path(path).parent}")
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(f"{said}{path}")
            self.addItem(item)
        if self.hasFocus():
            self.setCurrentRow(min(max(row, 0), self.count() - 1))
        self.updateGeometry()

    def height_of(self, rows: int) -> int:
        """The pixels so many of its entries take whole."""
        return max(1, self.sizeHintForRow(0)) * rows + 2 * self.frameWidth()

    def sizeHint(self) -> QSize:
        """As high as all entries."""
        return QSize(super().sizeHint().width(), self.height_of(self.count()))

    def minimumSizeHint(self) -> QSize:
        """One entry."""
        return QSize(super().minimumSizeHint().width(), self.height_of(min(1, self.count())))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard starts at the newest one."""
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete forgets."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._tell(self.opened, self.currentItem())
        elif event.key() == Qt.Key.Key_Delete:
            self._tell(self.forgotten, self.currentItem())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._tell(self.opened, self.itemAt(event.position().toPoint()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with an entry."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        item: QListWidgetItem | None = self.currentItem() if by_key else self.itemAt(event.pos())
        if item is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, signal in (("打开\tEnter", self.opened), ("移出列表\tDel", self.forgotten)):
            menu.addAction(words).triggered.connect(partial(self._tell, signal, item))
        pop_up(menu, asked_at(self, event))

    def _tell(self, signal: SignalInstance, item: QListWidgetItem | None, _checked: object = None) -> None:
        if item is not None:
            signal.emit(str(item.data(Qt.ItemDataRole.UserRole)))


class StartCard(QPushButton):
    """A large button: what it does, and below it in a quieter colour what for."""

    def __init__(self, verb: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startCard")
        self.setAccessibleName(verb)
        self.setAccessibleDescription(text)
        self.setMinimumWidth(200)
        self._glyph = QLabel(self)
        title = QLabel(verb, self)
        title.setObjectName("sectionTitle")
        about = QLabel(text, self)
        about.setObjectName("muted")
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(title)
        words.addWidget(about)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self._glyph)
        row.addLayout(words, 1)
        for label in (self._glyph, title, about):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def needed(self) -> int:
        """The width of its words."""
        layout = self.layout()
        return layout.minimumSize().width() if layout is not None else 0

    def show_glyph(self, name: str, theme: Theme) -> None:
        """Draw the glyph in the accent colour of a theme."""
        self._glyph.setPixmap(glyph(name, theme.accent, GLYPH_PIXELS, self.devicePixelRatioF()))


class StartPage(QWidget):
    """The first thing a person sees.

    Signals:
        new_wanted(), open_wanted(), example_wanted(): one of the three ways in.
        restore_wanted(): a file cannot be opened, or is not what it should be.
        recent_chosen(str): a store opened before.
        recent_forgotten(str): one that is not to be listed any more.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    example_wanted = Signal()
    restore_wanted = Signal()
    recent_chosen = Signal(str)
    recent_forgotten = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("开始")
        self.message = MessageStrip(appearance)
        self._glyphs: dict[StartCard, str] = {}
        self.new = self._card("new", "新建", "为本单位新建数据文件", self.new_wanted)
        self.open = self._card("open", "打开", "已有的 .jixiao 数据文件", self.open_wanted)
        self.example = self._card("example", "打开示例", "看看填好的两张表", self.example_wanted)
        self.restore = QPushButton("文件打不开或内容不对？恢复备份…", self)
        self.restore.setProperty("link", "end")
        self.restore.clicked.connect(self.restore_wanted)
        policy = self.restore.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing moves when it comes or goes
        self.restore.setSizePolicy(policy)
        self._recent_title = QLabel("最近打开", self)
        self._recent_title.setObjectName("sectionTitle")
        self.recent = RecentList(appearance, self)
        self.recent.opened.connect(self.recent_chosen)
        self.recent.forgotten.connect(self.recent_forgotten)
        self._lay_out()
        self.setFocusProxy(self.new)
        appearance.changed.connect(self._dress)
        self._dress(appearance.theme)

    def show_recent(self, paths: Sequence[str], gone: Sequence[str] = ()) -> None:
        """List the stores opened before; the keyboard is on the newest, so that Enter opens it."""
        had_focus = self.recent.hasFocus()
        self.recent.show_paths(paths, gone)
        is_any = self.recent.count() > 0
        self.recent.setVisible(is_any)
        self._recent_title.setVisible(is_any)
        self.setFocusProxy(self.recent if is_any else self.new)
        if had_focus and not is_any:
            self.new.setFocus()
        self._make_room()

    def event(self, event: QEvent) -> bool:
        """A message came or went."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._make_room()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """What came or went while another page was shown."""
        super().showEvent(event)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many entries as are seen whole; what is above and below stays where it is when a message comes."""
        super().resizeEvent(event)
        self._make_room()

    def _lay_out(self) -> None:
        title = QLabel("绩效填报助手", self)
        title.setObjectName("startTitle")
        lead = self._lead = QLabel(
            "财政项目支出绩效目标申报与绩效自评：边填边查错，得分随时可见，一键导出正式表格。", self
        )
        lead.setObjectName("startLead")
        lead.setWordWrap(True)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(12)
        for card in self._glyphs:
            self._cards.addWidget(card, 1)
        self._top = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._column = QVBoxLayout()
        self._column.setSpacing(_BETWEEN)
        self._column.addWidget(title)
        self._column.addWidget(lead)
        self._column.addSpacing(4)
        self._column.addWidget(self._recent_title)
        self._column.addWidget(self.recent)
        self._column.addSpacing(4)
        self._column.addLayout(self._cards)
        self._column.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignRight)
        middle = QHBoxLayout()
        middle.setContentsMargins(24, 0, 24, 0)
        middle.addStretch(1)
        middle.addLayout(self._column, 12)
        middle.addStretch(1)
        body = QWidget()
        self._outer = QVBoxLayout(body)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addItem(self._top)
        self._outer.addLayout(middle)
        self._outer.addStretch(1)
        area = scrolled(body)
        area.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addWidget(self.message)

    def _make_room(self) -> None:
        """Two fifths of what is left above, the rest below, where a message finds its room.

        Where not all entries fit, the sentence about the program gives way to one more, then what is between the parts.
        """
        self.restore.setVisible(not self.message.offers(RESTORE))  # for the file it speaks of
        self._stand_cards()
        recent, count = self.recent, self.recent.count()
        entry = recent.height_of(1) - recent.height_of(0)
        ways = [(self._room(gap, has_lead=lead), gap, lead) for gap, lead in ((_BETWEEN, True), (_BETWEEN, False))]
        ways.append((self._room(_CLOSE, has_lead=False), _CLOSE, False))
        room, gap, has_lead = max(ways, key=lambda way: min(count, way[0] // entry))
        self._lead.setVisible(has_lead)
        if gap != self._column.spacing():
            self._column.setSpacing(gap)
        shown = max(1, min(count, room // entry))
        top = AROUND + max(0, room - (recent.height_of(shown) if count else 0)) * 2 // 5
        below = 0 if self.message.isHidden() else self.message.heightForWidth(self.width())
        recent.setMaximumHeight(recent.height_of(max(1, min(shown, (room + 2 * AROUND - top - below) // entry))))
        if top != self._top.sizeHint().height():
            self._top.changeSize(0, top, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            self._outer.invalidate()
            self._outer.activate()  # a change of size has laid it out before this

    def _stand_cards(self) -> None:
        """Beside each other, in larger text one below the other: their words are whole."""
        widest = max(card.needed() for card in self._glyphs)
        room = (self._column.geometry().width() - 2 * self._cards.spacing()) // len(self._glyphs)
        way = QHBoxLayout.Direction.LeftToRight if widest <= room else QHBoxLayout.Direction.TopToBottom
        if way is not self._cards.direction():
            self._cards.setDirection(way)

    def _room(self, gap: int, *, has_lead: bool) -> int:
        """The pixels left for the entries with so much between two parts, with or without the sentence."""
        items = [self._column.itemAt(number) for number in range(self._column.count())]
        others = [item for item in items if item.widget() not in {self.recent, self._lead}]
        taken = sum(item.sizeHint().height() + (0 if item.isEmpty() else gap) for item in others)
        lead = self._lead.heightForWidth(self._column.geometry().width()) + gap if has_lead else 0
        return self.height() - 2 * AROUND - lead - taken

    def _card(self, name: str, verb: str, text: str, signal: object) -> StartCard:
        card = StartCard(verb, text, self)
        card.clicked.connect(signal)
        self._glyphs[card] = name
        return card

    def _dress(self, theme: Theme) -> None:
        for card, name in self._glyphs.items():
            card.show_glyph(name, theme)
