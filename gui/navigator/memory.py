"""How the navigator was left, for each store: year, kind, filter, folds, the list on screen, how far it scrolled."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b

from PySide6.QtCore import QModelIndex, QObject, QTimer

from gui.desk.preferences import Preferences
from gui.document.document import Document
from gui.document.project_list import Group, ListChange
from gui.navigator.pane import Navigator

MOST_FOLDS = 300
"""So many headings are remembered as folded, or as open."""


class NavigatorMemory(QObject):
    """Remembers the navigator when the store goes, and arranges it when the same one is there again."""

    def __init__(self, navigator: Navigator, document: Document, preferences: Preferences) -> None:
        super().__init__(navigator)
        self._navigator = navigator
        self._document = document
        self._preferences = preferences
        self._path = document.store.path if document.store is not None else None
        document.store_changed.connect(self._change_store)
        document.summaries_changed.connect(self._take_list)

    def _change_store(self) -> None:
        """Another store is open, or none; the navigator still shows the one that was."""
        if self._path is not None:
            self._preferences.set_navigator(self._path, self._state())
        store = self._document.store
        self._path = store.path if store is not None else None

    def _take_list(self, change: ListChange) -> None:
        if change.is_new and self._path is not None:
            with suppress(ValueError, TypeError, KeyError, AttributeError):  # somebody edited the file by hand
                self._arrange(json.loads(self._preferences.navigator(self._path) or "{}"))

    def _state(self) -> str:
        pane = self._navigator
        group = pane.rows.group(pane.tree.currentIndex())
        is_open = {index: pane.tree.isExpanded(index) for index in self._headings()}
        odd = [index for index, is_wanted in is_open.items() if is_wanted is not pane.opens_all]
        return json.dumps(
            {
                "year": pane.years.currentData(),
                "kind": pane.kinds.checkedId(),
                "filter": pane.filter.text(),
                "odd": [_written(pane.rows.group(index)) for index in odd[:MOST_FOLDS]],
                "group": _written(group),
                "scroll": pane.tree.verticalScrollBar().value(),
            },
            ensure_ascii=False,
        )

    def _arrange(self, state: dict[str, object]) -> None:
        pane = self._navigator
        place = pane.years.findData(state.get("year"))
        if place > 0:
            pane.years.setCurrentIndex(place)
            pane.years.activated.emit(place)
        button = pane.kinds.button(int(str(state.get("kind", 0))))
        if button is not None:
            button.setChecked(True)
        pane.filter.setText(str(state.get("filter", "")))
        headings = [(index, _written(pane.rows.group(index))) for index in self._headings()]
        odd = state.get("odd", [])
        for index, written in headings:
            if isinstance(odd, list) and written in odd:
                pane.tree.setExpanded(index, not pane.opens_all)
        here = next((index for index, written in headings if written == state.get("group")), QModelIndex())
        if here.isValid():
            pane.tree.stand_on(here)
        scroll = int(str(state.get("scroll", 0)))
        QTimer.singleShot(0, self, lambda: self._scroll_back(scroll))

    def _scroll_back(self, scroll: int) -> None:
        """As far as it was, unless what came on screen would be out of sight: the window may be another one now."""
        tree = self._navigator.tree
        tree.verticalScrollBar().setValue(scroll)
        if not tree.visualRect(tree.currentIndex()).isNull():  # a scroll to what is folded would open it
            tree.scrollTo(tree.currentIndex())

    def _headings(self) -> Iterator[QModelIndex]:
        rows = self._navigator.rows
        for number in range(rows.rowCount()):
            year = rows.index(number, 0)
            yield year
            for place in range(rows.rowCount(year)):
                yield rows.index(place, 0, year)


def _written(group: Group | None) -> list[object] | None:
    """A heading without the name of its unit, which is a text of the forms and stays in their file."""
    if group is None:
        return None
    unit = group.unit
    return [group.year, None if unit is None else blake2b(unit.encode("utf-8", "replace"), digest_size=8).hexdigest()]
