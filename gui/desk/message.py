"""What a dialog says about what was asked of it: a strip under its content, never higher than a few lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from gui.desk.announcer import announce
from gui.desk.labels import call
from gui.desk.signs import SignedLabel, sign_of
from gui.desk.style import set_style
from model.findings import Severity
from model.labels import SEVERITY_WORDS

MOST_PIXELS = 112


class Message(QScrollArea):
    """A message with its glyph; a long one scrolls, by keyboard too. Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""
        self._label = SignedLabel(self)
        self._label.setObjectName("fieldMessage")
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(self._label)
        self.hide()

    @property
    def text(self) -> str:
        """What is said, without the glyph; empty when nothing is."""
        return self._said

    def say(self, text: str, severity: Severity = Severity.ERROR) -> None:
        """Say something, or with an empty text nothing any more."""
        is_news, self._said = text != self._said, text
        self._label.setText(text)
        self._label.set_sign(sign_of(severity) if text else None)
        set_style(self._label, "mark", severity.value)
        self._fit()
        self.setVisible(bool(text))
        spoken = f"{SEVERITY_WORDS[severity]}：{text}" if text else ""
        call(self, spoken)
        if is_news:
            announce(self, spoken)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break the lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = self._label.heightForWidth(self._room())
        self.setFixedHeight(max(1, min(needed, MOST_PIXELS)))
        is_long = needed > MOST_PIXELS
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_long else Qt.FocusPolicy.NoFocus)

    def _room(self) -> int:
        """The width there is, or will be: a dialog that grew for a width still unknown would not shrink again."""
        parent = self.parentWidget()
        layout = parent.layout() if parent is not None else None
        if self.isVisible() or parent is None or layout is None:
            return self.viewport().width()
        margins = layout.contentsMargins()
        return parent.width() - margins.left() - margins.right()
