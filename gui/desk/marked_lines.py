"""Rows with a box to tick in whose texts parts are marked: drawn as ever, the marked parts bold."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QWidget

from gui.desk.list_rows import AIR, Index, ListRows

MARKED = Qt.ItemDataRole.UserRole + 1
"""The parts of an item's text that are drawn bold, as (start, end) within the whole of it."""

_BREAK = "\u2028"
"""What breaks a line within one layout."""


class MarkedLines(ListRows):
    """Draws the box and the row as the style does, and the text over it, wrapped in the width there is."""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one item."""
        marked = index.data(MARKED)
        if not marked:
            super().draw(painter, option, index)
            return
        self.initStyleOption(option, index)
        # the stubs miss the members of style options
        widget: QWidget | None = option.widget  # type: ignore[attr-defined]
        style = widget.style() if widget is not None else QApplication.style()
        rect = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, widget)
        palette: QPalette = option.palette  # type: ignore[attr-defined]
        font: QFont = option.font  # type: ignore[attr-defined]
        option.text = ""  # type: ignore[attr-defined]
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        painter.save()
        painter.setClipRect(rect)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        _draw(painter, rect, _layout(str(index.data()), font, marked, rect.width() - 2 * AIR))
        painter.restore()

    def height_of(self, text: str, font: QFont, width: int, index: Index) -> int:
        """Bold letters are wider, and may take a line more."""
        marked = index.data(MARKED)
        if not marked:
            return super().height_of(text, font, width, index)
        return ceil(_height(_layout(text, font, marked, width)))


def bold_ranges(marked: Sequence[tuple[int, int]]) -> list[QTextLayout.FormatRange]:
    """The parts of a text, as (start, end), in the bold letters a layout draws them in."""
    strong = QTextCharFormat()
    strong.setFontWeight(QFont.Weight.Bold)
    ranges = []
    for start, end in marked:
        part = QTextLayout.FormatRange()
        # the stubs miss the members of a range
        part.start, part.length, part.format = start, end - start, strong  # type: ignore[attr-defined]
        ranges.append(part)
    return ranges


def _layout(text: str, font: QFont, marked: list[tuple[int, int]], width: int) -> QTextLayout:
    layout, wrapping = QTextLayout(text.replace("\n", _BREAK), font), QTextOption()
    wrapping.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(wrapping)
    layout.setFormats(bold_ranges(marked))
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout


def _height(layout: QTextLayout) -> float:
    return layout.boundingRect().height()


def _draw(painter: QPainter, rect: QRect, layout: QTextLayout) -> None:
    """In the middle of the height."""
    top = rect.top() + max(0.0, (rect.height() - _height(layout)) / 2)
    layout.draw(painter, QPointF(rect.left() + AIR, top))
