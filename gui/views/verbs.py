"""What the actions of 视图 do: which form is on screen, and which pane has the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from gui.desk.desk import Desk, Verbs
from gui.desk.focus import lasting
from gui.desk.notify import MessageStrip
from gui.document.project_list import Group
from gui.plain_window import neighbour, proxy_of
from gui.views.project_page import ProjectPage
from model.records import Form


class ViewVerbs:
    """Bound to the page of the project. ``panes`` says which widgets F6 walks through, in order."""

    def __init__(self, desk: Desk, page: ProjectPage, panes: Callable[[], tuple[QWidget, ...]]) -> None:
        self._document = desk.document
        self._page = page
        self._panes = panes

    def by_name(self) -> Verbs:
        """What is done, by the names of the actions."""
        return {
            "show_declaration": lambda: self._page.show_form(Form.DECLARATION),
            "show_evaluation": lambda: self._page.show_form(Form.EVALUATION),
            "toggle_fields": self.toggle_fields,
            "go_back": self.go_back,
            "next_pane": lambda: self.step_pane(1),
            "previous_pane": lambda: self.step_pane(-1),
        }

    def go_back(self) -> None:
        """Put on screen what was there before; from the first project, what its unit has of the year."""
        focus = QApplication.focusWidget()
        if focus is not None:
            lasting(focus).setFocus()  # the editor of a cell goes with what is on screen
        project = self._document.saved_project
        summary = self._document.projects.get(project.id) if project is not None else None
        if not self._document.go_back() and summary is not None:
            self._document.select_group(Group.of(summary))

    def toggle_fields(self) -> None:
        """F3: the sections of the form on screen."""
        self._page.page.toggle_fields()

    def step_pane(self, delta: int) -> None:
        """F6: give the keyboard to the next pane on screen that can take it; first to a message that waits for it."""
        panes = [(pane, entrance) for pane in self._panes() if (entrance := _entrance(pane)) is not None]
        focus = QApplication.focusWidget()
        holding = [place for place, (pane, _) in enumerate(panes) if focus is not None and _holds(pane, focus)]
        start = holding[0] if holding else (-1 if delta > 0 else 0)
        waiting = [
            place for place, (pane, _) in enumerate(panes) if isinstance(pane, MessageStrip) and pane.is_awaiting
        ]
        if panes:
            goal = waiting[0] if waiting and delta > 0 else (start + delta) % len(panes)
            panes[goal][1].setFocus(Qt.FocusReason.ShortcutFocusReason)


def _entrance(pane: QWidget) -> QWidget | None:
    """What of a pane takes the keyboard: itself, or the first of its widgets that does and is on screen."""
    if not pane.isVisible():
        return None
    if proxy_of(pane) is not None or pane.focusPolicy() is not Qt.FocusPolicy.NoFocus:
        return pane
    inside = neighbour(pane)
    while inside is not None and pane.isAncestorOf(inside):
        takes_tab = inside.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if takes_tab and inside.isVisible() and inside.isEnabled():
            return inside
        inside = neighbour(inside)
    return None


def _holds(pane: QWidget, focus: QWidget) -> bool:
    return pane is focus or pane.isAncestorOf(focus)
