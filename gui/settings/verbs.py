"""What 设置 does, and what this person's window remembers of it."""

from __future__ import annotations

from gui.desk.desk import Desk, Verbs
from gui.desk.notify import show_dialog
from model.settings import Settings


class SettingsVerbs:
    """Opens the settings of the store."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def by_name(self) -> Verbs:
        """What is done, by the names of the actions."""
        return {"settings": self.settings}

    def settings(self) -> None:
        """Profiles, thresholds, own units."""
        from gui.settings.dialog import SettingsDialog  # noqa: PLC0415 loaded when first asked for

        before = self._desk.document.settings
        dialog = SettingsDialog(self._desk.document, self._desk.parent)
        dialog.accepted.connect(lambda: self._remember_unit(before))
        show_dialog(dialog)

    def _remember_unit(self, before: Settings) -> None:
        """What the clerk now calls the unit is what the next new file will be given.

        Only where the open file bore the remembered name ``before``: another unit's file says nothing of one's own.
        """
        now = self._desk.document.settings
        if before.unit_name == self._desk.preferences.unit()[0]:
            self._desk.preferences.set_unit(now.unit_name, now.department)
