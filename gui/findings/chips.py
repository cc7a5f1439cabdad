"""The chips above the 问题 list: how many findings of each severity there are, and whether they are listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from gui.desk.flow_row import FlowRow
from gui.desk.signs import SIGN, Sign, sign_icon
from gui.desk.style import set_style
from gui.desk.theme import Appearance
from gui.findings.rows import AWAITED, CLOSED, GROUPS
from model import labels
from model.findings import Severity
from model.labels import SEVERITY_WORDS

_BETWEEN = 8
_SIGNS = {AWAITED: Sign.EMPTY, CLOSED: Sign.DONE}


class Chips(QWidget):
    """One checkable button a severity, and one for explained warnings where there are any; ← → go from one to the next.

    Signals:
        changed(): another choice of severities is to be listed.
    """

    changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._counts: Mapping[str, int] = {}
        self._is_brief = False
        self._chips = {group: self._chip(group) for group in GROUPS}
        layout = FlowRow(_BETWEEN)
        self.setLayout(layout)
        for chip in self._chips.values():
            layout.addWidget(chip)
            chip.toggled.connect(self._tell_hidden)
        self.hidden = QLabel(self)
        self.hidden.setObjectName("muted")
        layout.addWidget(self.hidden)
        self._tell_hidden()
        appearance.changed.connect(self._dress)
        self._dress()

    def __getitem__(self, group: str) -> QPushButton:
        return self._chips[group]

    def __iter__(self) -> Iterator[QPushButton]:
        return iter(self._chips.values())

    def hidden_groups(self) -> frozenset[str]:
        """The severity values (and ``closed``) that are not to be listed."""
        return frozenset(group for group, chip in self._chips.items() if not chip.isChecked())

    def hide_groups(self, groups: Iterable[str]) -> None:
        """Leave these out of the list, and no others."""
        hidden = set(groups)
        for group, chip in self._chips.items():
            chip.setChecked(group not in hidden)

    def named_hidden(self, but: Iterable[str] = ()) -> str:
        """The chips that leave something out of the list, ``but`` for some, as they are read: “警告 19”、“提示 2”."""
        hidden = self.hidden_groups() - set(but)
        return "、".join(
            f"“{self._chips[group].text()}”" for group in GROUPS if group in hidden and self._counts[group]
        )

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show other numbers; a chip that counts nothing is quiet."""
        turned = [group for group in GROUPS if bool(counts[group]) != bool(self._counts.get(group))]
        self._counts = counts
        for severity in Severity:
            count, word = counts[severity.value], SEVERITY_WORDS[severity]
            self._say(severity.value, f"{word} {count}", f"{word} {count} 个")
            set_style(self._chips[severity.value], "severity", severity.value if count else "none")
        self._say(AWAITED, f"{labels.AWAITED} {counts[AWAITED]}", f"{labels.AWAITED} {counts[AWAITED]} 处")
        self._say(CLOSED, f"已说明 {counts[CLOSED]}", f"已说明的警告 {counts[CLOSED]} 个")
        self._show()
        if turned:
            self._dress()
        self._tell_hidden()

    def set_brief(self, *, is_brief: bool) -> None:
        """Show only those that count something."""
        if is_brief != self._is_brief:
            self._is_brief = is_brief
            self._show()

    def fit(self, room: int) -> None:
        """Before they need a second line those that count nothing give way."""
        shown = [chip for group, chip in self._chips.items() if self._is_shown(group, is_brief=False)]
        widths = [one.sizeHint().width() for one in (*shown, *([] if self.hidden.isHidden() else [self.hidden]))]
        self.set_brief(is_brief=sum(widths) + _BETWEEN * (len(widths) - 1) > room)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys move between the chips."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            chips = [chip for chip in self._chips.values() if not chip.isHidden()]
            delta = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
            if delta and watched in chips:
                chips[(chips.index(watched) + delta) % len(chips)].setFocus()
                return True
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        for group, chip in self._chips.items():
            chip.setVisible(self._is_shown(group, is_brief=self._is_brief))

    def _is_shown(self, group: str, *, is_brief: bool) -> bool:
        is_optional = group in {AWAITED, CLOSED} or is_brief
        return not is_optional or self._counts.get(group, 0) > 0

    def _tell_hidden(self) -> None:
        """How many are not listed because of a chip."""
        count = sum(self._counts.get(group, 0) for group in self.hidden_groups())
        self.hidden.setText(f"已隐藏 {count} 个" if count else "")
        self.hidden.setVisible(count > 0)

    def _chip(self, group: str) -> QPushButton:
        chip = QPushButton(self)
        chip.setObjectName("chip")
        chip.setProperty("severity", group)
        chip.setCheckable(True)
        chip.setIconSize(QSize(SIGN, SIGN))
        chip.setChecked(True)
        chip.setToolTip("单击显示或隐藏这一类问题")
        chip.toggled.connect(self.changed)
        chip.installEventFilter(self)
        return chip

    def _dress(self) -> None:
        """Each with its sign, in the colour of its words: of what there is none nothing glows."""
        told = "window" if self._appearance.theme.is_contrast else ""
        for group, chip in self._chips.items():
            sign = _SIGNS[group] if group in _SIGNS else Sign(group)
            on = told if told or self._counts.get(group) else "info"
            chip.setIcon(sign_icon(sign, self._appearance.theme, off="muted", on=on))

    def _say(self, group: str, text: str, name: str) -> None:
        chip = self._chips[group]
        if chip.text() != text:
            chip.setText(text)
            chip.setAccessibleName(name)
