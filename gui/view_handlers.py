"""What the actions of 视图, 工具 and 帮助 do: which pane is on screen and has the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from gui.desk.notify import Tone, show_dialog
from gui.document.document import Document
from gui.views.findings_panel import FindingsPanel
from gui.views.project_page import ProjectPage
from model.findings import Finding
from model.records import Form

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class ViewHandlers:
    """Bound to one window. ``panes`` are the widgets F6 walks through, in order."""

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        page: ProjectPage,
        findings: FindingsPanel,
        panes: tuple[QWidget, ...],
    ) -> None:
        self._window = window
        self._document = document
        self._page = page
        self._findings = findings
        self._panes = panes
        findings.explanation_wanted.connect(self.explain)
        findings.rule_wanted.connect(self.manual)
        findings.outdated.connect(lambda text: window.tell(Tone.INFO, text))
        window.score_panel.topic_wanted.connect(self.manual)

    def by_name(self) -> Mapping[str, Callable[[], object]]:
        """The handlers by the names of their actions."""
        return {
            "show_declaration": lambda: self._document.set_form(Form.DECLARATION),
            "show_evaluation": lambda: self._document.set_form(Form.EVALUATION),
            "toggle_fields": self.toggle_fields,
            "next_pane": lambda: self.step_pane(1),
            "previous_pane": lambda: self.step_pane(-1),
            "next_finding": lambda: self._findings.step(1),
            "previous_finding": lambda: self._findings.step(-1),
            "fix": self._findings.fix_current,
            "explain": self._findings.explain_current,
            "rule_help": self.rule_help,
            "settings": self.settings,
            "manual": self.help,
            "keyboard": self.keyboard,
            "about": self.about,
        }

    def toggle_fields(self) -> None:
        """F3: the fields of the form on screen."""
        self._page.page.toggle_fields()

    def step_pane(self, delta: int) -> None:
        """F6: give the keyboard to the next pane on screen that can take it."""
        panes = [(pane, entrance) for pane in self._panes if (entrance := _entrance(pane)) is not None]
        focus = QApplication.focusWidget()
        holding = [place for place, (pane, _) in enumerate(panes) if focus is not None and _holds(pane, focus)]
        start = holding[0] if holding else (-1 if delta > 0 else 0)
        if panes:
            panes[(start + delta) % len(panes)][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def explain(self, finding: Finding) -> None:
        """Write, or change, why a warning may stand."""
        from gui.views.explanation import ExplanationDialog  # noqa: PLC0415 loaded when first asked for

        show_dialog(ExplanationDialog(self._document, finding, self._window))

    def settings(self) -> None:
        """Profiles, thresholds, own units."""
        from gui.settings.dialog import SettingsDialog  # noqa: PLC0415 loaded when first asked for

        before = self._document.settings
        dialog = SettingsDialog(self._document, self._window)
        dialog.accepted.connect(lambda: self._window.files.remember_unit(before))
        show_dialog(dialog)

    def rule_help(self) -> None:
        """What the manual says of the rule of the current finding."""
        finding = self._findings.current()
        if finding is not None:
            self.manual(finding.rule)

    def help(self) -> None:
        """F1: the manual, and in the list of findings what it says of the rule of the current one."""
        focus = QApplication.focusWidget()
        if focus is not None and _holds(self._findings, focus) and self._findings.current() is not None:
            self.rule_help()
        else:
            self.manual()

    def manual(self, anchor: str = "") -> None:
        """The manual, at a chapter or a rule if one is named."""
        from gui.manual.window import show_manual  # noqa: PLC0415 loaded when first asked for

        show_manual(self._window, self._window.appearance, anchor)

    def keyboard(self) -> None:
        """Shift+F1: the keyboard map."""
        from gui.manual.keyboard import KeyboardDialog  # noqa: PLC0415 loaded when first asked for

        show_dialog(KeyboardDialog(self._window))

    def about(self) -> None:
        """Version and what the program is."""
        from gui.manual.about import AboutDialog  # noqa: PLC0415 loaded when first asked for

        show_dialog(AboutDialog(self._window))


def _entrance(pane: QWidget) -> QWidget | None:
    """What of a pane takes the keyboard: itself, or the first of its widgets that does and is on screen."""
    if not pane.isVisible():
        return None
    if pane.focusProxy() is not None or pane.focusPolicy() is not Qt.FocusPolicy.NoFocus:
        return pane
    inside = pane.nextInFocusChain()
    while inside is not None and pane.isAncestorOf(inside):
        takes_tab = inside.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if takes_tab and inside.isVisible() and inside.isEnabled():
            return inside
        inside = inside.nextInFocusChain()
    return None


def _holds(pane: QWidget, focus: QWidget) -> bool:
    return pane is focus or pane.isAncestorOf(focus)
