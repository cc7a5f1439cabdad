"""Which sections of a sheet are open, kept between two starts."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject

from gui.desk.preferences import Preferences
from gui.document.document import Document
from gui.views.project_page import FormPage


class SheetMemory(QObject):
    """Opens the sections of one form as they were left, and remembers what is opened and folded by hand.

    A section somebody opens stays open, in any project. What was folded too is taken again once, with the project it
    was in: in any other a section that lacks something opens by itself.
    """

    def __init__(self, page: FormPage, document: Document, preferences: Preferences) -> None:
        super().__init__(page)
        self._page = page
        self._document = document
        self._preferences = preferences
        self._restore()
        page.panel.chosen.connect(self.remember)

    def remember(self) -> None:
        """Keep which sections are open now, and which are wanted open in any project."""
        project = self._document.saved_project
        state = {
            "wanted": sorted(self._page.panel.wanted),
            "project": project.id if project is not None else "",
            "open": self._page.open_sections,
        }
        self._preferences.set_sections(self._page.form, json.dumps(state))

    def _restore(self) -> None:
        try:
            state = json.loads(self._preferences.sections(self._page.form) or "{}")
            wanted, opened = ([str(one) for one in state.get(key, [])] for key in ("wanted", "open"))
            project_id = str(state.get("project", ""))
        except (ValueError, TypeError, AttributeError):
            return  # a file somebody edited by hand: the sheet looks as at first
        self._page.panel.wanted = set(wanted)
        if project_id:
            self._page.open_once(project_id, opened)
