"""What a person makes of the columns of the grid: shown or hidden, moved, fitted; and the menu on their headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QStyle, QStyleOptionHeader, QWidget

from gui.desk.menu_place import at_mouse, on_screen, pop_up
from gui.table.columns import LEVEL_FIELDS, NAME, PAST_FIELDS, TARGET, default_order
from gui.table.model import GridModel
from gui.table.widths import ColumnWidths

if TYPE_CHECKING:
    from gui.table.grid import Grid

ALWAYS_SHOWN = (*LEVEL_FIELDS, NAME, TARGET)
"""What says which line it is and what was promised: a form without them cannot be read."""


class Headings(QObject):
    """The columns of one grid. ``fitting`` gives the width in pixels at which a column's texts need no second line.

    The levels stay at the left, where they are merged.

    Signals:
        arranged(): columns were shown, hidden or moved.
    """

    arranged = Signal()

    def __init__(self, grid: Grid, model: GridModel, widths: ColumnWidths, fitting: Callable[[int], int]) -> None:
        super().__init__(grid)
        self._grid = grid
        self._model = model
        self._widths = widths
        self._fitting = fitting
        self._header = grid.horizontalHeader()
        self._is_putting = False
        self._header.setSectionsMovable(True)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self._open_menu)
        self._header.sectionHandleDoubleClicked.connect(self.fit)
        self._header.sectionMoved.connect(self._on_moved)
        self._header.sectionResized.connect(lambda column, _before, _width: self._shorten(column, column))
        model.headerDataChanged.connect(lambda _orientation, first, last: self._shorten(first, last))
        self._put(default_order(model.form))
        for field in PAST_FIELDS:
            self._put_away(field, shown=False)

    # What is shown

    @property
    def hidden(self) -> frozenset[str]:
        """The fields of the columns that are not shown."""
        columns = enumerate(self._model.columns)
        return frozenset(column.field for number, column in columns if self._grid.isColumnHidden(number))

    @property
    def order(self) -> tuple[str, ...]:
        """The fields of all columns from left to right, hidden ones too."""
        return tuple(self._model.columns[self._header.logicalIndex(at)].field for at in range(self._header.count()))

    @property
    def shown(self) -> tuple[int, ...]:
        """The numbers of the columns that are shown, from left to right."""
        numbers = (self._header.logicalIndex(at) for at in range(self._header.count()))
        return tuple(number for number in numbers if not self._grid.isColumnHidden(number))

    def set_shown(self, field: str, *, shown: bool) -> None:
        """Show or hide the column of a field; one that says which line it is stays."""
        self._grid.finish_editing()
        if self._put_away(field, shown=shown):
            self._model.set_past_shown(self.shows_past)
            self._widths.look()
            self.arranged.emit()

    def show(self, fields: Iterable[str]) -> None:
        """Show the columns of some fields, because something is written or wanted there."""
        for field in self.hidden & set(fields):
            self.set_shown(field, shown=True)

    @property
    def shows_past(self) -> bool:
        """Whether a column of the earlier year is shown."""
        return not self.hidden.issuperset(PAST_FIELDS)

    def show_past(self, *, shown: bool) -> None:
        """Show or hide all columns of the earlier year."""
        for field in PAST_FIELDS:
            self.set_shown(field, shown=shown)

    def take(self, order: Iterable[str], hidden: Iterable[str]) -> None:
        """Arrange the columns as they were left; those nobody named keep their place behind the others."""
        fields = default_order(self._model.form)
        wanted = [field for field in dict.fromkeys(order) if field in fields and field not in LEVEL_FIELDS]
        rest = [field for field in fields if field not in wanted and field not in LEVEL_FIELDS]
        self._put([*LEVEL_FIELDS, *wanted, *rest])
        away = set(hidden)
        for field in fields:
            self._put_away(field, shown=field not in away)
        self._model.set_past_shown(self.shows_past)
        self._widths.look()

    def reset(self) -> None:
        """Every column of the form in its order, as wide as it is without a person; none of the earlier year."""
        self._grid.finish_editing()
        self.take((), PAST_FIELDS)
        self._widths.take({})
        self.arranged.emit()

    def fit(self, column: int) -> None:
        """Make a column as wide as its longest text, half the grid at most."""
        self._widths.fit(column, self._fitting(column))

    def move(self, column: int, step: int) -> None:
        """Move a column to the left (-1) or to the right (1) of the one that is shown there."""
        shown = self.shown
        at = shown.index(column) + step
        if column in shown and 0 <= at < len(shown) and not self._model.columns[column].is_level:
            self._header.moveSection(self._header.visualIndex(column), self._header.visualIndex(shown[at]))

    # The menu

    def menu(self, parent: QWidget, column: int) -> QMenu:
        """What can be done with a column, and which columns are shown."""
        spec = self._model.columns[column]
        menu = QMenu(f"列“{self._model.title(column)}”", parent)
        menu.addAction("适合内容").triggered.connect(lambda: self.fit(column))
        menu.addAction("选中整列").triggered.connect(lambda: self._select(column))
        for text, step in (("左移", -1), ("右移", 1)):
            action = menu.addAction(text)
            action.setEnabled(self._can_move(column, step))
            action.triggered.connect(lambda _checked=False, step=step: self.move(column, step))
        hide = menu.addAction("隐藏这一列")
        hide.setEnabled(spec.field not in ALWAYS_SHOWN)
        hide.triggered.connect(lambda: self.set_shown(spec.field, shown=False))
        menu.addSection("显示的列")
        for number, one in enumerate(self._model.columns):
            entry = menu.addAction(self._model.title(number))
            entry.setCheckable(True)
            entry.setChecked(one.field not in self.hidden)
            entry.setEnabled(one.field not in ALWAYS_SHOWN)
            entry.triggered.connect(lambda checked, field=one.field: self.set_shown(field, shown=checked))
        menu.addSeparator()
        menu.addAction("恢复默认列").triggered.connect(self.reset)
        return menu

    def _open_menu(self, place: QPoint) -> None:
        column = self._header.logicalIndexAt(place)
        if column >= 0:
            self._grid.finish_editing()
            menu = self.menu(self._grid, column)
            menu.aboutToHide.connect(menu.deleteLater)
            left, width = self._header.sectionViewportPosition(column), self._header.sectionSize(column)
            heading = QRect(left, 0, width, self._header.height())
            pop_up(menu, on_screen(self._header.viewport(), at_mouse(heading, place)))

    def _select(self, column: int) -> None:
        row = max(0, self._grid.currentIndex().row())
        self._grid.cursor_moves.go(self._model.index(row, column))
        self._grid.cursor_moves.select_column()

    def _can_move(self, column: int, step: int) -> bool:
        places = [number for number in self.shown if not self._model.columns[number].is_level]
        return column in places and 0 <= places.index(column) + step < len(places)

    # Inside

    def _put_away(self, field: str, *, shown: bool) -> bool:
        """Show or hide a column; whether that is another state than before."""
        number = next((at for at, column in enumerate(self._model.columns) if column.field == field), -1)
        is_shown = shown or field in ALWAYS_SHOWN
        if number < 0 or self._grid.isColumnHidden(number) is not is_shown:
            return False
        index = self._grid.currentIndex()
        if not is_shown and index.column() == number:  # the cursor is never where nobody sees it
            self._grid.cursor_moves.go(self._model.index_of_key(self._model.rows[index.row()].key))
        self._widths.show_column(number, shown=is_shown)
        return True

    def _put(self, fields: Iterable[str]) -> None:
        numbers = {column.field: number for number, column in enumerate(self._model.columns)}
        self._is_putting = True
        for at, field in enumerate(fields):
            self._header.moveSection(self._header.visualIndex(numbers[field]), at)
        self._is_putting = False
        self._grid.viewport().update()

    def _shorten(self, first: int, last: int) -> None:
        """Head some columns by the longest of their words that has room, by the last where none has.

        A column without others has the place behind its title then, which tells that it is cut.
        """
        for column in range(first, last + 1):
            width, titles = self._header.sectionSize(column), self._model.titles(column)
            if not self._grid.isColumnHidden(column):
                fitting = (by for by, title in enumerate(titles) if self._needed(title) <= width)
                self._model.shorten(column, next(fitting, max(1, len(titles) - 1)))

    def _needed(self, title: str) -> int:
        """The width of a heading with a title, with what the style puts around it."""
        option = QStyleOptionHeader()
        option.initFrom(self._header)
        option.text = title  # type: ignore[attr-defined] # the stubs miss the members of style options
        kind = QStyle.ContentsType.CT_HeaderSection
        return self._header.style().sizeFromContents(kind, option, QSize(), self._header).width()

    def _on_moved(self) -> None:
        """A heading was dragged: never before the levels."""
        if self._is_putting:
            return
        levels = [number for number, column in enumerate(self._model.columns) if column.is_level]
        if [self._header.visualIndex(number) for number in levels] != levels:
            self._put([*LEVEL_FIELDS, *(field for field in self.order if field not in LEVEL_FIELDS)])
        self._grid.viewport().update()
        self.arranged.emit()
