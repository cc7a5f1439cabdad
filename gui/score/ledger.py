"""The account of a score in four entries: what was wanted, what was done, the calculation, the rounding."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from gui.desk.labels import call
from gui.desk.style import set_style
from gui.score.clauses import ClauseLabel
from model.records import EvaluatedIndicator
from model.scoring import ExecutionScore, LineScore, format_total, plain_number

PLACES = 4
"""Decimals of an exact score that are shown before it is rounded."""
WIDEST = "999,999,999,999.99"
"""The widest amount there may be: an entry is never narrower."""
AS_TYPED = ("指标值", "完成值")
"""The entries that hold what a person wrote, which may be a whole paragraph; the cells beside the panel show it too."""


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
    WORDS = "说明"
    """What the third is called where it holds no calculation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formula")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.entries = {name: (QLabel(name, self), ClauseLabel(self)) for name in self.NAMES}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (name, text) in enumerate(self.entries.values()):
            name.setObjectName("fieldLabel")
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)
        self._grid = grid
        self._make_room()

    def text(self, name: str) -> str:
        """What an entry says."""
        return self.entries[name][1].full_text

    def needs(self, width: int) -> tuple[object, ...]:
        """What its height at a width follows from, however many lines are said."""
        shown = [(name, text) for name, text in self.entries.values() if not text.isHidden()]
        names = max((name.sizeHint().width() for name, _ in shown), default=0)
        inside = width - (self.width() - self.contentsRect().width()) - names - self._grid.horizontalSpacing()
        room = max(inside, self._grid.columnMinimumWidth(1), *(text.minimumSizeHint().width() for _, text in shown), 0)
        return room, *((name.text(), text.needs(room)) for name, text in shown)

    def set_most_lines(self, most: int, facts: int) -> None:
        """Say no more than so many lines of what a person wrote, and of the facts, which may quote it; 0 for all.

        Calculation and rounding are always whole.
        """
        for name in AS_TYPED:
            self.entries[name][1].set_most_lines(most)
        self.entries["公式"][1].set_most_lines(facts, spares_last=True)

    def show_line(self, indicator: EvaluatedIndicator, line: LineScore) -> None:
        """Show another line."""
        calculation = "\n".join(part for part in (line.facts.replace("；", "\n"), line.formula) if part)
        if not line.formula:
            calculation = line.explanation.replace("；", "\n")
        texts = (indicator.target_text or "—", indicator.actual_text or "—", calculation, rounding(line))
        self._show(texts, is_calculated=bool(line.formula))

    def show_execution(self, execution: ExecutionScore) -> None:
        """Show the execution line: its amounts stand in the form, here is only what is made of them."""
        texts = ("", "", execution.explanation.replace("；", "\n"), "")
        self._show(texts, is_calculated=execution.rate is not None)

    def _show(self, texts: tuple[str, str, str, str], *, is_calculated: bool) -> None:
        self.entries["公式"][0].setText("公式" if is_calculated else self.WORDS)
        for (name, label), text in zip(self.entries.values(), texts, strict=True):
            label.say(text)
            for widget in (name, label):
                widget.setVisible(bool(text))
        spoken = (f"{name.text()} {text}" for (name, _), text in zip(self.entries.values(), texts, strict=True) if text)
        call(self, "；".join(spoken))

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size need another room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._make_room()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        set_style(self, "focused", "true")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        set_style(self, "focused", "false")

    def _make_room(self) -> None:
        self._grid.setColumnMinimumWidth(1, self.fontMetrics().horizontalAdvance(WIDEST))
