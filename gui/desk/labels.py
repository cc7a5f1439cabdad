"""Small labels the panels share: text that gives way, a figure under its name, a bar."""

from __future__ import annotations

import re
from decimal import Decimal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QWidget

from gui.desk.signs import Sign, SignedLabel, sign_of
from gui.desk.style import set_kind, set_style
from gui.desk.theme import Appearance
from model.findings import Severity

EDGE = 14
"""Pixels from the edge of a part of the window to the labels, headings and lists in it."""
RIGHT_EDGE = EDGE + 11
"""The same at the right of what stands beside a scroll bar, where there is one and where it may come."""
LINK_AROUND = 7
"""Pixels between the words of a link and its edge: frame and padding."""

_NUMBER = re.compile(r"[+\-−]?\d[\d,.]*(?:[%‰]|[A-Za-z]+)?")
_USUAL_NAME = 6
"""Letters of a name that are never cut; a longer one ends in …."""
FRAME = 1
"""Pixels of the frame a link has when the keyboard is on it."""
NOT_FOUND = "没有找到。换一个词试试，或只写一部分。"
"""What a search says that finds nothing."""


def call(widget: QWidget, name: str) -> None:
    """Give a widget its name for a screen reader, which is told of it each time: only when it is another one."""
    if widget.accessibleName() != name:
        widget.setAccessibleName(name)


def elided(text: str, metrics: QFontMetrics, width: int) -> str:
    """A text that ends in … where it does not fit, before a number rather than within it: half of one is another.

    What fits is whole: its width is rounded, and Qt would cut it for a part of a pixel.
    """
    if metrics.horizontalAdvance(text) <= width:
        return text
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    kept = shown.removesuffix("…")
    for number in _NUMBER.finditer(text):
        # one that would stand right before the … would seem to go on
        if number.start() < len(kept) < number.end() + kept[-1:].isdigit():
            return f"{text[: number.start()].rstrip()}…"
    return shown


def wrapping(text: str, metrics: QFontMetrics, width: int) -> int:
    """How to wrap a text at a width: not where it fits, between words and figures, within one only where it has to be.

    What fits is drawn without wrapping: its width is rounded, and Qt would break it for a part of a pixel.
    """
    if metrics.horizontalAdvance(text) <= width:
        return 0
    between = Qt.TextFlag.TextWordWrap
    is_narrower = metrics.boundingRect(0, 0, width, 9999, int(between), text).width() <= width
    return int(between if is_narrower else between | Qt.TextFlag.TextWrapAnywhere)


class ElidedLabel(QLabel):
    """One line of text that ends in … where it does not fit; the whole text is its tool tip and accessible name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = ""
        self._tip = ""
        self.setTextFormat(Qt.TextFormat.PlainText)  # names typed by the clerk are not markup
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(40)

    def full_text(self) -> str:
        """The text before it was shortened."""
        return self._full

    def set_full_text(self, text: str, tip: str = "") -> None:
        """Show another text; ``tip`` is its tool tip also where the whole text fits."""
        if (text, tip) == (self._full, self._tip):
            return
        self._full, self._tip = text, tip
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        margins = self.contentsMargins()
        width = self.fontMetrics().horizontalAdvance(self._full) + margins.left() + margins.right() + 3
        return QSize(width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the text to the new width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size leave room for another number of them."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        width = self.contentsRect().width()
        shown = elided(self._full, self.fontMetrics(), width)
        self.setText(shown)
        self.setToolTip(self._tip or (self._full if shown != self._full else ""))


class Figure(QWidget):
    """A number under its name, as the summary line shows them."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = QLabel(name, self)
        self._name.setObjectName("fieldLabel")
        self._value = SignedLabel(self)
        self._value.setText("—")
        self._value.setObjectName("figure")
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(1)
        self._layout.addWidget(self._name)
        self._layout.addWidget(self._value)

    def set_in_one_line(self, *, is_one_line: bool) -> None:
        """Show the number beside its name."""
        direction = QBoxLayout.Direction.LeftToRight if is_one_line else QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(direction)
        self._layout.setSpacing(6 if is_one_line else 1)

    @property
    def text(self) -> str:
        """The number as shown."""
        return self._value.text()

    @property
    def sign(self) -> Sign | None:
        """The sign before the number."""
        return self._value.sign

    def show_value(self, text: str, severity: Severity | None = None) -> None:
        """Show a number; the severity of a finding about it is told by a sign as well as its colour."""
        mark = severity.value if severity in {Severity.ERROR, Severity.WARNING} else ""
        shown = text or "—"
        self._value.set_sign(sign_of(severity) if severity is not None and mark else None)
        if shown != self._value.text():
            self._value.setText(shown)
            self.setAccessibleName(f"{self._name.text()} {text or '空'}")
        set_kind(self._value, "fieldMessage" if mark else "figure")
        set_style(self._value, "mark", mark)


class BarRow(QWidget):
    """A name, a score of a number of points, and a bar of the share."""

    _BAR = 7
    _BETWEEN = 8

    def __init__(self, name: str, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._figures = ""
        self._share = Decimal(0)
        self._appearance = appearance
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(lambda _theme: self.update())

    @property
    def figures(self) -> str:
        """The numbers as shown: ``8.62 / 10``."""
        return self._figures

    def show_share(self, figures: str, share: Decimal) -> None:
        """Show numbers and how much of the bar (0…1) is filled."""
        share = max(Decimal(0), min(Decimal(1), share))
        if (figures, share) == (self._figures, self._share):
            return
        self._figures, self._share = figures, share
        self.setAccessibleName(f"{self._name} {figures}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line of text and the bar under it."""
        return QSize(120, self.fontMetrics().height() + self._BAR + 7)

    def minimumSizeHint(self) -> QSize:
        """The same: it never gets lower, and its numbers and a usual name are read whole."""
        name = self.fontMetrics().horizontalAdvance(self._name[:_USUAL_NAME])
        return QSize(
            name + self._BETWEEN + self.fontMetrics().horizontalAdvance(self._figures), self.sizeHint().height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text and the bar."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.rect().adjusted(0, 0, 0, -self._BAR - 5)
        painter.setPen(theme.color("text"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._figures)
        room = line.width() - self.fontMetrics().horizontalAdvance(self._figures) - self._BETWEEN
        name = elided(self._name, self.fontMetrics(), room)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        bar = QRectF(0, self.height() - self._BAR - 2, self.width(), self._BAR)
        radius = self._BAR / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("bar_background"))
        painter.drawRoundedRect(bar, radius, radius)
        if self._share > 0:
            bar.setWidth(max(self._BAR, bar.width() * float(self._share)))
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(bar, radius, radius)


def rule_line(parent: QWidget | None = None) -> QWidget:
    """A thin line between two blocks of a panel."""
    line = QWidget(parent)
    line.setObjectName("rule")
    line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    line.setFixedHeight(1)
    return line
