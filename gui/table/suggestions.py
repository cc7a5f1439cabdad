"""What may be meant: names and units the unit has used, and how a typed value will print."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListView, QVBoxLayout, QWidget

from gui.desk.theme import Theme
from gui.table.columns import ACTUAL, LEVEL_FIELDS, NAME, TARGET
from model.quantity import Kind, Style, canonical, parse, recognise
from model.records import Indicator
from model.values.taxonomy import LEVELS, is_timely
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


def preview(typed: str, style: Style, units: UnitTable, *, timely: bool) -> str:
    """How a typed value will print, "" when it prints as it is typed."""
    return recognise(typed, style, units, timely=timely) or ""


def matching_levels(typed: str, label: str) -> list[str]:
    """Official 一级 and 二级指标 that hold what is typed; all of them while the label stands as it was."""
    wanted = typed.strip()
    names = [name for level1, below in LEVELS.items() for name in (level1, *below) if name != label]
    return [name for name in names if wanted in name] if wanted and wanted != label else names


def in_same_shape(typed: str, before: str, style: Style, units: UnitTable, *, timely: bool) -> str:
    """A bare number in the shape of the value it replaces: 30 on ``≥25.00(家)`` gives ``≥30.00(家)``; else ""."""
    new, old = (parse(text, units, timely=timely) for text in (typed, before))
    is_bare = new.kind is Kind.QUANT and not new.has_comparator and not new.unit_raw and not new.after
    if not is_bare or old.kind is not Kind.QUANT or not (old.has_comparator or old.unit_raw) or old.before or old.after:
        return ""
    return canonical(replace(old, number=new.number), style)


@dataclass(frozen=True, slots=True)
class Offer:
    """What is being typed, and where: ``line`` is the line as the file holds it."""

    field: str
    typed: str
    line: Indicator
    style: Style
    units: UnitTable


@dataclass(frozen=True, slots=True)
class Found:
    """What to offer; ``is_ready`` says that Enter takes the first at once."""

    texts: list[str]
    is_ready: bool = False


def suggestions(offer: Offer, names: Iterable[str]) -> Found:
    """What to offer while a cell is typed in."""
    if offer.field in LEVEL_FIELDS:
        return Found(matching_levels(offer.typed, str(getattr(offer.line, offer.field))))
    if offer.field == NAME:
        return Found(matching_names(offer.typed, names))
    if offer.field == TARGET and (
        shaped := in_same_shape(
            offer.typed, offer.line.target_text, offer.style, offer.units, timely=is_timely(offer.line.level2)
        )
    ):
        return Found([shaped], is_ready=True)
    if offer.field in {TARGET, ACTUAL}:
        return Found(matching_values(offer.typed, offer.units))
    return Found([])


class SuggestionPanel(QFrame):
    """A list below the open editor. It never takes the focus, so an input method goes on composing in the cell.

    Signals:
        chosen(str): an entry was clicked.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._space = parent
        self._is_ready = False
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

    @property
    def is_ready(self) -> bool:
        """Whether Enter takes the first entry and is done."""
        return self._is_ready

    def offer(self, texts: list[str], preview_text: str, editor: QRect, *, is_ready: bool = False) -> None:
        """Show entries and a preview below the editor, above it where there is no room; hide when there is nothing.

        ``is_ready`` chooses the first entry.
        """
        self._is_ready = is_ready
        if texts != self.texts:
            self._model.setStringList(texts)
        if is_ready:
            self._list.setCurrentIndex(self._model.index(0, 0))
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
        self._is_ready = False
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
