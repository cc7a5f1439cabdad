"""The line above the reason of a score: what it answers; folded, what the line scored."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.desk.icons import glyph
from gui.desk.labels import ElidedLabel, call
from gui.desk.theme import Appearance
from gui.score.losses import INSET

_ARROW = 14
_AROUND_ARROW = 4
"""Pixels that keep the arrow clear of the frame of the keyboard; what it shows has some of its own."""
_LEAST_HEIGHT = 24
"""Pixels a target of the mouse is high at least (WCAG 2.2, 2.5.8)."""


class FoldLine(QPushButton):
    """Arrow, words and a figure. Enter and space fold and unfold, ← folds, → unfolds."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lossRow")
        self.setCheckable(True)
        self.setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._appearance = appearance
        self._words = ("", "", "")
        self._shown: object = None
        self._arrow = QLabel(self)
        self._arrow.setFixedWidth(_ARROW)
        self.title = ElidedLabel(self)
        self.title.setObjectName("sectionTitle")
        self.figure = QLabel(self)
        layout = self._row = QHBoxLayout(self)
        layout.setSpacing(4)
        layout.addWidget(self._arrow)
        layout.addWidget(self.title, 1)
        layout.addWidget(self.figure)
        self.toggled.connect(self._say)
        appearance.changed.connect(self._say)
        self._say()

    @property
    def is_open(self) -> bool:
        """Whether what is below is shown."""
        return self.isChecked()

    def say(self, question: str, name: str = "", figure: str = "") -> None:
        """Head the reason with a question; folded it says the ``name`` of the line and its score, where it has one."""
        self._words = (question, name, figure)
        self._say()

    def sizeHint(self) -> QSize:
        """A line of text with some air, at least as high as a target has to be."""
        return QSize(200, max(_LEAST_HEIGHT, self.fontMetrics().height() + 6))

    def minimumSizeHint(self) -> QSize:
        """Its words give way, its figure never."""
        figure = 0 if self.figure.isHidden() else self.figure.sizeHint().width()
        return QSize(_AROUND_ARROW + _ARROW + figure + INSET + 60, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what space does; ← folds, → unfolds."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.setChecked(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        theme, ratio = self._appearance.theme, self.devicePixelRatioF()
        shown = self._words, self.is_open, theme, ratio
        if shown == self._shown:  # a key that changes nothing here lays nothing out anew
            return
        self._shown = shown
        question, name, figure = self._words
        is_folded = not self.is_open and bool(name)
        glyph_name = "chevron-down" if self.is_open else "chevron-right"
        self._arrow.setPixmap(glyph(glyph_name, theme.muted, _ARROW, ratio))
        self.title.set_full_text(name if is_folded else question)
        self.figure.setText(figure if is_folded else "")
        self.figure.setVisible(is_folded)
        state = "已展开" if self.is_open else "已收起"
        said = (self.title.full_text(), self.figure.text(), state if name else "")
        call(self, "，".join(part for part in said if part))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name else Qt.FocusPolicy.NoFocus)
        self._arrow.setVisible(bool(name))
        self._row.setContentsMargins(_AROUND_ARROW if name else 0, 0, INSET, 0)  # without a frame nothing keeps clear
