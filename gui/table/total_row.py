"""The totals of a form, pinned below its grid and in line with its columns."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.table.cell_painting import whole_in
from gui.table.columns import NAME, POINTS, SCORE, column_of
from gui.table.grid import Grid
from gui.table.model import GridModel


class TotalRow(QWidget):
    """One line at the bottom of its room; it follows the widths, the scrolling and the theme of its grid.

    Where less than a row is left above it, it is as much higher: a blank strip of the grid would look like a row.
    """

    def __init__(self, grid: Grid, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self._model = model
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header = grid.horizontalHeader()
        header.sectionResized.connect(self.update)
        header.sectionMoved.connect(self.update)
        grid.horizontalScrollBar().valueChanged.connect(self.update)
        grid.look_changed.connect(self._resize)
        model.levels_changed.connect(self._say)
        model.modelReset.connect(self._say)
        self._say()

    def sizeHint(self) -> QSize:
        """As high as a row of the grid."""
        return QSize(200, self._grid.painting.cells.row_height + 1)

    def minimumSizeHint(self) -> QSize:
        """Never lower."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The label left of the numbers, each number in its column."""
        cells = self._grid.painting.cells
        painter = QPainter(self)
        painter.fillRect(self.rect(), cells.theme.color("level1_background"))
        painter.fillRect(0, 0, self.width(), 1, cells.theme.color("field_border"))  # at 150 % a line would be above it
        total = self._model.total
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        label = self._area(column_of(self._model.form, NAME)).adjusted(6, 0, 0, 0)
        label.setRight(self.width())
        for column in self._grid.headings.shown:
            text = {POINTS: total.points, SCORE: total.score}.get(self._model.columns[column].field, "")
            if text:
                area = self._area(column).adjusted(6, 0, -7, 0)
                if area.left() > label.left():
                    label.setRight(min(label.right(), area.left() - 6))
                lacking = self._grid.painting.fraction(column) - cells.bold_fraction(text)
                area.setRight(area.right() - max(0, lacking))  # bold decimals are wider than those above
                number = area.adjusted(max(0, area.width() - cells.bold_width(text)), 0, 0, 0)
                shown, area = whole_in(self._grid.viewport().geometry(), text, area, number)
                cells.paint_bold(painter, area, shown, right)
        cells.paint_bold(painter, label, total.label)
        painter.end()

    def _area(self, column: int) -> QRect:
        left = self._grid.columnViewportPosition(column) + self._grid.viewport().x()
        band = self._band()
        return QRect(left, band.top(), self._grid.columnWidth(column), band.height())

    def _band(self) -> QRect:
        """The line itself: always at the bottom, so that it stands still while rows of any height scroll above it."""
        height = self.sizeHint().height()
        return QRect(0, self.height() - height, self.width(), height)

    def _resize(self) -> None:
        self.updateGeometry()
        self.update()

    def _say(self) -> None:
        total = self._model.total
        parts = (total.label, f"分值 {total.points}" if total.points else "", total.score)
        text = "，".join(part for part in parts if part)
        if text != self.accessibleName():
            self.setAccessibleName(text)
        self.update()
