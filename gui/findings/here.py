"""The 问题 panel folded to one line: what is wrong in the cell under the cursor, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.desk.labels import ElidedLabel, call
from gui.desk.signs import SIGN, SignedLabel
from gui.desk.style import set_style
from gui.findings.rows import Kind, Row, RowAction, actions_of, remedy_of, words_of
from model.findings import Finding, Severity
from model.records import Project

BUTTONS = 2


class HereLine(QWidget):
    """What to do comes first and is never cut; the rest ends in … with the whole in its tool tip.

    Signals:
        acted(Row, RowAction): one of the links was pressed.
    """

    acted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding: Finding | None = None
        self.glyph = SignedLabel(self)
        self.glyph.setObjectName("fieldMessage")
        self.glyph.setFixedWidth(SIGN + 2)
        self.remedy = QLabel(self)
        self.words = ElidedLabel(self)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.links = [QPushButton(self) for _ in range(BUTTONS)]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.glyph, self.remedy):
            layout.addWidget(widget)
        layout.addWidget(self.words, 1)
        for number, link in enumerate(self.links):
            link.setProperty("link", "true")
            link.clicked.connect(lambda _checked=False, place=number: self._act(place))
            layout.addWidget(link)

    @property
    def finding(self) -> Finding | None:
        """What the line speaks of."""
        return self._finding

    def show_findings(
        self, findings: Sequence[Finding], project: Project | None, otherwise: str, *, is_awaited: bool = False
    ) -> None:
        """Speak of the first of the findings of the cell; ``otherwise`` where it has none.

        One that ``is_awaited`` only says what is not filled in yet.
        """
        finding = self._finding = findings[0] if findings else None
        more = f"（另有 {len(findings) - 1} 个）" if len(findings) > 1 else ""
        mark = "" if finding is None else Severity.INFO.value if is_awaited else finding.severity.value
        set_style(self.glyph, "mark", mark)
        for widget in (self.glyph, self.remedy):
            widget.setVisible(finding is not None)
        if finding is None:
            self.words.set_full_text(otherwise)
        else:
            row = Row(finding, "", "", is_awaited=is_awaited)
            self.glyph.set_sign(row.sign)
            call(self.glyph, row.word)
            self.remedy.setText(remedy_of(finding))
            self.words.set_full_text(words_of(finding, project) + more)
        offered = self._offered()
        for number, link in enumerate(self.links):
            link.setVisible(number < len(offered))
            if number < len(offered):
                link.setText(offered[number].label)

    def _offered(self) -> list[RowAction]:
        if self._finding is None:
            return []
        return [action for action in actions_of(Row(self._finding, "", "")) if action.kind is not Kind.GO][:BUTTONS]

    def _act(self, number: int) -> None:
        finding, offered = self._finding, self._offered()
        if finding is not None and number < len(offered):
            self.acted.emit(Row(finding, "", ""), offered[number])
