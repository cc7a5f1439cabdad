"""What a person made of the grid, kept between two starts: widths, size of letters, levels folded away."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject

from gui.desk.preferences import Preferences
from gui.table.grid import Grid


class GridMemory(QObject):
    """Arranges one grid as it was left, and remembers whatever is rearranged."""

    def __init__(self, grid: Grid, preferences: Preferences) -> None:
        super().__init__(grid)
        self._grid = grid
        self._preferences = preferences
        self._restore()
        grid.arranged.connect(self._remember)

    def _restore(self) -> None:
        try:
            state = json.loads(self._preferences.grid(self._grid.form) or "{}")
            widths = {str(field): int(width) for field, width in dict(state.get("widths", {})).items()}
            folded = [str(label) for label in state.get("folded", [])]
            zoom = int(state.get("zoom", 100))
        except (ValueError, TypeError, AttributeError):
            return  # a file somebody edited by hand: the grid looks as at first
        self._grid.set_zoom(zoom)
        self._grid.widths.take({field: max(24, width) for field, width in widths.items()})
        self._grid.rows.set_folded(folded)

    def _remember(self) -> None:
        state = {
            "widths": self._grid.widths.own,
            "folded": sorted(self._grid.rows.folded),
            "zoom": self._grid.zoom,
        }
        self._preferences.set_grid(self._grid.form, json.dumps(state, ensure_ascii=False))
