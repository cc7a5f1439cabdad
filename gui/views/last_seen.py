"""The project and the form to open at the next start, also when the program is ended by force."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from gui.desk.preferences import Preferences
from gui.document.document import Document

REMEMBERED_AFTER_MS = 3000
"""So long it is on screen: of the projects somebody walks through in the list none is written."""


class LastSeen(QObject):
    """Remembers what stays on screen, and at closing what is there."""

    def __init__(self, document: Document, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._preferences = preferences
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(REMEMBERED_AFTER_MS)
        self._waiting.timeout.connect(self._note)
        for signal in (document.project_switched, document.form_changed):
            signal.connect(self._waiting.start)

    def remember(self) -> None:
        """Keep what is on screen now."""
        project = self._document.saved_project
        self._preferences.set_last_project(project.id if project is not None else "")
        self._preferences.set_last_form(self._document.form)

    def _note(self) -> None:
        """Of a file that has been closed since, what was there last stays remembered."""
        if self._document.store is not None:
            self.remember()
