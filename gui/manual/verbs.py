"""What the actions of 帮助 do."""

from __future__ import annotations

from collections.abc import Callable

from gui.desk.desk import Desk, Verbs
from gui.desk.notify import show_dialog


class ManualVerbs:
    """``rule_at_hand`` names the rule the keyboard is at, "" for none: F1 opens the manual there."""

    def __init__(self, desk: Desk, rule_at_hand: Callable[[], str]) -> None:
        self._desk = desk
        self._rule_at_hand = rule_at_hand

    def by_name(self) -> Verbs:
        """What is done, by the names of the actions."""
        return {
            "manual": lambda: self.read(self._rule_at_hand()),
            "keyboard": self.keyboard,
            "about": self.about,
        }

    def read(self, anchor: str = "") -> None:
        """The manual, at a chapter or a rule if one is named."""
        from gui.manual.window import show_manual  # noqa: PLC0415 loaded when first asked for

        show_manual(self._desk.parent, self._desk.appearance, anchor)

    def keyboard(self) -> None:
        """Shift+F1: the keyboard map."""
        from gui.manual.keyboard import KeyboardDialog  # noqa: PLC0415 loaded when first asked for

        show_dialog(KeyboardDialog(self._desk.parent))

    def about(self) -> None:
        """Version, where the data is, and what the program is."""
        from gui.manual.about import AboutDialog  # noqa: PLC0415 loaded when first asked for

        path = self._desk.document.path
        show_dialog(AboutDialog(str(path) if path is not None else "", self._desk.parent))
