"""Whether the open store says what was written into it: each project as it comes on screen, then all, in idle time.

SQLite notices hardly any letter that a disk or another program changed (reliability.md §6.1).
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal

from gui.document.document import Document
from model.errors import UserError
from model.records import Project

log = logging.getLogger(__name__)

LOOK_AFTER_MS = 1000
"""When the rest of the file is looked through: what is on screen comes first."""
EACH_MS = 40


class Soundness(QObject):
    """Follows a document; it changes nothing.

    Signals:
        spoilt(Project): the project on screen is not as it was written.
        others_spoilt(object): the file was looked through, and these projects, a tuple, were not as they were written;
            the one on screen is not among them.
    """

    spoilt = Signal(object)
    others_spoilt = Signal(object)

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._behind: str | None = None
        self._found: list[Project] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        document.project_switched.connect(self._look_at_project)
        document.store_changed.connect(self._begin)

    def _look_at_project(self) -> None:
        store, project = self._document.store, self._document.saved_project
        if store is None or project is None:
            return
        try:
            if not store.is_as_written(project):
                # when the page it is told over is there
                QTimer.singleShot(0, self, lambda: self._tell(project))
        except UserError as error:
            self._document.not_read.emit(str(error))

    def _tell(self, project: Project) -> None:
        here = self._document.saved_project
        if here is not None and here.id == project.id:
            self.spoilt.emit(here)

    def _begin(self) -> None:
        self._behind, self._found = None, []
        self._timer.stop()
        if self._document.store is not None:
            self._timer.start(LOOK_AFTER_MS)

    def _look(self) -> None:
        """Look at a few projects; more at the next tick."""
        store = self._document.store
        if store is None:
            return
        try:
            looked = store.look_at(self._behind)
        except UserError:  # the next gesture tells the same
            log.exception("the rest of the file could not be looked through")
            return
        self._found += looked.spoilt
        if looked.is_stale:
            self._document.count_stale()
        self._behind = looked.last
        if looked.last is not None:
            self._timer.start(EACH_MS)
            return
        here = self._document.saved_project
        others = tuple(project for project in self._found if here is None or project.id != here.id)
        if others:
            self.others_spoilt.emit(others)
