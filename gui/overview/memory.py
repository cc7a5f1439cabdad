"""What the pages of a year and of a unit are ordered by, kept between two starts."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject

from gui.desk.preferences import Preferences
from gui.overview.page import OverviewPage


class OverviewMemory(QObject):
    """Orders the lists as they were left, and remembers whenever one is ordered anew."""

    def __init__(self, page: OverviewPage, preferences: Preferences) -> None:
        super().__init__(page)
        self._rows = page.rows
        self._preferences = preferences
        self._restore()
        page.table.horizontalHeader().sortIndicatorChanged.connect(self._remember)

    def _remember(self) -> None:
        self._preferences.set_overview(json.dumps(self._rows.orders, ensure_ascii=False))

    def _restore(self) -> None:
        try:
            state = dict(json.loads(self._preferences.overview() or "{}"))
            orders = {str(listed): (str(title), bool(down)) for listed, (title, down) in state.items()}
        except (ValueError, TypeError):
            return  # a file somebody edited by hand: the lists are in their own order
        self._rows.take_orders(orders)
