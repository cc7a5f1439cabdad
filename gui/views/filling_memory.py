"""Which forms are being filled in and what of them was told, kept for each store between two starts."""

from __future__ import annotations

import json
from contextlib import suppress

from PySide6.QtCore import QObject

from gui.desk.preferences import Preferences
from gui.document.document import Document


class FillingMemory(QObject):
    """Remembers what is told as 待填 when the store goes, so that the same is told when it is there again."""

    def __init__(self, document: Document, preferences: Preferences) -> None:
        super().__init__(document)
        self._document = document
        self._preferences = preferences
        self._path = document.store.path if document.store is not None else None
        document.store_changed.connect(self._change_store)

    def _change_store(self) -> None:
        if self._path is not None:
            self._preferences.set_filling(self._path, json.dumps(self._document.filling.state()))
        store = self._document.store
        self._path = store.path if store is not None else None
        if self._path is not None:
            with suppress(ValueError, TypeError, KeyError, AttributeError):  # somebody edited the file by hand
                self._document.filling.restore(json.loads(self._preferences.filling(self._path) or "{}"))
