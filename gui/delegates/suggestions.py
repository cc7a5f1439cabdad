"""What may be meant: names and units the unit has used, and how a typed value will print."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListView, QVBoxLayout, QWidget

from gui.desk.theme import Theme
from gui.models.columns import ACTUAL, NAME, TARGET
from model.quantity import Style, recognise
from model.values.units import UnitTable

LIMIT = 7
LIMIT_BESIDE_A_KNOWN_UNIT = 3
ROW_HEIGHT = 26

_NUMBER_AND_UNIT = re.compile(r"^(?P<number>.*\d)\s*(?P<open>[(（]?)(?P<unit>[^\d\s()（）]+)$")


def matching_names(typed: str, names: Iterable[str]) -> list[str]:
    """Known names that hold what is typed, those that start with it first; none while nothing is typed."""
    wanted = typed.strip()
    if not wanted:
        return []
    found = [name for name in names if wanted in name and name != typed]
    return sorted(found, key=lambda name: not name.startswith(wanted))[:LIMIT]


def matching_values(typed: str, units: UnitTable) -> list[str]:
    """The value with each unit its unit may become."""
    match = _NUMBER_AND_UNIT.match(typed)
    if match is None:
        return []
    unit, head = match["unit"], typed[: match.start("unit")]
    tail = {"(": ")", "（": "）", "": ""}[match["open"]]
    longer = [f"{head}{name}{tail}" for name in units.names() if name.startswith(unit) and name != unit]
    return longer[: LIMIT if units.find(unit) is None else LIMIT_BESIDE_A_KNOWN_UNIT]


def preview(typed: str, style: Style, units: UnitTable) -> str:
    """How a typed value will print, "" when it prints as it is typed."""
    return recognise(typed, style, units) or ""


def suggestions(field: str, typed: str, units: UnitTable, names: Iterable[str]) -> list[str]:
    """What to offer while a cell is typed in."""
    if field == NAME:
        return matching_names(typed, names)
    if field in {TARGET, ACTUAL}:
        return matching_values(typed, units)
    return []


class SuggestionPanel(QFrame):
    """A list below the open editor. It never takes the focus, so an input method goes on composing in the cell.

    Signals:
        chosen(str): an entry was clicked.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._space = parent
        self.setObjectName("suggestions")
        self.setAccessibleName("输入建议")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet(
            f"#suggestions {{ background: {theme.base}; border: 1px solid {theme.field_border}; }}"
            f"#suggestions QLabel {{ color: {theme.accent}; padding: 4px 8px; border: 0; background: transparent; }}"
            f"#suggestions QListView {{ border: 0; background: {theme.base}; color: {theme.text}; outline: 0; }}"
            f"#suggestions QListView::item {{ padding: 0 8px; height: {ROW_HEIGHT}px; border: 0; }}"
            f"#suggestions QListView::item:selected {{ background: {theme.selection}; color: {theme.text}; }}"
        )
        self._preview = QLabel(self)
        self._preview.setAccessibleName("打印效果")
        self._preview.setTextFormat(Qt.TextFormat.PlainText)
        self._model = QStringListModel(self)
        self._list = QListView(self)
        self._list.setAccessibleName("输入建议")
        self._list.setModel(self._model)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setUniformItemSizes(True)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(lambda index: self.chosen.emit(index.data()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._preview)
        layout.addWidget(self._list)
        self.hide()

    @property
    def texts(self) -> list[str]:
        """The entries on offer."""
        return self._model.stringList()

    @property
    def preview_text(self) -> str:
        """What the preview line says."""
        return self._preview.text()

    @property
    def selected(self) -> str:
        """The entry the arrow keys are on, "" for none."""
        index = self._list.currentIndex()
        return str(index.data()) if index.isValid() else ""

    def offer(self, texts: list[str], preview_text: str, editor: QRect) -> None:
        """Show entries and a preview below the editor, above it where there is no room; hide when there is nothing."""
        if texts != self.texts:
            self._model.setStringList(texts)
        self._preview.setText(f"打印为  {preview_text}" if preview_text else "")
        self._preview.setVisible(bool(preview_text))
        self._list.setVisible(bool(texts))
        if not texts and not preview_text:
            self.hide()
            return
        self._list.setFixedHeight(ROW_HEIGHT * len(texts))
        self.setGeometry(self._place(editor))
        self.show()
        self.raise_()

    def step(self, delta: int) -> bool:
        """Move the choice up or down; False when there is nothing to choose from."""
        if self.isHidden() or not self.texts:
            return False
        row = self._list.currentIndex().row() + delta
        if self._list.currentIndex().row() < 0:
            row = 0 if delta > 0 else len(self.texts) - 1
        if 0 <= row < len(self.texts):
            self._list.setCurrentIndex(self._model.index(row, 0))
        else:
            self._list.setCurrentIndex(self._model.index(-1, 0))
        return True

    def sizeHint(self) -> QSize:
        """Wide enough for the longest entry."""
        metrics = self.fontMetrics()
        texts = [*self.texts, self._preview.text()]
        width = max((metrics.horizontalAdvance(text) for text in texts), default=0) + 34
        height = 2 + ROW_HEIGHT * len(self.texts) + (metrics.lineSpacing() + 10 if self._preview.text() else 0)
        return QSize(width, height)

    def _place(self, editor: QRect) -> QRect:
        size = self.sizeHint()
        space = self._space.rect()
        width = min(max(size.width(), min(editor.width(), 260)), space.width())
        left = max(0, min(editor.left(), space.right() - width))
        below = editor.bottom() + 2 + size.height() <= space.bottom()
        top = editor.bottom() + 2 if below else editor.top() - 2 - size.height()
        return QRect(QPoint(left, max(0, top)), QSize(width, size.height()))
