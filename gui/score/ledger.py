"""The account of a score in four entries: what was wanted, what was done, the calculation, the rounding."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from gui.desk.labels import call
from gui.desk.style import set_style
from model.records import EvaluatedIndicator
from model.scoring import ExecutionScore, LineScore, format_total, plain_number

LONGEST_ACTUAL = 36
PLACES = 4
"""Decimals of an exact score that are shown before it is rounded."""


def shortened(text: str) -> str:
    """An actual value of a whole paragraph, cut: the cell beside the panel shows all of it."""
    return text if len(text) <= LONGEST_ACTUAL else text[:LONGEST_ACTUAL] + "…"


def rounding(line: LineScore) -> str:
    """From the exact score to the one that counts; that nothing was rounded where it has two decimals."""
    if line.unrounded is None or line.computed is None:
        return ""
    computed = format_total(line.computed)
    if (line.unrounded * 100).denominator == 1:
        words = f"{plain_number(line.unrounded)} → {computed}"
    else:
        whole = line.unrounded * 10**PLACES // 1
        is_longer = whole != line.unrounded * 10**PLACES
        words = f"{plain_number(Fraction(whole, 10**PLACES))}{'…' if is_longer else ''} → {computed}"
    if line.is_manual and line.score is not None and line.score != line.computed:
        words += f"；采用手工得分 {format_total(line.score)}"
    return words


class Ledger(QFrame):
    """Four names with their texts, one text for the keyboard and a screen reader; an empty entry is not there."""

    NAMES = ("指标值", "完成值", "公式", "四舍五入")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formula")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.entries = {name: (QLabel(name, self), QLabel(self)) for name in self.NAMES}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (name, text) in enumerate(self.entries.values()):
            name.setObjectName("fieldLabel")
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
            text.setMinimumWidth(1)
            text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)

    def text(self, name: str) -> str:
        """What an entry says."""
        return self.entries[name][1].text()

    def show_line(self, indicator: EvaluatedIndicator, line: LineScore) -> None:
        """Show another line."""
        actual = shortened(indicator.actual_text)
        calculation = "\n".join(part for part in (line.facts.replace("；", "\n"), line.formula) if part)
        if not line.formula:
            calculation = line.explanation.replace("；", "\n")
        texts = (indicator.target_text or "—", actual or "—", calculation, rounding(line))
        self._show(texts)
        self.entries["完成值"][1].setToolTip(indicator.actual_text if actual != indicator.actual_text else "")

    def show_execution(self, execution: ExecutionScore) -> None:
        """Show the execution line: its amounts stand in the form, here is only what is made of them."""
        self._show(("", "", execution.explanation.replace("；", "\n"), ""))

    def _show(self, texts: tuple[str, str, str, str]) -> None:
        for (name, label), text in zip(self.entries.values(), texts, strict=True):
            label.setText(text)
            for widget in (name, label):
                widget.setVisible(bool(text))
        spoken = (f"{name} {text}" for name, text in zip(self.NAMES, texts, strict=True) if text)
        call(self, "；".join(spoken))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        set_style(self, "focused", "true")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        set_style(self, "focused", "false")
