"""The chips above the list of projects: all, those with errors, those that are not done, and how many there are."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStyle, QStyleOptionButton, QWidget

from gui.desk.labels import call
from gui.navigator.marks import Kind

_BETWEEN = 4
"""Pixels between two chips."""


class KindChips(QWidget):
    """One of them is pressed. Their numbers stand there where they have room; a tool tip has what has none.

    Signals:
        chosen(Kind): another one was pressed.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: Mapping[Kind, int] = {}
        self._least = 0
        self._chips = {kind: QPushButton(kind.value, self) for kind in Kind}
        self.group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_BETWEEN)
        for number, (kind, chip) in enumerate(self._chips.items()):
            chip.setObjectName("chip")
            chip.setCheckable(True)
            chip.setAutoExclusive(True)  # one of them, to a screen reader
            chip.setChecked(kind is Kind.ALL)
            call(chip, f"列出项目：{kind.value}")
            self.group.addButton(chip, number)
            row.addWidget(chip)
        row.addStretch(1)
        self.group.idToggled.connect(self._choose)

    def show_counts(self, counts: Mapping[Kind, int]) -> None:
        """Say how many projects each would list."""
        self._counts = counts
        for kind, chip in self._chips.items():
            call(chip, f"列出项目：{kind.value}，{counts[kind]} 个")
        self.fit()

    def least(self) -> int:
        """How wide they are without their numbers."""
        return self._least

    def fit(self) -> None:
        """Show the numbers there is room for: letters may have another size."""
        everything = tuple(self._counts)
        self._least = self._wanted(())
        self.setMinimumWidth(self._least)  # else the row asks for what stands in it now
        fitting = (told for told in (everything, everything[1:]) if self._wanted(told) <= self.width())
        told = next(fitting, ())
        for kind, chip in self._chips.items():
            words = self._words(kind, told)
            if words != chip.text():  # a reader is told of each text that is set
                chip.setText(words)
            chip.setToolTip("" if kind in told or not everything else f"{kind.value} {self._counts[kind]} 个项目")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for other numbers."""
        super().resizeEvent(event)
        self.fit()

    def _words(self, kind: Kind, told: tuple[Kind, ...]) -> str:
        return f"{kind.value} {self._counts[kind]}" if kind in told else kind.value

    def _wanted(self, told: tuple[Kind, ...]) -> int:
        """How wide they are with these numbers, asked of the style without setting a text."""
        widths = [_width(chip, self._words(kind, told)) for kind, chip in self._chips.items()]
        return sum(widths) + _BETWEEN * (len(widths) - 1)

    def _choose(self, number: int, is_on: bool) -> None:
        if is_on:
            self.chosen.emit(tuple(Kind)[number])


def _width(chip: QPushButton, words: str) -> int:
    """What the size hint of a button would be with other words."""
    chip.ensurePolished()  # as the size hint does: letters and edges are those of the style sheet
    option = QStyleOptionButton()
    chip.initStyleOption(option)
    option.text = words  # type: ignore[attr-defined] # the stubs miss the members of style options
    inner = chip.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, words)
    return chip.style().sizeFromContents(QStyle.ContentsType.CT_PushButton, option, inner, chip).width()
