"""Counts anew the lines of the project list that a change left out of date, a few at a time, in idle time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from model.errors import UserError
from storage.store.port import OpenStore

EACH_MS = 30


class Counting(QObject):
    """Counts in the store that is open; a change of settings in a store of many hundred projects leaves some.

    Signals:
        counted(object): the lines that are counted anew.
        failed(str): the store could not be read or written; counting has stopped.
    """

    counted = Signal(object)
    failed = Signal(str)

    def __init__(self, store: Callable[[], OpenStore | None], parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._timer = QTimer(self)
        self._timer.setInterval(EACH_MS)
        self._timer.timeout.connect(self._count_some)

    def start(self) -> None:
        """Go on until every line is up to date."""
        self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()

    def _count_some(self) -> None:
        store = self._store()
        try:
            refreshed = store.refresh_summaries() if store is not None else None
        except UserError as error:
            self.stop()
            self.failed.emit(str(error))
            return
        if refreshed is None or not refreshed.left:
            self.stop()
        if refreshed is not None and refreshed.summaries:
            self.counted.emit(refreshed.summaries)
