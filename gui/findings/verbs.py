"""What the actions about findings do: from one to the next, mended, explained, read about."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from gui.desk.desk import Desk, Verbs
from gui.desk.notify import Tone, show_dialog
from gui.findings.pane import FindingsPanel
from model.findings import Finding
from model.forms import FORMS


class FindingVerbs:
    """Bound to the list of findings; ``read_rule`` opens the manual at a rule."""

    def __init__(self, desk: Desk, findings: FindingsPanel, read_rule: Callable[[str], object]) -> None:
        self._desk = desk
        self._findings = findings
        self._read_rule = read_rule
        findings.explanation_wanted.connect(self.explain)
        findings.rule_wanted.connect(read_rule)
        findings.told.connect(self._tell)

    def by_name(self) -> Verbs:
        """What is done, by the names of the actions."""
        return {
            "next_finding": lambda: self._step(1),
            "previous_finding": lambda: self._step(-1),
            "fix": self._findings.fix_current,
            "explain": self._findings.explain_current,
            "rule_help": self.rule_help,
            "fold_findings": self._findings.turn,
        }

    def _step(self, delta: int) -> None:
        """Go to the next or the previous problem; that it is one of the other form is said, not only seen at a tab."""
        document = self._desk.document
        before = document.form
        self._findings.step(delta)
        if document.form is not before:
            self._tell(f"已从{FORMS[before].names.tab}转到{FORMS[document.form].names.tab}的问题。")

    def _tell(self, text: str) -> None:
        """Say why something was not done, or where one is now, as long as the cursor is where it was asked for."""
        here = self._findings.moves
        self._desk.tell(Tone.INFO, text, is_so=lambda: self._findings.moves == here)

    def explain(self, finding: Finding) -> None:
        """Write, or change, why a warning may stand."""
        from gui.findings.explanation import ExplanationDialog  # noqa: PLC0415 loaded when first asked for

        show_dialog(ExplanationDialog(self._desk.document, finding, self._desk.parent))

    def rule_help(self) -> None:
        """What the manual says of the rule of the problem under the cursor."""
        rule = self._findings.rule_at_hand()
        if rule:
            self._read_rule(rule)


def rule_in_list(findings: FindingsPanel) -> str:
    """The rule of the current finding while the keyboard is in the list of findings, "" elsewhere."""
    focus, finding = QApplication.focusWidget(), findings.current()
    is_here = focus is not None and (focus is findings or findings.isAncestorOf(focus))
    return finding.rule if is_here and finding is not None else ""
