"""The list below an open editor: what may be taken, and how the typed value will print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.desk.labels import elided
from gui.desk.style import set_style
from gui.desk.theme import Theme
from gui.table.suggestions import Choice

ROW_HEIGHT = 26
ABOVE = 2
"""Pixels above and below the preview: alone it covers one row of the grid."""
PADDING = 9
GAP = 18
WIDEST_BESIDE = 160
"""Pixels of the value and of where it comes from beside a name, which has what is left."""

AnyIndex = QModelIndex | QPersistentModelIndex


class _Choices(QAbstractListModel):
    """The choices on offer."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.choices: Sequence[Choice] = ()

    def take(self, choices: Sequence[Choice]) -> None:
        self.beginResetModel()
        self.choices = choices
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 Qt's own default
        return 0 if parent.isValid() else len(self.choices)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        choice = self.choices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.text
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return "，".join(part for part in (choice.text, choice.target, choice.origin) if part)
        return None


class _ChoiceRows(QStyledItemDelegate):
    """Draws a choice as a row of columns: name, value, and quietly where it comes from."""

    def __init__(self, model: _Choices, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self.room = 0

    def widths(self, metrics: QFontMetrics) -> tuple[int, int, int]:
        """How wide each column is in ``room`` pixels; 0 for one that no row has."""
        rows = [(choice.text, choice.target, choice.origin) for choice in self._model.choices]
        name, *beside = [
            max((metrics.horizontalAdvance(text) for text in column), default=0) for column in zip(*rows, strict=True)
        ] or (0, 0, 0)
        target, origin = (min(width, WIDEST_BESIDE) for width in beside)
        taken = sum(width + GAP for width in (target, origin) if width)
        return min(name, max(WIDEST_BESIDE, self.room - taken)), target, origin

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one row."""
        rect: QRect = option.rect  # type: ignore[attr-defined] # the stubs miss the members of style options
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined] # the stubs miss the members of style options
        choice = self._model.choices[index.row()]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("selection"))
        metrics = painter.fontMetrics()
        left = rect.left() + PADDING
        columns = zip((choice.text, choice.target, choice.origin), self.widths(metrics), strict=True)
        for number, (text, width) in enumerate(columns):
            painter.setPen(self._theme.color("muted" if number == 2 else "text"))
            room = min(width, rect.right() - left)
            if text and room > 0:
                shown = elided(text, metrics, room)
                painter.drawText(QRect(left, rect.top(), room, rect.height()), Qt.AlignmentFlag.AlignVCenter, shown)
            left += width + GAP if width else 0
        painter.restore()


class SuggestionPanel(QFrame):
    """A list below the open editor. It never takes the focus, so an input method goes on composing in the cell.

    Signals:
        chosen(Choice): an entry was clicked.
        told(str): that there is something to choose from, and the entry the arrow keys are on.
    """

    chosen = Signal(object)
    told = Signal(str)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._is_ready = False
        self.setObjectName("suggestions")
        self.setAccessibleName("输入建议")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet(
            f"#suggestions {{ background: {theme.base}; border: 1px solid {theme.field_border}; }}"
            f"#suggestions[beside='true'] {{ border: 0; }}"
            f"#suggestions QLabel[beside='true'] {{ padding: 0 {PADDING}px; }}"
            f"#suggestions QLabel {{ color: {theme.accent}; padding: {ABOVE}px 8px; border: 0; background: none; }}"
            f"#suggestions QListView {{ border: 0; background: {theme.base}; color: {theme.text}; outline: 0; }}"
            f"#suggestions QListView::item {{ padding: 0 8px; height: {ROW_HEIGHT}px; border: 0; }}"
            f"#suggestions QListView::item:selected {{ background: {theme.selection}; color: {theme.text}; }}"
        )
        self._preview = QLabel(self)
        self._preview.setAccessibleName("打印效果")
        self._preview.setTextFormat(Qt.TextFormat.PlainText)
        self._model = _Choices(self)
        self._list = QListView(self)
        self._rows = _ChoiceRows(self._model, theme, self)
        self._list.setItemDelegate(self._rows)
        self._list.setAccessibleName("输入建议")
        self._list.setModel(self._model)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(lambda index: self.chosen.emit(self._model.choices[index.row()]))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._preview)
        layout.addWidget(self._list)
        self.hide()

    @property
    def texts(self) -> list[str]:
        """The entries on offer."""
        return [choice.text for choice in self._model.choices]

    @property
    def choices(self) -> Sequence[Choice]:
        """The entries on offer with what belongs to them."""
        return self._model.choices

    @property
    def preview_text(self) -> str:
        """What the preview line says."""
        return self._preview.text()

    @property
    def selected(self) -> Choice | None:
        """The entry the arrow keys are on."""
        index = self._list.currentIndex()
        return self._model.choices[index.row()] if index.isValid() else None

    @property
    def is_ready(self) -> bool:
        """Whether Enter takes the first entry and is done."""
        return self._is_ready

    def offer(
        self,
        choices: Sequence[Choice],
        preview_text: str,
        editor: QRect,
        *,
        is_ready: bool = False,
        inside: Sequence[QRect] = (),
        around: Iterable[QRect] = (),
    ) -> None:
        """Show entries and a preview below the editor, above it where there is more room; hide when there is nothing.

        Where not all entries fit they scroll: the editor is never covered. ``is_ready`` chooses the first entry. A
        preview alone covers no value: it stands in the first place that has room for it, of what is blank ``inside``
        the editor and then ``around`` it.
        """
        self._is_ready = is_ready
        if choices != self._model.choices:
            self._model.take(choices)
        elif self.isHidden():  # what was chosen in it before it was closed is chosen no more
            self._list.setCurrentIndex(self._model.index(-1, 0))
        if is_ready:
            self._list.setCurrentIndex(self._model.index(0, 0))
        self._preview.setText(f"打印为  {preview_text}" if preview_text else "")
        self._preview.setVisible(bool(preview_text))
        self._list.setVisible(bool(choices))
        if not choices and not preview_text:
            self.hide()
            return
        self._dress_beside(is_beside=False)
        place = self._place_in_blank(preview_text, editor, inside, around) if not choices else QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not place.isEmpty())
        if not place.isEmpty():
            self._show_at(place)
            return
        self._rows.room = self._wide(editor) - 2 * PADDING - 4 - self._bar()
        place = self._place(editor)
        self._list.setFixedHeight(max(0, place.height() - self.sizeHint().height() + ROW_HEIGHT * len(choices)))
        self._show_at(place)

    @property
    def is_beside(self) -> bool:
        """Whether it stands in the row of the editor: a preview that nobody can choose from."""
        return bool(self.property("beside") == "true")

    def _place_in_blank(
        self, preview_text: str, editor: QRect, inside: Sequence[QRect], around: Iterable[QRect]
    ) -> QRect:
        """Where a preview alone covers nothing, dressed for it; nowhere without room.

        Where the words before it have none inside the editor, an arrow says them, and so around it.
        """
        words = self._preview.text()
        for blanks, is_beside in ((inside, True), (around, False)):
            self._dress_beside(is_beside=is_beside)
            for blank in blanks:
                place = self._fitted_in(blank, (words, f"→ {preview_text}"))
                if not place.isEmpty():
                    nearest = blank.right() + 1 - place.width()
                    place.moveLeft(nearest if is_beside else max(blank.left(), min(editor.left(), nearest)))
                    return place
        self._preview.setText(words)
        return QRect()

    def _fitted_in(self, blank: QRect, texts: Sequence[str]) -> QRect:
        """A part of a place as wide as the first of these texts that it has room for, which is shown; or nowhere."""
        for text in texts if blank.height() >= self.fontMetrics().lineSpacing() else ():
            self._preview.setText(text)
            width = self._preview.sizeHint().width() + 2 * self.frameWidth()
            if width <= blank.width():
                return QRect(blank.topLeft(), QSize(width, blank.height()))
        return QRect()

    def _dress_beside(self, *, is_beside: bool) -> None:
        for widget in (self, self._preview):
            set_style(widget, "beside", "true" if is_beside else "false")
        self.setFrameStyle(self.frameStyle())  # it has another border, or none

    def _show_at(self, place: QRect) -> None:
        self.setGeometry(place)
        if self.isHidden():
            self.told.emit(self._spoken())
        self.show()
        self.raise_()

    def step(self, delta: int) -> bool:
        """Move the choice up or down; False when there is nothing to choose from."""
        count = len(self._model.choices)
        if self.isHidden() or not count:
            return False
        row = self._list.currentIndex().row() + delta
        if self._list.currentIndex().row() < 0:
            row = 0 if delta > 0 else count - 1
        self._is_ready = False
        if 0 <= row < count:
            self._list.setCurrentIndex(self._model.index(row, 0))
        else:
            self._list.setCurrentIndex(self._model.index(-1, 0))
        self.told.emit(self._spoken())
        return True

    def _spoken(self) -> str:
        """What a person hears who does not see the list: where they are in it, else how many there are to choose."""
        index, count = self._list.currentIndex(), len(self._model.choices)
        if index.isValid():
            words = index.data(Qt.ItemDataRole.AccessibleTextRole)
            return f"第 {index.row() + 1} 项，共 {count} 项：{words}"
        return f"{count} 个建议，按 ↓ 选择" if count else self._preview.text()

    def sizeHint(self) -> QSize:
        """Wide enough for the longest entry."""
        metrics = self.fontMetrics()
        columns = [width for width in self._rows.widths(metrics) if width]
        rows = sum(columns) + GAP * max(0, len(columns) - 1)
        width = max(rows, metrics.horizontalAdvance(self._preview.text())) + 2 * PADDING + 4
        height = (
            2
            + ROW_HEIGHT * len(self._model.choices)
            + (metrics.lineSpacing() + 2 * ABOVE if self._preview.text() else 0)
        )
        return QSize(width, height)

    def _space(self) -> QWidget:
        """What it lies in."""
        space = self.parentWidget()
        assert space is not None
        return space

    def _wide(self, editor: QRect) -> int:
        """How wide it may be: from the editor to the right where that is enough to read by.

        It then lies over neither level of the line it speaks of.
        """
        space = self._space().rect()
        right = space.right() + 1 - editor.left()
        return right if right >= space.width() // 2 else space.width()

    def _bar(self) -> int:
        """How wide the scroll bar of a list is that has not the height for all its rows."""
        return self._list.verticalScrollBar().sizeHint().width()

    def _place(self, editor: QRect) -> QRect:
        size = self.sizeHint()
        space = self._space().rect()
        room_below, room_above = space.bottom() - editor.bottom() - 2, editor.top() - 2 - space.top()
        is_below = size.height() <= room_below or room_below >= room_above
        height = min(size.height(), max(room_below if is_below else room_above, ROW_HEIGHT + 2))
        in_part = (height - size.height()) % ROW_HEIGHT if self._model.choices else 0
        height -= in_part if height - in_part > ROW_HEIGHT else 0  # no row is shown in part
        needed = size.width() + (self._bar() if height < size.height() else 0)
        width = min(max(needed, min(editor.width(), 260)), space.width())
        left = max(0, min(editor.left(), space.right() + 1 - width))
        top = editor.bottom() + 2 if is_below else editor.top() - 2 - height
        return QRect(QPoint(left, max(0, top)), QSize(width, height))
