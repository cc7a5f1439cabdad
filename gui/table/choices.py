"""What is chosen in the grid from a menu: a level for the lines at hand, the 达成等级 of a line, a gesture."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QMenu

from gui.desk.menu_place import at_mouse, on_screen, place_of_menu
from gui.document.document import Document
from gui.table.cells import CellView
from gui.table.columns import ACTUAL, LEVEL_FIELDS, NAME, TARGET
from gui.table.menus import Acts, achievement_menu, context_menu, levels_menu
from gui.table.model import AnyIndex, GridModel
from model import edits
from model.records import Achievement, EvaluatedIndicator
from model.scoring import Status, band_range, format_points

if TYPE_CHECKING:
    from gui.table.grid import Grid


LISTED = (NAME, TARGET)
"""What is typed there is looked up while it is typed."""
NO_LIST = "这一格没有列表。移动指标用 Alt+Shift+↑、Alt+Shift+↓。"


class Choices:
    """The menus of one grid."""

    def __init__(self, grid: Grid, model: GridModel, document: Document) -> None:
        self._grid = grid
        self._model = model
        self._document = document

    def choose_here(self) -> None:
        """F4: a level for the lines at hand; in a self-evaluation the 达成等级 of a line, or that it does not apply."""
        index, line_id = self._grid.currentIndex(), self._grid.current_id()
        if not line_id:
            return
        if self._model.field(index) in LEVEL_FIELDS:
            menu = levels_menu(
                self._grid, "移到", self._grid.gestures.move_to_level, self._grid.gestures.levels_at_hand()
            )
            self._pop_up(menu, self._grid.visualRect(index))
            return
        actual = self._model.index_of(line_id, ACTUAL)
        if self._model.field(actual) == ACTUAL:
            self.choose_achievement(line_id, self._grid.visualRect(actual))

    def list_here(self) -> None:
        """Alt+↓: open the list of the cell under the cursor: its levels, its grades, what could be typed there."""
        index = self._grid.currentIndex()
        field = self._model.field(index) if index.isValid() else ""
        if field in LISTED:
            self._grid.edit(index)
            self._grid.offer_in_editor()
        elif field == ACTUAL or (field in LEVEL_FIELDS and self._grid.current_id()):
            self.choose_here()
        else:
            self._grid.said.emit(NO_LIST)

    def choose_level_of(self, line_id: str) -> None:
        """Open the levels of achievement of a line at its cell, wherever the keyboard is."""
        self._grid.folding.show_line(line_id)
        actual = self._model.index_of(line_id, ACTUAL)
        if actual.isValid():
            self._grid.scrollTo(actual)
            self.choose_achievement(line_id, self._grid.visualRect(actual))

    def choose_achievement(self, line_id: str, below: QRect) -> None:
        """Open the levels of achievement with their scores, and what becomes of a line that does not apply."""
        self._grid.finish_editing()
        project, score = self._document.project, self._document.score
        line = score.line(line_id) if score is not None else None
        if project is None or line is None:
            return
        ranges = self._ranges(line.points) if line.points is not None else {}
        indicator = edits.line_of(project, line_id)
        chosen = indicator.achievement if isinstance(indicator, EvaluatedIndicator) else ""
        act = self._grid.gestures.set_achievement
        is_judged = line.status is Status.JUDGE or chosen in set(Achievement) or line.suggested_achievement is not None
        menu = achievement_menu(self._grid, chosen, ranges, lambda value: act(line_id, value), is_judged=is_judged)
        self._pop_up(menu, below, self._grid.visualRect(self._model.index_of(line_id, ACTUAL)))

    def open_menu(self, mouse: QPoint | None) -> None:
        """Everything that can be done with the lines at hand, where the mouse is in the grid or below the cursor."""
        gestures = self._grid.gestures
        if gestures.kept_project() is None:
            return
        here = self._grid.currentIndex()
        column = max(0, here.column())
        menu = context_menu(
            self._grid,
            Acts(gestures.run, gestures.move_to_level, gestures.add_under),
            self._model.form,
            lambda parent: self._grid.headings.menu(parent, column),
            gestures.levels_at_hand(),
            on_level=self._model.columns[column].is_level,
        )
        rect = self._grid.visualRect(here if mouse is None else self._grid.indexAt(mouse))
        self._pop_up(menu, rect if mouse is None else at_mouse(rect, mouse), rect)

    def tag_rect(self, index: AnyIndex) -> QRect:
        """Where the tag of an actual value stands; nowhere in a cell without one."""
        if not index.isValid() or self._model.field(index) != ACTUAL:
            return QRect()
        cell = self._model.cell(index.row(), index.column())
        if not isinstance(cell, CellView) or not cell.tag:
            return QRect()
        rect = self._grid.visualRect(index)
        parts = self._grid.painting.cells.anatomy(
            cell, rect.width() - 1, is_number=False, most_lines=self._grid.measures.most_lines(index.row())
        )
        return parts.tag.translated(rect.topLeft())

    def _pop_up(self, menu: QMenu, below: QRect, asked: QRect | None = None) -> None:
        """Open a menu below a place; where there is no room above or else beside the cell it asks about, never over."""
        menu.aboutToHide.connect(menu.deleteLater)
        view, size = self._grid.viewport(), menu.sizeHint()
        cell = (asked or below).intersected(view.rect())
        cell, below = (on_screen(view, one) for one in (cell, below))
        menu.popup(place_of_menu(size, below, cell, self._grid.screen().availableGeometry()))

    def _ranges(self, points: Decimal) -> dict[Achievement, str]:
        """The scores each level of achievement allows on a line of these points."""
        project = self._document.project
        profile = self._document.settings.profile(project.year if project is not None else 0)
        bands = {level: band_range(points, level, profile) for level in Achievement}
        return {level: f"{format_points(band.low)}～{format_points(band.high)} 分" for level, band in bands.items()}
