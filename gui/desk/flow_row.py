"""A row that goes on in the next line where larger text leaves it too little room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem


class FlowRow(QLayout):
    """Side by side from left to right, each in its own size; what has no room left begins another line."""

    def __init__(self, gap: int, between_lines: int = 4) -> None:
        """``gap`` is how many pixels stand between two of them."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap, self._between_lines = gap, between_lines
        self._width = 0
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Another one at the end."""
        self._items.append(item)

    def add_row(self, row: QLayout) -> None:
        """Others that are never parted, as one."""
        self.addChildLayout(row)
        self.addItem(row)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, number: int) -> QLayoutItem | None:
        """One of them."""
        return self._items[number] if 0 <= number < len(self._items) else None

    def takeAt(self, number: int) -> QLayoutItem | None:  # type: ignore[override]  # Qt asks until there is none
        """The same, and it is none of them any more."""
        return self._items.pop(number) if 0 <= number < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no room it does not need."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as it takes."""
        return max((place.bottom() + 1 for _, place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """As wide as the widest alone, as high as its lines are: not every layout asks for the height of a width."""
        widest = max((item.sizeHint().width() for item in self._shown()), default=0)
        return QSize(widest, self.heightForWidth(self._width or self.sizeHint().width()))

    def setGeometry(self, rect: QRect) -> None:
        """Put each where it belongs."""
        super().setGeometry(rect)
        before, self._width = self.minimumSize().height(), rect.width()
        if self.minimumSize().height() != before:
            self.update()
        for item, place in self._places(rect.width()):
            item.setGeometry(place.translated(rect.topLeft()))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _places(self, width: int) -> list[tuple[QLayoutItem, QRect]]:
        placed: list[tuple[QLayoutItem, QRect]] = []
        left = top = 0
        line: list[tuple[QLayoutItem, QRect]] = []
        for item in self._shown():
            size = item.sizeHint()
            if line and left + size.width() > width:
                placed += _centred(line)
                top = max(place.bottom() for _, place in line) + 1 + self._between_lines
                left, line = 0, []
            line.append((item, QRect(left, top, min(size.width(), max(width, 1)), size.height())))
            left += size.width() + self._gap
        return placed + _centred(line)


def _centred(line: list[tuple[QLayoutItem, QRect]]) -> list[tuple[QLayoutItem, QRect]]:
    highest = max((place.height() for _, place in line), default=0)
    return [(item, place.translated(0, (highest - place.height()) // 2)) for item, place in line]
