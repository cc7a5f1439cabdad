"""What the actions of finding and replacing do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.desk.desk import Desk, Verbs
from gui.desk.notify import show_dialog, tell_undoable
from gui.search.box import SearchBox
from gui.search.hits import Found
from model.findings import Place

if TYPE_CHECKING:
    from gui.search.replace import ReplaceDialog


class SearchVerbs:
    """Bound to the search box of the window."""

    def __init__(self, desk: Desk, box: SearchBox) -> None:
        self._desk = desk
        self._document = desk.document
        self._box = box
        box.chosen.connect(self._take)

    def by_name(self) -> Verbs:
        """What is done, by the names of the actions."""
        return {"find": self.find, "replace": self.replace}

    def find(self) -> None:
        """Ctrl+F: type what to look for."""
        self._box.start()

    def replace(self) -> None:
        """Ctrl+H: replace a text in many places, first the one that was looked for."""
        from gui.search.replace import ReplaceDialog  # noqa: PLC0415 loaded when first asked for

        dialog = ReplaceDialog(self._document, self._desk.parent, self._box.sought())
        dialog.accepted.connect(lambda: self._tell_replaced(dialog.report))
        dialog.rejected.connect(lambda: self._show(dialog))
        show_dialog(dialog)

    def _tell_replaced(self, report: str) -> None:
        tell_undoable(self._desk.tell, report, self._document.undo_stack)

    def _show(self, dialog: ReplaceDialog) -> None:
        if dialog.wanted is not None:
            self._document.select_project(dialog.wanted.project_id)
            self._document.request_place(dialog.wanted.place)

    def _take(self, hit: Found) -> None:
        self._document.select_project(hit.project_id)
        self._document.request_place(hit.place or Place(self._document.form, ""))
