"""What the window shows with nothing open: 新建、打开、打开示例 and the stores opened before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.delegates.two_lines import TwoLineDelegate
from gui.desk.icons import glyph
from gui.desk.notify import MessageStrip
from gui.desk.theme import Appearance, Theme

GLYPH_PIXELS = 22


class RecentList(QListWidget):
    """Stores opened before, newest first; one click or Enter opens.

    Signals:
        opened(str): the path that was chosen.
    """

    opened = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(TwoLineDelegate(appearance, self))
        self.setObjectName("recentList")
        self.setAccessibleName("最近打开的文件")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)

    def show_paths(self, paths: list[str]) -> None:
        """List other paths."""
        self.clear()
        for path in paths:
            item = QListWidgetItem(f"{Path(path).stem}\n{path}")
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(path)
            self.addItem(item)
        if self.hasFocus():
            self.setCurrentRow(0)
        self.setMaximumHeight(max(1, self.sizeHintForRow(0)) * len(paths) + 2 * self.frameWidth() + 4)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard starts at the newest one."""
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentItem())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._open(self.itemAt(event.position().toPoint()))

    def _open(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.opened.emit(str(item.data(Qt.ItemDataRole.UserRole)))


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

    def show_glyph(self, name: str, theme: Theme) -> None:
        """Draw the glyph in the accent colour of a theme."""
        self._glyph.setPixmap(glyph(name, theme.accent, GLYPH_PIXELS, self.devicePixelRatioF()))


class StartPage(QWidget):
    """The first thing a person sees.

    Signals:
        new_wanted(), open_wanted(), example_wanted(): one of the three ways in.
        restore_wanted(): a file cannot be opened, or is not what it should be.
        recent_chosen(str): a store opened before.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    example_wanted = Signal()
    restore_wanted = Signal()
    recent_chosen = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = MessageStrip(appearance)
        self._glyphs: dict[StartCard, str] = {}
        self.new = self._card("new", "新建", "为本单位新建数据文件", self.new_wanted)
        self.open = self._card("open", "打开", "已有的 .jixiao 数据文件", self.open_wanted)
        self.example = self._card("example", "打开示例", "看看填好的两张表", self.example_wanted)
        self.restore = QPushButton("文件打不开或内容不对？恢复备份…", self)
        self.restore.setProperty("link", "true")
        self.restore.clicked.connect(self.restore_wanted)
        self._recent_title = QLabel("最近打开", self)
        self._recent_title.setObjectName("sectionTitle")
        self.recent = RecentList(appearance, self)
        self.recent.opened.connect(self.recent_chosen)
        self._lay_out()
        self.setFocusProxy(self.new)
        appearance.changed.connect(self._dress)
        self._dress(appearance.theme)

    def show_recent(self, paths: list[str]) -> None:
        """List the stores opened before; the keyboard is on the newest, so that Enter opens it."""
        self.recent.show_paths(paths)
        self.recent.setVisible(bool(paths))
        self._recent_title.setVisible(bool(paths))
        self.setFocusProxy(self.recent if paths else self.new)

    def _lay_out(self) -> None:
        title = QLabel("绩效填报助手", self)
        title.setObjectName("startTitle")
        lead = QLabel("财政项目支出绩效目标申报与绩效自评：边填边查错，得分随时可见，一键导出正式表格。", self)
        lead.setObjectName("startLead")
        lead.setWordWrap(True)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        for card in (self.new, self.open, self.example):
            cards.addWidget(card, 1)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(title)
        column.addWidget(lead)
        column.addSpacing(8)
        column.addWidget(self._recent_title)
        column.addWidget(self.recent, 20)
        column.addSpacing(4)
        column.addLayout(cards)
        column.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(3)
        middle = QHBoxLayout()
        middle.setContentsMargins(24, 12, 24, 12)
        middle.addStretch(1)
        middle.addLayout(column, 12)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.message)
        outer.addLayout(middle, 1)

    def _card(self, name: str, verb: str, text: str, signal: object) -> StartCard:
        card = StartCard(verb, text, self)
        card.clicked.connect(signal)
        self._glyphs[card] = name
        return card

    def _dress(self, theme: Theme) -> None:
        for card, name in self._glyphs.items():
            card.show_glyph(name, theme)
