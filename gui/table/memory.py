"""What a person made of the grid, kept between two starts: columns, letters, levels folded or empty, the line."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject

from gui.desk.preferences import Preferences
from gui.document.document import Document
from gui.table.columns import PAST_FIELDS
from gui.table.grid import Grid
from model.values.taxonomy import LEVELS

MOST_PROJECTS = 100
"""Of so many projects it is remembered which of their 二级指标 stand there empty."""


class GridMemory(QObject):
    """Arranges one grid as it was left, and remembers whatever is rearranged.

    The line the cursor was on is taken again once, with the project it was in: any other opens at its first line.
    """

    def __init__(self, grid: Grid, document: Document, preferences: Preferences) -> None:
        super().__init__(grid)
        self._grid = grid
        self._document = document
        self._preferences = preferences
        self._line: tuple[str, str] = ("", "")
        self._restore()
        grid.arranged.connect(self.remember)
        document.project_switched.connect(self._go_to_line)

    def remember(self) -> None:
        """Keep how the grid is arranged now, and where its cursor is."""
        project = self._document.saved_project
        state = {
            "widths": self._grid.widths.own,
            "order": self._grid.headings.order,
            "hidden": sorted(self._grid.headings.hidden - set(PAST_FIELDS)),
            "past": sorted(set(PAST_FIELDS) - self._grid.headings.hidden),
            "folded": sorted(self._grid.rows.folded & LEVELS.keys()),  # what is typed instead stays in the file
            "zoom": self._grid.zoom,
            "all_levels": self._grid.rows.all_levels_shown,
            "kept_levels": dict(list(self._grid.rows.kept_levels.all().items())[-MOST_PROJECTS:]),
            "line": [project.id if project is not None else "", self._grid.current_id()],
        }
        self._preferences.set_grid(self._grid.form, json.dumps(state, ensure_ascii=False))

    def _restore(self) -> None:
        try:
            state = json.loads(self._preferences.grid(self._grid.form) or "{}")
            widths = {str(field): int(width) for field, width in dict(state.get("widths", {})).items()}
            order, hidden, folded = ([str(one) for one in state.get(key, [])] for key in ("order", "hidden", "folded"))
            hidden += sorted(set(PAST_FIELDS) - {str(one) for one in state.get("past", [])})
            project_id, line_id = (str(one) for one in state.get("line", ["", ""]))
            zoom = int(state.get("zoom", 100))
            shows_all = state.get("all_levels") is True
            kept = {str(key): [str(one) for one in found] for key, found in dict(state.get("kept_levels", {})).items()}
        except (ValueError, TypeError, AttributeError):
            return  # a file somebody edited by hand: the grid looks as at first
        self._line = (project_id, line_id)
        self._grid.set_zoom(zoom)
        self._grid.headings.take(order, hidden)
        self._grid.widths.take({field: max(24, width) for field, width in widths.items()})
        self._grid.rows.set_folded(folded)
        self._grid.rows.kept_levels.take(kept)
        self._grid.rows.set_all_levels_shown(shows_all)

    def _go_to_line(self) -> None:
        project = self._document.saved_project
        if project is None:
            return
        project_id, line_id = self._line
        self._line = ("", "")
        if project.id == project_id:
            self._grid.cursor_moves.go(self._grid.rows.index_of(line_id))
